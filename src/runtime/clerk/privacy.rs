//! Deeds about looking, keeping and erasing at the doorway.

use super::{Asked, Desk};
use crate::domain::change::{Change, PrivacyChange};
use crate::domain::deed::PrivacyDeed;

impl Desk<'_, '_> {
    pub(super) fn about_privacy(&mut self, deed: PrivacyDeed) -> Asked {
        match deed {
            PrivacyDeed::NoteLooks { rows, hash } => {
                // Two who note it together write it once.
                if self.reading().looks_noted()?.is_some_and(|(known, ..)| known >= rows) {
                    return Ok((Vec::new(), String::new()));
                }
                let change = PrivacyChange::LooksNoted { rows, hash };
                let said = change.sentence();
                Ok((vec![Change::Privacy(change)], said))
            }
        }
    }
}
