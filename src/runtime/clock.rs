//! The only place that asks what time it is.

use crate::domain::calendar::local_date;
use crate::domain::id::PersonId;
use crate::domain::query::Viewer;
use chrono::{DateTime, NaiveDate, Utc};

/// Where "now" comes from: the machine, or a moment that a test or a demo fixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The machine's.
    System,
    /// Always this moment.
    Fixed(DateTime<Utc>),
}

impl Clock {
    /// Now.
    pub fn now(self) -> DateTime<Utc> {
        match self {
            Clock::System => Utc::now(),
            Clock::Fixed(at) => at,
        }
    }

    /// Today in Europe/London.
    pub fn today(self) -> NaiveDate {
        local_date(self.now())
    }

    /// Somebody who looks now.
    pub fn viewer(self, person: Option<PersonId>) -> Viewer {
        let now = self.now();
        Viewer::of(person, now, local_date(now))
    }
}

/// A moment for measuring spans within one run; it says nothing about the date.
pub type Moment = std::time::Instant;

/// The moment now.
pub fn moment() -> Moment {
    Moment::now()
}

/// How long since a moment.
pub fn since(moment: Moment) -> std::time::Duration {
    moment.elapsed()
}

/// How long until a moment; nothing once it has passed.
pub fn until(moment: Moment) -> std::time::Duration {
    moment.saturating_duration_since(Moment::now())
}
