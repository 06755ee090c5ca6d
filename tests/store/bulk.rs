//! A file that is filled in bulk: nothing is asked row by row while it grows, and everything before it is one to work with.

use crate::support::world::World;
use closeloop::domain::change::{Change, Swap};
use closeloop::domain::deed::Actor;
use closeloop::domain::id::{PersonId, TeamId};
use closeloop::domain::person::Person;
use closeloop::store::Store;
use std::collections::BTreeSet;
use std::path::Path;

fn somebody(name: &str, team: Option<i64>) -> Change {
    Change::PersonRecorded(Swap::new(Person {
        id: PersonId(1),
        name: name.into(),
        role: "TM".into(),
        team: team.map(TeamId),
        service: String::new(),
        email: String::new(),
        login: "sam.m".into(),
        line_manager: None,
        left_on: None,
    }))
}

/// Fills a new file with one person and ends its growing.
fn grown(path: &Path, change: Change) -> Result<(), String> {
    grown_by(path, "sam.m", change, |_| {})
}

/// The same by somebody, and with what happens to the file meanwhile.
fn grown_by(path: &Path, login: &str, change: Change, meanwhile: impl FnOnce(&rusqlite::Connection)) -> Result<(), String> {
    let mut store = Store::create_for_bulk(path).unwrap();
    let actor = Actor { login: login.into(), person: None, name: "Sam".into(), role: String::new(), session: "1".into() };
    let now = World::ready().now;
    store.write(|tx| tx.write(&actor, now, &[change])).unwrap();
    meanwhile(&rusqlite::Connection::open(path).unwrap());
    store.grown().map_err(|error| error.to_string())
}

#[test]
fn a_file_that_grew_in_bulk_has_the_log_of_every_other_and_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bulk.db");
    grown(&path, somebody("Sam Miller", None)).unwrap();
    let raw = rusqlite::Connection::open(&path).unwrap();
    let mode: String = raw.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
    drop(raw);
    // And it is worked with as any other, under every setting of the recipe.
    let store = Store::open(&path).unwrap();
    assert_eq!(store.reading().people().unwrap()[0].name, "Sam Miller");
}

#[test]
fn a_row_that_breaks_a_condition_or_points_nowhere_is_found_before_the_file_is_one_to_work_with() {
    let folder = tempfile::tempdir().unwrap();
    let nameless = grown(&folder.path().join("nameless.db"), somebody("", None)).unwrap_err();
    assert!(nameless.contains("CHECK constraint failed in person"), "{nameless}");
    let astray = grown(&folder.path().join("astray.db"), somebody("Sam Miller", Some(77))).unwrap_err();
    assert!(astray.contains("a row of person would point at no row of team"), "{astray}");
}

#[test]
fn a_file_that_grew_has_every_index_and_trigger_of_an_ordinary_one() {
    let folder = tempfile::tempdir().unwrap();
    let (bulk, ordinary) = (folder.path().join("bulk.db"), folder.path().join("ordinary.db"));
    drop(Store::create(&ordinary).unwrap());
    let schema = |raw: &rusqlite::Connection| -> BTreeSet<String> {
        let mut statement = raw.prepare("SELECT type || ' ' || name || coalesce(sql, '') FROM sqlite_master").unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    let whole = schema(&rusqlite::Connection::open(&ordinary).unwrap());
    let mut growing = BTreeSet::new();
    grown_by(&bulk, "sam.m", somebody("Sam Miller", None), |raw| growing = schema(raw)).unwrap();
    assert!(growing.len() < whole.len() && growing.is_subset(&whole), "it grows without some of them");
    assert_eq!(schema(&rusqlite::Connection::open(&bulk).unwrap()), whole);
}

#[test]
fn a_journal_that_breaks_a_condition_or_is_no_chain_is_found_before_the_file_is_one_to_work_with() {
    let folder = tempfile::tempdir().unwrap();
    let grown = |name: &str, login: &str, meanwhile: &dyn Fn(&rusqlite::Connection)| {
        grown_by(&folder.path().join(name), login, somebody("Sam Miller", None), meanwhile).unwrap_err()
    };
    let nobody = grown("nobody.db", "", &|_| {});
    assert!(nobody.contains("CHECK constraint failed in journal"), "{nobody}");
    for (name, sql) in [
        ("forked", "UPDATE journal SET previous_hash = randomblob(32)"),
        ("gap", "UPDATE journal SET seq = seq + 1; UPDATE journal_detail SET seq = seq + 1"),
        ("bare", "DELETE FROM journal_detail"),
        ("astray", "INSERT INTO journal_detail SELECT seq + 7, salt, payload FROM journal_detail"),
    ] {
        let broken = grown(name, "sam.m", &|raw| {
            raw.execute_batch(
                "PRAGMA foreign_keys = OFF; DROP TRIGGER journal_is_never_changed; DROP TRIGGER journal_detail_is_never_changed",
            )
            .unwrap();
            raw.execute_batch(sql).unwrap();
        });
        assert!(broken.contains("its journal is no chain"), "{name}: {broken}");
    }
}
