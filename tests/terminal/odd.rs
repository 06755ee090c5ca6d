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
