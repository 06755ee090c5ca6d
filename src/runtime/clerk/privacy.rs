//! Deeds about looking, keeping and erasing at the doorway.

use super::{Asked, Desk, line, refuse};
use crate::domain::change::{Change, PrivacyChange, Swap};
use crate::domain::count::counted;
use crate::domain::deed::PrivacyDeed;
use crate::domain::id::{DisposalId, ReviewId};
use crate::domain::look::may_read;
use crate::domain::retention::{Disposal, DisposalStand, Hold, may_decide, may_erase, may_refuse, may_settle};
use crate::store::{Numbered, StoreResult};
use std::collections::BTreeSet;

impl Desk<'_, '_> {
    pub(super) fn about_privacy(&mut self, deed: PrivacyDeed) -> Asked {
        if let PrivacyDeed::NoteLooks { rows, hash } = deed {
            // Two who note it together write it once.
            if self.reading().looks_noted()?.is_some_and(|(known, ..)| known >= rows) {
                return Ok((Vec::new(), String::new()));
            }
            return Ok(noted(rows, hash, String::new()));
        }
        let framework = self.library.current(self.reading())?;
        if let PrivacyDeed::BeginLooksAnew { rows, hash, why } = deed {
            may_read(&framework, self.actor.person.map(|_| self.actor.role.as_str()))?;
            return match line(&why) {
                why if why.is_empty() => Err(refuse("It needs its reason.", "Say what happened to the log of who looked at what.")),
                why => Ok(noted(rows, hash, why)),
            };
        }
        may_decide(&framework, self.actor.person.map(|_| self.actor.role.as_str()))?;
        match deed {
            PrivacyDeed::NoteLooks { .. } | PrivacyDeed::BeginLooksAnew { .. } => Ok((Vec::new(), String::new())),
            PrivacyDeed::CarryOut { .. } => Err(refuse("An erasure is carried out by itself, with nothing else.", "Do it alone.")),
            PrivacyDeed::Hold { reviews, why } => self.hold(reviews, &line(&why)),
            PrivacyDeed::Release { review, why } => self.release(review, line(&why)),
            PrivacyDeed::AskDisposal { reviews, why } => self.ask_disposal(reviews, &line(&why)),
            PrivacyDeed::SettleDisposal { disposal, refused } => self.settle_disposal(disposal, refused.as_deref().map(line)),
        }
    }

    /// Holds records. One that is held already is held anew, with this reason.
    fn hold(&mut self, mut reviews: Vec<ReviewId>, why: &str) -> Asked {
        reviews.sort_unstable();
        reviews.dedup();
        if reviews.is_empty() || why.is_empty() {
            return Err(refuse("A hold needs its reason.", "Say what the record is needed for: an inquiry, a court, a complaint."));
        }
        let (mut changes, mut references) = (Vec::new(), Vec::new());
        for review in reviews {
            references.push(self.review_reference(review)?);
            let before = self.reading().hold(review)?;
            let hold = Hold { review, why: why.to_string(), by: self.actor.person, on: self.today };
            changes.push(Change::Privacy(PrivacyChange::Held(Swap { before, after: Some(hold) })));
        }
        let said = match references.as_slice() {
            [one] => format!("{one} is held: it is not erased, whatever its age"),
            several => format!("{} are held: they are not erased, whatever their age", several.join(", ")),
        };
        Ok((changes, said))
    }

    fn release(&mut self, review: ReviewId, why: String) -> Asked {
        let reference = self.review_reference(review)?;
        let Some(hold) = self.reading().hold(review)? else {
            return Err(refuse(format!("{reference} is not held."), "There is nothing to release."));
        };
        if why.is_empty() {
            return Err(refuse("A release needs its reason.", "Say why the record need not be kept any more, and who said so."));
        }
        Ok((vec![Change::Privacy(PrivacyChange::Released { hold, why })], format!("{reference} is held no longer")))
    }

    fn ask_disposal(&mut self, mut reviews: Vec<ReviewId>, why: &str) -> Asked {
        reviews.sort_unstable();
        reviews.dedup();
        if reviews.is_empty() || why.is_empty() {
            return Err(refuse("A disposal needs its records and its reason.", "Name the reviews, and say on what authority they go."));
        }
        let framework = self.library.current(self.reading())?;
        let asked: BTreeSet<ReviewId> = self.reading().open_disposals()?.into_iter().flat_map(|known| known.reviews).collect();
        for review in &reviews {
            let reference = self.review_reference(*review)?;
            if asked.contains(review) {
                return Err(refuse(format!("{reference} stands in a disposal already."), "Approve or refuse that one first."));
            }
            let ground = self.reading().erasure_ground(*review)?.ok_or_else(no_review)?;
            may_erase(&framework, &ground, self.today)?;
        }
        let disposal = Disposal {
            id: DisposalId(self.tx.next(Numbered::Disposal)?),
            reviews,
            why: why.to_string(),
            asked_by: self.actor.login.clone(),
            asked_at: self.now,
            stand: DisposalStand::Asked,
            settled_by: String::new(),
            because: String::new(),
            unswept: false,
        };
        let of = counted(disposal.reviews.len(), "review", "reviews");
        let said = format!("Disposal {} asked for, {of}: it waits for a second person", disposal.id.0);
        Ok((vec![Change::Privacy(PrivacyChange::Disposal(Swap::new(disposal)))], said))
    }

    fn settle_disposal(&mut self, id: DisposalId, refused: Option<String>) -> Asked {
        let before = self.reading().disposal(id)?.ok_or_else(|| no_disposal(id))?;
        // The stored fact holds a login: everybody who ever had it counts as who asked, which is refused once too often rather than
        // once too seldom where an old list handed a login on.
        let held = self.reading().logins_held()?;
        let own = before.asked_by == self.actor.login || self.actor.person.is_some_and(|person| held.were(&before.asked_by, person));
        match refused {
            Some(_) => may_refuse(&before, own)?,
            None => may_settle(&before, own)?,
        }
        if refused.as_ref().is_some_and(String::is_empty) {
            return Err(refuse("A refusal needs its reason.", "Say why the records are kept."));
        }
        let stand = if refused.is_some() { DisposalStand::Refused } else { DisposalStand::Approved };
        let said = format!("Disposal {} {}", id.0, stand.label());
        let after = Disposal { stand, settled_by: self.actor.login.clone(), because: refused.unwrap_or_default(), ..before.clone() };
        Ok((vec![Change::Privacy(PrivacyChange::Disposal(Swap { before: Some(before), after: Some(after) }))], said))
    }

    fn review_reference(&self, review: ReviewId) -> StoreResult<String> {
        self.reading().reference_of(review)?.ok_or_else(no_review)
    }
}

fn noted(rows: i64, hash: String, begun_anew: String) -> (Vec<Change>, String) {
    let change = PrivacyChange::LooksNoted { rows, hash, begun_anew };
    let said = change.sentence();
    (vec![Change::Privacy(change)], said)
}

pub(super) fn no_review() -> crate::store::StoreError {
    refuse("There is no such review.", "Look for it in the queue, with `all`.")
}

pub(super) fn no_disposal(id: DisposalId) -> crate::store::StoreError {
    refuse(format!("There is no disposal {}.", id.0), "`closeloop dispose list` shows them.")
}
