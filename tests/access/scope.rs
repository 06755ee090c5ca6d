//! T43: who sees which reviews, everywhere they could be told of one, against a model that reads the tables whole.

use crate::support::council::PEOPLE;
use crate::support::world::{World, merton_text};
use closeloop::domain::access::{Access, Scope, Sight};
use closeloop::domain::action::{ActionWanted, Near};
use closeloop::domain::deed::Deed;
use closeloop::domain::filter::Filter;
use closeloop::domain::framework::Framework;
use closeloop::domain::id::{CycleId, PersonId, ReviewId};
use closeloop::domain::line::above;
use closeloop::domain::query::{Answered, CycleDetail, CycleRow, From, Query, QueueSort, Window};
use closeloop::domain::sample::SampleCard;
use closeloop::store::StoreError;
use std::collections::BTreeSet;

/// Merton word for word: every role with its own scope, seven reviews drawn and allocated.
pub fn council() -> World {
    let mut world = World::as_written_with_cases(merton_text());
    let cycle = world.open_cycle("2026-11-01");
    world.draw(cycle, 12, 7);
    world.allocate_all();
    world
}

fn all_of(world: &World) -> Vec<ReviewId> {
    world.references().iter().map(|reference| world.id(reference)).collect()
}

/// What somebody ought to see, said again in other words: by their own role alone.
pub fn expected(world: &World, me: PersonId) -> BTreeSet<ReviewId> {
    let framework = closeloop::profiles::parse(merton_text(), "merton").unwrap();
    all_of(world).into_iter().filter(|review| sees_by_scope(world, &framework, me, *review)).collect()
}

/// Whether somebody ought to see a review by the scope of their role under a framework.
pub fn sees_by_scope(world: &World, framework: &Framework, me: PersonId, review: ReviewId) -> bool {
    let reading = world.store.reading();
    let people = reading.people_by_id().unwrap();
    let teams = reading.teams().unwrap();
    let scope = Access::of(framework, &people[&me], &[]).scope().unwrap();
    let service_of = |id: PersonId| {
        let person = &people[&id];
        let of_team = person.team.and_then(|team| teams.iter().find(|known| known.id == team)).map(|team| team.service.clone());
        if person.service.is_empty() { of_team.unwrap_or_default() } else { person.service.clone() }
    };
    let facts = world.facts(review);
    let (practitioner, team) = (facts.review.practitioner, facts.review.team);
    let service = team.and_then(|team| teams.iter().find(|known| known.id == team)).map(|team| team.service.clone()).unwrap_or_default();
    let chain = practitioner.map(|who| above(&people, who)).unwrap_or_default();
    let own = practitioner == Some(me)
        || facts.reviewer == Some(me)
        || facts.companion == Some(me)
        || facts.joint.others.contains(&me)
        || practitioner.and_then(|who| people[&who].line_manager) == Some(me)
        || facts.actions.iter().any(|action| action.owner == me);
    own || match scope {
        Scope::All => true,
        Scope::Service => (!service.is_empty() && service == service_of(me)) || chain.contains(&me),
        Scope::Team => (team.is_some() && team == people[&me].team) || chain.contains(&me),
        Scope::Own => false,
    }
}

fn queue(world: &mut World, who: &str, typed: &str) -> (BTreeSet<ReviewId>, u64) {
    let (filter, _) = Filter::parse(typed);
    let window = Window { filter, sort: QueueSort::Due, reversed: false, from: From::Start, limit: 100 };
    let Answered::Queue(page) = world.answer_to(who, &Query::Queue(window)).unwrap() else { panic!() };
    let total = page.total.to_string().parse().unwrap();
    (page.rows.iter().map(|row| row.id).collect(), total)
}

#[test]
fn t43_everybody_sees_their_own_their_team_s_or_their_service_s_cases_in_lists_counts_and_records() {
    let mut world = council();
    let review = all_of(&world)[0];
    // Somebody who sees it for no other reason than that they have to do something.
    let owner = world.person("Ian Reid");
    let wanted = ActionWanted {
        text: "Bring the chronology up to date".into(),
        owner: Some(owner),
        due_on: None,
        urgent: false,
        near: Near::Ask,
        kind: String::new(),
    };
    world.do_("Amina Khan", Deed::RaiseAction { review, wanted });
    let (all, mut narrow, mut none) = (all_of(&world), 0, 0);
    for (name, ..) in PEOPLE {
        let expected = expected(&world, world.person(name));
        narrow += usize::from(expected.len() < all.len());
        none += usize::from(expected.is_empty());
        let (listed, total) = queue(&mut world, name, "");
        assert_eq!(listed, expected, "{name}: the queue");
        assert_eq!(total, expected.len() as u64, "{name}: its count");
        let Answered::Overview(overview) = world.answer_to(name, &Query::Overview).unwrap() else { panic!() };
        assert_eq!(overview.open.to_string(), expected.len().to_string(), "{name}: the header");
        let cycle = overview.cycle.unwrap().id;
        let Answered::Cycle(detail) = world.answer_to(name, &Query::Cycle(cycle)).unwrap() else { panic!() };
        assert_eq!(detail.counts.reviews as usize, expected.len(), "{name}: the cycle's count");
        assert_eq!(detail.reviews.iter().map(|row| row.id).collect::<BTreeSet<_>>(), expected, "{name}: the cycle's list");
        for id in &all {
            let opened = world.answer_to(name, &Query::Review(*id));
            let history = world.answer_to(name, &Query::History(*id));
            let found = world.facts(*id).review.reference.clone();
            let searched = queue(&mut world, name, &found).0;
            if expected.contains(id) {
                assert!(opened.is_ok() && history.is_ok() && searched.contains(id), "{name}: {found}");
            } else {
                assert!(matches!(opened, Err(StoreError::Beyond)), "{name}: {found} was shown");
                assert!(matches!(history, Err(StoreError::Beyond)), "{name}: the history of {found} was shown");
                assert!(searched.is_empty(), "{name}: {found} was found");
                let reveal = world.try_(name, Deed::Reveal { review: *id, why: "To ring them".into() });
                assert!(matches!(reveal, Err(StoreError::Beyond)), "{name}: {found} was revealed");
            }
        }
        let window = Window { filter: Filter::default(), sort: (), reversed: false, from: From::Start, limit: 100 };
        let Answered::Actions(page) = world.answer_to(name, &Query::Actions(window)).unwrap() else { panic!() };
        assert_eq!(page.rows.len(), usize::from(expected.contains(&review)), "{name}: the actions");
    }
    assert!(narrow > 15 && none > 0, "{narrow} see less than everything, {none} nothing: the council is too small to tell");
}

