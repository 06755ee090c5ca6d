//! Opening: what is refused and how it is said, and that every setting of the recipe holds.

use crate::store::child::{self, Child};
use crate::support::world::World;
use closeloop::store::{APPLICATION_ID, LADDER, OLDEST_SQLITE, Store, StoreError, check_sqlite, known, network_kind};
use rusqlite::Connection;
use std::path::Path;

fn refusal(path: &Path) -> String {
    Store::open(path).map(drop).unwrap_err().to_string()
}

#[test]
fn every_setting_of_the_recipe_is_in_force_on_both_connections() {
    let mut world = World::council();
    let wanted = [
        ("journal_mode", "wal"),
        ("query_only", "1"),
        ("synchronous", "2"),
        ("foreign_keys", "1"),
        ("recursive_triggers", "1"),
        ("trusted_schema", "0"),
        ("cell_size_check", "1"),
        ("mmap_size", "0"),
        ("temp_store", "2"),
        ("secure_delete", "1"),
        ("journal_size_limit", "67108864"),
        ("wal_autocheckpoint", "1000"),
        ("cache_size", "-2048"),
    ];
    let found = world.store.settings().unwrap();
    assert_eq!(found.len(), wanted.len());
    for ((name, value), (found, reading, writing)) in wanted.into_iter().zip(found) {
        assert_eq!((found, reading.as_str()), (name, value));
        assert_eq!(writing, if name == "query_only" { "0" } else { value }, "{name}");
    }
}

#[test]
fn t13_the_bundled_sqlite_is_safe_and_an_old_one_is_refused() {
    assert!(rusqlite::version_number() >= OLDEST_SQLITE);
    assert!(check_sqlite(OLDEST_SQLITE, "3.51.3").is_ok());
    for (number, name) in [(3_051_002, "3.51.2"), (3_040_001, "3.40.1"), (3_007_000, "3.7.0")] {
        let said = check_sqlite(number, name).unwrap_err().to_string();
        assert!(said.contains(&format!("SQLite {name}, which can lose data")), "{said}");
    }
}

#[test]
fn t14_network_file_systems_are_known_by_their_numbers_and_local_ones_are_not() {
    let table = [
        (0x6969, Some("NFS")),
        (0x517B, Some("SMB")),
        (0xFF53_4D42, Some("CIFS")),
        (0xFE53_4D42, Some("SMB2")),
        (0x6573_5546, Some("FUSE")),
        (0x0102_1997, Some("9P")),
        (0xEF53, None),
        (0x5846_5342, None),
        (0x9123_683E, None),
        (0x0102_1994, None),
        (0x794C_7630, None),
    ];
    for (magic, kind) in table {
        assert_eq!(network_kind(magic), kind, "{magic:#x}");
    }
}

#[test]
fn a_missing_file_says_how_to_make_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("no.db");
    assert_eq!(
        refusal(&path),
        format!(
            "There is no database at {}. Make one with `closeloop init --framework ID`, or look around with `closeloop demo`.",
            path.display()
        )
    );
    assert!(!path.exists(), "looking for it does not make it");
}

#[test]
fn a_folder_is_no_database() {
    let folder = tempfile::tempdir().unwrap();
    assert!(refusal(folder.path()).starts_with("There is a folder at "));
}

#[test]
fn what_belongs_to_another_program_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "Shopping list\n".repeat(400)).unwrap();
    let empty = folder.path().join("empty.db");
    std::fs::write(&empty, "").unwrap();
    let foreign = folder.path().join("places.sqlite");
    Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE places (url TEXT); PRAGMA application_id = 1").unwrap();
    for path in [&text, &empty, &foreign] {
        let before = std::fs::read(path).unwrap();
        let said = refusal(path);
        assert_eq!(
            said,
            format!("The file {} is not a closeloop database. Nothing was changed. Give another file with --db.", path.display())
        );
        assert_eq!(std::fs::read(path).unwrap(), before, "{}", path.display());
        let names = |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
        let beside: Vec<String> = std::fs::read_dir(folder.path()).unwrap().map(names).filter(|name| name.contains("-wal")).collect();
        assert_eq!(beside, Vec::<String>::new());
    }
}

#[test]
fn t12_a_newer_schema_is_refused_by_readers_and_by_writers_that_were_open_already() {
    let world = World::council();
    let path = world.path();
    let mut open_before = Store::open(&path).unwrap();
    open_before.write(|_| Ok(())).unwrap();
    Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    assert!(matches!(Store::open(&path), Err(StoreError::Newer { found: 99, .. })));
    let said = open_before.write(|_| Ok(())).unwrap_err().to_string();
    assert!(said.contains(&format!("was written by a newer closeloop (schema 99, this program knows {})", known(LADDER))), "{said}");
}

