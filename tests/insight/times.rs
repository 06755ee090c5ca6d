//! Lists behind the times of the insight view: what the page counted answers them, and what is written since is counted review by review.

use crate::support::world::World;
use closeloop::domain::deed::Deed;
use closeloop::domain::filter::Filter;
use closeloop::domain::insight::pages::{Opens, PageOf};
use closeloop::domain::interest::InterestKind;
use closeloop::domain::query::{Answered, From, InsightWanted, KnownTimes, Query, QueueSort, Window};
use closeloop::runtime::answers::answer;
use closeloop::runtime::library::Library;
use std::sync::Arc;

/// The cell of a step on the page of times: how many it says, and the filter of the list behind it.
fn cell(world: &World, library: &mut Library, step: &str, column: &str) -> (u32, Option<String>) {
    let wanted = InsightWanted { page: PageOf::Time, ..InsightWanted::default() };
    let Answered::Insight(detail) = answer(&world.store, library, &Query::Insight(wanted), &world.viewer()).unwrap() else { panic!() };
    assert!(library.times.is_some(), "it is kept which reviews its times are of");
    let place = detail.grid.columns.iter().position(|name| name == column).unwrap();
    let row = detail.grid.rows.iter().find(|row| row.label == step).unwrap();
    let filter = match &row.cells[place].opens {
        Some(Opens::Queue(filter)) => Some(filter.clone()),
        _ => None,
    };
    (row.cells[place].count.unwrap_or_default(), filter)
}

fn listed(world: &World, library: &mut Library, filter: &str) -> Vec<String> {
    let (filter, problems) = Filter::parse(filter);
    assert!(problems.is_empty(), "{problems:?}");
    let window = Window { filter, sort: QueueSort::Due, reversed: false, from: From::Start, limit: 100 };
    let Answered::Queue(page) = answer(&world.store, library, &Query::Queue(window), &world.viewer()).unwrap() else { panic!() };
    let mut found: Vec<String> = page.rows.into_iter().map(|row| row.reference).collect();
    found.sort();
    found
}

fn known(library: &Library) -> Arc<KnownTimes> {
    library.times.clone().unwrap()
}

#[test]
fn a_list_behind_a_time_is_made_of_what_the_page_counted_and_of_what_was_written_since() {
    let mut world = World::ready();
    let mut library = Library::default();
    let contact = world.step("CR-0001", "contact");
    world.by_reviewer("CR-0001", contact);
    let (said, filter) = cell(&world, &mut library, "Book the conversation", "In time");
    let filter = filter.unwrap();
    assert_eq!((said, listed(&world, &mut library, &filter)), (1, vec!["CR-0001".to_string()]));
    let first = known(&library);

    // Somebody else does the same step: the list has both, and only that review was counted again.
    let contact = world.step("CR-0002", "contact");
    let written = world.by_reviewer("CR-0002", contact);
    assert_eq!(listed(&world, &mut library, &filter), ["CR-0001", "CR-0002"]);
    let second = known(&library);
    assert!(second.at > first.at && second.timed != first.timed);
    let mut fresh = Library::default();
    assert_eq!(listed(&world, &mut fresh, &filter), ["CR-0001", "CR-0002"]);
    assert_eq!(known(&fresh).timed.reviews(None, "contact", true), second.timed.reviews(None, "contact", true));

    // Nothing is counted where nothing was written.
    assert_eq!(listed(&world, &mut library, &filter).len(), 2);
    assert!(Arc::ptr_eq(&known(&library), &second));

    let reviewer = world.review("CR-0002").reviewer.unwrap();
    let name = world.store.reading().person(reviewer).unwrap().unwrap().name;
    world.do_(&name, Deed::Undo { batch: written.written.first });
    assert_eq!(listed(&world, &mut library, &filter), ["CR-0001"]);
}

#[test]
fn what_was_counted_for_one_is_not_shown_to_another() {
    let mut world = World::ready();
    let mut library = Library::default();
    let contact = world.step("CR-0001", "contact");
    world.by_reviewer("CR-0001", contact);
    let (_, filter) = cell(&world, &mut library, "Book the conversation", "In time");
    let filter = filter.unwrap();
    world.declare("Iris Tamm", "CR-0001", InterestKind::Family);
    let (parsed, _) = Filter::parse(&filter);
    let window = Window { filter: parsed, sort: QueueSort::Due, reversed: false, from: From::Start, limit: 100 };
    let recused = world.seen_by("Iris Tamm");
    let Answered::Queue(page) = answer(&world.store, &mut library, &Query::Queue(window), &recused).unwrap() else { panic!() };
    assert!(page.rows.is_empty(), "{:?}", page.rows);
    assert_eq!(known(&library).person, recused.person);
}

#[test]
fn t43_somebody_who_is_moved_to_another_team_is_listed_its_reviews_behind_a_time() {
    let mut world = World::as_written_with_cases(crate::support::world::merton_text());
    let cycle = world.open_cycle("2026-11-01");
    world.draw(cycle, 24, 7);
    world.allocate_all();
    for reference in world.references() {
        let contact = world.step(&reference, "contact");
        world.by_reviewer(&reference, contact);
    }
    let (_, filter) = cell(&world, &mut Library::default(), "Book the conversation", "In time");
    let filter = filter.unwrap();
    let mut library = Library::default();
    let list = |world: &World, library: &mut Library| {
        let (filter, _) = Filter::parse(&filter);
        let window = Window { filter, sort: QueueSort::Due, reversed: false, from: From::Start, limit: 100 };
        let Answered::Queue(page) = answer(&world.store, library, &Query::Queue(window), &world.seen_by("Tara Moss")).unwrap() else {
            panic!()
        };
        page.rows.into_iter().map(|row| row.reference).collect::<std::collections::BTreeSet<_>>()
    };
    let before = list(&world, &mut library);
    let person = world.person("Tara Moss");
    let seen = world.store.reading().person_revision(person).unwrap().unwrap();
    let wanted = closeloop::domain::person::PersonWanted { team: Some("South Court".into()), ..Default::default() };
    world.do_("Amina Khan", Deed::People(closeloop::domain::deed::PeopleDeed::Change { person, seen, wanted }));
    let after = list(&world, &mut Library::default());
    assert!(after.len() > before.len(), "{after:?}");
    assert_eq!(list(&world, &mut library), after);
}
