//! A report for which there is no room, or whose folder takes no file: a sentence, no half file, and what was there stays.

use crate::cli::place::Place;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

/// A disk of its own with hardly any room, taken away again when dropped; none where mounting is not allowed.
struct TinyDisk(tempfile::TempDir);

impl TinyDisk {
    fn new() -> Option<TinyDisk> {
        let folder = tempfile::tempdir().unwrap();
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=256k", "tmpfs"]).arg(folder.path()).output();
        mount.is_ok_and(|done| done.status.success()).then_some(TinyDisk(folder))
    }
}

impl Drop for TinyDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

const KIND: [&str; 4] = ["report", "2026-10", "--kind", "collaborative-review"];

#[test]
fn a_full_disk_leaves_no_half_report_and_the_older_one_as_it_was() {
    let Some(disk) = TinyDisk::new() else { return };
    let folder = disk.0.path();
    std::fs::write(folder.join("older.docx"), "as it was").unwrap();
    std::fs::write(folder.join("ballast"), vec![0u8; 252 << 10]).unwrap();
    let place = Place::council();
    for name in ["new.docx", "new.html", "new.md", "new.xlsx", "new.csv", "older.docx"] {
        let path = folder.join(name).display().to_string();
        let said = place.run(&[&KIND[..], &["--out", &path, "--force"]].concat()).refused();
        assert!(said.contains("the disk is full. Nothing was changed. Free some space"), "{name}: {said}");
    }
    assert_eq!(names(folder), ["ballast", "older.docx"]);
    assert_eq!(std::fs::read_to_string(folder.join("older.docx")).unwrap(), "as it was");
    // With room again the same command goes through.
    std::fs::write(folder.join("ballast"), "").unwrap();
    let path = folder.join("older.docx").display().to_string();
    assert_eq!(place.run(&[&KIND[..], &["--out", &path, "--force"]].concat()).code, 0);
    assert!(std::fs::read(folder.join("older.docx")).unwrap().starts_with(b"PK"));
}

#[test]
fn a_limit_on_the_size_of_files_is_a_sentence_and_no_sudden_end() {
    let place = Place::council();
    let path = place.path("limited.docx");
    // Enough for the log that is written beside the database, and too little for a report in Word.
    let line = format!("ulimit -f 72; exec \"$0\" --db \"$1\" {} --out \"$2\"", KIND.join(" "));
    let mut command = Command::new("sh");
    command.args(["-c", &line, env!("CARGO_BIN_EXE_closeloop"), &place.path("insights.db"), &path]);
    let done = command.envs(place.env.iter().map(|(name, value)| (*name, value.as_str()))).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(said.contains("Nothing was changed."), "{said}");
    assert!(!place.names().iter().any(|name| name.contains("limited")), "{:?}", place.names());
}

#[test]
fn a_folder_that_takes_no_file_is_named_with_what_to_do() {
    let Some(disk) = TinyDisk::new() else { return };
    let folder = disk.0.path();
    std::fs::write(folder.join("older.md"), "as it was").unwrap();
    let mount = Command::new("mount").args(["-o", "remount,ro"]).arg(folder).status().unwrap();
    assert!(mount.success());
    let place = Place::council();
    for name in ["new.md", "older.md"] {
        let path = folder.join(name).display().to_string();
        let said = place.run(&[&KIND[..], &["--out", &path, "--force"]].concat()).refused();
        assert!(said.contains("is read-only for you") && said.contains("Ask for write access"), "{said}");
    }
    assert_eq!(std::fs::read_to_string(folder.join("older.md")).unwrap(), "as it was");
    // As the folder's own rights have it, where rights count at all.
    let closed = tempfile::tempdir().unwrap();
    std::fs::set_permissions(closed.path(), std::fs::Permissions::from_mode(0o500)).unwrap();
    if std::fs::write(closed.path().join("probe"), "").is_err() {
        let path = closed.path().join("new.md").display().to_string();
        let said = place.run(&[&KIND[..], &["--out", &path]].concat()).refused();
        assert!(said.contains("is read-only for you"), "{said}");
    }
}
