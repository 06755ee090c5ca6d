//! What runs out: overdue facts exactly once, lapses, steps up the line, and a clock that was set back.

use super::{FIRST, acknowledge, alert, assure, inadequate, name, place, tell_all};
use crate::support::world::{World, utc};
use closeloop::domain::alert::{AlertFact, HowTold};
use closeloop::domain::change::Change;
use closeloop::domain::deed::Deed;
use closeloop::domain::framework::Side;
use closeloop::domain::strip::{ClockOf, nearest};

fn clocks(world: &World) -> Vec<closeloop::domain::strip::Clock> {
    alert(world).clocks(&world.store.reading().urgent_of(FIRST).unwrap())
}

fn due_of(world: &World, of: ClockOf) -> Option<chrono::DateTime<chrono::Utc>> {
    clocks(world).into_iter().find(|clock| clock.of == of).map(|clock| clock.due_at)
}

/// Overdue facts in the journal, by clock.
fn facts(world: &World) -> Vec<String> {
    let rows = rusqlite::Connection::open(world.path()).unwrap();
    let mut statement = rows.prepare("SELECT clock FROM overdue ORDER BY due_at, clock").unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

#[test]
fn m11_the_record_is_to_be_reviewed_within_twenty_four_real_hours() {
    let world = inadequate();
    assert_eq!(due_of(&world, ClockOf::Review), Some(utc("2026-11-13T10:00:00Z")));
    // The clocks go back in the night to 25 October: 24 hours end at nine by the clock on the wall.
    let mut world = World::drawn();
    world.at("2026-10-24T10:30:00+01:00");
    super::raised::raise(&mut world, "concern");
    assert_eq!(due_of(&world, ClockOf::Review), Some(utc("2026-10-25T09:30:00Z")));
    // And forward in the night to 28 March.
    let mut world = World::drawn();
    world.at("2027-03-27T10:30:00Z");
    super::raised::raise(&mut world, "concern");
    assert_eq!(due_of(&world, ClockOf::Review), Some(utc("2027-03-28T11:30:00+01:00")));
}

#[test]
fn m11_what_ran_out_becomes_a_fact_once_whoever_notices_and_however_often() {
    let mut world = inadequate();
    assert_eq!(world.do_("Amina Khan", Deed::RaiseDue).written.first, 0, "nothing is due yet");
    world.at("2026-11-12T11:00:00Z");
    assert!(world.store.reading().something_due(world.now).unwrap());
    let receipt = world.do_("Cara Poole", Deed::RaiseDue);
    assert_eq!(receipt.said, "6 things have become due");
    assert!(!world.store.reading().something_due(world.now).unwrap());
    assert_eq!(world.do_("Amina Khan", Deed::RaiseDue).written.first, 0);
    assert_eq!(facts(&world).len(), 6, "{:?}", facts(&world));
    world.at("2026-11-14T09:00:00Z").do_("Amina Khan", Deed::RaiseDue);
    assert_eq!(facts(&world).iter().filter(|clock| *clock == "review").count(), 1);
    assert!(alert(&world).overdue.iter().all(|overdue| overdue.noticed_at >= overdue.due_at));
    world.assert_verified();
}

#[test]
fn m11_what_runs_out_at_this_very_moment_is_overdue_and_a_second_before_it_is_not() {
    let mut world = inadequate();
    world.at("2026-11-12T10:59:59Z");
    assert!(!world.store.reading().something_due(world.now).unwrap());
    assert!(nearest(&clocks(&world)).is_some_and(|clock| !clock.is_overdue(world.now)));
    world.at("2026-11-12T11:00:00Z");
    assert!(nearest(&clocks(&world)).is_some_and(|clock| clock.is_overdue(world.now)));
}

#[test]
fn m11_of_processes_that_notice_at_once_exactly_one_writes() {
    let mut world = inadequate();
    world.at("2026-11-13T12:00:00Z");
    let path = world.path();
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let path = path.clone();
            std::thread::spawn(move || {
                let mut other = World::open(&path);
                other.at("2026-11-13T12:00:00Z").do_("Amina Khan", Deed::RaiseDue).written.first
            })
        })
        .collect();
    let written = threads.into_iter().map(|thread| thread.join().unwrap()).filter(|first| *first > 0).count();
    assert_eq!(written, 1);
    world.assert_verified();
}

