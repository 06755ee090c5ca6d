//! The facts that come to an alert after its opening, and how it reads with them: the fold that the store's projection calls.

use super::{
    Acknowledged, Alert, AlertAddressee, Assurance, Decision, Dispute, Explained, Followed, HowTold, Kept, KeptKind, Overdue, Telling,
    Written,
};
use crate::domain::id::{AlertId, PersonId, ReviewId};
use crate::domain::strip::ClockOf;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// One fact about an alert, with its time and person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertEvent {
    /// Which alert.
    pub alert: AlertId,
    /// Its review.
    pub review: ReviewId,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// Who did it; none: somebody whom the list of people does not know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
    /// What.
    pub what: AlertFact,
}

/// What may happen to an alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlertFact {
    /// An addressee acknowledged.
    Acknowledged {
        /// Their place.
        place: usize,
        /// It lapses then if nothing follows.
        holds_until: Option<DateTime<Utc>>,
        /// When they had acknowledged for the first time, where that lapsed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        first_at: Option<DateTime<Utc>>,
    },
    /// Whoever acknowledged took that back: it was a slip, or was meant for another alert.
    AcknowledgementTakenBack {
        /// Their place.
        place: usize,
        /// An earlier one of theirs, which had lapsed, stands again.
        before: Option<Acknowledged>,
    },
    /// Whoever wrote down that people were told took that back.
    TellingTakenBack {
        /// How they were said to be told.
        how: HowTold,
        /// When.
        at: DateTime<Utc>,
        /// Each place, and by when they are to acknowledge now: none where no other telling is left.
        places: Vec<(usize, Option<DateTime<Utc>>)>,
    },
    /// Somebody was named where nobody held the role.
    GapFilled {
        /// Which place.
        place: usize,
        /// Who.
        person: PersonId,
        /// To be told by then.
        tell_by: Option<DateTime<Utc>>,
    },
    /// It was said why nobody holds the role.
    GapExplained {
        /// Which place.
        place: usize,
        /// Why.
        because: String,
    },
    /// Somebody hears in the place of an addressee who has left.
    Followed {
        /// The place of whoever has left.
        place: usize,
        /// Who hears; their place is the next one.
        addressee: AlertAddressee,
        /// Why they do.
        because: String,
    },
    /// That was taken back before they heard.
    FollowingTakenBack {
        /// The place of whoever has left.
        place: usize,
    },
    /// Somebody more hears of it.
    AddresseeAdded {
        /// Who, as resolved at that moment; the place is the next one.
        addressee: AlertAddressee,
        /// The step up the line that brought them (place in the alert's steps).
        step: Option<usize>,
    },
    /// A step up the line was due and brought nobody new: they are on the list already.
    StepNeedless {
        /// Which (place in the alert's steps).
        step: usize,
    },
    /// The record was reviewed: what was found.
    Assured {
        /// The answers, by key; those given before stay where none is given anew.
        answers: Vec<Written>,
        /// Every question that must be answered is, with this.
        complete: bool,
    },
    /// The level of concern is disputed (M13, S12).
    Disputed {
        /// Why.
        because: String,
        /// Who decides, as resolved at that moment; none: nobody holds the role.
        decider: Option<PersonId>,
        /// To be decided by then.
        due_at: Option<DateTime<Utc>>,
    },
    /// The dispute was decided, finally.
    DisputeDecided {
        /// The level of concern stands; otherwise it is lower.
        stands: bool,
        /// Why.
        because: String,
    },
    /// Something the framework asks for afterwards was recorded (F10, C04).
    Kept {
        /// What.
        kind: KeptKind,
        /// The day it happened.
        on: NaiveDate,
        /// In words.
        note: String,
        /// In which role.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        role: String,
    },
    /// A clock ran out.
    Overdue {
        /// Which.
        clock: ClockOf,
        /// When it ran out.
        due_at: DateTime<Utc>,
    },
}

