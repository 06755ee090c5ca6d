//! Revisits by keys, and how they look.

use super::rolling;
use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::World;

fn ready_to_look_again() -> World {
    let mut world = rolling();
    for reference in world.references() {
        world.through_as(&reference, "completed", if reference == "CR-0003" { 2 } else { 4 });
    }
    world.at("2027-05-25T09:00:00Z");
    world
}

#[test]
fn f14_by_keys_an_area_is_planned_looked_at_again_and_compared() {
    let mut robot = Robot::sits_down(ready_to_look_again(), SMALL);
    robot.press("R").expect_dialog("What is looked at again").expect_line("2 due").expect_line("CR-0003");
    robot.press("B").expect_notice("Nobody has looked at it again yet");
    robot.press("G enter").expect_dialog("Look again at: Neglect").expect_line("a cycle that I plan now").press("ctrl-s");
    robot.expect_notice("it looks again at 2026-11").expect_line("planned: 2027-0");
    robot.press("B").expect_notice("looks again and is not done");
    robot.press("enter").expect_line("Looks again at 2026-11, Neglect");
    robot.press("B").expect_dialog("Then and now").expect_line("Good or better").press("esc");
    // What was linked is taken away again, and is due as before.
    robot.press("R G x").expect_notice("looks again at nothing earlier").expect_line("2 due");
    robot.press("u").expect_notice("Undone").expect_line("1 due");
    robot.world.assert_verified();
}

#[test]
fn f14_by_keys_an_area_is_let_go_with_the_reason() {
    let mut robot = Robot::sits_down(ready_to_look_again(), SMALL);
    robot.press("R G x").expect_dialog("Nobody looks again at 2026-11").type_text("The partnership looked at it").press("ctrl-s");
    robot.expect_notice("Nobody looks again at 2026-11").expect_line("1 due");
    robot.press("G x").expect_notice("is asked for again").expect_line("2 due");
}

#[test]
fn q02_by_keys_a_case_is_named_from_the_list_into_a_cycle_that_runs() {
    let mut world = ready_to_look_again();
    world.open_cycle("2027-05-25");
    let mut robot = Robot::sits_down(world, SMALL);
    robot.press("R g").expect_line("CR-0003").press("enter").expect_dialog("Look again at M-");
    robot.goes_to("by").type_text("Sam Miller").press("enter").press("ctrl-s").expect_notice("CR-0008 opened");
    robot.expect_line("planned: CR-0008");
}

#[test]
fn where_nothing_is_looked_at_again_the_key_says_so() {
    let mut robot = Robot::sits_down(World::ready(), SMALL);
    robot.press("R").expect_notice("nothing looked at again on a programme");
    robot.press("B").expect_notice("Open a review or a cycle");
}

#[test]
fn f14_n_brings_the_area_that_is_longest_due_to_whoever_keeps_the_programme() {
    let mut world = rolling();
    for reference in world.references() {
        world.through_as(&reference, "finalised", 7);
    }
    world.at("2027-05-25T09:00:00Z");
    let mut robot = Robot::sits_down(world, LARGE);
    // The cycle's own work is late as well, its phase and its reports: it comes before what is looked at again.
    robot.press("n").expect_line("Tick \u{201c}Report\u{201d} when it is done.").press("n");
    let mut reports = 0;
    while !robot.frame().contains("What is looked at again") && reports < 20 {
        robot.expect_notice("Next: build the ").press("n");
        reports += 1;
    }
    assert!(reports > 0, "no report is late");
    robot.expect_dialog("What is looked at again").expect_notice("Look again at Neglect");
    robot.press("esc n").expect_notice("That was everything");
}

#[test]
fn f14_what_is_due_to_be_looked_at_again_stands_in_the_header_of_who_keeps_the_programme() {
    let mut robot = Robot::sits_down(ready_to_look_again(), SMALL);
    robot.expect_line("2 revisits due");
    robot.at("2027-07-25T09:00:00Z").press("r").expect_line("2 revisits late");
    let mut tara = Robot::somebody(robot.into_world(), LARGE, "Tara Moss");
    tara.expect_no("revisit");
}

#[test]
fn f14_n_reaches_what_is_looked_at_again_before_what_is_due_later() {
    let mut world = rolling();
    for reference in world.references() {
        world.through_as(&reference, "finalised", 7);
    }
    world.at("2027-05-25T09:00:00Z");
    let cycle = world.open_cycle("2027-05-20");
    world.draw(cycle, 2, 3);
    world.at("2027-05-25T09:00:00Z");
    let mut robot = Robot::sits_down(world, LARGE);
    let mut pressed = 0;
    while !robot.frame().contains("What is looked at again") && pressed < 40 {
        robot.press("esc n");
        pressed += 1;
    }
    robot.expect_dialog("What is looked at again");
    robot.press("esc n").expect_no("What is looked at again");
}

#[test]
fn the_list_and_then_and_now_look_like_this() {
    for (size, name) in [(SMALL, "80x24"), ((120, 40), "120x40"), (LARGE, "160x48")] {
        let mut world = ready_to_look_again();
        let again = world.plans_again("2027-05-25");
        world.do_("Amina Khan", again);
        let cycle = world.cycle_called("2027-05");
        world.draw(cycle, 6, 3);
        world.allocate_all();
        for reference in world.references().into_iter().skip(7) {
            world.completes(&reference, 7);
        }
        let mut robot = Robot::sits_down(world, size);
        insta::assert_snapshot!(format!("revisits_{name}"), robot.press("R").frame());
        insta::assert_snapshot!(format!("then_now_{name}"), robot.press("G enter").frame());
    }
}
