//! The sample in the cycle view: a substitution with its reason, the card, phases, what blocks them.

use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::World;

#[test]
fn a_substitution_shows_its_reason_and_who_approved_it() {
    let mut robot = Robot::sits_down(World::drawn(), LARGE);
    robot.press("1 j c").expect_dialog("CR-0002 \u{b7} Substitute").expect_line("next in reserve");
    robot.goes_to("reason").type_text("Moved to another council").goes_to("approver").type_text("iris").press("enter");
    robot.expect_line("Iris Tamm").press("ctrl-s").expect_no_dialog().expect_notice("comes in for CR-0002");
    robot.press("5").expect_line("Moved to another council (approved by").expect_line("1 case substituted");
    robot.world.assert_verified();
}

#[test]
fn a_substitution_without_a_reason_is_refused_in_the_form() {
    let mut robot = Robot::sits_down(World::drawn(), SMALL);
    robot.press("c").expect_dialog("CR-0001 \u{b7} Substitute").press("ctrl-s").expect_dialog("CR-0001").expect_line("! ");
    robot.press("esc");
    assert_eq!(robot.world.references().len(), 5);
}

#[test]
fn the_card_shows_the_seed_the_shares_and_who_was_left_out_and_of_a_first_cycle_no_workers_of_the_last() {
    let mut robot = Robot::sits_down(World::drawn(), LARGE);
    robot
        .press("5 c")
        .expect_dialog("How these cases were chosen")
        .expect_line("Seed                        7")
        .expect_line("Each case type\u{2019}s share");
    robot.expect_line("Workers of last cycle       not left out");
    robot.expect_line("the same frame, size and seed give the same sample").expect_line("Left out: ");
    robot.press("esc").expect_no_dialog();
}

#[test]
fn the_cycle_view_says_what_blocks_each_phase() {
    let mut robot = Robot::sits_down(World::drawn(), SMALL);
    robot.press("5").expect_line("What blocks it").expect_line("Allocate").expect_line("0/5");
    robot.press("a ctrl-s").expect_no_dialog().expect_no("reviews are without a reviewer").expect_line("5 reviews are not completed.");
}

#[test]
fn a_second_draw_is_refused_with_the_way_out() {
    let mut robot = Robot::sits_down(World::drawn(), SMALL);
    robot.press("5 d").expect_no_dialog().expect_notice("single cases are replaced by substitution");
}

#[test]
fn a_number_that_is_none_is_refused_at_its_field() {
    let mut world = World::council();
    world.open_cycle("2026-11-01");
    let mut robot = Robot::sits_down(world, SMALL);
    robot.press("5 d").instead("many").press("ctrl-s").expect_line("\u{201c}many\u{201d} is not a whole number of cases, such as 20.");
    robot
        .instead("6")
        .goes_to("seed")
        .instead("4711")
        .press("ctrl-s")
        .type_text("draw")
        .press("enter")
        .expect_no_dialog()
        .expect_notice("seed 4711");
}

#[test]
fn a_cycle_that_was_just_opened_is_the_one_on_the_screen() {
    let mut robot = Robot::sits_down(World::drawn(), SMALL);
    robot.press("5").expect_line("5 Cycle November 2026").press("o").expect_dialog("Open a cycle");
    robot.instead("1 dec 2026").goes_to("focus").type_text("Voice").goes_to("reason").type_text("l").press("ctrl-s").expect_no_dialog();
    robot.expect_line("5 Cycle December 2026").press("d").expect_dialog("Draw the sample of December 2026");
}

#[test]
fn a_cycle_that_is_over_by_its_own_days_is_asked_about_and_one_that_is_empty_is_taken_back() {
    let mut robot = Robot::sits_down(World::drawn(), SMALL);
    robot.press("5 o").instead("1 june 2025").goes_to("focus").type_text("Voice").goes_to("reason").type_text("l").press("ctrl-s");
    robot
        .expect_dialog("Is this cycle over already?")
        .expect_line("was over on Mon 30 Jun 2025")
        .press("esc")
        .expect_dialog("Open a cycle");
    robot.press("ctrl-s").type_text("open").press("enter").expect_no_dialog().expect_line("5 Cycle June 2025");
    robot.press("u").expect_notice("Undone: Cycle 2025-06 opened").expect_line("5 Cycle November 2026");
    robot.world.assert_verified();
}

#[test]
fn who_has_a_review_keeps_it_when_everything_is_marked_and_allocated() {
    let mut robot = Robot::sits_down(World::ready(), LARGE);
    let before: Vec<_> = robot.world.references().iter().map(|reference| robot.world.review(reference).reviewer).collect();
    robot.press("* a").expect_dialog("Proposed reviewers").expect_line("already, and stays there unless you choose");
    robot.press("ctrl-s").expect_notice("Nothing to change: they are allocated so already");
    let after: Vec<_> = robot.world.references().iter().map(|reference| robot.world.review(reference).reviewer).collect();
    assert_eq!(before, after);
}

#[test]
fn a_case_that_has_been_judged_is_not_offered_for_substitution() {
    let mut world = World::ready();
    world.through_as("CR-0001", "completed", 7);
    let mut robot = Robot::sits_down(world, SMALL);
    while robot.app().queue.current().is_some_and(|row| row.reference != "CR-0001") {
        robot.press("j");
    }
    robot.press("c").expect_no_dialog().expect_notice("CR-0001 has been judged");
    robot.opens("CR-0001").press("c").expect_no_dialog().expect_notice("Only a case that is not yet judged can be substituted.");
}

#[test]
fn ages_say_their_day_and_an_extract_older_than_a_year_is_said_on_the_desk() {
    let mut robot = Robot::sits_down(World::drawn(), LARGE);
    robot.opens("CR-0001").expect_line(" at 30 Oct 2026").expect_no("over a year old");
    let mut world = World::drawn();
    world.at("2027-12-01T09:30:00Z");
    let mut robot = Robot::sits_down(world, SMALL);
    robot.expect_line("extract of Oct 2026 is over a year old");
}

#[test]
fn before_the_draw_it_is_said_that_fewer_can_be_drawn_than_are_wanted() {
    let mut world = World::council();
    world.open_cycle("2026-11-01");
    let mut robot = Robot::sits_down(world, SMALL);
    robot.press("5 a").expect_no_dialog().expect_notice("no reviews yet: draw its sample");
    robot.press("d").instead("400").press("ctrl-s").expect_line(" of the 400 wanted can be drawn for 2026-11");
}

#[test]
fn a_year_old_extract_is_warned_of_until_the_sample_is_drawn() {
    let mut world = World::council();
    world.at("2027-11-30T09:30:00Z").open_cycle("2027-11-01");
    let mut robot = Robot::sits_down(world, SMALL);
    robot
        .press("5")
        .expect_line("30 October 2026, more than a year old")
        .press("d")
        .instead("3")
        .press("ctrl-s")
        .type_text("draw")
        .press("enter");
    robot.expect_no_dialog().expect_line("0/3").expect_no("more than a year old");
}
