//! The registers of other activity: the list of them; of an open one its entries, who is behind (F16) and its months (C07).

use super::panes::unmatched;
use super::programme::event_of_the_year;
use crate::app::command::Command;
use crate::app::msg::Report;
use crate::app::{App, RegisterTab};
use crate::domain::count::counted;
use crate::domain::fields::said;
use crate::domain::query::{EntryRow, RegisterDetail};
use crate::domain::register::{Standing, StandingRow};
use crate::ui::boxed;
use crate::ui::table::{Column, Row, draw as table};
use crate::ui::text::{Piece, due, piece, put, wrap};
use crate::ui::theme::Look;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws it.
pub fn draw(app: &App, look: Look, buffer: &mut Buffer, body: Rect, report: &mut Report) {
    match (&app.registers.open, &app.registers.detail) {
        (None, _) => list(app, look, buffer, body),
        (Some(_), None) => drop(boxed(buffer, body, "9 Registers", &[], true, look)),
        (Some(_), Some(detail)) => match app.registers.tab {
            RegisterTab::Entries => entries(app, detail, look, buffer, body, report),
            RegisterTab::Behind => behind(app, detail, look, buffer, body),
            RegisterTab::Months => months(app, detail, look, buffer, body),
        },
    }
}

fn list(app: &App, look: Look, buffer: &mut Buffer, body: Rect) {
    const COLUMNS: [Column; 5] = [
        Column::new("Register", 36, 60, 0),
        Column::new("This year", 9, 9, 0).right(),
        Column::new("Newest", 9, 11, 1).right(),
        Column::new("Next due", 12, 12, 0).right(),
        Column::new("Behind", 14, 30, 0),
    ];
    let registers = &app.registers;
    let total: u32 = registers.rows.iter().map(|row| row.entries).sum();
    let right = [piece(format!("{} this year", counted(total, "entry", "entries")), look.dim())];
    let inside = boxed(buffer, body, "9 Registers of other activity", &right, true, look);
    if registers.rows.is_empty() {
        let text = "This framework keeps no registers. A profile names them under [[registers]].";
        put(buffer, inside.x + 2, inside.y, text, inside.width as usize - 4, look.dim(), look);
        return;
    }
    let inside = events_held(app, look, buffer, inside);
    let fits = (inside.height as usize).saturating_sub(1).max(1);
    let top = (registers.at + 1).saturating_sub(fits);
    // Where no register expects anything of anybody, nobody can be behind.
    let shown = if registers.rows.iter().any(|row| row.behind.is_some()) { 5 } else { 4 };
    let rows: Vec<Row> = registers
        .rows
        .iter()
        .skip(top)
        .map(|row| {
            let behind = match row.behind {
                None => piece("", look.dim()),
                Some((0, of)) => piece(format!("nobody of {of}"), look.good()),
                Some((by, of)) => piece(format!("{by} of {of}"), look.attention()),
            };
            let newest = row.newest.map(|day| day.format("%-d %b %y").to_string()).unwrap_or_else(|| "none yet".into());
            let next = if row.due.is_some() { due(app.today(), row.due, None, look) } else { piece("as they come", look.dim()) };
            let cells = vec![
                vec![piece(row.label.clone(), look.text())],
                vec![piece(row.entries.to_string(), look.text())],
                vec![piece(newest, look.dim())],
                vec![next],
                vec![behind],
            ];
            Row { flag: piece(" ", look.text()), cells }
        })
        .collect();
    table(buffer, inside, &COLUMNS[..shown], &rows, Some(registers.at - top), true, look);
}

