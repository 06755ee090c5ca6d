//! What a write transaction has read and not changed since: a deed looks at the same review, the same people and the same settings
//! four or five times, and on the way through the doorway nobody else can write.

use crate::domain::change::Change;
use crate::domain::id::{CycleId, PersonId, ReviewId};
use crate::domain::person::Person;
use crate::domain::review::ReviewFacts;
use crate::store::error::StoreResult;
use chrono::NaiveDate;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// So many of a kind are kept at most: a deed is about few.
const MOST: usize = 64;

/// What is true in this transaction.
#[derive(Debug, Default)]
pub(in crate::store) struct Known {
    /// Reviews without their forms.
    reviews: Shelf<ReviewId, ReviewFacts>,
    /// People of the list; none where nobody has the number.
    pub(super) people: Shelf<PersonId, Option<Person>>,
    /// For whom somebody stands in on a day.
    pub(super) stand_ins: Shelf<(PersonId, NaiveDate), Vec<Person>>,
    /// Settings of the database.
    pub(super) settings: Shelf<String, Option<String>>,
    /// The stored texts of cycles.
    pub(super) cycles: Shelf<CycleId, Option<String>>,
    /// The newest journal rows about objects.
    pub(super) newest: Shelf<String, i64>,
}

impl Known {
    /// A review, if it was read since the last change.
    pub(super) fn review(&self, id: ReviewId) -> Option<ReviewFacts> {
        self.reviews.0.borrow().get(&id).cloned()
    }

    /// Keeps one that was read.
    pub(super) fn keep(&self, facts: &ReviewFacts) {
        self.reviews.put(facts.review.id, facts.clone());
    }

    /// Something was written: no review is known any more, and nothing else that the change touches.
    pub(in crate::store) fn forget(&self, change: &Change) {
        self.reviews.clear();
        self.newest.0.borrow_mut().remove(&change.object());
        // What the projection of a change writes to the tables of people, absences, settings and cycles beside their counts.
        if matches!(
            change,
            Change::PersonRecorded(_)
                | Change::AbsenceRecorded(_)
                | Change::TeamRecorded(_)
                | Change::SettingChanged { .. }
                | Change::FrameworkFrozen { .. }
                | Change::HolidaysReplaced(_)
                | Change::CycleRecorded(_)
                | Change::PhaseTicked { .. }
                | Change::SampleDrawn(_)
                | Change::Privacy(_)
        ) {
            self.people.clear();
            self.stand_ins.clear();
            self.settings.clear();
            self.cycles.clear();
            self.newest.clear();
        }
    }
}

/// What is known of one kind.
#[derive(Debug)]
pub(super) struct Shelf<K, V>(RefCell<BTreeMap<K, V>>);

impl<K, V> Default for Shelf<K, V> {
    fn default() -> Self {
        Shelf(RefCell::default())
    }
}

impl<K: Ord, V: Clone> Shelf<K, V> {
    /// What is known, or else what is read now, which is kept.
    pub(super) fn or_read(&self, key: K, read: impl FnOnce(&K) -> StoreResult<V>) -> StoreResult<V> {
        if let Some(found) = self.0.borrow().get(&key) {
            return Ok(found.clone());
        }
        let found = read(&key)?;
        self.put(key, found.clone());
        Ok(found)
    }

    fn put(&self, key: K, value: V) {
        let mut known = self.0.borrow_mut();
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(key, value);
    }

    fn clear(&self) {
        self.0.borrow_mut().clear();
    }
}
