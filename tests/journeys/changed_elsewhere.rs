//! Somebody else works in the same database while a screen is open.

use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::World;
use closeloop::domain::review::AnswerValue;

fn text(words: &str) -> Option<AnswerValue> {
    Some(AnswerValue::Text(words.into()))
}

#[test]
fn a_row_that_changes_under_the_cursor_keeps_the_cursor_and_is_marked() {
    let mut robot = Robot::sits_down(World::drawn(), LARGE);
    robot.press("1 j j").expect_row_selected("CR-0003").expect_line("nobody yet");
    robot.world.allocate_all();
    robot.look_around().expect_no("nobody yet").expect_row_selected("~ CR-0003");
    robot.press("r").expect_no("~ CR-0003").expect_row_selected("CR-0003");
}

#[test]
fn nothing_is_drawn_when_nothing_has_changed() {
    let mut robot = Robot::sits_down(World::drawn(), LARGE);
    robot.frame();
    robot.look_around();
    assert!(!robot.station.stale, "looking around without news draws nothing");
}

#[test]
fn ones_own_deeds_are_not_marked_as_somebody_elses() {
    let mut robot = Robot::sits_down(World::drawn(), LARGE);
    robot.press("1 a").expect_dialog("Proposed reviewers").press("ctrl-s").expect_no_dialog();
    robot.look_around().expect_no("~ CR-0001");
}

#[test]
fn a_text_that_somebody_else_changed_is_refused_with_who_and_kept() {
    let mut world = World::ready();
    let deed = world.edit("CR-0001", "n/strengths", text("Trust"));
    world.do_("Amina Khan", deed);
    let mut robot = Robot::sits_down(world, SMALL);
    robot.opens("CR-0001").press("l l enter").expect_dialog("CR-0001 \u{b7} Strengths").type_text(" and honesty");
    let deed = robot.world.edit("CR-0001", "n/strengths", text("Courage"));
    robot.world.do_("Bela Novak", deed);
    robot.look_around().expect_line("Trust and honesty");
    robot.press("ctrl-s").expect_line("Bela Novak changed CR-0001 (Strengths) at 09:30.").expect_line("Trust and honesty");
    robot.expect_line("Saved meanwhile:").expect_line("Courage").expect_line("Before that:");
    assert_eq!(robot.world.review("CR-0001").answers["n/strengths"].value.text(), "Courage");
    robot.press("esc").expect_line("Courage").press("enter").expect_line("Saved meanwhile:").expect_line("Courage");
    robot.expect_line("Trust and honesty").press("ctrl-s").expect_no_dialog();
    assert_eq!(robot.world.review("CR-0001").answers["n/strengths"].value.text(), "Trust and honesty");
}

#[test]
fn a_step_that_somebody_else_took_is_refused_and_the_next_one_opens_after() {
    let mut robot = Robot::sits_down(World::ready(), SMALL);
    robot.at("2026-11-06T10:00:00Z").opens("CR-0001").press("e").goes_to("v/how").type_text("i");
    robot.goes_to("v/booked-for").type_text("tomorrow");
    let deed = robot.world.step("CR-0001", "contact");
    robot.world.do_("Amina Khan", deed);
    robot.press("ctrl-s").expect_line("Amina Khan changed CR-0001 at 10:00.").press("esc").expect_line("next: Learning conversation");
}

#[test]
fn a_conflict_shows_mine_theirs_and_what_was_before_and_saving_again_puts_mine_in_its_place() {
    let mut world = World::ready();
    world.fill("CR-0001", 4);
    let kind = world.detail("CR-0001").kind;
    let (area, _) = kind.question("risk").unwrap();
    let place = kind.areas.iter().position(|known| known.key == area.key).unwrap();
    let mut robot = Robot::sits_down(world, LARGE);
    robot.opens("CR-0001").press("l").press(&"j ".repeat(place)).press("enter").goes_to("q/risk").type_text("7");
    let deed = robot.world.edit("CR-0001", "q/risk", AnswerValue::Scale(2));
    robot.world.do_("Bela Novak", deed);
    robot.press("ctrl-s").expect_line("Bela Novak changed CR-0001").expect_line("saving again puts yours in its place");
    let frame = robot.frame();
    let at = |text: &str| frame.find(text).unwrap_or_else(|| panic!("no {text} in\n{frame}"));
    assert!(at("Saved meanwhile:") < at("Before that:"), "{frame}");
    robot.press("ctrl-s").expect_no_dialog();
    assert_eq!(robot.world.review("CR-0001").answers["q/risk"].value, AnswerValue::Scale(7));
}

#[test]
fn an_answer_that_only_they_changed_is_taken_over_and_named() {
    let mut world = World::ready();
    let deed = world.edit("CR-0001", "n/strengths", text("Trust"));
    world.do_("Amina Khan", deed);
    let mut robot = Robot::sits_down(world, SMALL);
    robot.opens("CR-0001").press("l l enter").expect_dialog("CR-0001 \u{b7} Strengths");
    let deed = robot.world.edit("CR-0001", "n/strengths", text("Courage"));
    robot.world.do_("Bela Novak", deed);
    robot.press("ctrl-s").expect_line("Bela Novak changed CR-0001 (Strengths)").expect_line("theirs is").expect_line("Courage");
    robot.press("ctrl-s").expect_no_dialog();
    assert_eq!(robot.world.review("CR-0001").answers["n/strengths"].value.text(), "Courage");
}
