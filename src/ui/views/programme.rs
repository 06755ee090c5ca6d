//! The year's programme: a row for each month, and below it everything of the month under the cursor. S02, S20, S26, F22.

use crate::app::App;
use crate::app::command::Command;
use crate::domain::calendar::say_full_date;
use crate::domain::count::counted;
use crate::domain::cycle::CycleState;
use crate::domain::programme::{EventStand, MonthEvent, Programme, ProgrammeCycle, ProgrammeMonth};
use crate::domain::query::WHOLE;
use crate::domain::revisit::{Revisit, Stand};
use crate::domain::year::first_of;
use crate::ui::boxed;
use crate::ui::table::{Column, Row, draw as table};
use crate::ui::text::{Piece, piece, put, put_pieces, wrap};
use crate::ui::theme::Look;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const COLUMNS: [Column; 5] = [
    Column::new("Month", 8, 9, 0),
    Column::new("", 8, 8, 1),
    Column::new("Cycle", 17, 28, 0),
    Column::new("Focus", 18, 44, 0),
    Column::new("Also", 10, 60, 0),
];

/// Draws it.
pub fn draw(app: &App, look: Look, buffer: &mut Buffer, body: Rect) {
    let Some(programme) = &app.year.programme else {
        let inside = boxed(buffer, body, "5 Year", &[], true, look);
        let text = "The programme of the year is being read. Without a framework there is none: closeloop init --framework ID.";
        put(buffer, inside.x + 2, inside.y, text, inside.width as usize - 4, look.dim(), look);
        return;
    };
    let (upper, lower) = (Rect { height: 15, ..body }, Rect { y: body.y + 15, height: body.height.saturating_sub(15), ..body });
    let inside = boxed(buffer, upper, &format!("5 Year {}", programme.year.label()), &totals(app, programme, look), true, look);
    let this = first_of(app.today());
    // Where every month is a cycle of its own there is nothing to say about its part.
    let parts = programme.months.iter().any(|month| !month.part.label().is_empty());
    let columns: Vec<Column> = COLUMNS.iter().copied().filter(|column| parts || !column.title.is_empty()).collect();
    let rows: Vec<Row> = programme
        .months
        .iter()
        .map(|month| Row {
            flag: piece(if month.first == this { look.arrow() } else { " " }, look.key()),
            cells: cells(app, month, parts, look),
        })
        .collect();
    table(buffer, inside, &columns, &rows, Some(app.year.at), true, look);
    if let Some(month) = app.year.month() {
        details(app, programme, month, look, buffer, lower);
    }
}

fn totals(app: &App, programme: &Programme, look: Look) -> Vec<Piece> {
    let (counts, extra) = programme.counts();
    let states = [CycleState::Done, CycleState::Running, CycleState::Late, CycleState::Planned];
    let mut said = Vec::new();
    for state in states {
        let many = counts[state as usize];
        if many > 0 {
            said.push(piece(format!("{many} {}", state.label()), if state == CycleState::Late { look.alarm() } else { look.dim() }));
        }
    }
    if extra > 0 {
        said.push(piece(format!("{extra} extra"), look.attention()));
    }
    if app.overview.access.narrowed().is_some() {
        said.insert(0, piece(WHOLE, look.dim()));
    }
    let mut pieces = Vec::new();
    for (place, part) in said.into_iter().enumerate() {
        if place > 0 {
            pieces.push(piece(look.dot(), look.dim()));
        }
        pieces.push(part);
    }
    pieces
}

fn cells(app: &App, month: &ProgrammeMonth, parts: bool, look: Look) -> Vec<Vec<Piece>> {
    let over = month.first < first_of(app.today());
    let cycle = match month.cycles.iter().find(|cycle| cycle.extra.is_none()) {
        Some(cycle) => stands(cycle, look),
        None if month.gap && over => vec![piece("none was run", look.dim())],
        None if month.gap => vec![piece("not planned yet", look.attention())],
        None => Vec::new(),
    };
    let focus = month.cycles.iter().find(|cycle| cycle.extra.is_none()).map(|cycle| cycle.focus.clone()).unwrap_or_default();
    let mut cells = vec![vec![piece(month.first.format("%b %Y").to_string(), look.text())]];
    if parts {
        cells.push(vec![piece(month.part.label(), look.dim())]);
    }
    cells.extend([cycle, vec![piece(focus, look.text())], also(month, look)]);
    cells
}

