//! What the panel refuses, in a sentence and with nothing written: scores, reveals and decisions that come too early, too late,
//! from the wrong person, or over something that has changed meanwhile.

use super::table::{MEMBERS, all_score, decide, defer, on_the_table, reveal, score, sealed, seen, send_back, submitted, wanted};
use crate::support::panel::decision;
use crate::support::world::World;
use closeloop::domain::deed::{Deed, PanelDeed};
use closeloop::domain::id::PanelId;
use closeloop::domain::interest::InterestKind;
use closeloop::domain::panel::{DecisionWanted, Scoring, SittingWanted};
use closeloop::store::StoreError;

/// A deed on what is withheld from whoever tries it: all that is written is that they tried.
#[track_caller]
fn withheld(world: &mut World, who: &str, deed: Deed) {
    let before = world.store.reading().tail().unwrap().seq;
    match world.try_(who, deed) {
        Err(StoreError::Withheld { .. }) => {}
        other => panic!("{other:?}"),
    }
    assert_eq!(world.store.reading().tail().unwrap().seq, before + 1);
    let kinds: Vec<&str> = world.store.reading().batch(before + 1).unwrap().iter().map(|(.., change)| change.kind()).collect();
    assert_eq!(kinds, ["asked-while-recused"]);
}

#[test]
fn a_score_from_someone_who_may_not_give_one() {
    let (mut world, panel) = on_the_table(&[9, 2], "CR-0001");
    let nine = |world: &World| score(world, panel, "CR-0001", 9, "");
    let members_only = "Only members of the panel score. Guests speak and do not score.";
    let deed = nine(&world);
    assert_eq!(world.refused_to("Amina Khan", deed), members_only);
    for stranger in ["Paul Obi", "Ida Ross"] {
        let deed = nine(&world);
        let said = world.refused_to(stranger, deed);
        assert!(said.contains("no right to score at the panel"), "{stranger}: {said}");
    }
    // A member who has gone home.
    let (revision, mut present) = (world.sitting(panel).revision, world.sitting(panel).present);
    let gone = world.person("Sita Moran");
    present.retain(|person| *person != gone);
    world.do_("Iris Tamm", Deed::Panel(PanelDeed::NoteAttendance { panel, seen: revision, present }));
    let deed = nine(&world);
    let said = world.refused_to("Sita Moran", deed);
    assert_eq!(said, "You are not noted as present at this sitting. Ask the chair to note that you have come.");
    // One who is recused.
    world.declare("Sam Miller", "CR-0001", InterestKind::Family);
    let deed = nine(&world);
    withheld(&mut world, "Sam Miller", deed);
    // No point of the scale.
    let deed = score(&world, panel, "CR-0001", 11, "");
    assert!(world.refused_to("Iris Tamm", deed).starts_with("11 is not on the scale"));
    let review = world.id("CR-0001");
    let nothing = Deed::Panel(PanelDeed::Score { panel, review, scaling: None, grade: None, note: String::new() });
    assert!(!world.refused_to("Iris Tamm", nothing).is_empty());
}

#[test]
fn a_score_at_the_wrong_moment() {
    let (mut world, panel) = sealed(&[9, 2]);
    let not_there = "CR-0001 is not on the table. Open it first.";
    let nine = score(&world, panel, "CR-0001", 9, "");
    assert_eq!(world.refused_to("Sam Miller", nine.clone()), not_there, "before it is opened");
    let deed = world.opens(panel, "CR-0001");
    world.do_("Iris Tamm", deed);
    let deed = world.opens(panel, "CR-0002");
    world.do_("Iris Tamm", deed);
    assert_eq!(world.refused_to("Sam Miller", nine.clone()), not_there, "put aside for another one");
    let deed = world.opens(panel, "CR-0001");
    world.do_("Iris Tamm", deed);
    all_score(&mut world, panel, "CR-0001", 9);
    let deed = decide(&world, panel, "CR-0001", 9);
    world.do_("Iris Tamm", deed);
    assert_eq!(world.refused_to("Sam Miller", nine.clone()), not_there, "after it was decided");
    let again = world.opens(panel, "CR-0001");
    assert_eq!(world.refused(again), "CR-0001 does not wait for the panel. Open one that does.");
    world.do_("Iris Tamm", Deed::Panel(PanelDeed::Close { panel }));
    let over = "The panel does not sit now. An outcome is given while the panel sits; a later correction is a minute of its own.";
    assert_eq!(world.refused_to("Sam Miller", nine), over, "after the panel closed");
    let deed = world.opens(panel, "CR-0002");
    assert_eq!(world.refused(deed), "The panel does not sit now. Begin the sitting first.");
}

