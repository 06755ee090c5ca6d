//! T48: the same questions answered by an independent script in Python, `tests/oracles/deadlines.py`.

use super::{TABLE, calendar};
use chrono::DateTime;
use closeloop::domain::calendar::*;
use closeloop::domain::framework::Span;
use std::process::Command;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracles/deadlines.py");

// One line of the oracle: start,span,late from,last day,working days between.
fn agrees(calendar: &Calendar, line: &str) -> Result<(), String> {
    let fields: Vec<&str> = line.split(',').collect();
    let [start, span, late, last, between] = fields[..] else { return Err(format!("not a case: {line}")) };
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
            let days = calendar.working_days_between(local_date(start), due.day).map_or("-".to_string(), |days| days.to_string());
            format!("{},{},{days}", due.at.timestamp(), due.day)
        }
    };
    let wanted = format!("{late},{last},{between}");
    if got == wanted { Ok(()) } else { Err(format!("{start} + {span}: {got}, the oracle says {wanted}")) }
}

fn compare_all(cases: &str, at_least: usize) {
    let calendar = calendar();
    let wrong: Vec<String> = cases.lines().filter_map(|line| agrees(&calendar, line).err()).collect();
    assert!(wrong.is_empty(), "{} mismatches, the first: {:#?}", wrong.len(), &wrong[..wrong.len().min(5)]);
    assert!(cases.lines().count() >= at_least);
}

#[test]
fn t48_the_checked_in_sample_of_the_oracle_agrees() {
    compare_all(include_str!("../fixtures/deadlines.csv"), 2_000);
}

#[test]
fn t48_the_oracle_agrees_on_25_000_cases_where_python_is_at_hand() {
    let cases = std::env::var("CLOSELOOP_ORACLE_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(25_000);
    let Ok(answer) = Command::new("python3").args([SCRIPT, TABLE, &cases.to_string(), "7"]).output() else { return };
    // No time zone data, or a Python without zoneinfo: the checked-in sample has to do.
    if answer.status.code() == Some(3) {
        return;
    }
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    compare_all(&String::from_utf8_lossy(&answer.stdout), cases);
}

#[test]
fn the_checked_in_sample_is_what_the_oracle_says_today() {
    let Ok(answer) = Command::new("python3").args([SCRIPT, TABLE, "2000"]).output() else { return };
    if answer.status.code() != Some(3) {
        assert_eq!(String::from_utf8_lossy(&answer.stdout).trim_end(), include_str!("../fixtures/deadlines.csv").trim_end());
    }
}
