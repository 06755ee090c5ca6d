//! Deeds that follow a review: alerts, as far as a single review needs them.

use super::{Asked, Desk, paragraphs, refuse};
use crate::domain::change::Change;
use crate::domain::id::AlertId;

impl Desk<'_, '_> {
    pub(super) fn tell_alert(&mut self, id: AlertId, addressees: Vec<usize>) -> Asked {
        let Some(stored) = self.reading().alert(id)? else {
            return Err(refuse("There is no such alert.", "Look in the list of alerts."));
        };
        if let Some(place) = addressees.iter().find(|place| stored.addressees.get(**place).is_none_or(|who| who.person.is_none())) {
            return Err(refuse(format!("Addressee {} of {} is a gap.", place + 1, stored.reference), "Fill it first."));
        }
        let said = format!("{} told of {}", addressees.len(), stored.reference);
        Ok((vec![Change::AlertTold { alert: id, review: stored.review, addressees, at: self.now }], said))
    }

    pub(super) fn close_alert(&mut self, id: AlertId, assurance: &str) -> Asked {
        let Some(stored) = self.reading().alert(id)? else {
            return Err(refuse("There is no such alert.", "Look in the list of alerts."));
        };
        let assurance = paragraphs(assurance);
        if stored.closed_at.is_some() {
            return Err(refuse(format!("{} is closed already.", stored.reference), ""));
        }
        if assurance.is_empty() {
            return Err(refuse("An alert is closed by its assurance.", "Write down what was found and what was put in place."));
        }
        let said = format!("{} closed", stored.reference);
        Ok((vec![Change::AlertClosed { alert: id, review: stored.review, assurance, at: self.now }], said))
    }
}
