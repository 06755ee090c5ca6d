//! Which days a report speaks of, and when the next one is due.

use crate::domain::cycle::{Cycle, months};
use crate::domain::framework::{Framework, ReportKind, Span as Length};
use crate::domain::year::QaYear;
use chrono::{Datelike, Days, Months, NaiveDate};

/// First and last day of what a report speaks of.
pub type Span = (NaiveDate, NaiveDate);

fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// Months that a kind speaks of, where it says so.
pub fn months_of(kind: &ReportKind) -> u32 {
    match kind.every {
        Some(Length::Months(months)) => months.max(1),
        _ => 1,
    }
}

/// How the time of a framework is divided: months of a cycle, and the first month (1-12) of its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Year {
    /// Months of a cycle.
    pub cycle_months: u32,
    /// First month of the year.
    pub starts_in: u32,
}

/// Whether a report of this kind speaks of one cycle, and not of a week, a year, or several cycles.
pub fn of_one_cycle(kind: &ReportKind, year: Year) -> bool {
    kind.months.is_empty() && matches!(kind.every, Some(Length::Months(_))) && months_of(kind) <= year.cycle_months
}

/// The kinds of report that are kept and written once for this cycle.
pub fn each_cycle<'a>(framework: &'a Framework, cycle: &Cycle) -> impl Iterator<Item = &'a ReportKind> {
    let year = Year { cycle_months: months(framework.cycle.rhythm), starts_in: framework.cycle.year_starts_in };
    let (key, general) = (cycle.kind.clone(), !cycle.beside && cycle.extra.is_none());
    let fits = move |kind: &&ReportKind| kind.kind.as_ref().map_or(general, |wanted| *wanted == key);
    framework.reports.iter().filter(move |kind| !kind.for_team && of_one_cycle(kind, year)).filter(fits)
}

/// The days that a report of this kind speaks of, for a cycle that begins on a day. One that comes every quarter speaks of the quarter
/// of the quality assurance year that the cycle lies in, and a yearly one of that year: whatever month it is asked for in, so that no
/// two of them overlap and can be taken from each other. S15, F19, C09.
pub fn period(kind: &ReportKind, starts_on: NaiveDate, year: Year, today: NaiveDate) -> Span {
    let first = first_of_month(starts_on);
    let lasts = |from: NaiveDate, months: u32| from.checked_add_months(Months::new(months)).and_then(|day| day.pred_opt()).unwrap_or(from);
    let last = lasts(first, year.cycle_months.max(1));
    if let Some(Length::Weeks(weeks)) = kind.every {
        // A weekly report looks at the last days, whatever cycle runs.
        let until = today.min(last).max(first);
        return (until.checked_sub_days(Days::new(u64::from(weeks.max(1)) * 7 - 1)).unwrap_or(until), until);
    }
    let size = months_of(kind).max(year.cycle_months.max(1));
    if size == year.cycle_months.max(1) {
        return (first, last);
    }
    let begins = QaYear::of(year.starts_in, first).starts;
    let into = (first.year() * 12 + first.month() as i32 - begins.year() * 12 - begins.month() as i32).max(0) as u32;
    let from = begins.checked_add_months(Months::new(into / size * size)).unwrap_or(first);
    (from, lasts(from, size))
}

/// When the next one is due after the last: the first month the framework names, else the end of the days that come next; none where
/// the framework names neither.
pub fn next_due(kind: &ReportKind, last_until: Option<NaiveDate>, year: Year, today: NaiveDate) -> Option<NaiveDate> {
    if !kind.months.is_empty() {
        let from = last_until.and_then(|day| day.succ_opt()).unwrap_or(first_of_month(today));
        return (0..24).filter_map(|ahead| first_of_month(from).checked_add_months(Months::new(ahead))).find_map(|month| {
            let end = month.checked_add_months(Months::new(1))?.pred_opt()?;
            (kind.months.contains(&month.month()) && last_until.is_none_or(|last| end > last)).then_some(end)
        });
    }
    let begins = last_until.and_then(|day| day.succ_opt());
    match kind.every? {
        Length::Months(_) => Some(period(kind, begins.unwrap_or(today), year, today).1),
        Length::Weeks(weeks) => begins.unwrap_or_else(|| first_of_month(today)).checked_add_days(Days::new(u64::from(weeks) * 7 - 1)),
        Length::Days(days) | Length::WorkingDays(days) => {
            begins.unwrap_or_else(|| first_of_month(today)).checked_add_days(Days::new(u64::from(days).max(1) - 1))
        }
        Length::Hours(_) => None,
    }
}
