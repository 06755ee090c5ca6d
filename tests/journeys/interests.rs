//! Interests at the keyboard: asked once before a record first opens, recused at once, and two people on one file.

use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::sat::Sat;
use crate::support::world::World;
use closeloop::app::command::Command;
use closeloop::domain::deed::Deed;
use closeloop::domain::interest::InterestKind;

const REF: &str = "CR-0001";

/// Somebody at the queue with the cursor on the review.
fn at_the_review(size: (u16, u16)) -> Robot {
    let mut robot = Robot::sits_down_as(World::ready(), size, "Bela Novak");
    robot.press("1 /").type_text(REF).press("enter").expect_row_selected(REF);
    robot
}

#[test]
fn a_record_asks_once_and_one_key_opens_it() {
    let mut robot = at_the_review(SMALL);
    robot.press("enter").expect_dialog("CR-0001: do you have an interest in this case?").expect_no("Steps");
    robot.press("enter").expect_no_dialog().expect_line("Steps").expect_line("1. Allocate a reviewer");
    robot.press("esc enter").expect_no_dialog().expect_line("Steps");
    assert_eq!(robot.world.history(REF)[0].what, "B. Novak was asked and has nothing to declare");
}

#[test]
fn whoever_leaves_the_question_has_not_answered_it() {
    let mut robot = at_the_review(SMALL);
    robot.press("enter esc").expect_no_dialog().expect_no("Steps");
    robot.press("enter").expect_dialog("CR-0001: do you have an interest in this case?");
}

#[test]
fn a_yes_withholds_the_case_at_once_and_a_slip_is_undone() {
    let mut robot = at_the_review(SMALL);
    robot.press("enter down down down").expect_line("\u{25b8} Yes: family of the child");
    robot.press("enter").expect_no_dialog().expect_notice("You are recused: the case is withheld from you from now on");
    robot.expect_line("1 review withheld: you are recused").expect_no("\u{25b8}   CR-0001");
    robot.press("1 esc").expect_no("CR-0001").expect_line("1 review withheld: you are recused").expect_line("6 shown");
    robot.press("u").expect_line("CR-0001").expect_no("withheld");
}

#[test]
fn something_else_is_said_in_words() {
    let mut robot = at_the_review(SMALL);
    robot.press("enter up up up up up up up down down down down down down down enter");
    robot.expect_dialog("CR-0001 \u{b7} Declare an interest").press("ctrl-s").expect_line("is still empty");
    robot.type_text("I live in the same house").press("ctrl-s").expect_no_dialog();
    robot.expect_line("1 review withheld: you are recused");
}

#[test]
fn the_next_thing_asks_too_and_then_opens_its_form() {
    let mut robot = Robot::sits_down_as(World::ready(), LARGE, "Bela Novak");
    robot.press("n").expect_line("do you have an interest in this case?");
    robot.press("enter").expect_dialog("CR-0001 \u{b7} Book the conversation").expect_notice("Next: Book the conversation");
}

#[test]
fn somebody_who_is_recused_by_another_loses_the_record_from_the_screen() {
    let mut robot = at_the_review(SMALL);
    robot.press("enter enter l").expect_line("Questions");
    let deed = Deed::DeclareInterest {
        review: robot.world.id(REF),
        person: Some(robot.world.person("Bela Novak")),
        kind: InterestKind::Complaint,
        note: String::new(),
    };
    robot.world.do_("Amina Khan", deed);
    robot.look_around();
    robot.expect_notice("withheld: you are recused").expect_no("Questions").expect_no("M-00").expect_line("1 review withheld");
    robot.press("esc esc 5").expect_no(REF);
    let attempts = robot.world.history(REF).into_iter().filter(|row| row.what.starts_with("Asked for")).count();
    assert_eq!(attempts, 0, "the program read it again, not she");
}

#[test]
fn the_record_says_that_people_are_recused_and_who() {
    let mut world = World::ready();
    world.declare("Tara Moss", REF, InterestKind::Involvement);
    world.declare("Iris Tamm", REF, InterestKind::Complaint);
    let mut robot = Robot::sits_down(world, SMALL);
    robot.opens(REF).expect_line("2 people are recused");
    robot.press_command(Command::Interests).expect_dialog("Interests in the case of CR-0001");
    robot.expect_line("Tara Moss").expect_line("involved earlier").expect_line("2 recused");
    robot.press("down enter").expect_dialog("CR-0001 \u{b7} Withdraw the interest");
    robot.type_text("It was another family").press("ctrl-s").expect_no_dialog().expect_line("1 person is recused");
    robot.press_command(Command::Interests).press("down down").expect_line("It was another family");
}

