//! Which days a report speaks of, and when the next one is due.

use crate::domain::framework::{ReportKind, Span as Length};
use chrono::{Datelike, Days, Months, NaiveDate};

/// First and last day of what a report speaks of.
pub type Span = (NaiveDate, NaiveDate);

fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

fn months(kind: &ReportKind) -> u32 {
    match kind.every {
        Some(Length::Months(months)) => months.max(1),
        _ => 1,
    }
}

/// The days that a report of this kind speaks of, for a cycle that begins on a day and lasts so many months. A report that comes every
/// two months takes in the month before; a yearly one the year. S15, F19.
pub fn period(kind: &ReportKind, starts_on: NaiveDate, cycle_months: u32, today: NaiveDate) -> Span {
    let first = first_of_month(starts_on);
    let after = first.checked_add_months(Months::new(cycle_months.max(1))).unwrap_or(first);
    let last = after.pred_opt().unwrap_or(first);
    if let Some(Length::Weeks(weeks)) = kind.every {
        // A weekly report looks at the last days, whatever cycle runs.
        let until = today.min(last).max(first);
        return (until.checked_sub_days(Days::new(u64::from(weeks.max(1)) * 7 - 1)).unwrap_or(until), until);
    }
    let from = after.checked_sub_months(Months::new(months(kind).max(cycle_months.max(1)))).unwrap_or(first);
    (from, last)
}

/// When the next one is due after the last: the first month the framework names, else by its rhythm; none where it names neither.
/// Before the first one it is due as soon as its first month is over.
pub fn next_due(kind: &ReportKind, last_until: Option<NaiveDate>, today: NaiveDate) -> Option<NaiveDate> {
    if !kind.months.is_empty() {
        let from = last_until.and_then(|day| day.succ_opt()).unwrap_or(first_of_month(today));
        return (0..24).filter_map(|ahead| first_of_month(from).checked_add_months(Months::new(ahead))).find_map(|month| {
            let end = month.checked_add_months(Months::new(1))?.pred_opt()?;
            (kind.months.contains(&month.month()) && last_until.is_none_or(|last| end > last)).then_some(end)
        });
    }
    let after = |day: NaiveDate| match kind.every? {
        Length::Months(months) => day.succ_opt()?.checked_add_months(Months::new(months))?.pred_opt(),
        Length::Weeks(weeks) => day.checked_add_days(Days::new(u64::from(weeks) * 7)),
        Length::Days(days) | Length::WorkingDays(days) => day.checked_add_days(Days::new(u64::from(days))),
        Length::Hours(_) => None,
    };
    after(last_until.unwrap_or_else(|| first_of_month(today).pred_opt().unwrap_or(today)))
}
