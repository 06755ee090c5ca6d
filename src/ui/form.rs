//! Forms and the question before something that stands for good.

use super::text::{Piece, fit, piece, put, put_pieces, width, wrap};
use super::theme::Look;
use super::{middle, over};
use crate::app::App;
use crate::app::command::Command;
use crate::app::form::{Conflict, Field, Form, Input};
use crate::app::overlay::Confirm;
use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

/// Labels up to this width stand before their field, longer ones above it.
const SHORT_LABEL: usize = 22;

/// Draws a form over the view.
pub fn draw(app: &App, form: &Form, look: Look, buffer: &mut Buffer, body: Rect) {
    let today = app.today();
    let wide = body.width >= 110;
    let area = if wide { middle(body, 130, body.height) } else { body };
    let mut state = Vec::new();
    if form.touched {
        state = vec![piece("not saved yet", look.attention()), piece(look.dot(), look.dim())];
    }
    let key = app.keymap.hint(Command::Save);
    state.extend([piece(key, look.key()), piece(format!(" {}", form.verb), look.dim())]);
    let mut inside = over(buffer, area, &form.title, &state, look);
    if form.fields.iter().any(|field| field.required) {
        let place = Rect::new(area.x + 2, area.bottom() - 1, area.width.saturating_sub(4), 1);
        put_pieces(buffer, place, &[piece(" * has to be filled in ", look.dim())], look);
    }
    let mut y = inside.y;
    for line in wrap(&form.intro, inside.width as usize, look).into_iter().filter(|line| !line.is_empty()) {
        put(buffer, inside.x, y, &line, inside.width as usize, look.dim(), look);
        y += 1;
    }
    if let Some(error) = &form.error {
        for line in wrap(&format!("! {error}"), inside.width as usize, look) {
            put(buffer, inside.x, y, &line, inside.width as usize, look.alarm(), look);
            y += 1;
        }
    }
    if y > inside.y {
        y += 1;
    }
    inside = Rect { y, height: inside.bottom().saturating_sub(y), ..inside };
    let beside: Vec<&str> = form.field().map(|field| field.beside.iter().map(String::as_str).collect()).unwrap_or_default();
    let both = form.conflict().map(both_sides);
    let theirs = both.as_deref().or(form.theirs.as_deref());
    if beside.is_empty() && theirs.is_none() {
        fields(form, today, look, buffer, inside);
    } else if wide {
        let left = inside.width * 3 / 5;
        fields(form, today, look, buffer, Rect { width: left, ..inside });
        let right = Rect { x: inside.x + left + 2, width: inside.width - left - 2, ..inside };
        aside(&beside, theirs, look, buffer, right);
    } else {
        let lines = beside_lines(&beside, theirs, inside.width as usize, look);
        // The fields keep the room they need; a long text that is being written keeps half of it.
        let wide = inside.width as usize;
        let stacked = form.fields.iter().any(|field| width(&field.label) > SHORT_LABEL);
        let asked = (0..form.fields.len()).filter(|place| form.asked(*place));
        let needed: u16 = asked.map(|place| lines_of(&form.fields[place], place == form.at, stacked, 8, (look, today), wide)).sum();
        // What a point or a grade stands for is read whole while it is chosen: there only the field itself has to stay.
        let keeps = match form.field() {
            Some(field) if matches!(field.input, Input::Choice { .. } | Input::Scale { .. }) => {
                lines_of(field, true, stacked, 8, (look, today), wide).max(inside.height.saturating_sub(lines.len() as u16))
            }
            _ => inside.height,
        };
        let below = (lines.len() as u16).min(inside.height.saturating_sub(needed.min(inside.height / 2).min(keeps)));
        fields(form, today, look, buffer, Rect { height: inside.height - below, ..inside });
        let area = Rect { y: inside.bottom() - below, height: below, ..inside };
        aside(&beside, theirs, look, buffer, area);
    }
}

/// What somebody else saved and what stood there before, to read beside one's own in the field.
fn both_sides(conflict: &Conflict) -> String {
    format!("{}\n\nBefore that:\n{}\n\nYours is in the field.", conflict.theirs, conflict.before)
}

