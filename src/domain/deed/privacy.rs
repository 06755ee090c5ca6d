//! What a person, or the program by itself, asks for about looking, keeping and erasing.

use crate::domain::id::{DisposalId, ReviewId};

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrivacyDeed {
    /// Note in the journal how far the log of looks has come.
    NoteLooks {
        /// Rows of it.
        rows: i64,
        /// Hash of the last one, in hexadecimal.
        hash: String,
    },
    /// The log of looks was lost or is not what was noted: it counts from here on as it is.
    BeginLooksAnew {
        /// Rows of it.
        rows: i64,
        /// Hash of the last one, in hexadecimal.
        hash: String,
        /// What happened to it.
        why: String,
    },
    /// Keep records whatever their age.
    Hold {
        /// Which reviews.
        reviews: Vec<ReviewId>,
        /// Why.
        why: String,
    },
    /// Hold a record no longer.
    Release {
        /// Which review.
        review: ReviewId,
        /// Why it need not be kept any more.
        why: String,
    },
    /// Ask for the erasure of some records.
    AskDisposal {
        /// Which reviews.
        reviews: Vec<ReviewId>,
        /// Why, and on what authority.
        why: String,
    },
    /// Erase the records of one that was approved, for good. It takes a connection of its own and is done outside of any other
    /// transaction.
    CarryOut {
        /// Which.
        disposal: DisposalId,
    },
    /// Approve it, as a second person, or refuse it.
    SettleDisposal {
        /// Which.
        disposal: DisposalId,
        /// Why it is refused; none: it is approved.
        refused: Option<String>,
    },
}

impl PrivacyDeed {
    /// The reviews it names.
    pub fn reviews(&self) -> Vec<ReviewId> {
        match self {
            PrivacyDeed::NoteLooks { .. }
            | PrivacyDeed::BeginLooksAnew { .. }
            | PrivacyDeed::SettleDisposal { .. }
            | PrivacyDeed::CarryOut { .. } => Vec::new(),
            PrivacyDeed::Release { review, .. } => vec![*review],
            PrivacyDeed::Hold { reviews, .. } | PrivacyDeed::AskDisposal { reviews, .. } => reviews.clone(),
        }
    }
}
