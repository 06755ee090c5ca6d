//! The formal part: at most 20 working days, counted and shown, never paused unless the profile says so. M14.

use crate::support::world::{World, day, merton_text, utc};
use closeloop::domain::drp::{DayOf, DrpOutcome, StepWanted};
use closeloop::domain::id::DrpId;
use closeloop::domain::query::{Answered, Dated, DueSum, Query};
use closeloop::domain::strip::StripOf;

const REF: &str = "CR-0001";

/// One that became formal on Wednesday 2 December 2026: its 20 working days go over Christmas and the day for Boxing Day.
fn formal(world: &mut World) -> DrpId {
    world.at("2026-12-01T10:00:00Z");
    let id = world.raises("Ida Ross", REF, "The plan drifts");
    world.notes("Ida Ross", id, StepWanted::Tried, "Talked: no date");
    world.at("2026-12-02T16:00:00Z");
    world.notes("Ida Ross", id, StepWanted::Next, "Nothing has changed");
    id
}

fn day_of(world: &mut World, id: DrpId, on: &str) -> (String, bool) {
    world.now = utc(&format!("{on}T12:00:00Z"));
    let detail = world.drp_detail("Ida Ross", id);
    (detail.day.unwrap().to_string(), detail.late)
}

fn sum(world: &mut World, id: DrpId) -> DueSum {
    match world.ask(Query::DueSum(Dated::Strip(StripOf::Drp(id)))) {
        Answered::DueSum(sum) => *sum,
        other => panic!("{other:?}"),
    }
}

#[test]
fn m14_the_formal_part_is_counted_in_working_days_to_the_twentieth() {
    let mut world = World::ready();
    let id = formal(&mut world);
    assert_eq!(world.drp_detail("Ida Ross", id).stand.due, Some(day("2027-01-04")));
    let table = [
        ("2026-12-02", "day 0 of 20", false),
        ("2026-12-03", "day 1 of 20", false),
        ("2026-12-05", "day 2 of 20", false),
        ("2026-12-06", "day 2 of 20", false),
        ("2026-12-24", "day 16 of 20", false),
        // Christmas Day, a weekend, and Monday 28 in the place of Boxing Day.
        ("2026-12-28", "day 16 of 20", false),
        ("2026-12-31", "day 19 of 20", false),
        ("2027-01-01", "day 19 of 20", false),
        ("2027-01-04", "day 20 of 20", false),
        ("2027-01-05", "day 21 of 20", true),
    ];
    for (on, says, late) in table {
        assert_eq!(day_of(&mut world, id, on), (says.to_string(), late), "{on}");
    }
}

#[test]
fn m14_it_is_late_from_the_midnight_that_ends_its_last_day() {
    let mut world = World::ready();
    let id = formal(&mut world);
    world.at("2027-01-04T23:59:59Z");
    assert!(!world.drp_detail("Ida Ross", id).late);
    world.at("2027-01-05T00:00:00Z");
    assert!(world.drp_detail("Ida Ross", id).late);
    world.notes("Ida Ross", id, StepWanted::Resolved(DrpOutcome::Agreed), "Another way was found");
    let detail = world.drp_detail("Ida Ross", id);
    assert_eq!((detail.late, detail.day), (false, Some(DayOf { day: 21, of: 20 })), "it is over, and its last day says how long it took");
    world.at("2027-03-01T12:00:00Z");
    assert_eq!(world.drp_detail("Ida Ross", id).day, Some(DayOf { day: 21, of: 20 }));
}

#[test]
fn m14_the_days_run_through_every_stage_after_the_first_formal_one() {
    let mut world = World::ready();
    let id = formal(&mut world);
    world.at("2026-12-16T10:00:00Z");
    world.notes("Ida Ross", id, StepWanted::Senior("Director".into()), "Half of the time is over");
    let stand = world.drp_detail("Ida Ross", id).stand;
    assert_eq!((stand.formal_since, stand.due), (Some(day("2026-12-02")), Some(day("2027-01-04"))));
}