fn beside_lines(beside: &[&str], theirs: Option<&str>, room: usize, look: Look) -> Vec<Piece> {
    let mut lines: Vec<Piece> = Vec::new();
    if let Some(theirs) = theirs {
        lines.push(piece("Saved meanwhile:", look.attention()));
        lines.extend(wrap(theirs, room, look).into_iter().map(|line| piece(line, look.text())));
        lines.push(piece("", look.text()));
    }
    for text in beside {
        // What follows a heading of its own (`6-8`) is set under itself; a line made of columns stays as it is.
        let (head, rest) = match text.split_once("  ") {
            Some((head, rest)) if (1..6).contains(&width(head)) => (format!("{head:<6}"), rest.trim_start()),
            _ if width(text) <= room => (String::new(), *text),
            _ => match text.rsplit_once("  ") {
                Some((columns, rest)) if width(columns) + 12 < room => (format!("{columns}  "), rest),
                _ => (String::new(), *text),
            },
        };
        let indent = width(&head);
        if indent == 0 && width(rest) <= room {
            lines.push(piece(rest, look.dim()));
            continue;
        }
        for (place, line) in wrap(rest, room.saturating_sub(indent), look).into_iter().enumerate() {
            let left = if place == 0 { head.clone() } else { " ".repeat(indent) };
            lines.push(piece(format!("{left}{line}"), look.dim()));
        }
    }
    lines
}

fn aside(beside: &[&str], theirs: Option<&str>, look: Look, buffer: &mut Buffer, area: Rect) {
    let mut lines = beside_lines(beside, theirs, area.width as usize, look);
    if lines.len() > area.height as usize
        && let Some((last, _)) = lines.get_mut((area.height as usize).saturating_sub(1))
    {
        last.push_str(look.ellipsis());
    }
    for (place, line) in lines.iter().take(area.height as usize).enumerate() {
        put_pieces(buffer, Rect::new(area.x, area.y + place as u16, area.width, 1), std::slice::from_ref(line), look);
    }
}

/// Most lines that say what there is to choose from.
const CHOICES: usize = 6;

/// What is said below a field while the cursor is in it: its hint, else what there is to choose from where that does not fit beside.
fn hint_lines(field: &Field, today: NaiveDate, room: usize, look: Look) -> Vec<String> {
    match &field.input {
        Input::Choice { options, .. } if field.hint.is_empty() && !fits_beside(options, room) => {
            let labels: Vec<&str> = options.iter().map(|(_, label)| label.as_str()).collect();
            let mut lines = wrap(&labels.join(look.dot()), room, look);
            if lines.len() > CHOICES {
                lines.truncate(CHOICES);
                lines[CHOICES - 1].push_str(look.ellipsis());
            }
            lines
        }
        _ if field.hint.is_empty() => Vec::new(),
        _ => {
            let mut lines = wrap(&field.said(today), room, look);
            lines.truncate(2);
            lines
        }
    }
}

/// Whether all that there is to choose from fits on one line.
fn fits_beside(options: &[(String, String)], room: usize) -> bool {
    options.iter().map(|(_, label)| width(label) + 4).sum::<usize>() <= room
}

/// How many lines a field takes.
fn lines_of(field: &Field, here: bool, stacked: bool, room: u16, (look, today): (Look, NaiveDate), wide: usize) -> u16 {
    let label = if stacked { wrap(&field.label, wide, look).len() as u16 } else { 0 };
    let room_beside = if stacked { wide.saturating_sub(2) } else { wide.saturating_sub(SHORT_LABEL + 5) };
    let hint = if here { hint_lines(field, today, room_beside, look).len() as u16 } else { 0 };
    let input = match &field.input {
        Input::Text(_) if here => room.saturating_sub(label + hint + 2).clamp(4, 14),
        Input::Text(editor) => editor.area().lines().len().clamp(1, 3) as u16,
        Input::Person { .. } | Input::Case { .. } if here => 7,
        _ => 1,
    };
    label + input + hint + u16::from(stacked)
}

