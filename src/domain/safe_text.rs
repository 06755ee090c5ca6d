//! The one boundary that makes text safe to store and to draw, whether it was typed, pasted or imported.
//!
//! A terminal obeys some characters instead of showing them, and others show nothing or turn the line round. Here each
//! of them becomes something that can be seen (`␛`, `<U+202E>`), so that nobody is misled and nothing is lost silently.
//! Every layer may call this; it must know nothing of where the text comes from or goes to. It is the one module of
//! `domain` that names `unicode-normalization`: two spellings of one name must be equal before any rule compares them.

use std::borrow::Cow;
use std::fmt::Write;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark, is_nfc};

/// More marks than this on one letter is not a language but an attempt to paint over the lines above.
const MARKS_PER_BASE: usize = 8;

/// What a mark without a letter of its own is put on, so that it cannot join what stands before it.
const DOTTED_CIRCLE: char = '\u{25CC}';

/// Text of several lines, made safe: normalised (NFC), line ends as LF, tabs and odd spaces as spaces, and everything
/// that a terminal would obey or hide as a visible picture. Safe text comes back borrowed and unchanged.
pub fn safe_text(text: &str) -> Cow<'_, str> {
    #[cfg(feature = "broken")]
    if crate::broken::is(crate::broken::Fault::Unsafe) {
        return Cow::Borrowed(text);
    }
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return Cow::Borrowed(text);
    }
    let normal: Cow<'_, str> = if is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) };
    let cleaned = clean(&normal);
    if cleaned == text { Cow::Borrowed(text) } else { Cow::Owned(cleaned) }
}

/// One line, made safe: as [`safe_text`], with line ends as spaces, no space at either end and never two together.
pub fn safe_line(text: &str) -> Cow<'_, str> {
    let safe = safe_text(text);
    let tidy = !safe.contains('\n') && !safe.contains("  ") && !safe.starts_with(' ') && !safe.ends_with(' ');
    if tidy {
        return safe;
    }
    Cow::Owned(safe.split([' ', '\n']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
}

/// Whether safe text shows nothing that a person wrote: it is blank, or made of nothing but the pictures (`<U+200B>`) that
/// stand for characters which cannot be seen.
pub fn shows_nothing(safe: &str) -> bool {
    let mut rest = safe;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{2400}'..='\u{243F}'));
        let Some((code, after)) = rest.strip_prefix("<U+").and_then(|picture| picture.split_once('>')) else { return rest.is_empty() };
        if code.is_empty() || !code.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return false;
        }
        rest = after;
    }
}

/// Whether a character may stand in safe text by itself. (Joiners and marks are judged by their neighbours as well.)
pub fn is_shown(c: char) -> bool {
    match c {
        ' '..='~' => true,
        // Blank by design although they count as letters or marks: a name must not be made of nothing.
        '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{2800}' | '\u{3164}' | '\u{FFA0}' => false,
        // Half-width Japanese sound marks, which the standard library counts as extensions of the letter before.
        '\u{FF9E}' | '\u{FF9F}' => true,
        // The standard library escapes exactly what cannot be printed: controls, format characters, separators,
        // private use, unassigned; and marks, which are asked about first.
        _ => is_combining_mark(c) || c.escape_debug().len() == 1,
    }
}

/// What the cleaner remembers of the character before.
struct Base {
    /// The last character written, if it was part of the text and not a picture.
    last: Option<char>,
    /// Marks on the present base.
    marks: usize,
}

fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut base = Base { last: None, marks: 0 };
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' => {
                if rest.peek() != Some(&'\n') {
                    out.push('\n');
                    base = Base { last: None, marks: 0 };
                }
            }
            '\n' => {
                out.push('\n');
                base = Base { last: None, marks: 0 };
            }
            '\t' => space(&mut out, &mut base),
            _ if is_space(c) => space(&mut out, &mut base),
            // A full base takes no joiner: the mark after it would be dropped, and the joiner left hanging.
            '\u{200C}' | '\u{200D}' if base.marks < MARKS_PER_BASE && joins(c, base.last, rest.peek().copied()) => {
                out.push(c);
                base.last = Some(c);
            }
            _ if is_selector(c) => selector(&mut out, &mut base, c),
            _ if is_combining_mark(c) && is_shown(c) => mark(&mut out, &mut base, c),
            _ if is_shown(c) => {
                out.push(c);
                base = Base { last: Some(c), marks: 0 };
            }
            _ => picture(&mut out, &mut base, c),
        }
    }
    out
}

/// Every kind of blank that Unicode knows, no-break ones included: they all look like a space, so they are one.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}')
}

fn space(out: &mut String, base: &mut Base) {
    out.push(' ');
    *base = Base { last: None, marks: 0 };
}

fn mark(out: &mut String, base: &mut Base, c: char) {
    if base.last.is_none() {
        out.push(DOTTED_CIRCLE);
        base.marks = 0;
    }
    if base.marks < MARKS_PER_BASE {
        out.push(c);
        base.marks += 1;
        base.last = Some(c);
    }
}

/// Variation selectors choose between two pictures of one character. One after a visible character is that; more of
/// them are a way to hide a message.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

fn selector(out: &mut String, base: &mut Base, c: char) {
    match base.last {
        Some(last) if base.marks == 0 && !matches!(last, '\u{200C}' | '\u{200D}') => {
            out.push(c);
            base.marks = 1;
            base.last = Some(c);
        }
        _ => picture(out, base, c),
    }
}

fn picture(out: &mut String, base: &mut Base, c: char) {
    match c {
        '\u{0}'..='\u{1F}' => out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{2426}')),
        '\u{7F}' => out.push('\u{2421}'),
        // Writing into a String cannot fail.
        _ => drop(write!(out, "<U+{:04X}>", u32::from(c))),
    }
    *base = Base { last: None, marks: 0 };
}

/// Whether a joiner is needed where it stands: between two emoji, or inside a word of a script that uses joiners.
fn joins(joiner: char, before: Option<char>, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return false };
    let in_emoji = joiner == '\u{200D}' && (is_emoji(before) || before == '\u{FE0F}') && is_emoji(after);
    in_emoji || (uses_joiners(before) && uses_joiners(after))
}

fn is_emoji(c: char) -> bool {
    let wanted = matches!(
        c,
        '\u{A9}' | '\u{AE}' | '\u{203C}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2190}'..='\u{21FF}'
            | '\u{2300}'..='\u{23FF}' | '\u{24C2}' | '\u{25A0}'..='\u{27BF}' | '\u{2934}' | '\u{2935}'
            | '\u{2B00}'..='\u{2BFF}' | '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}' | '\u{1F000}'..='\u{1FAFF}'
    );
    wanted && c != DOTTED_CIRCLE && is_shown(c)
}

/// Arabic and its relatives, the scripts of India, Sri Lanka, Tibet, Myanmar and Cambodia, Mongolian.
fn uses_joiners(c: char) -> bool {
    let wanted = matches!(
        c,
        '\u{0620}'..='\u{08FF}' | '\u{0900}'..='\u{0DFF}' | '\u{0F00}'..='\u{109F}' | '\u{1780}'..='\u{18AF}'
            | '\u{1A20}'..='\u{1AAF}' | '\u{1B00}'..='\u{1C4F}' | '\u{A840}'..='\u{A8FF}' | '\u{AA60}'..='\u{AA7F}'
            | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10A00}'..='\u{10FFF}' | '\u{11000}'..='\u{11FFF}'
    );
    wanted && is_shown(c)
}
