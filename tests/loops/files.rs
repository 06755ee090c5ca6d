//! A file of before: loops are looked at once; and what a viewer may not know of a loop.

use super::returned;
use closeloop::domain::deed::Deed;
use closeloop::domain::filter::Filter;
use closeloop::domain::interest::InterestKind;
use closeloop::domain::query::{Answered, From, Query, Window};
use closeloop::domain::tracking::{FollowUpOf, LoopStand};

fn queue(world: &mut crate::support::world::World, who: &str, filter: &str) -> Vec<String> {
    let filter = Filter::parse(filter).0;
    let window = Window { filter, sort: Default::default(), reversed: false, from: From::Start, limit: 100 };
    let Ok(Answered::Queue(page)) = world.answer_to(who, &Query::Queue(window)) else { panic!("no queue") };
    page.rows.into_iter().map(|row| row.reference).collect()
}

#[test]
fn the_filter_finds_open_loops_after_they_are_finalised_and_those_whose_supervision_is_overdue() {
    let mut world = returned(4);
    world.through_as("CR-0001", "finalised", 4);
    assert_eq!(queue(&mut world, "Amina Khan", "loop"), ["CR-0001"]);
    assert!(!queue(&mut world, "Amina Khan", "").contains(&"CR-0001".to_string()));
    assert!(queue(&mut world, "Amina Khan", "supervision").is_empty());
    world.at("2027-06-01T10:00:00Z");
    assert_eq!(queue(&mut world, "Amina Khan", "supervision"), ["CR-0001"]);
    let Answered::Overview(overview) = world.ask(Query::Overview) else { panic!() };
    assert_eq!(overview.loops_open.n, 1);
}

#[test]
fn m24_open_loops_are_ordered_filtered_and_counted_by_the_day_of_their_supervision() {
    let mut world = returned(4);
    world.through_as("CR-0001", "finalised", 4);
    let page = |world: &mut crate::support::world::World, filter: &str| {
        let window = Window { filter: Filter::parse(filter).0, sort: Default::default(), reversed: false, from: From::Start, limit: 100 };
        let Answered::Queue(page) = world.ask(Query::Queue(window)) else { panic!("no queue") };
        page
    };
    assert!(page(&mut world, "loop late").rows.is_empty());
    assert_eq!(page(&mut world, "loop").late.n, 0);
    world.through_as("CR-0002", "finalised", 4);
    world.at("2027-06-01T10:00:00Z");
    let late = page(&mut world, "loop late");
    assert_eq!((late.rows.len(), late.late.n), (2, 2), "both are late by their supervision");
    let days: Vec<_> = page(&mut world, "loop").rows.iter().map(|row| row.supervision_due).collect();
    assert!(days.iter().all(Option::is_some) && days.is_sorted(), "{days:?}");
    assert!(page(&mut world, "loop week").rows.is_empty());
}

#[test]
fn the_recused_find_no_loop_and_no_count_of_it() {
    let mut world = returned(4);
    world.declare("Tara Moss", "CR-0001", InterestKind::Family);
    assert!(queue(&mut world, "Tara Moss", "loop").is_empty());
    let Ok(Answered::Overview(overview)) = world.answer_to("Tara Moss", &Query::Overview) else { panic!() };
    assert_eq!(overview.loops_open.n, 0);
}

#[test]
fn loops_of_a_file_of_before_are_looked_at_once_by_whoever_is_there() {
    let mut world = returned(4);
    let raw = rusqlite::Connection::open(world.path()).unwrap();
    // As the ladder leaves a file of before: its reviews untracked, the setting not there.
    raw.execute_batch(
        "UPDATE review SET loop = 'untracked', loop_since = NULL, supervision_due = NULL; DELETE FROM setting WHERE name = 'loops'",
    )
    .unwrap();
    assert!(world.store.reading().something_due(world.now).unwrap());
    world.do_("Amina Khan", Deed::RaiseDue);
    assert_eq!(world.loop_of().stand(), LoopStand::Open);
    assert_eq!(queue(&mut world, "Amina Khan", "loop"), ["CR-0001"]);
    let again = world.do_("Amina Khan", Deed::RaiseDue);
    assert_eq!(again.written.first, 0, "once for each file");
}

#[test]
fn a_database_that_tracks_from_the_beginning_has_nothing_to_look_at() {
    let mut world = returned(4);
    assert!(world.store.reading().loops_looked_at().unwrap());
    let deed = world.follow(FollowUpOf::Supervision, "Tara Moss");
    world.do_("Tara Moss", deed);
    world.assert_verified();
}
