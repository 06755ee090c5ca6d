//! What is read together is of one moment; inside a transaction nothing is read twice and nothing old is read; and what every header
//! counts is counted from indexes alone.

use crate::support::world::World;
use closeloop::domain::change::{Change, Swap};
use closeloop::domain::deed::Deed;
use closeloop::domain::id::AbsenceId;
use closeloop::domain::person::{Absence, Person};
use closeloop::store::Store;

#[test]
fn while_a_reader_stands_still_what_others_write_is_not_there_and_then_it_is() {
    let mut world = World::ready();
    let reader = Store::open(&world.path()).unwrap();
    let focus = |store: &Store| store.reading().setting("council").unwrap();
    reader.stand_still().unwrap();
    assert_eq!(focus(&reader), None);
    world.do_("Amina Khan", Deed::Set { name: "council".into(), value: "Larkmoor".into() });
    assert_eq!(focus(&reader), None, "a frame would be of two moments");
    // Asked twice it is still the same moment.
    reader.stand_still().unwrap();
    assert_eq!(focus(&reader), None);
    reader.move_on().unwrap();
    assert_eq!(focus(&reader).as_deref(), Some("Larkmoor"));
    reader.move_on().unwrap();
}

#[test]
fn what_a_transaction_has_changed_is_read_anew_and_what_was_taken_back_is_as_before() {
    let mut world = World::ready();
    let before = world.review("CR-0001");
    let review = before.review.id;
    let (actor, now, today) = (world.actor("Amina Khan"), world.now, world.today());
    let moved = |next: i64| Change::LookBackSet {
        review,
        look_back: Swap::new(closeloop::domain::review::LookBack { from: today - chrono::Duration::days(next), why: "Longer".into() }),
    };
    let mut revisions = Vec::new();
    world
        .store
        .try_out(|tx| {
            for days in [400, 500] {
                // Read twice: the second time it is known.
                for _ in 0..2 {
                    revisions.push(tx.reading().review_without_form(review)?.map(|facts| (facts.revision, facts.look_back)));
                }
                tx.write(&actor, now, &[moved(days)])?;
            }
            revisions.push(tx.reading().review_without_form(review)?.map(|facts| (facts.revision, facts.look_back)));
            Ok(())
        })
        .unwrap();
    assert_eq!(revisions[0], revisions[1]);
    assert_eq!(revisions[2], revisions[3]);
    assert!(revisions[0] != revisions[2] && revisions[2] != revisions[4], "{revisions:?}");
    assert_eq!(world.review("CR-0001"), before);
}

#[test]
fn whoever_was_changed_inside_a_transaction_is_read_anew_in_it() {
    let mut world = World::ready();
    let (actor, now, today) = (world.actor("Amina Khan"), world.now, world.today());
    let (sam, iris) = (world.person("Sam Miller"), world.person("Iris Tamm"));
    let cycle = world.review("CR-0001").review.cycle;
    let mut seen = Vec::new();
    world
        .store
        .try_out(|tx| {
            let look = |tx: &closeloop::store::Tx<'_>| -> closeloop::store::StoreResult<_> {
                let reading = tx.reading();
                // Twice: the second time it is known.
                for _ in 0..2 {
                    reading.person(sam)?;
                    reading.stands_in_for(iris, today)?;
                    reading.setting("council")?;
                    reading.cycle_body(cycle)?;
                    reading.last_seq("holidays")?;
                }
                let stands_in = reading.stands_in_for(iris, today)?.iter().map(|person| person.name.clone()).collect::<Vec<_>>();
                let role = reading.person(sam)?.map(|person| person.role);
                Ok((role, stands_in, reading.setting("council")?, reading.cycle_body(cycle)?, reading.last_seq("holidays")?))
            };
            let before = look(tx)?;
            seen.push(before.clone());
            let person = tx.reading().person(sam)?.unwrap();
            let stored: closeloop::domain::cycle::Cycle = serde_json::from_str(&before.3.clone().unwrap()).unwrap();
            let phase = stored.phases[0].key.clone();
            for change in [
                Change::PersonRecorded(Swap { before: Some(person.clone()), after: Some(Person { role: "director".into(), ..person }) }),
                Change::AbsenceRecorded(Swap::new(Absence {
                    id: AbsenceId(9),
                    person: sam,
                    from: today,
                    until: today,
                    reason: "leave".into(),
                    deputy: Some(iris),
                })),
                Change::SettingChanged { name: "council".into(), value: Swap::new("Larkmoor".into()) },
                Change::PhaseTicked { cycle, phase, on: Swap::new(today) },
                Change::HolidaysReplaced(vec![(today, "A day off".into())]),
            ] {
                tx.write(&actor, now, &[change])?;
                seen.push(look(tx)?);
            }
            Ok(())
        })
        .unwrap();
    assert!(seen[0].0 != seen[1].0 && seen[1].0.as_deref() == Some("director"), "who they are: {seen:?}");
    assert!(seen[1].1.is_empty() && seen[2].1 == ["Sam Miller"], "for whom somebody stands in: {seen:?}");
    assert!(seen[2].2.is_none() && seen[3].2.as_deref() == Some("Larkmoor"), "a setting: {seen:?}");
    assert!(seen[3].3 != seen[4].3, "a cycle: {seen:?}");
    assert!(seen[4].4 < seen[5].4, "the table of holidays: {seen:?}");
}

#[test]
fn what_every_header_counts_is_counted_without_a_row_of_the_tables() {
    let world = World::ready();
    let connection = rusqlite::Connection::open(world.path()).unwrap();
    for (sql, index) in [
        ("SELECT count(*) FROM (SELECT 1 FROM review WHERE state = 'open' LIMIT 1000)", "review_due"),
        ("SELECT count(*) FROM (SELECT 1 FROM review WHERE state = 'open' AND due_on < '2026-11-19' LIMIT 1000)", "review_due"),
        ("SELECT count(*) FROM (SELECT 1 FROM review WHERE loop = 'open' AND id <> 7 LIMIT 1000)", "review_loop_open"),
        ("SELECT count(*) FROM review WHERE panel = 'waiting' AND state <> 'withdrawn' AND id <> 7", "review_panel"),
        ("SELECT count(*) FROM review WHERE cycle = 1 AND kind = 'case' AND state <> 'withdrawn' AND id <> 7", "review_cycle"),
        ("SELECT id FROM panel WHERE stand <> 'closed'", "panel_open"),
        ("SELECT a.id FROM alert a WHERE a.closed_at IS NULL AND (a.what LIKE 'reviewer%' OR a.what LIKE 'moderator%')", "alert_open"),
        ("SELECT count(*), sum(kind = 'alert'), sum(sort <= '1') FROM strip WHERE closed_at IS NULL AND subject <> 7", "strip_open"),
    ] {
        let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let steps: Vec<String> = plan.query_map([], |row| row.get(3)).unwrap().collect::<Result<_, _>>().unwrap();
        assert!(steps.iter().any(|step| step.contains(&format!("COVERING INDEX {index}"))), "{sql}: {steps:?}");
    }
}
