//! The register of people: roles, teams, who is away, how much each reviews.

use super::panes::unmatched;
use crate::app::App;
use crate::app::msg::Report;
use crate::domain::count::counted;
use crate::domain::query::PersonInterest;
use crate::ui::boxed;
use crate::ui::table::{Column, Row, draw as table, first_shown, widths};
use crate::ui::text::{Piece, piece, put, width, wrap};
use crate::ui::theme::Look;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const COLUMNS: [Column; 9] = [
    Column::new("Name", 18, 30, 0),
    Column::new("Role", 12, 30, 0),
    Column::new("Team", 17, 28, 2),
    Column::new("Service", 19, 26, 4),
    Column::new("Manager", 14, 18, 5),
    Column::new("Reviews", 7, 7, 1).right(),
    Column::new("Cases", 5, 5, 3).right(),
    Column::new("Interests", 9, 9, 3).right(),
    Column::new("Away", 17, 34, 2),
];

/// From this width on, in cells, roles stand by their whole titles…
const WIDE: u16 = 140;
/// …which take so many.
const TITLE: usize = 25;

/// So many interests of the person under the cursor are written out.
const WRITTEN_OUT: usize = 3;

/// Draws it.
pub fn draw(app: &App, look: Look, buffer: &mut Buffer, body: Rect, report: &mut Report) {
    let list = &app.people;
    let mut right = vec![piece(counted(list.total, "person", "people"), look.dim())];
    if !list.filter_text.is_empty() {
        right.insert(0, piece(format!("/{}   ", list.filter_text), look.key()));
    }
    let inside = boxed(buffer, body, "8 Register of people", &right, true, look);
    if list.rows.is_empty() {
        let text = if !list.loaded {
            "Reading\u{2026}".to_string()
        } else if list.filter.is_empty() {
            let fields = "name, role, team, service, e-mail, login, line manager";
            match app.guest {
                true => "Nobody is known yet. Ask whoever administers closeloop to import the list of people.".to_string(),
                false => format!("Nobody is known yet. Import them: closeloop import people FILE ({fields})."),
            }
        } else {
            let otherwise = "Nobody matches the filter. The word all shows those who have left as well.";
            unmatched(app, &list.unread, Some(&list.filter), otherwise)
        };
        for (place, line) in wrap(&text, inside.width as usize - 4, look).iter().enumerate() {
            put(buffer, inside.x + 2, inside.y + place as u16, line, inside.width as usize - 4, look.dim(), look);
        }
        return;
    }
    let told =
        list.rows.get(list.cursor).map(|row| interests(&row.name, &row.interests, inside.width as usize - 2, look)).unwrap_or_default();
    let below = (told.len() as u16).min(inside.height / 3);
    let inside = Rect { height: inside.height - below, ..inside };
    for (place, line) in told.iter().take(below as usize).enumerate() {
        put(buffer, inside.x + 1, inside.bottom() + place as u16, line, inside.width as usize - 2, look.attention(), look);
    }
    let top = first_shown(list.cursor, list.top, (inside.height as usize).saturating_sub(1));
    let mut columns = COLUMNS;
    if inside.width >= WIDE {
        columns[1].least = TITLE;
    }
    let wide = widths(&columns, (inside.width as usize).saturating_sub(4))[1];
    let rows: Vec<Row> = list
        .rows
        .iter()
        .skip(top)
        .take(inside.height as usize)
        .map(|row| {
            let away = if row.away.starts_with("away until") { look.attention() } else { look.dim() };
            // A title that does not fit gives way to the letters that people say.
            let title = app.role_title(&row.role);
            let role = if width(title) <= wide { title.to_string() } else { app.role_in_short(&row.role) };
            let cells = [&row.name, &role, &row.team, &row.service, &row.line_manager];
            let mut cells: Vec<Vec<Piece>> = cells.into_iter().map(|text| vec![piece(text, look.text())]).collect();
            cells.push(vec![piece(number(row.reviewing), look.text())]);
            cells.push(vec![piece(number(row.cases), look.dim())]);
            cells.push(vec![piece(number(row.interests.len() as u32), look.attention())]);
            cells.push(vec![piece(row.away.clone(), away)]);
            Row { flag: piece(" ", look.text()), cells }
        })
        .collect();
    report.register = table(buffer, inside, &columns, &rows, Some(list.cursor - top), true, look);
}

/// What the person under the cursor declared, as far as the viewer may know.
fn interests(name: &str, interests: &[PersonInterest], room: usize, look: Look) -> Vec<String> {
    if interests.is_empty() {
        return Vec::new();
    }
    // The newest are those that matter to whom is asked next; all of them are in the plain list and in the records.
    let said: Vec<String> = interests.iter().rev().take(WRITTEN_OUT).map(PersonInterest::sentence).collect();
    let more = match interests.len().saturating_sub(WRITTEN_OUT) {
        0 => String::new(),
        n => format!("; and {n} earlier"),
    };
    wrap(&format!("{name} is recused: {}{more}.", said.join("; ")), room, look)
}

fn number(n: u32) -> String {
    if n == 0 { String::new() } else { n.to_string() }
}
