//! Who sits here, and the drafts that are theirs.

use super::Workstation;
use crate::app::form::FormFor;
use crate::app::msg::Msg;
use crate::runtime::access;
use crate::runtime::clerk::{FormIsAbout, form_is_about};
use crate::store::{StoreError, StoreResult};
use ratatui::backend::Backend;

impl<B: Backend> Workstation<B> {
    /// Whether whoever sits here is still on the list of people under their login, and has not left. Who is not is shown nothing
    /// more: their session ends, and what was typed stays a draft.
    pub(super) fn still_here(&mut self) -> bool {
        match access::standing(self.store.reading(), &mut self.library, &self.actor, self.clock.today()) {
            Err(StoreError::Refused(refused)) if refused.rule == Some(access::RULE) => {
                self.turned_out = Some(refused.to_string());
                self.over = true;
                false
            }
            _ => true,
        }
    }

    /// Offers the drafts that earlier runs left behind, also under a login that this person had before; those about what is withheld
    /// from them are only counted.
    pub(super) fn offer_drafts(&mut self) -> StoreResult<()> {
        let Some(drafts) = self.drafts.clone() else { return Ok(()) };
        let earlier = self.actor.person.map(|person| self.store.reading().earlier_logins(person)).transpose()?.unwrap_or_default();
        let taken = earlier.iter().try_for_each(|login| drafts.take_over(login));
        let mut found = match taken.and_then(|()| drafts.left_behind(self.clock.now())) {
            Ok(found) => found,
            Err(error) => {
                self.take(Msg::DraftTrouble(error.to_string()));
                return Ok(());
            }
        };
        let viewer = self.clock.viewer(self.actor.person);
        let viewer = access::seeing(self.store.reading(), &mut self.library, &viewer)?;
        let reading = self.store.reading();
        let seen = |form: FormFor| match form_is_about(reading, &form) {
            Ok(FormIsAbout::NoCase | FormIsAbout::Gone) => true,
            Ok(FormIsAbout::Review(review)) => reading.open_to(review, &viewer).is_ok(),
            Ok(FormIsAbout::Drp(drp)) => reading.drp_is_open_to(drp, &viewer).unwrap_or(false),
            Err(_) => false,
        };
        let all = found.len();
        found.retain(|draft| FormFor::of_draft(&draft.key).is_none_or(seen));
        let withheld = all - found.len();
        self.take(Msg::DraftsFound { found, withheld });
        Ok(())
    }
}
