//! `n` leads to the work of a cycle itself: a draw that is late, and a report that is soon due.

use crate::support::driver::{LARGE, Robot};
use crate::support::world::World;
use closeloop::domain::query::{Answered, NextThing, Query};

fn next(world: &mut World, who: &str) -> Option<NextThing> {
    let skip = world.references().iter().map(|reference| world.id(reference)).collect();
    match world.answer_to(who, &Query::NextThing { skip, passed: Vec::new(), actions: Vec::new(), work: Vec::new() }).unwrap() {
        Answered::NextThing(next) => next,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_sample_that_is_late_is_offered_to_whoever_may_draw_it_and_to_nobody_else() {
    let mut world = World::under(crate::support::world::merton_text());
    world.at("2026-10-28T09:30:00Z").open_cycle("2026-11-01");
    world.at("2026-11-10T10:00:00Z");
    let said = next(&mut world, "Amina Khan").unwrap();
    assert_eq!((said.step.as_str(), said.because.contains("is 5 days late")), ("draw the sample", true), "{said:?}");
    assert_eq!(next(&mut world, "Noor Carter"), None);
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("1 n").expect_notice("Next: draw the sample").expect_line("5 Cycle").expect_row_selected("Sample");
    // Put off, it does not come again before the round is over.
    robot.press("n").expect_no("Next: draw the sample");
}

#[test]
fn a_report_that_is_due_soon_is_offered_to_whoever_writes_it() {
    let mut world = World::ready();
    world.at("2026-11-12T10:00:00Z");
    for reference in world.references() {
        world.through(&reference, "finalised");
    }
    // The cycle's own phase for it ends on 6 December, a Sunday, and so on Friday the 4th.
    world.at("2026-11-26T10:00:00Z");
    assert!(next(&mut world, "Amina Khan").is_none_or(|said| !said.step.starts_with("build the ")));
    world.at("2026-12-03T10:00:00Z");
    let said = next(&mut world, "Amina Khan").unwrap();
    assert!(said.step.starts_with("build the ") && said.because.contains("due"), "{said:?}");
    assert!(next(&mut world, "Noor Carter").is_none_or(|said| said.work.is_none()));
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("n").expect_notice("Next: build the ").expect_line("7 Reports");
    let row = robot.app().reports.row().unwrap().label.to_lowercase();
    assert_eq!(said.step, format!("build the {row}"));
}
