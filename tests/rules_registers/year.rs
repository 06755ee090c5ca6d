//! The year's programme: S02, S20, S26, F22, F19, M26, Q05.

use super::entries::{under, wanted};
use crate::support::world::{World, day};
use closeloop::domain::cycle::{BesidePlanned, Commission, CyclePlanned, CycleState};
use closeloop::domain::deed::Deed;
use closeloop::domain::programme::{MonthPart, Programme, ProgrammeMonth};
use closeloop::domain::query::{Answered, Query};
use closeloop::domain::year::QaYear;

fn programme(world: &mut World) -> Programme {
    let today = world.today();
    match world.ask(Query::Programme(today)) {
        Answered::Programme(programme) => *programme,
        other => panic!("the programme answers with the programme, not {other:?}"),
    }
}

fn month<'a>(programme: &'a Programme, first: &str) -> &'a ProgrammeMonth {
    programme.months.iter().find(|month| month.first == day(first)).unwrap()
}

fn plan(world: &mut World, starts: &str, focus: &str, reason: &str) {
    let planned = CyclePlanned { starts_on: day(starts), focus: focus.into(), focus_reason: reason.into(), focus_note: String::new() };
    world.do_("Amina Khan", Deed::OpenCycle(planned));
}

#[test]
fn s02_the_year_begins_in_the_month_of_the_profile() {
    for (starts_in, on, first, last, label) in [
        (11, "2026-10-31", "2025-11-01", "2026-10-31", "2025/26"),
        (11, "2026-11-01", "2026-11-01", "2027-10-31", "2026/27"),
        (4, "2027-03-31", "2026-04-01", "2027-03-31", "2026/27"),
        (1, "2026-06-15", "2026-01-01", "2026-12-31", "2026"),
        (4, "2024-02-29", "2023-04-01", "2024-03-31", "2023/24"),
        (4, "2099-06-01", "2099-04-01", "2100-03-31", "2099/00"),
    ] {
        let year = QaYear::of(starts_in, day(on));
        assert_eq!((year.starts, year.ends(), year.label().as_str()), (day(first), day(last), label), "{on} from month {starts_in}");
    }
}

#[test]
fn s02_activity_and_report_take_turns() {
    let mut world = under("sandwell");
    world.at("2026-11-19T14:00:00Z");
    let year = programme(&mut world);
    let parts: Vec<MonthPart> = year.months.iter().map(|month| month.part).collect();
    let turns = [MonthPart::Activity, MonthPart::Report].repeat(6);
    assert_eq!(parts, turns);
    assert_eq!(year.months[0].first, day("2026-11-01"));
}

#[test]
fn s26_f22_the_year_shows_each_focus_with_its_source_and_how_it_stands() {
    let mut world = under("sandwell");
    world.at("2026-10-20T09:00:00Z");
    plan(&mut world, "2026-11-01", "Neglect", "ofsted");
    plan(&mut world, "2027-01-01", "Fathers", "self-evaluation");
    world.at("2026-11-19T14:00:00Z");
    let year = programme(&mut world);
    let november = month(&year, "2026-11-01");
    let (now, next) = (&november.cycles[0], &month(&year, "2027-01-01").cycles[0]);
    assert_eq!((now.state, now.focus.as_str(), now.why.0.as_str()), (CycleState::Late, "Neglect", "Ofsted recommendation"));
    assert_eq!((now.late.as_str(), next.late.as_str()), ("Sample", ""), "what is late is named");
    assert_eq!((next.state, next.focus.as_str(), next.why.0.as_str()), (CycleState::Planned, "Fathers", "Self-evaluation"));
    assert!(!november.gap && !month(&year, "2026-12-01").gap, "a report month needs no cycle of its own");
    assert!(month(&year, "2027-03-01").gap, "nothing is planned for March yet");
    assert_eq!(year.counts(), ([1, 0, 1, 0], 0));
}

#[test]
fn m02_a_month_without_its_cycle_is_a_gap() {
    let mut world = World::council();
    world.at("2026-11-05T09:30:00Z").open_cycle("2026-11-01");
    assert_eq!(month(&programme(&mut world), "2026-11-01").cycles[0].state, CycleState::Running);
    world.at("2026-11-06T09:30:00Z");
    let year = programme(&mut world);
    assert!(month(&year, "2026-10-01").gap && month(&year, "2026-12-01").gap && !month(&year, "2026-11-01").gap);
    assert_eq!(month(&year, "2026-11-01").cycles[0].state, CycleState::Late, "the sample is overdue by a day");
}

