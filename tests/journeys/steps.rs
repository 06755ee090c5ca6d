//! Steps at the keyboard: what cannot happen, what is missing, the gentle question, the next thing.

use crate::support::driver::{Robot, SMALL};
use crate::support::world::World;
use closeloop::app::command::Command;
use closeloop::domain::framework::Framework;
use closeloop::domain::review::field;
use std::sync::Arc;

#[test]
fn a_family_that_declines_is_recorded_with_its_reason() {
    let mut world = World::ready();
    world.through("CR-0001", "learning-conversation").at("2026-11-10T10:00:00Z");
    let mut robot = Robot::sits_down(world, SMALL);
    robot.opens("CR-0001").press("e").expect_dialog("CR-0001 \u{b7} Speak with the family");
    robot.goes_to("happened").press("right").press("ctrl-s").expect_line("\u{201c}Why not\u{201d} is still empty.");
    robot.goes_to("because").type_text("Mother said no twice").press("ctrl-s").expect_no_dialog();
    robot.press("k").expect_line("not possible: Mother said no twice");
    let said = &robot.world.history("CR-0001")[0].what;
    assert_eq!(said, "Speak with the family: not possible, Mother said no twice");
}

#[test]
fn the_finish_list_leads_to_what_is_missing() {
    let mut world = World::ready();
    world.through("CR-0001", "contact").at("2026-11-09T10:00:00Z");
    let mut robot = Robot::sits_down(world, SMALL);
    robot
        .opens("CR-0001")
        .press("f")
        .expect_dialog("CR-0001: before it is submitted")
        .expect_line("still missing. Enter goes to the first of them:");
    robot.expect_line("\u{201c}Learning conversation\u{201d} is not recorded.").expect_line("The overall scaling (0-10) is not given.");
    robot.press("enter").expect_no_dialog().expect_row_selected("Learning conversation");
    robot.press("enter").expect_dialog("CR-0001 \u{b7} Learning conversation");
}

#[test]
fn below_good_the_finish_list_asks_for_an_action() {
    let mut world = World::ready();
    world.through("CR-0001", "family-contact").at("2026-11-12T10:00:00Z").fill("CR-0001", 6);
    let mut robot = Robot::sits_down(world, SMALL);
    robot.opens("CR-0001").press("l l l enter").expect_dialog("CR-0001 \u{b7} Overall judgement").type_text("5");
    robot.expect_line("[5]").press("ctrl-s");
    robot.press("f").expect_line("Below Good, something needs to happen").press("enter").expect_line("Nothing has to happen yet");
    robot.press("N").expect_dialog("CR-0001 \u{b7} No action").type_text("All of it was done last week").press("ctrl-s").expect_no_dialog();
    robot.expect_line("No action is needed: All of it was done last week").press("f").expect_line("Everything is there.");
}

#[test]
fn a_scaling_that_tells_another_story_is_asked_about_and_not_blocked() {
    let mut world = World::ready();
    world.through("CR-0001", "family-contact").at("2026-11-12T10:00:00Z").fill("CR-0001", 6);
    let mut robot = Robot::sits_down(world, SMALL);
    robot.opens("CR-0001").press("l l l enter").type_text("9").press("ctrl-s").expect_no_dialog();
    robot.expect_line("The questions lie around 6.0 (Good)");
    robot.press("f").expect_line("A question, not a block:").expect_line("Everything is there.").press("enter");
    robot.expect_dialog("Submit CR-0001").expect_line("What made the difference?").press("esc esc").expect_no_dialog();
    robot
        .press("enter")
        .expect_line("What made the difference")
        .goes_to(field::WHY_TENSION)
        .expect_line("the overall scaling is 9 (Outstanding).");
    robot.type_text("The father came back").press("ctrl-s").expect_no_dialog().expect_line("The father came back");
    robot.press("f enter").type_text("submit").press("enter").expect_no_dialog().expect_line("Outstanding");
}

#[test]
fn the_next_thing_opens_the_most_urgent_form_and_then_the_one_after() {
    let mut world = World::ready();
    world.through("CR-0002", "contact").at("2026-11-12T10:00:00Z");
    let mut robot = Robot::sits_down(world, SMALL);
    robot
        .press_command(Command::NextThing)
        .expect_dialog("CR-0001 \u{b7} Book the conversation")
        .expect_notice("Next: Book the conversation");
    robot.press("esc").press_command(Command::NextThing).expect_dialog("CR-0003 \u{b7} Book the conversation");
}

#[test]
fn a_step_is_undone_with_one_key() {
    let mut robot = Robot::sits_down(World::ready(), SMALL);
    robot.at("2026-11-06T10:00:00Z").opens("CR-0001").press("e").goes_to("v/how").type_text("i");
    robot.goes_to("v/booked-for-at").expect_line("the time first, as 14:30 or 2.30pm");
    robot.goes_to("v/booked-for").type_text("tomorrow").press("ctrl-s").expect_no_dialog().expect_notice("(u undoes it)");
    robot.press("u").expect_notice("Undone").expect_line("next: Book the conversation");
}

/// Opens the question before an Inadequate review is submitted, after its framework was changed.
fn asked_under(change: impl FnOnce(&mut Framework)) -> Robot {
    let mut world = World::ready();
    world.through("CR-0001", "family-contact").at("2026-11-12T10:00:00Z").fill("CR-0001", 2);
    let action = world.action("CR-0001", "Noor Carter", "Seen alone");
    world.do_("Ida Ross", action);
    let mut robot = Robot::sits_down(world, SMALL);
    robot.opens("CR-0001");
    let detail = &mut robot.station.app.record.as_mut().unwrap().detail;
    let mut framework = (*detail.framework).clone();
    change(&mut framework);
    detail.framework = Arc::new(framework);
    robot.press("f enter").expect_dialog("Submit CR-0001").expect_line("Inadequate, scaling 2");
    robot
}

#[test]
fn submitting_tells_of_the_alert_and_the_panel_that_follow() {
    asked_under(|_| {}).expect_line("An Inadequate alert opens").expect_line("The panel sees it");
}

#[test]
fn submitting_tells_of_no_alert_and_no_panel_where_the_framework_has_none_for_this_kind() {
    asked_under(|framework| framework.escalation.kinds.clear()).expect_no("alert opens").expect_line("The panel sees it");
    asked_under(|framework| framework.moderation.kinds.clear()).expect_line("alert opens").expect_no("The panel sees it");
}
