//! The tables are what the journal says: rebuilding them finds whatever was changed past it.

use crate::support::world::World;
use closeloop::store::verify;
use rusqlite::Connection;

/// A council in which every table holds something.
fn lived_in() -> World {
    use closeloop::domain::deed::{Deed, PanelDeed};
    use closeloop::domain::panel::SittingWanted;
    let mut world = World::ready();
    let deed = world.action("CR-0001", "Noor Carter", "Bring the chronology up to date");
    world.do_("Amina Khan", deed);
    world.is_done(1, "Noor Carter");
    let person = world.person("Cara Poole");
    let (from, until) = (world.today(), world.today());
    world.do_("Amina Khan", Deed::RecordAbsence { person, from, until, reason: "leave".into(), deputy: None });
    let chair = Some(world.person("Iris Tamm"));
    world.do_("Iris Tamm", Deed::Panel(PanelDeed::Plan(SittingWanted::on(world.today(), "10:00", chair))));
    world.through_as("CR-0001", "finalised", 1);
    let facts = world.review("CR-0002");
    let approver = Some(world.person("Iris Tamm"));
    let deed = Deed::Substitute { review: facts.review.id, seen: facts.revision, incoming: None, reason: "Moved".into(), approver };
    world.do_("Amina Khan", deed);
    world
}

#[test]
fn a_life_of_deeds_rebuilds_to_the_same_tables() {
    let found = lived_in().assert_verified();
    assert!(found.rows > 100, "{}", found.rows);
}

#[test]
fn a_table_changed_past_the_journal_is_named_with_its_row_and_column() {
    let table = [
        ("UPDATE review SET original_grade = 3 WHERE id = 1", "Table review, row 1: original_grade is not what the journal says."),
        ("UPDATE review SET due_on = '2030-01-01' WHERE id = 3", "Table review, row 3: due_on is not what the journal says."),
        ("UPDATE person SET role = 'Director' WHERE id = 11", "Table person, row 11: role is not what the journal says."),
        ("UPDATE person SET reviewing = 5 WHERE id = 11", "Table person, row 11: reviewing is not what the journal says."),
        ("UPDATE cycle SET finalised = 7", "Table cycle, row 1: finalised is not what the journal says."),
        ("UPDATE team SET service = '' WHERE id = 2", "Table team, row 2: service is not what the journal says."),
        ("UPDATE subject SET open = 0 WHERE id = 9", "Table subject, row 9: open is not what the journal says."),
        ("UPDATE action SET due_on = '2030-01-01'", "Table action, row 1: due_on is not what the journal says."),
        ("UPDATE alert SET closed_at = 1", "Table alert, row 1: closed_at is not what the journal says."),
        ("UPDATE framework SET text = text || ' '", "Table framework, row merton: text is not what the journal says."),
        ("UPDATE setting SET value = 'sefton@1'", "Table setting, row framework: value is not what the journal says."),
        ("UPDATE panel SET chair = NULL", "Table panel, row 1: chair is not what the journal says."),
        ("UPDATE answer SET value = '{\"scale\":10}' WHERE field = 'overall'", "Table answer, row 1: value is not what the journal says."),
        ("UPDATE review_step SET on_day = '2026-11-01'", "Table review_step, row 1: on_day is not what the journal says."),
        ("DELETE FROM holiday WHERE day = '2026-12-25'", "Table holiday lacks rows the journal knows of."),
        ("DELETE FROM absence", "Table absence lacks rows the journal knows of."),
        ("DELETE FROM substitution", "Table substitution lacks rows the journal knows of."),
        ("UPDATE draw SET body = replace(body, '7', '8')", "Table draw, row 1: body is not what the journal says."),
        ("UPDATE imported_file SET rows = 1", "row"),
        ("INSERT INTO team (id, name, service) VALUES (99, 'Ghosts', '')", "Table team holds rows the journal knows nothing of."),
    ];
    let world = lived_in();
    let path = world.path();
    for (sql, told) in table {
        let mut raw = Connection::open(&path).unwrap();
        let copy = path.with_file_name("tampered.db");
        // A copy for each, so that one does not hide another.
        let _ = std::fs::remove_file(&copy);
        raw.execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
        raw = Connection::open(&copy).unwrap();
        raw.execute_batch("PRAGMA journal_mode = WAL").unwrap();
        assert!(raw.execute(sql, []).unwrap() > 0, "{sql} changes nothing");
        drop(raw);
        let found = verify(&copy, None, &mut |_, _| {}).unwrap();
        assert!(found.problems.iter().any(|problem| problem.contains(told)), "{sql}: {:#?}", found.problems);
    }
}

#[test]
fn a_row_that_points_nowhere_is_found() {
    let world = lived_in();
    let raw = Connection::open(world.path()).unwrap();
    raw.execute_batch("PRAGMA foreign_keys = OFF; UPDATE review SET reviewer = 999 WHERE id = 1").unwrap();
    let found = verify(&world.path(), None, &mut |_, _| {}).unwrap();
    assert!(found.problems.contains(&"1 row points to rows that are not there (review).".to_string()), "{:#?}", found.problems);
}

#[test]
fn verifying_tells_how_far_it_is_and_ends_at_the_end() {
    let world = lived_in();
    let mut told = Vec::new();
    let found = verify(&world.path(), None, &mut |done, all| told.push((done, all))).unwrap();
    assert_eq!(told.last(), Some(&(found.rows, found.rows)));
}