#[test]
fn f23_extra_work_is_shown_as_such_and_counted_apart() {
    let mut world = under("sefton");
    world.at("2026-11-19T14:00:00Z");
    let planned =
        CyclePlanned { starts_on: day("2026-11-17"), focus: "Missing".into(), focus_reason: "trend".into(), focus_note: String::new() };
    let extra = Commission { by: "improvement-board".into(), why: "Three in a month".into(), due_on: Some(day("2026-12-15")) };
    world.do_("Amina Khan", Deed::OpenBeside(BesidePlanned { planned, kind: "thematic-audit".into(), extra: Some(extra) }));
    let year = programme(&mut world);
    let november = month(&year, "2026-11-01");
    let asked = november.cycles[0].extra.clone().unwrap();
    assert_eq!(asked, ("Improvement Board".to_string(), "Three in a month".to_string(), Some(day("2026-12-15"))));
    assert!(november.gap, "extra work does not stand for the month's own cycle");
    assert_eq!(year.counts(), ([0; 4], 1));
}

#[test]
fn f19_m26_an_event_counts_as_held_wherever_it_was_noted() {
    let mut world = under("sefton");
    world.at("2026-11-19T14:00:00Z");
    world.do_("Amina Khan", Deed::RecordEntry(wanted("activity", "2026-10-12", &[("kind", "practice-week")])));
    world.do_("Amina Khan", Deed::RecordEntry(wanted("year-events", "2026-10-12", &[("event", "practice-week")])));
    world.do_("Amina Khan", Deed::RecordEntry(wanted("year-events", "2026-06-01", &[("event", "staff-survey")])));
    let year = programme(&mut world);
    let held = |label: &str| year.events.iter().find(|event| event.label == label).map(|event| (event.times, event.times_a_year)).unwrap();
    assert_eq!(held("Practice Week"), (1, 1), "one day is one event, noted twice or not");
    assert_eq!(held("Yearly staff survey"), (1, 1));
    assert_eq!(held("Multi-agency audit"), (0, 4));
    let october = month(&year, "2026-10-01");
    assert_eq!(october.events[0].held, [day("2026-10-12")]);
    let july = month(&year, "2026-07-01");
    assert!(july.events.iter().any(|event| event.label == "Practice observations handed in" && event.missed));
    let january = month(&year, "2027-01-01");
    assert!(january.events.iter().all(|event| !event.missed), "what lies ahead is not missed");
    assert!(january.registers.contains(&("Practice observations".to_string(), 0, true)), "F16: collected in January");
}

#[test]
fn q05_a_learning_visit_that_was_begun_counts_among_the_years_four() {
    let mut world = under("quarterly-learning");
    world.at("2026-11-19T14:00:00Z");
    let planned = CyclePlanned {
        starts_on: day("2026-11-10"),
        focus: "Supervision".into(),
        focus_reason: "priority".into(),
        focus_note: String::new(),
    };
    world.do_("Amina Khan", Deed::OpenBeside(BesidePlanned { planned, kind: "learning-visit".into(), extra: None }));
    let year = programme(&mut world);
    assert_eq!((year.events[0].label.as_str(), year.events[0].times, year.events[0].times_a_year), ("Learning visit", 1, 4));
}

#[test]
fn s20_april_and_october_take_in_practice_reviews() {
    let mut world = under("sandwell");
    world.at("2026-11-19T14:00:00Z");
    let learnt = [("level", "national"), ("learning", "Ask twice about bruising in babies")];
    world.do_("Amina Khan", Deed::RecordEntry(wanted("practice-review-learning", "2026-11-18", &learnt)));
    let year = programme(&mut world);
    for first in ["2027-04-01", "2027-10-01"] {
        assert!(month(&year, first).registers.iter().any(|(_, many, collects)| *collects && *many == 0), "{first}");
    }
    let learning = |year: &Programme| year.events.iter().find(|event| event.label.starts_with("Learning from")).map(|event| event.times);
    assert_eq!(learning(&year), Some(1));
    world.do_("Amina Khan", Deed::RecordEntry(wanted("practice-review-learning", "2026-11-19", &learnt)));
    assert_eq!(learning(&programme(&mut world)), Some(1), "two reviews taken in within a month are one time");
}
