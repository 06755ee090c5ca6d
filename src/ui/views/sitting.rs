//! The panel room: the sittings, or one of them with its agenda, the item that is read, and who sits there. M05-M07, S07, F08, F09.

use super::sitting_item as item;
use crate::app::command::Command;
use crate::app::msg::Report;
use crate::app::overlay::{Sheet, SheetBody};
use crate::app::{App, SittingTab};
use crate::domain::calendar::say_full_date;
use crate::domain::count::counted;
use crate::domain::grade::ModerationOutcome;
use crate::domain::id::PersonId;
use crate::domain::panel::SittingStand;
use crate::domain::query::{AgendaRow, AgendaStand, OutOfSight, SittingDetail};
use crate::ui::table::{Column, Row, draw as table, first_shown};
use crate::ui::text::{Piece, both, piece, put, put_pieces, width, wrap};
use crate::ui::theme::Look;
use crate::ui::{boxed, middle, more_below, over};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Lines of pieces.
pub(super) type Lines = Vec<Vec<Piece>>;

/// From this width on agenda, item and people are seen at once.
const WIDE: u16 = 110;

/// Draws it.
pub fn draw(app: &App, look: Look, buffer: &mut Buffer, body: Rect, report: &mut Report) {
    let Some(detail) = app.sitting.detail.as_ref().filter(|_| app.sitting.shown.is_some()) else {
        return sittings(app, look, buffer, body, report);
    };
    let mut area = body;
    let mut head = vec![strip(app, detail, body.width as usize - 2, look)];
    let says = wrap(&app.next_at_panel(), body.width as usize - 2, look);
    head.extend(says.into_iter().map(|line| vec![piece(line, look.attention())]));
    for line in &head {
        put_pieces(buffer, Rect { x: area.x + 1, width: area.width - 2, height: 1, ..area }, line, look);
        area = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    }
    if body.width < WIDE {
        tabs(app, look, buffer, Rect { height: 1, ..area });
        let area = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        return part(app, detail, app.sitting.tab, look, buffer, area, report);
    }
    let left = (body.width * 2 / 5).min(64);
    let seats = (detail.seats.len() as u16 + 5).min(area.height * 2 / 5);
    let column = Rect { width: left, ..area };
    part(app, detail, SittingTab::Agenda, look, buffer, Rect { height: area.height - seats, ..column }, report);
    part(app, detail, SittingTab::People, look, buffer, Rect { y: area.bottom() - seats, height: seats, ..column }, report);
    part(app, detail, SittingTab::Item, look, buffer, Rect { x: area.x + left, width: area.width - left, ..area }, report);
}