/// How a cycle stands, in a few words.
fn stands(cycle: &ProgrammeCycle, look: Look) -> Vec<Piece> {
    let style = match cycle.state {
        CycleState::Late => look.alarm(),
        CycleState::Done => look.good(),
        CycleState::Running => look.text(),
        CycleState::Planned => look.dim(),
    };
    let sign = match cycle.state {
        CycleState::Done => format!("{} ", look.tick()),
        CycleState::Late => "! ".to_string(),
        CycleState::Running | CycleState::Planned => String::new(),
    };
    let counts = cycle.counts;
    let through = match (cycle.state, counts.reviews) {
        (CycleState::Planned | CycleState::Done, 0) => String::new(),
        (_, 0) => ", not drawn".to_string(),
        // Every review is through: what is late is what people tick by hand.
        (CycleState::Late, of) if counts.finalised == of => format!(": {}", cycle.late),
        (_, of) => format!(", {} of {of}", counts.finalised),
    };
    vec![piece(format!("{sign}{}{through}", cycle.state.label()), style)]
}

/// What else is in a month: extra work, further cycles, events, registers that collect.
fn also(month: &ProgrammeMonth, look: Look) -> Vec<Piece> {
    let extra = month.cycles.iter().filter(|cycle| cycle.extra.is_some()).count();
    let beside = month.cycles.len() - extra - usize::from(month.cycles.iter().any(|cycle| cycle.extra.is_none()));
    let mut parts = Vec::new();
    if extra > 0 {
        parts.push(piece(format!("{extra} extra"), look.attention()));
    }
    if beside > 0 {
        parts.push(piece(format!("{} more", counted(beside, "cycle", "cycles")), look.text()));
    }
    parts.extend(month.events.iter().map(|event| event_short(event, look)));
    let collects = month.registers.iter().filter(|(.., collects)| *collects);
    parts.extend(collects.map(|(label, many, _)| piece(format!("{label}: {many} in"), look.dim())));
    let (due, others): (Vec<&Revisit>, Vec<&Revisit>) = month.revisits.iter().partition(|revisit| revisit.stand.presses());
    if !due.is_empty() {
        parts.push(piece(format!("! {} due again", due.len()), look.attention()));
    } else if !others.is_empty() {
        parts.push(piece(format!("{} due again", others.len()), look.dim()));
    }
    let mut pieces = Vec::new();
    for (place, part) in parts.into_iter().enumerate() {
        if place > 0 {
            pieces.push(piece(", ", look.dim()));
        }
        pieces.push(part);
    }
    pieces
}

fn event_short(event: &MonthEvent, look: Look) -> Piece {
    match (event.held.is_empty(), event.missed) {
        (false, _) => piece(format!("{} {}", look.tick(), event.label), look.good()),
        (true, true) => piece(format!("! {}", event.label), look.attention()),
        (true, false) => piece(event.label.clone(), look.text()),
    }
}

