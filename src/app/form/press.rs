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

/// Types a key into a field; `letters` are those typed so far into this choice.
pub(super) fn press(input: &mut Input, letters: &mut String, key: Key) -> Pressed {
    let plain = !key.ctrl && !key.alt;
    let so_far = std::mem::take(letters);
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
            Code::Left | Code::Right => step_choice(options, at, key.code == Code::Left),
            Code::Char(' ') if so_far.is_empty() => step_choice(options, at, false),
            Code::Backspace | Code::Delete => {
                *at = None;
                Pressed::Changed
            }
            Code::Char(letter) if plain => match chosen_by(options, *at, &so_far, letter) {
                Some((found, typed)) => {
                    (*at, *letters) = (Some(found), typed);
                    Pressed::Changed
                }
                None => Pressed::Kept,
            },
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

/// Goes to the next of a choice, or to the one before, round its ends.
fn step_choice(options: &[(String, String)], at: &mut Option<usize>, back: bool) -> Pressed {
    let count = options.len().max(1);
    let next = match (*at, back) {
        (None, true) => count - 1,
        (None, false) => 0,
        (Some(at), true) => (at + count - 1) % count,
        (Some(at), false) => (at + 1) % count,
    };
    *at = (!options.is_empty()).then_some(next);
    Pressed::Changed
}

/// The one that is meant by the letters typed so far and one more, with those letters: the first whose label, or else one of whose
/// words, begins with all of them. Where none does, the letter begins anew, and the next one after the chosen is meant.
fn chosen_by(options: &[(String, String)], at: Option<usize>, so_far: &str, letter: char) -> Option<(usize, String)> {
    let labels: Vec<String> = options.iter().map(|(_, label)| label.to_lowercase()).collect();
    let word = |label: &str, typed: &str| {
        let places = label.match_indices(typed).map(|(place, _)| place);
        places.into_iter().any(|place| !label[..place].ends_with(char::is_alphanumeric))
    };
    let typed = format!("{so_far}{}", letter.to_lowercase());
    if !so_far.is_empty() {
        let begins = labels.iter().position(|label| label.starts_with(&typed));
        if let Some(found) = begins.or_else(|| labels.iter().position(|label| word(label, &typed))) {
            return Some((found, typed));
        }
    }
    let typed = letter.to_lowercase().to_string();
    let after = at.map_or(0, |at| at + 1).min(labels.len());
    let round = || (after..labels.len()).chain(0..after);
    let found = round().find(|place| labels[*place].starts_with(&typed)).or_else(|| round().find(|place| word(&labels[*place], &typed)))?;
    Some((found, typed))
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
