//! A whole cycle by keyboard, from its place in the year to its last phase, where no case is drawn and none is returned. C02, S18.

use crate::support::driver::{Robot, SMALL};
use crate::support::world::World;
use closeloop::domain::cycle::CycleState;
use closeloop::domain::grade::Grade;
use closeloop::domain::query::{Answered, Query};

/// The only cycle there is, as the list of cycles shows it.
fn state(robot: &mut Robot) -> CycleState {
    let Answered::Cycles(rows) = robot.world.ask(Query::Cycles) else { panic!("cycles answer with cycles") };
    rows.first().unwrap().state
}

/// Brings the phase under the cursor to its tick.
fn ticks(robot: &mut Robot, phase: &str) {
    robot.press("g");
    while !robot.frame().lines().any(|line| line.split_once('\u{25b8}').is_some_and(|(_, row)| row.contains(phase))) {
        robot.press("j");
    }
    robot.press("t").expect_notice(&format!("{phase} is done"));
}

#[test]
fn c02_a_cycle_of_named_cases_that_go_back_to_nobody_is_run_from_the_year_to_its_last_phase() {
    let mut world = World::run_by("central-bedfordshire");
    world.at("2026-11-03T09:30:00Z");
    let mut robot = Robot::sits_down(world, SMALL);
    robot.press("5 y o").expect_dialog("Plan a cycle").press("right").expect_line("Thematic audit");
    robot.goes_to("starts").instead("1 nov 2026").press("ctrl-s").expect_no_dialog().expect_notice("2026-11-td");
    robot.press("enter").expect_line("Thematic audit").expect_line("Press d to draw the sample.");
    robot.press("+").expect_dialog("Name a case").goes_to("case").type_text("noor").press("enter");
    robot
        .goes_to("how")
        .press("right")
        .goes_to("by")
        .type_text("tara")
        .press("enter")
        .goes_to("why")
        .type_text("The theme")
        .press("ctrl-s");
    robot.expect_no_dialog().expect_line("Draw, or tick when the named are all.");
    ticks(&mut robot, "Sample");
    robot.press("a").expect_dialog("Proposed reviewers").press("ctrl-s").expect_no_dialog();
    let reference = robot.world.references()[0].clone();
    robot.at("2026-11-05T10:00:00Z").opens(&reference).follows_the_finish_list(Grade::Good);
    robot.submits("The form will be closed as it stands.");
    robot.press("5").expect_line("Finalise").expect_no("is not returned");
    robot.press("1").at("2026-11-12T10:00:00Z").press("enter e").saves(Grade::Good).expect_line("finalised");
    robot.press("5").expect_no("finalised.");
    ticks(&mut robot, "Report");
    assert_eq!(state(&mut robot), CycleState::Running);
    ticks(&mut robot, "Close");
    assert_eq!(state(&mut robot), CycleState::Done);
    robot.press("y").expect_line("done").world.assert_verified();
}