#[test]
fn m10_what_was_acknowledged_in_time_stays_so_however_often_it_is_done_again() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let (sm, place) = (name(&world, "SM", Side::Child), place(&world, "SM", Side::Child));
    world.at("2026-11-12T10:30:00Z").do_(&sm, acknowledge());
    world.at("2026-11-14T09:00:00Z").do_("Amina Khan", Deed::RaiseDue);
    let known = |world: &World| alert(world).clocks(&[]).into_iter().find(|clock| clock.of == ClockOf::Acknowledge(place)).unwrap();
    let before = known(&world);
    assert!(before.ended_at == Some(utc("2026-11-12T10:30:00Z")) && !before.ended_late());
    for again in ["2026-11-14T09:30:00Z", "2026-11-16T09:30:00Z"] {
        world.at(again).do_(&sm, acknowledge());
        assert_eq!(known(&world), before);
    }
    let own = alert(&world).addressees[place].acknowledged.unwrap();
    assert_eq!((own.at, own.first()), (utc("2026-11-16T09:30:00Z"), utc("2026-11-12T10:30:00Z")));
    world.assert_verified();
}

#[test]
fn m10_an_acknowledgement_lapses_where_nothing_follows_and_says_so() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let sm = name(&world, "SM", Side::Child);
    world.at("2026-11-12T10:30:00Z").do_(&sm, acknowledge());
    assert!(!alert(&world).lapsed(utc("2026-11-12T18:29:59Z")));
    assert!(alert(&world).lapsed(utc("2026-11-12T18:30:00Z")), "eight hours later nothing has followed");
    world.at("2026-11-12T18:30:00Z").do_("Amina Khan", Deed::RaiseDue);
    assert!(facts(&world).iter().any(|clock| clock.starts_with("follow-up/")));
    world.do_(&sm, acknowledge());
    assert!(!alert(&world).lapsed(world.now), "it may be given anew");
    world.do_(&sm, assure(&[("safety", "Safe"), ("quality", "Weak")]));
    assert!(!alert(&world).lapsed(utc("2026-11-20T10:00:00Z")), "what was followed up lapses no more");
    world.assert_verified();
}

#[test]
fn m10_who_only_has_to_know_is_pressed_no_longer_once_somebody_who_acts_has_acknowledged() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let (sm, tm) = (name(&world, "SM", Side::Child), name(&world, "TM", Side::Child));
    let running = |world: &World| clocks(world).iter().filter(|clock| matches!(clock.of, ClockOf::Acknowledge(_)) && clock.runs()).count();
    world.at("2026-11-12T10:10:00Z").do_(&tm, acknowledge());
    assert_eq!(running(&world), 5, "the team manager does not review the record");
    world.at("2026-11-12T10:30:00Z").do_(&sm, acknowledge());
    assert_eq!(running(&world), 0);
}

#[test]
fn m10_if_nobody_acknowledges_the_next_above_hears_of_it_once() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    world.at("2026-11-12T15:59:00Z").do_("Amina Khan", Deed::RaiseDue);
    assert_eq!(alert(&world).addressees.len(), 6);
    world.at("2026-11-12T16:00:00Z").do_("Amina Khan", Deed::RaiseDue);
    let stored = alert(&world);
    let added = &stored.addressees[6];
    assert_eq!((added.role.as_str(), added.person, added.since), ("Director", Some(world.person("Dana Frost")), Some(world.now)));
    assert_eq!(added.tell_by, Some(utc("2026-11-12T17:00:00Z")), "and is to be told within an hour");
    world.do_("Amina Khan", Deed::RaiseDue);
    assert_eq!(alert(&world).addressees.len(), 7);
    let last = world.history("CR-0001");
    assert!(last.iter().any(|row| row.what == "Nobody had acknowledged: the Director hears of it too"), "{last:#?}");
    world.assert_verified();
}