#[test]
fn t12_a_writer_that_waited_for_an_upgrade_refuses_to_write_after_it() {
    let world = World::council();
    let path = world.path();
    for _ in 0..20 {
        let mut waiting = Store::open(&path).unwrap();
        waiting.write(|_| Ok(())).unwrap();
        let upgrading = Connection::open(&path).unwrap();
        upgrading.execute_batch("BEGIN IMMEDIATE; PRAGMA user_version = 99").unwrap();
        let (begun, heard) = std::sync::mpsc::channel();
        let written = std::thread::spawn(move || {
            begun.send(()).unwrap();
            waiting.write(|_| Ok(()))
        });
        heard.recv().unwrap();
        // Long enough for the other thread to come to its wait; a writer that comes later sees the new schema anyway.
        for _ in 0..200 {
            std::thread::yield_now();
        }
        upgrading.execute_batch("COMMIT").unwrap();
        assert!(matches!(written.join().unwrap(), Err(StoreError::Newer { .. })));
        upgrading.pragma_update(None, "user_version", known(LADDER)).unwrap();
    }
}

/// Rights of the file and of its folder under which somebody who is neither owner nor root may read and not write.
const READ_ONLY: [(u32, u32); 3] = [(0o444, 0o755), (0o644, 0o555), (0o444, 0o777)];

#[test]
fn who_may_only_read_looks_while_somebody_has_the_database_open() {
    for (file, folder) in READ_ONLY {
        let mut world = World::ready();
        let written = world.at("2026-11-05T10:00:00Z").store.write(|_| Ok(()));
        written.unwrap();
        let rows = world.store.reading().journal_length().unwrap();
        let said = child::without_rights(&world.path(), file, folder);
        let refused = format!("The database {} cannot be written: it or its folder is read-only for you.", world.path().display());
        assert!(said.starts_with(&format!("looks at {rows} rows, clean true, {refused}")), "file {file:o}, folder {folder:o}: {said}");
        // The writer goes on as before.
        let deed = world.edit("CR-0001", "n/strengths", closeloop::domain::review::AnswerValue::Text("Still here".into()));
        world.do_("Amina Khan", deed);
    }
}

#[test]
fn who_may_only_read_is_told_when_to_look_and_leaves_no_log_behind() {
    for (file, folder) in READ_ONLY {
        let world = World::council();
        let path = world.path();
        drop(world.store);
        let kept = world.folder;
        let said = child::without_rights(&path, file, folder);
        let expected =
            format!("The database {} cannot be looked at now: its folder is read-only for you and nobody has it open.", path.display());
        assert!(said.starts_with(&expected), "file {file:o}, folder {folder:o}: {said}");
        assert_eq!(std::fs::read_dir(kept.path()).unwrap().count(), 1, "a log of the looker's would lock the writers out");
    }
}

#[test]
fn a_file_that_may_not_be_read_is_not_called_missing_or_read_only() {
    for (file, folder) in [(0o600, 0o755), (0o644, 0o700)] {
        let world = World::council();
        let said = child::without_rights(&world.path(), file, folder);
        assert!(said.starts_with(&format!("The database {} cannot be read: you have no right", world.path().display())), "{said}");
    }
}

/// Played by a child without root's rights: opens a file, looks, tries to write, and says how that went.
pub fn open_and_say(child: &Child) {
    match Store::open(&child.path) {
        Ok(mut store) if store.look_only() => {
            let rows = store.reading().journal_length().unwrap();
            let clean = closeloop::store::verify(&child.path, None, &mut |_, _| {}).unwrap().clean();
            let refused = store.write(|_| Ok(())).unwrap_err();
            child.say(&format!("looks at {rows} rows, clean {clean}, {refused}"));
        }
        Ok(_) => child.say("opened"),
        Err(error) => child.say(&error.to_string()),
    }
}

#[test]
fn making_a_database_never_touches_a_file_that_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("council.db");
    std::fs::write(&path, "mine").unwrap();
    let said = Store::create(&path).map(drop).unwrap_err().to_string();
    assert!(said.ends_with("is there already. Nothing was changed. Give another name, or move it away."), "{said}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    let nowhere = folder.path().join("no/such/folder/council.db");
    let said = Store::create(&nowhere).map(drop).unwrap_err().to_string();
    let (missing, file) = (nowhere.parent().unwrap().display(), nowhere.display());
    assert_eq!(said, format!("There is no folder {missing}, so {file} cannot be made in it. Make the folder first, or give another name."));
    assert!(!folder.path().join("no").exists(), "and it was not made in silence");
}

#[test]
fn a_new_file_is_marked_as_ours() {
    let world = World::council();
    let raw = Connection::open(world.path()).unwrap();
    let id: i64 = raw.query_row("PRAGMA application_id", [], |row| row.get(0)).unwrap();
    assert_eq!(id, APPLICATION_ID);
    let tables: Vec<String> = raw
        .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND NOT strict AND name NOT LIKE 'sqlite_%'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(tables, Vec::<String>::new(), "every table is STRICT");
}
