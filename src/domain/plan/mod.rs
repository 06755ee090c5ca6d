//! The improvement plan of a cycle: what its findings lead to beyond single cases, and what became of that.
//!
//! Wider actions live in the tracker like all others, with the cycle as their source; what else belongs to a plan is noted
//! here: which finding an action answers, training that was asked for, where the plan was presented, what was said about its
//! progress, what each service tells of its month, and general concerns. M20-M23, S21, F13, C06, C09, C11, Q04. `rules` says
//! what may be noted; this module must not know where notes are kept.

mod rules;
mod stage;

pub use rules::{Around, check, resolve, send};
pub use stage::{StageStand, stages};

use super::action::ActionWanted;
use super::id::{ActionId, CycleId, PersonId, PlanNoteId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One note of a plan, as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanNote {
    /// Row number.
    pub id: PlanNoteId,
    /// The cycle whose plan it was written into.
    pub cycle: CycleId,
    /// The wider action it is about, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<ActionId>,
    /// The day it is about.
    pub on: NaiveDate,
    /// Who wrote it; none: somebody who is on no list of people.
    pub by: Option<PersonId>,
    /// What.
    pub what: Noted,
    /// Taken back: it stays in the journal and counts nowhere.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub taken_back: bool,
}

/// What a note says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Noted {
    /// Which finding or theme an action answers (M20).
    Answers {
        /// The finding, in words.
        finding: String,
        /// Name of the service that it is meant for (S19, Q05); empty: no one service.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        service: String,
    },
    /// The plan was presented at a board (M21, M23, S21, Q04).
    Presented {
        /// Key of the board.
        board: String,
        /// What the board said.
        said: String,
    },
    /// How an action stands, as a meeting heard it (F13, M23, C09).
    Progress {
        /// Key of the board or meeting; empty: outside one.
        board: String,
        /// What was said.
        said: String,
    },
    /// Training that findings ask for (M22, C11).
    Training {
        /// Which, and for whom.
        what: String,
        /// It was sent on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sent: Option<Sent>,
    },
    /// What a team or service tells of its month (F13).
    Narrative {
        /// Which team or service.
        place: String,
        /// What went well.
        achievements: String,
        /// What is hard.
        challenges: String,
        /// What is done about that.
        mitigation: String,
    },
    /// A general concern: it stays on each month's list until it is resolved (C06).
    Concern {
        /// What.
        what: String,
        /// It was resolved.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resolved: Option<Resolved>,
    },
}

/// To whom a request for training went, and when (C11).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// The day.
    pub on: NaiveDate,
    /// To whom, in words.
    pub to: String,
}

/// How a general concern ended, and when (C06).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolved {
    /// The day.
    pub on: NaiveDate,
    /// How, in words.
    pub how: String,
}

impl Noted {
    /// The word under which it stands in lists and in the database.
    pub fn key(&self) -> &'static str {
        match self {
            Noted::Answers { .. } => "answers",
            Noted::Presented { .. } => "presented",
            Noted::Progress { .. } => "progress",
            Noted::Training { .. } => "training",
            Noted::Narrative { .. } => "narrative",
            Noted::Concern { .. } => "concern",
        }
    }

    /// Still something to do: training not sent on, a concern not resolved. It is carried into every later plan.
    pub fn is_open(&self) -> bool {
        matches!(self, Noted::Training { sent: None, .. } | Noted::Concern { resolved: None, .. })
    }

    /// How it reads in a history.
    pub fn sentence(&self) -> String {
        match self {
            Noted::Answers { finding, service } if service.is_empty() => format!("Answers: {finding}"),
            Noted::Answers { finding, service } => format!("For {service}, answers: {finding}"),
            Noted::Presented { board, said } => format!("Plan presented at {board}{}", tail(said)),
            Noted::Progress { said, .. } => format!("Progress: {said}"),
            Noted::Training { what, sent: None } => format!("Training asked for: {what}"),
            Noted::Training { what, sent: Some(sent) } => format!("Training sent on to {}: {what}", sent.to),
            Noted::Narrative { place, .. } => format!("Month of {place} told"),
            Noted::Concern { what, resolved: None } => format!("General concern: {what}"),
            Noted::Concern { what, resolved: Some(resolved) } => format!("General concern resolved ({what}): {}", resolved.how),
        }
    }
}

fn tail(said: &str) -> String {
    if said.is_empty() { String::new() } else { format!(": {said}") }
}

/// What somebody does with a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanDeed {
    /// Raise a wider action (M20, F13).
    Raise {
        /// In the plan of which cycle.
        cycle: CycleId,
        /// The finding or theme that it answers.
        finding: String,
        /// Name of the service that it is meant for; empty: no one service.
        service: String,
        /// What is wanted.
        wanted: ActionWanted,
    },
    /// Note something.
    Note {
        /// In the plan of which cycle.
        cycle: CycleId,
        /// About which of its actions.
        action: Option<ActionId>,
        /// The day it is about.
        on: NaiveDate,
        /// What.
        what: Noted,
    },
    /// Send a request for training on (C11).
    Send {
        /// Which note.
        note: PlanNoteId,
        /// Its revision as seen.
        seen: i64,
        /// When, and to whom.
        sent: Sent,
    },
    /// Resolve a general concern (C06).
    Resolve {
        /// Which note.
        note: PlanNoteId,
        /// Its revision as seen.
        seen: i64,
        /// When, and how.
        resolved: Resolved,
    },
}
