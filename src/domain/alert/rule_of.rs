//! Which rule of its framework stands behind each fact of an alert, for its proof: the framework's own number, where it has one,
//! and what is asked for in words.

use super::{AlertFact, AlertTrigger};
use crate::domain::framework::CitedRules;
use crate::domain::strip::ClockOf;

/// What is asked for, with the numbers of the rules that ask for it.
fn cite(rules: &[String], words: &str) -> String {
    if rules.is_empty() { words.to_string() } else { format!("{}: {words}", rules.join(", ")) }
}

impl AlertTrigger {
    /// The rule by which it opens.
    pub fn rule(self, rules: &CitedRules) -> String {
        match self {
            AlertTrigger::Reviewer | AlertTrigger::Moderator => cite(&rules.opened, "opened in the same moment as the grade"),
            AlertTrigger::Concern => cite(&rules.concern, "an immediate concern, at any time"),
            AlertTrigger::Hand => "raised by hand, with the reason".to_string(),
        }
    }
}

impl CitedRules {
    /// That somebody was told.
    pub fn of_telling(&self) -> String {
        cite(&self.told, "told at once")
    }

    /// That it was closed.
    pub fn of_closing(&self) -> String {
        cite(&self.reviewed, "closed when nothing is left open")
    }
}

impl AlertFact {
    /// The rule in force, in words: its number in the framework, and what it asks for.
    pub fn rule(&self, rules: &CitedRules) -> String {
        match self {
            AlertFact::Acknowledged { .. } => "each acknowledges for themselves".to_string(),
            AlertFact::AcknowledgementTakenBack { .. } | AlertFact::TellingTakenBack { .. } => "taken back by whoever wrote it".to_string(),
            AlertFact::Followed { .. } => cite(&rules.told, "who has left is followed by somebody who is here"),
            AlertFact::FollowingTakenBack { .. } => "taken back by whoever wrote it".to_string(),
            AlertFact::GapFilled { .. } | AlertFact::GapExplained { .. } => cite(&rules.told, "a role nobody holds is filled or explained"),
            AlertFact::AddresseeAdded { .. } | AlertFact::StepNeedless { .. } => "up the line if nobody acknowledges".to_string(),
            AlertFact::Assured { .. } => cite(&rules.reviewed, "the record reviewed, assurance given"),
            AlertFact::Disputed { .. } | AlertFact::DisputeDecided { .. } => cite(&rules.disputed, "decided once, finally"),
            AlertFact::Kept { .. } => cite(&rules.followed, "recorded afterwards"),
            AlertFact::Overdue { clock: ClockOf::Review, .. } => cite(&rules.reviewed, "within the time for the review"),
            AlertFact::Overdue { clock: ClockOf::Dispute, .. } => cite(&rules.disputed, "within the time for the dispute"),
            AlertFact::Overdue { clock: ClockOf::Urgent(_), .. } => cite(&rules.urgent, "urgent actions in time"),
            AlertFact::Overdue { .. } => cite(&rules.told, "told and acknowledged in time"),
        }
    }
}
