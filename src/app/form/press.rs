//! How keys work in each kind of field: typing, choosing, finding a person by name.

use super::{Input, Pressed};
use crate::app::editor::Editor;
use crate::app::key::{Code, Key};
use crate::domain::id::PersonId;

/// Empties what is typed, and a person or case that was chosen by typing.
pub(super) fn clear(input: &mut Input) {
    match input {
        Input::Line(editor) => *editor = Editor::new("", true),
        Input::Text(editor) => *editor = Editor::new("", false),
        Input::Scale { typed, .. } => typed.clear(),
        Input::Person { typed, chosen, at, .. } => (*typed, *chosen, *at) = (String::new(), None, 0),
        Input::Case { typed, chosen, at, .. } => (*typed, *chosen, *at) = (String::new(), None, 0),
        Input::Choice { .. } => {}
    }
}

/// Fills in what a draft kept.
pub(super) fn fill(input: &mut Input, value: &str) {
    match input {
        Input::Line(editor) => *editor = Editor::new(value, true),
        Input::Text(editor) => *editor = Editor::new(value, false),
        Input::Choice { options, at } => *at = options.iter().position(|(key, _)| key == value),
        Input::Scale { typed, .. } => *typed = value.to_string(),
        Input::Person { chosen, .. } => *chosen = value.parse().ok().map(PersonId),
        // Which case a number stood for is not guessed: it is found again by typing.
        Input::Case { .. } => {}
    }
}

impl Input {
    /// Whether a text field moves or cuts by a key with Alt: by words and paragraphs, as in other editors.
    pub fn moves_by(&self, key: Key) -> bool {
        let moves = matches!(key.code, Code::Char('b' | 'f' | 'd' | '<' | '>') | Code::Backspace | Code::Delete | Code::Left | Code::Right);
        matches!(self, Input::Line(_) | Input::Text(_)) && key.alt && moves
    }
}

/// Types a key into a field.
pub(super) fn press(input: &mut Input, key: Key) -> Pressed {
    let plain = !key.ctrl && !key.alt;
    match input {
        Input::Line(editor) => match key.code {
            Code::Up => Pressed::Previous,
            Code::Down | Code::Enter => Pressed::Next,
            _ => changed(editor.press(key)),
        },
        Input::Text(editor) => match (key.code, editor.at_edge()) {
            (Code::Up, (true, _)) => Pressed::Previous,
            (Code::Down, (_, true)) => Pressed::Next,
            _ => changed(editor.press(key)),
        },
        Input::Choice { options, at } => match key.code {
            Code::Up => Pressed::Previous,
            Code::Down | Code::Enter => Pressed::Next,
            Code::Left | Code::Right | Code::Char(' ') => {
                let count = options.len().max(1);
                let next = match (*at, key.code == Code::Left) {
                    (None, true) => count - 1,
                    (None, false) => 0,
                    (Some(at), true) => (at + count - 1) % count,
                    (Some(at), false) => (at + 1) % count,
                };
                *at = (!options.is_empty()).then_some(next);
                Pressed::Changed
            }
            Code::Backspace | Code::Delete => {
                *at = None;
                Pressed::Changed
            }
            Code::Char(letter) if plain => {
                let begins = |place: &usize| options[*place].1.to_lowercase().starts_with(&letter.to_lowercase().to_string());
                let after = at.map_or(0, |at| at + 1);
                let found = (after..options.len()).chain(0..after.min(options.len())).find(begins);
                if found.is_some() {
                    *at = found;
                    return Pressed::Changed;
                }
                Pressed::Kept
            }
            _ => Pressed::Kept,
        },
        Input::Scale { typed, may_not_apply } => match key.code {
            Code::Up => Pressed::Previous,
            Code::Down | Code::Enter => Pressed::Next,
            Code::Char('-') if plain && *may_not_apply => {
                *typed = "-".into();
                Pressed::Changed
            }
            // What is typed stays as typed, so that a slip of the hand is refused and never turned into another judgement.
            Code::Char(letter) if plain && !letter.is_whitespace() => {
                if typed.chars().count() < 4 {
                    typed.push(letter);
                }
                Pressed::Changed
            }
            Code::Left | Code::Right => {
                let at: i32 = typed.parse().unwrap_or(if key.code == Code::Left { 6 } else { 4 });
                *typed = (at + if key.code == Code::Left { -1 } else { 1 }).clamp(0, 10).to_string();
                Pressed::Changed
            }
            Code::Backspace => {
                typed.pop();
                Pressed::Changed
            }
            Code::Delete => {
                typed.clear();
                Pressed::Changed
            }
            _ => Pressed::Kept,
        },
        Input::Person { .. } => {
            let found: Vec<PersonId> = input.matching().into_iter().map(|(id, _)| id).collect();
            let Input::Person { typed, chosen, at, .. } = input else { return Pressed::Kept };
            press_found(&found, typed, chosen, at, key)
        }
        Input::Case { found, typed, chosen, at } => press_found(found, typed, chosen, at, key),
    }
}

/// One of those found by typing is chosen with Enter.
fn press_found<T: Clone>(found: &[T], typed: &mut String, chosen: &mut Option<T>, at: &mut usize, key: Key) -> Pressed {
    match key.code {
        Code::Enter => {
            if let Some(row) = found.get(*at).filter(|_| !typed.is_empty() || chosen.is_none()) {
                *chosen = Some(row.clone());
                typed.clear();
                *at = 0;
                return Pressed::Changed;
            }
            Pressed::Next
        }
        Code::Down if typed.is_empty() && chosen.is_some() => Pressed::Next,
        Code::Up if *at == 0 => Pressed::Previous,
        Code::Down => {
            *at = (*at + 1).min(found.len().saturating_sub(1));
            Pressed::Kept
        }
        Code::Up => {
            *at -= 1;
            Pressed::Kept
        }
        Code::Backspace => {
            if typed.pop().is_none() {
                *chosen = None;
            }
            *at = 0;
            Pressed::Changed
        }
        Code::Char(letter) if !key.ctrl && !key.alt => {
            if typed.len() < 60 {
                typed.push(letter);
            }
            // What is saved is what is seen: whoever types looks for somebody else.
            *chosen = None;
            *at = 0;
            Pressed::Changed
        }
        _ => Pressed::Kept,
    }
}

fn changed(changed: bool) -> Pressed {
    if changed { Pressed::Changed } else { Pressed::Kept }
}
