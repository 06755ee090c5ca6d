//! The journal grows for ever: what is asked of it by object has to be found by an index, whatever its length.

use super::source::{self, Source};
use super::{none, over, snippet};
use crate::support::world::World;
use rusqlite::Connection;

/// Statements that look for an object without saying what the index by object holds. Within the history of one review there
/// is no need to: its rows are few.
fn check_by_object(source: &Source) -> Vec<String> {
    let asks = |text: &&(usize, String)| text.1.contains("object = ?") && !text.1.contains("j.review = ?") && !text.1.contains("NOT GLOB");
    let found = source.strings.iter().filter(asks);
    found.map(|(line, _)| format!("{}:{line}: rows about an object are asked for with {{ABOUT}}", source.path)).collect()
}

#[test]
fn rows_of_the_journal_are_found_by_object_through_the_index() {
    none(over("src", check_by_object));
    let journal = source::all("src").iter().find(|source| source.path == "src/store/journal.rs").unwrap();
    let (_, about) = journal.strings.iter().find(|(_, text)| text.starts_with("j.object = ?1")).unwrap();
    let world = World::council();
    let file = Connection::open(world.path()).unwrap();
    let plan: String = file
        .query_row(&format!("EXPLAIN QUERY PLAN SELECT j.seq FROM journal j WHERE {about} ORDER BY j.seq DESC LIMIT 1"), ["x"], |row| {
            row.get(3)
        })
        .unwrap();
    assert!(plan.starts_with("SEARCH j USING COVERING INDEX journal_object"), "{plan}");
}

#[test]
fn a_search_through_the_whole_journal_is_caught() {
    let caught = |sql: &str| check_by_object(&snippet("src/store/read/made_up.rs", &format!("let sql = \"{sql}\";"))).len();
    assert_eq!(caught("SELECT seq FROM journal WHERE object = ?1"), 1);
    assert_eq!(caught("SELECT j.seq FROM journal j WHERE {ABOUT}"), 0);
    assert_eq!(caught("SELECT j.seq FROM journal j WHERE j.review = ?2 AND j.object = ?1"), 0);
}
