//! Cases that are not drawn: who may name them, which are refused, and that they never count as drawn.

use super::{council, cycle, naming};
use crate::support::world::World;
use closeloop::domain::deed::Deed;
use closeloop::domain::filter::Filter;
use closeloop::domain::framework::SubjectKind;
use closeloop::domain::id::CycleId;
use closeloop::domain::named::{NamedWanted, Whom};
use closeloop::domain::query::{Answered, From, Query, QueueSort, Window};
use closeloop::domain::review::{AnswerValue, Chosen, field};

fn queue(world: &mut World, filter: &str) -> Vec<String> {
    let (filter, problems) = Filter::parse(filter);
    assert!(problems.is_empty(), "{problems:?}");
    let window = Window { filter, sort: QueueSort::Reference, reversed: false, from: From::Start, limit: 100 };
    match world.ask(Query::Queue(window)) {
        Answered::Queue(page) => page.rows.into_iter().map(|row| row.reference).collect(),
        other => panic!("{other:?}"),
    }
}

fn counts(world: &World, id: CycleId) -> closeloop::domain::cycle::CycleCounts {
    world.store.reading().cycle_and_counts(id).unwrap().unwrap().1
}

#[test]
fn f03_a_manager_names_a_showcase_and_it_is_kept_out_of_the_random_sample() {
    let mut world = council("sefton");
    let id = cycle(&mut world, "2026-11-01");
    let wanted = naming(&world, id, "thematic-audit", Chosen::Showcase, 0);
    let said = world.do_("Amina Khan", Deed::OpenNamed(wanted)).said;
    assert!(said.ends_with("showcase of good practice"), "{said}");
    world.draw(id, 6, 7);
    let sample = world.store.reading().sample(id).unwrap().unwrap();
    let showcase = world.review("TA-0001");
    assert_eq!(showcase.review.named.as_ref().map(|named| named.by), Some(world.person("Sam Miller")));
    assert!(sample.drawn.chosen.iter().chain(&sample.drawn.reserves).all(|chosen| chosen.subject != showcase.review.subject));
    assert_eq!((sample.drawn.chosen.len(), sample.drawn.compared[0].rows[0].sample), (6, 6), "the card compares drawn cases only");
    let counts = counts(&world, id);
    assert_eq!((counts.reviews, counts.named, counts.random()), (7, 1, 6));
    assert_eq!(queue(&mut world, "showcase"), ["TA-0001"]);
    assert_eq!(queue(&mut world, "chosen:drawn").len(), 6);
    assert_eq!(queue(&mut world, "chosen:revisit").len(), 0);
    world.assert_verified();
}

#[test]
fn f03_a_showcase_needs_a_framework_that_knows_it_a_manager_and_a_reason() {
    let mut world = council("sefton");
    let id = cycle(&mut world, "2026-11-01");
    let wanted = naming(&world, id, "thematic-audit", Chosen::Showcase, 0);
    let worker = NamedWanted { by: Some(world.person("Noor Carter")), ..wanted.clone() };
    assert!(world.refused(Deed::OpenNamed(worker)).starts_with("N. Carter is no manager (SW)."));
    let silent = NamedWanted { why: "  ".into(), ..wanted.clone() };
    assert!(world.refused(Deed::OpenNamed(silent)).contains("Say in a few words why this case."));
    let nobody = NamedWanted { by: None, ..wanted };
    assert!(world.refused(Deed::OpenNamed(nobody)).starts_with("A case that is not drawn needs somebody who proposed it."));
    let mut merton = World::council();
    let id = merton.open_cycle("2026-11-01");
    let wanted = naming(&merton, id, "collaborative-review", Chosen::Showcase, 0);
    let said = merton.refused(Deed::OpenNamed(wanted));
    assert_eq!(said, "In this framework no case comes in as showcase of good practice. Add it by hand, with who approved it and why.");
}

#[test]
fn q02_managers_propose_learning_audits_and_what_the_step_asks_comes_from_the_proposal() {
    let mut world = council("quarterly-learning");
    let id = cycle(&mut world, "2026-10-01");
    let wanted = naming(&world, id, "learning-audit", Chosen::Proposed, 0);
    world.do_("Amina Khan", Deed::OpenNamed(wanted));
    let auditor = world.person("Sita Moran");
    let facts = world.review("LA-0001");
    let deed = Deed::Allocate(vec![closeloop::domain::deed::Allocation::to(facts.review.id, facts.revision, Some(auditor))]);
    world.do_("Amina Khan", deed);
    let record = &world.review("LA-0001").steps["allocated"];
    assert_eq!(record.values["why-proposed"], "The plan held through three moves");
    assert_eq!(record.values["revisit"], "no", "it was never Inadequate");
}

