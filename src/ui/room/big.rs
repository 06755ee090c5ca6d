//! Letters several cells high, drawn from the 8x8 font of `font8x8`: what can be read from the far end of a table.

use super::super::text::{self, Piece};
use super::super::theme::Look;
use crate::domain::safe_text::safe_text;
use font8x8::legacy::{BASIC_LEGACY, LATIN_LEGACY};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// How large letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// The terminal's own.
    Plain,
    /// 4 by 4 cells: four dots of the font to a cell.
    Quarter,
    /// 8 by 4 cells: two dots to a cell.
    Half,
    /// 8 by 8 cells: a dot to a cell.
    Full,
}

/// Which quarters of a cell are filled: 1 upper left, 2 upper right, 4 lower left, 8 lower right.
const QUARTERS: [&str; 16] = [
    " ", "\u{2598}", "\u{259d}", "\u{2580}", "\u{2596}", "\u{258c}", "\u{259e}", "\u{259b}", "\u{2597}", "\u{259a}", "\u{2590}",
    "\u{259c}", "\u{2584}", "\u{2599}", "\u{259f}", "\u{2588}",
];

impl Size {
    /// What can be had: without block characters there are only whole cells, and no letter between 1 and 8 rows.
    pub fn had(self, look: Look) -> Size {
        match self {
            Size::Quarter if look.ascii => Size::Plain,
            Size::Half if look.ascii => Size::Full,
            size => size,
        }
    }

    /// The next smaller size.
    pub fn smaller(self) -> Size {
        match self {
            Size::Full => Size::Half,
            Size::Half => Size::Quarter,
            Size::Quarter | Size::Plain => Size::Plain,
        }
    }

    /// Columns and rows of a letter.
    pub fn cells(self) -> (u16, u16) {
        match self {
            Size::Plain => (1, 1),
            Size::Quarter => (4, 4),
            Size::Half => (8, 4),
            Size::Full => (8, 8),
        }
    }

    /// Columns that a text takes.
    pub fn width(self, text: &str) -> u16 {
        (text::width(text) as u16).saturating_mul(self.cells().0)
    }
}

/// Columns that pieces take.
pub fn width(pieces: &[Piece], size: Size) -> u16 {
    pieces.iter().map(|(text, _)| size.width(text)).sum()
}

/// The dots of a letter, a byte for each row, the leftmost in its lowest bit. What the font lacks is drawn as its nearest.
fn dots(letter: char) -> [u8; 8] {
    let nearest = |letter: char| match letter {
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        '\u{2013}' | '\u{2014}' => '-',
        '\u{2192}' => '>',
        other => other,
    };
    let place = nearest(letter) as usize;
    let latin = place.checked_sub(0xa0).and_then(|place| LATIN_LEGACY.get(place));
    match (letter, BASIC_LEGACY.get(place).or(latin)) {
        ('\u{2588}', _) => [0xff; 8],
        ('\u{25cf}', _) => [0x00, 0x3c, 0x7e, 0x7e, 0x7e, 0x7e, 0x3c, 0x00],
        ('\u{25c6}', _) => [0x00, 0x18, 0x3c, 0x7e, 0x7e, 0x3c, 0x18, 0x00],
        ('\u{25b2}', _) => [0x00, 0x18, 0x18, 0x3c, 0x3c, 0x7e, 0x7e, 0x00],
        ('\u{25bc}', _) => [0x00, 0x7e, 0x7e, 0x3c, 0x3c, 0x18, 0x18, 0x00],
        (_, Some(dots)) => *dots,
        _ => BASIC_LEGACY['?' as usize],
    }
}

/// Writes pieces one after the other in large letters within an area's width, on its first row; a letter that does not fit
/// whole is left out, with all after it.
pub fn put(buffer: &mut Buffer, area: Rect, pieces: &[Piece], size: Size, look: Look) {
    if size == Size::Plain {
        text::put_pieces(buffer, Rect { height: 1, ..area }, pieces, look);
        return;
    }
    let (columns, _) = size.cells();
    let mut x = area.x;
    for (text, style) in pieces {
        let safe = safe_text(text);
        let safe = if look.ascii { text::ascii(safe) } else { safe };
        for letter in safe.chars() {
            if x + columns > area.right() {
                return;
            }
            draw_letter(buffer, (x, area.y), letter, size, *style, look);
            x += columns;
        }
    }
}

fn draw_letter(buffer: &mut Buffer, (x, y): (u16, u16), letter: char, size: Size, style: Style, look: Look) {
    let dots = dots(letter);
    let filled = |column: u16, row: u16| usize::from(dots[row as usize] >> column & 1 == 1);
    let (columns, rows) = size.cells();
    for row in 0..rows {
        for column in 0..columns {
            let (wide, high) = (8 / columns, 8 / rows);
            let (left, top) = (column * wide, row * high);
            let (right, below) = (left + wide - 1, top + high - 1);
            // The same dot stands for both halves where a cell is as wide, or as high, as a dot.
            let quarters = filled(left, top) | filled(right, top) << 1 | filled(left, below) << 2 | filled(right, below) << 3;
            let symbol = match (look.ascii, quarters) {
                (true, 0) => " ",
                (true, _) => "#",
                (false, quarters) => QUARTERS[quarters],
            };
            if let Some(cell) = buffer.cell_mut((x + column, y + row)) {
                cell.set_symbol(symbol).set_style(style);
            }
        }
    }
}

/// A bar of so many cells, filled to so many hundredths; as high as the letters beside it, with a row left above and below.
pub fn bar(buffer: &mut Buffer, area: Rect, share: u8, size: Size, style: Style, look: Look) {
    let (_, rows) = size.cells();
    let (first, last) = if rows > 2 { (area.y, area.y + rows - 2) } else { (area.y, area.y) };
    let line = look.meter(f64::from(share) / 100.0, usize::from(area.width));
    for y in first..=last {
        text::put_pieces(buffer, Rect { y, height: 1, ..area }, &[(line.clone(), style)], look);
    }
}
