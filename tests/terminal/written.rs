//! Reads every byte that the program writes, as a terminal would, and lists what it had no business to write.

use std::collections::BTreeSet;
use vte::{Params, Parser, Perform};

/// What was written that may not be.
#[derive(Debug, Default)]
pub struct Written {
    pub trouble: BTreeSet<String>,
    pub letters: usize,
    marks: usize,
}

/// Everything in `bytes` that is not on the allow-list: text, colours, cursor moves, erasing, the alternate screen,
/// the cursor shown and hidden, bracketed paste.
pub fn check(bytes: &[u8]) -> Written {
    let mut found = Written::default();
    Parser::new().advance(&mut found, bytes);
    assert!(std::str::from_utf8(bytes).is_ok(), "what is written is not UTF-8");
    found
}

/// Characters that show nothing or turn the line round.
fn hides(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{ad}' | '\u{34f}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

impl Written {
    fn note(&mut self, what: String) {
        self.trouble.insert(what);
    }
}

impl Perform for Written {
    fn print(&mut self, c: char) {
        self.letters += 1;
        if hides(c) {
            self.note(format!("U+{:04X}", c as u32));
        }
        let mark = unicode_normalization::char::is_combining_mark(c);
        self.marks = if mark { self.marks + 1 } else { 0 };
        if self.marks > 8 {
            self.note("more than eight marks on one letter".into());
        }
    }

    fn execute(&mut self, byte: u8) {
        self.note(format!("control {byte:#04x}"));
    }

    fn hook(&mut self, _: &Params, _: &[u8], _: bool, action: char) {
        self.note(format!("DCS {action}"));
    }

    fn osc_dispatch(&mut self, params: &[&[u8]], _: bool) {
        self.note(format!("OSC {:?}", params.first().map(|first| String::from_utf8_lossy(first).into_owned())));
    }

    fn csi_dispatch(&mut self, params: &Params, intermediates: &[u8], _: bool, action: char) {
        let first = params.iter().next().and_then(|first| first.first().copied()).unwrap_or(0);
        let known = match (intermediates, action) {
            ([], 'm' | 'H' | 'A' | 'B' | 'C' | 'D' | 'G' | 'd' | 'J' | 'K') => true,
            (b"?", 'h' | 'l') => matches!(first, 25 | 1049 | 2004),
            _ => false,
        };
        if !known {
            self.note(format!("CSI {} {first} {action}", String::from_utf8_lossy(intermediates)));
        }
    }

    fn esc_dispatch(&mut self, _: &[u8], _: bool, byte: u8) {
        self.note(format!("ESC {}", byte as char));
    }
}

#[test]
fn the_reader_of_bytes_sees_what_must_not_be_written() {
    for bad in ["\x07", "\x1b]52;c;aGk=\x07", "\x1bP1$r\x1b\\", "\x1bc", "\x1b[5n", "\x1b[?1000h", "\u{202e}", "\u{200b}", "\u{9b}2J"] {
        assert!(!check(bad.as_bytes()).trouble.is_empty(), "{bad:?} went by unseen");
    }
    assert!(check("\x1b[?1049h\x1b[2J\x1b[1;1H\x1b[38;5;245mAmy \u{2026}\x1b[0m".as_bytes()).trouble.is_empty());
}
