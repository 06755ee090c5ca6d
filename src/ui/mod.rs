//! Drawing: `&App` in, a frame out. Nothing here changes the state, reads a database or knows what time it is.
//!
//! [`draw`] gives back how many rows fit where, which the next key press needs for paging.

pub mod room;
pub mod table;
pub mod text;
pub mod theme;

mod action;
mod agreement;
mod card;
mod chrome;
mod disposals;
mod drp;
mod findings;
mod foot;
mod form;
mod help;
mod history;
mod interests;
mod label;
mod ledger;
mod looks;
mod person;
mod proof;
mod proposal;
mod revisits;
mod sheet;
mod views;

use crate::app::msg::Report;
use crate::app::overlay::Overlay;
use crate::app::{App, SMALLEST, View};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Block, Borders, Clear, Widget};
use text::{piece, put, put_pieces};
use theme::Look;

/// Draws everything.
pub fn draw(app: &App, look: Look, frame: &mut Frame<'_>) -> Report {
    let area = frame.area();
    let buffer = frame.buffer_mut();
    let mut report = app.report;
    if app.blank {
        blank(app, buffer, area, look);
        return report;
    }
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        too_small(buffer, area, look);
        return report;
    }
    chrome::header(app, look, buffer, Rect { height: 2, ..area });
    let mut foot = foot::lines(app, look, area.width);
    // However long a sentence is, most of the screen stays with the view.
    foot.truncate(area.height as usize / 3);
    let body = Rect { y: area.y + 2, height: area.height - 2 - foot.len() as u16, ..area };
    match app.view {
        View::Desk if app.header_read && !app.overview.started => views::first_run::draw(app, look, buffer, body),
        View::Desk => views::desk::draw(app, look, buffer, body, &mut report),
        View::Cycle => views::cycle::draw(app, look, buffer, body),
        View::Register => views::register::draw(app, look, buffer, body, &mut report),
        View::Plan => views::plan::draw(app, look, buffer, body),
        View::Programme => views::programme::draw(app, look, buffer, body),
        View::Sitting => views::sitting::draw(app, look, buffer, body, &mut report),
        View::Reports => (report.item, report.section) = views::reports::draw(app, look, buffer, body),
        View::Insight => views::insight::draw(app, look, buffer, body, &mut report),
        View::Registers => views::registers::draw(app, look, buffer, body, &mut report),
        View::Alert => views::alert::draw(app, look, buffer, body, &mut report),
        View::Record => views::record::draw(app, look, buffer, body, &mut report),
    }
    for overlay in &app.overlays {
        match overlay {
            Overlay::Help { top, search, typing } => help::help(app, (*top, search, *typing), look, buffer, body, &mut report),
            Overlay::Palette { typed, at } => help::palette(app, typed, *at, look, buffer, body),
            Overlay::Form(form) => form::draw(app, form, look, buffer, body),
            Overlay::Confirm(confirm) => form::confirm(confirm, look, buffer, body),
            Overlay::Sheet(sheet) => sheet::draw(app, sheet, look, buffer, body, &mut report),
        }
    }
    for (place, line) in foot.iter().enumerate() {
        put_pieces(buffer, Rect { y: body.bottom() + place as u16, height: 1, ..area }, line, look);
    }
    report
}

/// Nothing but how to go on: no name, no case, no figure.
fn blank(app: &App, buffer: &mut Buffer, area: Rect, look: Look) {
    let lines = [
        "closeloop is blank: no key was pressed for a while.".to_string(),
        "Any key brings it back, and does nothing else. What you typed is kept.".to_string(),
        String::new(),
        app.who.login.clone(),
    ];
    let top = area.y + area.height.saturating_sub(lines.len() as u16) / 2;
    for (place, line) in lines.iter().enumerate().take(area.height as usize) {
        let x = area.x + area.width.saturating_sub(text::width(line) as u16) / 2;
        put(buffer, x, top + place as u16, line, area.width as usize, look.dim(), look);
    }
}

fn too_small(buffer: &mut Buffer, area: Rect, look: Look) {
    let lines = [
        "This window is too small.".to_string(),
        format!("It has {} x {};", area.width, area.height),
        format!("closeloop needs {} x {}.", SMALLEST.0, SMALLEST.1),
        "Make it larger; nothing is lost.".to_string(),
    ];
    for (place, line) in lines.iter().enumerate().take(area.height as usize) {
        put(buffer, area.x, area.y + place as u16, line, area.width as usize, look.text(), look);
    }
}

/// A box with a title on the left and one on the right of its upper edge; gives what is inside.
fn boxed(buffer: &mut Buffer, area: Rect, title: &str, right: &[text::Piece], focused: bool, look: Look) -> Rect {
    let block = Block::new().borders(Borders::ALL).border_set(look.border_set()).border_style(look.border(focused));
    let inside = block.inner(area);
    block.render(area, buffer);
    let style = if focused { look.heading() } else { look.dim() };
    let room = (area.width as usize).saturating_sub(4);
    let used = put_pieces(
        buffer,
        Rect::new(area.x + 2, area.y, room as u16, 1),
        &[piece(" ", style), piece(title, style), piece(" ", style)],
        look,
    );
    let wide = |pieces: &[text::Piece]| pieces.iter().map(|(text, _)| text::width(text)).sum::<usize>() + 2;
    let mut right = right;
    // What does not fit goes from the end, with the dot before it; the first ones matter most.
    while used + wide(right) + 2 > room
        && let Some((_, rest)) = right.split_last()
    {
        right = match rest.split_last() {
            Some((dot, rest)) if dot.0 == look.dot() => rest,
            _ => rest,
        };
    }
    let long = wide(right);
    if long > 2 {
        let mut pieces = vec![piece(" ", style)];
        pieces.extend(right.iter().cloned());
        pieces.push(piece(" ", style));
        put_pieces(buffer, Rect::new(area.right() - 2 - long as u16, area.y, long as u16, 1), &pieces, look);
    }
    inside
}

/// Says on the lower edge of a box that lines follow below what fits, and how to get to them.
fn more_below(buffer: &mut Buffer, inside: Rect, more: usize, look: Look) {
    if more > 0 {
        let text = format!(" {more} more below ");
        let x = inside.right().saturating_sub(text::width(&text) as u16 + 1);
        put_pieces(buffer, Rect::new(x, inside.bottom(), text::width(&text) as u16, 1), &[piece(text, look.key())], look);
    }
}

/// A box over the view, its ground cleared.
fn over(buffer: &mut Buffer, area: Rect, title: &str, right: &[text::Piece], look: Look) -> Rect {
    Clear.render(area, buffer);
    let inside = boxed(buffer, area, title, right, true, look);
    Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside }
}

/// Cells left of a box and right of it, fewer than which would only make its frame run beside the frames of the panes.
const APART: u16 = 3;

/// A rectangle in the middle of another; one that would leave hardly anything beside it takes the whole width.
fn middle(body: Rect, columns: u16, rows: u16) -> Rect {
    let width = if columns + 2 * APART > body.width { body.width } else { columns };
    let height = rows.min(body.height);
    Rect::new(body.x + (body.width - width) / 2, body.y + (body.height - height) / 2, width, height)
}
