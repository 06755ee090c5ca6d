//! From a returned review to a closed loop by keys.

use super::returned;
use crate::support::driver::{Robot, SMALL};

#[test]
fn m16_m17_from_returned_to_a_closed_loop_by_keys() {
    let mut world = returned(4);
    world.action_complete();
    let mut robot = Robot::somebody(world, SMALL, "Tara Moss");
    robot.press("/").type_text("loop").press("enter").expect_row_selected("CR-0001").press("enter");
    for _ in 0..5 {
        robot.press("l");
    }
    robot.expect_line("The loop is open since").expect_line("none recorded since").expect_line("whoever supervises");
    robot.press("F").expect_line("supervision").press("tab tab tab").type_text("Reflected on the scaling and both visits").press("ctrl-s");
    robot.expect_notice("CR-0001: supervision written down").expect_line("Reflected on the scaling");
    robot.press("F").expect_line("What was found");
    robot.press("tab right tab tab tab").type_text("Read eight weeks of the record").press("ctrl-s");
    robot.expect_notice("CR-0001: assurance written down").expect_line("The loop is closed since").expect_line("it has improved");
    robot.press("u").expect_line("The loop is open since");
    robot.world.assert_verified();
}

#[test]
fn n_brings_an_open_loop_to_who_can_close_it_when_nothing_else_waits() {
    let mut world = returned(4);
    world.through_as("CR-0001", "finalised", 4);
    world.action_complete();
    for reference in world.references().into_iter().skip(1) {
        world.through_as(&reference, "finalised", 7);
    }
    world.at("2026-12-01T10:00:00Z");
    let mut robot = Robot::somebody(world, SMALL, "Tara Moss");
    robot.press("n").expect_line("Loop: supervision").expect_line("The loop is open since");
}