fn fields(form: &Form, today: NaiveDate, look: Look, buffer: &mut Buffer, area: Rect) {
    let stacked = form.fields.iter().any(|field| width(&field.label) > SHORT_LABEL);
    let height = |place: usize| {
        if !form.asked(place) {
            return 0;
        }
        let field = &form.fields[place];
        lines_of(field, place == form.at, stacked, area.height, (look, today), area.width as usize)
    };
    // Scroll by whole fields, so that the one with the cursor is always seen whole.
    let mut first = 0;
    while first < form.at && (first..=form.at).map(height).sum::<u16>() > area.height {
        first += 1;
    }
    let mut y = area.y;
    for place in first..form.fields.len() {
        let long = height(place);
        if y >= area.bottom() {
            break;
        }
        if long == 0 {
            continue;
        }
        let field = &form.fields[place];
        field_at(field, place == form.at, stacked, (look, today), buffer, Rect { y, height: long.min(area.bottom() - y), ..area });
        y += long;
    }
}

fn field_at(field: &Field, here: bool, stacked: bool, (look, today): (Look, NaiveDate), buffer: &mut Buffer, area: Rect) {
    let star = if field.required { " *" } else { "" };
    let label = format!("{}{star}", field.label);
    let style = if here { look.heading() } else { look.text() };
    let mut area = area;
    if here {
        put(buffer, area.x, area.y, look.cursor(), 1, look.key(), look);
    }
    if stacked {
        let lines = wrap(&label, (area.width as usize).saturating_sub(2), look);
        for (place, line) in lines.iter().enumerate() {
            put(buffer, area.x + 2, area.y + place as u16, line, (area.width as usize).saturating_sub(2), style, look);
        }
        let used = (lines.len() as u16).min(area.height);
        area = Rect { x: area.x + 2, y: area.y + used, width: area.width.saturating_sub(2), height: area.height - used };
    } else {
        put(buffer, area.x + 2, area.y, &label, SHORT_LABEL + 2, style, look);
        let left = SHORT_LABEL as u16 + 5;
        area = Rect { x: area.x + left, width: area.width.saturating_sub(left), ..area };
    }
    if area.height == 0 || area.width == 0 {
        return;
    }
    let mut hint = if here { hint_lines(field, today, area.width as usize, look) } else { Vec::new() };
    hint.truncate(area.height.saturating_sub(1) as usize);
    let said = hint.len() as u16;
    let input = Rect { height: area.height - said - u16::from(stacked && area.height > 1 + said), ..area };
    input_at(&field.input, here, look, buffer, input);
    for (place, line) in hint.iter().enumerate() {
        put(buffer, area.x, input.bottom() + place as u16, line, area.width as usize, look.dim(), look);
    }
}

fn input_at(input: &Input, here: bool, look: Look, buffer: &mut Buffer, area: Rect) {
    match input {
        Input::Line(editor) | Input::Text(editor) => {
            if here {
                buffer.set_style(area, look.selected());
                editor.area().render(area, buffer);
            } else {
                let text = editor.text();
                let lines = wrap(&text, area.width as usize, look);
                let blank = text.trim().is_empty();
                for (place, line) in lines.iter().take(area.height as usize).enumerate() {
                    let more = place + 1 == area.height as usize && lines.len() > area.height as usize;
                    let shown = if more { format!("{line} {}", look.ellipsis()) } else { line.clone() };
                    put(buffer, area.x, area.y + place as u16, &shown, area.width as usize, look.text(), look);
                }
                if blank {
                    put(buffer, area.x, area.y, "____", area.width as usize, look.dim(), look);
                }
            }
        }
        Input::Choice { options, at } => {
            let mut pieces = Vec::new();
            if fits_beside(options, area.width as usize) {
                for (place, (_, label)) in options.iter().enumerate() {
                    let style = if Some(place) == *at { look.chosen() } else { look.dim() };
                    let shown = if Some(place) == *at { format!("[{label}]") } else { format!(" {label} ") };
                    pieces.push(piece(shown, style));
                    pieces.push(piece(" ", look.dim()));
                }
            } else {
                let label = at.and_then(|at| options.get(at)).map_or("choose with the arrow keys", |(_, label)| label.as_str());
                let (left, right) = if look.ascii { ("< ", " >") } else { ("\u{25c2} ", " \u{25b8}") };
                let counter = format!("  {} of {}", at.map_or(0, |at| at + 1), options.len());
                // A long label is cut rather than how many there are to choose from.
                let label = fit(label, (area.width as usize).saturating_sub(width(left) + width(right) + width(&counter)), look);
                pieces.push(piece(left, look.key()));
                pieces.push(piece(label, if at.is_some() && here { look.chosen() } else { look.text() }));
                pieces.push(piece(right, look.key()));
                pieces.push(piece(counter, look.dim()));
            }
            put_pieces(buffer, area, &pieces, look);
        }
        Input::Scale { typed, may_not_apply } => {
            let mut pieces = Vec::new();
            for point in 0..=10 {
                let text = point.to_string();
                let (style, shown) = if *typed == text { (look.chosen(), format!("[{text}]")) } else { (look.dim(), format!(" {text} ")) };
                pieces.push(piece(shown, style));
            }
            if *may_not_apply {
                let (style, shown) =
                    if typed == "-" { (look.chosen(), " [- does not apply]") } else { (look.dim(), "  - does not apply ") };
                pieces.push(piece(shown, style));
            }
            if !typed.is_empty() && typed != "-" && !typed.parse::<u8>().is_ok_and(|point| point <= 10) {
                pieces.push(piece(format!("  {typed} is not on the scale"), look.alarm()));
            }
            put_pieces(buffer, area, &pieces, look);
        }
        Input::Person { people, typed, chosen, at } => {
            let name = chosen.and_then(|id| people.iter().find(|(known, _)| *known == id)).map(|(_, name)| name.as_str());
            let found = input.matching();
            let found: Vec<&str> = found.iter().map(|(_, name)| name.as_str()).collect();
            let nothing = if found.is_empty() { "nobody matches; Ctrl-u clears it" } else { "several match; choose one" };
            found_at(name, typed, &found, *at, nothing, (here, look), buffer, area);
        }
        Input::Case { found, typed, chosen, at } => {
            let label = chosen.as_ref().map(|row| row.label.as_str());
            let found: Vec<&str> = found.iter().map(|row| row.label.as_str()).collect();
            let nothing = "no open case matches; Ctrl-u clears it";
            found_at(label, typed, &found, *at, nothing, (here, look), buffer, area);
        }
    }
}

