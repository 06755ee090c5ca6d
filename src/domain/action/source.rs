//! Where an action comes from.
//!
//! Most come from a review. Others answer what many reviews showed and stand in a cycle's improvement plan (M20, F13), or were
//! agreed at an observation, a visit or a meeting that a register keeps (F16, C08, Q05). All have the same life.

use crate::domain::id::{CycleId, EntryId, ReviewId};
use serde::{Deserialize, Serialize};

/// What an action was raised out of. In the journal it is one field beside the others, named by its kind: so an older row that
/// says `"review": 12` reads as it always did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// A review.
    Review(ReviewId),
    /// The improvement plan of a cycle: a wider action.
    Cycle(CycleId),
    /// An entry of a register.
    Entry(EntryId),
}

impl Source {
    /// The review, if it is one.
    pub fn review(self) -> Option<ReviewId> {
        match self {
            Source::Review(review) => Some(review),
            Source::Cycle(_) | Source::Entry(_) => None,
        }
    }

    /// The cycle, if it is the plan of one.
    pub fn cycle(self) -> Option<CycleId> {
        match self {
            Source::Cycle(cycle) => Some(cycle),
            Source::Review(_) | Source::Entry(_) => None,
        }
    }

    /// The entry of a register, if it is one.
    pub fn entry(self) -> Option<EntryId> {
        match self {
            Source::Entry(entry) => Some(entry),
            Source::Review(_) | Source::Cycle(_) => None,
        }
    }
}
