//! The provenance card of a draw: enough to answer "how were these cases chosen?" and to draw the same sample again.

use super::id::{CycleId, DrawId, PersonId, ReviewId, SubjectId};
use super::sampling::Drawn;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A draw, whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// Row number.
    pub id: DrawId,
    /// The cycle it was drawn for.
    pub cycle: CycleId,
    /// The day it was drawn.
    pub on: NaiveDate,
    /// The day the frame speaks of: that of the newest extract.
    pub frame_date: Option<NaiveDate>,
    /// SHA-256 of the frame as it was, in hexadecimal: two people who have the same hash drew from the same list.
    pub frame_sha256: String,
    /// What was asked, seed included, and what came of it: with the same frame it gives the same sample on any machine.
    pub drawn: Drawn,
}

/// A drawn case was replaced by another, for a reason somebody approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Substitution {
    /// The draw.
    pub draw: DrawId,
    /// The review that is taken out.
    pub out: ReviewId,
    /// The subject that comes in.
    pub incoming: SubjectId,
    /// The review that comes in.
    pub review: ReviewId,
    /// Why.
    pub reason: String,
    /// Who approved it.
    pub approver: PersonId,
    /// The day.
    pub on: NaiveDate,
}
