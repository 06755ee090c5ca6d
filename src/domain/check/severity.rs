//! How much a kind of finding presses, and how many days it may pass by: sensible defaults, which a profile changes.

use super::FindingKind;
use FindingKind as K;
use serde::{Deserialize, Serialize};

/// How much a finding presses; what presses most comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// A child may not be safe, or nobody knows: today.
    Urgent,
    /// Work has come to a halt, or cannot be trusted: this week.
    Important,
    /// A record to tidy up.
    Minor,
}

impl Severity {
    /// Every one, what presses most first.
    pub const ALL: [Severity; 3] = [Severity::Urgent, Severity::Important, Severity::Minor];

    /// The word on screens, in files and options.
    pub fn key(self) -> &'static str {
        match self {
            Severity::Urgent => "urgent",
            Severity::Important => "important",
            Severity::Minor => "minor",
        }
    }

    /// The severity of this word.
    pub fn of_key(key: &str) -> Option<Severity> {
        Severity::ALL.into_iter().find(|severity| severity.key() == key)
    }
}

/// What a profile says of one kind of finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckRule {
    /// Which kind.
    pub kind: FindingKind,
    /// After how many days it is amiss; none: the usual number.
    pub days: Option<u32>,
    /// How much it presses; none: as usual.
    pub severity: Option<Severity>,
}

impl FindingKind {
    /// How much it presses, where a profile says nothing else.
    pub fn usual_severity(self) -> Severity {
        match self {
            K::InadequateWithoutAlert | K::AlertGap | K::AlertNotReviewed | K::UrgentActionLate | K::InadequateWithoutAction => {
                Severity::Urgent
            }
            K::OwnerLeft
            | K::OwnerAway
            | K::DoneWithoutEvidence
            | K::SignedOffByOwner
            | K::RevisitOverdue
            | K::LoopOpenLong
            | K::SupervisionOverdue
            | K::ReturnedWithoutFamily
            | K::Halted
            | K::NotAllocated
            | K::ReviewerLeft
            | K::NoPractitioner
            | K::PanelWaitsLong => Severity::Important,
            K::DueBeforeRaised | K::NoLineManager | K::CaseTypeUnknown | K::TeamUnknown | K::SittingNotClosed | K::OldExtract => {
                Severity::Minor
            }
        }
    }

    /// After how many days it is amiss, where a profile says nothing else; none: it is amiss at once.
    pub fn usual_days(self) -> Option<u32> {
        Some(match self {
            // Two weeks without a step.
            K::Halted => 14,
            K::NotAllocated => 10,
            // Three months.
            K::LoopOpenLong => 91,
            // A monthly sitting was missed, an extract is older than a month.
            K::PanelWaitsLong | K::OldExtract => 35,
            // A day on which somebody should look again may pass by so many days.
            K::RevisitOverdue | K::SupervisionOverdue => 14,
            _ => return None,
        })
    }

    /// What is amiss, where it is amiss after another number of days than usual.
    pub(super) fn label_after(self, days: u32) -> String {
        let what = match self {
            K::Halted => "No step",
            K::NotAllocated => "Drawn, and nobody reviews it",
            K::LoopOpenLong => "A loop open",
            K::PanelWaitsLong => "Waiting for a panel",
            K::RevisitOverdue => "Nobody looked again whether it helped",
            K::SupervisionOverdue => "Supervision of a tracked case overdue",
            K::OldExtract => "No newer extract",
            other => return other.label().to_string(),
        };
        format!("{what} for more than {days} days")
    }
}
