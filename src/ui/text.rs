//! Text on its way to the screen: made safe once more, cut to a width, wrapped, and put into the buffer.

use super::theme::Look;
use crate::domain::calendar::say_next;
use crate::domain::grade::Judgement;
use crate::domain::safe_text::{safe_line, safe_text};
use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::borrow::Cow;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A piece of a line with its style.
pub type Piece = (String, Style);

/// A piece.
pub fn piece(text: impl Into<String>, style: Style) -> Piece {
    (text.into(), style)
}

/// Width in cells.
pub fn width(text: &str) -> usize {
    if is_plain(text) { text.len() } else { UnicodeWidthStr::width(text) }
}

/// Whether a text is of visible ASCII only: a byte, a character and a cell are then the same. Nearly all text is, and
/// asking Unicode about every letter of it took a third of a frame's time.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Writes safe text that is known to fit.
fn write(buffer: &mut Buffer, x: u16, y: u16, text: &str, cells: usize, style: Style) {
    if !is_plain(text) {
        buffer.set_stringn(x, y, text, cells, style);
        return;
    }
    let room = cells.min(buffer.area.right().saturating_sub(x) as usize).min(text.len());
    for (place, column) in (0..room).zip(x..) {
        if let (Some(cell), Some(letter)) = (buffer.cell_mut((column, y)), text.get(place..=place)) {
            cell.set_symbol(letter).set_style(style);
        }
    }
}

/// Cuts a text to a width, saying that it was cut.
pub fn fit<'t>(text: &'t str, cells: usize, look: Look) -> Cow<'t, str> {
    let safe = safe_line(text);
    cut(if look.ascii { ascii(safe) } else { safe }, cells, look)
}

fn cut<'t>(safe: Cow<'t, str>, cells: usize, look: Look) -> Cow<'t, str> {
    if width(&safe) <= cells {
        return safe;
    }
    if cells == 0 {
        return Cow::Borrowed("");
    }
    let mut cut = String::new();
    let mut used = 0;
    for letter in safe.chars() {
        let wide = letter.width().unwrap_or(0);
        if used + wide > cells - 1 {
            break;
        }
        used += wide;
        cut.push(letter);
    }
    cut.push_str(look.ellipsis());
    Cow::Owned(cut)
}

/// The nearest ASCII for the few characters of our own texts that are not, `?` for the rest.
pub fn ascii(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.is_ascii() {
        return text;
    }
    let plain = text.chars().map(|letter| match letter {
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        '\u{2013}' | '\u{2014}' | '\u{b7}' => '-',
        '\u{2026}' => '~',
        '\u{2190}' | '\u{25c2}' => '<',
        '\u{2192}' | '\u{25b8}' => '>',
        c if c.is_ascii() => c,
        _ => '?',
    });
    Cow::Owned(plain.collect())
}

/// Writes a text at a place, at most so many cells; gives the cells used.
pub fn put(buffer: &mut Buffer, x: u16, y: u16, text: &str, cells: usize, style: Style, look: Look) -> usize {
    if !buffer.area.contains((x, y).into()) {
        return 0;
    }
    let shown = fit(text, cells, look);
    write(buffer, x, y, &shown, cells, style);
    width(&shown)
}

/// Writes pieces one after the other within a line; gives the cells used.
pub fn put_pieces(buffer: &mut Buffer, area: Rect, pieces: &[Piece], look: Look) -> usize {
    let mut used = 0;
    for (text, style) in pieces {
        let left = (area.width as usize).saturating_sub(used);
        if left == 0 {
            break;
        }
        used += put_raw(buffer, area.x + used as u16, area.y, text, left, *style, look);
    }
    used
}

/// Like [`put`], but keeps spaces as they are, so that columns made of them stay columns.
pub fn put_raw(buffer: &mut Buffer, x: u16, y: u16, text: &str, cells: usize, style: Style, look: Look) -> usize {
    if !buffer.area.contains((x, y).into()) {
        return 0;
    }
    let safe = if text.contains('\n') { safe_line(text) } else { safe_text(text) };
    let safe = if look.ascii { ascii(safe) } else { safe };
    // Spaces at the end are only there to part it from what follows: cutting those cuts nothing.
    let shown = if width(safe.trim_end()) <= cells { safe } else { cut(safe, cells, look) };
    write(buffer, x, y, &shown, cells, style);
    width(&shown).min(cells)
}

/// Wraps a text at words into lines of a width; paragraphs stay apart.
pub fn wrap(text: &str, cells: usize, look: Look) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let safe = safe_line(paragraph);
        let safe = if look.ascii { ascii(safe) } else { safe };
        let mut line = String::new();
        for word in safe.split(' ') {
            let mut word = word.to_string();
            while width(&word) > cells.max(1) {
                // A word longer than the line is cut where the line ends.
                if !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                }
                let mut head = String::new();
                let mut used = 0;
                for letter in word.chars() {
                    let wide = letter.width().unwrap_or(0);
                    if used + wide > cells.max(1) && !head.is_empty() {
                        break;
                    }
                    used += wide;
                    head.push(letter);
                }
                word = word[head.len()..].to_string();
                lines.push(head);
            }
            if !line.is_empty() && width(&line) + 1 + width(&word) > cells {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&word);
        }
        lines.push(line);
    }
    lines
}

/// A review's next date in words with the style of its urgency.
pub fn due(today: NaiveDate, day: Option<NaiveDate>, opens: Option<NaiveDate>, look: Look) -> Piece {
    let Some(day) = day else { return piece(if look.ascii { "-" } else { "\u{2013}" }, look.dim()) };
    let style = match (day - today).num_days() {
        _ if opens.is_some_and(|opens| opens > today) => look.dim(),
        days if days < 0 => look.alarm(),
        0..=2 => look.attention(),
        _ => look.text(),
    };
    piece(say_next(today, day, opens), style)
}

/// A judgement as glyph and scale point (`▼ 2`), or glyph and short word where nothing is scaled.
pub fn judgement(judgement: Option<Judgement>, look: Look) -> Vec<Piece> {
    match judgement {
        None => vec![piece(if look.ascii { "-" } else { "\u{2013}" }, look.dim())],
        Some(found) => {
            let point = found.scaling.map(|point| format!(" {point}")).unwrap_or_default();
            vec![piece(format!("{}{point}", look.grade_glyph(found.grade)), look.grade(found.grade))]
        }
    }
}

/// Original and moderated side by side (`▲ 4 → ▼ 2`); the moderated one only where there is one.
pub fn both(original: Option<Judgement>, moderated: Option<Judgement>, look: Look) -> Vec<Piece> {
    let mut pieces = judgement(original, look);
    if moderated.is_some() {
        pieces.push(piece(format!(" {} ", look.arrow()), look.dim()));
        pieces.extend(judgement(moderated, look));
    }
    pieces
}
