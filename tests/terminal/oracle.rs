//! Text that means harm, put everywhere text can be put: not one byte of it reaches the terminal as it is.

use super::desk::{Desk, WIDE, journal};
use super::written::check;
use crate::support::pty::{PATIENCE, Terminal};
use crate::support::rely;
use crate::support::world::file;
use closeloop::demo::COORDINATOR;
use closeloop::domain::action::ActionWanted;
use closeloop::domain::deed::{Actor, AnswerEdit, Deed};
use closeloop::domain::intake::{PersonRow, Place};
use closeloop::domain::review::{AnswerValue, field};
use closeloop::runtime::clerk::perform;
use closeloop::runtime::library::Library;
use std::time::Duration;

/// About two hundred texts: every control character, sequences whole and cut off, and characters that hide or turn.
fn hostile() -> Vec<String> {
    let mut texts: Vec<String> = (0..0x20u8).chain(0x7f..=0x9f).map(|code| format!("Ab{}cd", char::from(code))).collect();
    let sequences = [
        "[2J",
        "[31m",
        "[10;10H",
        "[6n",
        "[c",
        "[>c",
        "[?1000h",
        "[?1049l",
        "[?2004l",
        "[20t",
        "[5i",
        "[!p",
        "c",
        "7",
        "8",
        "(0",
        "#8",
        "Z",
        "]0;title\u{7}",
        "]2;title\u{1b}\\",
        "]8;;http://example.test\u{1b}\\",
        "]52;c;aGVsbG8=\u{7}",
        "]1337;File=:AA\u{7}",
        "]7;file://x\u{7}",
        "]4;1;?\u{7}",
        "P$q\"p\u{1b}\\",
        "P+q544e\u{1b}\\",
        "_Gi=1;AA\u{1b}\\",
        "^pm\u{1b}\\",
        "Xsos\u{1b}\\",
        "]0;never ends",
        "P never ends",
        "[",
        "",
    ];
    texts.extend(sequences.iter().map(|tail| format!("x\u{1b}{tail}y")));
    texts.extend(["\u{9b}2J", "\u{9d}52;c;aGk=\u{9c}", "\u{90}q\u{9c}", "\u{9b}?1000h"].map(|text| format!("e{text}f")));
    let hidden = ('\u{200b}'..='\u{200f}').chain('\u{2028}'..='\u{202e}').chain('\u{2060}'..='\u{206f}').chain([
        '\u{ad}',
        '\u{61c}',
        '\u{180e}',
        '\u{feff}',
        '\u{fff9}',
        '\u{fffb}',
        '\u{3164}',
        '\u{2800}',
        '\u{34f}',
        '\u{115f}',
        '\u{e0001}',
        '\u{e0041}',
        '\u{e007f}',
    ]);
    texts.extend(hidden.map(|c| format!("Mo{c}rris {c}{c}")));
    texts.extend((1..=40).map(|many| format!("Z{}lgo", "\u{301}\u{489}".repeat(many))));
    texts.extend(
        [
            "\u{202e}gnorW\u{202c}",
            "a\u{2066}b\u{2069}c",
            "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
            "\u{301}\u{301}",
            "\r\n\u{b}\u{c}\u{85}",
            "\u{fb50}\u{5d0}\u{5d1}",
        ]
        .map(String::from),
    );
    texts
}

fn person(name: &str) -> PersonRow {
    let text = |value: &str| Some(value.to_string());
    PersonRow {
        name: format!("{name} Hostile"),
        role: text("SW"),
        team: text(&format!("Team {name}")),
        service: text("Safeguarding"),
        email: None,
        login: None,
        line_manager: None,
        left_on: None,
        away: None,
        source: Place::file("people.csv"),
    }
}

/// Puts every hostile text into names, teams, a narrative and actions, as deeds do; those that a rule refuses are left.
fn poison(desk: &Desk) {
    let mut store = desk.store();
    let who = store.reading().person_by_login(COORDINATOR).unwrap().unwrap();
    let actor = Actor {
        login: who.login.clone(),
        person: Some(who.id),
        name: who.name.clone(),
        role: who.role,
        session: "0123456789abcdef".into(),
    };
    let mut library = Library::default();
    let now = chrono::Utc::now();
    let review = store.reading().review_by_reference(&desk.reference).unwrap().unwrap();
    let framework = library.current(store.reading()).unwrap();
    let heading = field::narrative(&framework.main_kind().unwrap().narrative[0].key);
    let seen = store.reading().review(review).unwrap().unwrap().answers.get(&heading).map_or(0, |answer| answer.revision);
    let rows = hostile().iter().map(|text| person(text)).collect();
    let text = AnswerValue::Text(hostile().join("\n"));
    let mut deeds = vec![
        Deed::ImportPeople { rows, file: file("people.csv", 'c') },
        Deed::SaveAnswers { review, edits: vec![AnswerEdit { field: heading, seen, answer: Some(text) }] },
    ];
    deeds.extend(hostile().chunks(8).map(|texts| Deed::RaiseAction {
        review,
        wanted: ActionWanted {
            text: texts.join(" "),
            owner: Some(who.id),
            due_on: None,
            urgent: true,
            near: closeloop::domain::action::Near::Anyway,
        },
    }));
    let done = deeds.into_iter().filter_map(|deed| perform(&mut store, &mut library, &actor, now, deed).err()).collect::<Vec<_>>();
    assert!(done.len() < 3, "so much was refused that nothing is tested: {done:#?}");
}

