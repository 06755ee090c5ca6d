//! No change without its journal row, and none of the two without the other at any moment. T41.

use crate::house_rules::source;
use crate::store::child;
use crate::support::rely;
use crate::support::world::World;
use closeloop::demo::{self, DemoWanted};
use closeloop::profiles::Catalog;
use closeloop::store::verify;
use rusqlite::Connection;
use std::collections::BTreeSet;

/// The tables whose rows say by which row of the journal they are as they are.
fn dated_tables(file: &Connection) -> Vec<String> {
    let sql =
        "SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'revision' ORDER BY 1";
    file.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

#[test]
fn t41_at_every_moment_each_change_has_its_journal_row_and_each_row_its_detail() {
    let looks = rely::times(400, 5_000);
    let world = World::ready();
    let mut writers = [child::start("write", &world.path(), "CR-0001"), child::start("write", &world.path(), "CR-0002")];
    for writer in &mut writers {
        writer.hears().unwrap();
    }
    let file = Connection::open(world.path()).unwrap();
    let tables = dated_tables(&file);
    assert!(tables.len() > 8 && tables.iter().any(|table| table == "answer"), "{tables:?}");
    let newest = tables.iter().map(|table| format!("coalesce((SELECT max(revision) FROM {table}), 0)")).collect::<Vec<_>>().join(", ");
    // One statement sees one moment, whoever writes meanwhile. The rows that an earlier moment has seen are not counted again: the
    // thousandth look would take as long as the first hundred.
    let sql = format!(
        "SELECT max({newest}), (SELECT max(seq) FROM journal), ?1 + (SELECT count(*) FROM journal WHERE seq > ?1),
           ?1 + (SELECT count(*) FROM journal_detail WHERE seq > ?1), (SELECT max(revision) FROM answer)"
    );
    let mut moment = file.prepare(&sql).unwrap();
    let (mut ahead, mut without_detail, mut behind, mut moments, mut known) = (0, 0, 0, BTreeSet::new(), 0);
    while moments.len() < looks {
        let (newest, seq, rows, details, answer): (i64, i64, i64, i64, i64) =
            moment.query_row([known], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))).unwrap();
        ahead += usize::from(newest > seq);
        without_detail += usize::from(rows != details || rows != seq);
        // The writers do nothing but save answers: the last row is always one whose answer is there.
        behind += usize::from(answer != seq);
        moments.insert(seq);
        known = seq;
        assert!(
            ahead + without_detail + behind == 0,
            "at row {seq}: {ahead} changes without a row, {without_detail} rows without a detail, {behind} rows without their change"
        );
    }
    for writer in &mut writers {
        writer.kill();
    }
    world.assert_verified();
    rely::line(&serde_json::json!({"test": "T41", "moments": moments.len(), "changes_without_row": ahead, "rows_without_change": behind}));
}

/// The kinds of change that the program knows: what every `kind` of a change gives.
fn all_kinds() -> BTreeSet<String> {
    let of_a_change = |path: &str| path.starts_with("src/domain/change/") || path == "src/domain/alert/event.rs";
    let mut kinds = BTreeSet::new();
    for source in source::all("src").iter().filter(|source| of_a_change(&source.path)) {
        for body in source.text.split("pub fn kind(&self) -> &'static str").skip(1) {
            let body = body.split("\n    }\n").next().unwrap();
            kinds.extend(body.split('"').skip(1).step_by(2).map(String::from));
        }
    }
    kinds
}

#[test]
fn t41_every_table_of_five_made_up_years_follows_from_its_journal() {
    let mut seen = BTreeSet::new();
    let mut rows = 0;
    for framework in ["merton", "sandwell", "sefton", "central-bedfordshire", "quarterly-learning"] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("council.db");
        let now = "2026-11-19T14:06:00Z".parse().unwrap();
        let wanted = DemoWanted { framework: framework.into(), reviews: rely::times(60, 400) as u32, seed: 41, now, faults: true };
        demo::build(&path, &Catalog::built_in(), &wanted, &mut |_, _| {}).unwrap();
        let found = verify(&path, None, &mut |_, _| {}).unwrap();
        assert!(found.clean(), "{framework}: {:#?}", found.problems);
        rows += found.rows;
        let file = Connection::open(&path).unwrap();
        let kinds = "SELECT DISTINCT kind FROM journal";
        seen.extend(file.prepare(kinds).unwrap().query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap));
    }
    let all = all_kinds();
    let strangers: Vec<&String> = seen.difference(&all).collect();
    rely::line(&serde_json::json!({"test": "T41", "journal_rows": rows, "kinds_of_change": seen.len(), "kinds_known": all.len()}));
    assert_eq!(strangers, Vec::<&String>::new());
    assert!(seen.len() * 5 > all.len() * 3, "the made-up years hold most kinds of change: {:?}", all.difference(&seen).collect::<Vec<_>>());
}