/// What was typed or chosen, and below it what was found.
#[allow(clippy::too_many_arguments, reason = "one call draws one field")]
fn found_at(
    chosen: Option<&str>,
    typed: &str,
    found: &[&str],
    at: usize,
    nothing: &str,
    (here, look): (bool, Look),
    buffer: &mut Buffer,
    area: Rect,
) {
    let shown = match (chosen, typed.is_empty()) {
        (Some(name), true) => vec![piece(name, if here { look.chosen() } else { look.text() })],
        (_, _) if here => vec![piece(typed, look.text()), piece(" ", look.chosen())],
        (_, false) => vec![piece(typed, look.attention()), piece("  ", look.text()), piece(nothing, look.attention())],
        _ => vec![piece("____", look.dim())],
    };
    put_pieces(buffer, Rect { height: 1, ..area }, &shown, look);
    if !here || (chosen.is_some() && typed.is_empty()) {
        return;
    }
    if found.is_empty() {
        put(buffer, area.x, area.y + 1, nothing, area.width as usize, look.attention(), look);
    }
    let fits = (area.height as usize).saturating_sub(1);
    let top = at.saturating_sub(fits.saturating_sub(1));
    for (place, name) in found.iter().enumerate().skip(top).take(fits) {
        let y = area.y + 1 + (place - top) as u16;
        let style = if place == at { look.selected() } else { look.dim() };
        let cursor = if place == at { look.cursor() } else { " " };
        put(buffer, area.x, y, &format!("{cursor} {name}"), area.width as usize, style, look);
    }
}

/// Draws the question before something that stands for good.
pub fn confirm(confirm: &Confirm, look: Look, buffer: &mut Buffer, body: Rect) {
    let room = 70;
    let lines: Vec<String> = confirm.says.iter().flat_map(|text| wrap(text, room, look)).collect();
    let inside = over(buffer, middle(body, 76, lines.len() as u16 + 6), &confirm.title, &[], look);
    for (place, line) in lines.iter().enumerate() {
        put(buffer, inside.x, inside.y + 1 + place as u16, line, inside.width as usize, look.text(), look);
    }
    let y = inside.y + 2 + lines.len() as u16;
    let pieces = [
        piece("Type ", look.text()),
        piece(confirm.word, look.key()),
        piece(" and press Enter: ", look.text()),
        piece(confirm.typed.clone(), look.heading()),
        piece(" ", look.chosen()),
    ];
    put_pieces(buffer, Rect::new(inside.x, y, inside.width, 1), &pieces, look);
}
