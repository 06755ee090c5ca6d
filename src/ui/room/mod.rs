//! The room's screen: one item in letters that can be read from six metres, and what is next. Nothing here knows a name.
//!
//! Whatever the screen's size, the largest letters are taken with which everything fits; only the strip of what comes later may be
//! cut.

pub mod big;
mod lines;

use super::text::{Piece, piece};
use super::theme::Look;
use crate::domain::query::Room;
use big::Size;
use chrono::{DateTime, Utc};
use lines::{Line, Sizes};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// What the screen is to show.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// The sitting; none: none is planned.
    pub room: Option<&'a Room>,
    /// Why nothing new can be read, if so.
    pub trouble: Option<&'a str>,
    /// Now.
    pub now: DateTime<Utc>,
}

/// Draws the room's screen.
pub fn draw(shown: Shown<'_>, look: Look, frame: &mut Frame<'_>) {
    let area = frame.area();
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let buffer = frame.buffer_mut();
    let fits = |lines: &[Line]| height(lines) <= inside.height && lines.iter().all(|line| line.may_be_cut || line.width() <= inside.width);
    let sizes = Sizes::LARGEST_FIRST.map(|sizes| sizes.had(look));
    let all = sizes.iter().map(|sizes| lines::of(shown, *sizes, inside.width, look));
    let lines = all.into_iter().find(|lines| fits(lines)).unwrap_or_else(|| lines::of(shown, Sizes::SMALLEST, inside.width, look));
    let mut y = inside.y;
    // What is left over is shared out between the groups, so that nothing hangs at the top of a large screen.
    let gaps = lines.iter().filter(|line| line.starts_group).count() as u16;
    let spare = inside.height.saturating_sub(height(&lines)).checked_div(gaps).unwrap_or(0).min(4);
    for line in &lines {
        y += if line.starts_group { spare } else { 0 };
        if y + line.rows() > inside.bottom() {
            break;
        }
        draw_line(buffer, Rect { y, height: line.rows(), ..inside }, line, look);
        y += line.rows();
    }
}

fn height(lines: &[Line]) -> u16 {
    lines.iter().map(Line::rows).sum()
}

fn draw_line(buffer: &mut Buffer, area: Rect, line: &Line, look: Look) {
    if let Some(scale) = &line.scale {
        let unit = line.size.cells().0;
        // Label, bar, and the value with its word; the bar has the same place on every line.
        let label = area.width * 2 / 5 / unit * unit;
        let said = area.width * 3 / 10 / unit * unit;
        let bar = area.width.saturating_sub(label + said);
        big::put(buffer, Rect { width: label.saturating_sub(unit), ..area }, &cut(&line.left, label / unit, look), line.size, look);
        let place = Rect { x: area.x + label, width: bar, ..area };
        big::bar(buffer, place, scale.share, line.size, scale.style, look);
        let place = Rect { x: area.x + label + bar + unit, width: said.saturating_sub(unit), ..area };
        big::put(buffer, place, &line.right, line.size, look);
        return;
    }
    let right = big::width(&line.right, line.size).min(area.width);
    big::put(buffer, Rect { width: area.width - right, ..area }, &line.left, line.size, look);
    big::put(buffer, Rect { x: area.right() - right, width: right, ..area }, &line.right, line.size, look);
}

/// Pieces cut to so many letters, saying that they were cut.
fn cut(pieces: &[Piece], letters: u16, look: Look) -> Vec<Piece> {
    let room = usize::from(letters.saturating_sub(1));
    pieces.iter().map(|(text, style)| piece(super::text::fit(text, room, look), *style)).collect()
}

/// The sizes at which the tests look at the screen, and rooms have it.
pub const SIZES: [(u16, u16); 3] = [(80, 24), (160, 48), (240, 67)];

impl Sizes {
    /// From a wall to a laptop.
    const LARGEST_FIRST: [Sizes; 6] = [
        Sizes { title: Size::Full, body: Size::Quarter, scales: Size::Quarter },
        Sizes { title: Size::Half, body: Size::Quarter, scales: Size::Quarter },
        Sizes { title: Size::Half, body: Size::Quarter, scales: Size::Plain },
        Sizes { title: Size::Half, body: Size::Plain, scales: Size::Plain },
        Sizes { title: Size::Quarter, body: Size::Plain, scales: Size::Plain },
        Sizes::SMALLEST,
    ];
}