/// Presses keys, reading until the program has drawn what they lead to.
fn walk(terminal: &mut Terminal, keys: &[&str]) {
    for key in keys {
        terminal.keys(key);
        terminal.settle(Duration::from_millis(60));
    }
}

fn paste(text: &str) -> String {
    // The sequence that ends a paste is tried by a test of its own.
    format!("\x1b[200~{}\x1b[201~", text.replace("\x1b[201~", ""))
}

#[test]
fn t30_nothing_that_was_stored_or_pasted_reaches_the_terminal_as_a_command_or_unseen() {
    // Once for every day; in full for more than fifty megabytes, on screens of several sizes.
    let wanted = rely::times(0, 50 << 20);
    let (mut looked, mut letters, mut unexpected) = (0, 0, 0);
    let sizes = [WIDE, (400, 120), (300, 100), (200, 60)];
    for size in sizes.iter().cycle() {
        let desk = Desk::new();
        poison(&desk);
        let written = everywhere(&desk, *size);
        let found = check(&written);
        looked += written.len();
        letters += found.letters;
        unexpected += found.trouble.len();
        assert!(found.trouble.is_empty(), "{:?}", found.trouble);
        if looked >= wanted {
            break;
        }
    }
    rely::line(&serde_json::json!({"test": "T30", "mb": looked as u64 >> 20, "kb": looked as u64 >> 10, "unexpected": unexpected,
        "texts": hostile().len()}));
    assert!(letters > 20_000, "too little was drawn to prove anything");
}

/// Goes everywhere in a window of that size, pasting what means harm wherever something can be typed; every byte that came out.
fn everywhere(desk: &Desk, size: (u16, u16)) -> Vec<u8> {
    let mut terminal = desk.start_with(&[], size);
    terminal.wait_for("next thing");
    if rely::full() {
        // Drawn whole again and again: every letter of every screen comes out anew.
        for view in ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"] {
            walk(&mut terminal, &[view, "\x0c", "j", "\x0c", "G", "\x0c", "\x1b[6~", "\x0c", "g", "z", "\x0c", "z"]);
        }
        terminal.keys("\x1b1");
        walk(&mut terminal, &["\x1b", "1"]);
    }
    walk(&mut terminal, &["z", "z", "4", "4", "j", "j", "G", "g", "4", "3", "2", "1", "5", "c", "\x1b", "\x1b"]);
    walk(
        &mut terminal,
        &["8", "\x1b[6~", "\x1b[6~", "\x1b[6~", "\x1b[6~", "\x1b[6~", "G", "g", "/Hostile\r", "j", "\x1b[6~", "\x7f", "\x1b", "1"],
    );
    terminal.keys("/");
    terminal.wait_for("Enter keeps, Esc clears");
    for text in hostile().iter().filter(|text| !text.contains(['\r', '\n'])) {
        terminal.keys(paste(text));
        terminal.read(Duration::from_millis(30));
        terminal.keys("\x15");
    }
    terminal.settle(Duration::from_millis(300));
    terminal.keys("\x1b");
    terminal.wait_for("next thing");
    desk.open_record(&mut terminal);
    walk(&mut terminal, &["l", "l", "j", "k", "l", "l", "j", "j", "l", "j", "h", "h", "h"]);
    terminal.keys("\r");
    terminal.wait_for(&format!("{} \u{b7} {}", desk.reference, desk.heading));
    terminal.keys(paste(&hostile().join("\n")));
    terminal.keys("the end of it");
    terminal.wait_for("the end of it");
    walk(&mut terminal, &["\x1b[A", "\x1b[5~", "\x1b[5~", "\x1b[6~", "\x1b", ":", "a", "\x1b"]);
    terminal.keys("\x1b\x1b");
    terminal.settle(Duration::from_millis(200));
    terminal.written.clone()
}

#[test]
fn t34_a_paste_that_ends_itself_runs_no_command() {
    let desk = Desk::new();
    let before = journal(&desk.path());
    let mut terminal = desk.start_writing();
    terminal.keys("\x1b[200~pasted \x1b[201~more\x13\x1bq\x11:quit\r\x1b[201~");
    terminal.wait_for("more");
    terminal.keys(" typed");
    terminal.wait_for(" typed");
    assert!(terminal.text().contains("not saved yet"), "the form is still open:\n{}", terminal.text());
    terminal.keys("\x1b");
    terminal.wait_for("finish list");
    // Where no text is taken, nothing happens at all.
    terminal.keys("\x1b[200~x\x1b[201~q\x11\r:quit\r");
    terminal.settle(Duration::from_millis(200));
    terminal.keys("?");
    terminal.wait_for("Goes to the next section.");
    terminal.keys("\x1b");
    terminal.wait_for("finish list");
    // An escape and what follows it at once would be read as one key.
    terminal.settle(Duration::from_millis(200));
    terminal.keys("\x11");
    assert_eq!(terminal.left_within(PATIENCE), Some(0));
    assert_eq!(journal(&desk.path()), before, "a paste has written something");
}
