//! What a command writes to: its two streams, in ASCII where the terminal cannot show more, by the same choice as the
//! screen's. JSON loses nothing by it, because it can name every character.

use super::Done;
use crate::ui::text::ascii;
use serde::Serialize;
use std::borrow::Cow;
use std::io::{self, Write};

/// Where a command writes.
pub(crate) struct Streams<'a> {
    /// What was asked for.
    pub out: Voice<'a>,
    /// Everything else.
    pub err: Voice<'a>,
}

/// One stream.
pub(crate) struct Voice<'a> {
    to: &'a mut dyn Write,
    ascii: bool,
}

impl<'a> Streams<'a> {
    /// The two streams, with every character until somebody says otherwise.
    pub fn new(out: &'a mut dyn Write, err: &'a mut dyn Write) -> Streams<'a> {
        Streams { out: Voice { to: out, ascii: false }, err: Voice { to: err, ascii: false } }
    }

    /// Whether to keep to ASCII.
    pub fn keep_to_ascii(&mut self, ascii: bool) {
        self.out.ascii = ascii;
        self.err.ascii = ascii;
    }

    /// Writes one JSON document.
    pub fn json(&mut self, value: &(impl Serialize + ?Sized)) -> Done {
        let text = self.out.in_json(serde_json::to_string_pretty(value)?);
        Ok(writeln!(self.out, "{text}")?)
    }
}

impl Voice<'_> {
    /// Writes a formatted text (`write!`), without every command having to name the trait.
    pub fn write_fmt(&mut self, text: std::fmt::Arguments<'_>) -> io::Result<()> {
        Write::write_fmt(self, text)
    }

    /// Writes bytes as they are, for what is a program of its own (a shell's completions, a manual page).
    pub fn as_they_are(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.to.write_all(bytes)
    }

    /// A piece of JSON as this stream may carry it.
    pub fn in_json(&self, text: String) -> String {
        if !self.ascii || text.is_ascii() {
            return text;
        }
        // Outside its strings JSON is ASCII, so whatever is not stands in a string and may be written by its number.
        let mut plain = String::with_capacity(text.len() + 16);
        for letter in text.chars() {
            match letter {
                letter if letter.is_ascii() => plain.push(letter),
                letter => letter.encode_utf16(&mut [0; 2]).iter().for_each(|unit| plain += &format!("\\u{unit:04x}")),
            }
        }
        plain
    }
}

impl Write for Voice<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.ascii && !bytes.is_ascii() {
            // What is written comes in whole strings, so that no character is ever cut in two.
            let text = String::from_utf8_lossy(bytes);
            self.to.write_all(ascii(Cow::Borrowed(&text)).as_bytes())?;
            return Ok(bytes.len());
        }
        self.to.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
