//! Reviewed: assurance on the safety of those concerned and the quality of the work, recorded by the person whom the framework
//! names in the child's own line, or by whoever acts for them. M11, M18, S09, S11.

use super::{Alert, AlertEvent, AlertFact, Doer, Written};
use crate::domain::error::RuleError;
use crate::domain::framework::{AssuranceQuestion, EscalationRule, Side};
use crate::domain::id::PersonId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What was found when the record was reviewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assurance {
    /// The answers, by key of the question.
    pub answers: Vec<Written>,
    /// When the last of them was written.
    pub at: DateTime<Utc>,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
    /// When everything that must be answered was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complete_at: Option<DateTime<Utc>>,
}

impl Assurance {
    /// The answer to a question.
    pub fn answer(&self, key: &str) -> Option<&str> {
        self.answers.iter().find(|answer| answer.key == key).map(|answer| answer.text.as_str()).filter(|text| !text.is_empty())
    }
}

impl Alert {
    /// Questions that must be answered and are not.
    pub fn unanswered<'a>(&self, rule: &'a EscalationRule) -> Vec<&'a AssuranceQuestion> {
        let answered = |key: &str| self.assurance.as_ref().is_some_and(|assurance| assurance.answer(key).is_some());
        rule.assurance.iter().filter(|question| question.required && !answered(&question.key)).collect()
    }

    /// Places of those who may give assurance: whom the framework names, else everybody of the child's own line.
    pub fn assurers(&self) -> Vec<usize> {
        match self.assured_by {
            Some(place) => vec![place],
            None => self
                .addressees
                .iter()
                .enumerate()
                .filter(|(_, one)| one.side == Side::Child && one.followed.is_none())
                .map(|(place, _)| place)
                .collect(),
        }
    }

    /// Whether somebody may give assurance: one of those, who acts for one of those, or in whose place one of those hears.
    pub fn may_assure(&self, doer: &Doer) -> bool {
        let theirs = |place: usize| {
            self.at(place).is_some_and(|addressee| {
                let held = addressee.instead_of.filter(|_| !addressee.recused);
                addressee.person.into_iter().chain(held).any(|person| doer.stands_for(person))
            })
        };
        self.assurers().into_iter().any(theirs)
    }
}

/// Records assurance. Refused under the framework's rule where it comes from somebody else than whom it names; where nothing
/// is answered; and on a closed alert. Answers may come in parts: the safety question keeps the alert open until it is answered.
pub fn assure(
    now: DateTime<Utc>,
    alert: &Alert,
    answers: Vec<Written>,
    doer: &Doer,
    rule: &EscalationRule,
    named: &dyn Fn(PersonId) -> String,
) -> Result<AlertEvent, RuleError> {
    if !alert.is_open() {
        return Err(RuleError::new(format!("{} is closed.", alert.reference), "Raise a new alert where something has changed."));
    }
    if !alert.may_assure(doer) {
        let who: Vec<String> = alert
            .assurers()
            .into_iter()
            .filter_map(|place| alert.at(place))
            .map(|one| {
                one.person
                    .map_or_else(|| format!("the {}, a role nobody holds", one.role), |person| format!("{} ({})", named(person), one.role))
            })
            .collect();
        let who = who.join(" or ");
        return Err(RuleError::under(
            "M11",
            format!("Assurance on {} is given by {who}, who reviews the record.", alert.reference),
            format!("Ask {who}, or whoever acts for them while they are away."),
        ));
    }
    if let Some(unknown) = answers.iter().find(|answer| !rule.assurance.iter().any(|question| question.key == answer.key)) {
        return Err(RuleError::new(
            format!("The assurance has no question \u{201c}{}\u{201d}.", unknown.key),
            "Answer what the form asks.",
        ));
    }
    if answers.iter().all(|answer| answer.text.is_empty()) {
        return Err(RuleError::under("M11", "Nothing is answered.", "Write down what was found and what was put in place."));
    }
    let mut after = alert.clone();
    after.after(&alert.event(now, doer.person, AlertFact::Assured { answers: answers.clone(), complete: false }));
    let complete = after.unanswered(rule).is_empty();
    Ok(alert.event(now, doer.person, AlertFact::Assured { answers, complete }))
}
