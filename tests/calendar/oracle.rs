//! T48: the same questions answered by an independent script in Python, `tests/oracles/deadlines.py`. M11, M14.

use super::{TABLE, calendar, day};
use crate::support::rely;
use chrono::{DateTime, NaiveDate};
use closeloop::domain::calendar::*;
use closeloop::domain::framework::Span;
use std::collections::BTreeMap;
use std::process::Command;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracles/deadlines.py");
const PROFILES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/frameworks");

/// Holidays that no table can know years ahead, made up: one of each year, some beside a weekend or another holiday.
const ONE_OFF: [&str; 5] = ["2024-06-07", "2025-05-06", "2026-07-20", "2027-12-29", "2028-04-13"];

/// What the oracle was asked, by what its cases lie near and by unit.
type Asked = BTreeMap<String, usize>;

// One line of the oracle: start, span, late from, last day, working days between, family.
fn agrees(calendar: &Calendar, line: &str, asked: &mut Asked) -> Result<(), String> {
    let fields: Vec<&str> = line.split(',').collect();
    let [start, span, late, last, between, family] = fields[..] else { return Err(format!("not a case: {line}")) };
    *asked.entry(family.to_string()).or_default() += 1;
    *asked.entry(span[..1].to_string()).or_default() += 1;
    let start = DateTime::from_timestamp(start.parse().unwrap(), 0).unwrap();
    let number = span[1..].parse().unwrap();
    let span = match &span[..1] {
        "h" => Span::Hours(number),
        "d" => Span::Days(number),
        "w" => Span::Weeks(number),
        "m" => Span::Months(number),
        _ => Span::WorkingDays(number),
    };
    let got = match calendar.due(start, span) {
        Err(BeyondTable::After(_)) => "-,after,-".to_string(),
        Err(other) => other.to_string(),
        Ok(due) => {
            // The sum that a person is shown comes to the same day, whatever key they saw it by.
            let sum = calendar.working(start, span).map_err(|why| format!("{start} + {span}: no sum, {why}"))?;
            if sum.due != due {
                return Err(format!("{start} + {span}: the sum says {:?}, the deadline is {due:?}", sum.due));
            }
            let days = calendar.working_days_between(local_date(start), due.day).map_or("-".to_string(), |days| days.to_string());
            format!("{},{},{days}", due.at.timestamp(), due.day)
        }
    };
    let wanted = format!("{late},{last},{between}");
    if got == wanted { Ok(()) } else { Err(format!("{start} + {span} ({family}): {got}, the oracle says {wanted}")) }
}

/// Compares every case and gives what was asked.
fn compare_all(calendar: &Calendar, cases: &str, at_least: usize) -> Asked {
    let mut asked = Asked::new();
    let wrong: Vec<String> = cases.lines().filter_map(|line| agrees(calendar, line, &mut asked).err()).collect();
    assert!(wrong.is_empty(), "{} differences, the first: {:#?}", wrong.len(), &wrong[..wrong.len().min(5)]);
    assert!(cases.lines().count() >= at_least);
    asked
}

/// What the oracle says, with the spans of every framework or of a fixed list; none where there is no Python with time zone data, unless the check of a change asks for it.
fn oracle(spans: &str, arguments: &[&str]) -> Option<String> {
    let wanted = std::env::var_os("CLOSELOOP_ORACLE").is_some_and(|value| value == "required");
    let answer = Command::new("python3").args([SCRIPT, TABLE, spans]).args(arguments).output();
    match answer {
        // Status 3: no time zone data, or a Python without zoneinfo.
        Ok(answer) if answer.status.code() != Some(3) => {
            assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
            Some(String::from_utf8(answer.stdout).unwrap())
        }
        _ => {
            assert!(!wanted, "CLOSELOOP_ORACLE=required, but there is no python3 with time zone data");
            None
        }
    }
}

#[test]
fn t48_the_checked_in_sample_of_the_oracle_agrees() {
    compare_all(&calendar(), include_str!("../fixtures/deadlines.csv"), 2_000);
}

#[test]
fn t48_the_oracle_agrees_on_30_000_cases_of_2024_to_2028_where_python_is_at_hand() {
    let cases = rely::times(30_000, 250_000);
    let Some(answer) = oracle(PROFILES, &[&cases.to_string(), "7"]) else { return };
    let asked = compare_all(&calendar(), &answer, cases);
    for family in ["clock", "easter", "stands-in", "year-end", "midnight", "any"] {
        assert!(asked[family] >= cases / 7, "{family}: {asked:?}");
    }
    rely::line(&serde_json::json!({"test": "T48", "cases": answer.lines().count(), "differences": 0}));
    assert!(["h", "d", "w", "m", "b"].iter().all(|unit| asked[*unit] >= cases / 12), "{asked:?}");
}

#[test]
fn t48_the_oracle_agrees_where_one_off_holidays_came_in_as_well() {
    let Some(answer) = oracle(PROFILES, &["7000", "11", "--one-off", ONE_OFF[0], ONE_OFF[1], ONE_OFF[2], ONE_OFF[3], ONE_OFF[4]]) else {
        return;
    };
    let known = calendar();
    let mut days: Vec<(NaiveDate, String)> = known.holidays().map(|(day, name)| (day, name.to_string())).collect();
    days.extend(ONE_OFF.map(|date| (day(date), "One-off bank holiday".to_string())));
    let asked = compare_all(&Calendar::new(days), &answer, 7_000);
    assert!(asked["one-off"] >= 1_000, "{asked:?}");
}

#[test]
fn the_checked_in_sample_is_what_the_oracle_says_today() {
    if let Some(answer) = oracle("-", &["2000"]) {
        let known = include_str!("../fixtures/deadlines.csv");
        let other = answer.lines().zip(known.lines()).find(|(now, then)| now != then);
        assert_eq!((other, answer.lines().count()), (None, known.lines().count()), "(now, in the file)");
    }
}
