//! Speed as a person meets it: what it takes to build, to import, to start and to move, measured through a real terminal.
//!
//! `cargo bench` prints a table with the aims beside what was measured, and one JSON line a figure. No figure fails the
//! run: machines differ, and a busy one says little. `CLOSELOOP_BENCH_REVIEWS=200,2000` builds councils of other sizes;
//! `CLOSELOOP_BENCH_STARTS`, `CLOSELOOP_BENCH_MOVES` and `CLOSELOOP_BENCH_IDLE` (seconds) shorten the rest.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a measurement that cannot go on should say where")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "its figures are for whoever runs it")]

#[path = "../support/annex_a.rs"]
mod annex_a;
mod build;
mod drive;
mod figures;
#[path = "../support/pty.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod pty;

use figures::Figures;
use std::ffi::OsString;

/// A number from the environment, or the usual one.
fn setting(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
}

/// The program that is measured: this build's, or that of `CLOSELOOP_BENCH_PROGRAM`.
fn program() -> OsString {
    std::env::var_os("CLOSELOOP_BENCH_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_closeloop").into())
}

fn main() {
    let sizes: Vec<u32> = match std::env::var("CLOSELOOP_BENCH_REVIEWS") {
        Ok(list) => list.split(',').filter_map(|size| size.trim().parse().ok()).collect(),
        Err(_) => vec![1_000, 100_000],
    };
    let folder = tempfile::tempdir().unwrap();
    let mut figures = Figures::default();
    build::import(folder.path(), &mut figures);
    build::draw(folder.path(), &mut figures);
    for reviews in sizes {
        let path = folder.path().join(format!("council-{reviews}.db"));
        build::demo(&path, reviews, &mut figures);
        drive::everything(&path, reviews, &mut figures);
    }
    figures.print();
}
