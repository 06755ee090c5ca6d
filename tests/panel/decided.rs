//! What the panel's outcomes do: M05 the way back, M07 who is invited, M08 both judgements, M09 the words, M10 and S10 the alert.

use super::table::{MEMBERS, all_score, decide, defer, on_the_table, score, sealed, seen, send_back};
use crate::support::panel::decision;
use crate::support::world::World;
use closeloop::domain::alert::AlertTrigger;
use closeloop::domain::deed::{Deed, PanelDeed};
use closeloop::domain::grade::ModerationOutcome;
use closeloop::domain::id::AlertId;
use closeloop::domain::panel::{DecisionWanted, Scoring};
use closeloop::domain::query::AgendaStand;
use closeloop::domain::review::{AnswerValue, PanelStand, field};
use closeloop::runtime::clerk::perform_in;
use closeloop::store::{Doing, StoreError};

fn bring(world: &World, reference: &str, reason: &str) -> Deed {
    let facts = world.review(reference);
    Deed::Panel(PanelDeed::Bring { review: facts.review.id, seen: facts.revision, reason: reason.into() })
}

fn hand_in_again(world: &World, reference: &str) -> Deed {
    let facts = world.review(reference);
    Deed::Panel(PanelDeed::HandInAgain { review: facts.review.id, seen: facts.revision })
}

#[test]
fn m05_what_is_before_the_panel_is_not_put_on_the_record_either() {
    let mut world = World::ready();
    world.through("CR-0001", "returned");
    let deed = bring(&world, "CR-0001", "The head of service asks for it");
    world.do_("Amina Khan", deed);
    world.at("2026-11-23T10:00:00Z");
    let deed = world.step("CR-0001", "finalised");
    let said = world.refused(deed);
    assert!(said.starts_with("CR-0001 waits for the panel (The head of service asks for it) and cannot be finalised yet."), "{said}");
    let deed = world.decide("CR-0001", 7, "Agreed");
    world.do_("Iris Tamm", deed);
    let deed = world.step("CR-0001", "finalised");
    world.do_("Amina Khan", deed);
}

#[test]
fn m05_bringing_a_review_by_hand_needs_its_reason_a_judgement_and_happens_once() {
    let mut world = World::ready();
    let early = bring(&world, "CR-0001", "Curious");
    assert!(world.refused(early).contains("no submitted judgement"));
    world.through("CR-0001", "completed");
    let mute = bring(&world, "CR-0001", " \n ");
    assert_eq!(world.refused(mute), "Bringing a review before the panel needs its reason. Write why the panel should see it.");
    let deed = bring(&world, "CR-0001", "Curious");
    world.do_("Amina Khan", deed);
    let again = bring(&world, "CR-0001", "Curious");
    assert!(world.refused(again).contains("before the panel already"));
    world.through("CR-0002", "finalised");
    let late = bring(&world, "CR-0002", "Too late");
    assert!(world.refused(late).contains("before it is finalised"));
}

#[test]
fn m07_reviewer_and_team_manager_stand_on_the_agenda() {
    let (mut world, panel) = sealed(&[9, 1, 10]);
    for row in seen(&mut world, "Iris Tamm", panel).agenda {
        let detail = world.detail(&row.reference);
        let short = closeloop::domain::person::short_name;
        assert_eq!((row.reviewer, row.team_manager), (short(&detail.reviewer), short(&detail.team_manager)));
        assert!(!detail.reviewer.is_empty() && !detail.team_manager.is_empty());
    }
}

#[test]
fn m08_sent_back_the_original_stands_and_only_what_is_missing_is_completed() {
    let (mut world, panel) = on_the_table(&[9], "CR-0001");
    let deed = send_back(&world, panel, "CR-0001", "Say what the father thinks");
    world.do_("Iris Tamm", deed);
    assert_eq!(world.review("CR-0001").panel, PanelStand::SentBack("Say what the father thinks".into()));
    assert_eq!(seen(&mut world, "Iris Tamm", panel).agenda[0].stand, AgendaStand::SentBack("Say what the father thinks".into()));
    for judged in [field::OVERALL, "area/understanding-risk"] {
        let deed = world.edit("CR-0001", judged, AnswerValue::Scale(3));
        let said = world.refused_to("Amina Khan", deed);
        assert!(said.contains("stands. Complete what the panel asks for"), "{judged}: {said}");
    }
    let deed = world.edit("CR-0001", &field::narrative("strengths"), AnswerValue::Text("The father comes every day".into()));
    world.do_("Amina Khan", deed);
    assert_eq!(world.review("CR-0001").original.unwrap().scaling, Some(9));
    let deed = world.step("CR-0001", "returned");
    let said = world.refused(deed);
    assert_eq!(said, "The panel sent CR-0001 back: Say what the father thinks Complete it and hand it in again; then the panel decides.");
    let reopened = world.opens(panel, "CR-0001");
    assert!(world.refused(reopened).contains("does not wait for the panel"), "while it is with its reviewer");
    let deed = hand_in_again(&world, "CR-0001");
    assert!(world.refused_to("Sam Miller", deed.clone()).contains("from its reviewer"));
    world.do_("Amina Khan", deed.clone());
    assert!(world.refused(hand_again_now(&world)).contains("was not sent back"));
    // What was submitted stays as it is once it waits again.
    let deed = world.edit("CR-0001", &field::narrative("strengths"), AnswerValue::Text("One thing more".into()));
    assert!(world.refused_to("Amina Khan", deed).contains("was submitted"));
    let deed = world.opens(panel, "CR-0001");
    world.do_("Iris Tamm", deed);
    all_score(&mut world, panel, "CR-0001", 7);
    let deed = decide(&world, panel, "CR-0001", 7);
    world.do_("Iris Tamm", deed);
    let facts = world.review("CR-0001");
    assert_eq!((facts.original.unwrap().scaling, facts.moderated.unwrap().scaling), (Some(9), Some(7)), "M08: both are kept");
    world.assert_verified();
}