fn details(app: &App, programme: &Programme, month: &ProgrammeMonth, look: Look, buffer: &mut Buffer, area: Rect) {
    let title = month.first.format("%B %Y").to_string();
    let inside = boxed(buffer, area, &title, &[], false, look);
    let room = inside.width as usize - 2;
    // Few rows: everything in a line of its own, cut at its end, so that nothing is missing altogether.
    let tight = inside.height < 8;
    let fitted = |words: String| if tight { vec![words] } else { wrap(&words, room, look) };
    let mut lines: Vec<(String, ratatui::style::Style)> = Vec::new();
    for cycle in &month.cycles {
        let style = if cycle.extra.is_some() { look.attention() } else { look.text() };
        lines.extend(fitted(cycle_words(cycle, tight)).into_iter().map(|line| (line, style)));
    }
    if month.gap && month.first >= first_of(app.today()) {
        let key = app.keymap.hint(Command::PlanCycle);
        lines.push((format!("No cycle is planned here yet; {key} plans one."), look.text()));
    }
    for revisit in &month.revisits {
        let style = if revisit.stand.presses() { look.attention() } else { look.text() };
        lines.extend(fitted(revisit_words(app, revisit)).into_iter().map(|line| (line, style)));
    }
    let mut events = Vec::new();
    for event in &month.events {
        let days: Vec<String> = event.held.iter().map(|day| day.format("%-d %b").to_string()).collect();
        let said = match (days.is_empty(), event.missed) {
            (false, _) => format!("{}: held {}", event.label, days.join(", ")),
            (true, true) => format!("{}: nothing was noted", event.label),
            (true, false) => format!("{}: to be held", event.label),
        };
        events.push((said, if event.missed { look.attention() } else { look.text() }));
    }
    if tight && events.len() > 1 {
        events = vec![(events.into_iter().map(|(said, _)| said).collect::<Vec<_>>().join(look.dot()), look.text())];
    }
    lines.extend(events);
    if !month.registers.is_empty() {
        // In a small window only what is collected this month is said: the rest stands in the registers.
        let said: Vec<String> = month
            .registers
            .iter()
            .filter(|(.., collects)| !tight || *collects)
            .map(|(label, many, collects)| format!("{label} {many}{}", if *collects { " (collected this month)" } else { "" }))
            .collect();
        if !said.is_empty() {
            let words = format!("Registers: {}", said.join(", "));
            lines.extend(fitted(words).into_iter().map(|line| (line, look.dim())));
        }
    }
    if !programme.events.is_empty() {
        let said: Vec<String> = programme.events.iter().map(event_of_the_year).collect();
        let words = format!("This year, wherever it was noted: {}", said.join(", "));
        lines.extend(fitted(words).into_iter().map(|line| (line, look.dim())));
    }
    for (place, (line, style)) in lines.iter().enumerate().take(inside.height as usize) {
        // What does not fit is said, so that nobody takes the part for the whole.
        let last = place + 1 == inside.height as usize && lines.len() > inside.height as usize;
        let more = format!("{} more lines: make the window larger", lines.len() - place);
        let (line, style) = if last { (&more, look.dim()) } else { (line, *style) };
        put_pieces(buffer, Rect::new(inside.x + 1, inside.y + place as u16, room as u16, 1), &[piece(line.clone(), style)], look);
    }
}

/// What is looked at again in a month, and how that stands. F14.
fn revisit_words(app: &App, revisit: &Revisit) -> String {
    let stands = match &revisit.stand {
        Stand::Planned(by) => format!("planned in {by}"),
        Stand::Done(by) => format!("done in {by}"),
        Stand::LetGo(why) => format!("not looked at again: {why}"),
        Stand::Overdue | Stand::Due => format!("nothing is planned; {} plans it", app.keymap.hint(Command::Revisits)),
        Stand::Ahead => "from then on".to_string(),
    };
    format!("Look again at {} ({}), from {}: {stands}", revisit.what, revisit.reference, revisit.due_on.format("%-d %b"))
}

/// How often an event was held, of how often it is wanted: days of one month count once.
pub(super) fn event_of_the_year(event: &EventStand) -> String {
    format!("{} {} of {}", event.label, event.times, event.times_a_year)
}

fn cycle_words(cycle: &ProgrammeCycle, tight: bool) -> String {
    let (why, note) = &cycle.why;
    let focus = match (cycle.focus.is_empty(), why.is_empty()) {
        (true, _) => String::new(),
        (false, true) => format!(". Focus: {}", cycle.focus),
        (false, false) => format!(". Focus: {} ({why})", cycle.focus),
    };
    let note = if note.is_empty() { String::new() } else { format!(": {note}") };
    if tight {
        return match &cycle.extra {
            Some((board, why, due)) => {
                let due = due.map(|due| format!(" for {}", due.format("%-d %b"))).unwrap_or_default();
                format!("{} extra{due}, {board}: {why}", cycle.reference)
            }
            None => format!("{} {}{}{note}", cycle.reference, cycle.kind, focus.replacen(". Focus: ", ": ", 1)),
        };
    }
    let extra = cycle.extra.as_ref().map(|(board, why, due)| {
        let due = due.map(|due| format!(" for {}", say_full_date(due))).unwrap_or_default();
        format!(". Outside the plan, asked for by {board}{due}: {why}")
    });
    let reviews = match (cycle.counts.reviews, cycle.counts.finalised) {
        (0, _) => String::new(),
        (all, finalised) => format!(", {finalised} of {} finalised", counted(all, "review", "reviews")),
    };
    let late = if cycle.late.is_empty() { String::new() } else { format!(" ({})", cycle.late) };
    let stands = format!("{}{late}{reviews}", cycle.state.label());
    format!("{} {}, {stands}{focus}{note}{}", cycle.reference, cycle.kind, extra.unwrap_or_default())
}