/// Now, next and later in one line, with the time. What has no room is left out whole, the least important first: half of a word or
/// of a reference says the wrong thing.
fn strip(app: &App, detail: &SittingDetail, room: usize, look: Look) -> Vec<Piece> {
    let over = detail.agenda.iter().filter(|row| row.stand.is_over()).count();
    let now = match (detail.now(), detail.sitting.stand) {
        (Some(now), _) => vec![piece("now ", look.dim()), piece(now.reference.clone(), look.heading())],
        (None, _) if detail.withheld == Some(OutOfSight::Beyond) => {
            vec![piece("now ", look.dim()), piece("a case that is not yours", look.heading())]
        }
        (None, _) if detail.withheld.is_some() => vec![piece("now ", look.dim()), piece("withheld", look.attention())],
        (None, SittingStand::Planned) => vec![piece("planned", look.heading())],
        (None, over @ (SittingStand::Closed | SittingStand::CalledOff)) => vec![piece(over.label(), look.heading())],
        (None, SittingStand::InProgress) => vec![piece("nothing on the table", look.heading())],
    };
    // Each part with how soon it gives way: the highest number first.
    let mut parts = vec![(0, now)];
    if let Some((gone, meant)) = app.item_minutes() {
        let style = if meant > 0 && gone > i64::from(meant) { look.alarm() } else { look.text() };
        let of = if meant > 0 { format!(" of {meant}") } else { String::new() };
        parts.push((1, vec![piece(format!("  {gone}{of} min"), style)]));
    }
    if !detail.sitting.stand.is_over() {
        let mut ahead = detail.agenda.iter().filter(|row| matches!(row.stand, AgendaStand::Waits | AgendaStand::Aside));
        if let Some(next) = ahead.next() {
            let mine = next.mine.then(|| piece(" yours", look.attention()));
            let next = [piece("   next ", look.dim()), piece(next.reference.clone(), look.text())];
            parts.push((2, next.into_iter().chain(mine).collect()));
        }
        let later = ahead.count();
        if later > 0 {
            parts.push((5, vec![piece(format!("   later {later}"), look.dim())]));
        }
    }
    let done = match (detail.agenda.is_empty(), app.sees_in_part()) {
        _ if detail.sitting.stand == SittingStand::CalledOff => None,
        (true, true) => Some("   none you see".to_string()),
        (false, true) => Some(format!("   {over} of {} you see done", detail.cases())),
        (_, false) => Some(format!("   {over} of {} done", detail.cases())),
    };
    parts.extend(done.map(|said| (4, vec![piece(said, look.dim())])));
    if detail.sitting.in_progress() {
        let key = app.keymap.hint(Command::Follow);
        parts.push(match app.sitting.follows {
            true => (3, vec![piece("   following", look.dim())]),
            false => (0, vec![piece(format!("   looking around: {key} follows"), look.attention())]),
        });
    }
    let long = |parts: &[(u8, Vec<Piece>)]| parts.iter().flat_map(|(_, part)| part).map(|(text, _)| width(text)).sum::<usize>();
    while long(&parts) > room
        && let Some(least) = parts.iter().map(|(gives_way, _)| *gives_way).max().filter(|least| *least > 0)
    {
        parts.retain(|(gives_way, _)| *gives_way != least);
    }
    parts.into_iter().flat_map(|(_, part)| part).collect()
}

fn tabs(app: &App, look: Look, buffer: &mut Buffer, area: Rect) {
    let pieces: Vec<Piece> = SittingTab::ALL
        .into_iter()
        .map(|tab| piece(format!(" {} ", tab.label()), if tab == app.sitting.tab { look.chosen() } else { look.dim() }))
        .collect();
    put_pieces(buffer, Rect { x: area.x + 1, width: area.width - 1, ..area }, &pieces, look);
}

fn part(app: &App, detail: &SittingDetail, tab: SittingTab, look: Look, buffer: &mut Buffer, area: Rect, report: &mut Report) {
    let focused = app.sitting.tab == tab;
    match tab {
        SittingTab::Agenda => {
            let panel = &detail.sitting.panel;
            let service = if panel.service.is_empty() { String::new() } else { format!("{}{}", look.dot(), panel.service) };
            let title = format!("{} {}{service}", say_full_date(panel.on), panel.at);
            let right = [piece(detail.scoring.label(), look.dim())];
            let inside = boxed(buffer, area, &title, &right, focused, look);
            agenda(app, detail, focused, look, buffer, inside);
        }
        SittingTab::People => {
            let here = detail.seats.iter().filter(|seat| seat.present).count();
            let right = [piece(format!("{here} of {} there", detail.seats.len()), look.dim())];
            let inside = boxed(buffer, area, "People", &right, focused, look);
            let lines = people(app, detail, inside.width as usize - 2, look);
            report.seats = scrolled(&lines, app.sitting.seats_top, look, buffer, inside);
            // A page is that of the part which has the cursor.
            if focused {
                report.section = inside.height as usize;
            }
        }
        SittingTab::Item => {
            let (title, lines) = item::lines(app, detail, area.width as usize - 4, look);
            let inside = boxed(buffer, area, &title, &[], focused, look);
            report.item = scrolled(&lines, app.sitting.top, look, buffer, inside);
            if app.sitting.tab != SittingTab::People {
                report.section = inside.height as usize;
            }
        }
    }
}

