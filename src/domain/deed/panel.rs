//! What people do at the panel and around it.

use crate::domain::grade::Grade;
use crate::domain::id::{PanelId, PersonId, ReviewId};
use crate::domain::panel::{DecisionWanted, SittingWanted};

/// One thing that somebody does at a sitting of the panel, before it or after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PanelDeed {
    /// Plan a sitting.
    Plan(SittingWanted),
    /// Change a planned sitting.
    Move {
        /// Which.
        panel: PanelId,
        /// Revision as seen.
        seen: i64,
        /// How it shall be.
        wanted: SittingWanted,
    },
    /// Call a planned sitting off.
    CallOff {
        /// Which.
        panel: PanelId,
        /// Revision as seen.
        seen: i64,
        /// Why.
        why: String,
    },
    /// Begin it.
    Begin {
        /// Which.
        panel: PanelId,
        /// Who is there.
        present: Vec<PersonId>,
    },
    /// Note that somebody came later, or left.
    NoteAttendance {
        /// Which sitting.
        panel: PanelId,
        /// Revision as seen.
        seen: i64,
        /// Who is there.
        present: Vec<PersonId>,
    },
    /// Take the chair over.
    TakeChair {
        /// At which sitting.
        panel: PanelId,
        /// Why.
        why: String,
    },
    /// Put the items in another order; empty: as the program proposes.
    OrderAgenda {
        /// Of which sitting.
        panel: PanelId,
        /// The order.
        run: Vec<ReviewId>,
    },
    /// Move a waiting item to another sitting.
    MoveItem {
        /// Which review.
        review: ReviewId,
        /// From which sitting, as seen.
        from: PanelId,
        /// To which.
        to: PanelId,
    },
    /// Put an item on the table.
    OpenItem {
        /// At which sitting.
        panel: PanelId,
        /// Which review.
        review: ReviewId,
        /// Who was seen to leave: the chair confirms the names.
        left: Vec<PersonId>,
        /// The item on the table that the chair puts aside for it, unfinished as it is.
        aside: Option<ReviewId>,
    },
    /// Score the item on the table.
    Score {
        /// At which sitting.
        panel: PanelId,
        /// Which review.
        review: ReviewId,
        /// Scale point 0-10, where the framework scales.
        scaling: Option<u8>,
        /// The grade, where it is given directly.
        grade: Option<Grade>,
        /// A note.
        note: String,
    },
    /// Open the scores.
    OpenScores {
        /// At which sitting.
        panel: PanelId,
        /// Which review.
        review: ReviewId,
        /// Why, where not all are in.
        why: String,
    },
    /// Decide the item on the table.
    Decide {
        /// At which sitting.
        panel: PanelId,
        /// Which review.
        review: ReviewId,
        /// Revision of the review as seen.
        seen: i64,
        /// What.
        wanted: DecisionWanted,
    },
    /// Send the item on the table back to its reviewer.
    SendBack {
        /// At which sitting.
        panel: PanelId,
        /// Which review.
        review: ReviewId,
        /// What is missing.
        missing: String,
    },
    /// Put the item on the table off.
    Defer {
        /// At which sitting.
        panel: PanelId,
        /// Which review.
        review: ReviewId,
        /// Why.
        why: String,
    },
    /// Hand a review in again that was sent back.
    HandInAgain {
        /// Which review.
        review: ReviewId,
        /// Revision as seen.
        seen: i64,
    },
    /// Bring a review before the panel by hand.
    Bring {
        /// Which review.
        review: ReviewId,
        /// Revision as seen.
        seen: i64,
        /// Why.
        reason: String,
    },
    /// Close the sitting.
    Close {
        /// Which.
        panel: PanelId,
    },
    /// Add to the minutes, or put them right.
    AddMinute {
        /// Of which sitting.
        panel: PanelId,
        /// About which review, if one.
        review: Option<ReviewId>,
        /// The text.
        text: String,
    },
}

impl PanelDeed {
    /// The review it touches, if one.
    pub fn review(&self) -> Option<ReviewId> {
        match self {
            PanelDeed::MoveItem { review, .. }
            | PanelDeed::OpenItem { review, .. }
            | PanelDeed::Score { review, .. }
            | PanelDeed::OpenScores { review, .. }
            | PanelDeed::Decide { review, .. }
            | PanelDeed::SendBack { review, .. }
            | PanelDeed::Defer { review, .. }
            | PanelDeed::HandInAgain { review, .. }
            | PanelDeed::Bring { review, .. } => Some(*review),
            PanelDeed::AddMinute { review, .. } => *review,
            PanelDeed::Plan(_)
            | PanelDeed::Move { .. }
            | PanelDeed::Begin { .. }
            | PanelDeed::NoteAttendance { .. }
            | PanelDeed::CallOff { .. }
            | PanelDeed::TakeChair { .. }
            | PanelDeed::OrderAgenda { .. }
            | PanelDeed::Close { .. } => None,
        }
    }
}
