//! Who is proposed beside the lead: the partner of a pair, a team, the others on one file. Balanced, independent, explained.

use super::{council, cycle, naming, text_of};
use crate::support::world::World;
use closeloop::domain::deed::{Allocation, Deed, DrawWanted};
use closeloop::domain::filter::Filter;
use closeloop::domain::framework::Framework;
use closeloop::domain::id::ReviewId;
use closeloop::domain::interest::InterestKind;
use closeloop::domain::named::{NamedWanted, Whom};
use closeloop::domain::query::{Answered, From, ProposalDetail, Query, Window};
use closeloop::domain::review::Chosen;
use closeloop::runtime::clerk::left_behind;

fn proposal(world: &mut World, references: &[&str]) -> ProposalDetail {
    let ids = references.iter().map(|reference| world.id(reference)).collect();
    match world.ask(Query::Proposal(ids)) {
        Answered::Proposal(detail) => *detail,
        other => panic!("{other:?}"),
    }
}

/// What allocating a proposal as it is asks for.
fn as_proposed(world: &World, detail: &ProposalDetail, id: ReviewId, values: &[(&str, &str)]) -> Allocation {
    let lead = detail.proposal.suggestions.iter().find(|suggestion| suggestion.review == id).unwrap().reviewer;
    let others = detail.beside[&id].proposal.people.iter().map(|(person, _)| (*person, String::new())).collect();
    let values = values.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect();
    Allocation { others, values, ..Allocation::to(id, world.facts(id).revision, lead) }
}

/// Random sampling audits of the quarter, drawn from one service.
fn pairs() -> World {
    let mut world = council("quarterly-learning");
    let id = cycle(&mut world, "2026-10-01");
    let wanted =
        DrawWanted { seed: Some(7), service: Some("Safeguarding".into()), why_service: "Begin here".into(), ..DrawWanted::usual(id, 3) };
    world.do_("Amina Khan", Deed::Draw(wanted));
    world
}

fn reviewing(world: &World, name: &str, seen_by: Option<&str>) -> u32 {
    let viewer = seen_by.map_or_else(|| world.viewer(), |who| world.seen_by(who));
    let window = Window { filter: Filter::parse(name).0, sort: (), reversed: false, from: From::Start, limit: 9 };
    world.store.reading().people_list(&window, &viewer).unwrap().rows[0].reviewing
}

#[test]
fn q03_a_partner_of_the_right_role_is_proposed_with_the_lead_and_both_are_allocated_at_once() {
    let mut world = pairs();
    let references = world.references();
    let reference = references[0].as_str();
    let detail = proposal(&mut world, &[reference]);
    let id = world.id(reference);
    let row = &detail.beside[&id];
    assert_eq!((row.label, row.wanted, row.exactly), ("Partner", 1, true));
    let (person, why) = &row.proposal.people[0];
    assert_eq!(*person, world.person("Petra Cole"), "the only practice consultant");
    assert_eq!(why, "0 open, the only one free; not in the case's team or line");
    let deed = Deed::Allocate(vec![as_proposed(&world, &detail, id, &[])]);
    let receipt = world.do_("Amina Khan", deed);
    assert!(
        receipt.said.contains("goes to Q. ") && receipt.said.ends_with(&format!("; P. Cole reviews {reference} too")),
        "{}",
        receipt.said
    );
    assert_eq!(world.facts(id).joint.others, [world.person("Petra Cole")]);
    world.do_("Amina Khan", Deed::Undo { batch: receipt.written.first });
    assert!(world.facts(id).joint.others.is_empty() && world.facts(id).reviewer.is_none(), "one key takes both back");
    world.assert_verified();
}

#[test]
fn q03_what_somebody_reviews_beside_a_lead_counts_in_their_load() {
    let mut world = pairs();
    let references: Vec<String> = world.references();
    let names: Vec<&str> = references.iter().map(String::as_str).collect();
    let detail = proposal(&mut world, &names);
    let whys: Vec<String> = detail.beside.values().map(|row| row.proposal.people[0].1.clone()).collect();
    assert!(whys.iter().any(|why| why.starts_with("2 open")), "each case proposed weighs in the next: {whys:?}");
    let given = detail.reviews.iter().map(|(id, ..)| as_proposed(&world, &detail, *id, &[])).collect();
    assert_eq!(world.do_("Amina Khan", Deed::Allocate(given)).said, "3 reviews allocated");
    assert_eq!(world.store.reading().loads().unwrap()[&world.person("Petra Cole")], 3);
    assert_eq!(reviewing(&world, "Petra", None), 3);
    world.declare("Bela Novak", names[0], InterestKind::Family);
    assert_eq!(reviewing(&world, "Petra", Some("Bela Novak")), 2, "what is withheld is in no count");
    assert_eq!(world.store.reading().loads_for(&world.seen_by("Bela Novak")).unwrap()[&world.person("Petra Cole")], 2);
}

