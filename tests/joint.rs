//! Several reviewers on one case: pairs and benchmarks that judge on their own, sealed, and then agree. Q03, S18.

use crate::support::world::{DRAWN_AT, World, merton_text};
use closeloop::domain::deed::{Allocation, Deed};
use closeloop::domain::grade::Grade;
use closeloop::domain::joint::{OwnWanted, spread};
use closeloop::domain::query::{Answered, Query, ReviewDetail};
use closeloop::domain::review::{AnswerValue, field};
use closeloop::runtime::answers::answer;
use closeloop::runtime::library::Library;
use closeloop::store::Store;
use std::collections::BTreeMap;

const SECRET: &str = "The chronology stops in spring";

/// A council whose reviews are done in this way, one review drawn and given to Ida Ross.
fn world(conduct: &str) -> (World, String) {
    let text = merton_text().replacen("conduct = \"single\"", conduct, 1);
    let mut world = World::under(&text);
    let cycle = world.at(DRAWN_AT).open_cycle("2026-11-01");
    world.draw(cycle, 1, 7);
    let reference = world.references()[0].clone();
    let facts = world.review(&reference);
    let lead = Some(world.person("Ida Ross"));
    world.do_("Amina Khan", Deed::Allocate(vec![Allocation::to(facts.review.id, facts.revision, lead)]));
    (world, reference)
}

fn pair() -> (World, String) {
    let (mut world, reference) = world("conduct = \"pair\"");
    let deed = name(&world, &reference, "Ian Reid");
    world.do_("Ida Ross", deed);
    (world, reference)
}

fn name(world: &World, reference: &str, who: &str) -> Deed {
    Deed::NameCoReviewer { review: world.id(reference), person: world.person(who), despite: String::new() }
}

fn alone(world: &World, reference: &str, scaling: u8) -> Deed {
    let own = OwnWanted { scaling: Some(scaling), grade: None, areas: BTreeMap::new(), reasons: SECRET.into() };
    Deed::JudgeAlone { review: world.id(reference), own }
}

/// What somebody's own session reads of the review.
fn seen_by(world: &World, reference: &str, who: &str) -> ReviewDetail {
    let store = Store::open(&world.path()).unwrap();
    let viewer = world.seen_by(who);
    match answer(&store, &mut Library::default(), &Query::Review(world.id(reference)), &viewer).unwrap() {
        Answered::Review(detail) => *detail,
        other => panic!("a review answers with a review, not {other:?}"),
    }
}

#[test]
fn q03_a_pair_has_exactly_one_partner() {
    let (mut world, reference) = pair();
    let deed = name(&world, &reference, "Cara Poole");
    assert!(world.refused(deed).contains("a pair is two"));
    let again = name(&world, &reference, "Ida Ross");
    assert!(world.refused(again).contains("already"));
}

#[test]
fn q03_a_partner_is_as_independent_as_the_lead() {
    let (mut world, reference) = world("conduct = \"pair\"");
    let holder = world.review(&reference).review.practitioner.unwrap();
    let review = world.id(&reference);
    let deed = Deed::NameCoReviewer { review, person: holder, despite: "nobody else".into() };
    assert!(world.refused(deed).contains("Holds this case"));
}

#[test]
fn q03_the_profile_says_which_roles_make_the_pair() {
    let (mut world, reference) = world("conduct = \"pair\"\npartners = [\"CP-Chair\"]");
    let deed = name(&world, &reference, "Ian Reid");
    assert!(world.refused(deed).contains("these may review"));
    let deed = name(&world, &reference, "Cara Poole");
    world.do_("Ida Ross", deed);
    assert_eq!(world.review(&reference).joint.others, [world.person("Cara Poole")]);
}

#[test]
fn q03_partners_go_with_several_reviewers_only() {
    let text = merton_text().replacen("conduct = \"single\"", "conduct = \"single\"\npartners = [\"IRO\"]", 1);
    let refused = closeloop::profiles::parse(&text, "the test's profile").unwrap_err();
    assert!(format!("{refused:?}").contains("partners go with"), "{refused:?}");
}

#[test]
fn q03_a_sealed_judgement_cannot_be_read_by_the_other_session() {
    let (mut world, reference) = pair();
    let deed = alone(&world, &reference, 4);
    world.do_("Ida Ross", deed);
    for who in ["Ian Reid", "Amina Khan", "Dana Frost"] {
        let detail = seen_by(&world, &reference, who);
        let said = format!("{detail:?}");
        assert!(!said.contains(SECRET), "{who} reads the reasons");
        assert_eq!(detail.facts.joint.own.get(&world.person("Ida Ross")), Some(&None), "{who} sees that it is in, and no more");
    }
    let own = seen_by(&world, &reference, "Ida Ross").facts.joint.own;
    assert!(own[&world.person("Ida Ross")].as_ref().is_some_and(|own| own.reasons == SECRET), "one's own is not hidden from oneself");
    let history = format!("{:?}", world.history(&reference));
    assert!(!history.contains(SECRET) && history.contains("Judged on their own"), "{history}");
    assert!(!format!("{:?}", world.review(&reference)).contains(SECRET), "not even a rule is shown it");
    let mut world = world;
    let deed = alone(&world, &reference, 6);
    world.do_("Ian Reid", deed);
    assert!(format!("{:?}", seen_by(&world, &reference, "Ian Reid")).contains(SECRET), "all are in: both are shown");
    world.assert_verified();
}

