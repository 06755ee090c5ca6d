//! What a write transaction has read and not changed since: a deed looks at the same review four or five times, and on the way
//! through the doorway nobody else can write.

use crate::domain::id::ReviewId;
use crate::domain::review::ReviewFacts;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// So many are kept at most: a deed is about few.
const MOST: usize = 64;

/// Reviews as they stand in this transaction, without their forms.
#[derive(Debug, Default)]
pub(in crate::store) struct Known(RefCell<BTreeMap<ReviewId, ReviewFacts>>);

impl Known {
    /// A review, if it was read since the last change.
    pub(super) fn review(&self, id: ReviewId) -> Option<ReviewFacts> {
        self.0.borrow().get(&id).cloned()
    }

    /// Keeps one that was read.
    pub(super) fn keep(&self, facts: &ReviewFacts) {
        let mut known = self.0.borrow_mut();
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(facts.review.id, facts.clone());
    }

    /// Something was written: nothing is known any more.
    pub(in crate::store) fn forget(&self) {
        self.0.borrow_mut().clear();
    }
}
