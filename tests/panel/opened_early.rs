//! Who opens sealed scores before all are in, what a decision needs, and what a sitting still says of it afterwards.

use super::table::{MEMBERS, decide, defer, on_the_table, reveal, score, seen, submitted, wanted};
use crate::support::panel::decision;
use crate::support::world::{World, day};
use closeloop::domain::deed::{Deed, PanelDeed};
use closeloop::domain::panel::{DecisionWanted, SittingWanted};
use closeloop::domain::query::{Answered, Query};
use closeloop::report::markdown::markdown;
use closeloop::report::panel::minutes;

fn scored(points: &[u8]) -> (World, closeloop::domain::id::PanelId) {
    let (mut world, panel) = on_the_table(&[9], "CR-0001");
    for (member, point) in MEMBERS.iter().skip(1).zip(points) {
        let deed = score(&world, panel, "CR-0001", *point, "");
        world.do_(member, deed);
    }
    (world, panel)
}

#[test]
fn f09_only_whoever_chairs_opens_the_scores_before_all_are_in() {
    let (mut world, panel) = scored(&[9]);
    let deed = reveal(&world, panel, "CR-0001", "The others read it together");
    // Ivo Smith is a member of the Insights team, Amina Khan its coordinator: both lead sittings, neither chairs this one.
    for who in ["Ivo Smith", "Amina Khan"] {
        let said = world.refused_to(who, deed.clone());
        assert!(said.starts_with("Not all have scored CR-0001 yet: before that only whoever chairs opens the scores."), "{who}: {said}");
    }
    let said = world.refused_to("Sam Miller", deed.clone());
    assert!(said.starts_with("Only the chair or the Insights team leads a sitting."), "{said}");
    // Whoever takes the chair over, with its reason, may.
    world.do_("Ivo Smith", Deed::Panel(PanelDeed::TakeChair { panel, why: "The chair\u{2019}s line dropped".into() }));
    assert!(world.refused_to(MEMBERS[0], deed.clone()).contains("only whoever chairs"));
    world.do_("Ivo Smith", deed);
    assert!(seen(&mut world, "Sita Moran", panel).item.unwrap().item.unwrap().revealed);
    world.assert_verified();
}

#[test]
fn m06_opening_early_needs_a_reason_of_five_letters() {
    let (mut world, panel) = scored(&[9]);
    for why in ["", "x", "no!!", "n/a 12345"] {
        let deed = reveal(&world, panel, "CR-0001", why);
        let said = world.refused_to(MEMBERS[0], deed);
        assert!(said.starts_with("3 members have not scored CR-0001 yet."), "{why}: {said}");
    }
    let deed = reveal(&world, panel, "CR-0001", "A fire");
    world.do_(MEMBERS[0], deed);
}

#[test]
fn m09_a_decision_that_changes_the_grade_says_why_in_five_letters() {
    let (mut world, panel) = scored(&[9, 9, 9]);
    let last = score(&world, panel, "CR-0001", 9, "");
    world.do_(MEMBERS[0], last);
    let with = |world: &World, point: u8, rationale: &str| {
        world.decide_at(panel, "CR-0001", DecisionWanted { scaling: Some(point), ..decision(rationale) })
    };
    let deed = with(&world, 8, "x");
    let said = world.refused_to(MEMBERS[0], deed);
    assert!(said.starts_with("The panel gives another grade than the reviewer, and its reason says too little."), "{said}");
    // What keeps the grade may be said briefly.
    let deed = with(&world, 9, "ok");
    world.do_(MEMBERS[0], deed);
}

