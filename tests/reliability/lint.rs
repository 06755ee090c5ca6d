//! What the program may not do to a terminal or to the machine, whatever it is asked: looked for in its sources. T33.

use crate::house_rules::source;
use crate::support::rely;

/// Calls that write to the terminal past the text widgets, or start another program.
const FORBIDDEN: [&str; 12] = [
    "set_symbol",
    "set_char(",
    "style::Print",
    "SetTitle",
    "CopyToClipboard",
    "EnableMouseCapture",
    "PushKeyboardEnhancementFlags",
    "process::Command",
    "Command::new",
    ".exec()",
    "editor::edit",
    "transmute",
];

/// Where one of them may stand, and why.
const ELSEWHERE: [(&str, &str, &str); 4] = [
    ("src/runtime/shield/worn.rs", "process::Command", "`doctor` tries whether a program that does nothing can be started, and wants a no"),
    ("src/runtime/shield/worn.rs", "Command::new", "the same"),
    ("src/ui/text.rs", "set_symbol", "one printable letter of ASCII at a time, looked at before"),
    ("src/ui/room/big.rs", "set_symbol", "quarters of a block, from a table in the program"),
];

/// The beginnings of sequences that set a title, a clipboard or a colour table, or send the terminal a file.
const SEQUENCES: [&str; 6] = ["\\x1b]", "\\u{1b}]", "\\x1bP", "\\u{1b}P", "\\x1b_", "\\u{9d}"];

fn may(path: &str, call: &str) -> bool {
    ELSEWHERE.iter().any(|(at, one, _)| *at == path && *one == call)
}

fn found_in(source: &source::Source) -> Vec<String> {
    let calls = source.code.lines().zip(1..).flat_map(|(code, line)| {
        FORBIDDEN
            .iter()
            .filter(move |call| code.contains(**call) && !may(&source.path, call))
            .map(move |call| format!("{}:{line}: {call}", source.path))
    });
    let sequences = source.strings.iter().flat_map(|(line, text)| {
        SEQUENCES.iter().filter(move |begin| text.contains(**begin)).map(move |begin| format!("{}:{line}: {begin}", source.path))
    });
    calls.chain(sequences).collect()
}

#[test]
fn t33_nothing_writes_past_the_widgets_and_nothing_starts_another_program() {
    let found: Vec<String> = source::all("src").iter().flat_map(found_in).collect();
    let manifest = std::fs::read_to_string(source::root().join("Cargo.toml")).unwrap();
    let clipboard = manifest.lines().filter(|line| line.starts_with("crossterm") && line.contains("osc52")).count();
    let looked = source::all("src").len();
    rely::line(&serde_json::json!({"test": "T33", "files": looked, "hits": found.len() + clipboard}));
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(clipboard, 0, "crossterm's osc52 writes to the clipboard of whoever sits there");
    for bad in ["cell.set_symbol(text);", "std::process::Command::new(editor)", "let a = \"\\x1b]52;c;\";"] {
        assert!(!found_in(&source::Source::of("src/ui/made_up.rs", bad)).is_empty(), "{bad}");
    }
}

#[test]
fn t13_there_is_one_sqlite_and_it_is_the_bundled_one() {
    let lock = std::fs::read_to_string(source::root().join("Cargo.lock")).unwrap();
    let libraries = lock.lines().filter(|line| *line == "name = \"libsqlite3-sys\"").count();
    let mapped = std::fs::read_to_string("/proc/self/maps").unwrap();
    let shared = mapped.lines().filter(|line| line.contains("sqlite")).count();
    // The program itself asks the machine's loader for none.
    let program = std::fs::read(env!("CARGO_BIN_EXE_closeloop")).unwrap();
    let asks = program.windows(12).filter(|window| window == b"libsqlite3.s").count();
    rely::line(&serde_json::json!({"test": "T13", "sqlite": rusqlite::version(), "libraries": libraries, "shared": shared + asks}));
    assert_eq!((libraries, shared, asks), (1, 0, 0));
    assert!(rusqlite::version_number() >= closeloop::store::OLDEST_SQLITE);
}
