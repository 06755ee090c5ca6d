//! A whole cycle by keyboard, from its place in the year to its last phase, where no case is drawn and none is returned. C02, S18, S19, Q05.

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
    // Enter looks and ticks nothing.
    robot.press("enter").expect_notice("A phase holds nothing to open; t ticks it.");
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
    robot.press("+").expect_dialog("Name a case").expect_line("added by hand").goes_to("case").type_text("noor").press("enter");
    robot.goes_to("by").type_text("tara").press("enter").goes_to("why").type_text("The theme").press("ctrl-s");
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

#[test]
fn q05_the_cycle_of_a_learning_visit_asks_for_its_service_and_for_no_sample() {
    let mut world = World::run_by("quarterly-learning");
    world.at("2026-10-02T09:30:00Z");
    let mut robot = Robot::sits_down(world, SMALL);
    robot.press("5 y o").expect_dialog("Plan a cycle").press("l").expect_line("Learning visit");
    robot.goes_to("starts").instead("1 oct 2026").press("ctrl-s").expect_no_dialog().expect_notice("2026-q4-lv opened");
    robot.press("enter").expect_line("No service has been named yet.").expect_no("sample has been drawn");
    robot.press("d").expect_no_dialog().expect_notice("name the service it looks at with +");
    robot.expect_line("Press + to name the service it looks at.").press("+").expect_dialog("Name a case");
    robot.goes_to("case").type_text("safe").press("enter").goes_to("by").type_text("tara").press("enter");
    robot.goes_to("why").type_text("Three plans drifted").press("ctrl-s").expect_no_dialog();
    robot.expect_no("Draw, or tick").expect_line("1 review is without a reviewer.");
    robot.world.assert_verified();
}

#[test]
fn the_sheet_of_several_cycles_shows_with_a_sign_which_one_is_meant() {
    let mut world = World::run_by("quarterly-learning");
    world.at("2026-10-02T09:30:00Z");
    let mut robot = Robot::sits_down(world, SMALL);
    robot
        .press("5 y o ctrl-s")
        .expect_no_dialog()
        .press("o l ctrl-s")
        .expect_no_dialog()
        .press("enter")
        .expect_dialog("Which cycle of this month?");
    robot.expect_line("\u{25b8} 2026-q4  Random sampling audit").press("j").expect_line("\u{25b8} 2026-q4-lv  Learning visit");
}
