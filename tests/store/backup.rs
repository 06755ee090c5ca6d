//! Backups beside writers, and restores that never lose what was there.

use crate::store::child;
use crate::support::world::World;
use closeloop::domain::review::AnswerValue;
use closeloop::store::{Store, StoreError, backup, restore, verify};
use rusqlite::Connection;

fn quiet() -> impl FnMut(u64, u64) {
    |_, _| {}
}

#[test]
fn a_backup_taken_while_another_process_writes_is_whole_and_holds_all_that_was_acknowledged_before() {
    let world = World::ready();
    let path = world.path();
    let mut writer = child::start("write", &path, "CR-0001");
    for round in 0..3 {
        let acked: i64 = (0..5).filter_map(|_| writer.hears()).last().unwrap().split(' ').next().unwrap().parse().unwrap();
        let to = path.with_file_name(format!("backup-{round}.db"));
        let found = backup(&path, &to, &mut quiet()).unwrap();
        assert!(found.clean(), "{:?}", found.problems);
        assert!(found.rows as i64 >= acked, "row {acked} was acknowledged, the backup ends at {}", found.rows);
        assert_eq!(Store::open(&to).unwrap().reading().journal_length().unwrap(), found.rows);
    }
    writer.kill();
}

#[test]
fn a_backup_never_overwrites() {
    let world = World::council();
    let to = world.path().with_file_name("backup.db");
    std::fs::write(&to, "mine").unwrap();
    let said = backup(&world.path(), &to, &mut quiet()).unwrap_err().to_string();
    assert!(said.ends_with("A backup never overwrites; give a new name."), "{said}");
    assert_eq!(std::fs::read_to_string(&to).unwrap(), "mine");
    assert!(backup(&world.path(), &world.folder().join("no/such/folder.db"), &mut quiet()).is_err());
}

#[test]
fn a_restore_takes_the_place_of_a_file_only_when_told_and_keeps_the_old_one() {
    let mut world = World::ready();
    let path = world.path();
    let saved = path.with_file_name("backup.db");
    backup(&path, &saved, &mut quiet()).unwrap();
    let deed = world.edit("CR-0001", "n/strengths", AnswerValue::Text("Written after the backup".into()));
    world.do_("Ida Ross", deed);
    let newest = world.store.reading().tail().unwrap();
    let World { store, folder, .. } = world;
    drop(store);
    let said = restore(&saved, &path, false, &mut quiet()).unwrap_err().to_string();
    assert!(said.contains("Add --replace to put the backup in its place"), "{said}");
    assert_eq!(Store::open(&path).unwrap().reading().tail().unwrap(), newest, "nothing was touched");
    let kept = restore(&saved, &path, true, &mut quiet()).unwrap().kept.unwrap();
    assert_eq!(Store::open(&path).unwrap().reading().tail().unwrap().seq, newest.seq - 1);
    assert_eq!(Store::open(&kept).unwrap().reading().tail().unwrap(), newest, "with everything its log still held");
    // Once more: the second one kept has a name of its own.
    let again = restore(&saved, &path, true, &mut quiet()).unwrap().kept.unwrap();
    assert_ne!(again, kept);
    assert!(kept.exists() && again.exists());
    for file in [&path, &kept, &again] {
        assert!(verify(file, None, &mut quiet()).unwrap().clean(), "{}", file.display());
    }
    drop(folder);
}

#[test]
fn a_restore_refuses_while_somebody_has_the_database_open() {
    let world = World::ready();
    let path = world.path();
    let saved = path.with_file_name("backup.db");
    backup(&path, &saved, &mut quiet()).unwrap();
    let before = world.store.reading().tail().unwrap();
    let said = restore(&saved, &path, true, &mut quiet()).unwrap_err().to_string();
    assert!(said.contains("is in use. Ask everybody to leave closeloop, then restore again; nothing was changed."), "{said}");
    assert_eq!(world.store.reading().tail().unwrap(), before);
    let names = |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
    let mut left: Vec<String> = std::fs::read_dir(world.folder()).unwrap().map(names).collect();
    left.retain(|name| name.contains("restoring") || name.contains("replaced"));
    assert_eq!(left, Vec::<String>::new(), "no half-made file is left behind");
}

#[test]
fn a_restore_of_a_backup_that_is_not_clean_touches_nothing() {
    let world = World::ready();
    let path = world.path();
    let saved = path.with_file_name("backup.db");
    backup(&path, &saved, &mut quiet()).unwrap();
    Connection::open(&saved).unwrap().execute("UPDATE review SET original_grade = 3 WHERE id = 1", []).unwrap();
    let to = path.with_file_name("elsewhere.db");
    let said = restore(&saved, &to, true, &mut quiet()).unwrap_err().to_string();
    assert!(said.contains("is not clean, so it was not restored: Table review, row 1: original_grade"), "{said}");
    assert!(!to.exists());
    let text = path.with_file_name("notes.txt");
    std::fs::write(&text, "no backup at all".repeat(100)).unwrap();
    assert!(matches!(restore(&text, &to, true, &mut quiet()), Err(StoreError::Foreign(_))));
}

#[test]
fn a_restore_to_an_empty_place_makes_the_database() {
    let world = World::ready();
    let saved = world.path().with_file_name("backup.db");
    backup(&world.path(), &saved, &mut quiet()).unwrap();
    let to = world.path().with_file_name("elsewhere.db");
    assert_eq!(restore(&saved, &to, false, &mut quiet()).unwrap().kept, None);
    assert_eq!(Store::open(&to).unwrap().reading().tail().unwrap(), world.store.reading().tail().unwrap());
}
