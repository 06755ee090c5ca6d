//! Read-models of the insight view.

use crate::domain::theme::GoodPractice;

/// A passage of the library of good practice. M22.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PracticeRow {
    /// The passage.
    pub practice: GoodPractice,
    /// Reference of its review.
    pub reference: String,
    /// Reference of that review's cycle.
    pub cycle: String,
}