#[test]
fn q03_judgements_that_are_open_stay_as_they_are() {
    let (mut world, reference) = pair();
    for (who, point) in [("Ida Ross", 3), ("Ida Ross", 4), ("Ian Reid", 6)] {
        let deed = alone(&world, &reference, point);
        world.do_(who, deed);
    }
    let deed = alone(&world, &reference, 6);
    assert!(world.refused_to("Ida Ross", deed).contains("stay as they are"));
    let batch = world.history(&reference)[0].seq;
    assert!(world.refused_to("Ian Reid", Deed::Undo { batch }).contains("stands for good"));
    let review = world.id(&reference);
    let person = world.person("Ian Reid");
    assert!(world.refused(Deed::TakeCoReviewerAway { review, person }).contains("its reviewers stay"));
    let facts = world.review(&reference);
    let other = Some(world.person("Cara Poole"));
    let deed = Deed::Allocate(vec![Allocation::to(facts.review.id, facts.revision, other)]);
    assert!(world.refused(deed).contains("lead reviewer stays"));
}

#[test]
fn q03_only_its_reviewers_judge_it_and_say_why() {
    let (mut world, reference) = pair();
    let deed = alone(&world, &reference, 4);
    assert!(world.refused_to("Cara Poole", deed).contains("not among the reviewers"));
    let review = world.id(&reference);
    let own = OwnWanted { scaling: Some(4), reasons: " ".into(), ..OwnWanted::default() };
    assert!(world.refused_to("Ida Ross", Deed::JudgeAlone { review, own }).contains("reasons are missing"));
}

#[test]
fn q03_nothing_is_agreed_while_a_judgement_is_sealed() {
    let (mut world, reference) = pair();
    let deed = world.edit(&reference, field::OVERALL, AnswerValue::Scale(5));
    assert!(world.refused_to("Ida Ross", deed).contains("alone first"));
}

#[test]
fn q03_what_is_agreed_where_they_differed_needs_its_reason() {
    let (mut world, reference) = pair();
    world.at("2026-11-06T10:00:00Z");
    for step in ["contact", "learning-conversation", "family-contact"] {
        let deed = world.step(&reference, step);
        world.do_("Ida Ross", deed);
    }
    for (who, point) in [("Ida Ross", 7), ("Ian Reid", 8)] {
        let deed = alone(&world, &reference, point);
        world.do_(who, deed);
    }
    world.fill(&reference, 7);
    let deed = world.submit(&reference);
    assert!(world.refused_to("Ida Ross", deed).contains("differ"));
    let deed = world.edit(&reference, field::WHY_AGREED, AnswerValue::Text("The visits were late, not missed".into()));
    world.do_("Ida Ross", deed);
    let deed = world.submit(&reference);
    world.do_("Ida Ross", deed);
    assert_eq!(world.review(&reference).original.unwrap().scaling, Some(7));
}

#[test]
fn q03_submitting_waits_for_every_own_judgement() {
    let (mut world, reference) = pair();
    let deed = alone(&world, &reference, 7);
    world.do_("Ida Ross", deed);
    let missing = world.detail(&reference).missing;
    assert!(missing.iter().any(|missing| missing.what == "1 of 2 own judgements are in."), "{missing:?}");
}

#[test]
fn q03_the_lead_opens_the_judgements_with_a_reason_after_giving_their_own() {
    let (mut world, reference) = pair();
    let review = world.id(&reference);
    let open = |why: &str| Deed::OpenSeal { review, why: why.into() };
    assert!(world.refused_to("Ida Ross", open("Ian is ill")).contains("own judgement is not in"));
    let deed = alone(&world, &reference, 4);
    world.do_("Ida Ross", deed);
    assert!(world.refused_to("Ian Reid", open("I want to know")).contains("Only the lead"));
    assert!(world.refused_to("Ida Ross", open(" ")).contains("not said"));
    world.do_("Ida Ross", open("Ian is ill until Christmas"));
    let detail = seen_by(&world, &reference, "Ian Reid");
    assert_eq!(detail.facts.joint.opened.as_deref(), Some("Ian is ill until Christmas"));
    assert!(format!("{detail:?}").contains(SECRET));
    let deed = world.edit(&reference, field::OVERALL, AnswerValue::Scale(4));
    world.do_("Ida Ross", deed);
}

