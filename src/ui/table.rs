//! Tables: columns that give way by importance when the pane is narrow, one row under the cursor.

use super::text::{Piece, fit, put, put_pieces, width};
use super::theme::Look;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Heading.
    pub title: &'static str,
    /// Narrowest, in cells.
    pub least: usize,
    /// Widest.
    pub most: usize,
    /// The higher, the sooner it is left out when there is no room; 0 always stays.
    pub spare: u8,
    /// Flush right.
    pub right: bool,
    /// The rows are sorted by it; turned round or not.
    pub sorted: Option<bool>,
}

impl Column {
    /// A column flush left.
    pub const fn new(title: &'static str, least: usize, most: usize, spare: u8) -> Column {
        Column { title, least, most, spare, right: false, sorted: None }
    }

    /// The same flush right.
    pub const fn right(self) -> Column {
        Column { right: true, ..self }
    }

    /// The same as the one that the rows are sorted by: it stays however little room there is, with room for its sign.
    pub fn sorted(self, reversed: bool) -> Column {
        let least = self.least.max(self.title.len() + 1);
        Column { sorted: Some(reversed), spare: 0, least, most: self.most.max(least), ..self }
    }
}

/// One row: a cell for each column, and a mark before it.
pub struct Row {
    /// Before the first column: marked, changed, alarm.
    pub flag: Piece,
    /// The cells, in the order of the columns.
    pub cells: Vec<Vec<Piece>>,
}

/// At most so many cells of the row under the cursor change their look: a move of the cursor stays small on the wire.
const LIT: u16 = 68;

/// Width of each column, 0 for those left out.
pub fn widths(columns: &[Column], room: usize) -> Vec<usize> {
    let mut shown: Vec<bool> = columns.iter().map(|_| true).collect();
    let need =
        |shown: &[bool]| -> usize { columns.iter().zip(shown).filter(|(_, shown)| **shown).map(|(column, _)| column.least + 1).sum() };
    while need(&shown) > room + 1 {
        let last =
            columns.iter().enumerate().filter(|(place, column)| shown[*place] && column.spare > 0).max_by_key(|(_, column)| column.spare);
        match last {
            Some((place, _)) => shown[place] = false,
            None => break,
        }
    }
    let mut widths: Vec<usize> = columns.iter().zip(&shown).map(|(column, shown)| if *shown { column.least } else { 0 }).collect();
    let mut left = (room + 1).saturating_sub(need(&shown));
    // Kept for the room between columns that would read as one.
    left = left.saturating_sub(meeting(columns, &widths).count());
    // What is left goes to the columns that can use it, a cell at a time, so that all grow alike.
    while left > 0 {
        let mut grew = false;
        for (place, column) in columns.iter().enumerate() {
            if left > 0 && shown[place] && widths[place] < column.most {
                widths[place] += 1;
                left -= 1;
                grew = true;
            }
        }
        if !grew {
            break;
        }
    }
    widths
}

/// The columns that begin on the left right after one that ends on the right: with one cell between them the two would read as one.
fn meeting(columns: &[Column], widths: &[usize]) -> impl Iterator<Item = usize> {
    let shown: Vec<usize> = (0..columns.len()).filter(|place| widths[*place] > 0).collect();
    let pairs: Vec<(usize, usize)> = shown.iter().copied().zip(shown.iter().copied().skip(1)).collect();
    let right: Vec<bool> = columns.iter().map(|column| column.right).collect();
    pairs.into_iter().filter(move |(before, after)| right[*before] && !right[*after]).map(|(_, after)| after)
}

/// Where each column begins, of those that are shown.
fn begins(columns: &[Column], widths: &[usize], room: usize) -> Vec<usize> {
    let used: usize = widths.iter().filter(|wide| **wide > 0).map(|wide| wide + 1).sum();
    let mut spare = (room + 1).saturating_sub(used);
    let apart: Vec<usize> = meeting(columns, widths).collect();
    let mut x = 0;
    let mut places = Vec::with_capacity(widths.len());
    for (place, wide) in widths.iter().enumerate() {
        if spare > 0 && apart.contains(&place) {
            spare -= 1;
            x += 1;
        }
        places.push(x);
        x += if *wide > 0 { wide + 1 } else { 0 };
    }
    places
}

/// The first row to show, so that the cursor is among the `fits` rows that follow: where the list stands, or nearer.
pub fn first_shown(cursor: usize, top: usize, fits: usize) -> usize {
    top.clamp((cursor + 1).saturating_sub(fits.max(1)), cursor)
}

/// Draws heading and rows; `selected` is the row under the cursor. Gives how many rows fit.
pub fn draw(buffer: &mut Buffer, area: Rect, columns: &[Column], rows: &[Row], selected: Option<usize>, lit: bool, look: Look) -> usize {
    if area.height == 0 || area.width < 6 {
        return 0;
    }
    let room = area.width as usize - 4;
    let widths = widths(columns, room);
    let begins = begins(columns, &widths, room);
    let at = |place: usize| area.x + 4 + begins[place] as u16;
    for (place, (column, wide)) in columns.iter().zip(&widths).enumerate() {
        if *wide > 0 {
            let x = at(place);
            let sign = column.sorted.map_or("", |reversed| look.sorted(reversed));
            let title = format!("{}{sign}", column.title);
            let title = fit(&title, *wide, look);
            let pad = if column.right { wide - width(&title) } else { 0 };
            put(buffer, x + pad as u16, area.y, &title, *wide - pad, look.dim(), look);
        }
    }
    let fits = area.height as usize - 1;
    for (place, row) in rows.iter().take(fits).enumerate() {
        let y = area.y + 1 + place as u16;
        let here = selected == Some(place);
        if here {
            put(buffer, area.x, y, look.cursor(), 1, look.key(), look);
        }
        // Of two signs the first goes before the usual place: the one nearest to the row is never covered.
        let signs = width(&row.flag.0).clamp(1, 2) as u16;
        put(buffer, area.x + 3 - signs, y, &row.flag.0, signs as usize, row.flag.1, look);
        for (place, ((cell, column), wide)) in row.cells.iter().zip(columns).zip(&widths).enumerate() {
            if *wide == 0 {
                continue;
            }
            let x = at(place);
            let long: usize = cell.iter().map(|(text, _)| width(text)).sum();
            let pad = if column.right { wide.saturating_sub(long) } else { 0 };
            put_pieces(buffer, Rect::new(x + pad as u16, y, (*wide - pad) as u16, 1), cell, look);
        }
        if here && lit {
            buffer.set_style(Rect::new(area.x, y, area.width.min(LIT), 1), look.selected());
        }
    }
    fits
}