/// At the foot, where there is room: how often the year's events were held, which is not how many entries their register has. Gives the
/// rest of the room.
fn events_held(app: &App, look: Look, buffer: &mut Buffer, area: Rect) -> Rect {
    let rows = &app.registers.rows;
    let Some(row) = rows.iter().find(|row| !row.events.is_empty()) else { return area };
    let held: Vec<String> = row.events.iter().map(event_of_the_year).collect();
    let words = format!(
        "Registers count entries. Events held this year, whether noted under {}, in another register or as a review of their kind ({} {} shows the year): {}.",
        row.label,
        app.keymap.hint(Command::ViewCycle),
        app.keymap.hint(Command::ViewYear),
        held.join(", ")
    );
    let lines = wrap(&words, area.width.saturating_sub(4) as usize, look);
    let used = lines.len() as u16;
    if area.height < rows.len() as u16 + 2 + used {
        return area;
    }
    for (line, y) in lines.iter().zip(area.bottom() - used..) {
        put(buffer, area.x + 2, y, line, area.width.saturating_sub(4) as usize, look.dim(), look);
    }
    Rect { height: area.height - used, ..area }
}

/// The tabs of an open register, with its year.
fn tabs(app: &App, detail: &RegisterDetail, look: Look) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for tab in app.registers.tabs() {
        let label = match tab {
            RegisterTab::Entries => format!("Entries {}", app.registers.entries.total),
            RegisterTab::Behind => {
                let behind = detail.standings.iter().filter(|row| matches!(row.standing, Standing::Behind(_))).count();
                format!("Behind {behind}")
            }
            RegisterTab::Months => "Months".to_string(),
        };
        let style = if tab == app.registers.tab { look.chosen() } else { look.dim() };
        pieces.push(piece(format!("[{label}]"), style));
        pieces.push(piece(" ", look.dim()));
    }
    pieces.push(piece(detail.year.label(), look.dim()));
    if !app.registers.entries.filter_text.is_empty() {
        pieces.insert(0, piece(format!("/{}   ", app.registers.entries.filter_text), look.key()));
    }
    pieces
}

fn entries(app: &App, detail: &RegisterDetail, look: Look, buffer: &mut Buffer, body: Rect, report: &mut Report) {
    const COLUMNS: [Column; 5] = [
        Column::new("Date", 10, 10, 0),
        Column::new("Whose", 16, 24, 1),
        Column::new("Team or service", 16, 26, 2),
        Column::new("Noted", 24, 90, 0),
        Column::new("By", 12, 20, 3),
    ];
    let list = &app.registers.entries;
    let lower = (body.height / 3).clamp(6, 12);
    let upper = Rect { height: body.height - lower, ..body };
    let mut inside = boxed(buffer, upper, &detail.register.label, &tabs(app, detail, look), true, look);
    if let Some(said) = not_looked_at(app, detail) {
        // F15: what nobody has learned from yet comes before what was learned.
        put(buffer, inside.x + 1, inside.y, &said, inside.width as usize - 2, look.attention(), look);
        inside = Rect { y: inside.y + 1, height: inside.height.saturating_sub(1), ..inside };
    }
    if list.rows.is_empty() {
        let key = app.keymap.hint(Command::NoteEntry);
        let text = match list.filter_text.is_empty() {
            true => format!("Nothing has been noted this year. {key} notes the first; /all shows earlier years."),
            false => {
                let otherwise = "Nothing matches. /all looks through earlier years too.";
                unmatched(app, &list.unread, Some(&list.filter), otherwise)
            }
        };
        for (line, text) in (1..inside.height).zip(wrap(&text, inside.width as usize - 6, look)) {
            put(buffer, inside.x + 4, inside.y + line, &text, inside.width as usize - 6, look.text(), look);
        }
    }
    let about = detail.register.fields.first();
    let rows: Vec<Row> = list
        .rows
        .iter()
        .skip(list.top)
        .take(inside.height as usize)
        .map(|row| {
            let first = about.and_then(|field| row.values.get(&field.key).map(|value| said(field, value))).unwrap_or_default();
            let rest: Vec<&str> =
                detail.register.fields.iter().skip(1).filter_map(|field| row.values.get(&field.key)).map(String::as_str).collect();
            let noted = if rest.is_empty() { first } else { format!("{first}: {}", rest.join("; ")) };
            let cells = vec![
                vec![piece(row.on.format("%-d %b %y").to_string(), look.text())],
                vec![piece(row.name.clone(), look.text())],
                vec![piece(row.place.clone(), look.dim())],
                vec![piece(noted.lines().collect::<Vec<_>>().join(" "), look.text())],
                vec![piece(row.by.clone(), look.dim())],
            ];
            Row { flag: piece(if list.changed.contains(&row.id.0) { look.changed() } else { " " }, look.attention()), cells }
        })
        .collect();
    report.register = table(buffer, inside, &COLUMNS, &rows, (!rows.is_empty()).then(|| list.cursor - list.top), true, look);
    let below = Rect { y: body.y + upper.height, height: lower, ..body };
    if let Some(row) = list.current() {
        whole(row, detail, look, buffer, below);
    } else {
        boxed(buffer, below, "Entry", &[], false, look);
    }
}

