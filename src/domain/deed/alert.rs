//! What people do about an alert.

use crate::domain::action::ActionWanted;
use crate::domain::alert::{AlertTrigger, HowTold, KeptKind, Written};
use crate::domain::id::{AlertId, PersonId, ReviewId};
use chrono::{DateTime, NaiveDate, Utc};

/// One thing that somebody does about an alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AlertDeed {
    /// Raise one outside a grade: an immediate concern, or by hand (F10).
    Raise(AlertWanted),
    /// Note that addressees were told.
    Tell {
        /// Which alert.
        alert: AlertId,
        /// Places in its list of addressees.
        places: Vec<usize>,
        /// How.
        how: HowTold,
        /// When; none: just now.
        at: Option<DateTime<Utc>>,
    },
    /// Acknowledge it for oneself.
    Acknowledge {
        /// Which alert.
        alert: AlertId,
        /// The place that is meant; none: one's own.
        place: Option<usize>,
    },
    /// Name somebody where nobody holds the role.
    FillGap {
        /// Which alert.
        alert: AlertId,
        /// Which place.
        place: usize,
        /// Whom.
        person: PersonId,
    },
    /// Name who hears in the place of somebody who has left.
    Follow {
        /// Which alert.
        alert: AlertId,
        /// The place of whoever has left.
        place: usize,
        /// Who hears instead.
        person: PersonId,
        /// Why they do.
        because: String,
    },
    /// Say why nobody holds the role.
    ExplainGap {
        /// Which alert.
        alert: AlertId,
        /// Which place.
        place: usize,
        /// Why.
        because: String,
    },
    /// Record what was found when the record was reviewed, and raise what has to happen at once.
    Assure {
        /// Which alert.
        alert: AlertId,
        /// Answers to the framework's questions.
        answers: Vec<Written>,
        /// Urgent actions (M12).
        urgent: Vec<ActionWanted>,
    },
    /// Dispute the level of concern.
    Dispute {
        /// Which alert.
        alert: AlertId,
        /// Why.
        because: String,
    },
    /// Decide that dispute, finally.
    Decide {
        /// Which alert.
        alert: AlertId,
        /// The level of concern stands; otherwise it is lower.
        stands: bool,
        /// Why.
        because: String,
    },
    /// Record what the framework asks for afterwards.
    Keep {
        /// Which alert.
        alert: AlertId,
        /// What.
        kind: KeptKind,
        /// The day it happened.
        on: NaiveDate,
        /// What came of it.
        note: String,
    },
    /// Close it.
    Close {
        /// Which alert.
        alert: AlertId,
        /// Closing note; may stay empty.
        words: String,
    },
}

/// What a person writes down to raise an alert outside a grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertWanted {
    /// About which review.
    pub review: ReviewId,
    /// An immediate concern, or by hand.
    pub trigger: AlertTrigger,
    /// The headings of its form, with what was written.
    pub concern: Vec<Written>,
    /// Roles of the child's line that were told of it already, and how.
    pub told: Vec<(String, HowTold)>,
}

impl AlertDeed {
    /// The alert it is about; none where it opens one.
    pub fn alert(&self) -> Option<AlertId> {
        match self {
            AlertDeed::Raise(_) => None,
            AlertDeed::Tell { alert, .. }
            | AlertDeed::Acknowledge { alert, .. }
            | AlertDeed::FillGap { alert, .. }
            | AlertDeed::Follow { alert, .. }
            | AlertDeed::ExplainGap { alert, .. }
            | AlertDeed::Assure { alert, .. }
            | AlertDeed::Dispute { alert, .. }
            | AlertDeed::Decide { alert, .. }
            | AlertDeed::Keep { alert, .. }
            | AlertDeed::Close { alert, .. } => Some(*alert),
        }
    }
}