fn hand_again_now(world: &World) -> Deed {
    hand_in_again(world, "CR-0001")
}

#[test]
fn m08_s08_the_panels_word_is_the_last_one_and_the_first_stays_beside_it() {
    for (point, outcome) in [(9, ModerationOutcome::Upheld), (10, ModerationOutcome::Raised), (5, ModerationOutcome::Lowered)] {
        let (mut world, panel) = on_the_table(&[9], "CR-0001");
        all_score(&mut world, panel, "CR-0001", point);
        let deed = decide(&world, panel, "CR-0001", point);
        world.do_("Iris Tamm", deed);
        let facts = world.review("CR-0001");
        assert_eq!(facts.original.unwrap().scaling, Some(9));
        assert_eq!(facts.final_judgement().unwrap().scaling, Some(point));
        let row = seen(&mut world, "Sam Miller", panel).agenda.remove(0);
        assert_eq!(row.stand, AgendaStand::Decided(outcome));
        assert_eq!((row.original.unwrap().scaling, row.moderated.unwrap().scaling), (Some(9), Some(point)), "side by side");
    }
}

#[test]
fn m09_a_decision_keeps_its_words_how_it_was_scored_and_the_scores_without_names() {
    let (mut world, panel) = on_the_table(&[9], "CR-0001");
    for (member, point) in MEMBERS.into_iter().zip([9, 8, 7, 9]) {
        let deed = score(&world, panel, "CR-0001", point, "");
        world.do_(member, deed);
    }
    let mute = world.decide_at(panel, "CR-0001", DecisionWanted { scaling: Some(9), ..decision("  ") });
    assert_eq!(world.refused_to("Iris Tamm", mute), "The panel's decision needs its reason. Write down why the panel decided so.");
    let deed = decide(&world, panel, "CR-0001", 9);
    world.do_("Iris Tamm", deed);
    let kept = world.detail("CR-0001").decision.unwrap();
    assert_eq!((kept.panel, kept.on, kept.scoring), (Some(panel), world.today(), Some(Scoring::Sealed)));
    assert_eq!(kept.rationale, "The panel read the record together");
    assert_eq!((kept.consistency.as_str(), kept.themes.as_str()), ("Agreed on risk", "voice"));
    let mut points: Vec<Option<u8>> = kept.scores.iter().map(|score| score.scaling).collect();
    points.sort();
    assert_eq!(points, [Some(7), Some(8), Some(9), Some(9)]);
}

#[test]
fn m09_sending_back_and_putting_off_need_their_words() {
    let (mut world, panel) = on_the_table(&[9], "CR-0001");
    let mute = send_back(&world, panel, "CR-0001", " ");
    assert_eq!(world.refused_to("Iris Tamm", mute), "The reviewer has to know what is missing. Write down what the panel asks for.");
    let mute = defer(&world, panel, "CR-0001", "");
    assert_eq!(world.refused_to("Iris Tamm", mute), "Putting CR-0001 off needs its reason. Write why, for the minutes.");
    let deed = defer(&world, panel, "CR-0001", "The chronology is missing");
    world.do_("Iris Tamm", deed);
    assert!(matches!(world.review("CR-0001").panel, PanelStand::Waiting(_)), "it waits for another sitting");
}

#[test]
fn m10_s10_lowered_to_inadequate_opens_the_alert_in_the_same_transaction() {
    let (mut world, panel) = on_the_table(&[9], "CR-0001");
    all_score(&mut world, panel, "CR-0001", 2);
    let deed = decide(&world, panel, "CR-0001", 2);
    let receipt = world.do_("Iris Tamm", deed);
    assert!(receipt.said.contains("alert AL-0001 is open"), "{}", receipt.said);
    let kinds: Vec<&str> = world.store.reading().batch(receipt.written.first).unwrap().iter().map(|(.., change)| change.kind()).collect();
    assert_eq!(kinds[..2], ["panel-decided", "alert-opened"]);
    assert_eq!(kinds[2..8], ["mail-queued"; 6], "and whoever has to know is written to");
    assert_eq!(kinds[8..], ["loop-moved"], "and it is tracked from then on (M17)");
    let alert = world.store.reading().alert(AlertId(1)).unwrap().unwrap();
    assert_eq!((alert.trigger, alert.opened_at), (AlertTrigger::Moderator, world.now));
    assert_eq!(alert.addressees.len(), 6);
}