#[test]
fn q02_where_nothing_says_why_the_allocation_has_to() {
    let mut world =
        World::under(&super::text_of("quarterly-learning").replace("key = \"why-proposed\", label", "key = \"what-to-learn\", label"));
    world.at("2026-11-05T09:30:00Z");
    let id = cycle(&mut world, "2026-10-01");
    let wanted = naming(&world, id, "learning-audit", Chosen::Proposed, 0);
    world.do_("Amina Khan", Deed::OpenNamed(wanted));
    let facts = world.review("LA-0001");
    let mut wanted = closeloop::domain::deed::Allocation::to(facts.review.id, facts.revision, Some(world.person("Sita Moran")));
    let said = world.refused(Deed::Allocate(vec![wanted.clone()]));
    assert!(said.contains("is still empty in \u{201c}Allocate an auditor\u{201d}"), "{said}");
    let Answered::Proposal(proposal) = world.ask(Query::Proposal(vec![facts.review.id])) else { panic!() };
    assert_eq!(proposal.asks[&facts.review.id].iter().map(|field| field.key.as_str()).collect::<Vec<_>>(), ["what-to-learn"]);
    wanted.values.insert("what-to-learn".into(), "How the plan held".into());
    world.do_("Amina Khan", Deed::Allocate(vec![wanted]));
    assert_eq!(world.review("LA-0001").steps["allocated"].values["what-to-learn"], "How the plan held");
}

#[test]
fn q02_only_an_earlier_inadequate_is_revisited_and_the_review_goes_back_to_it() {
    let mut world = World::ready();
    world.through_as("CR-0001", "finalised", 2);
    world.through_as("CR-0002", "finalised", 7);
    world.at("2027-01-05T10:00:00Z");
    let id = world.open_cycle("2027-01-01");
    let of = |world: &World, reference: &str| NamedWanted {
        whom: Whom::Known(world.review(reference).review.subject),
        ..naming(world, id, "collaborative-review", Chosen::Revisit, 0)
    };
    let good = of(&world, "CR-0002");
    let said = world.refused(Deed::OpenNamed(good));
    assert!(said.contains("was not Inadequate."), "{said}");
    let never = NamedWanted { whom: Whom::Known(fresh(&world)), ..of(&world, "CR-0001") };
    assert!(world.refused(Deed::OpenNamed(never)).contains("has no earlier review to go back to."));
    let again = of(&world, "CR-0001");
    world.do_("Amina Khan", Deed::OpenNamed(again));
    let opened = world.references().pop().unwrap();
    let facts = world.review(&opened);
    assert_eq!(facts.review.named.as_ref().and_then(|named| named.earlier), Some(world.id("CR-0001")));
    assert_eq!(world.detail(&opened).revisits.as_deref(), Some("CR-0001"));
    assert!(world.history(&opened).last().unwrap().what.starts_with("Review opened, revisit of an earlier Inadequate"));
}

/// A child that no review has looked at.
fn fresh(world: &World) -> closeloop::domain::id::SubjectId {
    let reading = world.store.reading();
    let frame = reading.subjects(true).unwrap();
    frame.iter().find(|subject| subject.kind == SubjectKind::Child && reading.newest_review_of(subject.id).unwrap().is_none()).unwrap().id
}

#[test]
fn s05_a_kind_looks_only_at_its_own_subjects_and_at_each_once_a_cycle() {
    let mut world = council("sandwell");
    let id = cycle(&mut world, "2026-11-01");
    let child = naming(&world, id, "practice-review", Chosen::Added, 0);
    world.do_("Amina Khan", Deed::OpenNamed(child.clone()));
    let said = world.refused(Deed::OpenNamed(child.clone()));
    assert!(said.contains("is in this cycle already, as PR-0001."), "{said}");
    let visit = NamedWanted { kind: "peer-review".into(), ..child.clone() };
    let said = world.refused(Deed::OpenNamed(visit));
    assert!(said.contains("is a child; a peer review looks at services."), "{said}");
    let carer = world.store.reading().subjects(true).unwrap().into_iter().find(|subject| subject.kind == SubjectKind::FosterCarer).unwrap();
    let carer = NamedWanted { whom: Whom::Known(carer.id), ..child.clone() };
    world.do_("Amina Khan", Deed::OpenNamed(carer));
    let unknown = NamedWanted { whom: Whom::Known(closeloop::domain::id::SubjectId(9999)), ..child.clone() };
    assert!(world.refused(Deed::OpenNamed(unknown)).starts_with("That case is not in the sampling frame"));
    let kind = NamedWanted { kind: "audit".into(), ..child };
    assert!(world.refused(Deed::OpenNamed(kind)).starts_with("The framework has no such kind of review."));
}

#[test]
fn s03_the_practitioner_observed_is_the_reviews_practitioner() {
    let mut world = council("sandwell");
    let id = cycle(&mut world, "2026-11-01");
    let own = naming(&world, id, "practice-observation", Chosen::Added, 0);
    let other =
        NamedWanted { practitioner: Some(world.person("Lena Wolf")), ..naming(&world, id, "practice-observation", Chosen::Added, 1) };
    world.do_("Amina Khan", Deed::OpenNamed(own));
    world.do_("Amina Khan", Deed::OpenNamed(other));
    assert_eq!(world.review("PO-0001").review.practitioner, Some(world.person("Noor Carter")), "the case's own worker");
    assert_eq!(world.review("PO-0002").review.practitioner, Some(world.person("Lena Wolf")));
}

