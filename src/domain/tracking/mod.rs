//! What follows a review until its loop is closed: supervision, assurance that it has improved, reflective discussions, decisions
//! of managers, and targeted support. M16-M18, M24, M25, S13, S14, F12, C04, C13.
//!
//! A loop is not closed because somebody says so: it is closed when every link that the framework names is there, and open again
//! when one goes. `links` says which are, `rules` who may write what down.

mod close;
mod links;
mod rules;

pub use close::close;
pub use links::{ActionKnown, Known, LinkOf, LinkStand, is_tracked, links, who_brings};
pub use rules::{Around, may_note};

use super::calendar::{BeyondTable, Calendar};
use super::framework::CaseType;
use super::id::{FollowUpId, PersonId, ReviewId};
use super::supervision::{next_supervision, supervision_due_since};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One thing that followed a review, as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// Row number.
    pub id: FollowUpId,
    /// The review.
    pub review: ReviewId,
    /// What it is.
    pub what: FollowUpOf,
    /// The day it took place.
    pub on: NaiveDate,
    /// Who held, gave or decided it.
    pub by: PersonId,
    /// Whom targeted support is for; else nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whom: Option<PersonId>,
    /// Targeted support is for the whole team that held the case (C13).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub team: bool,
    /// What an assurance found; none for everything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub improved: Option<Improved>,
    /// In words: what was reflected on, what shows it, what was decided and why.
    pub text: String,
}

/// What can follow a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FollowUpOf {
    /// Case supervision that reflects on the scaling and the actions (M16).
    Supervision,
    /// Assurance whether practice has improved (M17, S13).
    Assurance,
    /// A reflective discussion with the practitioner (F12, C04).
    Reflection,
    /// A decision of a supervisor or manager on the record, with its reasons (M25).
    Oversight,
    /// Targeted support begins (S14, C13).
    Support,
    /// How targeted support goes (C13).
    SupportProgress,
    /// Targeted support ends (C13).
    SupportEnded,
    /// The longer interval of supervision was agreed for this case (M24).
    LongerInterval,
}

impl FollowUpOf {
    /// Every kind, in the order of the form.
    pub const ALL: [FollowUpOf; 8] = [
        FollowUpOf::Supervision,
        FollowUpOf::Assurance,
        FollowUpOf::Reflection,
        FollowUpOf::Oversight,
        FollowUpOf::Support,
        FollowUpOf::SupportProgress,
        FollowUpOf::SupportEnded,
        FollowUpOf::LongerInterval,
    ];

    /// The word in forms and files.
    pub fn key(self) -> &'static str {
        match self {
            FollowUpOf::Supervision => "supervision",
            FollowUpOf::Assurance => "assurance",
            FollowUpOf::Reflection => "reflection",
            FollowUpOf::Oversight => "oversight",
            FollowUpOf::Support => "support",
            FollowUpOf::SupportProgress => "support-progress",
            FollowUpOf::SupportEnded => "support-ended",
            FollowUpOf::LongerInterval => "longer-interval",
        }
    }

    /// The kind of this word.
    pub fn of_key(key: &str) -> Option<FollowUpOf> {
        FollowUpOf::ALL.into_iter().find(|what| what.key() == key)
    }

    /// Words for the screen, to begin a line with.
    pub fn label(self) -> &'static str {
        match self {
            FollowUpOf::Supervision => "Supervision",
            FollowUpOf::Assurance => "Assurance",
            FollowUpOf::Reflection => "Reflective discussion",
            FollowUpOf::Oversight => "Management decision",
            FollowUpOf::Support => "Targeted support begins",
            FollowUpOf::SupportProgress => "Targeted support goes on",
            FollowUpOf::SupportEnded => "Targeted support ends",
            FollowUpOf::LongerInterval => "Longer supervision interval",
        }
    }

    /// What the words of one have to say.
    pub fn prompt(self) -> &'static str {
        match self {
            FollowUpOf::Supervision => "how scaling and actions were reflected on, updates, and the reasons for decisions",
            FollowUpOf::Assurance => "what was looked at, and what it shows",
            FollowUpOf::Reflection => "what was reflected on, and what the practitioner takes from it",
            FollowUpOf::Oversight => "the decision, its reasons, and what has to be done",
            FollowUpOf::Support => "what is offered, and what it is to change",
            FollowUpOf::SupportProgress => "how it goes, and what comes next",
            FollowUpOf::SupportEnded => "what it changed",
            FollowUpOf::LongerInterval => "why a longer interval is right for this child",
        }
    }
}

