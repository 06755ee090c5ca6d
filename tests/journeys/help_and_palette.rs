//! Finding out what can be done: palette, help, hints.

use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::World;

#[test]
fn the_palette_runs_a_command_found_by_a_few_letters() {
    let mut robot = Robot::sits_down(World::drawn(), SMALL);
    robot.press(":").expect_dialog("Commands").type_text("alloc").expect_row_selected("allocate").press("enter");
    robot.expect_dialog("Proposed reviewers");
}

#[test]
fn the_palette_says_why_a_command_is_not_available() {
    let mut robot = Robot::sits_down(World::drawn(), LARGE);
    robot.press(":").type_text("undo").expect_line("not now: Nothing that you did");
    robot.press("enter").expect_notice("Nothing that you did since closeloop started can be undone.").press("esc").expect_no_dialog();
}

#[test]
fn the_palette_says_when_nothing_matches() {
    let mut robot = Robot::sits_down(World::drawn(), SMALL);
    robot.press(":").type_text("zzzz").expect_line("No command matches.").press("enter esc").expect_no_dialog();
}

#[test]
fn help_lists_the_keys_of_this_place_and_can_be_read_to_its_end() {
    let mut robot = Robot::sits_down(World::drawn(), SMALL);
    robot.press("?").expect_dialog("Help").expect_line("Queue").expect_line("Proposes a reviewer for the row");
    robot.press("pagedown pagedown pagedown pagedown pagedown pagedown pagedown").expect_line("Requires improvement");
    robot.press("k").expect_line("Glyphs").press("esc").expect_no_dialog();
    robot.press("5 ?").expect_line("Draws the sample: by chance");
}

#[test]
fn a_key_that_does_nothing_here_says_why() {
    let mut robot = Robot::sits_down(World::drawn(), LARGE);
    robot.press("u").expect_notice("Nothing that you did since closeloop started can be undone.");
    robot.press("5 d").expect_notice("The sample was drawn on 5 November");
}