#[test]
fn s18_the_spread_of_all_reviewers_is_the_median_and_how_many_agree() {
    let (mut world, reference) = world("conduct = \"all-on-one\"");
    for who in ["Ian Reid", "Cara Poole"] {
        let deed = name(&world, &reference, who);
        world.do_("Ida Ross", deed);
    }
    for (who, point) in [("Ida Ross", 7), ("Ian Reid", 7), ("Cara Poole", 4)] {
        assert!(spread(&world.review(&reference).joint).is_none(), "nothing of the spread while it is sealed");
        let deed = alone(&world, &reference, point);
        world.do_(who, deed);
    }
    let found = spread(&world.review(&reference).joint).unwrap();
    assert_eq!((found.median, found.agree, found.of), ((Grade::Good, Grade::Good), 2, 3));
}

#[test]
fn q03_mine_means_lead_or_partner() {
    let (world, reference) = pair();
    for (who, expected) in [("Ida Ross", 1), ("Ian Reid", 1), ("Cara Poole", 0)] {
        let viewer = world.seen_by(who);
        let found = closeloop::domain::filter::Filter::parse("mine").0;
        let window = closeloop::domain::query::Window {
            filter: found,
            sort: Default::default(),
            reversed: false,
            from: closeloop::domain::query::From::Start,
            limit: 10,
        };
        let page = world.store.reading().queue(&window, &viewer).unwrap();
        assert_eq!(page.rows.len(), expected, "{who} and {reference}");
    }
}

#[test]
fn q05_a_team_has_members_beside_its_lead_and_nobody_judges_alone() {
    let (mut world, reference) = world("conduct = \"team\"");
    for who in ["Ian Reid", "Cara Poole"] {
        let deed = name(&world, &reference, who);
        world.do_("Ida Ross", deed);
    }
    assert_eq!(world.detail(&reference).joint.others(world.review(&reference).reviewer), "Ian Reid, Cara Poole");
    let deed = alone(&world, &reference, 7);
    assert!(world.refused_to("Ian Reid", deed).contains("nobody judges alone"));
    let (review, person) = (world.id(&reference), world.person("Ian Reid"));
    world.do_("Ida Ross", Deed::TakeCoReviewerAway { review, person });
    assert_eq!(world.review(&reference).joint.others, [world.person("Cara Poole")]);
    world.assert_verified();
}

#[test]
fn q04_who_takes_part_in_a_workshop_is_as_independent_as_the_lead() {
    let (mut world, reference) = world("conduct = \"workshop\"");
    let holder = world.review(&reference).review.practitioner.unwrap();
    let review = world.id(&reference);
    let deed = Deed::NameCoReviewer { review, person: holder, despite: String::new() };
    assert!(world.refused(deed).contains("Holds this case"));
}

#[test]
fn a_single_reviewer_has_nobody_beside_them() {
    let (mut world, reference) = world("conduct = \"single\"");
    let deed = name(&world, &reference, "Ian Reid");
    assert!(world.refused(deed).contains("has one reviewer"));
}

#[test]
fn s18_the_lead_is_not_taken_from_those_beside_them() {
    let (mut world, reference) = pair();
    let facts = world.review(&reference);
    let partner = Some(world.person("Ian Reid"));
    let deed = Deed::Allocate(vec![Allocation::to(facts.review.id, facts.revision, partner)]);
    assert!(world.refused(deed).contains("stand beside the lead"));
}

#[test]
fn f01_one_judges_every_graded_area_and_no_other() {
    let graded = |area: &str| (area.to_string(), Grade::Good);
    let framework = closeloop::profiles::builtin().iter().find(|(id, _)| *id == "sefton").unwrap().1;
    let text = framework.replacen("conduct = \"single\"", "conduct = \"pair\"", 1);
    let framework = closeloop::profiles::parse(&text, "the test's profile").unwrap();
    let kind = &framework.kinds[0];
    let (world, reference) = pair();
    let facts = world.review(&reference);
    let lead = facts.reviewer.unwrap();
    let judge = |areas: BTreeMap<String, Grade>| {
        let own = OwnWanted { scaling: None, grade: Some(Grade::Good), areas, reasons: SECRET.into() };
        closeloop::domain::joint::judge_alone(&framework, kind, &facts, lead, own).map_err(|error| error.to_string())
    };
    let all: BTreeMap<_, _> = kind.areas.iter().filter(|area| area.graded).map(|area| graded(&area.key)).collect();
    let mut short = all.clone();
    short.pop_first();
    assert!(judge(short).unwrap_err().contains("the area has no grade"));
    let mut strange = all.clone();
    strange.extend([graded("feedback")]);
    assert!(judge(strange).unwrap_err().contains("an area that has none"));
    assert_eq!(judge(all.clone()).unwrap().areas, all);
}
