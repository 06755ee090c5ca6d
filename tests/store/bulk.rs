//! A file that is filled in bulk: nothing is asked row by row while it grows, and everything before it is one to work with.

use crate::support::world::World;
use closeloop::domain::change::{Change, Swap};
use closeloop::domain::deed::Actor;
use closeloop::domain::id::{PersonId, TeamId};
use closeloop::domain::person::Person;
use closeloop::store::Store;
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
    let mut store = Store::create_for_bulk(path).unwrap();
    let actor = Actor { login: "sam.m".into(), person: None, name: "Sam".into(), role: String::new(), session: "1".into() };
    let now = World::ready().now;
    store.write(|tx| tx.write(&actor, now, &[change])).unwrap();
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
