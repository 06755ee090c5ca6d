//! Who a child is: shown on purpose, for ten seconds, written down; nowhere else.

use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::{World, cases};

#[test]
fn a_reveal_lasts_ten_seconds_and_is_written_down() {
    let mut robot = Robot::sits_down(World::ready(), SMALL);
    robot.opens("CR-0001").press("x").expect_dialog("CR-0001 \u{b7} Who is it?").expect_line("for 10 seconds").press("ctrl-s");
    robot.expect_no_dialog().expect_line(" in Mosaic").expect_line("9000");
    robot.expect_line("hidden again in 10 s").at("2026-11-05T09:30:03Z").expect_line("hidden again in 7 s");
    robot.at("2026-11-05T09:30:09Z").expect_line("9000").at("2026-11-05T09:30:10Z").expect_no("9000").expect_no("in Mosaic");
    robot.at("2026-11-05T09:30:11Z");
    assert!(!robot.station.stale, "hidden again, nothing is drawn each second");
    assert_eq!(robot.world.history("CR-0001")[0].what, "Looked at who the subject is: to open the case record");
}

#[test]
fn looking_is_refused_without_saying_why() {
    let mut robot = Robot::sits_down(World::ready(), SMALL);
    robot.press("x backspace ctrl-s").expect_dialog("CR-0001").expect_line("\u{201c}Why\u{201d} is still empty.").expect_no("9000");
}

#[test]
fn no_screen_shows_the_councils_number() {
    let mut world = World::ready();
    world.through("CR-0001", "finalised");
    world.through_as("CR-0002", "completed", 2);
    let numbers: Vec<String> = cases().into_iter().map(|row| row.council_id).collect();
    let ways = [
        "1",
        "2",
        "3",
        "4",
        "5",
        "8",
        "5 c",
        "5 a",
        "1 z",
        "? pagedown",
        ":",
        "1 c",
        "1 w",
        "1 H",
        "1 a",
        "1 a enter",
        "1 enter",
        "1 e",
        "1 f",
        "n",
        "1 enter l",
        "1 enter l l",
        "1 enter l l l",
        "1 enter l l l l",
        "1 enter l l l l l",
        "1 enter c",
        "1 enter f",
        "1 enter a",
        "1 x",
    ];
    let mut robot = Robot::sits_down(world, LARGE);
    for size in [SMALL, LARGE] {
        robot.resize(size.0, size.1);
        for way in ways {
            robot.press(way);
            let frame = robot.frame();
            if let Some(number) = numbers.iter().find(|number| frame.contains(number.as_str())) {
                panic!("{number} is on the screen after {way}\n{frame}");
            }
            robot.press("esc esc esc esc esc").expect_no_dialog();
        }
    }
}
