//! What a message says, and what can never be in one: no name, no case, no grade, no second address, no header of its own.

use crate::support::world::utc;
use closeloop::domain::outbox::{News, Said, TroubleKind};
use closeloop::notify::Texts;

fn said() -> Said {
    Said { by: Some(utc("2026-11-26T14:06:00Z")), within: "24 hours".into(), ..Said::new("AL-0012", utc("2026-11-25T14:06:00Z")) }
}

#[test]
fn a_message_says_what_it_is_about_what_to_do_and_by_when() {
    let texts = Texts::open(None).unwrap();
    let (subject, text) = texts.say(News::AlertOpened, &said()).unwrap();
    assert_eq!(subject, "AL-0012: an alert needs you, due Thu 26 Nov 14:06");
    for words in [
        "Reference:  AL-0012\n",
        "Wednesday 25 November 2026 at 14:06",
        "Thursday 26 November 2026 at 14:06 (24 hours after",
        "What to do:",
    ] {
        assert!(text.contains(words), "{words} in\n{text}");
    }
    // Summer time is England's.
    let summer = Said { by: Some(utc("2026-07-01T14:06:00Z")), ..said() };
    assert!(texts.say(News::AlertPassedOn, &summer).unwrap().1.contains("Wednesday 1 July 2026 at 15:06"));
}

#[test]
fn m10_a_message_says_both_times_where_the_profile_sets_both() {
    let texts = Texts::open(None).unwrap();
    for news in [News::AlertOpened, News::AlertPassedOn] {
        let (_, text) = texts.say(news, &Said { acknowledge: "2 hours".into(), ..said() }).unwrap();
        assert!(text.contains("(24 hours after it was opened)\nAcknowledge: within 2 hours of getting this message\n"), "{text}");
        assert!(!texts.say(news, &said()).unwrap().1.contains("Acknowledge:"), "none is named where none is set");
    }
}

#[test]
fn without_a_time_a_message_names_none() {
    let texts = Texts::open(None).unwrap();
    for news in News::ALL {
        let (subject, text) = texts.say(news, &Said { by: None, within: String::new(), ..said() }).unwrap();
        assert!(!subject.contains("due") && !text.contains("Due:") && !text.contains("attached"), "{text}");
        assert!(!text.contains("\n\n\n") && text.ends_with("this address.\n"), "{text}");
    }
}

#[test]
fn no_text_speaks_of_grades_or_children() {
    let texts = Texts::open(None).unwrap();
    for news in News::ALL {
        let (subject, text) = texts.say(news, &said()).unwrap();
        let all = format!("{subject}\n{text}").to_lowercase();
        for word in ["inadequate", "grade", "child", "concern", "practitioner", "judgement"] {
            assert!(!all.contains(word), "{word} in {all}");
        }
    }
}

#[test]
fn a_councils_own_text_takes_the_place_of_the_built_in_one() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("alert-opened.txt"), "Subject: Ring the desk about {{ reference }}\n\nBy {{ by }}.\n").unwrap();
    let texts = Texts::open(Some(folder.path())).unwrap();
    let (subject, text) = texts.say(News::AlertOpened, &said()).unwrap();
    assert_eq!((subject.as_str(), text.as_str()), ("Ring the desk about AL-0012", "By Thursday 26 November 2026 at 14:06.\n"));
    assert!(texts.say(News::AlertPassedOn, &said()).unwrap().0.contains("has come to you"), "the other one is the built-in one still");
}

#[test]
fn a_text_that_is_wrong_is_found_when_it_is_read_and_says_where() {
    let table = [
        ("Subject: {{ referense }}\n\nx", "alert-opened.txt is wrong in line 1: undefined value"),
        ("Subject: {{ name }}\n\nx", "alert-opened.txt is wrong in line 1: undefined value"),
        ("Subject: x\n\n{% if by %}never closed", "alert-opened.txt is wrong in line 3"),
        ("Dear all,\n\nx", "does not begin with a line"),
        ("Subject:   \n\nx", "does not begin with a line"),
        ("", "does not begin with a line"),
        // Wrong only where there is no time: found all the same.
        ("Subject: x\n\n{% if not by %}{{ nothing }}{% endif %}", "alert-opened.txt is wrong in line 3"),
    ];
    for (text, told) in table {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("alert-opened.txt"), text).unwrap();
        let trouble = Texts::open(Some(folder.path())).err().unwrap_or_else(|| panic!("{text} was taken"));
        assert_eq!(trouble.kind, TroubleKind::Settings);
        assert!(trouble.said.contains(told), "{text}: {}", trouble.said);
    }
}

#[test]
fn a_text_cannot_make_a_header_or_write_over_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("alert-opened.txt"), "Subject: a\rBcc: all@example.org\u{1b}[2J\n\nb\u{7}\r\n.\r\nMAIL FROM:<x@y>\n")
        .unwrap();
    let (subject, text) = Texts::open(Some(folder.path())).unwrap().say(News::AlertOpened, &said()).unwrap();
    assert!(!subject.contains(['\r', '\n', '\u{1b}']), "{subject:?}");
    assert!(!text.contains(['\u{7}', '\r']), "{text:?}");
}
