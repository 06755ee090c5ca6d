//! What follows: the informal attempt first, stages in order, answers, outside referrals, an end with an outcome. M14.

use crate::support::world::World;
use closeloop::domain::deed::Deed;
use closeloop::domain::drp::{DrpKind, DrpOutcome, DrpWanted, StepWanted};
use closeloop::domain::id::DrpId;

const REF: &str = "CR-0001";

/// One about the first review, raised by an IRO this morning.
fn raised() -> (World, DrpId) {
    let mut world = World::ready();
    let id = world.raises("Ida Ross", REF, "The plan drifts");
    (world, id)
}

#[test]
fn m14_it_becomes_formal_only_after_an_informal_attempt_or_with_the_reason_why_not() {
    let (mut world, id) = raised();
    assert_eq!(
        world.refuses_to_note("Ida Ross", id, StepWanted::Next, "Nobody answers"),
        "DR-0001: no informal attempt is on record. First it is talked over informally; write that down, or why it was not possible."
    );
    world.notes("Ida Ross", id, StepWanted::Tried, "With the manager: no date");
    world.notes("Ida Ross", id, StepWanted::Next, "Nothing has changed");
    let detail = world.drp_detail("Ida Ross", id);
    assert_eq!((detail.stand.label(&detail.rule), detail.stand.formal_since), ("Stage 1: formal", Some(world.today())));
    let roles: Vec<&str> = detail.stand.to.iter().map(|to| to.role.as_str()).collect();
    assert_eq!(roles, ["SM", "HoS"]);

    let (mut world, id) = raised();
    world.notes("Ida Ross", id, StepWanted::NotTried, "The child is not safe tonight");
    world.notes("Ida Ross", id, StepWanted::Next, "At once");
    assert!(!world.drp_detail("Ida Ross", id).stand.is_informal());
}

#[test]
fn m14_stages_go_in_order_and_the_last_says_what_is_left() {
    let (mut world, id) = raised();
    world.notes("Ida Ross", id, StepWanted::Tried, "Talked");
    world.notes("Ida Ross", id, StepWanted::Next, "Nothing has changed");
    let said = world.refuses_to_note("Ida Ross", id, StepWanted::Next, "Still nothing");
    assert_eq!(
        said,
        "DR-0001 stands at the last stage, \u{201c}Stage 1: formal\u{201d}. It may go to the director of children's services at any time."
    );
    let said = world.refuses_to_note("Ida Ross", id, StepWanted::Tried, "Talked again");
    assert!(said.starts_with("DR-0001 is formal since Thu 5 Nov 2026."), "{said}");
    let said = world.refuses_to_note("Ida Ross", id, StepWanted::NotTried, "No");
    assert!(said.starts_with("DR-0001: the informal attempt is on record."), "{said}");
}

#[test]
fn m14_whoever_raised_it_writes_and_whom_it_stands_with_answers() {
    let (mut world, id) = raised();
    let manager = world.detail(REF).team_manager;
    let said = world.refuses_to_note(&manager, id, StepWanted::Next, "Go on");
    assert_eq!(
        said,
        "DR-0001 was raised by Ida Ross: Ida Ross, or the Insights team for them, writes that down. You can write down your answer."
    );
    world.notes(&manager, id, StepWanted::Answered, "A date will be set");
    let said = world.refuses_to_note("Cara Poole", id, StepWanted::Answered, "I think so too");
    assert!(said.contains("It stands with") && said.contains(&format!("{manager} (TM), who can answer.")), "{said}");
    let said = world.refuses_to_note(&manager, id, StepWanted::Resolved(DrpOutcome::Agreed), "All is well");
    assert!(said.contains("writes that down"), "informally only whoever raised it says that it is over: {said}");
    world.notes("Ida Ross", id, StepWanted::Tried, "Talked");
    world.notes("Amina Khan", id, StepWanted::Next, "Written down for Ida Ross");
    let stands_with = world.drp_detail("Ida Ross", id).stand.to[0].person.unwrap();
    let name = world.store.reading().person(stands_with).unwrap().unwrap().name;
    world.notes(&name, id, StepWanted::Resolved(DrpOutcome::Done), "The plan has its dates");
    assert_eq!(world.drp(id).facts.last().unwrap().by, name);
}

#[test]
fn m14_an_outside_referral_is_recorded_at_every_stage_and_changes_nothing_else() {
    for before in [&[][..], &[StepWanted::Tried], &[StepWanted::Tried, StepWanted::Next], &[StepWanted::Senior("Director".into())]] {
        let (mut world, id) = raised();
        for step in before {
            world.notes("Ida Ross", id, step.clone(), "As it went");
        }
        let stood = world.drp_detail("Ida Ross", id).stand;
        world.notes("Ida Ross", id, StepWanted::Referred("cafcass".into()), "Whether the plan is lawful");
        let stands = world.drp_detail("Ida Ross", id).stand;
        assert_eq!((&stands.stage, &stands.senior, stands.due, &stands.to), (&stood.stage, &stood.senior, stood.due, &stood.to));
        assert_eq!(stands.referred, [("Cafcass".to_string(), world.today())]);
        let said = world.refuses_to_note("Ida Ross", id, StepWanted::Referred("Cafcass".into()), "Again");
        assert!(said.starts_with("DR-0001 was referred to Cafcass on Thu 5 Nov 2026."), "{said}");
        let said = world.refuses_to_note("Ida Ross", id, StepWanted::Referred("The papers".into()), "No");
        assert_eq!(said, "This framework does not refer to The papers. It names Cafcass.");
    }
}

