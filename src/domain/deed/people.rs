//! What people do with the list of people, one at a time.

use crate::domain::id::PersonId;
use crate::domain::person::PersonWanted;
use chrono::NaiveDate;

/// One thing that somebody does with the list of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeopleDeed {
    /// Add somebody.
    Add(PersonWanted),
    /// Change what is written of somebody.
    Change {
        /// Whom.
        person: PersonId,
        /// The revision of their row as seen.
        seen: i64,
        /// As it should be; what is not named stays.
        wanted: PersonWanted,
    },
    /// Note somebody's last day: from the next day on they may do nothing here.
    End {
        /// Whom.
        person: PersonId,
        /// The revision of their row as seen.
        seen: i64,
        /// The last day.
        on: NaiveDate,
    },
}
