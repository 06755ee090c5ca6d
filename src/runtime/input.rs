//! Events of the terminal as messages: key presses, pasted text made safe, sizes.

use crate::app::key::{Code, Key};
use crate::app::msg::Msg;
use crate::domain::safe_text::safe_text;
use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers};
use std::collections::VecDeque;

/// The message of an event; none for those that mean nothing here.
pub fn message(event: Event) -> Option<Msg> {
    match event {
        Event::Key(press) if press.kind != KeyEventKind::Release => {
            let code = match press.code {
                KeyCode::Char(letter) => Code::Char(letter),
                KeyCode::Enter => Code::Enter,
                KeyCode::Esc => Code::Esc,
                KeyCode::Tab if press.modifiers.contains(KeyModifiers::SHIFT) => Code::BackTab,
                KeyCode::Tab => Code::Tab,
                KeyCode::BackTab => Code::BackTab,
                KeyCode::Backspace => Code::Backspace,
                KeyCode::Delete => Code::Delete,
                KeyCode::Up => Code::Up,
                KeyCode::Down => Code::Down,
                KeyCode::Left => Code::Left,
                KeyCode::Right => Code::Right,
                KeyCode::Home => Code::Home,
                KeyCode::End => Code::End,
                KeyCode::PageUp => Code::PageUp,
                KeyCode::PageDown => Code::PageDown,
                KeyCode::F(number) => Code::F(number),
                _ => return None,
            };
            let ctrl = press.modifiers.contains(KeyModifiers::CONTROL);
            // Ctrl-Z stays a key like any other: leaving the program in the background would leave the screen raw.
            Some(Msg::Key(Key { code, ctrl, alt: press.modifiers.contains(KeyModifiers::ALT) }))
        }
        Event::Paste(text) => Some(Msg::Paste(safe_text(&text).into_owned())),
        Event::Resize(columns, rows) => Some(Msg::Resized(columns, rows)),
        _ => None,
    }
}

/// Letters that came together, where they are written into a text: a terminal without bracketed paste gives a pasted page
/// key by key, and every key on its own would copy the whole text for its draft. None where the next event is no such letter,
/// or one alone.
pub fn letters(waiting: &mut VecDeque<Event>, writing: bool) -> Option<String> {
    let count = waiting.iter().map_while(letter).count();
    (writing && count > 1).then(|| {
        let text: String = waiting.drain(..count).filter_map(|event| letter(&event)).collect();
        safe_text(&text).into_owned()
    })
}

/// The letter that a key press writes, and nothing but writes; Enter is one in a text of paragraphs.
fn letter(event: &Event) -> Option<char> {
    match event {
        Event::Key(press)
            if press.kind != KeyEventKind::Release && !press.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) =>
        {
            match press.code {
                KeyCode::Char(letter) => Some(letter),
                KeyCode::Enter => Some('\n'),
                _ => None,
            }
        }
        _ => None,
    }
}

/// A message as it was meant. Esc and the key after it come as one key with Alt when they come at once, as they do over a slow
/// line; where no command and no text field means anything by that key, it is the two again.
pub fn as_typed(msg: Msg, means_something: impl FnOnce(Key) -> bool) -> Vec<Msg> {
    match msg {
        Msg::Key(key) if key.alt && !means_something(key) => {
            vec![Msg::Key(Key::plain(Code::Esc)), Msg::Key(Key { alt: false, ..key })]
        }
        other => vec![other],
    }
}
