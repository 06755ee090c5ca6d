//! What becomes of the alerts of a made-up council: acknowledged, reviewed, closed.

use super::phrases as bank;
use super::town::Town;
use crate::domain::alert::{KeptKind, Written};
use crate::domain::calendar::local_date;
use crate::domain::deed::{AlertDeed, Deed};
use crate::domain::id::{AlertId, PersonId};
use crate::store::{StoreResult, Tx};
use chrono::{DateTime, Utc};

impl Town {
    /// Whoever reviews the record acknowledges, says what they found, and the alert is closed.
    pub(super) fn assure(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, alert: AlertId) -> StoreResult<()> {
        let Some(stored) = tx.reading().alert(alert)? else { return Ok(()) };
        let mut deeds = Vec::new();
        for (place, _) in stored.addressees.iter().enumerate().filter(|(_, addressee)| addressee.is_gap()) {
            let because = self.dice.word(&bank::VACANT).to_string();
            deeds.push((self.coordinator, AlertDeed::ExplainGap { alert, place, because }));
        }
        let assurer = stored.assurers().into_iter().find_map(|place| stored.at(place)?.person);
        let Some(assurer) = assurer.filter(|person| self.actors.contains_key(person)) else { return Ok(()) };
        deeds.push((assurer, AlertDeed::Acknowledge { alert, place: None }));
        let questions = self.framework.escalation.assurance.clone();
        let answers = questions.into_iter().filter(|question| question.required);
        let answers = answers.map(|question| Written { key: question.key, text: self.dice.word(&bank::ASSURANCE).to_string() }).collect();
        deeds.push((assurer, AlertDeed::Assure { alert, answers, urgent: Vec::new() }));
        for kind in KeptKind::ALL.into_iter().filter(|kind| kind.is_asked(&stored, &self.framework.escalation)) {
            let role = self.framework.escalation.signed_off_by.clone().filter(|_| kind == KeptKind::SignOff);
            let who = role.and_then(|role| self.holds(&role)).unwrap_or(self.coordinator);
            let note = self.dice.word(&bank::DISCUSSED).to_string();
            deeds.push((who, AlertDeed::Keep { alert, kind, on: local_date(now), note }));
        }
        deeds.push((self.coordinator, AlertDeed::Close { alert, words: String::new() }));
        for (who, deed) in deeds {
            self.perform(tx, who, now, Deed::Alert(deed))?;
        }
        Ok(())
    }

    /// Somebody with this role who uses the program.
    fn holds(&self, role: &str) -> Option<PersonId> {
        let mut holders = self.people.values().filter(|person| person.role.eq_ignore_ascii_case(role));
        holders.find(|person| self.actors.contains_key(&person.id)).map(|person| person.id)
    }
}
