//! The sheet of revisits, and then beside now. F14, Q02, S13.

use super::over;
use super::sheet::Lines;
use super::table::{Column, Row, draw as table};
use super::text::{Piece, fit, piece, put, width, wrap};
use super::theme::Look;
use crate::app::App;
use crate::app::command::Command;
use crate::app::msg::Report;
use crate::app::overlay::Sheet;
use crate::domain::calendar::say_due;
use crate::domain::query::RevisitRow;
use crate::domain::revisit::{Compared, Moved, Stand, ThenNow};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Lines below the list: what the row under the cursor can have done to it.
const BELOW: u16 = 3;

pub(super) fn draw(app: &App, rows: &[RevisitRow], sheet: &Sheet, look: Look, buffer: &mut Buffer, area: Rect, report: &mut Report) {
    let pressing = rows.iter().filter(|row| row.revisit.stand.presses()).count();
    let right = match pressing {
        0 => piece("nothing is due", look.good()),
        n => piece(format!("{n} due"), look.attention()),
    };
    let inside = over(buffer, area, "What is looked at again", &[right], look);
    let room = inside.width as usize;
    if rows.is_empty() {
        put(buffer, inside.x, inside.y, "Nothing has been audited yet that is looked at again.", room, look.dim(), look);
        report.sheet = inside.height as usize;
        return;
    }
    let columns = [
        Column::new("Ref", 9, 12, 0),
        Column::new("Area or case", 22, 52, 0),
        Column::new("Looked at", 11, 11, 1),
        Column::new("Again from", 11, 11, 0),
        Column::new("How it stands", 20, 44, 0),
    ];
    let shown: Vec<Row> = rows
        .iter()
        .skip(sheet.top)
        .map(|row| {
            let cells = vec![
                vec![piece(row.reference.clone(), look.text())],
                vec![piece(row.what.clone(), look.text())],
                vec![piece(seen(app, row), look.dim())],
                vec![piece(row.due_on.format("%-d %b %Y").to_string(), look.text())],
                vec![stands(app, row, look)],
            ];
            Row { flag: piece(if row.revisit.stand.presses() { "!" } else { " " }, look.attention()), cells }
        })
        .collect();
    let list = Rect { height: inside.height.saturating_sub(BELOW), ..inside };
    report.sheet = table(buffer, list, &columns, &shown, Some(sheet.at.saturating_sub(sheet.top)), true, look);
    let Some(row) = rows.get(sheet.at) else { return };
    for (place, line) in wrap(&said(app, row), room, look).iter().take(BELOW as usize - 1).enumerate() {
        put(buffer, inside.x, inside.bottom() + 1 + place as u16 - BELOW, line, room, look.text(), look);
    }
}

/// When it was looked at; a day to come is no such day yet.
fn seen(app: &App, row: &RevisitRow) -> String {
    if row.seen_on > app.today() { "under way".to_string() } else { row.seen_on.format("%-d %b %Y").to_string() }
}

fn stands(app: &App, row: &RevisitRow, look: Look) -> Piece {
    match &row.revisit.stand {
        // Months have passed in any of them: the same unit in every row, so that they can be compared.
        Stand::Overdue => match (app.today() - row.due_on).num_weeks() {
            0 => piece(format!("overdue, {}", say_due(app.today(), row.due_on)), look.alarm()),
            weeks => piece(format!("overdue, {weeks} wk late"), look.alarm()),
        },
        Stand::Due => piece("due".to_string(), look.attention()),
        Stand::Planned(by) => piece(format!("planned: {by}"), look.text()),
        Stand::Ahead => piece(say_due(app.today(), row.due_on), look.dim()),
        Stand::Done(by) => piece(format!("{} done: {by}", look.tick()), look.good()),
        Stand::LetGo(_) => piece("nobody looks again".to_string(), look.dim()),
    }
}

/// What the row is, and what can be done about it.
fn said(app: &App, row: &RevisitRow) -> String {
    let (enter, aside) = (app.keymap.hint(Command::SheetChoose), app.keymap.hint(Command::SheetExempt));
    let does = match (&row.revisit.stand, row.of) {
        (Stand::Overdue | Stand::Due | Stand::Ahead, "area") => {
            format!("{enter} plans who looks again, or links a cycle that does; {aside} says why nobody has to.")
        }
        (Stand::Overdue | Stand::Due | Stand::Ahead, _) => format!("{enter} opens a review that looks again at the case."),
        (Stand::Planned(_), "area") => format!("{enter} shows the cycle; {aside} says that it does not look again at this after all."),
        (Stand::Planned(_) | Stand::Done(_), "case") => format!("{enter} shows the first review."),
        (Stand::Done(_), _) => format!("{enter} shows then and now."),
        (Stand::LetGo(why), _) => return format!("Nobody looks again: {why} {aside} asks for it again."),
        (Stand::Planned(_), _) => String::new(),
    };
    format!("{}, {}. {does}", row.kind, row.what)
}

/// Then and now, heading by heading.
pub(super) fn then_now(found: &ThenNow, room: usize, look: Look) -> Lines {
    let moved = 15;
    let side = (room.saturating_sub(moved + 2) * 3 / 10).clamp(12, 34);
    let first = room.saturating_sub(2 * (side + 1) + moved + 1);
    let mut lines = Lines::new();
    for line in wrap(&format!("{}.", found.what.trim_end_matches('.')), room, look) {
        lines.push(vec![piece(line, look.text())]);
    }
    if !found.note.is_empty() {
        lines.extend(wrap(&found.note, room, look).into_iter().map(|line| vec![piece(line, look.attention())]));
    }
    lines.push(Vec::new());
    let heads = [("", first), (found.then.as_str(), side), (found.now.as_str(), side)];
    lines.extend(columns(&heads.map(|(text, wide)| (text.to_string(), wide, look.heading())), None, look));
    for part in &found.parts {
        lines.push(Vec::new());
        lines.push(vec![piece(part.heading, look.heading())]);
        for row in &part.rows {
            let empty = |text: &str| if text.is_empty() { "-".to_string() } else { text.to_string() };
            let cells =
                [(row.what.clone(), first, look.text()), (empty(&row.then), side, look.dim()), (empty(&row.now), side, look.text())];
            lines.extend(columns(&cells, Some(way(row, look)), look));
        }
    }
    lines
}

fn way(row: &Compared, look: Look) -> Piece {
    match row.moved {
        Moved::Better => piece(row.moved.label(), look.good()),
        Moved::Worse => piece(format!("! {}", row.moved.label()), look.alarm()),
        Moved::Same | Moved::Unclear | Moved::Unsaid => piece(row.moved.label(), look.dim()),
    }
}

/// Cells beside each other, each wrapped in its width, with a last word in the first line.
fn columns(cells: &[(String, usize, ratatui::style::Style)], last: Option<Piece>, look: Look) -> Lines {
    // Two cells apart: a title that fills its column would run into the next one.
    let wrapped: Vec<Vec<String>> = cells.iter().map(|(text, wide, _)| wrap(text, wide.saturating_sub(1), look)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0).max(1);
    (0..height)
        .map(|row| {
            let mut line: Vec<Piece> = Vec::new();
            for (lines, (_, wide, style)) in wrapped.iter().zip(cells) {
                let text = lines.get(row).map(String::as_str).unwrap_or_default();
                let text = fit(text, *wide, look).into_owned();
                let padding = " ".repeat((wide + 1).saturating_sub(width(&text)));
                line.push(piece(format!("{text}{padding}"), *style));
            }
            line.extend(last.clone().filter(|_| row == 0));
            line
        })
        .collect()
}
