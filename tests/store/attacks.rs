//! Somebody with the file and time: fourteen attacks on the journal, and which of them need an anchor kept elsewhere.
//!
//! The attacker drops the triggers, does the deed and puts the triggers back as they were.

use crate::support::world::World;
use closeloop::domain::review::AnswerValue;
use closeloop::store::{Anchor, Entry, Hash, anchor_line, backup, detail_hash, parse_anchor, verify};
use rusqlite::{Connection, params};
use std::path::{Path, PathBuf};

/// A council whose journal ends with three answers, and its head as it was written down elsewhere.
fn victim() -> (World, Anchor) {
    let mut world = World::ready();
    for (name, text) in [("n/strengths", "Kestrel"), ("n/impact", "Safer"), ("n/voice", "I like her")] {
        let deed = world.edit("CR-0001", name, AnswerValue::Text(text.into()));
        world.do_("Amina Khan", deed);
    }
    let tail = world.store.reading().tail().unwrap();
    (world, Anchor { seq: tail.seq, hash: tail.hash })
}

fn problems(path: &Path, anchor: Option<Anchor>) -> Vec<String> {
    verify(path, anchor, &mut |_, _| {}).unwrap().problems
}

/// Does something to the file with the triggers out of the way.
fn attack(path: &Path, deed: impl FnOnce(&Connection)) {
    let raw = Connection::open(path).unwrap();
    let triggers: Vec<(String, String)> = raw
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    raw.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    for (name, _) in &triggers {
        raw.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    deed(&raw);
    for (_, sql) in &triggers {
        raw.execute_batch(sql).unwrap();
    }
}

/// What the card adds up: attacks, those seen with an anchor kept elsewhere, those seen without.
fn seen(attacks: usize, with_anchor: usize, without: usize) {
    let line = serde_json::json!({"test": "T42", "attacks": attacks, "seen_with_anchor": with_anchor, "seen_without": without});
    crate::support::rely::line(&line);
}

fn run(raw: &Connection, sql: &str) {
    raw.execute_batch(sql).unwrap();
}

/// What an attacker can do who knows how the chain is made: write every hash anew.
fn rechain(raw: &Connection) {
    let sql = "SELECT seq, batch, at, actor, session, kind, object, review FROM journal ORDER BY seq";
    let mut entries: Vec<Entry> = raw
        .prepare(sql)
        .unwrap()
        .query_map([], |row| {
            Ok(Entry {
                seq: row.get(0)?,
                batch: row.get(1)?,
                at: row.get(2)?,
                actor: row.get(3)?,
                session: row.get(4)?,
                kind: row.get(5)?,
                object: row.get(6)?,
                review: row.get(7)?,
                detail_hash: [0; 32],
            })
        })
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let mut previous: Hash = [0; 32];
    for entry in &mut entries {
        let detail = "SELECT salt, payload FROM journal_detail WHERE seq = ?1";
        let (salt, payload): (Vec<u8>, String) = raw.query_row(detail, [entry.seq], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        entry.detail_hash = detail_hash(&salt, &payload);
        let hash = entry.hash(&previous);
        let update = "UPDATE journal SET detail_hash = ?2, previous_hash = ?3, hash = ?4 WHERE seq = ?1";
        raw.execute(update, params![entry.seq, entry.detail_hash, previous, hash]).unwrap();
        previous = hash;
    }
}

#[test]
fn a_clean_file_is_clean_with_and_without_its_anchor() {
    let (world, anchor) = victim();
    assert_eq!(problems(&world.path(), None), Vec::<String>::new());
    assert_eq!(problems(&world.path(), Some(anchor)), Vec::<String>::new());
}

#[test]
fn t42_twelve_attacks_are_seen_without_an_anchor() {
    let table: [(&str, &str, String); 12] = [
        ("edit", "UPDATE journal SET actor = 'somebody' WHERE seq = 12", "Journal row 12 was changed".into()),
        ("delete in the middle", "DELETE FROM journal WHERE seq = 12; DELETE FROM journal_detail WHERE seq = 12", "gap before row 13".into()),
        (
            "cut the tail, tables left as they are",
            "DELETE FROM journal WHERE seq = $LAST; DELETE FROM journal_detail WHERE seq = $LAST",
            "Table answer holds rows the journal knows nothing of.".into(),
        ),
        (
            "reorder",
            "UPDATE journal SET seq = 999999 WHERE seq = 12; UPDATE journal SET seq = 12 WHERE seq = 13; UPDATE journal SET seq = 13 WHERE seq = 999999;",
            "Journal row 12 was changed".into(),
        ),
        ("gap in the numbers", "UPDATE journal SET seq = seq + 1, batch = batch WHERE seq = $LAST", "gap before row".into()),
        (
            "insert or replace",
            "INSERT OR REPLACE INTO journal SELECT seq, batch, at, 'forger', session, kind, object, review, detail_hash, previous_hash, hash
             FROM journal WHERE seq = 12",
            "Journal row 12 was changed".into(),
        ),
        (
            "a second row from the same place",
            "INSERT INTO journal SELECT seq + 1, batch, at, actor, session, kind, object, review, detail_hash, previous_hash, hash
             FROM journal WHERE seq = $LAST; INSERT INTO journal_detail SELECT seq + 1, salt, payload FROM journal_detail WHERE seq = $LAST",
            "was changed after it was written".into(),
        ),
        ("clock", "UPDATE journal SET at = at - 86400000 WHERE seq = 12", "Journal row 12 was changed".into()),
        (
            "detail swapped",
            "UPDATE journal_detail SET payload = replace(payload, 'Kestrel', 'Buzzard') WHERE payload LIKE '%Kestrel%'",
            "The detail of journal row".into(),
        ),
        (
            "detail and its hash swapped",
            "UPDATE journal_detail SET payload = replace(payload, 'Kestrel', 'Buzzard') WHERE payload LIKE '%Kestrel%'; $REHASH",
            "was changed after it was written".into(),
        ),
        ("two rows trade details", "$TRADE", "The detail of journal row".into()),
        (
            "a letter moved from the text into the salt",
            "PRAGMA ignore_check_constraints = ON;
             UPDATE journal_detail SET salt = CAST(salt || substr(payload, 1, 1) AS BLOB), payload = substr(payload, 2) WHERE seq = 12",
            "The detail of journal row 12 was changed".into(),
        ),
    ];
    let tried = table.len();
    for (name, sql, told) in table {
        let (world, anchor) = victim();
        let trade = "UPDATE journal_detail SET seq = -1 WHERE seq = 12; UPDATE journal_detail SET seq = 12 WHERE seq = 13;
                     UPDATE journal_detail SET seq = 13 WHERE seq = -1";
        let sql = sql.replace("$LAST", &anchor.seq.to_string()).replace("$TRADE", trade);
        let (sql, rehash) = match sql.strip_suffix("$REHASH") {
            Some(sql) => (sql.to_string(), true),
            None => (sql, false),
        };
        attack(&world.path(), |raw| {
            run(raw, &sql);
            if rehash {
                let seq = anchor.seq - 2;
                let (salt, payload): (Vec<u8>, String) = raw
                    .query_row("SELECT salt, payload FROM journal_detail WHERE seq = ?1", [seq], |row| Ok((row.get(0)?, row.get(1)?)))
                    .unwrap();
                raw.execute("UPDATE journal SET detail_hash = ?2 WHERE seq = ?1", params![seq, detail_hash(&salt, &payload)]).unwrap();
            }
        });
        let found = problems(&world.path(), None);
        assert!(found.iter().any(|problem| problem.contains(&told)), "{name}: {found:#?}");
        assert!(!problems(&world.path(), Some(anchor)).is_empty(), "{name}, with the anchor");
    }
    seen(tried, tried, tried);
}

#[test]
fn t42_a_dropped_or_changed_trigger_is_seen() {
    let (world, _) = victim();
    let raw = Connection::open(world.path()).unwrap();
    run(&raw, "DROP TRIGGER journal_is_never_cut");
    assert_eq!(problems(&world.path(), None), ["The trigger journal_is_never_cut is missing."]);
    run(&raw, "CREATE TRIGGER journal_is_never_cut BEFORE DELETE ON journal WHEN 0 BEGIN SELECT RAISE(ABORT, 'never'); END");
    assert_eq!(problems(&world.path(), None), ["The trigger journal_is_never_cut is not as this program made it."]);
    run(&raw, "CREATE TABLE hidden (id INTEGER)");
    assert!(problems(&world.path(), None).contains(&"The table hidden is not of this program.".to_string()));
    seen(1, 1, 1);
}

#[test]
fn t42_an_old_backup_put_in_its_place_is_seen_only_with_the_anchor() {
    let (mut world, _) = victim();
    let old = world.path().with_file_name("old.db");
    backup(&world.path(), &old, &mut |_, _| {}).unwrap();
    let deed = world.edit("CR-0001", "n/strengths", AnswerValue::Text("Told since".into()));
    world.do_("Amina Khan", deed);
    let tail = world.store.reading().tail().unwrap();
    let anchor = Anchor { seq: tail.seq, hash: tail.hash };
    assert_eq!(problems(&old, None), Vec::<String>::new(), "by itself nothing is wrong with it");
    let cut = format!("The anchor names row {}, but the journal ends at {}: its end was cut off.", tail.seq, tail.seq - 1);
    assert_eq!(problems(&old, Some(anchor)), [cut]);
    seen(1, 1, 0);
}

#[test]
fn t42_a_journal_written_anew_is_seen_only_with_the_anchor() {
    let (world, anchor) = victim();
    attack(&world.path(), |raw| {
        run(raw, "UPDATE journal_detail SET payload = replace(payload, 'Kestrel', 'Buzzard') WHERE payload LIKE '%Kestrel%'");
        run(raw, "UPDATE answer SET value = replace(value, 'Kestrel', 'Buzzard')");
        rechain(raw);
    });
    assert_eq!(problems(&world.path(), None), Vec::<String>::new(), "hashes alone cannot tell");
    let told = format!("Row {} differs from the anchor: the journal was written anew.", anchor.seq);
    assert_eq!(problems(&world.path(), Some(anchor)), [told]);
    seen(1, 1, 0);
}

#[test]
fn t42_a_fork_that_went_another_way_is_seen_only_with_the_anchor() {
    let (mut world, _) = victim();
    let fork: PathBuf = world.path().with_file_name("fork.db");
    backup(&world.path(), &fork, &mut |_, _| {}).unwrap();
    let told = |world: &mut World, text: &str| {
        let deed = world.edit("CR-0002", "n/strengths", AnswerValue::Text(text.into()));
        world.do_("Amina Khan", deed);
    };
    told(&mut world, "What happened");
    let tail = world.store.reading().tail().unwrap();
    let anchor = Anchor { seq: tail.seq, hash: tail.hash };
    // The same council goes on from the fork, and further.
    world.store = closeloop::store::Store::open(&fork).unwrap();
    told(&mut world, "What should have happened");
    told(&mut world, "And then some");
    assert_eq!(problems(&fork, None), Vec::<String>::new());
    assert_eq!(problems(&fork, Some(anchor)), [format!("Row {} differs from the anchor: the journal was written anew.", anchor.seq)]);
    seen(1, 1, 0);
}

#[test]
fn a_file_with_more_faults_than_can_be_listed_says_so_and_blames_nothing_else() {
    let (world, anchor) = victim();
    attack(&world.path(), |raw| run(raw, "UPDATE journal SET session = 'forged'"));
    let found = problems(&world.path(), Some(anchor));
    assert_eq!(found.last().unwrap(), "More was found; the list stops here.");
    assert!(found[..found.len() - 1].iter().all(|problem| problem.ends_with("was changed after it was written.")), "{found:#?}");
}

#[test]
fn an_anchor_is_read_out_of_whatever_surrounds_it() {
    let (world, anchor) = victim();
    let line = anchor_line(anchor.seq, &anchor.hash);
    assert_eq!(world.assert_verified().head, line);
    let logged = format!("Nov 19 14:06:01 jump closeloop[812]: {line} (verified)\n");
    assert_eq!(parse_anchor(&line), Some(anchor));
    assert_eq!(parse_anchor(&logged), Some(anchor));
    let older = anchor_line(3, &[7; 32]);
    assert_eq!(parse_anchor(&format!("{older}\n{logged}\n\nsomething else\n")), Some(anchor), "the last one counts");
    assert_eq!(parse_anchor(&line.to_uppercase().replace("CLOSELOOP-ANCHOR", "closeloop-anchor")), Some(anchor));
    for nonsense in ["", "closeloop-anchor", "closeloop-anchor 12", "closeloop-anchor twelve 00", "closeloop-anchor 12 abc"] {
        assert_eq!(parse_anchor(nonsense), None, "{nonsense}");
    }
    let odd = format!("closeloop-anchor 12 {}", "é".repeat(32));
    let signs = format!("closeloop-anchor 12 {}", "+f".repeat(32));
    assert_eq!((parse_anchor(&odd), parse_anchor(&signs)), (None, None));
}