/// Lines from one of them on, with how many are left below; gives the number of places at which they can begin.
fn scrolled(lines: &Lines, top: usize, look: Look, buffer: &mut Buffer, inside: Rect) -> usize {
    let height = inside.height as usize;
    let last = lines.len().saturating_sub(height);
    let top = top.min(last);
    for (place, line) in lines.iter().skip(top).take(height).enumerate() {
        put_pieces(buffer, Rect::new(inside.x + 1, inside.y + place as u16, inside.width - 2, 1), line, look);
    }
    more_below(buffer, inside, lines.len().saturating_sub(top + height), look);
    last + 1
}

/// What the panel did to the reviewer's judgement, in a word.
fn outcome_word(outcome: ModerationOutcome) -> &'static str {
    match outcome {
        ModerationOutcome::Upheld => "upheld",
        ModerationOutcome::Raised => "raised",
        ModerationOutcome::Lowered => "lowered",
    }
}

/// The word and style of where an item stands.
fn stands(row: &AgendaRow, look: Look) -> Piece {
    match &row.stand {
        AgendaStand::Waits => piece("", look.dim()),
        AgendaStand::Now => piece("on the table", look.heading()),
        AgendaStand::Aside => piece("put aside", look.attention()),
        AgendaStand::Decided(outcome) => piece(format!("{} {}", look.tick(), outcome_word(*outcome)), look.good()),
        AgendaStand::SentBack(_) => piece("sent back", look.attention()),
        AgendaStand::Deferred(_) => piece("put off", look.attention()),
    }
}

fn agenda(app: &App, detail: &SittingDetail, focused: bool, look: Look, buffer: &mut Buffer, inside: Rect) {
    let room = inside.width as usize - 4;
    if detail.agenda.is_empty() {
        let words = app.empty_agenda_says(detail);
        for (place, line) in wrap(&words, room, look).iter().enumerate() {
            put(buffer, inside.x + 2, inside.y + place as u16, line, room, look.dim(), look);
        }
        return;
    }
    let fits = (inside.height as usize / 2).max(1);
    let top = first_shown(app.sitting.place, 0, fits);
    for (place, row) in detail.agenda.iter().enumerate().skip(top).take(fits) {
        let y = inside.y + (place - top) as u16 * 2;
        let here = place == app.sitting.place;
        if here {
            put(buffer, inside.x, y, look.cursor(), 1, look.key(), look);
        }
        let style = if row.stand == AgendaStand::Now { look.heading() } else { look.text() };
        let mut line = vec![
            piece(format!("{:>2} {} ", place + 1, row.reference), style),
            piece(format!("{} {}  ", row.case, row.case_type), look.dim()),
        ];
        if row.original.is_some() {
            line.extend(both(row.original, row.moderated, look));
            line.push(piece("  ", look.dim()));
        }
        line.push(stands(row, look));
        put_pieces(buffer, Rect::new(inside.x + 1, y, inside.width.saturating_sub(1), 1), &line, look);
        if here && focused {
            buffer.set_style(Rect::new(inside.x, y, inside.width.min(68), 1), look.selected());
        }
        let mut below = vec![piece(row.why.clone(), look.dim())];
        match &row.stand {
            AgendaStand::SentBack(why) | AgendaStand::Deferred(why) => below = vec![piece(why.clone(), look.dim())],
            _ => {}
        }
        if !row.leave.is_empty() {
            let names: Vec<&str> = row.leave.iter().map(|(_, name)| name.as_str()).collect();
            let verb = if row.stand == AgendaStand::Waits { if names.len() == 1 { "leaves" } else { "leave" } } else { "left" };
            below.insert(0, piece(format!("{} {verb}   ", names.join(", ")), look.attention()));
        }
        if row.mine {
            below.insert(0, piece("yours   ", look.attention()));
        }
        put_pieces(buffer, Rect::new(inside.x + 4, y + 1, inside.width.saturating_sub(5), 1), &below, look);
    }
    more_below(buffer, inside, detail.agenda.len().saturating_sub(top + fits), look);
}

