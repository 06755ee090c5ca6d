//! Finding rows and working on many: filter, order, marks, one undo for the batch.

use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::World;
use closeloop::app::command::Command;

#[test]
fn the_filter_narrows_while_it_is_typed_and_esc_clears_it() {
    let mut world = World::ready();
    world.through("CR-0002", "contact").at("2026-11-12T10:00:00Z");
    let mut robot = Robot::sits_down(world, SMALL);
    robot.expect_line("7 shown").press("/").type_text("step:learning").expect_line("1 shown").expect_row_selected("CR-0002");
    robot.expect_line("/step:learning").press("esc").expect_line("7 shown");
    robot.press("/").type_text("CR-0005").press("enter").expect_line("1 shown").press("esc").expect_line("7 shown");
}

#[test]
fn words_fields_and_flags_can_be_combined() {
    let mut world = World::ready();
    world.through("CR-0002", "contact").at("2026-11-12T10:00:00Z");
    let team = world.detail("CR-0001").team.0;
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("1 /").type_text(&format!("late team:\"{team}\" CR-0001")).expect_row_selected("CR-0001").expect_line("1 shown");
    robot.press("ctrl-u").type_text("unallocated").expect_line("Nothing matches the filter.").press("esc").expect_line("7 shown");
}

#[test]
fn a_misspelt_field_is_said_with_what_was_meant() {
    let mut robot = Robot::sits_down(World::ready(), SMALL);
    robot.press("/").type_text("graed:ri").expect_line("There is no field \u{201c}graed\u{201d}; did you mean grade?");
    robot.press("ctrl-u").type_text("grade:x").expect_line("There is no grade \u{201c}x\u{201d}");
    robot.press("backspace").expect_no("There is no grade").expect_line("CR-0001");
}

#[test]
fn what_is_not_understood_shows_nothing_and_says_why_also_once_it_is_kept() {
    for size in [SMALL, LARGE] {
        let mut robot = Robot::sits_down(World::ready(), size);
        robot.press("1 /").type_text("grade:inadequte").expect_line("did you mean inadequate?").expect_no("CR-0001");
        // Kept, and another key pressed: the list itself still says it.
        robot.press("enter j").expect_line("The filter is not understood, so nothing is shown.").expect_no("CR-0001");
        robot.press("esc").expect_line("CR-0001");
        // Words and types that find nothing say what may have been meant.
        robot.press("/").type_text("unalocated").expect_line("unallocated?").press("ctrl-u");
        robot.type_text("10692868").expect_line("A number of the case system is found").press("esc /");
        robot.type_text("type:cpp").expect_line("There is no type of case \u{201c}cpp\u{201d}; did you mean cp?").press("esc");
        robot.press("8 /").type_text("rol:coordinator").expect_line("The filter is not understood, so nothing is shown.");
        robot.press("esc").press("7 /").type_text("stnds:draft").expect_line("The filter is not understood, so nothing is shown.");
    }
}

#[test]
fn the_queue_can_be_put_in_another_order_and_turned_round() {
    let mut robot = Robot::sits_down(World::ready(), SMALL);
    robot.press_command(Command::Sort).expect_notice("Sorted by reference").expect_row_selected("CR-0001");
    robot.press_command(Command::ReverseSort).expect_row_selected("CR-0007");
    robot.press_command(Command::ReverseSort).expect_row_selected("CR-0001");
}

#[test]
fn marked_rows_are_allocated_together_and_taken_back_together() {
    let mut robot = Robot::sits_down(World::drawn(), LARGE);
    robot.press("1 space space").expect_line("2 marked").press("a").expect_line("2 of 2 have a reviewer").press("ctrl-s");
    robot.expect_no_dialog().expect_notice("2 reviews allocated").expect_no("marked");
    let given = |robot: &Robot| ["CR-0001", "CR-0002", "CR-0003"].map(|reference| robot.world.review(reference).reviewer.is_some());
    assert_eq!(given(&robot), [true, true, false]);
    robot.press("u").expect_notice("Undone: Reviewer allocated and 1 more");
    assert_eq!(given(&robot), [false, false, false]);
    robot.world.assert_verified();
}

#[test]
fn a_reviewer_is_changed_by_hand_with_the_conflict_shown() {
    let mut robot = Robot::sits_down(World::drawn(), LARGE);
    robot.press("1 a").expect_dialog("Proposed reviewers").press("enter").expect_dialog("Reviewer for CR-0001").expect_line("never: ");
    robot.press("j enter").expect_dialog("Proposed reviewers").expect_line("chosen by you").press("ctrl-s").expect_no_dialog();
    assert!(robot.world.review("CR-0001").reviewer.is_some());
}

#[test]
fn whoever_may_not_allocate_hears_it_at_the_key() {
    let mut robot = Robot::somebody(World::drawn(), LARGE, "Tara Moss");
    robot.press("1 e").expect_no_dialog().expect_notice("(Team manager) no right to allocate reviewers");
}

#[test]
fn esc_takes_off_the_marks() {
    let mut robot = Robot::sits_down(World::drawn(), SMALL);
    robot.press("*").expect_line("5 marked").press("esc").expect_no("marked");
    // What is not in the list any more is not marked either: nothing is done to rows that nobody sees.
    robot.press("*").expect_line("5 marked").press("/").type_text("CR-0001").expect_line("1 shown").expect_no("marked");
}

#[test]
fn a_due_day_is_never_cut_off_however_small_the_screen_and_whatever_is_listed() {
    let mut world = World::ready();
    world.at("2026-12-14T10:00:00Z");
    let mut robot = Robot::sits_down(world, SMALL);
    let late =
        |robot: &mut Robot| robot.frame().lines().filter(|line| line.trim_end_matches([' ', '\u{2502}']).ends_with("d late")).count();
    let open = late(&mut robot);
    assert!(open >= 3, "{}", robot.frame());
    robot.press("/").type_text("all").press("enter");
    assert_eq!(late(&mut robot), open, "{}", robot.frame());
    robot.expect_line("Grade");
}
