//! A terminal that nobody reads for a while: the text is kept all the same, and the picture is right afterwards.

use super::desk::Desk;
use crate::support::pty::{PATIENCE, Terminal, wait_for_files};
use crate::support::rely;
use rustix::process::{Pid, Signal, kill_process};
use std::time::{Duration, Instant};

/// Long enough for the program to have drawn everything it had to.
const QUIET: Duration = Duration::from_millis(700);

/// The screen once nothing more comes, without the clock in its first line.
pub fn settled(terminal: &mut Terminal) -> String {
    terminal.settle(QUIET);
    // Blanks at the end of a line may have been written or never touched; nobody sees the difference.
    terminal.text().lines().skip(1).map(str::trim_end).collect::<Vec<_>>().join("\n")
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

#[test]
fn t23_text_typed_before_the_terminal_froze_is_kept_and_the_picture_is_right_afterwards() {
    let desk = Desk::new();
    let mut terminal = desk.start_writing();
    terminal.keys("before the ice,");
    terminal.wait_for("before the ice,");
    let frozen = terminal.freeze();
    terminal.keys(" and thawed");
    // Nothing comes out of the terminal; the only thing looked at is the file of drafts.
    let kept =
        wait_for_files(desk.path().parent().unwrap(), PATIENCE, || desk.drafts().iter().any(|draft| draft.contains("before the ice,")));
    assert!(kept, "no draft was written while the terminal was frozen");
    // For a minute in full. Whoever hangs in a write holds nobody up meanwhile.
    let (seconds, mut saves, mut slowest) = (rely::times(1, 60) as u64, 0, Duration::ZERO);
    let frozen_at = Instant::now();
    let mut store = desk.store();
    while frozen_at.elapsed() < Duration::from_secs(seconds) {
        let start = Instant::now();
        store.write(|_| Ok(())).unwrap();
        (slowest, saves) = (slowest.max(start.elapsed()), saves + 1);
        rely::think(Duration::from_millis(100));
    }
    assert!(slowest < Duration::from_secs(1), "somebody waited {slowest:?} for a frozen terminal");
    frozen.thaw();
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
    rely::line(&serde_json::json!({"test": "T23", "seconds": seconds, "draft_kept": true, "turns_of_others": saves,
        "slowest_turn_ms": slowest.as_millis() as u64, "picture_right": true}));
}

#[test]
fn a_signal_ends_the_program_even_while_its_terminal_stands_still() {
    let desk = Desk::new();
    let mut terminal = desk.start();
    let _frozen = terminal.freeze();
    // A key that redraws: the program hangs in its write before the signal comes.
    terminal.keys("j");
    kill_process(Pid::from_raw(terminal.pid() as i32).unwrap(), Signal::TERM).unwrap();
    assert!(terminal.left_unread_within(Duration::from_secs(5)), "still there");
}