fn people(app: &App, detail: &SittingDetail, room: usize, look: Look) -> Lines {
    let begun = detail.sitting.stand.has_begun();
    let out = |person: PersonId| detail.now().is_some_and(|now| now.leave.iter().any(|(left, _)| *left == person));
    let wide = detail.seats.iter().map(|seat| width(&seat.name)).max().unwrap_or(0).min(room.saturating_sub(22));
    let mut lines: Lines = detail
        .seats
        .iter()
        .map(|seat| {
            let (sign, said) = match (begun, seat.present) {
                (false, _) if seat.gone => ("!", "gone by then"),
                (false, _) => (" ", ""),
                (true, true) if out(seat.person) => ("-", "has left"),
                (true, true) => (look.tick(), ""),
                (true, false) => (" ", "not there"),
            };
            let style = if seat.present || !begun { look.text() } else { look.dim() };
            let name = crate::ui::text::fit(&seat.name, wide, look).into_owned();
            let pad = " ".repeat(wide.saturating_sub(width(&name)));
            let role = if seat.kind == crate::domain::query::SeatKind::Member { String::new() } else { seat.kind.label().to_string() };
            vec![
                piece(format!("{sign} "), look.good()),
                piece(format!("{name}{pad} "), style),
                piece(format!("{role:<7}"), look.key()),
                piece(said, look.attention()),
            ]
        })
        .collect();
    lines.push(Vec::new());
    lines.extend(wrap(&app.coverage_in_words(), room, look).into_iter().map(|line| vec![piece(line, look.text())]));
    if detail.moves > 0 && !detail.sitting.stand.is_over() {
        let by = if detail.sitting.run.is_empty() { "the proposed order" } else { "the order by hand" };
        let moves = format!("{} in {by}", counted(detail.moves, "coming or going", "comings and goings"));
        lines.push(vec![piece(moves, look.dim())]);
    }
    lines
}

fn sittings(app: &App, look: Look, buffer: &mut Buffer, body: Rect, report: &mut Report) {
    const COLUMNS: [Column; 6] = [
        Column::new("Day", 15, 16, 0),
        Column::new("Time", 5, 5, 0),
        Column::new("Stands", 11, 11, 0),
        Column::new("Items", 12, 14, 0),
        Column::new("Chair", 14, 24, 1),
        Column::new("Service", 12, 30, 2),
    ];
    let inside =
        boxed(buffer, body, "Panel room", &[piece(counted(app.sitting.rows.len(), "sitting", "sittings"), look.dim())], true, look);
    if app.sitting.rows.is_empty() {
        let key = app.keymap.hint(Command::PlanSitting);
        let words = format!("No sitting of the panel is planned yet: {key} plans one. What has to be moderated waits in the pane Panel.");
        for (place, line) in wrap(&words, inside.width as usize - 4, look).iter().enumerate() {
            put(buffer, inside.x + 2, inside.y + place as u16, line, inside.width as usize - 4, look.dim(), look);
        }
        return;
    }
    let fits = (inside.height as usize).saturating_sub(1);
    report.section = fits;
    let top = first_shown(app.sitting.at, 0, fits);
    let services = app.sitting.rows.iter().any(|row| !row.service.is_empty());
    let columns: Vec<Column> = COLUMNS.into_iter().filter(|column| services || column.title != "Service").collect();
    let rows: Vec<Row> = app
        .sitting
        .rows
        .iter()
        .skip(top)
        .map(|row| {
            let style = match row.stand {
                SittingStand::Planned => look.text(),
                SittingStand::InProgress => look.attention(),
                SittingStand::Closed | SittingStand::CalledOff => look.dim(),
            };
            let word = row.stand.label();
            // Whoever sees one team reads a sitting that heard others' cases, not one that met for nothing.
            let none = if app.overview.access.narrowed().is_some() { "none you see" } else { "none" };
            let items = if row.items == 0 { none.to_string() } else { format!("{} of {} done", row.done, row.items) };
            let mut cells = vec![
                vec![piece(say_full_date(row.on), look.text())],
                vec![piece(row.at.clone(), look.dim())],
                vec![piece(word, style)],
                vec![piece(items, look.text())],
                vec![match row.chair.is_empty() {
                    true => piece("nobody yet", look.attention()),
                    false => piece(row.chair.clone(), look.text()),
                }],
            ];
            if services {
                cells.push(vec![piece(row.service.clone(), look.dim())]);
            }
            Row { flag: piece(" ", look.text()), cells }
        })
        .collect();
    table(buffer, inside, &columns, &rows, Some(app.sitting.at - top), true, look);
}