#[test]
fn m10_an_acknowledgement_puts_the_next_step_off_until_it_lapses() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let sm = name(&world, "SM", Side::Child);
    world.at("2026-11-12T12:00:00Z").do_(&sm, acknowledge());
    world.at("2026-11-12T19:00:00Z").do_("Amina Khan", Deed::RaiseDue);
    assert_eq!(alert(&world).addressees.len(), 6, "it holds until eight in the evening");
    assert!(!world.store.reading().something_due(world.now).unwrap(), "and nobody is asked again before");
    world.at("2026-11-12T20:00:00Z").do_("Amina Khan", Deed::RaiseDue);
    assert_eq!(alert(&world).addressees.len(), 7);
    let mut world = inadequate();
    let sm = name(&world, "SM", Side::Child);
    world.do_(&sm, assure(&[("safety", "Safe"), ("quality", "Weak")]));
    world.at("2026-11-13T10:00:00Z").do_("Amina Khan", Deed::RaiseDue);
    assert_eq!(alert(&world).addressees.len(), 6, "what was reviewed goes no higher");
}

#[test]
fn m10_a_step_whose_person_is_on_the_list_already_is_needless_and_says_so() {
    let world = inadequate();
    let dana = world.person("Dana Frost");
    let mut stored = alert(&world);
    stored.addressees[2].person = Some(dana);
    let resolved = |_: usize| closeloop::domain::alert::AlertAddressee::new("Director", Side::Child, Some(dana));
    let facts = stored.due_facts(utc("2026-11-12T16:00:00Z"), &[], &resolved);
    assert!(facts.contains(&AlertFact::StepNeedless { step: 0 }), "{facts:?}");
    assert!(!facts.iter().any(|fact| matches!(fact, AlertFact::AddresseeAdded { .. })));
    world.assert_verified();
}

#[test]
fn a_clock_that_was_set_back_calls_nothing_overdue_and_keeps_the_order() {
    let mut world = inadequate();
    world.at("2026-11-20T10:00:00Z");
    let note = closeloop::domain::deed::AlertDeed::ExplainGap { alert: FIRST, place: 0, because: "x".into() };
    assert!(world.try_("Amina Khan", Deed::Alert(note)).is_err());
    tell_all(&mut world, HowTold::Telephone);
    // The machine's clock stands a day behind what the journal says.
    let before = world.store.reading().tail().unwrap();
    let receipt = world.at("2026-11-19T10:00:00Z").do_("Amina Khan", Deed::RaiseDue);
    assert_eq!(receipt.written.first, 0);
    assert!(receipt.said.starts_with("The clock of this machine was set back"), "{}", receipt.said);
    assert_eq!(world.store.reading().tail().unwrap(), before);
    // Two seconds are two programs reading the same clock.
    let receipt = world.at("2026-11-20T09:59:58Z").do_("Amina Khan", Deed::RaiseDue);
    assert!(receipt.written.first > 0);
    world.assert_verified();
}

#[test]
fn the_same_fact_twice_is_refused_by_the_table_itself() {
    let mut world = inadequate();
    world.at("2026-11-12T11:00:00Z").do_("Amina Khan", Deed::RaiseDue);
    let overdue = alert(&world).overdue[0];
    let fact = AlertFact::Overdue { clock: overdue.clock, due_at: overdue.due_at };
    let event = alert(&world).event(world.now, None, fact);
    let (actor, now) = (world.actor("Amina Khan"), world.now);
    let twice = world.store.write(|tx| tx.write(&actor, now, &[Change::Alert(event)]));
    assert!(twice.is_err());
}
