//! Two months of practice reviews by keyboard: graded by hand, moderated by the service's own manager, both grades kept, and
//! the evidence of the Enablers beside them. S01-S04, S07, S08, S24.

use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::World;
use closeloop::domain::grade::Grade;

/// November and December planned, drawn and allocated.
fn allocated() -> Robot {
    let mut world = World::run_by("sandwell");
    world.at("2026-11-03T09:30:00Z");
    let mut robot = Robot::sits_down(world, SMALL);
    robot.opens_a_cycle("1 nov 2026", "Fathers").expect_line("November-December 2026").draws_and_allocates(4);
    robot
}

#[test]
fn s01_a_practice_review_is_graded_by_hand_moderated_and_brought_to_finalised() {
    let mut robot = allocated();
    robot.opens("PR-0001").steps("2026-11-05T10:00:00Z", "PR-0001 \u{b7} Read the record");
    robot.steps("2026-11-09T10:00:00Z", "PR-0001 \u{b7} Hear the child");
    robot.steps("2026-11-10T10:00:00Z", "PR-0001 \u{b7} Hear parent or carer");
    robot.steps("2026-11-11T10:00:00Z", "PR-0001 \u{b7} Meet the practitioner");
    robot.at("2026-11-16T10:00:00Z").follows_the_finish_list(Grade::RequiresImprovement);
    robot.expect_line("Everything is there.").submits("The panel sees it before it goes back.").expect_line("waits for the panel");
    robot.press("e").expect_no_dialog().expect_notice("waits for the panel");
    let service = robot.world.store.reading().service_of_review(robot.world.id("PR-0001")).unwrap();
    let chair = if service == "Safeguarding" { "Sam Miller" } else { "Sita Moran" };
    robot.at("2026-11-24T10:00:00Z").is_moderated(chair, Grade::Good);
    robot.steps("2026-11-26T10:00:00Z", "PR-0001 \u{b7} Return the review");
    robot.steps("2026-11-27T10:00:00Z", "PR-0001 \u{b7} Put it on Liquidlogic");
    let review = robot.world.review("PR-0001");
    let grades = [review.original, review.moderated].map(|judged| judged.map(|judged| (judged.scaling, judged.grade)));
    assert_eq!(grades, [Some((None, Grade::RequiresImprovement)), Some((None, Grade::Good))], "both are kept");
    robot.is_finalised(&["\u{25b2} \u{2192} \u{25cf}"]);
}

#[test]
fn s24_what_the_enablers_show_is_noted_listed_and_counted() {
    let mut world = World::run_by("sandwell");
    world.at("2026-11-19T14:00:00Z");
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("9").expect_line("Enabler evidence");
    while !robot.frame().lines().any(|line| line.split_once('\u{25b8}').is_some_and(|(_, row)| row.contains("Enabler evidence"))) {
        robot.press("j");
    }
    robot.press("enter +").expect_dialog("Enabler evidence").goes_to("v/kind").press("c c").expect_line("Complaint");
    robot.press("ctrl-s").expect_line("is still empty").goes_to("v/finding").type_text("Calls were not returned").press("ctrl-s");
    robot.expect_dialog("Enabler evidence").press("esc").expect_no_dialog().expect_line("Calls were not returned").expect_line("Complaint");
    robot.press("tab").expect_line("Complaint");
    robot.world.assert_verified();
}