impl AlertFact {
    /// The kind, as the journal stores it.
    pub fn kind(&self) -> &'static str {
        match self {
            AlertFact::Acknowledged { .. } => "alert-acknowledged",
            AlertFact::AcknowledgementTakenBack { .. } => "alert-acknowledgement-taken-back",
            AlertFact::TellingTakenBack { .. } => "alert-telling-taken-back",
            AlertFact::GapFilled { .. } => "alert-gap-filled",
            AlertFact::GapExplained { .. } => "alert-gap-explained",
            AlertFact::Followed { .. } => "alert-addressee-followed",
            AlertFact::FollowingTakenBack { .. } => "alert-following-taken-back",
            AlertFact::AddresseeAdded { .. } => "alert-addressee-added",
            AlertFact::StepNeedless { .. } => "alert-step-needless",
            AlertFact::Assured { .. } => "alert-assured",
            AlertFact::Disputed { .. } => "alert-disputed",
            AlertFact::DisputeDecided { .. } => "alert-dispute-decided",
            AlertFact::Kept { .. } => "alert-kept",
            AlertFact::Overdue { .. } => "alert-overdue",
        }
    }

    /// How it reads in a history: what happened, without names or findings.
    pub fn sentence(&self) -> String {
        match self {
            AlertFact::Acknowledged { .. } => "Alert acknowledged".to_string(),
            AlertFact::AcknowledgementTakenBack { .. } => "Acknowledgement taken back".to_string(),
            AlertFact::TellingTakenBack { how, places, .. } => {
                let people = crate::domain::count::counted(places.len(), "person was", "people were");
                format!("Taken back that {people} told {}", how.label())
            }
            AlertFact::GapFilled { .. } => "Somebody named where nobody held the role".to_string(),
            AlertFact::GapExplained { because, .. } => format!("Said why nobody holds the role: {because}"),
            AlertFact::Followed { addressee, because, .. } => {
                format!("The {} has left, somebody else hears of it: {because}", addressee.role)
            }
            AlertFact::FollowingTakenBack { .. } => "Taken back who hears in the place of somebody who has left".to_string(),
            AlertFact::AddresseeAdded { addressee, step: Some(_) } => {
                format!("Nobody had acknowledged: the {} hears of it too", addressee.role)
            }
            AlertFact::AddresseeAdded { addressee, step: None } => format!("The {} hears of it too", addressee.role),
            AlertFact::StepNeedless { .. } => "Nobody had acknowledged; the next above had been told already".to_string(),
            AlertFact::Assured { complete: true, .. } => "Record reviewed, assurance recorded".to_string(),
            AlertFact::Assured { complete: false, .. } => "Assurance begun, not complete".to_string(),
            AlertFact::Disputed { because, .. } => format!("Level of concern disputed: {because}"),
            AlertFact::DisputeDecided { stands: true, because } => format!("Dispute decided, the concern stands: {because}"),
            AlertFact::DisputeDecided { stands: false, because } => format!("Dispute decided, the concern is lower: {because}"),
            AlertFact::Kept { kind, on, role, .. } if role.is_empty() => format!("{}, {}", kind.label(), on.format("%-d %b")),
            AlertFact::Kept { kind, on, role, .. } => format!("{} by the {role}, {}", kind.label(), on.format("%-d %b")),
            AlertFact::Overdue { clock: ClockOf::FollowUp(_), .. } => "Acknowledgement lapsed: nothing followed it".to_string(),
            AlertFact::Overdue { clock, .. } => format!("Overdue: {}", clock.what()),
        }
    }
}

impl Alert {
    /// Writes a telling down.
    pub fn told(&mut self, places: &[usize], telling: Option<Telling>, at: DateTime<Utc>, acknowledge_by: Option<DateTime<Utc>>) {
        for place in places {
            let Some(addressee) = self.addressees.get_mut(*place) else { continue };
            if addressee.told_at.is_none() {
                addressee.told_at = Some(at);
                addressee.acknowledge_by = acknowledge_by;
            }
            addressee.tellings.extend(telling);
        }
    }

