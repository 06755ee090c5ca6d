//! Deadlines: which days count, when something is due, and the sum behind it day by day.
//!
//! Hours are elapsed time, so 24 hours across a clock change are 24 hours. Everything else is counted in civil dates of
//! Europe/London and runs to the end of its last day. Working days skip weekends and the listed bank holidays; one-off
//! holidays are announced year by year, so where the table says nothing this module refuses and never guesses.
//!
//! It must not know the time of day by itself (every `now` is an argument) nor where the holiday table comes from.

mod london;
mod say;
mod sum;

pub use london::{instant, local, local_date, midnight};
pub use say::{
    day_after, last_day, say_date, say_date_seen, say_day, say_due, say_end, say_ends, say_full_date, say_hours_left, say_next, say_stamp,
};
pub use sum::{DayCount, Sum};

use super::framework::Span;
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, TimeDelta, Utc, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use thiserror::Error;

/// The bank holidays of England and Wales, for the years that the table lists.
///
/// Every year has bank holidays, so a year is covered when at least one of its days is listed; a year without any was
/// left out of the table and nothing can be said about its working days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    holidays: BTreeMap<NaiveDate, String>,
    years: BTreeSet<i32>,
}

/// When something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// From this instant on it is late. For day counts the local midnight that ends the last day.
    pub at: DateTime<Utc>,
    /// The last day, as people say it (Europe/London).
    pub day: NaiveDate,
    /// Whether it runs out at an hour, and not at the end of a day.
    pub by_hour: bool,
}

impl Due {
    /// Whether it is late at this instant. At exactly 24 h 0 m 0 s the 24 hours are over.
    pub fn is_late(&self, now: DateTime<Utc>) -> bool {
        now >= self.at
    }

    /// The same in words: hours and minutes for clocks, days for dates.
    pub fn say(&self, now: DateTime<Utc>) -> String {
        if self.by_hour { say_hours_left(now, self.at) } else { say_due(local_date(now), self.day) }
    }
}

/// A day that the bank-holiday table says nothing about, or that no calendar reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BeyondTable {
    /// The day lies before the table's first day.
    #[error("The bank-holiday table starts on {}; {IMPORT}", say::in_full(*.0))]
    Before(NaiveDate),
    /// The day lies after the table's last day.
    #[error("The bank-holiday table ends on {}; {IMPORT}", say::in_full(*.0))]
    After(NaiveDate),
    /// The year lies between the table's first and last, but has no entry.
    #[error("The bank-holiday table lists nothing for {0}; {IMPORT}")]
    Gap(i32),
    /// There is no table at all.
    #[error("There is no bank-holiday table; {IMPORT}")]
    Empty,
    /// The span is longer than any deadline can be (100 years).
    #[error("{0} is too long for a deadline; the longest is 100 years. Correct it in the framework")]
    TooLong(Span),
}

const IMPORT: &str = "import a newer one with `closeloop import holidays FILE`";

/// No deadline is longer: it keeps sums short enough to show, whatever a framework file says.
const LONGEST_DAYS: u64 = 36_525;

impl Calendar {
    /// A calendar from listed holidays. It covers 1 January of the first listed year to 31 December of the last; a day
    /// listed twice keeps its last name.
    pub fn new(holidays: Vec<(NaiveDate, String)>) -> Calendar {
        let years = holidays.iter().map(|(day, _)| day.year()).collect();
        Calendar { holidays: holidays.into_iter().collect(), years }
    }

    /// First and last day that the table speaks about; none for an empty table.
    pub fn covers(&self) -> Option<(NaiveDate, NaiveDate)> {
        let first = NaiveDate::from_ymd_opt(*self.years.first()?, 1, 1)?;
        let last = NaiveDate::from_ymd_opt(*self.years.last()?, 12, 31)?;
        Some((first, last))
    }

    /// The listed holidays in order of date.
    pub fn holidays(&self) -> impl Iterator<Item = (NaiveDate, &str)> {
        self.holidays.iter().map(|(day, name)| (*day, name.as_str()))
    }

    /// The bank holiday on that day, if it is listed as one.
    pub fn holiday(&self, day: NaiveDate) -> Option<&str> {
        self.holidays.get(&day).map(String::as_str)
    }

    /// Whether the day is neither a weekend nor a bank holiday. A weekend past the table is refused too, so that the
    /// answer never depends on which day of the week somebody happened to ask about.
    pub fn is_working_day(&self, day: NaiveDate) -> Result<bool, BeyondTable> {
        self.day_off(day).map(|off| off.is_none())
    }

    /// Why the day is no working day (`Saturday`, `Christmas Day`); none when it is one.
    pub fn day_off(&self, day: NaiveDate) -> Result<Option<&str>, BeyondTable> {
        self.known(day)?;
        Ok(match day.weekday() {
            Weekday::Sat => Some("Saturday"),
            Weekday::Sun => Some("Sunday"),
            _ => self.holiday(day),
        })
    }

