//! Alerts: opened in the same transaction as the grade or at any time for a concern, addressed to roles that were looked up at
//! that moment, and followed until somebody has looked and said what they found.
//!
//! Four facts are kept apart, each with its time and person: told, acknowledged, reviewed, closed. Where an alert stands is
//! never stored: it is derived from these facts and the moment it is looked at. This module must not know how people are told,
//! nor what a screen shows.

mod addressee;
mod assurance;
mod clock;
mod close;
mod dispute;
mod due;
mod event;
mod followed;
mod gap;
mod hearer;
mod next;
mod open;
mod rule_of;
mod tell;

pub use addressee::*;
pub use assurance::*;
pub use close::*;
pub use dispute::*;
pub use event::*;
pub use followed::*;
pub use gap::*;
pub use hearer::*;
pub use next::*;
pub use open::*;
pub use tell::*;

use super::id::{AlertId, PersonId, ReviewId};
use super::strip::ClockOf;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// An alert, as stored: what it was opened with, and every fact that came to it since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// Row number.
    pub id: AlertId,
    /// What people say (`AL-0012`).
    pub reference: String,
    /// The review it is about.
    pub review: ReviewId,
    /// What opened it; one open alert for each review and trigger.
    pub trigger: AlertTrigger,
    /// When.
    pub opened_at: DateTime<Utc>,
    /// The record is to be reviewed by then (M11), where the framework sets a time.
    pub review_due_at: Option<DateTime<Utc>>,
    /// The rule in force when it was opened, in words (`24 hours`).
    pub review_within: String,
    /// Who is to be told, as resolved at that moment. It only grows, at its end: a place in it names one person's part for good, but for
    /// whoever was to follow somebody and was taken back before they heard.
    pub addressees: Vec<AlertAddressee>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// How many alerts of the same trigger were closed on this review before.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub earlier: u32,
    /// Framework and version that it was opened under (`merton 3`).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub under: String,
    /// What an immediate concern is (F10), or why it was raised by hand: the headings of the form with what was written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub concern: Vec<Written>,
    /// Who raised it: they keep sight of it even where they score the case blind. None: a grade opened it, or it was opened before this was
    /// written down; then the journal knows under whose login.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raised_by: Option<PersonId>,
    /// The place of whoever reviews the record and gives assurance (M11, S11); none: the framework names nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assured_by: Option<usize>,
    /// Who hears next, one after the other, if nobody acknowledges.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<StepUp>,
    /// What was found when the record was reviewed (M11, S11).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assurance: Option<Assurance>,
    /// The dispute about the level of concern, if there was one (M13, S12).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dispute: Option<Dispute>,
    /// What was recorded after it: sign-off and supervision (F10), the reflective discussion (C04).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<Kept>,
    /// Clocks that ran out, as somebody noticed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overdue: Vec<Overdue>,
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// What opens an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlertTrigger {
    /// The reviewer's grade (M10, S10).
    Reviewer,
    /// The panel's grade (M10, S10).
    Moderator,
    /// An immediate concern, at any time (F10).
    Concern,
    /// Somebody who says why.
    Hand,
}

impl AlertTrigger {
    /// Words for the screen.
    pub fn label(self) -> &'static str {
        match self {
            AlertTrigger::Reviewer => "graded by the reviewer",
            AlertTrigger::Moderator => "graded by the panel",
            AlertTrigger::Concern => "immediate concern",
            AlertTrigger::Hand => "raised by hand",
        }
    }

    /// Whether a grade opened it.
    pub fn is_grade(self) -> bool {
        matches!(self, AlertTrigger::Reviewer | AlertTrigger::Moderator)
    }

    /// What an alert of this kind is called in a sentence, before "alert".
    pub fn noun(self) -> &'static str {
        match self {
            AlertTrigger::Reviewer | AlertTrigger::Moderator => "Inadequate alert",
            AlertTrigger::Concern => "Immediate concern",
            AlertTrigger::Hand => "Alert",
        }
    }
}

/// What was written under one heading of a form of the framework.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Key of the heading.
    pub key: String,
    /// What was written.
    pub text: String,
}