#[test]
fn s19_q05_a_service_is_visited_by_its_name_and_by_nobody_of_its_own() {
    for (framework, kind, reference, inside) in
        [("sandwell", "peer-review", "PER-0001", "Tara Moss"), ("quarterly-learning", "learning-visit", "LV-0001", "Sam Miller")]
    {
        let mut world = council(framework);
        let starts = if framework == "sandwell" { "2026-11-01" } else { "2026-10-01" };
        let id = cycle(&mut world, starts);
        let wanted = NamedWanted { whom: Whom::Service("safeguarding".into()), ..naming(&world, id, kind, Chosen::Added, 0) };
        let unknown = NamedWanted { whom: Whom::Service("Libraries".into()), ..wanted.clone() };
        assert!(world.refused(Deed::OpenNamed(unknown)).starts_with("There is no service \u{201c}Libraries\u{201d}."));
        world.do_("Amina Khan", Deed::OpenNamed(wanted.clone()));
        let said = world.refused(Deed::OpenNamed(wanted));
        assert!(said.starts_with("Safeguarding is in this cycle already"), "{said}");
        let facts = world.review(reference);
        let mut give = closeloop::domain::deed::Allocation::to(facts.review.id, facts.revision, Some(world.person(inside)));
        give.despite = "They know it".into();
        let said = world.refused(Deed::Allocate(vec![give]));
        assert!(said.contains("Belongs to the service that is visited."), "{framework}: {said}");
        // A service, and a carer, are never drawn for a review of a child.
        world.draw(id, 5, 7);
        let frame = world.store.reading().sample(id).unwrap().unwrap().drawn.in_frame;
        let looked_at = |kind: SubjectKind| kind != SubjectKind::Service && (framework == "sandwell" || kind != SubjectKind::FosterCarer);
        let all = world.store.reading().subjects(true).unwrap().iter().filter(|subject| looked_at(subject.kind)).count();
        assert!(frame as usize <= all, "{frame} of {all}");
        world.assert_verified();
    }
}

#[test]
fn f03_a_named_case_is_taken_out_with_its_reason_and_a_drawn_one_is_not() {
    let mut world = council("sefton");
    let id = cycle(&mut world, "2026-11-01");
    let wanted = naming(&world, id, "thematic-audit", Chosen::Showcase, 0);
    world.do_("Amina Khan", Deed::OpenNamed(wanted.clone()));
    world.draw(id, 3, 7);
    let out = |world: &World, reference: &str, reason: &str| {
        let facts = world.review(reference);
        Deed::WithdrawNamed { review: facts.review.id, seen: facts.revision, reason: reason.into() }
    };
    let silent = out(&world, "TA-0001", " ");
    assert!(world.refused(silent).starts_with("Taking a case out needs its reason."));
    let drawn = out(&world, "TA-0002", "Too much");
    assert!(world.refused(drawn).starts_with("TA-0002 was drawn"));
    let named = out(&world, "TA-0001", "The family moved");
    world.do_("Amina Khan", named);
    assert_eq!((counts(&world, id).named, counts(&world, id).reviews), (0, 3));
    let again = out(&world, "TA-0001", "Twice");
    assert!(world.refused(again).contains("is past being taken out"));
    world.do_("Amina Khan", Deed::OpenNamed(wanted));
    assert_eq!(counts(&world, id).named, 1, "it may be named anew");
    world.assert_verified();
}

#[test]
fn f03_a_named_case_is_taken_through_its_steps_like_any_other_and_withdrawn_from_the_counts() {
    let mut world = World::ready();
    let id = world.store.reading().current_cycle(world.today()).unwrap().unwrap();
    let named = NamedWanted { whom: Whom::Known(fresh(&world)), ..naming(&world, id, "collaborative-review", Chosen::Added, 0) };
    world.do_("Amina Khan", Deed::OpenNamed(named));
    let reference = world.references().pop().unwrap();
    world.allocate_all();
    world.through(&reference, "completed");
    assert_eq!(world.review(&reference).answer(field::OVERALL), Some(&AnswerValue::Scale(7)));
    let facts = world.review("CR-0003");
    let substitute = world.review(&reference);
    let deed = Deed::Substitute {
        review: substitute.review.id,
        seen: substitute.revision,
        incoming: None,
        reason: "Moved".into(),
        approver: Some(world.person("Iris Tamm")),
    };
    let said = world.refused(deed);
    assert!(said.contains("is past being substituted") || said.contains("was not drawn"), "{said}");
    assert!(facts.review.chosen.is_random());
    assert_eq!(counts(&world, id).named, 1);
}