#[test]
fn m10_no_decision_is_kept_when_its_alert_cannot_be() {
    let (mut world, panel) = on_the_table(&[9], "CR-0001");
    all_score(&mut world, panel, "CR-0001", 1);
    let (deed, actor, now) = (decide(&world, panel, "CR-0001", 1), world.actor("Iris Tamm"), world.now);
    let (before, sitting) = (world.review("CR-0001"), world.sitting(panel));
    let World { store, library, .. } = &mut world;
    let failed = store.write(|tx| {
        perform_in(tx, library, &actor, now, deed)?;
        Err::<(), _>(StoreError::Full(Doing::Writing))
    });
    assert!(matches!(failed, Err(StoreError::Full(Doing::Writing))));
    assert_eq!((world.review("CR-0001"), world.sitting(panel)), (before, sitting), "it is still on the table, undecided");
    assert!(world.store.reading().alert(AlertId(1)).unwrap().is_none());
    world.assert_verified();
}

#[test]
fn what_the_panel_did_stands_for_good_and_what_was_a_slip_is_undone() {
    let (mut world, panel) = on_the_table(&[9], "CR-0001");
    let scored = score(&world, panel, "CR-0001", 9, "");
    let batch = world.do_("Sam Miller", scored).written.first;
    assert!(world.refused_to("Sam Miller", Deed::Undo { batch }).contains("stands for good"));
    all_score(&mut world, panel, "CR-0001", 9);
    let deed = decide(&world, panel, "CR-0001", 9);
    let batch = world.do_("Iris Tamm", deed).written.first;
    assert!(world.refused_to("Iris Tamm", Deed::Undo { batch }).contains("stands for good"));
    // Who is there, and the order of the items, may be taken back; not behind the door of a case that is heard.
    attendance_is_not_undone_while_a_case_is_heard();
    let (present, seen) = (world.sitting(panel).present, world.sitting(panel).revision);
    let fewer = present[..3].to_vec();
    let batch = world.do_("Iris Tamm", Deed::Panel(PanelDeed::NoteAttendance { panel, seen, present: fewer })).written.first;
    world.do_("Iris Tamm", Deed::Undo { batch });
    assert_eq!(world.sitting(panel).present, present);
    let run = vec![world.id("CR-0001")];
    let batch = world.do_("Iris Tamm", Deed::Panel(PanelDeed::OrderAgenda { panel, run })).written.first;
    world.do_("Iris Tamm", Deed::Undo { batch });
    assert!(world.sitting(panel).run.is_empty());
    world.assert_verified();
}

fn attendance_is_not_undone_while_a_case_is_heard() {
    let (mut world, panel) = sealed(&[9]);
    let (mut present, seen) = (world.sitting(panel).present, world.sitting(panel).revision);
    present.retain(|person| *person != world.person("Sam Miller"));
    let batch = world.do_("Iris Tamm", Deed::Panel(PanelDeed::NoteAttendance { panel, seen, present })).written.first;
    let deed = world.opens(panel, "CR-0001");
    world.do_("Iris Tamm", deed);
    let said = world.refused_to("Iris Tamm", Deed::Undo { batch });
    assert_eq!(said, "A case is on the table, so who is there is not undone. Note anew who is there.");
}

#[test]
fn m09_after_the_sitting_a_correction_is_a_minute_with_its_date() {
    let (mut world, panel) = on_the_table(&[9], "CR-0001");
    all_score(&mut world, panel, "CR-0001", 9);
    let deed = decide(&world, panel, "CR-0001", 9);
    world.do_("Iris Tamm", deed);
    world.do_("Iris Tamm", Deed::Panel(PanelDeed::Close { panel }));
    world.at("2026-11-24T10:00:00Z");
    let minute = |text: &str| Deed::Panel(PanelDeed::AddMinute { panel, review: None, text: text.into() });
    assert!(world.refused_to("Sam Miller", minute("I was there too")).contains("Only the chair or the Insights team"));
    assert!(world.refused(minute(" ")).starts_with("A minute needs its text."));
    world.do_("Iris Tamm", minute("Sam Miller joined at eleven"));
    let minutes = seen(&mut world, "Sam Miller", panel).minutes;
    assert_eq!(minutes.len(), 1);
    assert_eq!((minutes[0].0, minutes[0].1.as_str(), minutes[0].3.as_str()), (world.now, "Iris Tamm", "Sam Miller joined at eleven"));
}