    /// The alert with one more fact.
    pub fn after(&mut self, event: &AlertEvent) {
        let (at, by) = (event.at, event.by);
        match &event.what {
            AlertFact::Acknowledged { place, holds_until, first_at } => {
                if let Some(addressee) = self.addressees.get_mut(*place) {
                    addressee.acknowledged = Some(Acknowledged { at, holds_until: *holds_until, first_at: *first_at });
                }
            }
            AlertFact::AcknowledgementTakenBack { place, before } => {
                if let Some(addressee) = self.addressees.get_mut(*place) {
                    addressee.acknowledged = *before;
                }
            }
            AlertFact::TellingTakenBack { how, at, places } => {
                for (place, acknowledge_by) in places {
                    let Some(addressee) = self.addressees.get_mut(*place) else { continue };
                    let told = |telling: &Telling| telling.how == *how && telling.at == *at;
                    if let Some(which) = addressee.tellings.iter().rposition(told) {
                        addressee.tellings.remove(which);
                    }
                    addressee.told_at = addressee.tellings.first().map(|telling| telling.at);
                    addressee.acknowledge_by = *acknowledge_by;
                }
            }
            AlertFact::GapFilled { place, person, tell_by } => {
                if let Some(addressee) = self.addressees.get_mut(*place) {
                    addressee.person = Some(*person);
                    (addressee.since, addressee.tell_by, addressee.explained) = (Some(at), *tell_by, None);
                }
            }
            AlertFact::GapExplained { place, because } => {
                if let Some(addressee) = self.addressees.get_mut(*place) {
                    addressee.explained = Some(Explained { because: because.clone(), at, by });
                }
            }
            AlertFact::Followed { place, addressee, .. } => {
                let by = self.addressees.len();
                self.addressees.push(addressee.clone());
                if let Some(left) = self.addressees.get_mut(*place) {
                    left.followed = Some(Followed { by, at });
                }
                // Whoever follows the one who was to review the record does so.
                self.assured_by = self.assured_by.map(|assures| if assures == *place { by } else { assures });
            }
            AlertFact::FollowingTakenBack { place } => {
                let by = self.addressees.get_mut(*place).and_then(|left| left.followed.take()).map(|followed| followed.by);
                self.assured_by = self.assured_by.map(|assures| if Some(assures) == by { *place } else { assures });
                self.addressees.truncate(by.unwrap_or(self.addressees.len()));
            }
            AlertFact::AddresseeAdded { addressee, step } => {
                self.addressees.push(addressee.clone());
                self.step_taken(*step, at);
            }
            AlertFact::StepNeedless { step } => self.step_taken(Some(*step), at),
            AlertFact::Assured { answers, complete } => {
                let assurance = self.assurance.get_or_insert_with(|| Assurance { answers: Vec::new(), at, by, complete_at: None });
                (assurance.at, assurance.by) = (at, by);
                for answer in answers {
                    put(&mut assurance.answers, answer);
                }
                if *complete {
                    assurance.complete_at.get_or_insert(at);
                }
            }
            AlertFact::Disputed { because, decider, due_at } => {
                self.dispute = Some(Dispute { because: because.clone(), at, by, decider: *decider, due_at: *due_at, decision: None });
            }
            AlertFact::DisputeDecided { stands, because } => {
                if let Some(dispute) = &mut self.dispute {
                    dispute.decision = Some(Decision { stands: *stands, because: because.clone(), at, by });
                }
            }
            AlertFact::Kept { kind, on, note, role } => {
                let (note, role) = (note.clone(), role.clone());
                self.kept.push(Kept { kind: *kind, on: *on, note, role, at, by });
            }
            AlertFact::Overdue { clock, due_at } => self.overdue.push(Overdue { clock: *clock, due_at: *due_at, noticed_at: at }),
        }
    }

    fn step_taken(&mut self, step: Option<usize>, at: DateTime<Utc>) {
        if let Some(step) = step.and_then(|step| self.steps.get_mut(step)) {
            step.taken_at.get_or_insert(at);
        }
    }

    /// A fact about this alert, to be written.
    pub fn event(&self, at: DateTime<Utc>, by: Option<PersonId>, what: AlertFact) -> AlertEvent {
        AlertEvent { alert: self.id, review: self.review, at, by, what }
    }
}

/// Puts an answer in its place: over the earlier one of the same heading, else at the end.
fn put(answers: &mut Vec<Written>, answer: &Written) {
    match answers.iter_mut().find(|given| given.key == answer.key) {
        Some(given) => given.text.clone_from(&answer.text),
        None => answers.push(answer.clone()),
    }
}