#[test]
fn s18_the_others_on_one_file_are_the_lightest_who_are_free_of_conflict() {
    let mut world = council("sandwell");
    let id = cycle(&mut world, "2026-11-01");
    world.do_("Amina Khan", Deed::OpenNamed(naming(&world, id, "benchmarking-review", Chosen::Added, 0)));
    let reference = world.references()[0].clone();
    let detail = proposal(&mut world, &[&reference]);
    let review = world.id(&reference);
    let row = &detail.beside[&review];
    assert_eq!((row.wanted, row.proposal.people.len()), (3, 3), "{row:?}");
    let lead = detail.proposal.suggestions[0].reviewer.unwrap();
    for (person, why) in &row.proposal.people {
        assert_ne!(*person, lead);
        let candidate = row.candidates.iter().find(|candidate| candidate.person == *person).unwrap();
        assert_eq!(candidate.conflicts[&review], [], "{}", candidate.name);
        assert!(why.starts_with("0 open, among the lightest of "), "{why}");
    }
}

#[test]
fn q05_a_team_that_is_too_small_says_so_and_nobody_of_the_visited_service_is_in_it() {
    let mut world = council("quarterly-learning");
    let id = cycle(&mut world, "2026-10-01");
    let visit = NamedWanted { whom: Whom::Service("Safeguarding".into()), ..naming(&world, id, "learning-visit", Chosen::Added, 0) };
    world.do_("Amina Khan", Deed::OpenNamed(visit));
    let reference = world.references()[0].clone();
    let detail = proposal(&mut world, &[&reference]);
    let review = world.id(&reference);
    let own = [world.person("Hana Owen"), world.person("Sam Miller")];
    let row = &detail.beside[&review];
    assert!(row.proposal.people.iter().all(|(person, _)| !own.contains(person)), "{row:?}");
    assert_eq!((row.wanted, row.proposal.short.as_str()), (2, "Only 1 of 2 are free of conflict for this case."));
    let values = [("lead", "As named"), ("need", "Three plans drifted")];
    let deed = Deed::Allocate(vec![as_proposed(&world, &detail, review, &values)]);
    world.do_("Amina Khan", deed);
    let chosen = Allocation { others: vec![(own[0], String::new())], ..as_proposed(&world, &detail, review, &values) };
    let chosen = Allocation { reviewer: world.facts(review).reviewer, seen: world.facts(review).revision, ..chosen };
    assert!(world.refused(Deed::Allocate(vec![chosen])).contains("Belongs to the service that is visited."));
}

#[test]
fn reviews_of_different_kinds_are_each_proposed_by_their_own_rules() {
    let mut world = pairs();
    let cycle = world.store.reading().cycles().unwrap()[0].0.id;
    let wanted = naming(&world, cycle, "learning-audit", Chosen::Proposed, 9);
    world.do_("Amina Khan", Deed::OpenNamed(wanted));
    let references = world.references();
    let (pair, audit) = (references[0].as_str(), references[3].as_str());
    let detail = proposal(&mut world, &[pair, audit]);
    let role = |world: &World, reference: &str| {
        let id = world.id(reference);
        let lead = detail.proposal.suggestions.iter().find(|suggestion| suggestion.review == id).unwrap().reviewer.unwrap();
        world.store.reading().person(lead).unwrap().unwrap().role
    };
    assert_eq!((role(&world, pair).as_str(), role(&world, audit).as_str()), ("QI", "SM"));
    assert!(detail.beside.contains_key(&world.id(pair)) && !detail.beside.contains_key(&world.id(audit)));
}

