//! What disputes look like: their strips among the alerts, one whole, the form of what happened, their months, their proof.

use crate::support::driver::Robot;
use crate::support::world::World;
use closeloop::domain::deed::{Deed, DrpDeed};
use closeloop::domain::drp::{DrpKind, DrpOutcome, DrpWanted, StepWanted};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (160, 48)];

/// A dispute on day 12 of 20, one over its time, one informal, one ended, one outside, and good practice; and an alert beside them.
fn told() -> World {
    let mut world = World::ready();
    world.at("2026-11-05T10:00:00Z");
    let late = world.raises("Ida Ross", "CR-0001", "The plan has no date for the move that was agreed.");
    world.notes("Ida Ross", late, StepWanted::Tried, "With the manager: no placement before the new year.");
    world.notes("Ida Ross", late, StepWanted::Next, "The child cannot wait so long.");
    let ended = world.raises("Ian Reid", "CR-0003", "Visits are written up a month late.");
    world.notes("Ian Reid", ended, StepWanted::Tried, "A day a week is set aside.");
    world.through_as("CR-0002", "completed", 2);
    world.at("2026-11-18T10:00:00Z");
    world.notes("Ian Reid", ended, StepWanted::Resolved(DrpOutcome::Agreed), "All visits are on the record.");
    let runs = world.raises("Ian Reid", "CR-0004", "The family was not told of the change of plan.");
    world.notes("Ian Reid", runs, StepWanted::NotTried, "The plan is being carried out this week.");
    world.notes("Ian Reid", runs, StepWanted::Next, "At once, because of the dates.");
    world.notes("Ian Reid", runs, StepWanted::Referred("Cafcass".into()), "Whether the change was lawful.");
    world.at("2026-12-04T10:00:00Z");
    world.notes("Ida Ross", late, StepWanted::Senior("Director".into()), "The time is over.");
    world.raises("Ida Ross", "CR-0005", "Another school was asked for three times and is in no plan.");
    let praise = DrpWanted {
        kind: DrpKind::GoodPractice,
        wanted: String::new(),
        ..world.dispute("CR-0006", "Direct work in the child\u{2019}s own words.")
    };
    world.do_("Ida Ross", Deed::Drp(DrpDeed::Raise(praise)));
    world
}

fn at_each_size(name: &str, keys: &str) {
    for size in SIZES {
        let mut robot = Robot::sits_down(told(), size);
        robot.press(keys);
        insta::assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), robot.frame());
    }
}

#[test]
fn disputes_stand_among_the_alerts_by_their_nearest_clock() {
    at_each_size("drp_strips", "3");
    let mut robot = Robot::sits_down(told(), SIZES[2]);
    insta::assert_snapshot!("drp_strips_zoomed_160x48", robot.press("3 3").frame());
}

#[test]
fn the_header_names_whatever_the_pane_of_alerts_counts() {
    let mut robot = Robot::sits_down(told(), SIZES[2]);
    let overview = robot.app().overview.clone();
    assert_eq!((overview.alerts, overview.disputes, overview.strips), (1, 3, 5));
    robot.expect_line("1 Inadequate, 3 disputes, 1 good practice open");
}

#[test]
fn one_dispute_whole() {
    at_each_size("drp_one", "3 j enter");
}

#[test]
fn what_happened_is_asked_in_one_form() {
    let mut robot = Robot::sits_down(told(), SIZES[0]);
    insta::assert_snapshot!("drp_step_80x24", robot.press("3 j enter enter right").frame());
    let mut robot = Robot::sits_down(told(), SIZES[0]);
    insta::assert_snapshot!("drp_raise_80x24", robot.press("3 D").frame());
}

#[test]
fn months_and_proof() {
    at_each_size("drp_months", "3 C");
    at_each_size("drp_proof", "3 j O");
}
