//! Somebody who may read the database and not write it: looking works while it is open somewhere, writing is refused.

use super::place::{NOW, Place};
use closeloop::store::Store;
use std::fs::{Permissions, set_permissions};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::process::{Command, Output};

/// Runs a copy of the program as "nobody", who may read what all may read.
fn as_nobody(place: &Place, args: &[&str]) -> Output {
    let program = place.folder.path().join("closeloop");
    if !program.exists() {
        // Somebody without root's rights may have no way to where it was built. Another process copies it: a file that
        // this one writes may still be held by what another test has just started, and then cannot be run.
        let copied = Command::new("cp").arg(env!("CARGO_BIN_EXE_closeloop")).arg(&program).status().unwrap();
        assert!(copied.success());
    }
    let mut command = Command::new(&program);
    command.args(args).env_clear().env("HOME", "/nonexistent").env("CLOSELOOP_DB", place.db()).env("CLOSELOOP_NOW", NOW);
    if rustix::process::geteuid().is_root() {
        command.uid(65_534).gid(65_534);
    }
    command.output().unwrap()
}

fn rights(place: &Place, file: u32, folder: u32) {
    set_permissions(place.db(), Permissions::from_mode(file)).unwrap();
    set_permissions(place.folder.path(), Permissions::from_mode(folder)).unwrap();
}

#[test]
fn looking_works_and_writing_is_refused_where_the_file_is_read_only() {
    let place = Place::council();
    let whole = place.run(&["list", "queue", "--json"]).done();
    // What the program makes is for nobody else until somebody says so.
    rights(&place, 0o644, 0o755);
    let mut open = Store::open(&place.db()).unwrap();
    open.write(|_| Ok(())).unwrap();
    // The copy has to be there before the folder closes.
    as_nobody(&place, &["--version"]);
    rights(&place, 0o444, 0o555);
    let said = as_nobody(&place, &["list", "queue", "--json"]);
    assert_eq!(String::from_utf8_lossy(&said.stdout), whole, "{}", String::from_utf8_lossy(&said.stderr));
    for args in [&["verify"][..], &["show", "2026-11"], &["list", "actions"], &["cycle", "card", "2026-11", "--check"]] {
        let said = as_nobody(&place, args);
        assert!(said.status.success(), "{args:?}: {}", String::from_utf8_lossy(&said.stderr));
    }
    let said = as_nobody(&place, &["cycle", "open", "--starts", "2027-06-01", "--focus", "Neglect", "--reason", "performance-data"]);
    let err = String::from_utf8_lossy(&said.stderr);
    assert_eq!(said.status.code(), Some(1));
    assert!(err.starts_with(&format!("closeloop: The database {} cannot be written", place.path("insights.db"))), "{err}");
    rights(&place, 0o644, 0o755);
}

#[test]
fn nobody_has_it_open_and_that_is_what_is_said() {
    let place = Place::council();
    as_nobody(&place, &["--version"]);
    rights(&place, 0o444, 0o555);
    let said = as_nobody(&place, &["list", "queue"]);
    let err = String::from_utf8_lossy(&said.stderr);
    assert_eq!((said.status.code(), said.stdout.len()), (Some(1), 0));
    assert!(err.contains("cannot be looked at now: its folder is read-only for you and nobody has it open."), "{err}");
    assert!(err.contains("closeloop backup"), "{err}");
    let said = as_nobody(&place, &["backup", &place.path("copy.db")]);
    assert!(String::from_utf8_lossy(&said.stderr).contains("cannot be looked at now"));
    rights(&place, 0o644, 0o755);
}
