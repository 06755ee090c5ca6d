//! What a report is made of: facts as they stood when it was built, and nothing that has to be looked up again.

use super::Since;
use crate::domain::action::{ActionState, Effect};
use crate::domain::id::{ActionId, CycleId, ReviewId};
use crate::domain::insight::Share;
use crate::domain::insight::figures::Figures;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The frozen facts of a report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Material {
    /// Key of the kind of report.
    pub kind: String,
    /// What it is called.
    pub label: String,
    /// Whose framework it is under (`Merton`).
    pub council: String,
    /// May be published as it is: no pseudonym, no text of an action (S28).
    pub public: bool,
    /// Counts below this are left out.
    pub limit: u32,
    /// Key and heading of each section, in order.
    pub sections: Vec<(String, String)>,
    /// Labels of the boards it goes to.
    pub boards: Vec<String>,
    /// The cycle it is about.
    pub cycle: CycleId,
    /// That cycle's reference.
    pub reference: String,
    /// That cycle's title.
    pub title: String,
    /// Its area of focus; empty where there is none.
    pub focus: String,
    /// Why that focus, in words.
    pub focus_why: String,
    /// First day it reports on.
    pub from: NaiveDate,
    /// Last day it reports on.
    pub until: NaiveDate,
    /// The day its figures were counted.
    pub counted_on: NaiveDate,
    /// Whether anything in it is graded (Q02: a council may grade none).
    pub graded: bool,
    /// Everything counted of its cycles.
    pub figures: Figures,
    /// Good or better of the random sample, cycle by cycle up to this one, oldest first.
    pub run: Vec<(String, Share)>,
    /// The actions out of its reviews.
    pub actions: Vec<PlanAction>,
    /// What became of the actions of the two years before it.
    pub effects: EffectTally,
    /// The alerts of its reviews.
    pub alerts: Vec<AlertLine>,
    /// Disputes and practice alerts of its months (F18).
    pub practice: PracticeTally,
    /// What was noted in the registers within its period.
    pub registers: Vec<RegisterTally>,
    /// Passages marked as good practice (M22).
    pub good_practice: Vec<Passage>,
    /// Reports it takes in (S16).
    pub taken_in: Vec<TakenIn>,
    /// Since the last report of its kind; none: this is the first.
    pub since: Option<Since>,
}

impl Material {
    /// Reviews of its cycles that are still under way.
    pub fn still_open(&self) -> u32 {
        self.figures.cycles.iter().map(|cycle| cycle.progress.sample.saturating_sub(cycle.progress.finalised)).sum()
    }
}

/// An action as a report freezes it. Whose it is stands there as a role, never as a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanAction {
    /// The action.
    pub id: ActionId,
    /// The review it came out of.
    pub review: ReviewId,
    /// `A-0183`.
    pub reference: String,
    /// What needs to happen.
    pub text: String,
    /// Role of its owner, in words.
    pub owner: String,
    /// By when.
    pub due_on: NaiveDate,
    /// A child's safety depends on it.
    pub urgent: bool,
    /// Where it stood.
    pub state: ActionState,
    /// The day it was said to be done.
    pub done_on: Option<NaiveDate>,
    /// Whether it helped, where that has been looked at.
    pub effect: Option<Effect>,
    /// How often what it was raised for came back.
    pub recurred: u32,
}

impl PlanAction {
    /// It should have been done before that day and was not.
    pub fn is_late(&self, on: NaiveDate) -> bool {
        self.state.is_open() && self.state != ActionState::Done && self.due_on < on
    }

    /// Where it stood on that day, in words.
    pub fn stood(&self, on: NaiveDate) -> &'static str {
        match (self.state, self.effect) {
            (ActionState::SignedOff, Some(effect)) => effect.label(),
            _ if self.is_late(on) => "overdue",
            (ActionState::Done, _) => "done, to be signed off",
            (state, _) => state.label(),
        }
    }
}

/// Actions counted by what became of them. F14, S13.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffectTally {
    /// Signed off.
    pub signed_off: u32,
    /// Looked at again and sustained.
    pub sustained: u32,
    /// Partly sustained.
    pub partly: u32,
    /// What they were raised for came back.
    pub recurred: u32,
    /// What can be seen does not say.
    pub cannot_tell: u32,
    /// Still open.
    pub open: u32,
}

impl EffectTally {
    /// Looked at again at all.
    pub fn revisited(&self) -> u32 {
        self.sustained + self.partly + self.recurred + self.cannot_tell
    }
}

/// A passage that somebody marked as good practice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Its review.
    pub review: ReviewId,
    /// What is good about it, in the words of whoever marked it.
    pub text: String,
}

/// An alert as a report lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertLine {
    /// Its review.
    pub review: ReviewId,
    /// `AL-0012`.
    pub reference: String,
    /// The day it was opened.
    pub opened_on: NaiveDate,
    /// The day it was closed.
    pub closed_on: Option<NaiveDate>,
}

/// Disputes and practice alerts of a period, counted. M14, C05, F18.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PracticeTally {
    /// Concerns raised.
    pub raised: u32,
    /// Of them formal.
    pub formal: u32,
    /// Ended.
    pub ended: u32,
    /// Open at the end of the period.
    pub open: u32,
    /// Over their time.
    pub late: u32,
    /// Alerts of good practice.
    pub good_practice: u32,
}

/// What was noted in a register within a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterTally {
    /// Its key.
    pub key: String,
    /// Its name.
    pub label: String,
    /// Entries.
    pub entries: u32,
    /// People behind, of how many it expects entries of (F16).
    pub behind: Option<(u32, u32)>,
    /// Answers that can be counted: field, answer, how many.
    pub answers: Vec<(String, String, u32)>,
}

/// A report that this one takes in. S16.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenIn {
    /// What it is called.
    pub label: String,
    /// Its reference; empty: there was none for this period.
    pub reference: String,
    /// What was written in it: heading and text of each section.
    pub sections: Vec<(String, String)>,
}
