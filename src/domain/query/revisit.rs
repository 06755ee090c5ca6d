//! What is looked at again, as screens and files show it. F14, Q02.

use crate::domain::id::{CycleId, ReviewId};
use crate::domain::revisit::Revisit;
use chrono::NaiveDate;
use serde::Serialize;

/// One area or case with its revisit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RevisitRow {
    /// Reference of the cycle or review that looked first.
    #[serde(rename = "ref")]
    pub reference: String,
    /// `area` or `case`.
    pub of: &'static str,
    /// The area in words; the case's pseudonym.
    pub what: String,
    /// Label of the kind of review.
    pub kind: String,
    /// The day on which it had been looked at.
    pub seen_on: NaiveDate,
    /// From this day on it is looked at again.
    pub due_on: NaiveDate,
    /// How that stands, in a word: overdue, due, planned, ahead, done, let go.
    pub stand: &'static str,
    /// Who looks again, by reference, or why nobody does; may be empty.
    pub by: String,
    /// As the rules know it.
    #[serde(skip)]
    pub revisit: Revisit,
}

/// Of what then and now are set side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Again {
    /// A cycle that looks again at the area of an earlier one.
    Cycle(CycleId),
    /// A review of a case that was reviewed before.
    Review(ReviewId),
    /// A cycle of this reference and the one before it: what rose and what fell. M19.
    Before {
        /// Reference of the later one.
        cycle: String,
        /// Key of the kind of review; none: every kind.
        kind: Option<String>,
        /// Name of the service; none: every one.
        service: Option<String>,
    },
}
