//! A cycle's improvement plan as screens and files show it.

use crate::domain::id::{ActionId, CycleId, PlanNoteId};
use crate::domain::plan::StageStand;
use chrono::NaiveDate;
use serde::Serialize;

/// The plan of one cycle, whole.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanDetail {
    /// The cycle.
    pub cycle: CycleId,
    /// Its title (`November 2026`).
    pub title: String,
    /// Its focus.
    pub focus: String,
    /// Where it stands in the framework's improvement cycle; empty where the framework shows none (C16).
    pub stages: Vec<(String, StageStand)>,
    /// The boards of the framework, with the last day the plan was presented at each. Those responsible come first.
    pub boards: Vec<PlanBoard>,
    /// The services that a wider action can be meant for; empty where the framework looks at no service as a whole (S19, Q05).
    pub services: Vec<String>,
    /// Everything of the plan, what is to do before what is done.
    pub rows: Vec<PlanRow>,
    /// What is to be done next, in a sentence.
    pub next: String,
}

/// A board or meeting of the framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanBoard {
    /// Key.
    pub key: String,
    /// Name.
    pub label: String,
    /// It is responsible for the improvement (S22, M23).
    pub responsible: bool,
    /// The last day the plan was presented there.
    pub presented: Option<NaiveDate>,
}

/// What a row of a plan is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanItem {
    /// A wider action.
    Action(ActionId),
    /// A note, with the revision of its row.
    Note(PlanNoteId, i64),
}

/// One row of a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlanRow {
    /// What it is.
    #[serde(skip)]
    pub item: PlanItem,
    /// Reference: of an action its own, of a note `PN-0012`.
    #[serde(rename = "ref")]
    pub reference: String,
    /// In a word: `action`, `training`, `concern`, `narrative`, `presented`.
    pub kind: &'static str,
    /// What it says.
    pub text: String,
    /// The finding that an action answers.
    pub answers: String,
    /// The service that an action is meant for; empty: no one service.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub service: String,
    /// Owner, board, team or addressee, as the kind has it.
    pub who: String,
    /// The day it is due, or that it is about.
    pub on: NaiveDate,
    /// Where it stands, in the words of the plan.
    pub stands: String,
    /// Still something to do.
    pub open: bool,
    /// Its day has passed.
    pub late: bool,
    /// Reference of the earlier cycle out of whose plan it is carried over; empty: it is of this one.
    pub carried_from: String,
    /// What else is noted about it, oldest first: progress at meetings, the parts of a narrative.
    pub notes: Vec<String>,
}
