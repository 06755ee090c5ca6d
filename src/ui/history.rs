//! The history of a review: when, who and what, each row in as many lines as it needs.

use super::more_below;
use super::sheet::Lines;
use super::text::{Piece, fit, piece, put_pieces, width, wrap};
use super::theme::Look;
use crate::app::msg::Report;
use crate::app::overlay::Sheet;
use crate::domain::calendar::local;
use crate::domain::query::HistoryRow;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The lines of one row of a history: when, who, what, and for a changed text what stood before and after.
pub fn lines(row: &HistoryRow, room: usize, look: Look) -> Lines {
    // Few columns: half the year and of a name give way, so that what happened is read whole.
    let (when, who) = if room < 90 { ("%-d %b %y %H:%M", 14) } else { ("%-d %b %Y %H:%M", 16) };
    let left = format!("{:<1$} ", local(row.at).format(when), if room < 90 { 15 } else { 17 });
    let actor = format!("{:<who$} ", fit(&row.actor, who, look));
    let indent = width(&left) + width(&actor);
    let mut lines = Lines::new();
    for (place, text) in wrap(&row.what, room.saturating_sub(indent), look).into_iter().enumerate() {
        lines.push(match place {
            0 => vec![piece(left.clone(), look.dim()), piece(actor.clone(), look.text()), piece(text, look.text())],
            _ => vec![piece(" ".repeat(indent), look.dim()), piece(text, look.text())],
        });
    }
    if let (Some((before, after)), Some(line), true) = (&row.texts, lines.last_mut(), room > 90) {
        let words = |text: &str| text.split_whitespace().take(12).collect::<Vec<_>>().join(" ");
        let said = if before.is_empty() { words(after) } else { format!("{} {} {}", words(before), look.arrow(), words(after)) };
        line.push(piece(format!("  {said}"), look.dim()));
    }
    lines
}

/// Draws a history over the view, the row under the cursor whole.
pub fn draw(rows: &[HistoryRow], sheet: &Sheet, look: Look, buffer: &mut Buffer, inside: Rect, report: &mut Report) {
    let all: Vec<(usize, Vec<Piece>)> = rows
        .iter()
        .enumerate()
        .flat_map(|(place, row)| lines(row, inside.width as usize, look).into_iter().map(move |line| (place, line)))
        .collect();
    let height = inside.height as usize;
    report.sheet = height;
    let last = all.iter().rposition(|(row, _)| *row == sheet.at).unwrap_or(0);
    let first = all.iter().position(|(row, _)| *row == sheet.top).unwrap_or(0);
    let top = first.max((last + 1).saturating_sub(height));
    for (place, (row, line)) in all.iter().skip(top).take(height).enumerate() {
        let area = Rect::new(inside.x, inside.y + place as u16, inside.width, 1);
        put_pieces(buffer, area, line, look);
        if *row == sheet.at {
            buffer.set_style(area, look.selected());
        }
    }
    more_below(buffer, inside, all.len().saturating_sub(top + height), look);
}
