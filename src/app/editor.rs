//! The text area: the one place in `app` that names the widget crate, because the crate holds the text it edits.

use super::key::{Code, Key};
use tui_textarea::{CursorMove, Input, Key as AreaKey, TextArea, WrapMode};

/// Text being written: one line or many.
#[derive(Debug, Clone)]
pub struct Editor {
    area: TextArea<'static>,
    one_line: bool,
}

/// What became of a pasted text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pasted {
    /// It is in the field.
    Taken,
    /// There was nothing to take.
    Nothing,
    /// It would make the text longer than [`LONGEST`].
    TooLong,
}

/// The longest text that one field takes, in bytes of UTF-8 (letters, in English): far more than anybody writes, far less than harms.
pub const LONGEST: usize = 100_000;

impl Editor {
    /// An editor that holds a text, the cursor at its end.
    pub fn new(text: &str, one_line: bool) -> Editor {
        let mut area = TextArea::new(text.split('\n').map(str::to_string).collect());
        area.set_wrap_mode(WrapMode::Word);
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Editor { area, one_line }
    }

    /// The text.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Nothing but white space was written.
    pub fn is_blank(&self) -> bool {
        self.area.lines().iter().all(|line| line.trim().is_empty())
    }

    /// The widget's own state, for drawing.
    pub fn area(&self) -> &TextArea<'static> {
        &self.area
    }

    /// The cursor is on the first line, the last line.
    pub fn at_edge(&self) -> (bool, bool) {
        let row = self.area.cursor().0;
        (row == 0, row + 1 == self.area.lines().len())
    }

    /// Types a key; says whether the text changed.
    pub fn press(&mut self, key: Key) -> bool {
        if self.one_line && key.code == Code::Enter {
            return false;
        }
        let code = match key.code {
            Code::Char(letter) => AreaKey::Char(letter),
            Code::Enter => AreaKey::Enter,
            Code::Backspace => AreaKey::Backspace,
            Code::Delete => AreaKey::Delete,
            Code::Up => AreaKey::Up,
            Code::Down => AreaKey::Down,
            Code::Left => AreaKey::Left,
            Code::Right => AreaKey::Right,
            Code::Home => AreaKey::Home,
            Code::End => AreaKey::End,
            Code::PageUp => AreaKey::PageUp,
            Code::PageDown => AreaKey::PageDown,
            Code::Esc | Code::Tab | Code::BackTab | Code::F(_) => return false,
        };
        let grows = matches!(key.code, Code::Char(_) | Code::Enter) && !key.ctrl && !key.alt;
        if grows && self.length() >= LONGEST {
            return false;
        }
        self.area.input(Input { key: code, ctrl: key.ctrl, alt: key.alt, shift: false })
    }

    /// Pastes a text that was made safe before. A text that does not fit whole is not taken at all: half of what
    /// somebody wrote looks like all of it.
    pub fn paste(&mut self, text: &str) -> Pasted {
        if self.length() + text.chars().count() > LONGEST {
            return Pasted::TooLong;
        }
        let fitting: String = text.chars().map(|c| if self.one_line && c == '\n' { ' ' } else { c }).collect();
        if self.area.insert_str(fitting) { Pasted::Taken } else { Pasted::Nothing }
    }

    /// Whether not one more character fits.
    pub fn is_full(&self) -> bool {
        self.length() >= LONGEST
    }

    fn length(&self) -> usize {
        self.area.lines().iter().map(|line| line.chars().count() + 1).sum()
    }
}
