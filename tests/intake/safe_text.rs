//! The boundary that makes text safe.

use closeloop::domain::safe_text::{is_shown, safe_line, safe_text};
use proptest::prelude::*;
use std::borrow::Cow;

#[test]
fn what_a_terminal_would_obey_becomes_visible() {
    for (dirty, clean) in [
        ("a\u{1b}[31mred", "a␛[31mred"),
        ("bell\u{7}", "bell␇"),
        ("del\u{7f}", "del␡"),
        ("c1\u{9b}2J", "c1<U+009B>2J"),
        ("nul\0", "nul␀"),
        ("\u{202e}evil", "<U+202E>evil"),
        ("iso\u{2066}late\u{2069}", "iso<U+2066>late<U+2069>"),
        ("alm\u{61c}", "alm<U+061C>"),
        ("zero\u{200b}width", "zero<U+200B>width"),
        ("bom\u{feff}", "bom<U+FEFF>"),
        ("word\u{2060}joiner", "word<U+2060>joiner"),
        ("line\u{2028}para\u{2029}", "line<U+2028>para<U+2029>"),
        ("ann\u{fff9}", "ann<U+FFF9>"),
        ("tag\u{e0041}", "tag<U+E0041>"),
        ("private\u{e000}", "private<U+E000>"),
        ("nobody\u{378}", "nobody<U+0378>"),
        ("non\u{ffff}", "non<U+FFFF>"),
        ("soft\u{ad}hyphen", "soft<U+00AD>hyphen"),
        ("blank\u{3164}", "blank<U+3164>"),
        ("a\u{200d}b", "a<U+200D>b"),
        ("a\u{200c}b", "a<U+200C>b"),
    ] {
        assert_eq!(safe_text(dirty), clean);
        assert_eq!(safe_text(&safe_text(dirty)), clean, "once is enough");
    }
}

#[test]
fn line_ends_and_blanks_become_the_plain_ones() {
    assert_eq!(safe_text("a\r\nb\rc\nd\te\u{a0}f\u{202f}g\u{2003}h\u{3000}i"), "a\nb\nc\nd e f g h i");
    assert_eq!(safe_line("  Dustin\u{a0}\u{a0}Hazlett\r\n of  Home\tTown "), "Dustin Hazlett of Home Town");
    assert_eq!(safe_line(" \n\t "), "");
}

#[test]
fn two_spellings_of_a_name_become_one() {
    assert_eq!(safe_text("Zoe\u{308}"), "Zoë");
}

#[test]
fn marks_without_end_are_cut_and_marks_without_letter_get_one() {
    let zalgo = format!("Z{}algo", "\u{489}".repeat(40));
    assert_eq!(safe_text(&zalgo).chars().filter(|c| *c == '\u{489}').count(), 8);
    assert_eq!(safe_text("\u{301}a"), "\u{25cc}\u{301}a");
    // A mark must not join the picture that stands before it.
    assert_eq!(safe_text("\u{200b}\u{338}"), "<U+200B>\u{25cc}\u{338}");
    // Selectors choose a picture; a row of them hides a message.
    assert_eq!(safe_text("☀\u{fe0f}\u{fe01}"), "☀\u{fe0f}<U+FE01>");
}

#[test]
fn ordinary_text_of_many_languages_is_unchanged() {
    for text in [
        "O’Brien-Nuñez, Siân & “Björk”",
        "Łukasz Żółć £5 – 10 €",
        "می\u{200c}خواهم",
        "ක්\u{200d}ෂ",
        "हिन्दी தமிழ் বাংলা",
        "עברית العربية",
        "日本語 ﾊﾞ 한국어",
        "Việt Nam",
        "👩\u{200d}👩\u{200d}👧 👍🏽 ❤\u{fe0f}\u{200d}🔥 🏳\u{fe0f}\u{200d}🌈",
        "▲ 4 → ▼ 2 ● ◆ ✓ █░",
        "e\u{328}\u{301}\u{30b}",
    ] {
        let normal: String = unicode_normalization::UnicodeNormalization::nfc(text).collect();
        assert_eq!(safe_text(text), normal);
    }
    assert!(matches!(safe_text("plain text\nof two lines"), Cow::Borrowed(_)));
    assert!(matches!(safe_line("plain text"), Cow::Borrowed(_)));
    assert!(matches!(safe_line("Siân"), Cow::Borrowed(_)));
}

/// Text with far more of the dangerous characters than chance would give.
fn nasty() -> impl Strategy<Value = String> {
    let dangerous = prop_oneof![
        any::<char>(),
        prop::char::range('\0', '\u{20}'),
        prop::char::range('\u{7f}', '\u{a0}'),
        prop::char::range('\u{300}', '\u{36f}'),
        prop::char::range('\u{600}', '\u{670}'),
        prop::char::range('\u{900}', '\u{97f}'),
        prop::char::range('\u{9be}', '\u{9d7}'),
        prop::char::range('\u{1100}', '\u{11ff}'),
        prop::char::range('\u{2000}', '\u{2070}'),
        prop::char::range('\u{2600}', '\u{27bf}'),
        prop::char::range('\u{fe00}', '\u{fe0f}'),
        prop::char::range('\u{1f3f0}', '\u{1f4ff}'),
        prop::char::range('\u{e0000}', '\u{e01ef}'),
        prop::sample::select(vec!['a', 'e', '<', '>', '=', ' ', '\u{200c}', '\u{200d}', '\u{202e}', '\u{feff}']),
    ];
    prop::collection::vec(dangerous, 0..40).prop_map(String::from_iter)
}

fn forbidden(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{e007f}' | '\u{a0}')
        || u32::from(c) >= 0xF0000
        || u32::from(c) & 0xFFFE == 0xFFFE
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn once_is_enough(text in nasty()) {
        let once = safe_text(&text).into_owned();
        prop_assert_eq!(safe_text(&once), once.as_str());
        let line = safe_line(&text).into_owned();
        prop_assert_eq!(safe_line(&line), line.as_str());
        prop_assert_eq!(safe_text(&line), line.as_str());
    }

    #[test]
    fn nothing_forbidden_comes_out(text in nasty()) {
        let safe = safe_text(&text);
        prop_assert!(!safe.chars().any(forbidden), "{:?}", safe);
        prop_assert!(safe.chars().all(|c| c == '\n' || matches!(c, '\u{200c}' | '\u{200d}') || is_shown(c)), "{:?}", safe);
        prop_assert!(unicode_normalization::is_nfc(&safe));
        let mut marks = 0;
        for c in safe.chars() {
            marks = if unicode_normalization::char::is_combining_mark(c) { marks + 1 } else { 0 };
            prop_assert!(marks <= 8);
        }
        let line = safe_line(&text);
        prop_assert!(!line.contains('\n') && !line.contains("  ") && line.trim() == line);
    }

    #[test]
    fn plain_words_are_unchanged(text in "[A-Za-z0-9 ,.;:'()£é–-]{0,60}(\n[A-Za-z ]{0,20})?") {
        prop_assert_eq!(safe_text(&text), text.as_str());
    }
}
