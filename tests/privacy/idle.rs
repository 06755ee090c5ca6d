//! A screen that nobody sits at: blank after three minutes, left after twenty, the draft kept. T46.

use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::World;
use closeloop::app::overlay::Overlay;
use closeloop::config::Config;
use closeloop::runtime::idle::Idle;

const START: &str = "2026-11-05T09:30:00Z";

fn alone(size: (u16, u16)) -> Robot {
    let mut robot = Robot::left_alone(World::ready(), size, Idle::after(Some(3), Some(20)).unwrap());
    robot.at(START);
    robot
}

#[test]
fn t46_after_three_minutes_nothing_is_on_the_screen_and_any_key_brings_it_back() {
    for size in [SMALL, (120, 40), LARGE] {
        let mut robot = alone(size);
        let case = robot.world.detail("CR-0001").case;
        robot.opens("CR-0001").expect_line(&case);
        robot.at("2026-11-05T09:32:59Z").expect_line(&case);
        robot.at("2026-11-05T09:33:00Z").expect_line("closeloop is blank").expect_line("amina.k");
        for hidden in [case.as_str(), "CR-0001", "Merton", "Steps", "Ross"] {
            robot.expect_no(hidden);
        }
        // The key that brings it back does nothing else: Esc would have left the record.
        robot.press("esc").expect_line(&case).expect_line("Steps");
        robot.press("esc").expect_no("Steps");
    }
}

#[test]
fn t46_a_pasted_text_brings_it_back_and_goes_nowhere() {
    let mut robot = alone(SMALL);
    robot.opens("CR-0001").press("e").at("2026-11-05T09:40:00Z").expect_line("closeloop is blank");
    let before = format!("{:?}", robot.form().values());
    robot.paste("delete everything").expect_no("closeloop is blank");
    assert_eq!(format!("{:?}", robot.form().values()), before);
}

#[test]
fn t46_a_blank_screen_draws_nothing_until_a_key() {
    let mut robot = alone(SMALL);
    robot.at("2026-11-05T09:33:00Z");
    robot.frame();
    for moment in ["2026-11-05T09:34:00Z", "2026-11-05T09:40:00Z"] {
        let deed = robot.world.step("CR-0001", "contact");
        let _ = robot.world.try_("Bela Novak", deed);
        robot.at(moment);
        let drawn = robot.station.terminal.get_frame().count();
        robot.frame();
        assert_eq!(robot.station.terminal.get_frame().count(), drawn, "a frame was drawn at {moment}");
    }
    // What others wrote meanwhile is there when somebody comes back.
    robot.press("j").look_around().expect_line("09:40").expect_line("booked Thu 5 Nov");
}

#[test]
fn t46_a_reveal_does_not_outlast_a_blank_screen() {
    let mut robot = Robot::left_alone(World::ready(), SMALL, Idle { blank: Some(chrono::Duration::seconds(5)), leave: None });
    robot
        .at(START)
        .opens("CR-0001")
        .press("x ctrl-s")
        .expect_line("in Mosaic")
        .at("2026-11-05T09:30:05Z")
        .expect_line("closeloop is blank");
    robot.press("j").expect_no("in Mosaic");
}

#[test]
fn t46_after_twenty_minutes_it_is_left_and_the_draft_is_kept() {
    let mut robot = alone(SMALL);
    robot.opens("CR-0001").press("e").type_text("22 November at school, with the");
    let typed = robot.form().values();
    robot.at("2026-11-05T09:49:59Z");
    assert!(!robot.station.over);
    robot.at("2026-11-05T09:50:00Z");
    assert!(robot.station.over);
    let said = robot.station.left.clone().unwrap();
    assert!(said.contains("after 20 minutes without a key") && said.contains("kept as a draft"), "{said}");
    let mut robot = robot.loses_the_line();
    robot.expect_dialog("Text that was typed and not saved").press("enter");
    assert!(matches!(robot.app().overlays.last(), Some(Overlay::Form(_))));
    assert_eq!(robot.form().values(), typed);
}

#[test]
fn t46_zero_is_never_and_each_key_counts_anew() {
    let mut robot = Robot::left_alone(World::ready(), SMALL, Idle::after(Some(0), Some(0)).unwrap());
    robot.at(START).at("2026-11-05T22:00:00Z").expect_no("closeloop is blank");
    assert!(!robot.station.over);
    let mut robot = alone(SMALL);
    for minute in (2..40).step_by(2) {
        robot
            .at(&format!("2026-11-05T{:02}:{:02}:00Z", 9 + (30 + minute) / 60, (30 + minute) % 60))
            .expect_no("closeloop is blank")
            .press("j");
    }
    assert!(!robot.station.over);
}

#[test]
fn the_configuration_says_after_how_long() {
    let read = |text: &str| Config::parse(text, "c.toml");
    let config = read("blank_after = 5\nleave_after = 0").unwrap();
    assert_eq!((config.blank_after, config.leave_after), (Some(5), Some(0)));
    for wrong in ["blank_after = -1", "leave_after = \"soon\"", "blank_after = 2000"] {
        let said = read(wrong).unwrap_err().to_string();
        assert!(said.contains("wants whole minutes from 0 (never) to 1440."), "{said}");
    }
}

#[test]
fn a_session_never_ends_before_its_screen_goes_blank() {
    for (blank, leave, fits) in [
        (None, None, true),
        (Some(3), Some(3), true),
        (Some(0), Some(1), true),
        (Some(30), Some(0), true),
        (None, Some(2), false),
        (Some(21), None, false),
    ] {
        let read = Idle::after(blank, leave);
        assert_eq!(read.is_ok(), fits, "{blank:?}, {leave:?}");
        assert!(read.is_ok_and(|_| true) || Idle::after(blank, leave).unwrap_err().contains("leave_after in the configuration"));
    }
}
