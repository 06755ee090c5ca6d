//! A pasted text in a terminal that does not bracket it: letters that come together, written into a text together.

use super::desk::Desk;
use closeloop::runtime::input::letters;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::collections::VecDeque;

fn key(code: KeyCode, modifiers: KeyModifiers) -> Event {
    Event::Key(KeyEvent::new(code, modifiers))
}

fn typed(text: &str) -> VecDeque<Event> {
    text.chars().map(|c| key(if c == '\n' { KeyCode::Enter } else { KeyCode::Char(c) }, KeyModifiers::NONE)).collect()
}

#[test]
fn letters_that_came_together_are_written_together_and_nothing_else_is() {
    let mut waiting = typed("One line\nand more");
    waiting.push_back(key(KeyCode::Char('s'), KeyModifiers::CONTROL));
    waiting.extend(typed("after"));
    assert_eq!(letters(&mut waiting, true).as_deref(), Some("One line\nand more"));
    // A command is never taken for a letter: it stays where it stood, and what follows it stays behind it.
    assert_eq!(letters(&mut waiting, true), None);
    assert_eq!(waiting.pop_front(), Some(key(KeyCode::Char('s'), KeyModifiers::CONTROL)));
    assert_eq!(letters(&mut waiting, true).as_deref(), Some("after"));
    assert!(waiting.is_empty());
}

#[test]
fn where_no_text_is_written_and_for_one_letter_keys_stay_keys() {
    let mut waiting = typed("quit");
    assert_eq!((letters(&mut waiting, false), waiting.len()), (None, 4));
    let mut one = typed("q");
    assert_eq!((letters(&mut one, true), one.len()), (None, 1));
    let mut moved = VecDeque::from([key(KeyCode::Up, KeyModifiers::NONE), key(KeyCode::Char('a'), KeyModifiers::ALT)]);
    assert_eq!((letters(&mut moved, true), moved.len()), (None, 2));
    // Where a terminal tells of keys that are let go, those write nothing.
    let mut up = KeyEvent::new(KeyCode::Char('b'), KeyModifiers::NONE);
    up.kind = KeyEventKind::Release;
    let mut released = VecDeque::from([Event::Key(up), Event::Key(up)]);
    assert_eq!(letters(&mut released, true), None);
}

#[test]
fn what_cannot_be_shown_is_made_visible_as_in_any_paste() {
    assert_eq!(letters(&mut typed("a\u{202e}b\u{200b}c"), true).as_deref(), Some("a<U+202E>b<U+200B>c"));
}

#[test]
fn a_page_that_comes_key_by_key_is_all_there() {
    let desk = Desk::new();
    let mut terminal = desk.start_writing();
    let page: String = (0..400).map(|n| format!("Sentence {n} of the page. ")).collect();
    terminal.keys(format!("{page}and the end of it"));
    terminal.wait_for("Sentence 399 of the page. and the end of it");
    terminal.keys("\x13");
    terminal.wait_for("finish list");
    terminal.wait_for("Sentence 0 of the page. Sentence 1 of the page.");
}