/// Whether practice has improved, as an assurance found it. M17, S13.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Improved {
    /// It has: the link is there.
    Yes,
    /// In part: the loop stays open.
    Partly,
    /// Not yet: the loop stays open.
    NotYet,
}

impl Improved {
    /// Every answer.
    pub const ALL: [Improved; 3] = [Improved::Yes, Improved::Partly, Improved::NotYet];

    /// The word in forms and files.
    pub fn key(self) -> &'static str {
        match self {
            Improved::Yes => "yes",
            Improved::Partly => "partly",
            Improved::NotYet => "not-yet",
        }
    }

    /// The answer of this word.
    pub fn of_key(key: &str) -> Option<Improved> {
        Improved::ALL.into_iter().find(|improved| improved.key() == key)
    }

    /// Words for the screen.
    pub fn label(self) -> &'static str {
        match self {
            Improved::Yes => "it has improved",
            Improved::Partly => "it has improved in part",
            Improved::NotYet => "it has not improved yet",
        }
    }
}

/// Whether the loop of a review is open. M17.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LoopStand {
    /// The framework does not track it, or it is not submitted yet.
    Untracked,
    /// A link is missing.
    Open,
    /// Every link is there.
    Closed,
}

impl LoopStand {
    /// As it is stored.
    pub fn key(self) -> &'static str {
        match self {
            LoopStand::Untracked => "untracked",
            LoopStand::Open => "open",
            LoopStand::Closed => "closed",
        }
    }

    /// The stand of this word.
    pub fn of_key(key: &str) -> Option<LoopStand> {
        [LoopStand::Untracked, LoopStand::Open, LoopStand::Closed].into_iter().find(|stand| stand.key() == key)
    }

    /// What these links come to; none at all: it is not tracked.
    pub fn of(links: &[LinkStand]) -> LoopStand {
        match links {
            [] => LoopStand::Untracked,
            links if links.iter().all(|link| link.done_on.is_some()) => LoopStand::Closed,
            _ => LoopStand::Open,
        }
    }
}

/// By when supervision of a tracked case is next due: counted from the last one that was written down, with the longer interval where
/// one was agreed; before there is any, as for every case under review. A loop that `opened_again` after the last one counts from that
/// day: while it was closed nobody wrote supervision down here. None where the framework sets no interval. M24.
pub fn next_due(
    case_type: &CaseType,
    (started_on, since, opened_again): (NaiveDate, NaiveDate, Option<NaiveDate>),
    follow_ups: &[FollowUp],
    calendar: &Calendar,
) -> Result<Option<NaiveDate>, BeyondTable> {
    let last = follow_ups.iter().filter(|follow| follow.what == FollowUpOf::Supervision).map(|follow| follow.on).max();
    let longer = follow_ups.iter().any(|follow| follow.what == FollowUpOf::LongerInterval);
    match last.map(|last| opened_again.map_or(last, |again| last.max(again))) {
        Some(last) => next_supervision(case_type, started_on.min(last), Some(last), longer, calendar),
        None => supervision_due_since(case_type, started_on, since, calendar),
    }
}

/// What followed, when, by whom and for whom, in a line.
pub fn said(follow: &FollowUp, by: &str, whom: &str) -> String {
    let found = follow.improved.map(|improved: Improved| format!(", {}", improved.label())).unwrap_or_default();
    let whom = if follow.what == FollowUpOf::Support && !whom.is_empty() { format!(" for {whom}") } else { String::new() };
    format!("{}{whom}, {} by {by}{found}", follow.what.label(), follow.on.format("%-d %b %Y"))
}
