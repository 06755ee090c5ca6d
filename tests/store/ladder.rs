//! Upgrades: stepwise, in one transaction, a copy kept first, and only one of many starters does it.

use crate::store::child::{self, Child};
use crate::support::rely;
use crate::support::world::World;
use closeloop::store::{LADDER, Step, StoreError, known, upgrade};
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// The version the program's own ladder leads to.
const OWN: i64 = LADDER[LADDER.len() - 1].0;

/// The program's ladder with two more rungs, the last of which takes a while.
fn longer() -> Vec<Step> {
    let mut ladder = LADDER.to_vec();
    ladder.push((
        OWN + 1,
        "CREATE TABLE second (id INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT; INSERT INTO second (note) VALUES ('two');",
    ));
    ladder.push((OWN + 2, "ALTER TABLE second ADD COLUMN more TEXT NOT NULL DEFAULT ''; UPDATE second SET more = 'three';"));
    ladder
}

fn slow() -> Vec<Step> {
    let mut ladder = LADDER.to_vec();
    ladder.push((
        OWN + 1,
        "CREATE TABLE second (n INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
         INSERT INTO second WITH RECURSIVE counter (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < 60000)
         SELECT n, hex(randomblob(40)) FROM counter;",
    ));
    ladder
}

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
    let copy = upgrade(&mut raw, &path, &longer()).unwrap().unwrap();
    assert_eq!(copy, path.with_file_name(format!("council.db.before-upgrade-from-{OWN}")));
    assert_eq!(version(&raw), OWN + 2);
    let row: (String, String) = raw.query_row("SELECT note, more FROM second", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!(row, ("two".to_string(), "three".to_string()));
    let kept = Connection::open(&copy).unwrap();
    assert_eq!(version(&kept), OWN);
    assert_eq!(length(&copy), length(&path));
    assert_eq!(upgrade(&mut raw, &path, &longer()).unwrap(), None, "a file that is up to date is left alone");
    assert_eq!(copies(&path).len(), 1);
}

#[test]
fn a_step_that_fails_takes_the_whole_upgrade_back() {
    let world = World::council();
    let path = world.path();
    let mut raw = Connection::open(&path).unwrap();
    let mut broken = longer();
    broken[LADDER.len() + 1] = (OWN + 2, "CREATE TABLE third (id INTEGER PRIMARY KEY) STRICT; INSERT INTO nowhere VALUES (1);");
    assert!(upgrade(&mut raw, &path, &broken).is_err());
    assert_eq!(version(&raw), OWN);
    let tables: i64 = raw.query_row("SELECT count(*) FROM sqlite_schema WHERE name IN ('second', 'third')", [], |row| row.get(0)).unwrap();
    assert_eq!(tables, 0);
    assert!(raw.is_autocommit());
    // The first attempt's copy stays, and the next attempt keeps one of its own: work may have been done in between.
    upgrade(&mut raw, &path, &longer()).unwrap();
    assert_eq!(copies(&path).len(), 2);
}

#[test]
fn t12_a_newer_file_is_not_brought_down() {
    let world = World::council();
    let mut raw = Connection::open(world.path()).unwrap();
    upgrade(&mut raw, &world.path(), &longer()).unwrap();
    let refused = upgrade(&mut raw, &world.path(), LADDER);
    assert!(matches!(refused, Err(StoreError::Newer { found, known, .. }) if (found, known) == (OWN + 2, OWN)));
    assert_eq!(known(&longer()), OWN + 2);
}

