//! What follows a review, as facts of the journal. M16-M18, M24, M25, S13, S14, F12, C04, C13.

use super::Swap;
use crate::domain::id::ReviewId;
use crate::domain::tracking::{FollowUp, FollowUpOf, LoopStand};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One fact about what follows a review.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FollowUpChange {
    /// Something followed, or that was taken back.
    Noted(Swap<Box<FollowUp>>),
    /// The loop opened, closed or is tracked no more: it follows from the other facts, and is told once so that lists need not ask
    /// all of them.
    LoopMoved {
        /// Of which review.
        review: ReviewId,
        /// From where to where.
        stand: Swap<LoopStand>,
        /// By when supervision is next due while it is open (M24).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        supervision_due: Option<NaiveDate>,
        /// Since when it stands so, where that is not the day it is told: what was taken back leaves it as old as it was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<NaiveDate>,
    },
}

impl FollowUpChange {
    fn noted(swap: &Swap<Box<FollowUp>>) -> Option<&FollowUp> {
        swap.after.as_deref().or(swap.before.as_deref())
    }

    /// The kind, as the journal stores it.
    pub fn kind(&self) -> &'static str {
        match self {
            FollowUpChange::Noted(_) => "follow-up-noted",
            FollowUpChange::LoopMoved { .. } => "loop-moved",
        }
    }

    /// The object it is about.
    pub fn object(&self) -> String {
        match self {
            FollowUpChange::Noted(swap) => format!("follow-up/{}", FollowUpChange::noted(swap).map_or(0, |follow| follow.id.0)),
            FollowUpChange::LoopMoved { review, .. } => format!("loop/{}", review.0),
        }
    }

    /// The review in whose history it shows.
    pub fn review(&self) -> Option<ReviewId> {
        match self {
            FollowUpChange::Noted(swap) => FollowUpChange::noted(swap).map(|follow| follow.review),
            FollowUpChange::LoopMoved { review, .. } => Some(*review),
        }
    }

    /// How it reads in a history.
    pub fn sentence(&self) -> String {
        match self {
            FollowUpChange::Noted(swap) => {
                let Some(follow) = FollowUpChange::noted(swap) else { return "Nothing followed".into() };
                let found = match (follow.what, follow.improved) {
                    (FollowUpOf::Assurance, Some(improved)) => format!(": {}", improved.label()),
                    _ => String::new(),
                };
                let back = if swap.after.is_none() { "Taken back: " } else { "" };
                format!("{back}{} on {}{found}", follow.what.label(), follow.on.format("%-d %B %Y"))
            }
            FollowUpChange::LoopMoved { stand, .. } => {
                let said = match stand.after.unwrap_or(LoopStand::Untracked) {
                    _ if stand.before == stand.after => "Supervision is next due on another day",
                    LoopStand::Open => "Its loop is open",
                    LoopStand::Closed => "Its loop is closed: every link is there",
                    LoopStand::Untracked => "It is tracked no more",
                };
                said.to_string()
            }
        }
    }

    /// The change that puts things back; none for the loop, which follows from the rest again.
    pub fn reversed(&self) -> Option<FollowUpChange> {
        match self.clone() {
            FollowUpChange::Noted(swap) => Some(FollowUpChange::Noted(swap.reversed())),
            FollowUpChange::LoopMoved { .. } => None,
        }
    }

    /// Whether it only follows from other facts: undo leaves it alone, and it is told anew.
    pub fn follows(&self) -> bool {
        matches!(self, FollowUpChange::LoopMoved { .. })
    }

    /// Whether its row in a history tells of the reviewer's judgement: that a review is tracked tells that it is no good one.
    pub fn tells_of_grade(&self) -> bool {
        true
    }
}