/// Who is there, to be ticked; `every` is the key that ticks all.
pub fn attendance(
    (begin, every): (bool, &str),
    rows: &[(PersonId, String, bool)],
    sheet: &Sheet,
    look: Look,
    buffer: &mut Buffer,
    body: Rect,
    report: &mut Report,
) {
    let title = if begin { "Begin the sitting: who is there?" } else { "Who is there?" };
    let here = rows.iter().filter(|(.., there)| *there).count();
    let inside = over(buffer, middle(body, 70, rows.len() as u16 + 4), title, &[piece(format!("{here} there"), look.dim())], look);
    let words = format!("Enter ticks a row or takes the tick away; {every} all of them.");
    put(buffer, inside.x, inside.y, &words, inside.width as usize, look.dim(), look);
    let fits = (inside.height as usize).saturating_sub(1);
    report.sheet = fits;
    for (place, (_, name, there)) in rows.iter().enumerate().skip(sheet.top).take(fits) {
        let style = if place == sheet.at { look.chosen() } else { look.text() };
        let tick = if *there { look.tick() } else { " " };
        let line = [piece(format!(" [{tick}] "), look.key()), piece(name.clone(), style)];
        put_pieces(buffer, Rect::new(inside.x, inside.y + 1 + (place - sheet.top) as u16, inside.width, 1), &line, look);
    }
}

/// What is said before an item is opened: which one is put aside for it, and who leaves.
pub fn door(app: &App, body_of: &SheetBody, look: Look, buffer: &mut Buffer, body: Rect) {
    let SheetBody::Door { reference, names, aside, .. } = body_of else { return };
    let room = (body.width as usize).min(70).saturating_sub(4);
    let mut lines: Lines = Vec::new();
    if let Some((_, words)) = aside {
        lines.extend(wrap(words, room, look).into_iter().map(|line| vec![piece(line, look.attention())]));
        lines.push(Vec::new());
    }
    if !names.is_empty() {
        let one = names.len() == 1;
        let first =
            if one { "Has an interest in this case and leaves the room:" } else { "Have an interest in this case and leave the room:" };
        lines.push(vec![piece(first, look.text())]);
        lines.extend(names.iter().map(|(_, name)| vec![piece(format!("  {name}"), look.heading())]));
        lines.push(Vec::new());
    }
    let key = app.keymap.hint(Command::SheetConfirm);
    let (title, confirms) = match (names.is_empty(), aside.is_some()) {
        (true, _) => (format!("{reference}: before it is opened"), format!(" puts {reference} on the table.")),
        (false, false) => (format!("{reference}: at the door"), " confirms that they have left; it is written down.".to_string()),
        (false, true) => (format!("{reference}: at the door"), " confirms both: that it is put aside and that they have left.".to_string()),
    };
    lines.push(vec![piece(key, look.key()), piece(confirms, look.text())]);
    let inside = over(buffer, middle(body, 70, lines.len() as u16 + 3), &title, &[], look);
    for (place, line) in lines.iter().enumerate() {
        put_pieces(buffer, Rect::new(inside.x, inside.y + place as u16, inside.width, 1), line, look);
    }
}
