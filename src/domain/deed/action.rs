//! What people do with actions once they are raised: each deed with as many as were marked, all of them or none.

use crate::domain::action::{ActionAct, ActionWanted, Effect, Extension, Handover};
use crate::domain::id::{ActionId, PersonId, ReviewId};

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
    /// What it does to them.
    pub fn act(&self) -> ActionAct {
        match self {
            ActionDeed::TakeUp(_) => ActionAct::TakeUp,
            ActionDeed::Finish { .. } => ActionAct::Finish,
            ActionDeed::SignOff(_) => ActionAct::SignOff,
            ActionDeed::Extend { .. } => ActionAct::Extend,
            ActionDeed::Reassign { .. } => ActionAct::Reassign,
            ActionDeed::Revisit { .. } => ActionAct::Revisit,
        }
    }

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

/// The same action out of several reviews.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RaiseEach {
    /// Out of which.
    pub reviews: Vec<ReviewId>,
    /// Who owns each.
    pub owner: EachOwner,
    /// What is wanted; its own owner is not looked at.
    pub wanted: ActionWanted,
    /// Where one much like it is open, that one answers the finding, and none is raised.
    pub link: bool,
}

/// Who owns each of several actions that are raised together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EachOwner {
    /// One person, all of them.
    One(PersonId),
    /// Whose work each review is of.
    Worker,
    /// Whoever holds this role for each case, by its key.
    Role(String),
}
