//! What is read together is of one moment; inside a transaction nothing is read twice and nothing old is read; and what every header
//! counts is counted from indexes alone.

use crate::support::world::World;
use closeloop::domain::access::{Scope, Sight};
use closeloop::domain::change::{Change, Swap};
use closeloop::domain::deed::Deed;
use closeloop::domain::id::{AbsenceId, InterestId};
use closeloop::domain::interest::{Interest, InterestKind, Reach};
use closeloop::domain::person::{Absence, Person};
use closeloop::domain::query::{Answered, Query, Viewer};
use closeloop::domain::subject::Subject;
use closeloop::store::{Store, StoreError};

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
                    revisions.push(tx.reading().review_without_form(review)?.map(|facts| (facts.revision, facts.look_back.clone())));
                }
                tx.write(&actor, now, &[moved(days)])?;
            }
            revisions.push(tx.reading().review_without_form(review)?.map(|facts| (facts.revision, facts.look_back.clone())));
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
fn who_is_recused_or_allocated_inside_a_transaction_is_so_at_once_in_it() {
    let mut world = World::ready();
    let (actor, now, today) = (world.actor("Amina Khan"), world.now, world.today());
    let facts = world.review("CR-0001");
    let (review, subject) = (facts.review.id, facts.review.subject);
    let somebody = world.person("Sam Miller");
    let sees_own = Viewer { sight: Sight::Within(vec![(somebody, Scope::Own)]), ..Viewer::of(Some(somebody), now, today) };
    let interest = Interest {
        id: InterestId(900),
        person: somebody,
        reach: Reach::Subject(subject),
        review,
        kind: InterestKind::Involvement,
        note: String::new(),
        by: Some(somebody),
        on: today,
        withdrawn: None,
    };
    let allocated = Change::Allocated {
        review,
        reviewer: Swap { before: facts.reviewer, after: Some(somebody) },
        step: Swap { before: None, after: None },
        next: Swap { before: Some(facts.review.next.clone()), after: Some(facts.review.next.clone()) },
        despite: String::new(),
        companion: Swap { before: facts.companion, after: facts.companion },
    };
    let known = Subject::clone(&world.store.reading().subject(subject).unwrap().unwrap());
    let elsewhere = Change::SubjectRecorded(Swap { before: Some(known.clone()), after: Some(Subject { age_years: Some(3), ..known }) });
    let mut seen = Vec::new();
    world
        .store
        .try_out(|tx| {
            for change in [None, Some(allocated), Some(elsewhere), Some(Change::InterestRecorded(Swap::new(interest)))] {
                if let Some(change) = change {
                    tx.write(&actor, now, &[change])?;
                }
                // Twice: the second time it is known.
                for _ in 0..2 {
                    let open = match tx.reading().open_to(review, &sees_own) {
                        Ok(()) => "open",
                        Err(StoreError::Withheld { .. }) => "withheld",
                        Err(_) => "beyond",
                    };
                    seen.push((open, tx.reading().subject(subject)?.and_then(|subject| subject.age_years) == Some(3)));
                }
            }
            Ok(())
        })
        .unwrap();
    assert_eq!(seen.iter().step_by(2).copied().collect::<Vec<_>>(), seen.iter().skip(1).step_by(2).copied().collect::<Vec<_>>());
    let (open, moved): (Vec<_>, Vec<_>) = seen.into_iter().step_by(2).unzip();
    assert_eq!(open, ["beyond", "open", "open", "withheld"]);
    assert_eq!(moved, [false, false, true, true]);
}

#[test]
fn a_count_that_stops_is_told_apart_from_what_is_counted_beside_it() {
    let mut world = World::ready();
    let (sam, review) = (world.person("Sam Miller"), world.id("CR-0001"));
    let raw = rusqlite::Connection::open(world.path()).unwrap();
    let add = |from: i64, many: i64, state: &str, due_on: &str| {
        let sql = "WITH RECURSIVE n(i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1 + ?2 - 1)
             INSERT INTO action (id, ref, review, text, owner, due_on, urgent, state, evidence, revision)
             SELECT i, 'A-' || i, ?3, 'Write it down', ?4, ?5, 0, ?6, '', 1 FROM n";
        raw.execute(sql, rusqlite::params![from, many, review.0, sam.0, due_on, state]).unwrap();
    };
    let mut overview = || {
        let Answered::Overview(overview) = world.ask(Query::Overview) else { panic!() };
        [overview.actions, overview.actions_overdue, overview.actions_soon, overview.actions_to_sign_off].map(|count| (count.n, count.more))
    };
    add(10_000, 300, "done", "2020-01-01");
    add(20_000, 400, "open", "2020-01-02");
    assert_eq!(overview(), [(700, false), (400, false), (0, false), (300, false)]);
    // More than are counted: what is late is counted by itself, and not among the first thousand of all.
    add(30_000, 600, "in-progress", "2099-01-01");
    add(40_000, 350, "open", "2020-01-03");
    assert_eq!(overview(), [(999, true), (750, false), (0, false), (300, false)]);
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
        (
            "SELECT sum(1), sum(state = 'done') FROM (SELECT state FROM action WHERE state NOT IN ('signed-off', 'withdrawn')
             AND (review IS NULL OR review <> 7) LIMIT 1000)",
            "action_due",
        ),
        ("SELECT a.id FROM alert a WHERE a.closed_at IS NULL AND (a.what LIKE 'reviewer%' OR a.what LIKE 'moderator%')", "alert_open"),
        ("SELECT count(*), sum(kind = 'alert'), sum(sort <= '1') FROM strip WHERE closed_at IS NULL AND subject <> 7", "strip_open"),
    ] {
        let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let steps: Vec<String> = plan.query_map([], |row| row.get(3)).unwrap().collect::<Result<_, _>>().unwrap();
        assert!(steps.iter().any(|step| step.contains(&format!("COVERING INDEX {index}"))), "{sql}: {steps:?}");
    }
}
