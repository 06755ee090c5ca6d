//! The tracker in groups that fold, and as a board whose columns say where actions stand.

use super::actions::{line, when};
use crate::app::App;
use crate::domain::query::{ActionRow, GroupRow};
use crate::ui::table::{Column, Row, draw as table, first_shown};
use crate::ui::text::{Piece, fit, piece, put_pieces, width, wrap};
use crate::ui::theme::Look;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// One line of the tracker in groups.
enum Line<'a> {
    Heading(usize, &'a GroupRow),
    Action(&'a ActionRow),
}

/// Draws the groups, one of them unfolded; gives how many lines fit.
pub(super) fn groups(app: &App, columns: &[Column], focused: bool, look: Look, buffer: &mut Buffer, area: Rect) -> usize {
    let tracker = &app.tracker;
    let mut lines = Vec::new();
    let mut cursor = 0;
    for (place, group) in tracker.groups.iter().enumerate() {
        if place == tracker.at && !tracker.inside {
            cursor = lines.len();
        }
        lines.push(Line::Heading(place, group));
        if tracker.open == Some(place) {
            if tracker.inside {
                cursor = lines.len() + app.actions.cursor;
            }
            lines.extend(app.actions.rows.iter().map(Line::Action));
        }
    }
    let fits = (area.height as usize).saturating_sub(1).max(1);
    let top = first_shown(cursor, cursor.saturating_sub(fits / 2).min(lines.len().saturating_sub(fits)), fits);
    let here: Vec<&Line<'_>> = lines.iter().skip(top).take(fits).collect();
    let rows: Vec<Row> = here
        .iter()
        .map(|one| match one {
            Line::Heading(place, _) => {
                Row { flag: piece(if tracker.open == Some(*place) { "-" } else { "+" }, look.key()), cells: Vec::new() }
            }
            Line::Action(row) => line(app, row, look),
        })
        .collect();
    let drawn = table(buffer, area, columns, &rows, Some(cursor - top), focused, look);
    for (place, one) in here.iter().enumerate() {
        let Line::Heading(_, group) = one else { continue };
        let place = Rect::new(area.x + 4, area.y + 1 + place as u16, area.width.saturating_sub(4), 1);
        put_pieces(buffer, place, &heading(group, place.width as usize, look), look);
        if place.y == area.y + 1 + (cursor - top) as u16 && focused {
            buffer.set_style(Rect { x: area.x, width: area.width, ..place }, look.selected());
        }
    }
    drawn
}

/// A group in one line: what it is, and its counts, what is late first.
fn heading(group: &GroupRow, room: usize, look: Look) -> Vec<Piece> {
    let mut counts = vec![piece(format!("{:>4}", group.total.to_string()), look.text())];
    let mut add = |count: u32, words: &str, style| {
        if count > 0 {
            counts.push(piece(format!("{}{count} {words}", look.dot()), style));
        }
    };
    add(group.late, "late", look.alarm());
    add(group.week, "in 7 days", look.text());
    add(group.to_sign_off, "to sign off", look.attention());
    let wide = (room / 2).clamp(12, 40);
    let mut pieces = vec![piece(format!("{:<wide$} ", fit(&group.label, wide, look)), look.heading())];
    pieces.append(&mut counts);
    pieces
}

/// Lines below the board that say the action under the cursor in full.
const BELOW: u16 = 4;

/// Draws the board; gives how many rows of a column fit.
pub(super) fn board(app: &App, focused: bool, look: Look, buffer: &mut Buffer, area: Rect) -> usize {
    let tracker = &app.tracker;
    let count = tracker.groups.len().max(1) as u16;
    // Columns stand apart where there is room for that; a card begins with the place of a sign, which is mostly empty.
    let gap = u16::from(area.width / count >= 17);
    let wide = (area.width.saturating_sub((count - 1) * gap) / count).max(1);
    let below = if area.height > BELOW + 6 { BELOW } else { 0 };
    let height = area.height.saturating_sub(below + 1);
    // Where a column is wide enough, what has to happen stands in a second line.
    let tall: u16 = if wide >= 20 && height >= 12 { 3 } else { 1 };
    let fits = (height / tall).max(1) as usize;
    for (place, group) in tracker.groups.iter().enumerate() {
        let column = Rect::new(area.x + place as u16 * (wide + gap), area.y, wide, area.height.saturating_sub(below));
        let here = tracker.open == Some(place);
        let title = format!("{} {}", group.label, group.total);
        let style = if here { look.chosen() } else { look.heading() };
        put_pieces(buffer, Rect { height: 1, ..column }, &[piece(fit(&title, wide as usize, look), style)], look);
        let rows = if here { &app.actions.rows } else { &group.rows };
        let top = if here { first_shown(app.actions.cursor, app.actions.top, fits) } else { 0 };
        for (nth, row) in rows.iter().enumerate().skip(top).take(fits) {
            let y = column.y + 1 + (nth - top) as u16 * tall;
            let chosen = here && nth == app.actions.cursor;
            card(app, row, chosen, Rect { y, height: tall, ..column }, look, buffer);
            if chosen && focused {
                buffer.set_style(Rect { y, height: tall.min(2), ..column }, look.selected());
            }
        }
        let rest = usize::try_from(group.total.n).unwrap_or(usize::MAX).saturating_sub(top + fits);
        if rest > 0 && height > 1 {
            let more = format!("{rest}{} more", if group.total.more { "+" } else { "" });
            let y = column.y + 1 + fits as u16 * tall;
            if y < column.bottom() {
                put_pieces(buffer, Rect { y, height: 1, ..column }, &[piece(more, look.dim())], look);
            }
        }
    }
    if let Some(row) = app.action_row().filter(|_| below > 0) {
        detail(app, row, Rect { y: area.bottom() - below, height: below, ..area }, look, buffer);
    }
    fits
}

/// An action in its column: which, and its day; where there is room what has to happen.
fn card(app: &App, row: &ActionRow, chosen: bool, area: Rect, look: Look, buffer: &mut Buffer) {
    let marked = app.actions.marks.contains(&row.id.0);
    let sign = match (marked, chosen, row.urgent && row.state.is_open()) {
        (true, ..) => piece(look.mark(), look.key()),
        (_, true, _) => piece(look.cursor(), look.key()),
        (.., true) => piece("!", look.alarm()),
        _ => piece(" ", look.text()),
    };
    let (said, style) = match row.effect {
        Some(effect) if !row.state.is_open() => piece(effect.label(), look.dim()),
        None if row.stands(app.today()) == "to revisit" => piece("to revisit", look.attention()),
        _ => when(row, app.today(), look),
    };
    // Words that are cut in the middle would say nothing.
    let room = (area.width as usize).saturating_sub(2 + width(&row.reference));
    let said = match () {
        () if width(&said) <= room => said,
        () if row.state.is_open() && row.due < app.today() => "late".to_string(),
        () if row.effect.is_some() => fit(&said, room, look).into_owned(),
        () => row.due.format("%-d %b").to_string(),
    };
    let pieces = [sign, piece(format!("{} ", row.reference), look.text()), (said, style)];
    put_pieces(buffer, Rect { height: 1, ..area }, &pieces, look);
    if area.height > 1 {
        let room = area.width.saturating_sub(1) as usize;
        let text = format!("{}: {}", row.owner, row.text);
        put_pieces(
            buffer,
            Rect { x: area.x + 1, y: area.y + 1, width: room as u16, height: 1 },
            &[piece(fit(&text, room, look), look.dim())],
            look,
        );
    }
}

/// The action under the cursor in full.
fn detail(app: &App, row: &ActionRow, area: Rect, look: Look, buffer: &mut Buffer) {
    let who = if row.stands_in { format!("for {}", row.owner) } else { row.owner.clone() };
    let head = [
        piece(format!("{}  ", row.reference), look.heading()),
        piece(format!("{who}{}{}{}", look.dot(), row.source_ref, look.dot()), look.text()),
        when(row, app.today(), look),
        piece(format!("{}{}", look.dot(), row.stands(app.today())), look.dim()),
    ];
    put_pieces(buffer, Rect { y: area.y + 1, height: 1, ..area }, &head, look);
    for (place, text) in wrap(&row.text, area.width as usize, look).into_iter().take(area.height.saturating_sub(2) as usize).enumerate() {
        let line = Rect { y: area.y + 2 + place as u16, height: 1, ..area };
        put_pieces(buffer, line, &[piece(text, look.text())], look);
    }
}