#[test]
fn a_sighted_sitting_judges_together_and_takes_no_scores() {
    let mut world = submitted(&[9]);
    let panel = world.sits_as(SittingWanted { scoring: Some(Scoring::Sighted), ..wanted(&world) });
    let deed = world.opens(panel, "CR-0001");
    world.do_("Iris Tamm", deed);
    let deed = score(&world, panel, "CR-0001", 9, "");
    assert!(world.refused_to("Sam Miller", deed).starts_with("This sitting judges together, with the grade in sight."));
    assert_eq!(seen(&mut world, "Sam Miller", panel).item.unwrap().row.original.unwrap().scaling, Some(9));
    let deed = decide(&world, panel, "CR-0001", 8);
    world.do_("Iris Tamm", deed);
    let kept = world.detail("CR-0001").decision.unwrap();
    assert_eq!((kept.scoring, kept.scores.len()), (Some(Scoring::Sighted), 0), "which way it was scored is stored");
}

#[test]
fn a_reveal_with_scores_missing_needs_its_reason_and_happens_once() {
    let (mut world, panel) = on_the_table(&[9], "CR-0001");
    let deed = score(&world, panel, "CR-0001", 9, "");
    world.do_("Sam Miller", deed);
    let mute = reveal(&world, panel, "CR-0001", " ");
    let said = world.refused_to("Iris Tamm", mute);
    assert_eq!(said, "3 members have not scored CR-0001 yet. Wait, or say in a few words why the scores are opened now.");
    let said = reveal(&world, panel, "CR-0001", "Two lines are down");
    assert!(world.refused_to("Sam Miller", said.clone()).contains("Only the chair or the Insights team leads"));
    world.do_("Iris Tamm", said.clone());
    assert_eq!(world.refused_to("Iris Tamm", said), "The scores of CR-0001 are open. Nothing to do.");
    let item = seen(&mut world, "Sita Moran", panel).item.unwrap();
    assert_eq!(item.item.unwrap().opened_early, "Two lines are down");
    assert!(world.history("CR-0001").iter().any(|row| row.what.contains("opened before all were in: Two lines are down")));
}

#[test]
fn a_decision_before_the_scores_are_open() {
    let (mut world, panel) = on_the_table(&[9], "CR-0001");
    let deed = decide(&world, panel, "CR-0001", 9);
    assert_eq!(world.refused_to("Iris Tamm", deed.clone()), "The scores of CR-0001 are still sealed. Open them first.");
    for member in &MEMBERS[..3] {
        let deed = score(&world, panel, "CR-0001", 9, "");
        world.do_(member, deed);
    }
    assert_eq!(world.refused_to("Iris Tamm", deed.clone()), "The scores of CR-0001 are still sealed. Open them first.");
    let last = score(&world, panel, "CR-0001", 9, "");
    world.do_(MEMBERS[3], last);
    assert!(world.refused_to("Sam Miller", deed.clone()).contains("Only the chair or the Insights team leads"));
    world.do_("Iris Tamm", deed);
}

#[test]
fn a_decision_by_someone_recused() {
    let (mut world, panel) = on_the_table(&[9], "CR-0001");
    all_score(&mut world, panel, "CR-0001", 9);
    world.declare("Ivo Smith", "CR-0001", InterestKind::Family);
    let deed = decide(&world, panel, "CR-0001", 9);
    withheld(&mut world, "Ivo Smith", deed);
    for deed in [send_back(&world, panel, "CR-0001", "x"), defer(&world, panel, "CR-0001", "x"), reveal(&world, panel, "CR-0001", "x")] {
        withheld(&mut world, "Ivo Smith", deed);
    }
}

