//! The sum behind a deadline, for the key that shows it: every day that was counted or skipped, and why.

use super::london::{local_date, midnight, minutes_ahead};
use super::{BeyondTable, Calendar, Due, say_date, say_end, say_full_date, say_stamp};
use crate::domain::count::counted;
use crate::domain::framework::Span;
use chrono::{DateTime, Datelike, NaiveDate, Utc};

/// How a deadline came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// The deadline.
    pub due: Due,
    /// One line for each step: a day for days and working days (skipped ones too), one line a week for weeks and one a
    /// month for months; empty for hours, which are not counted in days.
    pub days: Vec<DayCount>,
    /// The sum in sentences: the start, the unit, any clock change on the way, the end.
    pub says: Vec<String>,
}

/// One step of a sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCount {
    /// The day.
    pub day: NaiveDate,
    /// Whether it counts.
    pub counted: bool,
    /// Why it does not count (`Saturday`, `Christmas Day`), or why it is not the day one would expect.
    pub why: Option<String>,
}

impl Calendar {
    /// The sum behind [`Calendar::due`] with the same arguments.
    pub fn working(&self, start: DateTime<Utc>, span: Span) -> Result<Sum, BeyondTable> {
        let due = self.due(start, span)?;
        let from = local_date(start);
        let days = match span {
            Span::Hours(_) => Vec::new(),
            Span::Days(days) => self.steps(from, (1..=days).map(Span::Days))?,
            Span::Weeks(weeks) => self.steps(from, (1..=weeks).map(Span::Weeks))?,
            Span::Months(months) => self.steps(from, (1..=months).map(Span::Months))?,
            Span::WorkingDays(_) => self.each_day(from, due.day)?,
        };
        Ok(Sum { says: sentences(start, span, &due, &days), due, days })
    }

    // Each step is counted from the start, not from the step before: after a short month the day of the month comes back.
    fn steps(&self, from: NaiveDate, steps: impl Iterator<Item = Span>) -> Result<Vec<DayCount>, BeyondTable> {
        steps.map(|step| self.due_on(from, step).map(|day| DayCount { day, counted: true, why: short_month(from, step, day) })).collect()
    }

    fn each_day(&self, from: NaiveDate, last: NaiveDate) -> Result<Vec<DayCount>, BeyondTable> {
        let days = from.iter_days().skip(1).take_while(|day| *day <= last);
        days.map(|day| self.day_off(day).map(|off| DayCount { day, counted: off.is_none(), why: off.map(str::to_string) })).collect()
    }
}

fn short_month(from: NaiveDate, step: Span, day: NaiveDate) -> Option<String> {
    let clamped = matches!(step, Span::Months(_)) && day.day() != from.day();
    clamped.then(|| format!("{} has only {} days", day.format("%B"), day.day()))
}

fn sentences(start: DateTime<Utc>, span: Span, due: &Due, days: &[DayCount]) -> Vec<String> {
    if due.by_hour {
        let mut says = vec![format!("Starts {}.", say_stamp(start)), format!("{span} of elapsed time.")];
        says.extend(clock_changes(start, due.at));
        says.push(format!("Ends {}.", say_end(due.at)));
        return says;
    }
    let mut says = vec![format!("Starts {}, which is day 0.", say_full_date(local_date(start)))];
    let skipped = days.iter().filter(|day| !day.counted).count();
    says.push(match (span, skipped) {
        (Span::WorkingDays(_), _) => format!("{span}; {} skipped.", counted(skipped, "day", "days")),
        _ => format!("{span} of the calendar, weekends and holidays included."),
    });
    says.push(format!("Due by the end of {}.", say_full_date(due.day)));
    says
}

fn clock_changes(start: DateTime<Utc>, end: DateTime<Utc>) -> Vec<String> {
    let mut says = Vec::new();
    let mut at = start;
    for day in local_date(start).iter_days().skip(1) {
        let next = midnight(day).min(end);
        let moved = minutes_ahead(next) - minutes_ahead(at);
        if moved != 0 {
            let way = if moved > 0 { "forward" } else { "back" };
            let seen = local_date(at);
            says.push(format!("The clocks go {way} by {} minutes on {}; the hours stay real hours.", moved.abs(), say_date(seen)));
        }
        if next == end {
            break;
        }
        at = next;
    }
    says
}
