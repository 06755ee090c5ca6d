//! One person over the view: who they are here, what they may do, when they are away, and what is theirs to do, row by row, to be
//! given to somebody else.

use super::over;
use super::sheet::Lines;
use super::table::{Column, Row, draw as table};
use super::text::{due, piece, put_pieces, wrap};
use super::theme::Look;
use crate::app::App;
use crate::app::available::Availability;
use crate::app::command::Command;
use crate::app::hands_over;
use crate::app::msg::Report;
use crate::app::overlay::Sheet;
use crate::domain::calendar::day_after;
use crate::domain::count::counted;
use crate::domain::query::{Held, PersonDetail, held_in_words};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Cells before what is said.
const LABEL: usize = 10;

/// Rows of what they hold that stay however much stands above them.
const KEPT: u16 = 6;

pub(super) fn draw(app: &App, detail: &PersonDetail, sheet: &Sheet, look: Look, buffer: &mut Buffer, area: Rect, report: &mut Report) {
    let right = match detail.person.left_on {
        Some(day) if day < app.today() => piece(format!("left on {}", day.format("%-d %b %Y")), look.attention()),
        Some(day) => piece(format!("last day {}", day.format("%-d %b %Y")), look.attention()),
        None => piece("here", look.dim()),
    };
    let inside = over(buffer, area, &detail.person.name, &[right], look);
    let room = inside.width as usize;
    let mut lines = facts(detail, room, look);
    let above = (inside.height.saturating_sub(KEPT + 2) as usize).max(3);
    lines.truncate(above);
    let held = held_in_words(&detail.held);
    let heading = match (held.as_str(), detail.person.left_on) {
        ("", _) => ("Nothing that you may see is theirs to do.".to_string(), look.dim()),
        (held, Some(_)) => (format!("To be given to others: {held}"), look.attention()),
        (held, None) => (format!("Theirs to do: {held}"), look.heading()),
    };
    lines.push(Vec::new());
    lines.extend(wrap(&heading.0, room, look).into_iter().map(|line| vec![piece(line, heading.1)]));
    for (place, line) in lines.iter().enumerate().take(inside.height as usize) {
        put_pieces(buffer, Rect::new(inside.x, inside.y + place as u16, inside.width, 1), line, look);
    }
    let used = (lines.len() as u16).min(inside.height);
    report.sheet = 1;
    let Some(row) = detail.held.get(sheet.at) else { return };
    let key = app.keymap.hint(Command::SheetChoose);
    let many = detail.held.iter().filter(|other| other.what.noun() == row.what.noun()).count();
    let together = match row.what.goes_together() && many > 1 {
        true => format!("; {} does it for all {many} {}", app.keymap.hint(Command::SheetConfirm), row.what.noun().1),
        false => String::new(),
    };
    // Where it is not theirs to give, the row says who may and no key is offered.
    let (does, style) = match app.availability(Command::SheetChoose) {
        Availability::No(why) => (why, look.dim()),
        Availability::Yes => match detail.person.left_on.filter(|last| matches!(row.what, Held::Strip(_)) && *last >= app.today()) {
            // Until the day is over they act themselves.
            Some(last) => {
                let from = day_after(last).format("%-d %B");
                (format!("{key} opens it: from {from} on somebody else is named there."), look.key())
            }
            None => (format!("{key} {}{together}.", hands_over(row.what)), look.key()),
        },
    };
    let last = Rect::new(inside.x, inside.bottom().saturating_sub(1), inside.width, 1);
    put_pieces(buffer, last, &[piece(does, style)], look);
    let columns = [Column::new("What", 9, 20, 0), Column::new("Due", 10, 14, 0), Column::new("In words", 20, 90, 0)];
    let today = app.today();
    let rows: Vec<Row> = detail
        .held
        .iter()
        .skip(sheet.top)
        .map(|row| {
            let cells = vec![
                vec![piece(row.reference.clone(), look.text())],
                vec![due(today, row.due, None, look)],
                vec![piece(row.said.clone(), look.text())],
            ];
            Row { flag: piece(" ", look.text()), cells }
        })
        .collect();
    let below = Rect { y: inside.y + used, height: inside.height.saturating_sub(used + 1), ..inside };
    report.sheet = table(buffer, below, &columns, &rows, Some(sheet.at - sheet.top), true, look);
}

/// Who they are here, in lines.
fn facts(detail: &PersonDetail, room: usize, look: Look) -> Lines {
    let mut lines = Lines::new();
    let mut say = |label: &str, text: &str, style| {
        for (place, line) in wrap(text, room.saturating_sub(LABEL), look).into_iter().enumerate() {
            let label = if place == 0 { label } else { "" };
            lines.push(vec![piece(format!("{label:<LABEL$}"), look.dim()), piece(line, style)]);
        }
    };
    let person = &detail.person;
    let place = [detail.role.as_str(), detail.team.as_str(), detail.service.as_str()];
    say("Role", &place.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", "), look.text());
    let manager = if detail.manager.is_empty() { String::new() } else { format!("managed by {}", detail.manager) };
    let login = if person.login.is_empty() { "no login: they cannot log in".to_string() } else { format!("login {}", person.login) };
    let known = [login.as_str(), person.email.as_str(), manager.as_str()];
    say("Known as", &known.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join("; "), look.text());
    // What is theirs to do stands below: what their role lets them do must not push it off a small screen.
    say("Sees", detail.sees, look.text());
    say("May", &detail.may.join(", "), look.text());
    for away in &detail.away {
        say("Away", away, look.attention());
    }
    if !detail.stands_in.is_empty() {
        say("Stands in", &format!("for {}", detail.stands_in.join("; for ")), look.text());
    }
    if detail.cases > 0 {
        say("Cases", &format!("{} in their name, as the last extract says", counted(detail.cases, "case", "cases")), look.text());
    }
    lines
}
