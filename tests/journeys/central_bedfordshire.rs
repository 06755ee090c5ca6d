//! A month of practice evaluations by keyboard: evaluated, moderated on the second level, returned, filed. C01, C03, C04, C10, C15.

use crate::support::driver::{Robot, SMALL};
use crate::support::world::World;
use closeloop::domain::grade::Grade;

/// An evaluation of November, given to its evaluator.
fn allocated() -> Robot {
    let mut world = World::run_by("central-bedfordshire");
    world.at("2026-11-03T09:30:00Z");
    let mut robot = Robot::sits_down(world, SMALL);
    // C02: themed work is a strand of its own, so a month needs no focus.
    robot.press("5 o").expect_dialog("Open a cycle").goes_to("starts").instead("1 nov 2026").press("ctrl-s").expect_no_dialog();
    robot.expect_line("November 2026").draws_and_allocates(4);
    robot
}

/// Takes every step up to the moderation, with this grade.
fn evaluated(robot: &mut Robot, grade: Grade) {
    robot.opens("PE-0001").steps("2026-11-05T10:00:00Z", "PE-0001 \u{b7} Speak with the worker");
    robot.steps("2026-11-09T10:00:00Z", "PE-0001 \u{b7} Ask the family");
    robot.at("2026-11-12T10:00:00Z").follows_the_finish_list(grade).submits("The panel sees it before it goes back.");
    robot.expect_line("waits for the panel").press("e").expect_no_dialog().expect_notice("waits for the panel");
    robot.expect_row_selected("Return the evaluation").press("enter").expect_no_dialog().expect_notice("waits for the panel");
    robot.at("2026-11-19T10:00:00Z").is_moderated("Iris Tamm", grade).steps("2026-11-20T10:00:00Z", "PE-0001 \u{b7} Return the evaluation");
}

#[test]
fn c01_an_evaluation_goes_through_both_levels_to_finalised() {
    let mut robot = allocated();
    evaluated(&mut robot, Grade::Good);
    robot.at("2026-11-23T10:00:00Z").press("e").expect_dialog("PE-0001 \u{b7} Reflective discussion");
    robot.goes_to("happened").press("right").goes_to("because").type_text("Good, and gone through on return").press("ctrl-s");
    robot.expect_no_dialog().steps("2026-11-24T10:00:00Z", "PE-0001 \u{b7} Put it on the record");
    let review = robot.world.review("PE-0001");
    assert_eq!(review.moderated.map(|judged| judged.grade), Some(Grade::Good));
    robot.is_finalised(&["\u{25cf} \u{2192} \u{25cf}"]);
}

#[test]
fn c04_an_inadequate_is_talked_through_before_it_is_filed() {
    let mut robot = allocated();
    evaluated(&mut robot, Grade::Inadequate);
    robot.at("2026-11-23T10:00:00Z").press("e").expect_dialog("PE-0001 \u{b7} Reflective discussion");
    robot.saves(Grade::Good);
    robot.steps("2026-11-24T10:00:00Z", "PE-0001 \u{b7} Put it on the record").is_finalised(&["\u{25bc} \u{2192} \u{25bc}"]);
}