#[test]
fn a_deputy_is_shown_beside_who_is_away_and_as_standing_in() {
    let mut world = World::ready();
    let away = Deed::RecordAbsence {
        person: world.person("Sam Miller"),
        from: crate::support::world::day("2026-11-02"),
        until: crate::support::world::day("2026-11-27"),
        reason: "leave".into(),
        deputy: Some(world.person("Sita Moran")),
    };
    world.do_("Amina Khan", away);
    let shown = |name: &str| {
        let window = Window { filter: Filter::parse(name).0, sort: (), reversed: false, from: From::Start, limit: 9 };
        world.store.reading().people_list(&window, &world.viewer()).unwrap().rows[0].away.clone()
    };
    assert_eq!(shown("Sam"), "away until 27 Nov, S. Moran stands in (leave)");
    assert_eq!(shown("Sita"), "for S. Miller until 27 Nov");
}

#[test]
fn f03_a_named_case_that_was_taken_out_comes_in_again_by_undo() {
    let mut world = council("sefton");
    let id = cycle(&mut world, "2026-11-01");
    world.draw(id, 2, 7);
    let drawn: Vec<_> = world.references().iter().map(|reference| world.review(reference).review.subject).collect();
    let mut wanted = naming(&world, id, "thematic-audit", Chosen::Showcase, 0);
    let frame = world.store.reading().subjects(true).unwrap();
    wanted.whom = Whom::Known(frame.iter().find(|subject| !drawn.contains(&subject.id)).unwrap().id);
    world.do_("Amina Khan", Deed::OpenNamed(wanted.clone()));
    let before = (world.review("TA-0003"), world.store.reading().cycle_and_counts(id).unwrap());
    let withdraw = |world: &World| {
        let facts = world.review("TA-0003");
        Deed::WithdrawNamed { review: facts.review.id, seen: facts.revision, reason: "The family moved".into() }
    };
    let deed = withdraw(&world);
    let receipt = world.do_("Amina Khan", deed);
    world.do_("Amina Khan", Deed::Undo { batch: receipt.written.first });
    let after = world.review("TA-0003");
    assert_eq!((after.state, &after.review.next), (before.0.state, &before.0.review.next));
    assert_eq!(world.store.reading().cycle_and_counts(id).unwrap(), before.1);
    let deed = withdraw(&world);
    let receipt = world.do_("Amina Khan", deed);
    world.do_("Amina Khan", Deed::OpenNamed(wanted));
    let said = world.refused(Deed::Undo { batch: receipt.written.first });
    assert!(said.contains("came in again meanwhile, as TA-0004"), "{said}");
    world.assert_verified();
}

#[test]
fn q01_a_quarter_that_begins_out_of_step_says_what_it_does() {
    let mut world = World::under(text_of("quarterly-learning"));
    let framework: std::sync::Arc<Framework> = world.library.current(world.store.reading()).unwrap();
    let focus_reason = framework.cycle.focus_reasons.first().map(|reason| reason.key.clone()).unwrap_or_default();
    let open = |starts: &str| {
        let starts_on = crate::support::world::day(starts);
        let (focus, focus_note) = ("Neglect".to_string(), String::new());
        Deed::OpenCycle(closeloop::domain::cycle::CyclePlanned { starts_on, focus, focus_reason: focus_reason.clone(), focus_note })
    };
    let said = world.do_("Amina Khan", open("2026-11-01")).said;
    assert!(
        said.contains(
            "it runs November 2026-January 2027, across two of the year\u{2019}s own cycles, which begin in April, July, October, January"
        ),
        "{said}"
    );
    let said = world.do_("Amina Khan", open("2027-01-01")).said;
    assert!(!said.contains("across"), "{said}");
}

#[test]
fn adopting_counts_who_and_what_the_new_version_no_longer_knows() {
    let world = World::council();
    let text = crate::support::world::merton_text();
    let known = closeloop::profiles::parse(text, "merton").unwrap();
    assert!(left_behind(world.store.reading(), &known, world.today()).unwrap().is_empty());
    let mut next = known.clone();
    next.roles.retain(|role| role.key != "CP-Chair");
    next.case_types.retain(|case_type| case_type.key != "cwd");
    let said = left_behind(world.store.reading(), &next, world.today()).unwrap();
    assert_eq!(said[0], "1 person holds a role that it does not know: CP-Chair (1); import them with a role it has.");
    assert!(said[1].starts_with("2 cases in the frame are of a type that it does not know: cwd (2);"), "{}", said[1]);
}
