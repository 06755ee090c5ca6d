//! A page of figures is counted beside the session: no key waits for it, and what nobody waits for any more is never shown.

use crate::support::driver::{LARGE, Robot, WHOLE_PAGES};
use crate::support::world::World;
use closeloop::domain::deed::Deed;
use closeloop::domain::interest::InterestKind;
use std::io::Read;
use std::os::unix::net::UnixStream;
use std::time::Duration;

/// Somebody for whom no frame waits for a page: every page is "being counted" until the test takes it in.
fn impatient() -> Robot {
    let mut robot = Robot::sits_down(World::drawn(), LARGE);
    robot.station.patience = Duration::ZERO;
    robot
}

fn takes_it_in(robot: &mut Robot) -> bool {
    robot.station.takes_what_was_counted(WHOLE_PAGES)
}

#[test]
fn a_page_stands_at_once_says_that_it_is_counted_and_then_shows_its_numbers() {
    let mut robot = impatient();
    robot.press("6").expect_line("6 Insight").expect_line("Counting\u{2026} Nothing waits for it: 6 turns the page, Esc leaves.");
    robot.press("enter").expect_notice("The page is still being counted.");
    assert!(takes_it_in(&mut robot));
    robot.expect_no("Counting").expect_line("November 2026").press("enter").expect_notice("Behind");
}

#[test]
fn only_the_page_that_is_looked_at_is_shown() {
    let mut robot = impatient();
    // Two pages further before the first was counted.
    robot.press("6 6 6").expect_line("Counting");
    assert!(takes_it_in(&mut robot));
    robot.expect_no("Counting");
    let shown = robot.app().insight.shown().expect("a page is shown");
    assert_eq!(shown.wanted, robot.app().insight.wanted, "and it is the one that was asked for last");
    assert!(!takes_it_in(&mut robot), "nothing else is waited for");
    // Another window: the old numbers do not stand under the new heading meanwhile.
    robot.press("y").expect_line("Counting");
    assert!(takes_it_in(&mut robot));
    robot.expect_no("Counting");
}

#[test]
fn a_page_that_is_left_is_counted_no_further() {
    let mut robot = impatient();
    robot.press("6").expect_line("Counting").press("esc").expect_no("Counting").expect_line("1 Queue");
    assert!(!takes_it_in(&mut robot), "nobody waits for it");
    robot.expect_line("1 Queue").press("6").expect_line("Counting");
    assert!(takes_it_in(&mut robot));
    robot.expect_no("Counting");
}

#[test]
fn numbers_stay_while_the_same_page_is_counted_anew() {
    let mut robot = impatient();
    robot.press("6");
    assert!(takes_it_in(&mut robot));
    robot.press_command(closeloop::app::command::Command::Refresh).expect_line("counting anew").expect_line("November 2026");
    assert!(takes_it_in(&mut robot));
    robot.expect_no("counting anew").expect_line("November 2026");
}

#[test]
fn a_counted_page_wakes_whoever_waits_at_the_line() {
    let mut robot = impatient();
    let (mut told, tell) = UnixStream::pair().unwrap();
    told.set_read_timeout(Some(WHOLE_PAGES)).unwrap();
    robot.station.wakes(tell);
    robot.press("6").expect_line("Counting");
    // Comes when the page is there, not before.
    told.read_exact(&mut [0]).unwrap();
    assert!(robot.station.takes_what_was_counted(Duration::ZERO));
    robot.expect_no("Counting").expect_line("November 2026");
}

#[test]
fn a_page_that_cannot_be_counted_says_so_and_is_no_longer_waited_for() {
    let mut robot = impatient();
    robot.press("6");
    assert!(takes_it_in(&mut robot));
    let raw = rusqlite::Connection::open(robot.world.path()).unwrap();
    assert_eq!(raw.execute("UPDATE setting SET value = 'gone@1' WHERE name = 'framework'", []).unwrap(), 1);
    robot.press("6");
    assert!(takes_it_in(&mut robot));
    robot.expect_no("Counting\u{2026}").expect_notice("there is no text of gone version 1");
}

#[test]
fn whoever_is_recused_reads_why_they_count_fewer() {
    let mut world = World::drawn();
    let review = world.id(&world.references()[0]);
    let sample = world.references().len();
    let deed = Deed::DeclareInterest { review, person: None, kind: InterestKind::Involvement, note: String::new() };
    world.do_("Iris Tamm", deed);
    let mut robot = Robot::somebody(world, LARGE, "Iris Tamm");
    robot.press("6").expect_line("1 review withheld from you").expect_line(&format!("Reviews {}: Enter opens", sample - 1));
    let mut robot = Robot::sits_down(robot.into_world(), LARGE);
    robot.press("6").expect_no("withheld").expect_line(&format!("Reviews {sample}: Enter opens"));
}