#[test]
fn m14_it_ends_once_with_an_outcome_and_in_words() {
    let (mut world, id) = raised();
    let end = StepWanted::Resolved(DrpOutcome::Done);
    assert!(world.refuses_to_note("Ida Ross", id, end.clone(), "Done").starts_with("DR-0001: no informal attempt is on record."));
    world.notes("Ida Ross", id, StepWanted::Tried, "Talked: a date is set");
    assert!(world.refuses_to_note("Ida Ross", id, end.clone(), " ").starts_with("It says nothing in words."));
    let said = world.refuses_to_note("Ida Ross", id, StepWanted::Resolved(DrpOutcome::Outside), "They have it");
    assert!(said.starts_with("DR-0001 was not referred outside."), "{said}");
    let said = world.refuses_to_note("Ida Ross", id, StepWanted::Resolved(DrpOutcome::PassedOn), "Well done");
    assert!(said.starts_with("DR-0001 cannot end so"), "{said}");
    let receipt = world.notes("Ida Ross", id, end.clone(), "The date was kept");
    let said = world.refuses_to_note("Ida Ross", id, StepWanted::Answered, "One more thing");
    assert!(said.starts_with("DR-0001 ended on Thu 5 Nov 2026: what was asked for was done."), "{said}");
    world.do_("Ida Ross", Deed::Undo { batch: receipt.written.first });
    world.notes("Ida Ross", id, StepWanted::Answered, "One more thing");
    world.assert_verified();
}

#[test]
fn m14_what_happened_stands_in_its_order_and_not_in_the_future() {
    let (mut world, id) = raised();
    world.at("2026-11-12T09:00:00Z");
    world.notes("Ida Ross", id, StepWanted::Tried, "Talked");
    let early = world.noting(id, "2026-11-11", StepWanted::Next, "Nothing has changed");
    assert!(world.refused_to("Ida Ross", early).starts_with("Wed 11 Nov 2026 lies before the last thing that happened"));
    let ahead = world.noting(id, "2026-11-13", StepWanted::Next, "Nothing has changed");
    assert!(world.refused_to("Ida Ross", ahead).starts_with("Fri 13 Nov 2026 lies ahead."));
    let stale = world.noting(id, "2026-11-12", StepWanted::Next, "Nothing has changed");
    world.notes("Amina Khan", id, StepWanted::Answered, "A date is promised");
    assert!(world.refused_to("Ida Ross", stale).contains("Amina Khan"));
}

#[test]
fn m14_the_newest_thing_is_taken_back_and_nothing_under_it() {
    let (mut world, id) = raised();
    let tried = world.notes("Ida Ross", id, StepWanted::Tried, "Talked");
    let formal = world.notes("Ida Ross", id, StepWanted::Next, "Nothing has changed");
    let said = world.refused_to("Ida Ross", Deed::Undo { batch: tried.written.first });
    assert!(said.contains("worked on it since"), "{said}");
    world.do_("Ida Ross", Deed::Undo { batch: formal.written.first });
    let stand = world.drp_detail("Ida Ross", id).stand;
    assert!(stand.is_informal() && stand.informal_settled && stand.due.is_none());
    world.assert_verified();
}

#[test]
fn m14_good_practice_goes_the_same_road_without_a_clock() {
    let mut world = World::ready();
    let wanted =
        DrpWanted { kind: DrpKind::GoodPractice, wanted: String::new(), ..world.dispute(REF, "Direct work that the child speaks of") };
    world.do_("Ian Reid", Deed::Drp(closeloop::domain::deed::DrpDeed::Raise(wanted)));
    let id = world.newest_drp();
    assert!(world.refuses_to_note("Ian Reid", id, StepWanted::Tried, "Talked").starts_with("Good practice needs no informal attempt."));
    world.notes("Ian Reid", id, StepWanted::Next, "The head of service should hear");
    let detail = world.drp_detail("Ian Reid", id);
    assert_eq!((detail.stand.due, detail.day, detail.stand.formal_since, detail.late), (None, None, None, false));
    assert!(
        world.refuses_to_note("Ian Reid", id, StepWanted::Referred("Cafcass".into()), "x").starts_with("Good practice is not referred")
    );
    let offered: Vec<&str> = detail.possible.iter().map(StepWanted::key).collect();
    assert_eq!(offered, ["answered", "senior", "resolved"]);
    world.notes("Ian Reid", id, StepWanted::Resolved(DrpOutcome::PassedOn), "Read out at the forum");
    assert_eq!(world.drp_detail("Ian Reid", id).possible, []);
}

#[test]
fn m14_what_is_offered_is_what_may_be_done() {
    let (mut world, id) = raised();
    let keys = |world: &mut World| world.drp_detail("Ida Ross", id).possible.iter().map(StepWanted::key).collect::<Vec<_>>();
    assert_eq!(keys(&mut world), ["tried", "not-tried", "answered", "senior", "referred", "resolved", "resolved", "resolved"]);
    world.notes("Ida Ross", id, StepWanted::Tried, "Talked");
    assert_eq!(keys(&mut world), ["tried", "next", "answered", "senior", "referred", "resolved", "resolved", "resolved"]);
    world.notes("Ida Ross", id, StepWanted::Next, "Nothing has changed");
    world.notes("Ida Ross", id, StepWanted::Referred("Cafcass".into()), "Asked");
    assert_eq!(keys(&mut world), ["answered", "senior", "resolved", "resolved", "resolved", "resolved"]);
    for wanted in world.drp_detail("Ida Ross", id).possible {
        let (mut world, id) = raised();
        world.notes("Ida Ross", id, StepWanted::Tried, "Talked");
        world.notes("Ida Ross", id, StepWanted::Next, "Nothing has changed");
        world.notes("Ida Ross", id, StepWanted::Referred("Cafcass".into()), "Asked");
        world.notes("Ida Ross", id, wanted, "As offered");
    }
}
