//! The same action out of several marked reviews: one owner or each case's own, all or none, taken back at once.

use super::world::followed;
use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::sat::{MEMBERS, Sat};
use crate::support::world::World;
use closeloop::domain::action::{ActionState, ActionWanted, Near};
use closeloop::domain::deed::{Deed, EachOwner, RaiseEach};
use closeloop::domain::id::ActionId;
use closeloop::domain::interest::InterestKind;

fn each(world: &World, references: &[&str], owner: EachOwner, text: &str, link: bool) -> Deed {
    let reviews = references.iter().map(|reference| world.id(reference)).collect();
    let wanted = ActionWanted { text: text.into(), owner: None, due_on: None, urgent: false, kind: "record".into(), near: Near::Ask };
    Deed::RaiseEach(Box::new(RaiseEach { reviews, owner, wanted, link }))
}

#[test]
fn each_case_s_own_worker_or_manager_owns_the_action_out_of_it_and_one_undo_takes_all_back() {
    let mut world = followed();
    let all = ["CR-0001", "CR-0002", "CR-0003", "CR-0004"];
    let deed = each(&world, &all, EachOwner::Worker, "Write the closing letter to the child", false);
    let receipt = world.do_("Ida Ross", deed);
    assert_eq!(receipt.said, "4 actions raised");
    for (number, reference) in (2..).zip(all) {
        let action = world.stored_action(number);
        assert_eq!(Some(action.owner), world.review(reference).review.practitioner, "{reference}");
        assert_eq!((action.review(), action.kind.as_str()), (Some(world.id(reference)), "record"));
    }
    world.do_("Ida Ross", Deed::Undo { batch: receipt.written.first });
    assert!((2..6).all(|number| world.stored_action(number).state == ActionState::Withdrawn));
    let deed = each(&world, &all, EachOwner::Role("TM".into()), "Read the whole record of the case", false);
    world.do_("Ida Ross", deed);
    let managers: Vec<String> =
        (6..10).map(|number| world.store.reading().person(world.stored_action(number).owner).unwrap().unwrap().role).collect();
    assert_eq!(managers, ["TM"; 4]);
    world.assert_verified();
}

#[test]
fn all_of_them_or_none_and_the_sentence_says_which_marks_to_take_off() {
    let mut world = followed();
    world.declare("Tara Moss", "CR-0003", InterestKind::Family);
    let tara = EachOwner::One(world.person("Tara Moss"));
    let deed = each(&world, &["CR-0002", "CR-0003"], tara.clone(), "See the child alone at school", false);
    let said = world.refused_to("Ida Ross", deed);
    assert!(said.starts_with("1 of 2 cannot be given one: CR-0003. Tara Moss has an interest in CR-0003 and is recused."), "{said}");
    assert!(said.ends_with("Nothing was written: take the mark off, or mark the others alone."), "{said}");
    assert!(world.store.reading().action(ActionId(2)).unwrap().is_none());
    let deed = each(&world, &["CR-0002"], tara, "See the child alone at school", false);
    assert_eq!(world.do_("Ida Ross", deed).said, "1 action raised");
}

#[test]
fn where_one_much_like_it_is_open_it_is_named_or_answers_this_as_well() {
    let mut world = followed();
    let text = "Bring the chronology up to date";
    let both = |world: &World, link| each(world, &["CR-0001", "CR-0002"], EachOwner::One(world.person("Noor Carter")), text, link);
    let deed = both(&world, false);
    let said = world.refused_to("Ida Ross", deed);
    assert!(said.starts_with("1 of 2 cannot be given one: CR-0001. Much like A-0001, still open"), "{said}");
    let deed = both(&world, true);
    assert_eq!(world.do_("Ida Ross", deed).said, "1 action raised");
    assert_eq!(world.stored_action(2).review(), Some(world.id("CR-0002")));
    world.assert_verified();
}

#[test]
fn marked_rows_of_the_queue_get_their_actions_by_one_key_and_one_undo() {
    let mut robot = Robot::sits_down(followed(), SMALL);
    robot
        .press("space space E")
        .expect_dialog("2 reviews \u{b7} What needs to happen in each")
        .press("ctrl-s")
        .expect_line("is still empty");
    robot.type_text("Ask the school for its view").goes_to("whose").press("right").goes_to("owner").type_text("tara").press("tab");
    robot.goes_to("kind").press("t").press("ctrl-s").expect_notice("2 actions raised").expect_no("marked");
    assert_eq!(robot.world.stored_action(3).owner, robot.world.person("Tara Moss"));
    assert_eq!(robot.world.stored_action(3).kind, "training");
    robot.press("u").expect_notice("Undone");
    assert_eq!(robot.world.stored_action(3).state, ActionState::Withdrawn);
    robot.press("E").expect_dialog("What needs to happen").press("esc");
}

#[test]
fn m09_a_decision_s_actions_are_raised_apart_in_the_panel_room_once_it_is_there() {
    let mut sat = Sat::begun();
    sat.opens(0);
    sat.scores(0, &[10, 10, 9, 10]);
    let mut robot = Robot::somebody(World::open(&sat.world.path()), LARGE, MEMBERS[0]);
    robot.at("2026-11-24T10:15:00Z").press("0 +").expect_notice("Put the cursor on an item that has its outcome");
    let reference = sat.cases[0].clone();
    sat.decides(0, 10, "Every area bears it out.");
    robot.look_around().press("g +").expect_dialog(&format!("{reference} \u{b7} What needs to happen"));
    robot.type_text("Tell the team what went so well").goes_to("whose").press("right right").press("ctrl-s");
    robot.expect_no_dialog().expect_notice("1 action raised");
    let action = sat.world.stored_action(1);
    assert_eq!(action.review(), Some(sat.world.id(&reference)));
    assert_eq!(Some(action.owner), sat.world.review(&reference).review.practitioner);
}
