//! Help and palette: both drawn from the one table of commands.

use super::text::{Piece, piece, put, put_pieces, wrap};
use super::theme::Look;
use super::{middle, more_below, over};
use crate::app::App;
use crate::app::command::{Row, Scope, TABLE};
use crate::app::key::Key;
use crate::app::msg::Report;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The keys that work where the cursor is; with a search, every command that matches it, wherever it works. `at` is the first
/// line shown, what is searched for, and whether that is being typed.
pub fn help(app: &App, at: (usize, &str, bool), look: Look, buffer: &mut Buffer, body: Rect, report: &mut Report) {
    let (top, search, typing) = at;
    let title = if typing || !search.is_empty() { format!("Help /{search}{}", if typing { "_" } else { "" }) } else { "Help".to_string() };
    let inside = over(buffer, middle(body, 110, body.height), &title, &[], look);
    let mut lines: Vec<Vec<Piece>> = Vec::new();
    let scopes = if search.is_empty() {
        let mut scopes = app.scopes_below();
        scopes.extend([Scope::Form, Scope::Sheet]);
        scopes
    } else {
        Scope::ALL.to_vec()
    };
    // A key does what stands first: under a later heading it would be said to do two things.
    let mut taken: Vec<Key> = Vec::new();
    for scope in scopes {
        let here = TABLE.iter().filter(|row| row.scope == scope && matches(app, row, search));
        let elsewhere = !search.is_empty() || matches!(scope, Scope::Form | Scope::Sheet);
        let rows: Vec<(&Row, String)> = here
            .filter_map(|row| match elsewhere {
                true => Some((row, keys_of(app, row))),
                false => free_keys(app, row, &taken).map(|keys| (row, keys)),
            })
            .collect();
        let bound = TABLE.iter().filter(|row| row.scope == scope).flat_map(|row| app.keymap.keys_of(row.command)).cloned();
        taken.extend(bound);
        if rows.is_empty() {
            continue;
        }
        lines.push(vec![piece(scope.heading(), look.heading())]);
        for (row, keys) in rows {
            let room = (inside.width as usize).saturating_sub(20);
            for (place, part) in wrap(row.help, room, look).into_iter().enumerate() {
                let left = if place == 0 { format!("  {keys:<17} ") } else { " ".repeat(20) };
                lines.push(vec![piece(left, look.key()), piece(part, look.text())]);
            }
        }
        lines.push(Vec::new());
    }
    if search.is_empty() {
        lines.extend(glyphs(app, look));
    } else if lines.is_empty() {
        lines.push(vec![piece("No command matches. Esc shows all of the help.", look.dim())]);
    }
    (report.sheet, report.text) = (inside.height as usize, lines.len());
    let top = top.min(lines.len().saturating_sub(inside.height as usize));
    for (place, line) in lines.iter().skip(top).take(inside.height as usize).enumerate() {
        put_pieces(buffer, Rect::new(inside.x, inside.y + place as u16, inside.width, 1), line, look);
    }
    more_below(buffer, inside, lines.len().saturating_sub(top + inside.height as usize), look);
}

fn keys_of(app: &App, row: &Row) -> String {
    let keys: Vec<String> = app.keymap.keys_of(row.command).iter().map(Key::to_string).collect();
    if keys.is_empty() { ":".to_string() } else { keys.join(" ") }
}

/// Its keys but for those that do something else here; none: every one of them does.
fn free_keys(app: &App, row: &Row, taken: &[Key]) -> Option<String> {
    let all = app.keymap.keys_of(row.command);
    let free: Vec<String> = all.iter().filter(|key| !taken.contains(key)).map(Key::to_string).collect();
    if all.is_empty() { Some(":".into()) } else { Some(free.join(" ")).filter(|keys| !keys.is_empty()) }
}

/// Whether every word of a search is somewhere in a command's keys, label or explanation; a search of one letter is for the
/// key.
fn matches(app: &App, row: &Row, search: &str) -> bool {
    let keys = keys_of(app, row);
    if search.chars().count() == 1 {
        return keys.split(' ').any(|key| key == search);
    }
    let text = format!("{keys} {} {}", row.label, row.help).to_lowercase();
    search.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

/// What the signs beside rows mean.
fn glyphs(app: &App, look: Look) -> Vec<Vec<Piece>> {
    let mut lines = vec![vec![piece("Glyphs", look.heading())]];
    // Q02: nothing of grades where nothing is ever graded.
    let graded = app.framework.as_ref().is_none_or(|framework| framework.grades_anything());
    for grade in crate::domain::grade::Grade::ALL.into_iter().filter(|_| graded) {
        let label = app.framework.as_ref().map_or(grade.key().to_string(), |framework| framework.grade_label(grade).to_string());
        lines.push(vec![piece(format!("  {:<17} ", look.grade_glyph(grade)), look.grade(grade)), piece(label, look.text())]);
    }
    for (glyph, meaning) in [("!", "an alert is open"), (look.changed(), "somebody else changed this row"), (look.mark(), "marked")] {
        lines.push(vec![piece(format!("  {glyph:<17} "), look.attention()), piece(meaning, look.text())]);
    }
    lines
}

/// Commands by a few letters, each with what it does or why it cannot be done.
pub fn palette(app: &App, typed: &str, at: usize, look: Look, buffer: &mut Buffer, body: Rect) {
    let inside = over(buffer, middle(body, 100, 20), "Commands", &[], look);
    put_pieces(
        buffer,
        Rect { height: 1, ..inside },
        &[piece(": ", look.key()), piece(typed, look.text()), piece(" ", look.chosen())],
        look,
    );
    let found = app.palette();
    let fits = (inside.height as usize).saturating_sub(2);
    let top = at.saturating_sub(fits.saturating_sub(1));
    if found.is_empty() {
        put(buffer, inside.x, inside.y + 2, "No command matches. Esc closes.", inside.width as usize, look.dim(), look);
    }
    for (place, row) in found.iter().enumerate().skip(top).take(fits) {
        let y = inside.y + 2 + (place - top) as u16;
        let command = row.command.row();
        let key = app.keymap.hint(row.command);
        let (label, said, style) = match &row.unavailable {
            None => (look.text(), command.help.to_string(), look.dim()),
            Some(why) => (look.dim(), if why.is_empty() { "not here".into() } else { format!("not now: {why}") }, look.attention()),
        };
        let cursor = if place == at { look.cursor() } else { " " };
        put(buffer, inside.x, y, cursor, 1, look.key(), look);
        put(buffer, inside.x + 2, y, command.label, 18, label, look);
        put(buffer, inside.x + 21, y, &key, 9, look.key(), look);
        put(buffer, inside.x + 31, y, &said, (inside.width as usize).saturating_sub(31), style, look);
        if place == at {
            buffer.set_style(Rect::new(inside.x, y, inside.width, 1), look.selected());
        }
    }
}
