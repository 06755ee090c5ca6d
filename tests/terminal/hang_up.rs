//! Lines that drop while somebody types: the process goes, the text stays.

use super::desk::Desk;
use crate::support::pty::Terminal;
use crate::support::rely;
use closeloop::runtime::random::seeded;
use rustix::process::{Pid, Signal, kill_process};
use std::time::{Duration, Instant};

/// Numbered words, so that a glance at the screen or a draft says how far it got.
fn word(number: u64) -> String {
    format!("note{number:04} ")
}

/// The highest numbered word in a text.
fn furthest(text: &str) -> Option<u64> {
    text.match_indices("note").filter_map(|(at, _)| text.get(at + 4..at + 8)?.parse().ok()).max()
}

/// Types numbered words until so many have been seen on the screen; gives the furthest that was seen.
fn type_until(terminal: &mut Terminal, shown: u64) -> u64 {
    let mut next = 0;
    loop {
        terminal.keys(word(next));
        next += 1;
        terminal.read(Duration::from_millis(10));
        match furthest(&terminal.text()) {
            Some(seen) if seen >= shown => return seen,
            _ => assert!(next < shown + 5_000, "nothing of what is typed is shown:\n{}", terminal.text()),
        }
    }
}

#[test]
fn t19_lines_that_drop_while_typing_leave_no_process_and_lose_nothing_that_was_on_the_screen() {
    let mut dice = seeded(19);
    let mut last = None;
    let rounds = rely::times(20, 200);
    let mut slowest = 0;
    for round in 0..rounds {
        let desk = Desk::new();
        let mut terminal = desk.start_writing();
        let shown = type_until(&mut terminal, 1 + dice() % 25);
        // Keys are still on their way in when the line drops.
        terminal.keys(word(9_000));
        let dropped = Instant::now();
        terminal.hang_up();
        assert!(terminal.left_within(Duration::from_secs(2)).is_some(), "round {round}: still there after {:?}", dropped.elapsed());
        slowest = slowest.max(dropped.elapsed().as_millis());
        let drafts = desk.drafts();
        let kept = drafts.iter().filter_map(|draft| furthest(&draft.replace("note9000", ""))).max();
        assert!(kept >= Some(shown), "round {round}: the screen showed {shown}, the drafts hold {kept:?}: {drafts:?}");
        last = Some(desk);
    }
    rely::line(&serde_json::json!({"test": "T19", "hang_ups": rounds, "gone": rounds, "slowest_ms": slowest as u64, "lost": 0}));
    let desk = last.unwrap();
    let mut again = desk.start_with(&[], super::desk::WIDE);
    again.wait_for(&desk.heading);
    again.keys("\r");
    again.wait_for("note0000");
}

#[test]
fn t20_text_older_than_three_seconds_outlives_a_kill_without_warning() {
    let kills = rely::times(2, 100);
    for _ in 0..kills {
        text_outlives_one_kill();
    }
    rely::line(&serde_json::json!({"test": "T20", "kills": kills, "restorable": kills, "lost_older_than_s": 3}));
}

fn text_outlives_one_kill() {
    let desk = Desk::new();
    let mut terminal = desk.start_writing();
    let shown = type_until(&mut terminal, 12);
    // Keeps typing, so that the pause after the last key never comes, until what was seen is three seconds old.
    let seen = Instant::now();
    let mut next = 5_000;
    while seen.elapsed() < Duration::from_secs(3) {
        terminal.keys(word(next));
        next += 1;
        terminal.read(Duration::from_millis(40));
    }
    kill_process(Pid::from_raw(terminal.pid() as i32).unwrap(), Signal::KILL).unwrap();
    assert!(terminal.left_within(Duration::from_secs(2)).is_some());
    let drafts = desk.drafts();
    assert!(drafts.iter().any(|draft| draft.contains(word(shown).trim())), "{shown} is not among {drafts:?}");
}
