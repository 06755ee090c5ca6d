//! An Inadequate review: what opens by itself, what it blocks, and where it is seen.

use crate::alerts::raised::raise;
use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::{World, day};
use closeloop::domain::deed::Deed;
use closeloop::domain::id::{AlertId, ReviewId};
use closeloop::domain::query::{Answered, Query};
use closeloop::domain::review::StepRecord;
use closeloop::domain::strip::StripOf;
use std::collections::BTreeMap;

fn inadequate() -> World {
    let mut world = World::ready();
    leaves(&mut world, "Ivo Smith", "2026-11-10");
    world.through_as("CR-0001", "completed", 2).at("2026-11-12T12:00:00Z");
    world
}

fn leaves(world: &mut World, name: &str, last_day: &str) {
    use closeloop::domain::intake::{PersonRow, Place};
    let login = world.actor(name).login;
    let row = PersonRow {
        name: name.into(),
        login: Some(login),
        left_on: Some(Some(crate::support::world::day(last_day))),
        source: Place::file("leavers.csv"),
        ..PersonRow::default()
    };
    world.do_("Amina Khan", Deed::ImportPeople { rows: vec![row], file: crate::support::world::file("leavers.csv", 'd') });
}

#[test]
fn the_alert_pane_lists_it_with_its_gaps_named() {
    let mut robot = Robot::sits_down(inadequate(), LARGE);
    robot.press("3 3").expect_line("told 0/6").expect_row_selected("CR-0001").expect_line("Insights SM").expect_line("1 open");
    robot.press("enter").expect_line("nobody: a gap").press("enter").expect_line("! alert AL-0001 is open");
}

#[test]
fn the_panel_pane_lists_it_with_the_reason() {
    let mut robot = Robot::sits_down(inadequate(), SMALL);
    robot.expect_line("! 1 Inadequate open").press("2").expect_row_selected("CR-0001").expect_line("\u{25bc} 2").expect_line("Inadequate");
}

#[test]
fn it_cannot_be_returned_before_the_panel_has_decided() {
    let mut robot = Robot::sits_down(inadequate(), SMALL);
    robot.opens("CR-0001").expect_line("waits for the panel").press("e").expect_notice("It waits for the panel");
    robot.expect_row_selected("Return the review").press("enter").expect_no_dialog().expect_notice("It waits for the panel");
    let review = robot.world.id("CR-0001");
    let returned = StepRecord {
        on: day("2026-11-12"),
        values: BTreeMap::from([("reflection-offered".to_string(), "yes".to_string())]),
        not_done_because: None,
    };
    let seen = robot.world.review("CR-0001").revision;
    let refused = robot.world.refused(Deed::RecordStep { review, seen, step: "returned".into(), record: returned });
    assert!(refused.contains("CR-0001 waits for the panel (Inadequate) and cannot be returned yet."), "{refused}");
    assert!(!robot.world.review("CR-0001").passed("returned"));
}

#[test]
fn the_question_before_submitting_says_what_will_open() {
    let mut world = World::ready();
    world.through("CR-0001", "family-contact").at("2026-11-12T10:00:00Z").fill("CR-0001", 2);
    let mut robot = Robot::sits_down(world, SMALL);
    robot.opens("CR-0001").press("f enter").expect_dialog("Submit CR-0001").expect_line("An Inadequate alert opens at this moment");
    robot.expect_line("The panel sees it before it goes back").type_text("submit").press("enter");
    robot.expect_no_dialog().expect_line("! 1 Inadequate open");
}

#[test]
fn a_marked_row_keeps_the_sign_of_its_alert() {
    let mut robot = Robot::sits_down(inadequate(), LARGE);
    while robot.app().queue.current().is_some_and(|row| row.reference != "CR-0001") {
        robot.press("j");
    }
    robot.expect_row_selected("! CR-0001").press("space").expect_line("\u{25c8}! CR-0001");
}

#[test]
fn the_next_thing_takes_an_alert_s_clock_by_its_deadline_among_the_rest() {
    let next = |world: &mut World, skip: Vec<ReviewId>, passed| match world.ask(Query::NextThing {
        skip,
        passed,
        actions: Vec::new(),
        work: Vec::new(),
    }) {
        Answered::NextThing(Some(next)) => next,
        other => panic!("{other:?}"),
    };
    let mut world = inadequate();
    let (first, alerted) = (next(&mut world, Vec::new(), Vec::new()), world.id("CR-0001"));
    assert_eq!(
        (first.clock.is_some(), first.review),
        (true, Some(alerted)),
        "what runs by the hour today comes before what is late since last week"
    );
    assert!(first.because.starts_with("AL-0001, "), "{}", first.because);
    let then = next(&mut world, vec![alerted], first.clock.into_iter().collect());
    assert!(then.clock.is_none() && then.review != Some(alerted));
    let mut robot = Robot::sits_down(world, SMALL);
    robot.press("n").expect_notice("AL-0001");
}

#[test]
fn late_in_the_evening_a_clock_that_runs_out_past_midnight_comes_before_a_late_step() {
    let mut world = inadequate();
    world.at("2026-11-12T23:30:00Z");
    raise(&mut world, "hand");
    let passed = vec![StripOf::Alert(AlertId(1))];
    let Answered::NextThing(Some(next)) = world.ask(Query::NextThing { skip: Vec::new(), passed, actions: Vec::new(), work: Vec::new() })
    else {
        panic!()
    };
    assert!(next.because.starts_with("AL-0002, "), "one hour is left, and midnight lies between: {}", next.because);
}

#[test]
fn who_is_not_told_yet_is_said_in_the_pane() {
    let mut robot = Robot::sits_down(inadequate(), LARGE);
    robot.press("3 3").expect_line("not told yet: Insights SM (nobody)");
    // One of four panes is too narrow for the column.
    let mut robot = Robot::sits_down(inadequate(), (120, 40));
    robot.press("3").expect_line("not told yet: ");
}
