//! Actions of a withheld review are as if they were not there.

use super::world::{followed, signed_off};
use crate::support::world::World;
use closeloop::domain::deed::{ActionDeed, Deed};
use closeloop::domain::id::ActionId;
use closeloop::domain::interest::InterestKind;
use closeloop::domain::query::{Answered, From, Query, Window};
use closeloop::store::StoreError;

fn listed(world: &mut World, who: &str, filter: &str) -> usize {
    let (filter, problems) = closeloop::domain::filter::Filter::parse(filter);
    assert!(problems.is_empty());
    let window = Window { filter, sort: (), reversed: false, from: From::Start, limit: 50 };
    match world.answer_to(who, &Query::Actions(window)).unwrap() {
        Answered::Actions(page) => page.rows.len(),
        other => panic!("{other:?}"),
    }
}

/// The next thing for somebody who has put every review off.
fn next_besides_reviews(world: &World) -> Query {
    Query::NextThing {
        skip: world.references().iter().map(|reference| world.id(reference)).collect(),
        passed: Vec::new(),
        actions: Vec::new(),
        work: Vec::new(),
    }
}

#[test]
fn whoever_is_recused_neither_finds_nor_moves_it_nor_is_asked_for_it() {
    let mut world = signed_off();
    world.at("2027-05-10T09:00:00Z");
    assert_eq!((listed(&mut world, "Tara Moss", "revisit"), listed(&mut world, "Tara Moss", "revisit myteam")), (1, 1));
    let next = next_besides_reviews(&world);
    let Answered::NextThing(Some(thing)) = world.answer_to("Tara Moss", &next).unwrap() else { panic!() };
    assert_eq!((thing.action, thing.because.as_str()), (Some(ActionId(1)), "A-0001 is to be looked at again since 5 May"));
    let seen = world.seen(&[1]);
    world.declare("Tara Moss", "CR-0001", InterestKind::Involvement);
    for filter in ["revisit", "all", "done", "myteam all"] {
        assert_eq!(listed(&mut world, "Tara Moss", filter), 0, "{filter}");
    }
    assert!(matches!(world.answer_to("Tara Moss", &Query::Action(ActionId(1))), Err(StoreError::Withheld { .. })));
    assert!(!matches!(world.answer_to("Tara Moss", &next).unwrap(), Answered::NextThing(Some(thing)) if thing.action.is_some()));
    let tried = world.try_("Tara Moss", Deed::Action(ActionDeed::SignOff(seen)));
    assert!(matches!(tried, Err(StoreError::Withheld { .. })), "{tried:?}");
    assert_eq!(world.store.reading().overview(&world.seen_by("Tara Moss")).unwrap().actions_to_revisit.n, 0);
    assert_eq!(world.store.reading().overview(&world.seen_by("Amina Khan")).unwrap().actions_to_revisit.n, 1);
}

#[test]
fn one_much_like_it_in_a_withheld_review_is_not_told_of() {
    let mut world = followed();
    world.declare("Ida Ross", "CR-0001", InterestKind::Involvement);
    let deed = world.action("CR-0001", "Tara Moss", "Bring the chronology up to date");
    assert!(matches!(world.try_("Ida Ross", deed), Err(StoreError::Withheld { .. })));
}

#[test]
fn n_brings_what_was_done_to_those_who_sign_off_and_to_nobody_else() {
    let mut world = followed();
    world.is_done(1, "Noor Carter");
    let next = next_besides_reviews(&world);
    let of = |world: &mut World, who: &str| match world.answer_to(who, &next).unwrap() {
        Answered::NextThing(Some(thing)) => thing.action,
        _ => None,
    };
    assert_eq!(of(&mut world, "Tara Moss"), Some(ActionId(1)), "her own people's");
    assert_eq!(of(&mut world, "Tom Ward"), None, "another team's");
    assert_eq!(of(&mut world, "Noor Carter"), None, "the owner");
}
