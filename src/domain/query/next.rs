//! The next thing that needs somebody, and where it leads.

use crate::domain::id::{ActionId, CycleId, ReviewId};
use crate::domain::strip::StripOf;

/// The next thing that needs a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextThing {
    /// The review; none: it is a strip that belongs to none.
    pub review: Option<ReviewId>,
    /// What is to be done.
    pub step: String,
    /// Why it comes first, in words.
    pub because: String,
    /// The cycle whose people have to be told beforehand (F04); none: it is a step of the review.
    pub notices: Option<CycleId>,
    /// The strip whose clock runs, where that comes before any step of a review.
    pub clock: Option<StripOf>,
    /// It is this action of the review, to be signed off or looked at again.
    pub action: Option<ActionId>,
    /// It is what follows the review: a link of its loop is missing (M17).
    pub follows: bool,
    /// It is work of a cycle itself.
    pub work: Option<CycleWork>,
}

/// Work of a cycle itself, and of no review in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CycleWork {
    /// A phase that is late: whose, its key and its place among the cycle's phases.
    Phase(CycleId, String, usize),
    /// A report that is late or due soon: of which cycle, and the key of its kind.
    Report(CycleId, String),
    /// What is due to be looked at again (F14, Q02).
    Revisits,
}

impl NextThing {
    /// A step of a review, or of nothing that has one; what else leads somewhere is added.
    pub fn new(review: Option<ReviewId>, step: impl Into<String>, because: impl Into<String>) -> NextThing {
        let (step, because) = (step.into(), because.into());
        NextThing { review, step, because, notices: None, clock: None, action: None, follows: false, work: None }
    }
}
