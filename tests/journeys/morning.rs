//! What a coordinator's morning turns on: what is arranged, what is looked at again, which cycle the header names, and lists that are ticked
//! at once.

use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::sat::Sat;
use crate::support::world::{World, day};
use closeloop::app::form::Reads;
use closeloop::domain::cycle::CyclePlanned;
use closeloop::domain::deed::Deed;
use closeloop::domain::review::time_in;

/// Seven reviews that are allocated; for the conversation of the first a day and a time are arranged.
fn booked() -> World {
    let mut world = World::ready();
    world.at("2026-11-06T10:00:00Z");
    let Deed::RecordStep { review, seen, step, mut record } = world.step("CR-0001", "contact") else { panic!("no step") };
    record.values.insert("booked-for".into(), "2026-11-17".into());
    record.values.insert("booked-for-at".into(), "at 10.00, Civic Centre".into());
    world.by_reviewer("CR-0001", Deed::RecordStep { review, seen, step, record });
    world
}

#[test]
fn m04_what_is_booked_comes_next_on_its_day_and_is_asked_for_once_that_is_over() {
    let mut robot = Robot::sits_down(booked(), SMALL);
    robot.expect_line("booked 17 Nov 10:00");
    // Days from now would read as the days until it is held: beside it the limit is a day as well.
    let row = robot.frame().lines().find(|line| line.contains("booked 17 Nov 10:00")).map(str::to_string);
    assert!(row.is_some_and(|row| row.contains("by 13 Nov")), "{}", robot.frame());
    // Nothing can be done about it before: the six others come first, though its time limit ends on the 13th.
    for others in 0..6 {
        robot.press("n").expect_notice("Next: Book the conversation, CR-0");
        assert!(!robot.frame().contains("CR-0001 \u{b7}"), "after {others} others");
        robot.press("esc");
    }
    robot
        .press("n")
        .expect_dialog("CR-0001 \u{b7} Learning conversation")
        .expect_notice("Next: Learning conversation on Tue 17 Nov 10:00, CR-0001 (I. Tamm)");
    robot.press("esc").at("2026-11-18T09:00:00Z").press("1 r").expect_line("was booked Tue 17 Nov");
    robot.opens("CR-0001").expect_line("next: Learning conversation was booked Tue 17 Nov, 5 d late");
    let mut wide = Robot::sits_down(booked(), LARGE);
    wide.press("1").expect_line("Learning conversation Tue 17 Nov 10:00");
    wide.opens("CR-0001").expect_line("next: Learning conversation").expect_line("on Tue 17 Nov 10:00");
}

#[test]
fn what_a_case_is_listed_for_is_said_in_its_record() {
    let Sat { world, cases, .. } = Sat::planned();
    let mut robot = Robot::sits_down(world, SMALL);
    robot.opens(&cases[1]).expect_line("sits Tue 24 Nov");
}

#[test]
fn f04_the_header_names_the_cycle_whose_reviews_have_begun_and_those_beside_it() {
    let text = closeloop::profiles::builtin().iter().find(|(known, _)| *known == "sefton").unwrap().1;
    let mut world = World::under(text);
    let framework = world.library.current(world.store.reading()).unwrap();
    let focus_reason = framework.cycle.focus_reasons[0].key.clone();
    for (now, starts, size) in [("2026-10-22T09:30:00Z", "2026-11-01", 3), ("2026-11-23T09:30:00Z", "2026-12-01", 2)] {
        world.at(now);
        let planned =
            CyclePlanned { starts_on: day(starts), focus: "Neglect".into(), focus_reason: focus_reason.clone(), focus_note: String::new() };
        world.do_("Amina Khan", Deed::OpenCycle(planned));
        let id = world.store.reading().current_cycle(world.today()).unwrap().unwrap();
        world.draw(id, size, 7);
    }
    let mut robot = Robot::sits_down(world, (120, 40));
    robot.expect_line("Sefton \u{b7} November 2026").expect_line("also December");
    robot
        .press("5")
        .expect_line("5 Cycle November 2026")
        .expect_line("The header names this cycle: it is the newest whose reviews have begun.");
    robot.expect_line("Also running: December 2026: Allocate 0/2");
    // Once the next one's own reviews begin the header goes over to it.
    robot.press("esc 1").at("2026-12-02T09:30:00Z").press("r").expect_line("Sefton \u{b7} December 2026").expect_line("also November");
}

#[test]
fn f04_one_key_writes_down_that_all_who_are_left_were_told_and_it_is_undone_there() {
    let text = closeloop::profiles::builtin().iter().find(|(known, _)| *known == "sefton").unwrap().1;
    let mut world = World::under(text);
    world.at("2026-10-22T09:30:00Z");
    let framework = world.library.current(world.store.reading()).unwrap();
    let focus_reason = framework.cycle.focus_reasons[0].key.clone();
    let planned = CyclePlanned { starts_on: day("2026-11-01"), focus: "Neglect".into(), focus_reason, focus_note: String::new() };
    world.do_("Amina Khan", Deed::OpenCycle(planned));
    let id = world.store.reading().current_cycle(world.today()).unwrap().unwrap();
    world.draw(id, 3, 7);
    let mut robot = Robot::sits_down(world, SMALL);
    robot
        .press("5 N")
        .expect_line("* all ")
        .expect_line("that are left")
        .press("*")
        .expect_line("notices: ")
        .expect_line("people were told")
        .press("ctrl-s");
    robot.expect_notice("written down as sent").expect_line("by e-mail").press("u").expect_notice("Undone").expect_line("0 of 11 told");
    robot.press("enter").expect_line("was told").press("ctrl-s").expect_line("1 of 11 told");
    robot.world.assert_verified();
}

