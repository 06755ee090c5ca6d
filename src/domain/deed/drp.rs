//! What people do about disputes and alerts of good practice.

use crate::domain::drp::{DrpWanted, StepWanted};
use crate::domain::id::DrpId;
use chrono::NaiveDate;

/// One thing that somebody does about one. M14, C05.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DrpDeed {
    /// Raise it.
    Raise(DrpWanted),
    /// Write down what followed.
    Note {
        /// Which.
        drp: DrpId,
        /// Revision as seen.
        seen: i64,
        /// The day it took place.
        on: NaiveDate,
        /// What.
        wanted: StepWanted,
        /// In words.
        text: String,
    },
}
