//! From a returned review to a closed loop by keys.

use super::returned;
use crate::support::driver::{Robot, SMALL};
use closeloop::domain::tracking::FollowUpOf;

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

#[test]
fn m17_a_loop_that_is_opened_again_by_undo_is_as_old_as_it_was() {
    let mut world = returned(4);
    world.action_complete();
    let assured = world.follow(FollowUpOf::Assurance, "Tara Moss");
    world.do_("Tara Moss", assured);
    world.at("2027-03-15T10:00:00Z");
    let amiss = |robot: &mut Robot| robot.press("X").frame().contains("CR-0001") && robot.press("esc").app().overlays.is_empty();
    let mut robot = Robot::somebody(world, SMALL, "Tara Moss");
    robot.press("X").expect_line("A loop open for more than three months").expect_line("CR-0001    since 12 Nov 2026").press("esc");
    robot.press("/").type_text("loop").press("enter").expect_row_selected("CR-0001").press("enter");
    for _ in 0..5 {
        robot.press("l");
    }
    robot.expect_line("The loop is open since 12 Nov 2026");
    robot.press("F").press("tab tab tab").type_text("Reflected on the scaling and both visits").press("ctrl-s");
    robot.expect_line("The loop is closed since 15 Mar 2027");
    robot.press("u").expect_line("The loop is open since 12 Nov 2026");
    assert!(amiss(&mut robot), "it is amiss as before");
    robot.world.assert_verified();
}

#[test]
fn m17_a_row_of_the_queue_says_which_links_are_missing() {
    let mut world = returned(4);
    world.through_as("CR-0001", "finalised", 4);
    let mut robot = Robot::somebody(world, (160, 48), "Tara Moss");
    robot.press("/").type_text("loop").press("enter").expect_line("superv. +2");
    // The day in the row is that of supervision, and the heading says so.
    robot.expect_line("Supervision\u{25b4}");
    robot.world.action_complete();
    let supervised = robot.world.follow(FollowUpOf::Supervision, "Tara Moss");
    robot.world.do_("Tara Moss", supervised);
    robot.press("r").expect_line("assurance");
}

#[test]
fn c13_a_whole_team_is_supported_and_the_record_says_so() {
    let world = returned(4);
    let mut robot = Robot::somebody(world, (160, 48), "Tara Moss");
    robot.opens("CR-0001").press("F").goes_to("what");
    while robot.form().value("what") != "support" {
        robot.press("right");
    }
    robot.goes_to("for").press("right").goes_to("text").type_text("Four joint supervisions, and the plan read together").press("ctrl-s");
    let team = robot.world.detail("CR-0001").team.0;
    robot.expect_notice("targeted support begins written down");
    let noted = robot.world.loop_of().noted;
    assert_eq!((noted[0].0.team, noted[0].0.whom, noted[0].2.as_str()), (true, None, team.as_str()));
    for _ in 0..5 {
        robot.press("l");
    }
    robot.expect_line(&format!("Targeted support begins for {team}"));
    robot.world.assert_verified();
}

#[test]
fn m16_m17_m18_over_months_a_loop_stays_open_until_the_last_link_is_there() {
    let mut robot = Robot::somebody(returned(4), (160, 48), "Tara Moss");
    robot.opens("CR-0001");
    while !robot.frame().contains("The loop is open since") {
        robot.press("l");
    }
    // December: supervision. The actions and the assurance are still missing.
    robot.at("2026-12-10T10:00:00Z").press("F").goes_to("text").type_text("Scaling and both actions, one by one").press("ctrl-s");
    robot.expect_line("The loop is open since").expect_line("not signed off").expect_line("not given yet");
    // January: assurance that it is not better yet closes nothing.
    robot.world.action_complete();
    robot.at("2027-01-20T10:00:00Z").press("F").expect_line("What was found").goes_to("improved").press("right right right");
    assert_eq!(robot.form().value("improved"), "not-yet");
    robot.goes_to("text").type_text("Visits are in time, the plan is not").press("ctrl-s");
    robot.expect_line("The loop is open since").expect_line("it has not improved yet");
    // March: too long open is amiss, and the look leads to the record.
    robot.at("2027-03-20T10:00:00Z").press("X").expect_line("A loop open for more than three months").press("esc");
    // April: it has improved.
    robot.at("2027-04-12T10:00:00Z").press("F").goes_to("improved").press("right");
    robot.goes_to("text").type_text("Read eight weeks of the record").press("ctrl-s");
    robot.expect_line("The loop is closed since 12 Apr 2027");
    robot.press("X").expect_no("A loop open for").press("esc");
    robot.world.assert_verified();
}

#[test]
fn m16_m17_a_loop_is_not_closed_by_hand_and_the_refusal_names_the_link_its_rule_and_who_brings_it() {
    let mut world = returned(4);
    let mut robot = Robot::somebody(world, (160, 48), "Tara Moss");
    robot.press("/").type_text("loop").press("enter").expect_row_selected("CR-0001").press("Z");
    robot.expect_notice("CR-0001 stays open: missing is supervision (none recorded since), and 2 more links.");
    robot.expect_notice(
        "once supervision has reflected on the review and is written down. Whoever supervises the practitioner can bring that.",
    );
    robot.expect_line("The loop is open since");
    world = robot.world;
    world.action_complete();
    let supervised = world.follow(FollowUpOf::Supervision, "Tara Moss");
    world.do_("Tara Moss", supervised);
    let mut robot = Robot::somebody(world, (160, 48), "Tara Moss");
    robot
        .press("/")
        .type_text("loop")
        .press("enter")
        .press("enter Z")
        .expect_notice("missing is assurance (not given yet). It closes by itself");
    let assured = robot.world.follow(FollowUpOf::Assurance, "Tara Moss");
    robot.world.do_("Tara Moss", assured);
    robot.press("r Z").expect_notice("CR-0001: the loop is closed since");
    robot.world.assert_verified();
}