#[test]
fn m14_the_sum_names_every_day_that_was_counted_or_skipped() {
    let mut world = World::ready();
    world.at("2026-12-01T10:00:00Z");
    let id = world.raises("Ida Ross", REF, "The plan drifts");
    let informal = sum(&mut world, id);
    assert_eq!(
        (informal.because.as_str(), informal.sum),
        ("It is informal: no clock runs. Once it is formal it has 20 working days.", None)
    );
    let mut world = World::ready();
    let id = formal(&mut world);
    world.at("2026-12-10T12:00:00Z");
    let formal = sum(&mut world, id);
    assert_eq!(formal.because, "The formal part began on Wed 2 Dec and has 20 working days. It is day 6 of 20.");
    let days = formal.sum.unwrap().days;
    assert_eq!(days.iter().filter(|day| day.counted).count(), 20);
    let skipped: Vec<&str> = days.iter().filter_map(|day| day.why.as_deref()).filter(|why| !why.starts_with('S')).collect();
    assert_eq!(skipped, ["Christmas Day", "Boxing Day", "New Year\u{2019}s Day"]);
}

#[test]
fn m14_a_day_written_down_late_counts_from_when_it_took_place() {
    let mut world = World::ready();
    world.at("2026-12-01T10:00:00Z");
    let id = world.raises("Ida Ross", REF, "The plan drifts");
    world.notes("Ida Ross", id, StepWanted::NotTried, "The worker has left");
    world.at("2026-12-09T10:00:00Z");
    let deed = world.noting(id, "2026-12-02", StepWanted::Next, "Sent on the 2nd");
    world.do_("Amina Khan", deed);
    let detail = world.drp_detail("Ida Ross", id);
    assert_eq!((detail.stand.due, detail.day), (Some(day("2027-01-04")), Some(DayOf { day: 5, of: 20 })));
}

#[test]
fn m14_pauses_are_refused_where_the_profile_does_not_allow_them() {
    let mut world = World::ready();
    let id = formal(&mut world);
    let said = world.refuses_to_note("Ida Ross", id, StepWanted::Paused, "Over Christmas");
    assert_eq!(
        said,
        "DR-0001 is not paused: the formal part has 20 working days at most, counted through. Write down an answer, or let it go to \
         somebody more senior."
    );
}

#[test]
fn m14_where_the_profile_allows_pauses_their_days_are_added() {
    let text = merton_text().replacen("[drp]\n", "[drp]\npauses = true\n", 1);
    let mut world = World::under(&text);
    let cycle = world.at("2026-11-05T09:30:00Z").open_cycle("2026-11-01");
    world.draw(cycle, 5, 7);
    let id = formal(&mut world);
    world.at("2026-12-16T10:00:00Z");
    world.notes("Ida Ross", id, StepWanted::Paused, "A court hearing decides first");
    let detail = world.drp_detail("Ida Ross", id);
    assert_eq!((detail.stand.due, detail.day.unwrap().to_string(), detail.late), (None, "day 10 of 20".into(), false));
    assert!(world.refuses_to_note("Ida Ross", id, StepWanted::Senior("Director".into()), "Now").starts_with("DR-0001 is paused."));
    world.at("2027-02-01T10:00:00Z");
    assert_eq!(world.drp_detail("Ida Ross", id).day.unwrap().to_string(), "day 10 of 20", "no day of a pause counts");
    world.notes("Ida Ross", id, StepWanted::Resumed, "The court has decided");
    let detail = world.drp_detail("Ida Ross", id);
    assert_eq!((detail.stand.due, detail.day.unwrap().to_string()), (Some(day("2027-02-15")), "day 10 of 20".into()));
    assert!(sum(&mut world, id).because.contains("of pause are added."));
}

#[test]
fn m14_past_the_end_of_the_bank_holidays_nothing_is_guessed() {
    let mut world = World::ready();
    world.at("2028-12-10T10:00:00Z");
    let id = world.raises("Ida Ross", REF, "The plan drifts");
    world.notes("Ida Ross", id, StepWanted::Tried, "Talked");
    let said = world.refuses_to_note("Ida Ross", id, StepWanted::Next, "Nothing has changed");
    assert!(said.starts_with("The bank-holiday table ends on 31 December 2028;"), "{said}");
}