#[test]
fn m09_the_first_score_and_who_opened_stay_in_the_minutes() {
    let (mut world, panel) = scored(&[8]);
    let deed = reveal(&world, panel, "CR-0001", "Two lines are down");
    world.do_(MEMBERS[0], deed);
    let again = score(&world, panel, "CR-0001", 7, "");
    world.do_(MEMBERS[1], again);
    let sitting = seen(&mut world, "Amina Khan", panel);
    let item = *sitting.item.clone().unwrap();
    assert_eq!(
        item.spread.iter().map(|row| (row.first.scaling, row.again.and_then(|again| again.scaling))).collect::<Vec<_>>(),
        [(Some(8), Some(7))]
    );
    let deed = decide(&world, panel, "CR-0001", 7);
    world.do_(MEMBERS[0], deed);
    let sitting = seen(&mut world, "Amina Khan", panel);
    let Answered::PanelItem(item) = world.answer_to("Amina Khan", &Query::PanelItem(panel, world.id("CR-0001"))).unwrap() else { panic!() };
    let text = markdown(&minutes(&sitting, &[*item]));
    for line in [
        "- **Scores:** 8, Good (7, Good once the scores were open)",
        "- **Scores were opened early:** by Iris Tamm: Two lines are down",
        "- **Here because:** Outstanding",
    ] {
        assert!(text.contains(line), "no {line:?} in\n{text}");
    }
}

#[test]
fn m05_a_closed_sitting_still_says_how_many_it_had_and_where_the_rest_went() {
    let mut world = submitted(&[9, 2, 10, 9]);
    let now = wanted(&world);
    let panel = world.sits_as(now);
    let later = SittingWanted { on: day("2026-12-08"), ..wanted(&world) };
    world.do_("Amina Khan", Deed::Panel(PanelDeed::Plan(later)));
    let deed = world.opens(panel, "CR-0001");
    world.do_(MEMBERS[0], deed);
    let deed = defer(&world, panel, "CR-0001", "Its reviewer is ill");
    world.do_(MEMBERS[0], deed);
    let receipt = world.do_(MEMBERS[0], Deed::Panel(PanelDeed::Close { panel }));
    assert_eq!(receipt.said, "The panel is closed; 3 cases wait for another sitting");
    let row = |world: &mut World| {
        let Answered::Sittings(rows) = world.ask(Query::Sittings) else { panic!() };
        rows.into_iter().find(|row| row.id == panel).map(|row| (row.done, row.items)).unwrap()
    };
    assert_eq!(row(&mut world), (1, 4), "one put off, three never opened");
    let sitting = seen(&mut world, "Amina Khan", panel);
    assert_eq!((sitting.cases(), sitting.sent_on_in_words()), (4, "3 sent on to Tue 8 Dec".to_string()));
    let text = markdown(&minutes(&sitting, &[]));
    assert!(text.contains("CR-0002, CR-0003, CR-0004. Of the 4 on the agenda 3 sent on to Tue 8 Dec."), "{text}");
    world.assert_verified();
    // What a member must not know of is in no count.
    world.declare("Sita Moran", "CR-0002", closeloop::domain::interest::InterestKind::Involvement);
    let sitting = seen(&mut world, "Sita Moran", panel);
    assert!(sitting.sent_on.iter().all(|(reference, _)| reference != "CR-0002"), "{:?}", sitting.sent_on);
}

#[test]
fn m05_no_sitting_is_planned_for_a_time_that_has_passed() {
    let mut world = submitted(&[9]);
    let plan = |wanted: SittingWanted| Deed::Panel(PanelDeed::Plan(wanted));
    let earlier = SittingWanted { at: "09:30".into(), ..wanted(&world) };
    let said = world.refused_to("Amina Khan", plan(earlier));
    assert_eq!(said, "09:30 today has passed: it is 10:00 now. Give a later time, or another day.");
    let over = SittingWanted { on: day("2026-11-18"), ..wanted(&world) };
    let said = world.refused_to("Amina Khan", plan(over));
    assert_eq!(said, "Wednesday 18 November 2026 is over: a sitting is planned for a day to come. Give today or a later day.");
    let now = wanted(&world);
    world.do_("Amina Khan", plan(now));
}

#[test]
fn m05_a_sitting_whose_cases_all_moved_is_said_to_have_nothing_left() {
    let mut world = submitted(&[9, 2]);
    let first = SittingWanted { on: day("2026-12-01"), ..wanted(&world) };
    world.do_("Amina Khan", Deed::Panel(PanelDeed::Plan(first)));
    let takes = SittingWanted { from: Some(closeloop::domain::id::PanelId(1)), ..wanted(&world) };
    let receipt = world.do_("Amina Khan", Deed::Panel(PanelDeed::Plan(takes)));
    let said = "the sitting on Tuesday 1 December has none left: call it off, or it stands with nothing to hear";
    assert!(receipt.said.ends_with(said), "{}", receipt.said);
}
