//! Each kind of finding in words: its key, what it means, the rules behind it, and what to do.

use super::{Finding, FindingKind};
use FindingKind as K;
use chrono::NaiveDate;

impl FindingKind {
    /// Every kind, what presses most first.
    pub const ALL: [FindingKind; 24] = [
        K::InadequateWithoutAlert,
        K::AlertGap,
        K::AlertNotReviewed,
        K::UrgentActionLate,
        K::InadequateWithoutAction,
        K::OwnerLeft,
        K::OwnerAway,
        K::DueBeforeRaised,
        K::DoneWithoutEvidence,
        K::SignedOffByOwner,
        K::RevisitOverdue,
        K::LoopOpenLong,
        K::SupervisionOverdue,
        K::ReturnedWithoutFamily,
        K::Halted,
        K::NotAllocated,
        K::ReviewerLeft,
        K::NoPractitioner,
        K::NoLineManager,
        K::CaseTypeUnknown,
        K::TeamUnknown,
        K::PanelWaitsLong,
        K::SittingNotClosed,
        K::OldExtract,
    ];

    /// The word in files and options.
    pub fn key(self) -> &'static str {
        self.words().0
    }

    /// The kind of this word.
    pub fn of_key(key: &str) -> Option<FindingKind> {
        K::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// What is amiss, to stand over the findings of a kind.
    pub fn label(self) -> &'static str {
        self.words().1
    }

    /// What to do about it.
    pub fn remedy(self) -> &'static str {
        self.words().2
    }

    /// The rules behind it (`frameworks.md` ids), for those who trace it; may be empty.
    pub fn rules(self) -> &'static [&'static str] {
        match self {
            K::InadequateWithoutAlert | K::AlertGap => &["M10", "S10"],
            K::AlertNotReviewed => &["M11", "S11"],
            K::UrgentActionLate => &["M12"],
            K::InadequateWithoutAction => &["M17"],
            K::OwnerLeft | K::OwnerAway | K::DueBeforeRaised => &["F11", "M23"],
            K::DoneWithoutEvidence => &["M17"],
            K::SignedOffByOwner => &["F11", "S13"],
            K::RevisitOverdue => &["F14"],
            K::LoopOpenLong => &["M17", "F12", "S13"],
            K::SupervisionOverdue => &["M24"],
            K::ReturnedWithoutFamily => &["M04", "F07"],
            K::Halted | K::NotAllocated | K::ReviewerLeft => &["M04"],
            K::NoPractitioner | K::NoLineManager | K::TeamUnknown => &["M10"],
            K::CaseTypeUnknown => &["M24"],
            K::PanelWaitsLong | K::SittingNotClosed => &["M05", "M06"],
            K::OldExtract => &[],
        }
    }

    /// Key, label and remedy.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            K::InadequateWithoutAlert => {
                ("inadequate-without-alert", "Inadequate, and nobody was alerted", "Raise an alert on the review now.")
            }
            K::AlertGap => ("alert-gap", "An alert that somebody cannot hear", "Say who stands in, or why nobody has to be told."),
            K::AlertNotReviewed => {
                ("alert-not-reviewed", "An alert whose record nobody reviewed in time", "Ask for the assurance; nobody has looked yet.")
            }
            K::UrgentActionLate => ("urgent-action-late", "An urgent action past its time", "Telephone its owner."),
            K::InadequateWithoutAction => (
                "inadequate-without-action",
                "Inadequate, and nothing has to happen",
                "Raise what has to happen, or say why nothing has to.",
            ),
            K::OwnerLeft => ("owner-left", "An action of somebody who has left", "Give it to somebody who is here."),
            K::OwnerAway => ("owner-away", "An action due while its owner is away", "Name who stands in, or give it to somebody else."),
            K::DueBeforeRaised => ("due-before-raised", "An action due before it was raised", "Give it a day that can be kept."),
            K::DoneWithoutEvidence => (
                "done-without-evidence",
                "Done, and nobody can see it",
                "Ask its owner where it can be seen, and open it again if nowhere.",
            ),
            K::SignedOffByOwner => (
                "signed-off-by-owner",
                "Signed off by who did it",
                "Let somebody else look whether it was done, and judge it at the revisit.",
            ),
            K::RevisitOverdue => ("revisit-overdue", "Nobody looked again whether it helped", "Look, and write down what you saw."),
            K::LoopOpenLong => ("loop-open-long", "A loop open for more than three months", "Bring the link that is missing."),
            K::SupervisionOverdue => (
                "supervision-overdue",
                "Supervision of a tracked case overdue for more than two weeks",
                "Ask the manager for the date, and write it down.",
            ),
            K::ReturnedWithoutFamily => (
                "returned-without-family",
                "Returned without the family's word",
                "Speak with them, or write down why that is not possible.",
            ),
            K::Halted => ("halted", "No step for 14 days", "Ask the reviewer what is in the way."),
            K::NotAllocated => ("not-allocated", "Drawn, and nobody reviews it", "Allocate it, or substitute the case."),
            K::ReviewerLeft => ("reviewer-left", "In the hands of a reviewer who has left", "Allocate it anew."),
            K::NoPractitioner => {
                ("no-practitioner", "Under review, and no practitioner holds it", "Import a newer extract, or ask the team.")
            }
            K::NoLineManager => (
                "no-line-manager",
                "A practitioner without a line manager",
                "Complete the list of people: an alert would find nobody above them.",
            ),
            K::CaseTypeUnknown => (
                "case-type-unknown",
                "A case of a type that the framework does not know",
                "Name the type in the profile, or put the case's type right in the extract.",
            ),
            K::TeamUnknown => (
                "team-unknown",
                "A case of no known team or service",
                "Say in the list of people to which service the team belongs: nobody above it can be told.",
            ),
            K::PanelWaitsLong => ("panel-waits-long", "Waiting for a panel for more than five weeks", "Plan a sitting that takes it."),
            K::SittingNotClosed => (
                "sitting-not-closed",
                "A sitting that was not closed",
                "Close it, so that its minutes stand; one that never sat is called off, or moved to a day to come.",
            ),
            K::OldExtract => ("old-extract", "The newest extract is more than five weeks old", "Import a newer one."),
        }
    }
}

impl Finding {
    /// The finding in a line: what it is with, and what in particular.
    pub fn sentence(&self) -> String {
        match self.said.is_empty() {
            true => format!("{}: {}", self.reference, lowered(&self.label)),
            false => format!("{}: {} ({})", self.reference, lowered(&self.label), self.said),
        }
    }
}

/// A text with the days in it as people write them: `since 2025-11-27` becomes `since 27 Nov 2025`.
pub fn days_in_words(text: &str) -> String {
    let said = |word: &str| word.parse::<NaiveDate>().map_or_else(|_| word.to_string(), |day| day.format("%-d %b %Y").to_string());
    text.split(' ').map(said).collect::<Vec<_>>().join(" ")
}

fn lowered(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}
