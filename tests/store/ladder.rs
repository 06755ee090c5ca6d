//! Upgrades: stepwise, in one transaction, a copy kept first, and only one of many starters does it.

use crate::store::child::{self, Child};
use crate::support::world::World;
use closeloop::store::{LADDER, Step, StoreError, known, upgrade};
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// The version of a file that this program has made.
const NOW: i64 = LADDER[LADDER.len() - 1].0;

/// A ladder with two more rungs far above the program's own, the last of which takes a while.
const LONGER: &[Step] = &[
    LADDER[0],
    (102, "CREATE TABLE second (id INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT; INSERT INTO second (note) VALUES ('two');"),
    (103, "ALTER TABLE second ADD COLUMN more TEXT NOT NULL DEFAULT ''; UPDATE second SET more = 'three';"),
];
const SLOW: &[Step] = &[
    LADDER[0],
    (
        102,
        "CREATE TABLE second (n INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
         INSERT INTO second WITH RECURSIVE counter (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < 60000)
         SELECT n, hex(randomblob(40)) FROM counter;",
    ),
];

fn version(connection: &Connection) -> i64 {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap()
}

fn copies(path: &Path) -> Vec<PathBuf> {
    let folder = std::fs::read_dir(path.parent().unwrap()).unwrap();
    let mut found: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).filter(|path| is_copy(path)).collect();
    found.sort();
    found
}

fn is_copy(path: &Path) -> bool {
    path.to_string_lossy().contains("before-upgrade")
}

fn length(path: &Path) -> i64 {
    Connection::open(path).unwrap().query_row("SELECT count(*) FROM journal", [], |row| row.get(0)).unwrap()
}

#[test]
fn an_older_file_is_brought_up_step_by_step_and_a_copy_is_kept() {
    let world = World::council();
    let path = world.path();
    let mut raw = Connection::open(&path).unwrap();
    let copy = upgrade(&mut raw, &path, LONGER).unwrap().unwrap();
    assert_eq!(copy, path.with_file_name(format!("council.db.before-upgrade-from-{NOW}")));
    assert_eq!(version(&raw), 103);
    let row: (String, String) = raw.query_row("SELECT note, more FROM second", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!(row, ("two".to_string(), "three".to_string()));
    let kept = Connection::open(&copy).unwrap();
    assert_eq!(version(&kept), NOW);
    assert_eq!(length(&copy), length(&path));
    assert_eq!(upgrade(&mut raw, &path, LONGER).unwrap(), None, "a file that is up to date is left alone");
    assert_eq!(copies(&path).len(), 1);
}

#[test]
fn a_step_that_fails_takes_the_whole_upgrade_back() {
    let world = World::council();
    let path = world.path();
    let mut raw = Connection::open(&path).unwrap();
    let broken = [LONGER[0], LONGER[1], (103, "CREATE TABLE third (id INTEGER PRIMARY KEY) STRICT; INSERT INTO nowhere VALUES (1);")];
    assert!(upgrade(&mut raw, &path, &broken).is_err());
    assert_eq!(version(&raw), NOW);
    let tables: i64 = raw.query_row("SELECT count(*) FROM sqlite_schema WHERE name IN ('second', 'third')", [], |row| row.get(0)).unwrap();
    assert_eq!(tables, 0);
    assert!(raw.is_autocommit());
    // The first attempt's copy stays, and the next attempt keeps one of its own: work may have been done in between.
    upgrade(&mut raw, &path, LONGER).unwrap();
    assert_eq!(copies(&path).len(), 2);
}

#[test]
fn a_newer_file_is_not_brought_down() {
    let world = World::council();
    let mut raw = Connection::open(world.path()).unwrap();
    upgrade(&mut raw, &world.path(), LONGER).unwrap();
    let refused = upgrade(&mut raw, &world.path(), LADDER);
    assert!(matches!(refused, Err(StoreError::Newer { found: 103, known: NOW, .. })));
    assert_eq!(known(LONGER), 103);
}

#[test]
fn of_twenty_that_start_at_once_exactly_one_upgrades() {
    let world = World::council();
    let path = world.path();
    let rows = length(&path);
    let starters: Vec<_> = (0..20).map(|_| child::start("upgrade", &path, "")).collect();
    let said: Vec<String> = starters.into_iter().map(|mut starter| starter.hears().unwrap_or_else(|| "nothing".into())).collect();
    assert_eq!(said.iter().filter(|said| *said == "upgraded").count(), 1, "{said:?}");
    assert_eq!(said.iter().filter(|said| *said == "was up to date").count(), 19, "{said:?}");
    assert_eq!(copies(&path).len(), 1, "one copy, and no half one");
    assert_eq!(length(&copies(&path)[0]), rows);
    let second: i64 = Connection::open(&path).unwrap().query_row("SELECT count(*) FROM second", [], |row| row.get(0)).unwrap();
    assert_eq!(second, 1, "the step ran once");
}

/// Played by each of the twenty.
pub fn upgrade_and_say(child: &Child) {
    let mut raw = Connection::open(&child.path).unwrap();
    match upgrade(&mut raw, &child.path, LONGER) {
        Ok(Some(_)) => child.say("upgraded"),
        Ok(None) if version(&raw) == 103 => child.say("was up to date"),
        Ok(None) => child.say("not upgraded"),
        Err(error) => child.say(&error.to_string()),
    }
}

#[test]
fn an_upgrade_that_is_killed_leaves_the_old_version_whole_and_can_be_done_again() {
    for round in 0..8 {
        let world = World::council();
        let path = world.path();
        let rows = length(&path);
        let mut upgrading = child::start("slow-upgrade", &path, "");
        assert_eq!(upgrading.hears().as_deref(), Some("begun"));
        for _ in 0..round * 400_000 {
            std::hint::spin_loop();
        }
        upgrading.kill();
        drop(upgrading);
        let mut raw = Connection::open(&path).unwrap();
        let there: i64 = raw.query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'second'", [], |row| row.get(0)).unwrap();
        assert_eq!(version(&raw) == 102, there == 1, "half an upgrade");
        assert_eq!(length(&path), rows);
        upgrade(&mut raw, &path, SLOW).unwrap();
        let second: i64 = raw.query_row("SELECT count(*) FROM second", [], |row| row.get(0)).unwrap();
        assert_eq!((version(&raw), second), (102, 60_000));
    }
}

/// Played by the one that is killed.
pub fn upgrade_slowly(child: &Child) {
    let mut raw = Connection::open(&child.path).unwrap();
    child.say("begun");
    upgrade(&mut raw, &child.path, SLOW).unwrap();
}