#[test]
fn t12_of_twenty_that_start_at_once_exactly_one_upgrades() {
    let rounds = rely::times(1, 50);
    for _ in 0..rounds {
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
    rely::line(&serde_json::json!({"test": "T12", "starters": 20 * rounds, "rounds": rounds, "upgraded_twice": 0}));
}

/// Played by each of the twenty.
pub fn upgrade_and_say(child: &Child) {
    let mut raw = Connection::open(&child.path).unwrap();
    match upgrade(&mut raw, &child.path, &longer()) {
        Ok(Some(_)) => child.say("upgraded"),
        Ok(None) if version(&raw) == OWN + 2 => child.say("was up to date"),
        Ok(None) => child.say("not upgraded"),
        Err(error) => child.say(&error.to_string()),
    }
}

#[test]
fn t12_an_upgrade_that_is_killed_leaves_the_old_version_whole_and_can_be_done_again() {
    for round in 0..rely::times(8, 50) {
        let world = World::council();
        let path = world.path();
        let rows = length(&path);
        let mut upgrading = child::start("slow-upgrade", &path, "");
        assert_eq!(upgrading.hears().as_deref(), Some("begun"));
        for _ in 0..(round % 10) * 400_000 {
            std::hint::spin_loop();
        }
        upgrading.kill();
        drop(upgrading);
        let mut raw = Connection::open(&path).unwrap();
        let there: i64 = raw.query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'second'", [], |row| row.get(0)).unwrap();
        assert_eq!(version(&raw) == OWN + 1, there == 1, "half an upgrade");
        assert_eq!(length(&path), rows);
        upgrade(&mut raw, &path, &slow()).unwrap();
        let second: i64 = raw.query_row("SELECT count(*) FROM second", [], |row| row.get(0)).unwrap();
        assert_eq!((version(&raw), second), (OWN + 1, 60_000));
    }
}

/// Played by the one that is killed.
pub fn upgrade_slowly(child: &Child) {
    let mut raw = Connection::open(&child.path).unwrap();
    child.say("begun");
    upgrade(&mut raw, &child.path, &slow()).unwrap();
}

/// A file of the first version with one review and everything that points at it, as another program left it.
fn first_version() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    let raw = Connection::open(&path).unwrap();
    let mode: String = raw.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
    raw.execute_batch(&format!("PRAGMA application_id = {}; PRAGMA user_version = 1", closeloop::store::APPLICATION_ID)).unwrap();
    raw.execute_batch(LADDER[0].1).unwrap();
    raw.execute_batch(
        "INSERT INTO framework VALUES ('made-up', 1, '');
         INSERT INTO person VALUES (1, 'Noor Carter', 'N. Carter', 'carter', 'SW', NULL, '', '', '', NULL, NULL, 0, 1, 1);
         INSERT INTO subject VALUES (1, 'child', 'M-0001', '900001', 'cp', 9, 0, NULL, 1, NULL, 1, 1);
         INSERT INTO cycle VALUES (1, '2026-11', 'made-up', 1, '2026-11-01', NULL, '{}', 2, 1, 1, 0, 0, 0, 0, 1);
         INSERT INTO review (id, ref, cycle, kind, subject, case_type, practitioner, reviewer, opened_on, chosen, state, step, step_label,
           due_on, original_scaling, original_grade, grade, submitted_at, alerts, revision) VALUES
           (1, 'CR-0001', 1, 'cr', 1, 'cp', 1, 1, '2026-11-05', 'random', 'open', 'returned', 'Return', '2026-11-20', 2, 0, 0, 1, 1, 9),
           (2, 'CR-0002', 1, 'cr', 1, 'cp', 1, NULL, '2026-11-06', 'substitute', 'withdrawn', '', '', '9999-12-31', NULL, NULL, NULL, NULL, 0, 10);
         INSERT INTO review_step VALUES (1, 'allocated', '2026-11-05', '{}');
         INSERT INTO answer VALUES (1, 'overall', '2', 8);
         INSERT INTO alert (id, ref, review, what, opened_at, body, revision) VALUES (1, 'AL-0001', 1, 'reviewer', 1, '{}', 9);
         INSERT INTO action VALUES (1, 'A-0001', 1, 'Visit', 1, '2026-12-01', 0, 'open', '', 9);",
    )
    .unwrap();
    drop(raw);
    (folder, path)
}

#[test]
fn a_file_of_the_first_version_keeps_every_review_when_its_table_is_made_anew() {
    let (_folder, path) = first_version();
    let mut raw = Connection::open(&path).unwrap();
    raw.execute_batch("PRAGMA foreign_keys = ON").unwrap();
    let rows = |raw: &Connection| -> Vec<String> {
        let sql = "SELECT json_array(id, ref, cycle, subject, practitioner, reviewer, chosen, state, due_on, original_scaling, grade, submitted_at,
                   alerts, revision) FROM review ORDER BY id";
        raw.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let before = rows(&raw);
    upgrade(&mut raw, &path, LADDER).unwrap().expect("a copy is kept");
    assert_eq!(rows(&raw), before);
    assert_eq!(before.len(), 2);
    // Its cycles say when they begin, and it can keep registers.
    let (begins, entries): (String, i64) =
        raw.query_row("SELECT begins_on, (SELECT count(*) FROM entry) FROM cycle", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!((begins.as_str(), entries), ("2026-11-01", 0));
    // Foreign keys are enforced again, and those of other tables still mean the table of that name.
    let enforced: i64 = raw.query_row("PRAGMA foreign_keys", [], |row| row.get(0)).unwrap();
    assert_eq!(enforced, 1);
    assert!(raw.execute("INSERT INTO answer VALUES (3, 'overall', '2', 8)", []).is_err(), "there is no review 3");
    assert!(raw.execute("DELETE FROM review WHERE id = 1", []).is_err(), "its steps still point at it");
    let elsewhere: i64 = raw
        .query_row("SELECT count(*) FROM sqlite_schema WHERE sql LIKE '%review_wider%' AND name <> 'review'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(elsewhere, 0);
    // The wider list of ways is taken, with its reason; anything else is refused still.
    let named =
        "INSERT INTO review (id, ref, cycle, kind, subject, case_type, opened_on, chosen, state, step, step_label, due_on, revision, named)
                 VALUES (3, 'CR-0003', 1, 'cr', 1, 'cp', '2026-11-06', ?1, 'open', '', '', '9999-12-31', 11, ?2)";
    assert!(raw.execute(named, ["made-up", "{}"]).is_err());
    assert!(raw.execute(named, rusqlite::params!["showcase", None::<String>]).is_err(), "a showcase without its reason");
    assert_eq!(raw.execute(named, ["showcase", "{}"]).unwrap(), 1);
    let check: String = raw.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
}

#[test]
fn an_upgrade_after_which_a_row_would_point_at_nothing_is_taken_back() {
    let (_folder, path) = first_version();
    let mut raw = Connection::open(&path).unwrap();
    let broken = [LADDER[0], (2, "DELETE FROM review WHERE id = 1;")];
    let said = upgrade(&mut raw, &path, &broken).unwrap_err().to_string();
    assert!(said.contains("would point at no row of review"), "{said}");
    let reviews: i64 = raw.query_row("SELECT count(*) FROM review", [], |row| row.get(0)).unwrap();
    assert_eq!((version(&raw), reviews), (1, 2));
}
