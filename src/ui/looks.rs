//! The sheet of who looked at what: what stands out, then row by row.

use super::over;
use super::table::{Column, Row, draw as table};
use super::text::{piece, put_pieces, wrap};
use super::theme::Look;
use crate::app::App;
use crate::app::command::Command;
use crate::app::msg::Report;
use crate::app::overlay::Sheet;
use crate::domain::calendar::{local, local_date};
use crate::domain::look::LooksDetail;
use crate::domain::person::short_name;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// At most so many lines say what stands out.
const ODD: usize = 4;

pub(super) fn draw(app: &App, detail: &LooksDetail, sheet: &Sheet, look: Look, buffer: &mut Buffer, area: Rect, report: &mut Report) {
    let title = match detail.of.as_str() {
        "" => "Who looked at what".to_string(),
        of if detail.wanted.review.is_some() => format!("Who looked at {of}"),
        of => format!("What {of} looked at"),
    };
    let which = if detail.wanted.not_own { "no tie to the case" } else { "newest first" };
    let inside = over(buffer, area, &title, &[piece(which, look.dim())], look);
    let room = inside.width as usize;
    let mut lines = Vec::new();
    for odd in detail.odd.iter().take(ODD) {
        let who = if detail.wanted.login.is_some() { String::new() } else { format!("{}, ", short_name(&odd.name)) };
        let when = local(odd.at).format("%-d %b %H:%M");
        let said = format!("To ask about: {who}{}, from {when}.", odd.what);
        lines.extend(wrap(&said, room, look).into_iter().map(|line| piece(line, look.attention())));
    }
    if detail.odd.len() > ODD {
        lines.push(piece(format!("{} more to ask about: closeloop looks --odd", detail.odd.len() - ODD), look.attention()));
    }
    if detail.more {
        let said = format!("These are the newest {}; closeloop looks shows older ones.", detail.rows.len());
        lines.push(piece(said, look.dim()));
    }
    if detail.rows.is_empty() {
        let far = app.keymap.hint(Command::SheetFar);
        let said = match detail.wanted.not_own {
            true => format!("Nobody without a tie to the case. {far} shows everybody."),
            false => "Nobody has looked.".to_string(),
        };
        lines.push(piece(said, look.dim()));
    }
    for (place, line) in lines.iter().take(inside.height as usize).enumerate() {
        put_pieces(buffer, Rect::new(inside.x, inside.y + place as u16, inside.width, 1), std::slice::from_ref(line), look);
    }
    let used = if lines.is_empty() { 0 } else { lines.len() as u16 + 1 };
    let columns = [
        Column::new("When", 12, 18, 0),
        Column::new("Who", 14, 26, 0),
        Column::new("What", 18, 24, 0),
        Column::new("About", 8, 12, 0),
        Column::new("Why", 16, 50, 1),
    ];
    let rows: Vec<Row> = detail
        .rows
        .iter()
        .skip(sheet.top)
        .take(area.height as usize)
        .map(|row| {
            let at = local(row.at);
            let when = match local_date(row.at) == app.today() {
                true => at.format("today %H:%M").to_string(),
                false => at.format("%-d %b %H:%M").to_string(),
            };
            let why = match row.own {
                true => piece(row.why.clone(), look.dim()),
                false => piece(format!("no tie: {}", row.why), look.attention()),
            };
            let cells = vec![
                vec![piece(when, look.text())],
                vec![piece(short_name(&row.name), look.text())],
                vec![piece(row.what.label(), look.text())],
                vec![piece(row.about.clone(), look.text())],
                vec![why],
            ];
            Row { flag: piece(if row.own { " " } else { "!" }, look.attention()), cells }
        })
        .collect();
    // The reason of the row under the cursor, whole: the column is the first to give way.
    let why = detail
        .rows
        .get(sheet.at)
        .map(|row| wrap(&format!("Why: {}{}", if row.own { "" } else { "no tie to the case, " }, row.why), room, look));
    let why: Vec<String> = why.unwrap_or_default().into_iter().take(2).collect();
    for (place, line) in why.iter().enumerate() {
        let y = inside.bottom().saturating_sub(why.len() as u16) + place as u16;
        put_pieces(buffer, Rect::new(inside.x, y, inside.width, 1), &[piece(line.clone(), look.text())], look);
    }
    let taken = used + why.len() as u16;
    let below = Rect { y: inside.y + used, height: inside.height.saturating_sub(taken), ..inside };
    report.sheet = if rows.is_empty() { 1 } else { table(buffer, below, &columns, &rows, Some(sheet.at - sheet.top), true, look) };
}
