//! Signals and faults give the terminal back, and say nothing about a child.

use super::desk::{Desk, WIDE};
use crate::support::pty::{PATIENCE, Terminal};
use rustix::process::{Pid, Signal, kill_process};
use std::time::Duration;

fn signal(terminal: &Terminal, signal: Signal) {
    kill_process(Pid::from_raw(terminal.pid() as i32).unwrap(), signal).unwrap();
}

/// The terminal is as a shell left it: lines are edited and shown, no other screen, a cursor, pasting unmarked.
#[track_caller]
fn given_back(terminal: &Terminal) {
    assert!(terminal.is_cooked(), "the terminal was left raw");
    let screen = terminal.screen.screen();
    assert!(!screen.alternate_screen(), "the alternate screen was left on");
    assert!(!screen.hide_cursor(), "the cursor was left hidden");
    assert!(!screen.bracketed_paste(), "bracketed paste was left on");
}

#[test]
fn t21_signals_that_end_the_program_give_the_terminal_back_and_keep_the_text() {
    for sent in [Signal::TERM, Signal::INT, Signal::QUIT] {
        let desk = Desk::new();
        let mut terminal = desk.start_writing();
        terminal.keys("kept whatever comes");
        terminal.wait_for("kept whatever comes");
        signal(&terminal, sent);
        assert!(terminal.left_within(Duration::from_secs(2)).is_some(), "{sent:?} did not end it");
        given_back(&terminal);
        assert!(desk.drafts().iter().any(|draft| draft.contains("kept whatever comes")), "{sent:?} lost the text");
    }
}

#[test]
fn t21_keys_that_stop_or_break_other_programs_are_only_keys_here() {
    let desk = Desk::new();
    let mut terminal = desk.start();
    terminal.keys("\x1a\x03\x1c");
    terminal.keys("?");
    terminal.wait_for("One row down.");
    signal(&terminal, Signal::CONT);
    terminal.keys("\x1b");
    terminal.wait("the help to close", |screen| !screen.contains("One row down."));
    terminal.keys("q");
    assert_eq!(terminal.left_within(PATIENCE), Some(0));
    given_back(&terminal);
}

#[cfg(debug_assertions)]
#[test]
fn t24_a_fault_of_our_own_gives_the_terminal_back_and_prints_no_data() {
    let desk = Desk::new();
    let mut terminal = desk.start_with(&[("CLOSELOOP_TEST_FAULT", "1"), ("RUST_BACKTRACE", "1")], WIDE);
    terminal.wait_for("next thing");
    terminal.keys("/fault");
    assert_eq!(terminal.left_within(PATIENCE), Some(101));
    given_back(&terminal);
    let shown = terminal.text();
    assert!(shown.contains("a fault in the program itself"), "{shown}");
    let written = String::from_utf8_lossy(&terminal.written).into_owned();
    assert!(!written.contains("canary"), "the fault's own words reached the terminal");
}

#[cfg(debug_assertions)]
#[test]
fn t24_a_fault_in_another_thread_leaves_the_screen_as_it_is_and_the_work_goes_on() {
    let desk = Desk::new();
    let mut terminal = desk.start_with(&[("CLOSELOOP_TEST_FAULT", "1"), ("RUST_BACKTRACE", "1")], WIDE);
    terminal.wait_for("next thing");
    terminal.keys("/afault\x1b");
    terminal.keys("?");
    terminal.wait_for("One row down.");
    let written = String::from_utf8_lossy(&terminal.written).into_owned();
    assert!(!written.contains("canary") && !written.contains("fault in the program"), "the fault's words reached the terminal");
    assert!(!terminal.is_cooked(), "the screen was given back while somebody works in it");
    terminal.keys("\x1bq");
    assert_eq!(terminal.left_within(PATIENCE), Some(0));
    given_back(&terminal);
}