/// One step up the line of management, taken if nobody acknowledges.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepUp {
    /// Role key that hears then.
    pub role: String,
    /// Whose.
    pub side: super::framework::Side,
    /// From this instant on.
    pub due_at: DateTime<Utc>,
    /// When it was taken, or found to be needless because that person is on the list already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_at: Option<DateTime<Utc>>,
}

/// A clock that ran out, as a fact: who noticed stands in the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overdue {
    /// Which.
    pub clock: ClockOf,
    /// When it ran out.
    pub due_at: DateTime<Utc>,
    /// When somebody noticed.
    pub noticed_at: DateTime<Utc>,
}

/// Who asks for something on an alert, as far as its rules go.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Doer {
    /// Row of the person, when the list of people knows the login.
    pub person: Option<PersonId>,
    /// Keys of their role and of the roles of those for whom they act today.
    pub roles: Vec<String>,
    /// Belongs to the Insights team, which follows the alerts.
    pub leads: bool,
    /// For whom they act today besides themselves, because those are away.
    pub acts_for: Vec<PersonId>,
}

impl Doer {
    /// Whether they are this person, or act for them today.
    pub fn stands_for(&self, person: PersonId) -> bool {
        self.person == Some(person) || self.acts_for.contains(&person)
    }

    /// Whether they hold this role, or act for somebody who does.
    pub fn has_role(&self, role: &str) -> bool {
        self.roles.iter().any(|held| held.eq_ignore_ascii_case(role))
    }
}

impl Alert {
    /// Puts other words in the place of what was found since it was raised, for whoever raised it and scores the case blind. What they
    /// wrote, who was told, and when it runs out stay.
    pub fn keep_findings_back(&mut self, instead: &str) {
        for answer in self.assurance.iter_mut().flat_map(|assurance| &mut assurance.answers) {
            answer.text = instead.to_string();
        }
        if let Some(dispute) = &mut self.dispute {
            dispute.because = instead.to_string();
            dispute.decision = None;
        }
        for kept in &mut self.kept {
            kept.note = instead.to_string();
        }
    }

    /// Whether something is left to do.
    pub fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }

    /// The addressee at a place.
    pub fn at(&self, place: usize) -> Option<&AlertAddressee> {
        self.addressees.get(place)
    }

    /// Those who are to hear of it: neither a gap, nor whoever has left and is followed by somebody.
    pub fn heard_by(&self) -> impl Iterator<Item = &AlertAddressee> {
        self.addressees.iter().filter(|one| one.person.is_some() && one.followed.is_none())
    }

    /// Since when this addressee is on the list.
    pub fn since(&self, addressee: &AlertAddressee) -> DateTime<Utc> {
        addressee.since.unwrap_or(self.opened_at)
    }

    /// The place of a person's own part, if they have one.
    pub fn place_of(&self, person: PersonId) -> Option<usize> {
        self.addressees.iter().position(|one| one.person == Some(person) && one.followed.is_none())
    }

    /// When the record was reviewed and every question that must be answered was: none while anything is missing.
    pub fn assured_at(&self) -> Option<DateTime<Utc>> {
        self.assurance.as_ref().and_then(|assurance| assurance.complete_at)
    }

    /// Acknowledgements that hold at this moment: those that have not lapsed, and all of them once the record was reviewed.
    pub fn holding(&self, now: DateTime<Utc>) -> usize {
        self.addressees
            .iter()
            .filter(|addressee| addressee.holds(now) || (addressee.acknowledged.is_some() && self.assured_at().is_some()))
            .count()
    }

    /// Whether the record was reviewed in time (M11). One that runs still says nothing yet; one that closed without a review was not
    /// reviewed in time; none where the framework sets no time.
    pub fn reviewed_in_time(&self, now: DateTime<Utc>) -> Option<bool> {
        let due = self.review_due_at?;
        match self.assured_at() {
            Some(at) => Some(at <= due),
            None if due <= now || !self.is_open() => Some(false),
            None => None,
        }
    }

    /// Whether somebody acknowledged, nothing followed, and no acknowledgement holds any more. Derived, never stored.
    pub fn lapsed(&self, now: DateTime<Utc>) -> bool {
        let acknowledged = self.addressees.iter().any(|addressee| addressee.acknowledged.is_some());
        self.is_open() && self.assured_at().is_none() && acknowledged && self.holding(now) == 0
    }
}
