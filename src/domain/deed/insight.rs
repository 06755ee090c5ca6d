//! What people do about findings taken together.

use super::wanted::ImportedFile;
use crate::domain::id::{GoodPracticeId, ReviewId};
use crate::domain::theme::{Indicator, PracticeWanted, ThemeWanted};

/// One thing that somebody does about findings taken together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InsightDeed {
    /// Say which themes show in reviews, in as many as were marked.
    Code {
        /// Which reviews.
        reviews: Vec<ReviewId>,
        /// What is said; themes that are not named stay as they are.
        wanted: Vec<ThemeWanted>,
    },
    /// Mark a passage as good practice (M22).
    MarkPractice {
        /// Out of which review.
        review: ReviewId,
        /// What was good.
        wanted: PracticeWanted,
    },
    /// Take such a mark away.
    UnmarkPractice {
        /// Which.
        practice: GoodPracticeId,
    },
    /// Take in values of performance indicators (M27).
    ImportIndicators {
        /// One for each indicator and period.
        rows: Vec<Indicator>,
        /// The file.
        file: ImportedFile,
    },
}
