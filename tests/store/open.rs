//! Opening: what is refused and how it is said, and that every setting of the recipe holds.

use crate::store::child::{self, Child};
use crate::support::world::World;
use closeloop::store::{APPLICATION_ID, OLDEST_SQLITE, Store, StoreError, check_sqlite, network_kind};
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
fn the_bundled_sqlite_is_safe_and_an_old_one_is_refused() {
    assert!(rusqlite::version_number() >= OLDEST_SQLITE);
    assert!(check_sqlite(OLDEST_SQLITE, "3.51.3").is_ok());
    for (number, name) in [(3_051_002, "3.51.2"), (3_040_001, "3.40.1"), (3_007_000, "3.7.0")] {
        let said = check_sqlite(number, name).unwrap_err().to_string();
        assert!(said.contains(&format!("SQLite {name}, which can lose data")), "{said}");
    }
}

#[test]
fn network_file_systems_are_known_by_their_numbers_and_local_ones_are_not() {
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
    assert!(refusal(folder.path()).contains("is a folder."));
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
        assert_eq!(said, format!("{} is not a closeloop database. Nothing was changed. Give another file with --db.", path.display()));
        assert_eq!(std::fs::read(path).unwrap(), before, "{}", path.display());
        let names = |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
        let beside: Vec<String> = std::fs::read_dir(folder.path()).unwrap().map(names).filter(|name| name.contains("-wal")).collect();
        assert_eq!(beside, Vec::<String>::new());
    }
}

#[test]
fn a_newer_schema_is_refused_by_readers_and_by_writers_that_were_open_already() {
    let world = World::council();
    let path = world.path();
    let mut open_before = Store::open(&path).unwrap();
    open_before.write(|_| Ok(())).unwrap();
    Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    assert!(matches!(Store::open(&path), Err(StoreError::Newer { found: 99, .. })));
    let said = open_before.write(|_| Ok(())).unwrap_err().to_string();
    assert!(said.contains("was written by a newer closeloop (schema 99, this program knows 1)"), "{said}");
}

#[test]
fn a_writer_that_waited_for_an_upgrade_refuses_to_write_after_it() {
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
        upgrading.execute_batch("PRAGMA user_version = 1").unwrap();
    }
}

#[test]
fn a_read_only_file_or_folder_is_refused_at_once() {
    for (file, folder) in [(0o444, 0o755), (0o644, 0o555), (0o444, 0o555)] {
        let world = World::council();
        let path = world.path();
        drop(world.store);
        let kept = world.folder;
        let said = child::without_rights(&path, file, folder);
        let expected = format!("{} cannot be written: it or its folder is read-only for you.", path.display());
        assert!(said.starts_with(&expected), "file {file:o}, folder {folder:o}: {said}");
        drop(kept);
    }
}

/// Played by a child without root's rights: opens a file and says how that went.
pub fn open_and_say(child: &Child) {
    match Store::open(&child.path) {
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
    assert!(said.ends_with("is there already. Give another name, or move it away."), "{said}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    let nowhere = folder.path().join("no/such/folder/council.db");
    let said = Store::create(&nowhere).map(drop).unwrap_err().to_string();
    assert_eq!(said, format!("{}: would lie in no folder. Make it first.", nowhere.display()));
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
