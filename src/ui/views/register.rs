//! The register of people: roles, teams, who is away, how much each reviews.

use crate::app::App;
use crate::app::msg::Report;
use crate::domain::count::counted;
use crate::ui::boxed;
use crate::ui::table::{Column, Row, draw as table};
use crate::ui::text::{piece, put};
use crate::ui::theme::Look;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const COLUMNS: [Column; 8] = [
    Column::new("Name", 18, 30, 0),
    Column::new("Role", 8, 16, 0),
    Column::new("Team", 12, 28, 2),
    Column::new("Service", 12, 26, 4),
    Column::new("Manager", 12, 18, 5),
    Column::new("Reviews", 7, 7, 1).right(),
    Column::new("Cases", 5, 5, 3).right(),
    Column::new("Away", 12, 34, 2),
];

/// Draws it.
pub fn draw(app: &App, look: Look, buffer: &mut Buffer, body: Rect, report: &mut Report) {
    let list = &app.people;
    let mut right = vec![piece(counted(list.total, "person", "people"), look.dim())];
    if !list.filter_text.is_empty() {
        right.insert(0, piece(format!("/{}   ", list.filter_text), look.key()));
    }
    let inside = boxed(buffer, body, "8 Register of people", &right, true, look);
    if list.rows.is_empty() {
        let text =
            "Nobody is known yet. Import them: closeloop import people FILE (name, role, team, service, e-mail, login, line manager).";
        put(buffer, inside.x + 4, inside.y + 1, text, inside.width as usize - 6, look.text(), look);
    }
    let rows: Vec<Row> = list
        .rows
        .iter()
        .skip(list.top)
        .take(inside.height as usize)
        .map(|row| {
            let away = if row.away.starts_with("away until") { look.attention() } else { look.dim() };
            let cells = [&row.name, &row.role, &row.team, &row.service, &row.line_manager];
            let mut cells: Vec<Vec<crate::ui::text::Piece>> =
                cells.into_iter().map(|text| vec![piece(text.clone(), look.text())]).collect();
            cells.push(vec![piece(number(row.reviewing), look.text())]);
            cells.push(vec![piece(number(row.cases), look.dim())]);
            cells.push(vec![piece(row.away.clone(), away)]);
            Row { flag: piece(" ", look.text()), cells }
        })
        .collect();
    report.register = table(buffer, inside, &COLUMNS, &rows, (!rows.is_empty()).then(|| list.cursor - list.top), true, look);
}

fn number(n: u32) -> String {
    if n == 0 { String::new() } else { n.to_string() }
}
