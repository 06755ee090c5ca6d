//! A terminal that nobody reads for a while: the text is kept all the same, and the picture is right afterwards.

use super::desk::Desk;
use crate::support::pty::Terminal;
use rustix::process::{Pid, Signal, kill_process};
use std::time::{Duration, Instant};

/// Long enough for the program to have drawn everything it had to.
const QUIET: Duration = Duration::from_millis(700);

/// The screen once nothing more comes, without the clock in its first line.
pub fn settled(terminal: &mut Terminal) -> String {
    terminal.settle(QUIET);
    terminal.text().lines().skip(1).collect::<Vec<_>>().join("\n")
}

/// The screen after it has been drawn anew from nothing.
pub fn redrawn(terminal: &mut Terminal) -> String {
    let (rows, columns) = terminal.screen.screen().size();
    let (rows, columns) = (rows.get(), columns.get());
    terminal.screen = crate::support::pty::blank(columns, rows);
    let before = terminal.written.len();
    terminal.wait_for("closeloop");
    assert!(terminal.written.len() > before);
    settled(terminal)
}

/// Makes the program draw whole frames, one for each size, until no more fit between it and a terminal nobody reads.
fn freeze(terminal: &mut Terminal) {
    let (rows, columns) = terminal.screen.screen().size();
    let (rows, columns) = (rows.get(), columns.get());
    for turn in 0..16 {
        terminal.resize(columns - turn % 2, rows);
        crate::support::pty::pause(Duration::from_millis(30));
    }
    terminal.resize(columns, rows);
}

#[test]
fn text_typed_before_the_terminal_froze_is_kept_and_the_picture_is_right_afterwards() {
    let desk = Desk::new();
    let mut terminal = desk.start_writing();
    terminal.keys("before the ice,");
    terminal.wait_for("before the ice,");
    let frozen = Instant::now();
    freeze(&mut terminal);
    terminal.keys(" and thawed");
    // Nobody reads; the only thing looked at is the file of drafts.
    while !desk.drafts().iter().any(|draft| draft.contains("before the ice,")) {
        assert!(frozen.elapsed() < Duration::from_secs(10), "no draft was written while the terminal was frozen");
        crate::support::pty::pause(Duration::from_millis(50));
    }
    crate::support::pty::pause(Duration::from_secs(3).saturating_sub(frozen.elapsed()));
    terminal.wait_for("before the ice, and thawed");
    let after = settled(&mut terminal);
    // Another size and back draws it whole, over nothing.
    let (rows, columns) = terminal.screen.screen().size();
    let (rows, columns) = (rows.get(), columns.get());
    terminal.resize(columns - 1, rows);
    terminal.settle(QUIET);
    terminal.screen = crate::support::pty::blank(columns, rows);
    terminal.resize(columns, rows);
    terminal.wait_for("before the ice, and thawed");
    assert_eq!(after, settled(&mut terminal));
}

#[test]
fn a_signal_ends_the_program_even_while_nobody_reads_its_terminal() {
    let desk = Desk::new();
    let mut terminal = desk.start();
    freeze(&mut terminal);
    kill_process(Pid::from_raw(terminal.pid() as i32).unwrap(), Signal::TERM).unwrap();
    let start = Instant::now();
    while !terminal.has_left() {
        assert!(start.elapsed() < Duration::from_secs(5), "still there");
        crate::support::pty::pause(Duration::from_millis(20));
    }
}