    /// When something that started at `start` is due. Hours are added to the instant; for every other unit the last day
    /// is counted from the local date of `start`, which is day 0, and lasts to its end.
    pub fn due(&self, start: DateTime<Utc>, span: Span) -> Result<Due, BeyondTable> {
        if let Span::Hours(hours) = span {
            let within = u64::from(hours) <= LONGEST_DAYS * 24;
            let length = TimeDelta::try_hours(i64::from(hours)).filter(|_| within);
            let at = length.and_then(|length| start.checked_add_signed(length)).ok_or(BeyondTable::TooLong(span))?;
            return Ok(Due { at, day: local_date(at), by_hour: true });
        }
        let day = self.last_day(local_date(start), span)?;
        let next = day.succ_opt().ok_or(BeyondTable::TooLong(span))?;
        Ok(Due { at: midnight(next), day, by_hour: false })
    }

    /// The last day of a span that started on `day` (day 0), for facts of which only the date is known. Hours are counted
    /// from the start of that day: the earliest they can have started, so that no deadline is said to be later than it is.
    pub fn due_on(&self, day: NaiveDate, span: Span) -> Result<NaiveDate, BeyondTable> {
        match span {
            Span::Hours(_) => self.due(midnight(day), span).map(|due| due.day),
            _ => self.last_day(day, span),
        }
    }

    /// Working days after `from` up to and including `to`, so that 20 working days after `from` is the day for which this
    /// gives 20; negative when `to` lies before `from`.
    pub fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> Result<i64, BeyondTable> {
        let (early, late, sign) = if from <= to { (from, to, 1) } else { (to, from, -1) };
        let mut count = 0;
        for day in early.iter_days().skip(1).take_while(|day| *day <= late) {
            count += i64::from(self.is_working_day(day)?);
        }
        Ok(count * sign)
    }

    fn last_day(&self, from: NaiveDate, span: Span) -> Result<NaiveDate, BeyondTable> {
        let days_later = |days: u64| if days <= LONGEST_DAYS { from.checked_add_days(Days::new(days)) } else { None };
        let day = match span {
            Span::Hours(hours) => days_later(u64::from(hours) / 24),
            Span::Days(days) => days_later(u64::from(days)),
            Span::Weeks(weeks) => days_later(u64::from(weeks) * 7),
            // chrono takes the last day of a month that is too short: 31 January and one month is 28 February.
            Span::Months(months) if months <= 1_200 => from.checked_add_months(Months::new(months)),
            Span::Months(_) => None,
            Span::WorkingDays(days) => return self.working_day_after(from, days),
        };
        day.ok_or(BeyondTable::TooLong(span))
    }

    fn working_day_after(&self, from: NaiveDate, days: u32) -> Result<NaiveDate, BeyondTable> {
        let mut last = from;
        let mut counted = 0;
        for day in from.iter_days().skip(1) {
            if counted == days {
                break;
            }
            // The table's end stops this loop long before the calendar does.
            counted += u32::from(self.is_working_day(day)?);
            last = day;
        }
        if counted == days { Ok(last) } else { Err(BeyondTable::TooLong(Span::WorkingDays(days))) }
    }

    fn known(&self, day: NaiveDate) -> Result<(), BeyondTable> {
        let (first, last) = self.covers().ok_or(BeyondTable::Empty)?;
        if day < first {
            Err(BeyondTable::Before(first))
        } else if day > last {
            Err(BeyondTable::After(last))
        } else if self.years.contains(&day.year()) {
            Ok(())
        } else {
            Err(BeyondTable::Gap(day.year()))
        }
    }
}

/// The Monday after a day: on a Monday that of the week after.
pub fn next_monday(day: NaiveDate) -> NaiveDate {
    let ahead = 7 - u64::from(day.weekday().num_days_from_monday());
    day.checked_add_days(Days::new(ahead)).unwrap_or(day)
}

/// The day that lies a span before another, for windows that look back and for notice. Working days count as weekdays
/// here, and hours as nothing: such windows are given in days, weeks or months.
pub fn before(day: NaiveDate, span: Span) -> NaiveDate {
    let days = |days: u64| day.checked_sub_days(Days::new(days)).unwrap_or(day);
    match span {
        Span::Hours(_) => day,
        Span::Days(n) => days(n.into()),
        Span::Weeks(n) => days(u64::from(n) * 7),
        Span::WorkingDays(n) => days((u64::from(n) * 7).div_ceil(5)),
        Span::Months(n) => day.checked_sub_months(Months::new(n)).unwrap_or(day),
    }
}
