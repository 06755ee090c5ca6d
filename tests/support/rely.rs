//! The tests of reliability (T01 to T48): how often each tries, and the one line that it owes the card.
//!
//! A test tries a few times for every day and in earnest with `CLOSELOOP_RELY=full`; either way its line says how often.

use serde_json::Value;
use std::io::Write;
use std::path::PathBuf;

/// Whether the counts of the plan are wanted, and not those for every day.
pub fn full() -> bool {
    std::env::var_os("CLOSELOOP_RELY").is_some_and(|value| value == "full")
}

/// How often to try: for every day, or in full.
pub fn times(every_day: usize, in_full: usize) -> usize {
    if full() { in_full } else { every_day }
}

/// Prints what a test found as one line of JSON that begins with its number; `tests/reliability/run` makes the card of them.
pub fn line(card: &Value) {
    assert!(card["test"].as_str().is_some_and(|test| test.starts_with('T')), "a line names its test: {card}");
    let sized = if full() { "full" } else { "every day" };
    let mut card = card.clone();
    card["counts"] = sized.into();
    // A line of its own, whatever the harness has written before it; past the harness, which would hold it back.
    let mut out = std::io::stdout().lock();
    out.write_all(format!("\n{card}\n").as_bytes()).unwrap();
    out.flush().unwrap();
}

/// The value below which this share of the values lies.
pub fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(((sorted.len() as f64 - 1.0) * share).round() as usize).copied().unwrap_or(f64::NAN)
}

/// Lets time pass in a child that plays a person between two saves; no test waits so for anything to happen.
pub fn think(span: std::time::Duration) {
    let span = rustix::event::Timespec { tv_sec: span.as_secs() as i64, tv_nsec: i64::from(span.subsec_nanos()) };
    let _ = rustix::event::poll(&mut [], Some(&span));
}

/// The program that is tried: `CLOSELOOP_PROGRAM` names an optimised one, whose times are those that people have; else it is the
/// one of this build.
pub fn program() -> PathBuf {
    std::env::var_os("CLOSELOOP_PROGRAM").map_or_else(|| env!("CARGO_BIN_EXE_closeloop").into(), PathBuf::from)
}