#[test]
fn a_decision_on_a_review_that_changed_meanwhile() {
    let (mut world, panel) = on_the_table(&[9], "CR-0001");
    all_score(&mut world, panel, "CR-0001", 9);
    let early = decide(&world, panel, "CR-0001", 9);
    let deed = send_back(&world, panel, "CR-0001", "Say what the father thinks");
    world.do_("Iris Tamm", deed);
    super::table::complete(&mut world, "CR-0001");
    let facts = world.review("CR-0001");
    world.do_("Ivo Smith", Deed::Panel(PanelDeed::HandInAgain { review: facts.review.id, seen: facts.revision }));
    let deed = world.opens(panel, "CR-0001");
    world.do_("Iris Tamm", deed);
    let error = world.try_("Iris Tamm", early).unwrap_err();
    assert!(matches!(error, StoreError::Stale { .. }), "{error}");
    assert!(error.to_string().contains("Ivo Smith"), "{error}");
    let fresh = decide(&world, panel, "CR-0001", 9);
    world.do_("Iris Tamm", fresh);
}

#[test]
fn an_item_left_on_the_table_when_the_panel_closes() {
    let (mut world, panel) = on_the_table(&[9], "CR-0001");
    let said = world.refused_to("Iris Tamm", Deed::Panel(PanelDeed::Close { panel }));
    assert_eq!(said, "CR-0001 is still on the table. Decide it, put it off or send it back first.");
    let deed = defer(&world, panel, "CR-0001", "No time");
    world.do_("Iris Tamm", deed);
    world.do_("Iris Tamm", Deed::Panel(PanelDeed::Close { panel }));
    let said = world.refused_to("Iris Tamm", Deed::Panel(PanelDeed::Close { panel }));
    assert_eq!(said, "This sitting is not in progress. There is nothing to close.");
}

#[test]
fn a_member_whose_connection_drops_keeps_their_sealed_score() {
    let (mut world, panel) = on_the_table(&[9], "CR-0001");
    let mut elsewhere = World::open(&world.path());
    elsewhere.at(super::table::SITS_AT);
    let deed = score(&elsewhere, panel, "CR-0001", 4, "From the train");
    elsewhere.do_("Sita Moran", deed);
    drop(elsewhere);
    let (sita, review) = (world.person("Sita Moran"), world.id("CR-0001"));
    let item = world.store.reading().panel_item(panel, review, None).unwrap().unwrap();
    assert_eq!(item.scores.get(&sita), Some(&None), "it is in, and sealed");
    for member in &MEMBERS[..3] {
        let deed = score(&world, panel, "CR-0001", 9, "");
        world.do_(member, deed);
    }
    let spread = seen(&mut world, "Iris Tamm", panel).item.unwrap().spread;
    let found: Vec<_> = spread.iter().map(|row| (row.first.scaling, row.note.as_str())).collect();
    assert_eq!(found[0], (Some(4), "From the train"), "the most extreme first: {found:?}");
}

/// Another process with the same file open.
fn another(world: &World) -> World {
    let mut other = World::open(&world.path());
    other.at(super::table::SITS_AT);
    other
}

