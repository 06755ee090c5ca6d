//! The journal's own guards: triggers, the everyday writer's limits, one row for each change.

use crate::support::world::World;
use closeloop::domain::change::Change;
use closeloop::domain::review::AnswerValue;
use closeloop::store::Store;
use rusqlite::Connection;

fn raw(world: &World) -> Connection {
    let raw = Connection::open(world.path()).unwrap();
    raw.execute_batch("PRAGMA recursive_triggers = ON").unwrap();
    raw
}

const COPY: &str = "seq, batch, at, actor, session, kind, object, review, detail_hash, previous_hash, hash FROM journal";

#[test]
fn the_journal_is_never_changed_cut_replaced_or_left_with_a_gap() {
    let world = World::ready();
    let raw = raw(&world);
    let last = world.store.reading().tail().unwrap().seq;
    let row = format!("INSERT INTO journal SELECT {COPY} WHERE seq = {last}");
    let moved = |seq: String| row.replace("SELECT seq", &format!("SELECT {seq}"));
    let linked = |seq: i64| moved(seq.to_string()).replace("previous_hash, hash", "hash, hash");
    let refused = [
        ("the journal is never changed", "UPDATE journal SET at = at + 1 WHERE seq = 2".to_string()),
        ("the journal is never changed", "UPDATE journal SET actor = 'nobody'".to_string()),
        ("the journal is never cut", format!("DELETE FROM journal WHERE seq = {last}")),
        ("the journal is never cut", "DELETE FROM journal WHERE seq = 2".to_string()),
        ("the journal is a chain", row.replace("INSERT", "INSERT OR REPLACE")),
        ("the journal is a chain", row.replace("INSERT", "REPLACE")),
        ("the journal is a chain", moved((last + 1).to_string())),
        ("the journal is a chain", linked(last + 2)),
        ("the journal is a chain", linked(last)),
        ("the journal is a chain", linked(1)),
        ("a detail is never changed", "UPDATE journal_detail SET payload = '{}' WHERE seq = 2".to_string()),
        ("a detail comes with its row", "INSERT OR REPLACE INTO journal_detail VALUES (2, zeroblob(16), '{}')".to_string()),
        ("a detail comes with its row", format!("REPLACE INTO journal_detail VALUES ({last}, zeroblob(16), '{{}}')")),
        ("a detail comes with its row", format!("INSERT INTO journal_detail VALUES ({}, zeroblob(16), '{{}}')", last + 1)),
    ];
    for (why, sql) in refused {
        let error = raw.execute_batch(&sql).unwrap_err().to_string();
        assert!(error.contains(why), "{sql}: {error}");
    }
    world.assert_verified();
}

#[test]
fn the_everyday_writer_changes_no_schema_and_no_journal() {
    let mut world = World::ready();
    let denied = [
        "CREATE TABLE extra (id INTEGER)",
        "CREATE TEMP TABLE extra (id INTEGER)",
        "CREATE INDEX extra ON person (email)",
        "CREATE TRIGGER extra AFTER INSERT ON person BEGIN SELECT 1; END",
        "CREATE TEMP TRIGGER extra AFTER INSERT ON person BEGIN SELECT 1; END",
        "CREATE VIEW extra AS SELECT 1",
        "CREATE VIRTUAL TABLE extra USING fts5 (text)",
        "DROP TABLE answer",
        "DROP INDEX review_due",
        "DROP TRIGGER journal_is_never_cut",
        "ALTER TABLE person ADD COLUMN extra TEXT",
        "ALTER TABLE person RENAME TO people",
        "ATTACH DATABASE ':memory:' AS other",
        "REINDEX",
        "ANALYZE",
        "PRAGMA synchronous = OFF",
        "PRAGMA recursive_triggers = OFF",
        "PRAGMA foreign_keys = OFF",
        "PRAGMA writable_schema = ON",
        "PRAGMA user_version = 7",
        "UPDATE journal SET at = 0",
        "DELETE FROM journal",
        "UPDATE journal_detail SET payload = ''",
        "DELETE FROM journal_detail",
        "DELETE FROM sqlite_schema",
    ];
    for sql in denied {
        let error = world.store.rehearse(sql).unwrap_err().to_string();
        assert!(error.contains("not authorized") || error.contains("may not be modified"), "{sql}: {error}");
    }
    assert!(world.store.rehearse("UPDATE person SET email = 'x@example.org' WHERE id = 1").is_ok(), "the rehearsal itself works");
    assert!(world.store.rehearse("INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE seq = 1").is_err());
    world.assert_verified();
}

#[test]
fn every_change_is_one_row_of_the_journal_and_every_row_has_its_detail() {
    let mut world = World::ready();
    let before = world.store.reading().journal_length().unwrap();
    let deed = world.edit("CR-0001", "n/strengths", AnswerValue::Text("Trust".into()));
    let receipt = world.do_("Amina Khan", deed);
    assert_eq!((receipt.written.first, receipt.written.last), (before as i64 + 1, before as i64 + 1));
    world.through_as("CR-0001", "finalised", 1);
    let raw = raw(&world);
    let lonely: i64 = raw
        .query_row("SELECT count(*) FROM journal j LEFT JOIN journal_detail d ON d.seq = j.seq WHERE d.seq IS NULL", [], |row| row.get(0))
        .unwrap();
    assert_eq!(lonely, 0);
    let found = world.assert_verified();
    assert_eq!(found.rows, world.store.reading().journal_length().unwrap());
}

#[test]
fn a_reader_never_writes() {
    let world = World::council();
    let tail = world.store.reading().tail().unwrap();
    let other = Store::open(&world.path()).unwrap();
    assert_eq!(other.reading().tail().unwrap(), tail);
    assert_eq!(other.reading().journal_length().unwrap(), tail.seq as u64);
}

#[test]
fn details_can_be_erased_without_breaking_the_chain_and_it_is_said() {
    let mut world = World::ready();
    let deed = world.edit("CR-0001", "n/strengths", AnswerValue::Text("Trust".into()));
    let seq = world.do_("Amina Khan", deed).written.first;
    raw(&world).execute("DELETE FROM journal_detail WHERE seq = ?1", [seq]).unwrap();
    let found = closeloop::store::verify(&world.path(), None, &mut |_, _| {}).unwrap();
    assert_eq!(found.problems, [format!("The detail of journal row {seq} is missing.")], "the chain itself is whole");
    assert_eq!((found.erased, found.rows as i64), (0, seq), "nobody decided to erase it");
    let history = world.history("CR-0001");
    assert_eq!(history[0].what, "answered: its details were erased by law");
}

#[test]
fn a_journal_of_an_earlier_version_holds_a_row_for_each_answer_and_is_read_all_the_same() {
    let text = r#"{"answered":{"review":12,"field":"n/impact","answer":{"before":null,"after":{"text":"Safer"}}}}"#;
    let change: Change = serde_json::from_str(text).unwrap();
    assert_eq!((change.object().as_str(), change.sentence().as_str()), ("review/12/n/impact", "Form answered"));
    let Change::Answered(saved) = change else { panic!("an answer") };
    assert_eq!(saved.answers[0].answer.after, Some(AnswerValue::Text("Safer".into())));
}
