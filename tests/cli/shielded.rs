//! T29 and the rest of what the program gives up at its start, asked of the kernel while it runs.

use super::place::Place;
use crate::support::pty::{PATIENCE, Terminal};
use closeloop::demo::COORDINATOR;
use std::ffi::OsStr;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// The workstation over a made-up council, on its first screen.
fn running(place: &Place, env: &[(&str, &str)]) -> Terminal {
    let db = place.db();
    let args: [&OsStr; 4] = ["--db".as_ref(), db.as_ref(), "--as".as_ref(), COORDINATOR.as_ref()];
    let mut terminal = Terminal::start(env!("CARGO_BIN_EXE_closeloop"), &args, env, (120, 40));
    terminal.wait_for("next thing");
    terminal
}

fn status(pid: u32, name: &str) -> String {
    let text = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim().to_string()
}

#[test]
fn t29_the_running_program_leaves_no_core_and_may_start_nothing() {
    let place = Place::council();
    let terminal = running(&place, &[]);
    let pid = terminal.pid();
    assert_eq!(status(pid, "NoNewPrivs:"), "1");
    assert_eq!(status(pid, "Seccomp:"), "2");
    assert_eq!(status(pid, "Umask:"), "0077");
    let limits = std::fs::read_to_string(format!("/proc/{pid}/limits")).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"], "{core}");
    // What cannot be dumped belongs to the administrator, whoever runs it.
    use std::os::unix::fs::MetadataExt;
    assert_eq!(std::fs::metadata(format!("/proc/{pid}/environ")).unwrap().uid(), 0);
    for thread in std::fs::read_dir(format!("/proc/{pid}/task")).unwrap() {
        let text = std::fs::read_to_string(thread.unwrap().path().join("status")).unwrap();
        assert!(text.contains("Seccomp:\t2"), "a thread was started before it was confined:\n{text}");
    }
}

#[test]
fn t29_a_fault_that_would_dump_core_leaves_none() {
    use rustix::process::{Pid, Signal, kill_process};
    use std::time::Duration;
    for signal in [Signal::SEGV, Signal::ABORT] {
        let place = Place::council();
        let mut terminal = running(&place, &[]);
        let pid = Pid::from_raw(terminal.pid() as i32).unwrap();
        kill_process(pid, signal).unwrap();
        // The first only makes the runtime look whether a stack has run over; a real fault would come again by itself.
        if terminal.left_within(Duration::from_millis(500)).is_none() {
            kill_process(pid, signal).unwrap();
            assert!(terminal.left_within(PATIENCE).is_some());
        }
        assert!(place.names().iter().all(|name| !name.starts_with("core")), "{:?}", place.names());
    }
}

#[test]
fn t28_whatever_the_shell_s_umask_nobody_else_may_read_what_is_made() {
    let place = Place::empty();
    place.run(&["demo", "--reviews", "20", "--out", &place.path("insights.db")]);
    place.run(&["backup", &place.path("copy.db")]);
    place.run(&["actions", "print", "--out", &place.path("list.md")]);
    for name in ["insights.db", "copy.db", "list.md"] {
        let mode = std::fs::metadata(place.folder.path().join(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{name}");
    }
    let shared = place.folder.path().join("shared");
    std::fs::create_dir(&shared).unwrap();
    std::fs::set_permissions(&shared, PermissionsExt::from_mode(0o2770)).unwrap();
    let db = shared.join("insights.db");
    place.run(&["demo", "--reviews", "20", "--out", db.to_str().unwrap()]);
    place.run(&["--db", db.to_str().unwrap(), "backup", shared.join("copy.db").to_str().unwrap()]);
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&shared.join("copy.db")), 0o660, "the group of a shared folder may use what is made in it");
}

#[test]
fn the_workstation_s_own_files_go_on_working() {
    let place = Place::council();
    let mut terminal = running(&place, &[]);
    // A form keeps a draft beside the database; that is a file made, written and synced inside of what is allowed.
    terminal.keys("q");
    assert_eq!(terminal.left_within(PATIENCE), Some(0), "{}", terminal.text());
    assert!(place.names().contains(&"drafts.db".to_string()), "{:?}", place.names());
}