#[test]
fn two_who_lead_at_once_and_the_second_is_told_so() {
    let (mut world, panel) = on_the_table(&[9, 2], "CR-0001");
    let mut other = another(&world);
    // Both open the scores.
    let one = score(&world, panel, "CR-0001", 9, "");
    world.do_(MEMBERS[1], one);
    let deed = reveal(&world, panel, "CR-0001", "One line is down");
    world.do_("Iris Tamm", deed.clone());
    assert_eq!(other.refused_to("Ivo Smith", deed), "The scores of CR-0001 are open. Nothing to do.");
    // Both decide, each having seen the same.
    let (first, second) = (decide(&world, panel, "CR-0001", 9), decide(&other, panel, "CR-0001", 7));
    world.do_("Iris Tamm", first);
    let said = other.try_("Ivo Smith", second).unwrap_err().to_string();
    assert!(said.contains("CR-0001") && said.contains("Iris Tamm"), "{said}");
    assert_eq!(other.review("CR-0001").moderated.unwrap().scaling, Some(9), "the first one stands");
    // One takes the chair while the other still believes to have it.
    let take = Deed::Panel(PanelDeed::TakeChair { panel, why: "The line is down".into() });
    world.do_("Sam Miller", take);
    let take = Deed::Panel(PanelDeed::TakeChair { panel, why: "It is my turn".into() });
    other.do_("Sita Moran", take);
    let deed = world.opens(panel, "CR-0002");
    assert!(world.refused_to("Sam Miller", deed.clone()).contains("Only the chair or the Insights team leads a sitting."));
    other.do_("Sita Moran", deed);
    // Both close.
    let deed = defer(&other, panel, "CR-0002", "No time");
    other.do_("Sita Moran", deed);
    other.do_("Sita Moran", Deed::Panel(PanelDeed::Close { panel }));
    let said = world.refused_to("Iris Tamm", Deed::Panel(PanelDeed::Close { panel }));
    assert_eq!(said, "This sitting is not in progress. There is nothing to close.");
    world.assert_verified();
}

#[test]
fn one_case_is_not_on_two_tables() {
    let (mut world, panel) = on_the_table(&[9, 2], "CR-0001");
    let mut other = another(&world);
    let second = other.sits_as(wanted(&other));
    assert_ne!(second, panel);
    let deed = other.opens(second, "CR-0001");
    let said = other.refused_to("Ivo Smith", deed);
    assert!(said.starts_with("CR-0001 is on the table of another sitting now."), "{said}");
    let deed = defer(&world, panel, "CR-0001", "The other panel hears it");
    world.do_("Iris Tamm", deed);
    let deed = other.opens(second, "CR-0001");
    other.do_("Ivo Smith", deed);
    assert_eq!((world.sitting(panel).item, world.sitting(second).item), (None, Some(world.id("CR-0001"))));
}

#[test]
fn a_sitting_that_is_not_there_and_wishes_that_make_none() {
    let mut world = submitted(&[9]);
    let deed = decide(&world, PanelId(7), "CR-0001", 9);
    assert_eq!(world.refused(deed), "There is no such sitting of the panel. Plan it first.");
    let usual = wanted(&world);
    for (wish, what) in [
        (SittingWanted { on: world.today().pred_opt().unwrap(), ..usual.clone() }, "is over: a sitting is planned for a day to come"),
        (SittingWanted { at: "ten".into(), ..usual.clone() }, "is no time of day"),
        (SittingWanted { minutes_each: 999, ..usual.clone() }, "more than half a day"),
    ] {
        let said = world.refused(Deed::Panel(PanelDeed::Plan(wish)));
        assert!(said.contains(what), "{said}");
    }
    world.do_("Amina Khan", Deed::Panel(PanelDeed::Plan(usual)));
    let minute = Deed::Panel(PanelDeed::AddMinute { panel: PanelId(1), review: None, text: "Too early".into() });
    assert!(world.refused(minute).contains("has not begun"));
    let wanted = DecisionWanted { scaling: Some(9), ..decision("Agreed") };
    let deed = world.decide_at(PanelId(1), "CR-0001", wanted);
    assert!(world.refused(deed).contains("The panel does not sit now."));
}

#[test]
fn m06_scores_are_not_opened_before_anybody_has_scored() {
    let (mut world, panel) = on_the_table(&[2, 9], "CR-0001");
    let deed = reveal(&world, panel, "CR-0001", "We are in a hurry");
    let said = world.refused_to(MEMBERS[0], deed);
    assert!(said.starts_with("Nobody has scored CR-0001 yet: there is nothing to open."), "{said}");
    let one = score(&world, panel, "CR-0001", 2, "");
    world.do_(MEMBERS[1], one);
    let deed = reveal(&world, panel, "CR-0001", "We are in a hurry");
    world.do_(MEMBERS[0], deed);
}
