//! A full disk: the person is told, nothing acknowledged is lost, and work goes on once there is room.

use crate::store::child::{self, Child};
use crate::support::rely;
use crate::support::world::World;
use closeloop::domain::review::AnswerValue;
use closeloop::store::{Doing, Store, StoreError, verify};
use std::path::Path;
use std::process::Command;

/// A small disk of its own, taken away again when dropped.
struct SmallDisk {
    folder: tempfile::TempDir,
    mounted: bool,
}

impl SmallDisk {
    /// Four megabytes of memory as a disk; where mounting is not allowed, the child limits itself instead.
    fn new() -> SmallDisk {
        let folder = tempfile::tempdir().unwrap();
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=4m", "tmpfs"]).arg(folder.path()).output();
        let mounted = mount.is_ok_and(|done| done.status.success());
        SmallDisk { folder, mounted }
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        if self.mounted {
            let _ = Command::new("umount").arg("-l").arg(self.folder.path()).status();
        }
    }
}

/// Played by the child: writes until the disk refuses, says how, waits for room by asking for it, and goes on.
pub fn fill_the_disk(child: &Child) {
    if child.argument == "limit" {
        // Without a disk of its own: no file may grow beyond four megabytes. Linux also sends a signal, which is not wanted.
        let _ignored = signal_hook::flag::register(25, std::sync::Arc::default()).unwrap();
        let limit = rustix::process::Rlimit { current: Some(4 << 20), maximum: None };
        rustix::process::setrlimit(rustix::process::Resource::Fsize, limit).unwrap();
    }
    let mut world = World::open(&child.path);
    let long = "All day long the same. ".repeat(2_000);
    let mut refused = false;
    for round in 0..2_000 {
        let deed = world.edit("CR-0001", "n/strengths", AnswerValue::Text(format!("{round} {long}")));
        match world.try_("Amina Khan", deed) {
            Ok(receipt) if !refused => child.say(&format!("saved {} {round}", receipt.written.last)),
            Ok(receipt) => {
                child.say(&format!("went on {} {round}", receipt.written.last));
                return;
            }
            Err(error) if !refused => {
                refused = true;
                child.say(&format!("refused {error}"));
                // What was there before can still be read while the disk is full.
                child.say(&format!("reads {}", world.review("CR-0001").answers["n/strengths"].value.text().split(' ').next().unwrap()));
                make_room(&child.path, child.argument == "limit");
            }
            Err(error) => panic!("there is room again, but: {error}"),
        }
    }
}

fn make_room(path: &Path, limited: bool) {
    if limited {
        let limit = rustix::process::Rlimit { current: None, maximum: None };
        rustix::process::setrlimit(rustix::process::Resource::Fsize, limit).unwrap();
    } else {
        std::fs::remove_file(path.with_file_name("ballast")).unwrap();
    }
}

#[test]
fn t05_a_full_disk_is_said_loses_nothing_and_goes_on_when_there_is_room() {
    let disk = SmallDisk::new();
    let world = World::ready();
    let template = world.path();
    drop(world.store);
    let path = disk.folder.path().join("council.db");
    std::fs::copy(&template, &path).unwrap();
    let argument = if disk.mounted {
        std::fs::write(disk.folder.path().join("ballast"), vec![0u8; 1 << 20]).unwrap();
        "disk"
    } else {
        "limit"
    };
    let mut child = child::start("fill", &path, argument);
    let (mut newest, mut saved) = (0, 0);
    let (mut refusals, mut went_on) = (0, false);
    for said in child.hears_all() {
        match said.split_once(' ').unwrap() {
            ("saved", rest) => (newest, saved) = (rest.split_once(' ').unwrap().0.parse().unwrap(), saved + 1),
            ("refused", sentence) => {
                refusals += 1;
                assert!(sentence.starts_with("Not saved: the disk"), "{sentence}");
                assert!(sentence.contains("Nothing was changed."), "{sentence}");
            }
            ("reads", round) => assert!(round.parse::<u32>().is_ok(), "the last text that was saved is there"),
            ("went", rest) => {
                went_on = true;
                let seq: i64 = rest.split(' ').nth(1).unwrap().parse().unwrap();
                assert_eq!(seq, newest + 1, "nothing of the refused save was left behind");
                newest = seq;
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(child.ended_well());
    assert_eq!((refusals, went_on), (1, true));
    let store = Store::open(&path).unwrap();
    assert_eq!(store.reading().tail().unwrap().seq, newest);
    drop(store);
    let found = verify(&path, None, &mut |_, _| {}).unwrap();
    assert!(found.clean(), "{:?}", found.problems);
    rely::line(&serde_json::json!({"test": "T05", "saved": saved, "refused": refusals, "lost": 0, "went_on": true, "on": argument}));
}

#[test]
fn a_full_disk_speaks_of_text_only_to_somebody_who_typed() {
    for trouble in [StoreError::Full, StoreError::Disk, StoreError::Busy] {
        let said = |doing| trouble(Doing::Reading).doing(doing).to_string();
        for doing in [Doing::Reading, Doing::Writing, Doing::Copying] {
            assert!(!said(doing).contains("text"), "{}", said(doing));
        }
        assert!(said(Doing::Typing).starts_with("Not saved: ") && said(Doing::Typing).contains("Your text is kept."));
        assert!(said(Doing::Reading).starts_with("The database could not be read: "), "{}", said(Doing::Reading));
        assert!(said(Doing::Copying).starts_with("The file could not be made: "), "{}", said(Doing::Copying));
    }
}