#[test]
fn everybody_at_a_sitting_is_ticked_at_once() {
    let mut robot = Robot::sits_down(Sat::planned().world, LARGE);
    robot.press("0 enter b").expect_dialog("Begin the sitting: who is there?").expect_line(" 4 there").press("*").expect_line(" 0 there");
    robot.press("space").expect_line(" 1 there").press("*").expect_line(" 4 there");
    robot.expect_line("Ctrl-s these are there").expect_line("* all or nobody");
}

#[test]
fn roles_stand_in_the_list_of_people_by_their_titles() {
    let mut robot = Robot::sits_down(World::council(), LARGE);
    robot.press("8").expect_line("Insights service manager").expect_no("insights-sm");
}

#[test]
fn m26_the_registers_say_that_events_are_counted_wherever_they_were_noted() {
    let mut robot = Robot::sits_down(World::ready(), LARGE);
    robot.press("9").expect_line("Registers count entries.").expect_line("Practice Week 0 of 2");
    robot.press("5 y").expect_line("This year, wherever it was noted: Practice Week 0 of 2");
}

#[test]
fn no_phase_ends_on_a_day_off() {
    let mut world = World::council();
    world.at("2026-11-02T09:00:00Z");
    let mut ends = |starts: &str, key: &str| {
        let id = world.store.reading().cycle_by_reference(&starts[..7]).unwrap().unwrap_or_else(|| world.open_cycle(starts));
        world.store.reading().cycle_and_counts(id).unwrap().unwrap().0.phase(key).unwrap().ends
    };
    // A Saturday, a Sunday and Christmas Day, each by the count of the framework.
    assert_eq!(ends("2026-11-01", "review"), day("2026-11-20"));
    assert_eq!(ends("2026-11-01", "report"), day("2026-12-04"));
    assert_eq!(ends("2026-12-01", "moderate"), day("2026-12-24"));
    let mut robot = Robot::sits_down(World::council(), SMALL);
    robot.press("5 o").expect_line("none ends on");
}

#[test]
fn m04_a_time_is_read_where_only_one_half_of_the_day_can_be_meant() {
    for (typed, read) in [
        ("10:00, Civic Centre", Some("10:00")),
        ("at 10.00", Some("10:00")),
        ("14:30", Some("14:30")),
        ("2:30 team room", Some("14:30")),
        ("2.30pm", Some("14:30")),
        ("2 p.m. at school", Some("14:00")),
        ("9am", Some("09:00")),
        ("half past two", Some("14:30")),
        ("Half past nine, by telephone", Some("09:30")),
        ("quarter to three", Some("14:45")),
        ("quarter to one", Some("12:45")),
        ("quarter past 12", Some("12:15")),
        ("ten o\u{2019}clock", Some("10:00")),
        ("noon", Some("12:00")),
        ("07:30", Some("07:30")),
        ("18:30", Some("18:30")),
        ("half past seven pm", Some("19:30")),
        // Morning or evening: nobody can tell.
        ("half past seven", None),
        ("6:30", None),
        ("seven o\u{2019}clock", None),
        // No times.
        ("Room 10", None),
        ("as talked through in supervision", None),
        ("25:00", None),
        ("half past thirty", None),
        ("", None),
    ] {
        assert_eq!(time_in(typed).as_deref(), read, "{typed}");
    }
}

#[test]
fn m04_a_weekday_is_the_next_one_where_the_day_lies_ahead_and_the_last_one_where_it_has_been() {
    let today = day("2026-11-25");
    for (typed, behind, ahead) in [
        ("mon", "2026-11-23", "2026-11-30"),
        ("Wednesday", "2026-11-25", "2026-12-02"),
        ("fri", "2026-11-20", "2026-11-27"),
        ("next fri", "2026-11-27", "2026-11-27"),
        ("today", "2026-11-25", "2026-11-25"),
        ("-3", "2026-11-22", "2026-11-22"),
    ] {
        assert_eq!(Reads::Day.day(typed, today), Some(day(behind)), "{typed}");
        assert_eq!(Reads::DayAhead.day(typed, today), Some(day(ahead)), "{typed}");
    }
    // The form says what it understood before anything is saved.
    let mut world = World::ready();
    world.at("2026-11-06T10:00:00Z");
    let mut robot = Robot::sits_down(world, SMALL);
    robot.opens("CR-0001").press("e").expect_line("a date, or: today, yesterday, -3, mon");
    robot.type_text("thu").expect_line("that is Thursday 5 November 2026");
    robot.goes_to("v/how").type_text("i").goes_to("v/booked-for").type_text("wed").expect_line("that is Wednesday 11 November 2026");
    robot.goes_to("v/booked-for-at").type_text("half past seven").expect_line("no time is clear from this yet");
    robot.press("ctrl-u").type_text("half past two").expect_line("lists will say 14:30");
    robot.press("ctrl-s").expect_no_dialog().press("esc").expect_line("booked 11 Nov 14:30");
}
