//! What people do with actions once they are raised: each deed with as many as were marked, all of them or none.

use crate::domain::action::{Effect, Extension, Handover};
use crate::domain::id::ActionId;

/// Actions as they were seen: number and revision.
pub type Seen = Vec<(ActionId, i64)>;

/// One thing that somebody does with actions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActionDeed {
    /// Begin.
    TakeUp(Seen),
    /// Say that it is done.
    Finish {
        /// Which.
        actions: Seen,
        /// Where that can be seen.
        evidence: String,
    },
    /// Say that somebody else has seen it (F11, S13, M17).
    SignOff(Seen),
    /// Give it longer (F11).
    Extend {
        /// Which.
        actions: Seen,
        /// Until when, why, and who approved it.
        wanted: Extension,
    },
    /// Give it to somebody else.
    Reassign {
        /// Which.
        actions: Seen,
        /// To whom, and why.
        wanted: Handover,
    },
    /// Say whether it helped (F14).
    Revisit {
        /// Which.
        actions: Seen,
        /// Whether it did.
        effect: Effect,
        /// What was seen.
        seen: String,
    },
}

impl ActionDeed {
    /// The actions it is about, as they were seen.
    pub fn actions(&self) -> &Seen {
        match self {
            ActionDeed::TakeUp(actions) | ActionDeed::SignOff(actions) => actions,
            ActionDeed::Finish { actions, .. }
            | ActionDeed::Extend { actions, .. }
            | ActionDeed::Reassign { actions, .. }
            | ActionDeed::Revisit { actions, .. } => actions,
        }
    }
}