/// The cycles whose outcomes no entry has looked at, in a line. F15.
fn not_looked_at(app: &App, detail: &RegisterDetail) -> Option<String> {
    let open: Vec<&str> = detail.not_looked_at.iter().map(|(reference, _)| reference.as_str()).collect();
    let key = app.keymap.hint(Command::NoteEntry);
    (!open.is_empty()).then(|| format!("! {key} notes when they are looked at. Not looked at yet: {}", open.join(", ")))
}

/// One entry with all its words.
fn whole(row: &EntryRow, detail: &RegisterDetail, look: Look, buffer: &mut Buffer, area: Rect) {
    let by = [piece(format!("written by {}", row.by), look.dim())];
    let whose = if row.name.is_empty() { String::new() } else { format!("{}{}", look.dot(), row.name) };
    let title = format!("{}{}{}{whose}", row.reference, look.dot(), row.on.format("%A %-d %B %Y"));
    let inside = boxed(buffer, area, &title, &by, false, look);
    let room = inside.width as usize - 2;
    let mut lines = Vec::new();
    for field in &detail.register.fields {
        if let Some(value) = row.values.get(&field.key) {
            lines.extend(wrap(&format!("{}: {}", field.label, said(field, value)), room, look));
        }
    }
    if !row.actions.is_empty() {
        lines.extend(wrap(&format!("Actions out of it: {}", row.actions), room, look));
    }
    for (place, line) in lines.iter().enumerate().take(inside.height as usize) {
        put(buffer, inside.x + 1, inside.y + place as u16, line, room, look.text(), look);
    }
}

fn behind(app: &App, detail: &RegisterDetail, look: Look, buffer: &mut Buffer, body: Rect) {
    const COLUMNS: [Column; 6] = [
        Column::new("Who", 18, 28, 0),
        Column::new("Role", 4, 8, 0),
        Column::new("Team", 12, 26, 2),
        Column::new("Had", 6, 7, 0),
        Column::new("At least one", 22, 40, 1),
        Column::new("How it stands", 18, 60, 0),
    ];
    let registers = &app.registers;
    let inside = boxed(buffer, body, &format!("{}: who is behind", detail.register.label), &tabs(app, detail, look), true, look);
    if registers.standings.is_empty() {
        let text = "Nobody of the roles it expects entries of is known. Import the people: closeloop import people FILE.";
        put(buffer, inside.x + 2, inside.y, text, inside.width as usize - 4, look.dim(), look);
        return;
    }
    let area = Rect { height: inside.height.saturating_sub(1), ..inside };
    let fits = (area.height as usize).saturating_sub(1).max(1);
    let top = (registers.place / fits) * fits;
    let rows: Vec<Row> = registers
        .standings
        .iter()
        .skip(top)
        .take(fits)
        .map(|row| {
            let one = match &row.at_least_one {
                None => piece("", look.dim()),
                Some((label, true)) => piece(format!("{} {label}", look.tick()), look.good()),
                Some((label, false)) => piece(format!("no: {label}"), look.dim()),
            };
            let had = if row.a_year > 0 { format!("{} of {}", row.entries, row.a_year) } else { row.entries.to_string() };
            let cells = vec![
                vec![piece(row.name.clone(), look.text())],
                vec![piece(app.role_title(&row.role), look.dim())],
                vec![piece(row.place.clone(), look.dim())],
                vec![piece(had, look.text())],
                vec![one],
                vec![standing(row, look)],
            ];
            Row { flag: piece(" ", look.text()), cells }
        })
        .collect();
    table(buffer, area, &COLUMNS, &rows, Some(registers.place - top), true, look);
    let count = |wanted: fn(&Standing) -> bool| registers.standings.iter().filter(|row| wanted(&row.standing)).count();
    let foot = format!(
        "{} behind, {} done, {} not asked (away or left){}sorted by {}",
        count(|standing| matches!(standing, Standing::Behind(_))),
        count(|standing| *standing == Standing::Done),
        count(|standing| *standing == Standing::NotAsked),
        look.dot(),
        registers.sort.label()
    );
    put(buffer, inside.x + 2, inside.bottom() - 1, &foot, inside.width as usize - 4, look.dim(), look);
}

