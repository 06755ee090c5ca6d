//! A cycle's improvement plan: what is next, where it was presented, its rows, and all of the row under the cursor. M20-M23, F13,
//! C06, C11, C16.

use crate::app::App;
use crate::app::command::Command;
use crate::domain::calendar::{say_date, say_full_date};
use crate::domain::plan::StageStand;
use crate::domain::query::{PlanDetail, PlanRow};
use crate::ui::boxed;
use crate::ui::table::{Column, Row, draw as table};
use crate::ui::text::{Piece, due, piece, put, put_pieces, wrap};
use crate::ui::theme::Look;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const COLUMNS: [Column; 6] = [
    Column::new("Ref", 7, 8, 0),
    Column::new("What", 9, 9, 2),
    Column::new("In words", 30, 90, 0),
    Column::new("Who", 12, 18, 0),
    Column::new("Day", 11, 11, 0).right(),
    Column::new("State", 15, 18, 3),
];

/// Draws it.
pub fn draw(app: &App, look: Look, buffer: &mut Buffer, body: Rect) {
    let Some(plan) = &app.plan.detail else {
        let inside = boxed(buffer, body, "5 Plan", &[], true, look);
        put(buffer, inside.x + 2, inside.y, "The plan is being read.", inside.width as usize - 4, look.dim(), look);
        return;
    };
    let below = (body.height / 3).clamp(5, 12);
    let upper = Rect { height: body.height - below, ..body };
    let open = plan.rows.iter().filter(|row| row.open).count();
    let late = plan.rows.iter().filter(|row| row.late).count();
    let mut right = vec![piece(format!("{open} open"), look.dim())];
    if late > 0 {
        right.extend([piece(look.dot(), look.dim()), piece(format!("{late} late"), look.alarm())]);
    }
    let inside = boxed(buffer, upper, &format!("5 Plan of {}", plan.title), &right, true, look);
    let lines = head(plan, inside.width as usize - 2, body.height < 30, look);
    for (place, line) in lines.iter().enumerate() {
        put_pieces(buffer, Rect::new(inside.x + 1, inside.y + place as u16, inside.width - 2, 1), line, look);
    }
    let used = lines.len() as u16;
    let area = Rect { y: inside.y + used, height: inside.height.saturating_sub(used), ..inside };
    if plan.rows.is_empty() {
        let text = format!("Nothing stands in it yet. Press {} for a wider action.", app.keymap.hint(Command::PlanAction));
        put(buffer, area.x + 1, area.y, &text, area.width as usize - 2, look.text(), look);
    } else {
        rows(app, plan, look, buffer, area);
    }
    details(app, look, buffer, Rect { y: body.y + upper.height, height: below, ..body });
}

/// What is next, the stages of the improvement cycle, and where the plan was presented.
fn head(plan: &PlanDetail, room: usize, tight: bool, look: Look) -> Vec<Vec<Piece>> {
    let mut lines: Vec<Vec<Piece>> = wrap(&plan.next, room, look).into_iter().map(|line| vec![piece(line, look.heading())]).collect();
    if !plan.stages.is_empty() {
        let mut pieces = Vec::new();
        for (place, (label, stand)) in plan.stages.iter().enumerate() {
            if place > 0 {
                pieces.push(piece(format!(" {} ", look.arrow()), look.dim()));
            }
            let said = match stand {
                StageStand::Done => format!("{label} {}", look.tick()),
                StageStand::Now => format!("[{label}]"),
                StageStand::Ahead | StageStand::Always => label.clone(),
            };
            pieces.push(piece(said, if *stand == StageStand::Now { look.key() } else { look.dim() }));
        }
        lines.push(pieces);
    }
    let heard: Vec<String> = plan
        .boards
        .iter()
        .filter_map(|board| match (board.presented, board.responsible) {
            (Some(day), _) => Some(format!("{}, {}", board.label, say_date(day))),
            (None, true) => Some(format!("{}, not yet", board.label)),
            (None, false) => None,
        })
        .collect();
    if !heard.is_empty() {
        let presented = wrap(&format!("Presented: {}.", heard.join("; ")), room, look);
        let most = if tight { 2 } else { 4 };
        lines.extend(presented.into_iter().take(most).map(|line| vec![piece(line, look.text())]));
    }
    lines
}

fn rows(app: &App, plan: &PlanDetail, look: Look, buffer: &mut Buffer, area: Rect) {
    let fits = (area.height as usize).saturating_sub(1).max(1);
    let at = app.plan.at;
    let top = (at + 1).saturating_sub(fits);
    let rows: Vec<Row> = plan.rows.iter().skip(top).take(fits).map(|row| line(app, row, look)).collect();
    table(buffer, area, &COLUMNS, &rows, Some(at - top), true, look);
}

fn line(app: &App, row: &PlanRow, look: Look) -> Row {
    let style = if row.open { look.text() } else { look.dim() };
    let when = match (row.kind, row.open) {
        ("action", true) => due(app.today(), Some(row.on), None, look),
        _ => piece(say_date(row.on), look.dim()),
    };
    let mut text = Vec::new();
    if !row.carried_from.is_empty() {
        text.push(piece(format!("since {}: ", row.carried_from), look.attention()));
    }
    text.push(piece(row.text.clone(), style));
    let cells = vec![
        vec![piece(row.reference.clone(), style)],
        vec![piece(row.kind, look.dim())],
        text,
        vec![piece(row.who.clone(), style)],
        vec![when],
        vec![piece(row.stands.clone(), if row.late { look.alarm() } else { style })],
    ];
    Row { flag: piece(if row.late { "!" } else { " " }, look.alarm()), cells }
}

/// All of the row under the cursor.
fn details(app: &App, look: Look, buffer: &mut Buffer, area: Rect) {
    let title = app.plan.row().map_or_else(|| "Nothing".to_string(), |row| row.reference.clone());
    let inside = boxed(buffer, area, &title, &[], false, look);
    let Some(row) = app.plan.row() else { return };
    let room = inside.width as usize - 2;
    let mut lines: Vec<(String, ratatui::style::Style)> = wrap(&row.text, room, look).into_iter().map(|line| (line, look.text())).collect();
    if !row.answers.is_empty() {
        lines.extend(wrap(&format!("Answers: {}", row.answers), room, look).into_iter().map(|line| (line, look.dim())));
    }
    if !row.service.is_empty() {
        lines.extend(wrap(&format!("Meant for: {}", row.service), room, look).into_iter().map(|line| (line, look.dim())));
    }
    let day = if row.kind == "action" { "due" } else { "of" };
    lines.push((format!("{}, {day} {}, {}", row.who, say_full_date(row.on), row.stands).trim_start_matches(", ").to_string(), look.dim()));
    // The newest is what is wanted; what does not fit is the oldest.
    for note in row.notes.iter().rev() {
        lines.extend(wrap(note, room, look).into_iter().map(|line| (line, look.text())));
    }
    if row.kind == "action" && row.notes.is_empty() {
        let key = app.keymap.hint(Command::PlanProgress);
        lines.push((format!("No progress is noted yet: {key} notes what a meeting heard."), look.dim()));
    }
    for (place, (line, style)) in lines.iter().take(inside.height as usize).enumerate() {
        put(buffer, inside.x + 1, inside.y + place as u16, line, room, *style, look);
    }
}