#[test]
fn t43_where_a_cycle_stands_is_the_same_for_everybody_and_a_card_says_why_it_is_in_part() {
    let mut world = council();
    let cycle = world.store.reading().cycles().unwrap()[0].0.id;
    let (whole, of_all) = cycle_of(&mut world, "Amina Khan", cycle);
    assert!(matches!(whole.sample, Some(SampleCard::Whole(_))) && whole.counts.reviews > 0);
    let (mut narrow, mut none) = (0, 0);
    for (name, ..) in PEOPLE {
        let (detail, row) = cycle_of(&mut world, name, cycle);
        assert_eq!((&detail.phases, &row.state, &row.phase), (&whole.phases, &of_all.state, &of_all.phase), "{name}");
        none += usize::from(detail.counts.reviews == 0);
        if let Some(SampleCard::Part(part)) = detail.sample {
            narrow += 1;
            let said = part.sentence();
            assert!(
                said.starts_with("You see the cases of your own work, team or service.") && !said.contains("recused"),
                "{name}: {said}"
            );
        }
    }
    assert!(narrow > 15 && none > 0, "{narrow} see a part, {none} nothing: the council is too small to tell");
}

fn cycle_of(world: &mut World, who: &str, cycle: CycleId) -> (CycleDetail, CycleRow) {
    let Answered::Cycle(detail) = world.answer_to(who, &Query::Cycle(cycle)).unwrap() else { panic!() };
    let Answered::Cycles(mut rows) = world.answer_to(who, &Query::Cycles).unwrap() else { panic!() };
    (*detail, rows.remove(0))
}

#[test]
fn t43_a_deputy_sees_and_does_what_their_principal_may_while_they_stand_in_and_not_a_day_longer() {
    let mut world = council();
    let (principal, deputy) = (world.person("Sam Miller"), world.person("Jude Bell"));
    let before = expected(&world, deputy);
    let today = world.today();
    // Whoever is away says so themselves, and who stands in.
    world.do_(
        "Sam Miller",
        Deed::RecordAbsence { person: principal, from: today, until: today, reason: "leave".into(), deputy: Some(deputy) },
    );
    let both: BTreeSet<ReviewId> = expected(&world, principal).union(&before).copied().collect();
    assert!(both.len() > before.len());
    assert_eq!(queue(&mut world, "Jude Bell", "").0, both);
    world.now += chrono::Duration::days(1);
    assert_eq!(queue(&mut world, "Jude Bell", "").0, before);
    let refused = world.refused_to(
        "Jude Bell",
        Deed::RecordAbsence { person: principal, from: today, until: today, reason: "x".into(), deputy: Some(deputy) },
    );
    assert!(refused.contains("no right to change people"), "{refused}");
}

#[test]
fn t43_a_manager_of_whom_no_service_is_written_sees_those_below_them_and_no_other_service() {
    let mut world = council();
    let person = world.person("Sita Moran");
    let seen = world.store.reading().person_revision(person).unwrap().unwrap();
    let wanted = closeloop::domain::person::PersonWanted { service: Some(String::new()), ..Default::default() };
    world.do_("Amina Khan", Deed::People(closeloop::domain::deed::PeopleDeed::Change { person, seen, wanted }));
    let expected = expected(&world, person);
    assert!(!expected.is_empty() && expected.len() < all_of(&world).len());
    assert_eq!(queue(&mut world, "Sita Moran", "").0, expected);
}

#[test]
fn t43_what_narrows_a_list_reads_no_table_of_reviews_whole() {
    let world = council();
    let viewer = world.viewer();
    for (who, scope) in [("Noor Carter", Scope::Own), ("Tara Moss", Scope::Team), ("Sam Miller", Scope::Service)] {
        let viewer = closeloop::domain::query::Viewer { sight: Sight::Within(vec![(world.person(who), scope)]), ..viewer.clone() };
        for step in world.store.reading().plan_of_sight(&viewer).unwrap() {
            for table in ["review", "action", "strip", "subject", "co_reviewer"] {
                assert!(!step.starts_with(&format!("SCAN {table}")), "{who}: {step}");
            }
        }
    }
}
