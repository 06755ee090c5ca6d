//! A plan by keyboard: from an empty one to presented and progressed, and what it looks like.

use crate::support::driver::{Robot, SMALL};
use crate::support::world::World;
use closeloop::domain::deed::Deed;
use closeloop::domain::id::PlanNoteId;
use closeloop::domain::plan::{PlanDeed, Sent};
use closeloop::profiles::builtin;

/// A whole plan is written, sent on, presented, heard and undone without leaving the keyboard.
#[test]
fn m20_m23_a_coordinator_takes_a_plan_from_empty_to_presented_and_progressed() {
    let mut world = World::ready();
    world.at("2026-11-19T14:00:00Z");
    let mut robot = Robot::somebody(world, SMALL, "Amina Khan");
    robot.press("5 p").expect_line("Next: write down what the findings of this cycle lead to").expect_line("Press + for a wider action");
    robot.press("e").expect_notice("Put the cursor on an action of the plan first.");
    robot.press("+").expect_dialog("Plan of November 2026 \u{b7} Wider action").type_text("Chronologies stop early");
    robot.goes_to("text").type_text("Workshop on chronologies").goes_to("owner").type_text("Tom Ward").press("enter ctrl-s");
    robot.expect_notice("A-0001 raised").expect_line("Next: present the plan at the Learning and Improvement Board.");
    robot.press("t").expect_dialog("Training asked for").type_text("Writing chronologies").press("ctrl-s");
    robot.expect_line("Next: send 1 request for training on");
    robot.press("j s").expect_dialog("PN-0002 \u{b7} Sent on").type_text("WPD").press("ctrl-s").expect_notice("Sent on to WPD");
    robot.press("p").expect_dialog("Presented").press("ctrl-s").expect_notice("Presented on");
    robot.expect_line("Presented: Learning and Improvement Board");
    robot.press("g e").expect_dialog("A-0001 \u{b7} Progress").type_text("Two teams have begun").press("ctrl-s");
    robot.expect_notice("Progress is noted").expect_line("Two teams have begun");
    robot.press("u").expect_notice("Undone").expect_line("No progress is noted yet");
    robot.press("enter").expect_dialog("A-0001 from the plan of November 2026").press("esc");
    robot.press("c").expect_dialog("General concern").type_text("Letters come late").press("ctrl-s");
    robot.expect_line("Letters come late").press("m").expect_dialog("service\u{2019}s month").press("esc esc");
    robot.expect_line("The sample");
}

/// A form that cannot be opened anew after somebody else was first stands in the way of no other.
#[test]
fn after_a_form_that_came_too_late_the_next_one_opens() {
    let mut world = World::ready();
    world.at("2026-11-19T14:00:00Z");
    let mut robot = Robot::somebody(world, SMALL, "Amina Khan");
    robot.press("5 p t").expect_dialog("Training asked for").type_text("Writing chronologies").press("ctrl-s");
    robot.press("g s").expect_dialog("PN-0001 \u{b7} Sent on").type_text("WPD");
    let seen = robot.world.store.reading().last_seq("plan-note/1").unwrap();
    let sent = Sent { on: robot.world.today(), to: "WPD".into() };
    robot.world.do_("Bela Novak", Deed::Plan(PlanDeed::Send { note: PlanNoteId(1), seen, sent }));
    robot.press("ctrl-s").expect_line("Bela Novak changed PN-0001").press("esc").expect_no_dialog();
    robot.press("c").expect_dialog("General concern");
}

/// A wider action is meant for one service, and the plan says so; a framework that looks at no service as a whole does not ask.
#[test]
fn s19_q05_a_wider_action_is_given_to_one_service_by_keyboard() {
    let mut world = World::under(builtin().iter().find(|(id, _)| *id == "sandwell").unwrap().1);
    world.at("2026-11-19T14:00:00Z");
    let cycle = crate::reports::opened(&mut world);
    let service = world.store.reading().services().unwrap()[0].clone();
    let mut robot = Robot::somebody(world, SMALL, "Amina Khan");
    robot.press("5 p + ").expect_dialog("Wider action").type_text("Agency workers are not told");
    robot.goes_to("text").type_text("Same induction for all").goes_to("owner").type_text("Tom Ward").press("enter");
    robot.goes_to("service").expect_line("no one service").press("right").expect_line(&service).press("ctrl-s");
    robot.expect_notice("A-0001 raised").expect_line(&format!("Meant for: {service}"));
    let plan = super::support::plan(&mut robot.world, cycle.0);
    assert_eq!(super::support::of_kind(&plan, "action").service, service);
    let mut world = World::ready();
    world.at("2026-11-19T14:00:00Z");
    let mut robot = Robot::somebody(world, SMALL, "Amina Khan");
    robot.press("5 p +").expect_dialog("Wider action").expect_no("Meant for");
}