#[test]
fn the_coordinator_declares_on_somebodys_behalf_from_the_record() {
    let mut robot = Robot::sits_down(World::ready(), LARGE);
    robot.opens(REF).press_command(Command::Interests).press("enter").expect_dialog("CR-0001 \u{b7} Declare an interest");
    robot.type_text("bela").press("tab").press("right right right tab ctrl-s").expect_no_dialog();
    robot.expect_notice("Bela Novak is recused from CR-0001").expect_line("1 person is recused");
}

#[test]
fn text_that_was_typed_before_is_not_offered_once_it_is_withheld() {
    let mut robot = Robot::sits_down(World::ready(), SMALL);
    robot.opens(REF).press("l l enter").type_text("A draft about the family");
    let mut robot = robot.loses_the_line();
    robot.expect_line("Text that was typed and not saved").expect_line(REF);
    robot.world.declare("Amina Khan", REF, InterestKind::Family);
    let mut robot = robot.loses_the_line();
    robot.expect_no_dialog().expect_no("A draft").expect_no(REF).expect_line("1 review withheld");
    robot.press("ctrl-d").expect_no_dialog().expect_notice("One draft is withheld from you").expect_no("A draft");
}

#[test]
fn the_panel_room_asks_before_an_item_is_first_read_and_the_sitting_goes_on() {
    let mut sat = Sat::begun();
    sat.opens(0);
    let case = sat.world.detail(&sat.cases[0]).case;
    let practitioner = sat.world.detail(&sat.cases[0]).practitioner;
    let path = sat.world.path();
    let at_the_table = |name: &str, size| {
        let mut own = World::open(&path);
        own.at("2026-11-24T10:05:00Z");
        Robot::sits_down_as(own, size, name)
    };
    for size in [SMALL, LARGE] {
        let mut robot = at_the_table("Sita Moran", size);
        robot.press("0").expect_line("Before you read CR-0001: Enter asks whether you have an interest").expect_no(&practitioner);
        robot.press("s").expect_no_dialog().expect_notice("Say first whether you have an interest in the case: Enter asks.");
        robot.press("tab").expect_no("The reviewer\u{2019}s judgement is kept back").expect_line("Enter asks");
        robot.press("enter").expect_dialog("CR-0001: do you have an interest in this case?").expect_line("nothing to declare: read it");
        // Left unanswered, it is asked again.
        robot.press("esc").expect_no_dialog().expect_line("Before you read CR-0001");
    }
    // Whoever answers reads it; the others score meanwhile.
    let mut ivo = at_the_table("Ivo Smith", LARGE);
    ivo.press("0").expect_line("Before you read CR-0001").press("enter enter").expect_no_dialog().expect_line("Score it: s.");
    ivo.expect_line(&practitioner).expect_line(&case).press("s").expect_line("Sealed").press("9 ctrl-s").expect_no_dialog();
    // A yes takes the member out, and the chair sees it.
    let mut hana = at_the_table("Hana Owen", SMALL);
    hana.press("0").expect_line("Before you read CR-0001").press("enter down down down enter").expect_no_dialog();
    hana.expect_line("Withheld: you are recused from the item on the table").expect_no(&case);
    let mut chair = at_the_table("Iris Tamm", LARGE);
    chair.press("0 enter enter").expect_line("has left").expect_line("1 of 3 have scored");
    // The chair is asked before an item is put on the table, and it is read once it was asked.
    chair.press("j").expect_line("You read this case for the first time").press("p").expect_dialog("do you have an interest in this case?");
    chair.press("enter").expect_line("The reviewer\u{2019}s judgement is kept back");
    // What was asked for goes on: whoever has to leave is named at the door.
    chair.expect_dialog("CR-0002");
    chair.world.assert_verified();
}

#[test]
fn t43_the_history_of_a_child_s_record_is_not_shown_before_the_question_was_answered() {
    let mut robot = Robot::somebody(World::ready(), LARGE, "Ida Ross").with_the_question();
    robot.press("1 /").type_text("CR-0001").press("enter").press_command(Command::History);
    robot.expect_line("do you have an interest in this case?").expect_line("No, nothing to declare: read its history");
    robot.expect_no("History of CR-0001");
    // Left without an answer nothing is shown.
    robot.press("esc").expect_no_dialog().expect_no("History of CR-0001");
    robot.press_command(Command::History).press("enter").expect_dialog("History of CR-0001");
    robot.press("esc").press_command(Command::History).expect_dialog("History of CR-0001");
}
