//! Which rule of the frameworks stands behind each fact of an alert, for its proof.

use super::{AlertFact, AlertTrigger};
use crate::domain::strip::ClockOf;

impl AlertTrigger {
    /// The rule by which it opens.
    pub fn rule(self) -> &'static str {
        match self {
            AlertTrigger::Reviewer | AlertTrigger::Moderator => "M10, S10: opened in the same moment as the grade",
            AlertTrigger::Concern => "F10: an immediate concern, at any time",
            AlertTrigger::Hand => "raised by hand, with the reason",
        }
    }
}

impl AlertFact {
    /// The rule in force, in words: its number, and what it asks for.
    pub fn rule(&self) -> String {
        match self {
            AlertFact::Acknowledged { .. } => "each acknowledges for themselves".to_string(),
            AlertFact::AcknowledgementTakenBack { .. } | AlertFact::TellingTakenBack { .. } => "taken back by whoever wrote it".to_string(),
            AlertFact::GapFilled { .. } | AlertFact::GapExplained { .. } => "M10: a role nobody holds is filled or explained".to_string(),
            AlertFact::AddresseeAdded { .. } | AlertFact::StepNeedless { .. } => "up the line if nobody acknowledges".to_string(),
            AlertFact::Assured { .. } => "M11, M18, S11: the record reviewed, assurance given".to_string(),
            AlertFact::Disputed { .. } | AlertFact::DisputeDecided { .. } => "M13, S12: decided once, finally".to_string(),
            AlertFact::Kept { kind, .. } => kind.rule().to_string(),
            AlertFact::Overdue { clock: ClockOf::Review, .. } => "M11: within the time for the review".to_string(),
            AlertFact::Overdue { clock: ClockOf::Dispute, .. } => "M13, S12: within the time for the dispute".to_string(),
            AlertFact::Overdue { clock: ClockOf::Urgent(_), .. } => "M12: urgent actions in time".to_string(),
            AlertFact::Overdue { .. } => "M10: told and acknowledged in time".to_string(),
        }
    }
}
