//! A file of before: alerts that know neither strips nor who told whom are brought up and still follow from their journal.

use super::FIRST;
use crate::support::world::World;
use closeloop::domain::alert::{Alert, AlertAddressee, AlertTrigger};
use closeloop::domain::change::Change;
use closeloop::domain::framework::Side;
use closeloop::domain::id::AlertId;
use closeloop::domain::query::{Answered, Query};

/// An alert as it was opened before strips: no times but that of the review, nobody named for the assurance.
fn as_before(world: &World, number: i64, reference: &str) -> Alert {
    let person = |name: &str| Some(world.person(name));
    Alert {
        id: AlertId(number),
        reference: format!("AL-{number:04}"),
        review: world.id(reference),
        trigger: AlertTrigger::Reviewer,
        opened_at: world.now,
        review_due_at: Some(world.now + chrono::Duration::hours(24)),
        review_within: "24 hours".into(),
        addressees: vec![
            AlertAddressee::new("insights-tm", Side::Insights, person("Iris Tamm")),
            AlertAddressee::new("SM", Side::Child, person("Sam Miller")),
            AlertAddressee::new("HoS", Side::Child, None),
        ],
        closed_at: None,
        earlier: 0,
        under: String::new(),
        raised_by: None,
        concern: Vec::new(),
        assured_by: None,
        steps: Vec::new(),
        assurance: None,
        dispute: None,
        kept: Vec::new(),
        overdue: Vec::new(),
    }
}

#[test]
fn alerts_of_a_file_of_before_are_brought_up_and_verified() {
    let mut world = World::ready();
    world.at("2026-11-12T10:00:00Z");
    let (open, done) = (as_before(&world, 1, "CR-0001"), as_before(&world, 2, "CR-0002"));
    let told = |alert: &Alert| Change::AlertTold {
        alert: alert.id,
        review: alert.review,
        addressees: vec![0],
        at: alert.opened_at,
        how: None,
        by: None,
        acknowledge_by: None,
    };
    let closed = Change::AlertClosed { alert: done.id, review: done.review, assurance: "Seen, safe".into(), at: world.now };
    let changes = [Change::AlertOpened(open.clone()), Change::AlertOpened(done.clone()), told(&open), told(&done), closed];
    let (actor, now) = (world.actor("Amina Khan"), world.now);
    world.store.write(|tx| tx.write(&actor, now, &changes)).unwrap();
    let path = world.path();
    let raw = rusqlite::Connection::open(&path).unwrap();
    // What the rungs from the eighth on made is not there yet; a rung that is added later is taken down here as well.
    raw.execute_batch(
        "ALTER TABLE review DROP COLUMN phase_due; DROP INDEX panel_called_off; ALTER TABLE panel DROP COLUMN called_off; DROP INDEX cycle_open; DROP INDEX panel_open;
         DROP TABLE hold; DROP TABLE disposal; DROP TABLE number_used; DROP INDEX review_kept; ALTER TABLE review DROP COLUMN erased_on;
         ALTER TABLE review DROP COLUMN returned;
         DROP INDEX review_inadequate_since; DROP INDEX action_judged; DROP INDEX action_looked_at; DROP INDEX action_not_looked_at;
         DROP INDEX action_by_owner; ALTER TABLE action DROP COLUMN kind;
         DROP TABLE plan_note; DROP TABLE report; DROP TABLE review_theme; DROP TABLE good_practice; DROP TABLE indicator;
         ALTER TABLE action DROP CONSTRAINT one_source; DROP INDEX action_cycle; DROP INDEX action_entry;
         ALTER TABLE action DROP COLUMN cycle; ALTER TABLE action DROP COLUMN entry; ALTER TABLE action ALTER COLUMN review SET NOT NULL;
         DROP TABLE exemption; DROP INDEX review_inadequate; DROP INDEX action_without_evidence; DROP INDEX action_own_sign_off;
         DROP TABLE follow_up; DROP INDEX review_loop_open; ALTER TABLE review DROP COLUMN loop; ALTER TABLE review DROP COLUMN loop_since;
         ALTER TABLE review DROP COLUMN supervision_due; DROP TABLE action_link; DROP INDEX action_done_by; DROP INDEX action_signed_off_by; DROP INDEX action_to_sign_off;
         DROP INDEX action_to_revisit; ALTER TABLE action DROP COLUMN raised_at; ALTER TABLE action DROP COLUMN done_at;
         ALTER TABLE action DROP COLUMN done_by; ALTER TABLE action DROP COLUMN signed_off_at;
         ALTER TABLE action DROP COLUMN signed_off_by; ALTER TABLE action DROP COLUMN revisit_on;
         ALTER TABLE action DROP COLUMN effect; ALTER TABLE action DROP COLUMN recurred; ALTER TABLE action DROP COLUMN reopened_on;
         PRAGMA foreign_keys = OFF; DROP TABLE drp; DROP TABLE outbox; ALTER TABLE review DROP COLUMN panel_sitting;
         DROP TABLE strip_person; DROP TABLE strip; DROP TABLE overdue;
         DROP INDEX action_alert; ALTER TABLE action DROP COLUMN alert; PRAGMA user_version = 7;",
    )
    .unwrap();
    drop(raw);
    let mut upgraded = World::open(&path);
    upgraded.at("2026-11-12T11:00:00Z").assert_verified();
    let Answered::Alerts(page) = upgraded.ask(Query::Alerts(super::listed::all("all"))) else { panic!() };
    let seen: Vec<_> = page.rows.iter().map(|row| (row.reference.as_str(), row.stand.label(), row.told)).collect();
    assert_eq!(seen.len(), 2, "{seen:?}");
    assert!(seen.contains(&("AL-0002", "closed", (1, 3))) && seen.contains(&("AL-0001", "not all told", (1, 3))), "{seen:?}");
    // What is left of it goes on under the rules of today.
    upgraded.do_("Sam Miller", super::assure(&[("safety", "Safe"), ("quality", "Weak")]));
    assert!(upgraded.store.reading().alert(FIRST).unwrap().unwrap().assured_at().is_some());
    upgraded.assert_verified();
}
