//! The quality assurance year: twelve months from the framework's first one. S02: from November; elsewhere from April.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// One quality assurance year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct QaYear {
    /// Its first day, always the first of a month.
    pub starts: NaiveDate,
}

impl QaYear {
    /// The year that a day lies in, where years begin in that month (1-12).
    pub fn of(starts_in: u32, day: NaiveDate) -> QaYear {
        let back = (day.month() + 12 - starts_in.clamp(1, 12)) % 12;
        QaYear { starts: first_of(day) - Months::new(back) }
    }

    /// Its last day.
    pub fn ends(self) -> NaiveDate {
        last_of(self.starts + Months::new(11))
    }

    /// The first days of its months, in order.
    pub fn months(self) -> Vec<NaiveDate> {
        (0..12).map(|month| self.starts + Months::new(month)).collect()
    }

    /// Whether a day lies in it.
    pub fn holds(self, day: NaiveDate) -> bool {
        self.starts <= day && day <= self.ends()
    }

    /// The year so many years later, or earlier where negative.
    pub fn turned(self, years: i32) -> QaYear {
        let months = Months::new(years.unsigned_abs() * 12);
        QaYear { starts: if years < 0 { self.starts - months } else { self.starts + months } }
    }

    /// `2026/27`, or `2026` where it is the calendar's own.
    pub fn label(self) -> String {
        match (self.starts.year(), self.ends().year()) {
            (first, last) if first == last => first.to_string(),
            (first, last) => format!("{first}/{:02}", last.rem_euclid(100)),
        }
    }
}

/// The first day of a day's month.
pub fn first_of(day: NaiveDate) -> NaiveDate {
    day - chrono::Duration::days(i64::from(day.day0()))
}

/// The last day of a day's month.
pub fn last_of(day: NaiveDate) -> NaiveDate {
    first_of(day) + Months::new(1) - chrono::Duration::days(1)
}
