//! Terminals that are none, too small, enormous, or never the same size twice.

use super::desk::{Desk, WIDE};
use crate::support::pty::PATIENCE;
use std::process::{Command, Stdio};

#[test]
fn t22_without_a_terminal_it_says_so_in_one_line_and_exits_with_2() {
    let desk = Desk::new();
    let mut command = Command::new(env!("CARGO_BIN_EXE_closeloop"));
    command.arg("--db").arg(desk.path()).args(["--as", closeloop::demo::COORDINATOR]).env("TERM", "xterm");
    let output = command.stdin(Stdio::null()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    assert!(said.contains("terminal"), "{said}");
}

#[test]
fn t22_a_terminal_that_cannot_place_text_is_refused_in_one_line() {
    for term in ["dumb", ""] {
        let desk = Desk::new();
        let mut terminal = desk.start_with(&[("TERM", term)], WIDE);
        assert_eq!(terminal.left_within(PATIENCE), Some(2));
        assert!(!terminal.written.contains(&0x1b), "it wrote a sequence to a terminal that understands none");
        assert!(terminal.text().contains("TERM"), "{}", terminal.text());
        assert!(terminal.is_cooked());
    }
}

#[test]
fn t22_a_name_of_a_terminal_that_nobody_knows_changes_nothing() {
    let desk = Desk::new();
    let junk = "x".repeat(10_000);
    let mut terminal = desk.start_with(&[("TERM", &junk)], WIDE);
    terminal.wait_for("next thing");
    terminal.keys("q");
    assert_eq!(terminal.left_within(PATIENCE), Some(0));
}

#[test]
fn t22_any_size_is_survived_and_too_small_ones_say_so() {
    for size in [(1, 1), (20, 5), (79, 23), (500, 200)] {
        let desk = Desk::new();
        let mut terminal = desk.start_with(&[], size);
        terminal.wait("a frame", |screen| !screen.trim().is_empty());
        if size == (79, 23) {
            terminal.wait_for("This window is too small.");
        }
        // Keys mean nothing where nothing can be read; nor do they afterwards.
        terminal.keys("jjk5?");
        terminal.resize(160, 48);
        if size != (500, 200) {
            terminal.wait_for("next thing");
            terminal.keys("?");
        }
        terminal.wait_for("One row down.");
        terminal.keys("q");
        terminal.wait("the help to close", |screen| !screen.contains("One row down."));
        terminal.keys("q");
        assert_eq!(terminal.left_within(PATIENCE), Some(0), "at {size:?}");
    }
}

#[test]
fn t22_a_storm_of_sizes_end_in_one_right_frame() {
    let desk = Desk::new();
    let mut terminal = desk.start();
    let mut dice = closeloop::runtime::random::seeded(22);
    for _ in 0..crate::support::rely::times(200, 1_000) {
        let (columns, rows) = (1 + dice() % 200, 1 + dice() % 80);
        terminal.resize(columns as u16, rows as u16);
        terminal.read(std::time::Duration::ZERO);
    }
    terminal.resize(WIDE.0, WIDE.1);
    // While the window is too small no key means anything.
    terminal.wait_for("next thing");
    // A key that shows afterwards proves that everything before it was taken in.
    terminal.keys("?");
    terminal.wait_for("One row down.");
    terminal.keys("\x1b");
    terminal.wait("the desk alone", |screen| !screen.contains("One row down.") && screen.contains("next thing"));
    let after = super::frozen::settled(&mut terminal);
    terminal.keys("\x0c");
    assert_eq!(after, super::frozen::redrawn(&mut terminal));
}

#[test]
fn what_was_typed_before_the_first_frame_does_nothing() {
    let desk = Desk::new();
    let mut terminal = desk.start_with(&[], WIDE);
    // Meant for the shell, or for a program that was slow to come.
    terminal.keys("qqq");
    terminal.wait_for("next thing");
    terminal.keys("?");
    terminal.wait_for("One row down.");
}

#[test]
fn esc_and_a_key_that_come_at_once_are_esc_and_then_the_key() {
    let desk = Desk::new();
    let mut terminal = desk.start();
    terminal.keys("?");
    terminal.wait_for("One row down.");
    // As a fast hand or a slow line sends it: to the terminal it is Alt-5.
    terminal.keys("\x1b5");
    terminal.wait("the cycle instead of the help", |screen| !screen.contains("One row down.") && screen.contains("What blocks it"));
}

/// Starts the program through a shell that first does something to what it is given.
fn after(desk: &Desk, first: &str) -> crate::support::pty::Terminal {
    let path = desk.path();
    let script = format!("{first}; exec \"$0\" \"$@\"");
    let program = env!("CARGO_BIN_EXE_closeloop");
    let arguments = ["-c", &script, program, "--db", path.to_str().unwrap(), "--as", closeloop::demo::COORDINATOR];
    let arguments: Vec<&std::ffi::OsStr> = arguments.iter().map(std::ffi::OsStr::new).collect();
    crate::support::pty::Terminal::start("/bin/sh", &arguments, &[], WIDE)
}

#[test]
fn t22_with_a_closed_end_it_leaves_at_once_and_has_no_fault() {
    for closed in ["exec 0<&-", "exec 1>&-", "exec 0<&- 1>&-", "exec 0</dev/null", "exec 1>/dev/full"] {
        let desk = Desk::new();
        let rows = super::desk::journal(&desk.path());
        let mut terminal = after(&desk, closed);
        let code = terminal.left_within(PATIENCE);
        assert!(matches!(code, Some(1 | 2)), "{closed}: {code:?}\n{}", terminal.text());
        let said = terminal.text();
        assert!(said.contains("terminal") && !said.contains("a fault in the program"), "{closed}: {said}");
        assert!(terminal.is_cooked(), "{closed}");
        assert_eq!(super::desk::journal(&desk.path()), rows);
    }
    // Without a place for what it has to say it still works.
    let desk = Desk::new();
    let mut terminal = after(&desk, "exec 2>&-");
    terminal.wait_for("next thing");
    terminal.keys("q");
    assert_eq!(terminal.left_within(PATIENCE), Some(0));
}

#[test]
fn t22_with_few_files_allowed_it_works_or_says_why_not() {
    for limit in [8, 10, 12, 16, 20] {
        let desk = Desk::new();
        let mut terminal = after(&desk, &format!("ulimit -n {limit}"));
        let start = std::time::Instant::now();
        while !terminal.closed && !terminal.text().contains("next thing") && start.elapsed() < PATIENCE {
            terminal.read(std::time::Duration::from_millis(100));
        }
        if terminal.closed {
            let code = terminal.left_within(PATIENCE);
            let said = terminal.text();
            assert!(
                matches!(code, Some(1 | 2)) && !said.contains("a fault in the program") && said.contains('.'),
                "{limit}: {code:?} {said}"
            );
            assert!(terminal.is_cooked(), "{limit}");
        } else {
            terminal.keys("q");
            assert_eq!(terminal.left_within(PATIENCE), Some(0), "{limit}");
        }
        closeloop::store::verify(&desk.path(), None, &mut |_, _| {}).unwrap();
    }
}

#[test]
fn t22_where_files_may_not_grow_a_save_is_refused_and_nothing_is_lost() {
    let desk = Desk::new();
    // In blocks of 512 bytes: what is there may be written to, and its log may not grow by much.
    let mut terminal = after(&desk, "ulimit -f 400");
    let start = std::time::Instant::now();
    while !terminal.closed && !terminal.text().contains("next thing") && start.elapsed() < PATIENCE {
        terminal.read(std::time::Duration::from_millis(100));
    }
    if terminal.closed {
        let said = terminal.text();
        let code = terminal.left_within(PATIENCE);
        assert!(code == Some(1) && said.contains('.') && terminal.is_cooked(), "{code:?}: {said}");
    } else {
        desk.open_record(&mut terminal);
        terminal.keys("ll");
        terminal.wait_for(&desk.heading);
        terminal.keys("\r");
        let title = format!("{} \u{b7} {}", desk.reference, desk.heading);
        terminal.wait_for(&title);
        terminal.keys(format!("\x1b[200~{}\x1b[201~", "All day long the same. ".repeat(4_000)));
        terminal.settle(std::time::Duration::from_millis(400));
        terminal.keys("\x13");
        terminal.wait_for("Not saved");
        assert!(terminal.text().contains(&title), "the text stays on the screen:\n{}", terminal.text());
        terminal.keys("\x1b");
        terminal.wait_for("finish list");
        terminal.settle(std::time::Duration::from_millis(200));
        terminal.keys("\x11");
        let code = terminal.left_within(PATIENCE);
        assert!(matches!(code, Some(0 | 1)) && terminal.is_cooked(), "{code:?}: {}", terminal.text());
    }
    assert!(closeloop::store::verify(&desk.path(), None, &mut |_, _| {}).unwrap().clean());
}
