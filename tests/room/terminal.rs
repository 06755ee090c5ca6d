//! The real program in a real terminal: it comes up, takes another size, is left, and goes when its line drops.

use crate::support::pty::Terminal;
use closeloop::demo::{DemoWanted, build};
use closeloop::profiles::Catalog;
use rustix::process::{Pid, Signal, kill_process};
use std::ffi::OsStr;
use std::path::Path;
use std::time::Duration;

const NOW: &str = "2026-11-19T14:06:00Z";

fn start(db: &Path, size: (u16, u16)) -> Terminal {
    let args = ["--db", db.to_str().unwrap(), "display"].map(OsStr::new);
    let mut terminal = Terminal::start(env!("CARGO_BIN_EXE_closeloop"), &args, &[("CLOSELOOP_NOW", NOW)], size);
    terminal.wait_for("The next sitting:");
    terminal
}

#[test]
fn it_is_left_by_a_key_and_goes_when_its_line_drops() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("demo.db");
    let wanted = DemoWanted { framework: "merton".into(), reviews: 40, seed: 7, now: NOW.parse().unwrap() };
    build(&db, &Catalog::built_in(), &wanted, &mut |_, _| {}).unwrap();
    for keys in ["q", "\u{1b}", "\u{3}"] {
        let mut terminal = start(&db, (80, 24));
        terminal.keys(keys);
        assert!(terminal.left_within(Duration::from_secs(5)).is_some(), "{keys:?}");
    }
    let mut terminal = start(&db, (80, 24));
    terminal.hang_up();
    assert!(terminal.left_within(Duration::from_secs(5)).is_some());
    let mut terminal = start(&db, (80, 24));
    kill_process(Pid::from_raw(terminal.pid() as i32).unwrap(), Signal::TERM).unwrap();
    assert!(terminal.left_within(Duration::from_secs(5)).is_some());
    // Nothing was written by any of them.
    let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| name.to_str().unwrap().starts_with("demo.db")), "{names:?}");
}
