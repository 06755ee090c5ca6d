//! Deadlines: tables of known days, properties, and 37,000 cases against an independent oracle in Python.

mod oracle;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use closeloop::domain::calendar::*;
use closeloop::domain::framework::Span;
use proptest::prelude::*;

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/bank-holidays.json");

fn calendar() -> Calendar {
    let text = std::fs::read_to_string(TABLE).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let events = json["england-and-wales"]["events"].as_array().unwrap();
    let entry = |event: &serde_json::Value| (day(event["date"].as_str().unwrap()), event["title"].as_str().unwrap().to_string());
    Calendar::new(events.iter().map(entry).collect())
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn a_deadline_at_midnight_is_said_as_the_end_of_its_last_day() {
    for (at, said) in [
        ("2026-11-29T00:00:00Z", "the end of Sat 28 Nov"),
        ("2026-07-01T23:00:00Z", "the end of Wed 1 Jul"),
        ("2026-11-29T00:01:00Z", "Sun 29 Nov 00:01"),
        ("2026-07-02T00:00:00Z", "Thu 2 Jul 01:00"),
    ] {
        assert_eq!(say_end(utc(at)), said, "{at}");
    }
}

#[test]
fn weekends_and_bank_holidays_are_no_working_days() {
    let calendar = calendar();
    let table = [
        ("2026-11-19", None),
        ("2026-11-21", Some("Saturday")),
        ("2026-11-22", Some("Sunday")),
        ("2026-12-25", Some("Christmas Day")),
        // Boxing Day 2026 is a Saturday: the Monday stands in for it.
        ("2026-12-26", Some("Saturday")),
        ("2026-12-28", Some("Boxing Day")),
        ("2027-12-27", Some("Christmas Day")),
        ("2027-12-28", Some("Boxing Day")),
        ("2028-01-03", Some("New Year’s Day")),
        // One-off and moved holidays, which no formula knows.
        ("2020-05-08", Some("Early May bank holiday (VE day)")),
        ("2022-06-03", Some("Platinum Jubilee bank holiday")),
        ("2022-09-19", Some("Bank Holiday for the State Funeral of Queen Elizabeth II")),
        ("2023-05-08", Some("Bank holiday for the coronation of King Charles III")),
    ];
    for (date, off) in table {
        assert_eq!(calendar.day_off(day(date)), Ok(off), "{date}");
        assert_eq!(calendar.is_working_day(day(date)), Ok(off.is_none()), "{date}");
    }
}

#[test]
fn day_counts_run_to_the_end_of_the_last_day_in_england() {
    let calendar = calendar();
    let table = [
        // start (UTC), span, last day, late from (UTC)
        ("2026-11-19T14:06:00Z", Span::Days(0), "2026-11-19", "2026-11-20T00:00:00Z"),
        ("2026-11-19T14:06:00Z", Span::Days(5), "2026-11-24", "2026-11-25T00:00:00Z"),
        ("2026-11-19T14:06:00Z", Span::Weeks(4), "2026-12-17", "2026-12-18T00:00:00Z"),
        ("2026-11-19T14:06:00Z", Span::WorkingDays(5), "2026-11-26", "2026-11-27T00:00:00Z"),
        // Christmas: the 25th, the weekend and the substitute 28th do not count.
        ("2026-12-24T09:00:00Z", Span::WorkingDays(1), "2026-12-29", "2026-12-30T00:00:00Z"),
        ("2026-11-30T09:00:00Z", Span::WorkingDays(20), "2026-12-30", "2026-12-31T00:00:00Z"),
        ("2026-11-21T09:00:00Z", Span::WorkingDays(1), "2026-11-23", "2026-11-24T00:00:00Z"),
        ("2026-11-21T09:00:00Z", Span::WorkingDays(0), "2026-11-21", "2026-11-22T00:00:00Z"),
        // In summer the local day ends at 23:00 UTC, and 23:30 UTC is already tomorrow.
        ("2026-07-01T22:59:59Z", Span::Days(1), "2026-07-02", "2026-07-02T23:00:00Z"),
        ("2026-07-01T23:30:00Z", Span::Days(1), "2026-07-03", "2026-07-03T23:00:00Z"),
        // Across the clock changes the day is a civil day, whatever its length.
        ("2026-03-28T12:00:00Z", Span::Days(1), "2026-03-29", "2026-03-29T23:00:00Z"),
        ("2026-10-24T12:00:00Z", Span::Days(1), "2026-10-25", "2026-10-26T00:00:00Z"),
        // Months clamp to the month's end.
        ("2027-01-31T12:00:00Z", Span::Months(1), "2027-02-28", "2027-03-01T00:00:00Z"),
        ("2028-01-31T12:00:00Z", Span::Months(1), "2028-02-29", "2028-03-01T00:00:00Z"),
        ("2026-08-31T12:00:00Z", Span::Months(6), "2027-02-28", "2027-03-01T00:00:00Z"),
        ("2027-02-28T12:00:00Z", Span::Months(12), "2028-02-28", "2028-02-29T00:00:00Z"),
    ];
    for (start, span, last, late) in table {
        let due = calendar.due(utc(start), span).unwrap();
        assert_eq!(due, Due { at: utc(late), day: day(last), by_hour: false }, "{start} + {span}");
        assert!(due.is_late(utc(late)) && !due.is_late(utc(late) - TimeDelta::seconds(1)), "{start} + {span}");
    }
}

#[test]
fn m11_24_hours_are_24_hours_on_both_clock_change_nights_of_2024_to_2028() {
    let calendar = calendar();
    let springs = ["2024-03-31", "2025-03-30", "2026-03-29", "2027-03-28", "2028-03-26"];
    let autumns = ["2024-10-27", "2025-10-26", "2026-10-25", "2027-10-31", "2028-10-29"];
    for (night, moves) in springs.iter().map(|n| (n, 1)).chain(autumns.iter().map(|n| (n, -1))) {
        let noon_before = day(night).pred_opt().unwrap().and_hms_opt(12, 0, 0).unwrap();
        let start = midnight(day(night)) - TimeDelta::hours(12);
        assert_eq!(local(start), noon_before, "{night}");
        let due = calendar.due(start, Span::Hours(24)).unwrap();
        assert_eq!(due.at - start, TimeDelta::hours(24), "{night}");
        assert_eq!(local(due.at), noon_before + TimeDelta::hours(24 + moves), "{night}");
        assert!(due.by_hour && due.is_late(due.at) && !due.is_late(due.at - TimeDelta::milliseconds(1)));
        // The civil day of that night has 23 or 25 hours.
        let next = midnight(day(night).succ_opt().unwrap());
        assert_eq!(next - midnight(day(night)), TimeDelta::hours(24 - moves), "{night}");
    }
}

#[test]
fn past_the_table_it_refuses_and_says_what_to_do() {
    let calendar = calendar();
    let says = "The bank-holiday table ends on 31 December 2028; import a newer one with `closeloop import holidays FILE`";
    for (start, days) in
        [("2028-12-29T09:00:00Z", 1), ("2028-12-01T09:00:00Z", 40), ("2029-06-01T09:00:00Z", 1), ("2026-01-01T09:00:00Z", u32::MAX)]
    {
        assert_eq!(calendar.due(utc(start), Span::WorkingDays(days)).unwrap_err().to_string(), says);
        assert_eq!(calendar.working(utc(start), Span::WorkingDays(days)).unwrap_err().to_string(), says);
    }
    assert_eq!(calendar.due_on(day("2028-12-28"), Span::WorkingDays(1)), Ok(day("2028-12-29")));
    // Even a Saturday: the table says nothing about 2029, so neither do we.
    assert_eq!(calendar.is_working_day(day("2029-01-06")).unwrap_err().to_string(), says);
    let before = calendar.is_working_day(day("2011-12-31")).unwrap_err().to_string();
    assert!(before.starts_with("The bank-holiday table starts on 1 January 2012;"), "{before}");
    // Other units need no table and are not refused.
    assert_eq!(calendar.due_on(day("2030-01-31"), Span::Months(1)), Ok(day("2030-02-28")));
    assert!(Calendar::default().due(utc("2030-01-31T10:00:00Z"), Span::Hours(24)).is_ok());
}

#[test]
fn a_table_without_entries_or_with_a_missing_year_is_not_guessed_at() {
    assert_eq!(Calendar::default().is_working_day(day("2026-01-02")), Err(BeyondTable::Empty));
    let gap = Calendar::new(vec![(day("2024-12-25"), "Christmas Day".into()), (day("2026-12-25"), "Christmas Day".into())]);
    assert_eq!(gap.covers(), Some((day("2024-01-01"), day("2026-12-31"))));
    assert_eq!(gap.due_on(day("2024-12-30"), Span::WorkingDays(3)), Err(BeyondTable::Gap(2025)));
    let says = BeyondTable::Gap(2025).to_string();
    assert_eq!(says, "The bank-holiday table lists nothing for 2025; import a newer one with `closeloop import holidays FILE`");
}

#[test]
fn a_span_longer_than_a_hundred_years_is_refused() {
    let calendar = calendar();
    for span in [Span::Hours(u32::MAX), Span::Days(u32::MAX), Span::Weeks(u32::MAX), Span::Months(u32::MAX)] {
        assert_eq!(calendar.due(utc("2026-01-01T00:00:00Z"), span), Err(BeyondTable::TooLong(span)));
    }
    assert!(calendar.due(DateTime::<Utc>::MAX_UTC, Span::Hours(24)).is_err());
}

#[test]
fn the_sum_names_every_day_that_was_skipped() {
    let sum = calendar().working(utc("2026-12-23T09:00:00Z"), Span::WorkingDays(3)).unwrap();
    let lines: Vec<String> = sum
        .days
        .iter()
        .map(|d| format!("{} {} {}", if d.counted { "+" } else { "-" }, say_date(d.day), d.why.as_deref().unwrap_or("")).trim().to_string())
        .collect();
    let expected = [
        "+ Thu 24 Dec",
        "- Fri 25 Dec Christmas Day",
        "- Sat 26 Dec Saturday",
        "- Sun 27 Dec Sunday",
        "- Mon 28 Dec Boxing Day",
        "+ Tue 29 Dec",
        "+ Wed 30 Dec",
    ];
    assert_eq!(lines, expected);
    let says = ["Starts Wed 23 Dec 2026, which is day 0.", "3 working days; 4 days skipped.", "Due by the end of Wed 30 Dec 2026."];
    assert_eq!(sum.says, says);
}

#[test]
fn the_sum_of_hours_names_the_clock_change() {
    let autumn = calendar().working(utc("2026-10-24T13:06:00Z"), Span::Hours(24)).unwrap();
    let expected = [
        "Starts Sat 24 Oct 14:06.",
        "24 hours of elapsed time.",
        "The clocks go back by 60 minutes on Sun 25 Oct; the hours stay real hours.",
        "Ends Sun 25 Oct 13:06.",
    ];
    assert_eq!(autumn.says, expected);
    let spring = calendar().working(utc("2027-03-27T20:00:00Z"), Span::Hours(6)).unwrap();
    assert_eq!(spring.says[2], "The clocks go forward by 60 minutes on Sun 28 Mar; the hours stay real hours.");
    assert_eq!(calendar().working(utc("2026-11-19T14:06:00Z"), Span::Hours(24)).unwrap().says.len(), 3);
}

#[test]
fn the_sum_of_months_says_where_a_month_was_too_short() {
    let sum = calendar().working(utc("2026-12-31T09:00:00Z"), Span::Months(3)).unwrap();
    let steps: Vec<_> = sum.days.iter().map(|d| (say_full_date(d.day), d.why.clone())).collect();
    let short = Some("February has only 28 days".to_string());
    assert_eq!(steps, [("Sun 31 Jan 2027".into(), None), ("Sun 28 Feb 2027".into(), short), ("Wed 31 Mar 2027".into(), None)]);
}

#[test]
fn due_dates_read_as_people_say_them() {
    let today = day("2026-11-19");
    let table = [(0, "today"), (1, "tomorrow"), (3, "in 3 d"), (13, "in 13 d"), (14, "in 2 wk"), (41, "in 5 wk")];
    for (days, says) in table {
        assert_eq!(say_due(today, today + Days::new(days)), says);
    }
    for (days, says) in [(1, "1 d late"), (2, "2 d late"), (99, "99 d late"), (105, "15 wk late")] {
        assert_eq!(say_due(today, today - Days::new(days)), says);
    }
}

#[test]
fn clocks_read_as_people_say_them() {
    let now = utc("2026-11-19T14:06:00Z");
    let table = [
        (192 * 60 + 59, "3 h 12 m left"),
        (45 * 60, "45 m left"),
        (3 * 3600, "3 h left"),
        (59, "under 1 m left"),
        (76 * 3600, "3 d 4 h left"),
        (48 * 3600, "2 d left"),
        (0, "just late"),
        (-12 * 60, "12 m late"),
        (-2 * 3600 - 60, "2 h late"),
        (-72 * 3600, "3 d late"),
    ];
    for (seconds, says) in table {
        assert_eq!(say_hours_left(now, now + TimeDelta::seconds(seconds)), says, "{seconds} s");
    }
    assert_eq!(say_stamp(now), "Thu 19 Nov 14:06");
    assert_eq!(say_stamp(utc("2026-07-01T23:30:00Z")), "Thu 2 Jul 00:30");
    assert_eq!(say_date(day("2026-11-19")), "Thu 19 Nov");
    let by_day = calendar().due(now, Span::Days(3)).unwrap();
    let by_hour = calendar().due(now, Span::Hours(3)).unwrap();
    assert_eq!((by_day.say(now), by_hour.say(now)), ("in 3 d".to_string(), "3 h left".to_string()));
}

fn spans() -> impl Strategy<Value = Span> {
    prop_oneof![
        (0u32..2_000).prop_map(Span::Hours),
        (0u32..400).prop_map(Span::Days),
        (0u32..60).prop_map(Span::Weeks),
        (0u32..30).prop_map(Span::Months),
        (0u32..120).prop_map(Span::WorkingDays),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn a_deadline_never_lies_before_its_start_and_a_later_start_never_ends_earlier(
        seconds in 0i64..94_608_000, later in 0i64..400_000, span in spans()
    ) {
        let calendar = calendar_once();
        let start = utc("2024-01-01T00:00:00Z") + TimeDelta::seconds(seconds);
        let due = calendar.due(start, span).unwrap();
        prop_assert!(due.at >= start && due.day >= local_date(start));
        prop_assert!(calendar.due(start + TimeDelta::seconds(later), span).unwrap().at >= due.at);
        prop_assert_eq!(due.by_hour, matches!(span, Span::Hours(_)));
    }

    #[test]
    fn the_sum_ends_on_the_due_day_and_counts_what_it_says(seconds in 0i64..94_608_000, days in 1u32..90) {
        let calendar = calendar_once();
        let start = utc("2024-01-01T00:00:00Z") + TimeDelta::seconds(seconds);
        let sum = calendar.working(start, Span::WorkingDays(days)).unwrap();
        prop_assert_eq!(sum.days.iter().filter(|day| day.counted).count(), days as usize);
        prop_assert!(sum.days.iter().all(|day| day.counted == day.why.is_none()));
        prop_assert_eq!(sum.days.last().map(|day| day.day), Some(sum.due.day));
        prop_assert_eq!(calendar.working_days_between(local_date(start), sum.due.day), Ok(i64::from(days)));
        prop_assert_eq!(calendar.working_days_between(sum.due.day, local_date(start)).unwrap() <= 0, true);
        prop_assert_eq!(calendar.due_on(local_date(start), Span::WorkingDays(days)), Ok(sum.due.day));
    }
}

fn calendar_once() -> &'static Calendar {
    static ONCE: std::sync::OnceLock<Calendar> = std::sync::OnceLock::new();
    ONCE.get_or_init(calendar)
}
