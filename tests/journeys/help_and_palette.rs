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
fn the_palette_puts_a_name_before_scattered_letters_and_what_was_chosen_before_first() {
    let mut robot = Robot::sits_down(World::drawn(), LARGE);
    // A whole word of the name, then its beginning, then letters of it, and an explanation last of all.
    let order = |robot: &mut Robot, typed: &str| -> Vec<&'static str> {
        robot.press(":").type_text(typed);
        let found = robot.app().palette().into_iter().map(|found| found.command.row().label).collect();
        robot.press("esc");
        found
    };
    let marks = order(&mut robot, "mark");
    assert_eq!(marks[..2], ["mark", "mark all"], "{marks:?}");
    let cycles = order(&mut robot, "cyc");
    assert_eq!(cycles[0], "cycle", "what works here and is called so comes before \u{201c}open cycle\u{201d}: {cycles:?}");
    let re = order(&mut robot, "re");
    let place = |label: &str| re.iter().position(|found| *found == label).unwrap();
    assert!(place("reverse") < place("history") && place("reveal") < place("previous pane"), "{re:?}");
    // Of names that fit alike, the one that was chosen before comes first.
    assert_ne!(re[0], "refresh", "{re:?}");
    robot.press(":").type_text("refresh").press("enter");
    assert_eq!(order(&mut robot, "re")[0], "refresh");
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
    robot.press("pagedown pagedown pagedown pagedown pagedown pagedown pagedown pagedown").expect_line("Requires improvement");
    robot.press("k").expect_line("Glyphs").press("esc").expect_no_dialog();
    robot.press("5 ?").expect_line("Draws the sample: by chance");
}

#[test]
fn a_key_that_does_nothing_here_says_why() {
    let mut robot = Robot::sits_down(World::drawn(), LARGE);
    robot.press("u").expect_notice("Nothing that you did since closeloop started can be undone.");
    robot.press("5 d").expect_notice("The sample was drawn on 5 November");
}

#[test]
fn help_is_searched_while_you_type_and_esc_goes_back_one_step_at_a_time() {
    let mut robot = Robot::sits_down(World::drawn(), SMALL);
    robot.press("? /").expect_line("Esc leaves the search").type_text("sample ch").expect_dialog("Help /sample ch");
    robot.expect_line("Shows how the sample was chosen").expect_no("Proposes a reviewer");
    robot.press("enter").expect_line("Shows how the sample was chosen").press("esc").expect_line("Proposes a reviewer for the row");
    robot.press("/").type_text("zzzz").expect_line("No command matches.").press("esc").expect_line("Queue");
    robot.press("/").type_text("n").expect_line("Opens the next thing that needs you").expect_no("Moves by");
    robot.press("esc esc").expect_no_dialog();
}

#[test]
fn the_heading_of_the_sorted_column_shows_the_direction_and_stays_when_there_is_no_room() {
    let mut robot = Robot::sits_down(World::drawn(), SMALL);
    robot.expect_line("Due\u{25b4}").press("s").expect_line("Ref\u{25b4}").expect_no("Due\u{25b4}").press("S").expect_line("Ref\u{25be}");
    robot.press("s s s").expect_line("Team\u{25be}");
}

#[test]
fn the_help_says_of_no_key_that_it_does_two_things_in_one_place() {
    let mut robot = Robot::sits_down(World::ready(), LARGE);
    robot.press("6 ?").expect_line("One column to the right.").expect_no("Shows how a due date comes about");
    robot.press("esc 7 ?").expect_line("Writes the report as a Word file").expect_no("Shows for 10 seconds who it is about");
    // A search is for what works anywhere.
    robot.press("/").type_text("10 seconds").expect_line("Shows for 10 seconds who it is about");
}
