//! Interests in the made-up council: who was asked before they first opened a record, and the few who are recused.

use super::town::Town;
use crate::domain::deed::Deed;
use crate::domain::id::{PersonId, ReviewId};
use crate::domain::interest::InterestKind;
use crate::store::{StoreResult, Tx};
use chrono::{DateTime, Utc};

/// One review in so many has somebody recused from it.
const RECUSED_EVERY: i64 = 17;

impl Town {
    /// Before the first step after the allocation the reviewer and the coordinator open the record, and are asked; now and then somebody else
    /// knows the family from earlier and says so.
    pub(super) fn asked(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, review: ReviewId) -> StoreResult<()> {
        let Some(reviewer) = self.plays.get(&review).filter(|play| play.steps.len() <= 1).map(|play| play.reviewer) else { return Ok(()) };
        for person in reviewer.into_iter().chain([self.coordinator]) {
            self.perform(tx, person, now, Deed::NothingToDeclare { review })?;
        }
        if review.0 % RECUSED_EVERY == 0
            && let Some(person) = self.bystander(tx, review, reviewer)?
        {
            let kind = if review.0 % 2 == 0 { InterestKind::Involvement } else { InterestKind::Complaint };
            self.ever_recused = true;
            self.perform(tx, person, now, Deed::DeclareInterest { review, person: None, kind, note: String::new() })?;
        }
        Ok(())
    }

    /// Somebody who reviews and does nothing else, so that nothing they have to do is withheld from them. Whoever is recused already, by
    /// an earlier review of the same child, is not asked again.
    fn bystander(&self, tx: &Tx<'_>, review: ReviewId, reviewer: Option<PersonId>) -> StoreResult<Option<PersonId>> {
        let recused = tx.reading().recused_from(review)?;
        let reviews_only = |key: &str| {
            self.framework
                .role(key)
                .is_some_and(|role| role.reviews && !role.moderates && !role.manages && !role.insights && !role.practitioner)
        };
        let roles: Vec<String> = self.framework.roles.iter().map(|role| role.key.clone()).filter(|key| reviews_only(key)).collect();
        let mut able = self.holders(&roles);
        able.retain(|person| Some(*person) != reviewer && !recused.contains(person));
        Ok(able.get(usize::try_from(review.0).unwrap_or_default() % able.len().max(1)).copied())
    }
}
