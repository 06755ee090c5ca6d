//! What is arranged: the day of a conversation, read for all rows of a list together and only where the framework has days arranged, and
//! the sitting of the panel at which a review is decided.

use super::Answers;
use crate::domain::id::ReviewId;
use crate::domain::panel::Panel;
use crate::domain::review::{Booked, PanelStand, ReviewFacts, bookable, booked_by};
use crate::store::StoreResult;
use std::collections::BTreeMap;

impl Answers<'_> {
    /// The days that are arranged for the next steps of these reviews.
    pub(super) fn booked_for(&mut self, reviews: &[ReviewId]) -> StoreResult<BTreeMap<ReviewId, Booked>> {
        let mut found = BTreeMap::new();
        if reviews.is_empty() {
            return Ok(found);
        }
        let framework = self.library.current(self.reading)?;
        for kind in &framework.kinds {
            for (next, before) in bookable(kind) {
                let records = self.reading.records_before(reviews, &kind.key, &next.key, &before.key)?;
                found.extend(records.into_iter().filter_map(|(review, record)| Some((review, booked_by(before, &record)?))));
            }
        }
        Ok(found)
    }

    /// The sitting that has a review on its agenda. Its day is then the day on which the panel decides, and is put into the facts, which
    /// have the framework's own.
    pub(in crate::runtime) fn sits(&mut self, facts: &mut ReviewFacts) -> StoreResult<Option<Panel>> {
        if !matches!(facts.panel, PanelStand::Waiting(_)) {
            return Ok(None);
        }
        let review = facts.review.id;
        if let Some(day) = self.reading.listed_for(review)? {
            facts.review.next.due_on = Some(day);
        }
        let sitting = self.reading.sitting_of(review, self.viewer.today)?;
        let sitting = sitting.map(|sitting| self.reading.sitting(sitting)).transpose()?.flatten();
        Ok(sitting.map(|sitting| sitting.panel))
    }
}