fn standing(row: &StandingRow, look: Look) -> Piece {
    let because = if row.because.is_empty() { String::new() } else { format!(", {}", row.because) };
    match row.standing {
        Standing::Behind(by) => piece(format!("! {by} behind{because}"), look.alarm()),
        Standing::OnTrack => {
            let left = row.a_year.saturating_sub(row.entries);
            let said = if left > 0 { format!("{left} to come") } else { "one of another kind to come".to_string() };
            piece(format!("{said}{because}"), look.text())
        }
        Standing::Done => piece(format!("{} done for the year{because}", look.tick()), look.good()),
        Standing::OwnProgramme => piece("by their own programme", look.dim()),
        Standing::NotAsked => piece(format!("not asked{because}"), look.dim()),
    }
}

const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn months(app: &App, detail: &RegisterDetail, look: Look, buffer: &mut Buffer, body: Rect) {
    use chrono::Datelike;
    let collation = &detail.collation;
    let inside = boxed(buffer, body, &format!("{}: month by month", detail.register.label), &tabs(app, detail, look), true, look);
    let mut columns = vec![Column::new("", 21, 60, 0)];
    columns.extend(collation.months.iter().map(|month| Column::new(NAMES[month.month0() as usize], 3, 5, 0).right()));
    columns.push(Column::new("Year", 4, 6, 0).right());
    let today = app.today();
    let number = |many: u32, month: Option<&chrono::NaiveDate>| match (many, month) {
        // A month that lies ahead is empty, not nought.
        (0, Some(month)) if *month > today => piece("", look.dim()),
        (0, _) => piece(if look.ascii { "-" } else { "\u{b7}" }, look.dim()),
        (many, _) => piece(many.to_string(), look.text()),
    };
    let mut rows = Vec::new();
    let mut before = "";
    let mut at = 0;
    for (place, row) in collation.rows.iter().enumerate() {
        if row.field != before && !row.field.is_empty() {
            let mut cells = vec![vec![piece(row.field.clone(), look.heading())]];
            cells.resize(columns.len(), Vec::new());
            rows.push(Row { flag: piece(" ", look.text()), cells });
        }
        before = &row.field;
        if place == app.registers.place {
            at = rows.len();
        }
        let indent = if row.field.is_empty() { "" } else { "  " };
        let mut cells = vec![vec![piece(format!("{indent}{}", row.answer), look.text())]];
        cells.extend(row.counts.iter().zip(&collation.months).map(|(many, month)| vec![number(*many, Some(month))]));
        cells.push(vec![number(row.total, None)]);
        rows.push(Row { flag: piece(" ", look.text()), cells });
    }
    let fits = (inside.height as usize).saturating_sub(1).max(1);
    let top = (at + 1).saturating_sub(fits);
    table(buffer, inside, &columns, rows.get(top..).unwrap_or_default(), Some(at - top), true, look);
}
