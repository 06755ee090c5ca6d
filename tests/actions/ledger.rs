//! The effect ledger: each look counts once, by kind of action and by theme, and small counts are left out.

use super::world::signed_off;
use crate::support::driver::{Robot, SMALL};
use crate::support::world::World;
use closeloop::domain::action::{ActionWanted, Effect, Judged, Ledger, Near};
use closeloop::domain::deed::Deed;
use closeloop::domain::interest::InterestKind;
use closeloop::domain::query::{Answered, Query};

fn judged(sustained: u32, partly: u32, recurred: u32, cannot_tell: u32) -> Judged {
    Judged { sustained, partly, recurred, cannot_tell }
}

/// The ledger of the small council under a profile whose small numbers begin below this.
fn ledger(world: &mut World, below: u32) -> Ledger {
    let viewer = world.seen_by("Tara Moss");
    let (kinds, themes) = world.store.reading().effects(&viewer).unwrap();
    let framework = world.library.current(world.store.reading()).unwrap();
    let framework = closeloop::domain::framework::Framework { small_numbers_below: below, ..(*framework).clone() };
    Ledger::of(&framework, kinds, themes)
}

#[test]
fn f14_what_recurred_stays_counted_after_it_was_done_again_and_sustained() {
    let mut world = signed_off();
    world.at("2027-05-06T10:00:00Z");
    let deed = world.revisit(1, Effect::Recurred);
    world.do_("Tara Moss", deed);
    assert_eq!(ledger(&mut world, 1).all.judged, Some(judged(0, 0, 1, 0)));
    world.is_done(1, "Noor Carter");
    let deed = world.sign_off(1);
    world.do_("Tara Moss", deed);
    assert_eq!(ledger(&mut world, 1).all.judged, Some(judged(0, 0, 1, 0)), "signed off again, and not looked at again yet");
    world.at("2027-11-08T10:00:00Z");
    let deed = world.revisit(1, Effect::Sustained);
    let batch = world.do_("Tara Moss", deed).written.first;
    let counted = ledger(&mut world, 1);
    assert_eq!(counted.all.judged, Some(judged(1, 0, 1, 0)));
    assert!(counted.all.say(1).starts_with("1 of 2 (50 %) lasted"), "{}", counted.all.say(1));
    world.do_("Tara Moss", Deed::Undo { batch });
    assert_eq!(ledger(&mut world, 1).all.judged, Some(judged(0, 0, 1, 0)), "taken back, one look is left");
    world.assert_verified();
    assert_eq!(ledger(&mut world, 1).all.judged, Some(judged(0, 0, 1, 0)));
}

#[test]
fn what_came_back_is_not_taken_back_as_if_nobody_had_worked_on_it() {
    let mut world = signed_off();
    world.at("2027-05-06T10:00:00Z");
    let deed = world.revisit(1, Effect::Recurred);
    world.do_("Tara Moss", deed);
    let said = world.refused_to("Ida Ross", Deed::WithdrawAction { action: closeloop::domain::id::ActionId(1) });
    assert!(said.starts_with("A-0001 was done once and has come back; it cannot be taken back."), "{said}");
}

#[test]
fn a_kind_is_one_of_the_profile_s_and_may_stay_empty() {
    let mut world = super::world::followed();
    let wanted = |world: &World, kind: &str| ActionWanted {
        text: format!("Try the kind {kind} with the whole team"),
        owner: Some(world.person("Noor Carter")),
        due_on: None,
        urgent: false,
        kind: kind.into(),
        near: Near::Anyway,
    };
    let review = world.id("CR-0002");
    let (training, wrong) = (wanted(&world, "training"), wanted(&world, "trainings"));
    let said = world.refused_to("Ida Ross", Deed::RaiseAction { review, wanted: wrong });
    assert!(said.starts_with("\u{201c}trainings\u{201d} is no kind of action here. Choose one of: reminder, "), "{said}");
    world.do_("Ida Ross", Deed::RaiseAction { review, wanted: training });
    assert_eq!((world.stored_action(1).kind.as_str(), world.stored_action(2).kind.as_str()), ("", "training"));
    world.assert_verified();
    let mut robot = Robot::somebody(world, SMALL, "Tara Moss");
    robot.press("4 4 /").type_text("kind:train").press("enter").expect_line("A-0002").expect_no("A-0001");
    robot.press("enter").expect_line("Kind        Training or coaching");
}

#[test]
fn a_row_below_the_small_number_is_left_out_and_so_is_what_would_give_it_away() {
    let mut world = signed_off();
    let framework = world.library.current(world.store.reading()).unwrap();
    let kinds = |training: u32| {
        vec![
            ("training".to_string(), judged(training, 0, 0, 0)),
            ("process".to_string(), judged(9, 0, 0, 0)),
            (String::new(), judged(40, 0, 3, 0)),
        ]
    };
    let told =
        |ledger: &Ledger| -> Vec<(String, bool)> { ledger.kinds.iter().map(|row| (row.key.clone(), row.judged.is_some())).collect() };
    let small = Ledger::of(&framework, kinds(2), vec![("drift".to_string(), judged(1, 1, 0, 0))]);
    assert_eq!(told(&small), [("training".into(), false), ("process".into(), false), (String::new(), true)]);
    assert_eq!(small.kinds[0].say(small.fewest), "too few to say");
    assert_eq!(small.themes[0].judged, None);
    assert_eq!(small.all.judged, Some(judged(51, 0, 3, 0)));
    let large = Ledger::of(&framework, kinds(6), Vec::new());
    assert!(large.kinds.iter().all(|row| row.judged.is_some()));
    let few = Ledger::of(&framework, vec![("training".to_string(), judged(1, 0, 1, 0))], Vec::new());
    assert_eq!((few.all.judged, few.kinds[0].judged), (None, None));
}

#[test]
fn what_cannot_be_told_is_not_counted_against() {
    let row = |sustained, recurred, cannot_tell| closeloop::domain::action::EffectRow {
        judged: Some(judged(sustained, 0, recurred, cannot_tell)),
        ..Default::default()
    };
    assert_eq!(row(3, 1, 20).say(5), "too few to say");
    assert_eq!(row(0, 0, 0).say(0), "too few to say");
    assert!(row(4, 1, 20).say(5).starts_with("4 of 5 (80 %) lasted, 95 % interval"), "{}", row(4, 1, 20).say(5));
}

#[test]
fn f14_the_ledger_opens_by_one_key_in_the_tracker_and_leaves_out_what_is_withheld() {
    let mut world = signed_off();
    let Answered::Effects(before) = world.ask(Query::Effects) else { panic!() };
    assert!(before.is_empty());
    world.at("2027-05-06T10:00:00Z");
    let deed = world.revisit(1, Effect::Sustained);
    world.do_("Tara Moss", deed);
    let viewer = world.seen_by("Tara Moss");
    assert_eq!(world.store.reading().effects(&viewer).unwrap().0.len(), 1);
    world.declare("Tara Moss", "CR-0001", InterestKind::Family);
    assert_eq!(world.store.reading().effects(&viewer).unwrap().0.len(), 0, "withheld");
    let mut robot = Robot::somebody(world, SMALL, "Sam Miller");
    robot.press("4 4 L").expect_dialog("What lasted of what was done").expect_line("All actions").expect_line("too few to say");
    robot.press("esc").expect_no_dialog();
}
