//! When the next cycle is proposed to begin: S02, Q01, F04.

use super::text_of;
use crate::support::driver::{Robot, SMALL};
use crate::support::world::{World, day};
use closeloop::domain::cycle::next_first_day;

#[test]
fn s02_q01_the_first_day_proposed_is_one_on_which_the_years_cycles_begin() {
    for (id, taken, today, proposed) in [
        ("merton", &[][..], "2026-11-05", "2026-11-01"),
        ("merton", &[], "2026-11-26", "2026-11-26"),
        ("merton", &["2026-11-12"], "2026-11-26", "2026-12-01"),
        ("merton", &["2026-11-12", "2026-12-01", "2027-02-01"], "2026-11-26", "2027-01-01"),
        // Two months from November: a report month begins none, and a cycle takes both.
        ("sandwell", &["2026-11-11"], "2026-11-26", "2027-01-01"),
        ("sandwell", &["2026-12-26"], "2026-11-05", "2027-01-01"),
        ("sandwell", &[], "2026-12-10", "2027-01-01"),
        ("sandwell", &[], "2026-11-03", "2026-11-01"),
        // Quarters from April: late in one, the next is meant, whichever month of it is taken.
        ("quarterly-learning", &[], "2026-11-26", "2027-01-01"),
        ("quarterly-learning", &["2026-10-17"], "2026-11-26", "2027-01-01"),
        ("quarterly-learning", &["2026-10-17", "2027-02-01"], "2026-11-26", "2027-04-01"),
        ("quarterly-learning", &[], "2026-10-05", "2026-10-01"),
    ] {
        let framework = closeloop::profiles::parse(text_of(id), id).unwrap();
        let taken: Vec<_> = taken.iter().map(|first| day(first)).collect();
        assert_eq!(next_first_day(&framework, &taken, day(today)), day(proposed), "{id} on {today} with {taken:?}");
    }
}

#[test]
fn f04_where_the_list_is_made_the_month_before_a_month_under_way_is_not_proposed() {
    let framework = closeloop::profiles::parse(text_of("sefton"), "sefton").unwrap();
    assert_eq!(next_first_day(&framework, &[], day("2026-11-26")), day("2026-12-01"));
    assert_eq!(next_first_day(&framework, &[], day("2026-11-03")), day("2026-11-01"));
}

#[test]
fn q01_the_form_for_opening_proposes_the_next_quarter_and_says_when_quarters_begin() {
    let mut world = World::run_by("quarterly-learning");
    world.at("2026-11-26T09:30:00Z");
    let mut robot = Robot::sits_down(world, SMALL);
    robot.press("5 o").expect_dialog("Open a cycle").expect_line("1 Jan 2027").expect_line("begin in April,");
}

#[test]
fn q05_what_is_planned_in_a_month_well_under_way_begins_today() {
    let mut world = World::run_by("quarterly-learning");
    world.at("2026-11-26T09:30:00Z");
    let mut robot = Robot::sits_down(world, SMALL);
    robot.press("5 y o").expect_dialog("Plan a cycle").expect_line("26 Nov 2026").press("esc");
    robot.press("j o").expect_dialog("Plan a cycle").expect_line("1 Dec 2026");
}
