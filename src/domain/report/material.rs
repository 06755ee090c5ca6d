//! What a report is made of: facts as they stood when it was built, and nothing that has to be looked up again.

use super::told::{Elsewhere, Kind};
use super::{AlertLine, Since, Told};
use crate::domain::action::{ActionState, Effect};
use crate::domain::id::{ActionId, CycleId, ReviewId};
use crate::domain::insight::Share;
use crate::domain::insight::figures::Figures;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Keys of the sections whose text speaks of open loops: only where there is one of them are loops counted.
pub const SPEAK_OF_LOOPS: [&str; 5] = ["loops", "loop", "supervision", "open-loops", "difference"];

/// What a line of an improvement plan is where it is something to do ([`PlanLine::kind`]).
pub const TO_DO: [&str; 3] = ["action", "training", "concern"];

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
    /// Since the last report of its kind; none: nothing was kept before it.
    pub since: Option<Since>,
    /// It is for the team alone: nothing is left out of it, and it is not handed on.
    #[serde(default)]
    pub for_team: bool,
    /// It speaks of several cycles, and of some that are still to come.
    #[serde(default)]
    pub grows: bool,
    /// Key of the kind of review whose grades it tells; empty: of all.
    #[serde(default)]
    pub grades_of: String,
    /// What it tells of its counts, decided when it was built; none: built by a program that did not decide then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<Box<Told>>,
    /// Open loops, where it speaks of them (M17, S13).
    #[serde(default)]
    pub loops: LoopTally,
    /// The improvement plan of its cycle, and what is carried over from earlier ones (M20, S21, F13).
    #[serde(default)]
    pub plan: Vec<PlanLine>,
    /// Reviews by kind, each with its name (C02, S03).
    #[serde(default)]
    pub kinds: Vec<KindLine>,
    /// The focus of the next cycle, where it is chosen (M22).
    #[serde(default)]
    pub next_focus: String,
    /// Files that many reviewers graded, each on their own (S18).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joint: Vec<JointLine>,
    /// Visits to services, in the words of whoever led them (S19, Q05).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub visits: Vec<Visit>,
    /// It is about visits to services: its plan holds what is meant for those alone, of all its cycles (S19, Q05).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub of_visits: bool,
    /// What the council's own texts tell beyond the built-in ones, so that a later report reckons with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own_tells: Vec<Elsewhere>,
    /// Tables that its own text asks for and that it leaves out beside a report that had gone out before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOut>,
    /// Services of which its cases were drawn, where services take turns (Q03).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub turns: Vec<String>,
    /// The cases of the sample, where it lists them for the team.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sample: Vec<SampleLine>,
    /// Records of reviews of its cycles were erased by law before it was counted (T47): whose cases they were is not known any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub some_erased: bool,
    /// Titles of the roles whose actions alone it tells of, where it is one service's own (S16, F18); empty: of everybody's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub whose: Vec<String>,
}

impl Material {
    /// What it tells of its counts.
    pub fn told(&self) -> std::borrow::Cow<'_, Told> {
        match &self.told {
            Some(told) => std::borrow::Cow::Borrowed(told),
            None => std::borrow::Cow::Owned(Told::alone(self)),
        }
    }

    /// The lines of the plan that are something to do; what was told or presented is a note and no line.
    pub fn plan_to_do(&self) -> impl Iterator<Item = &PlanLine> {
        self.plan.iter().filter(|line| TO_DO.contains(&line.kind.as_str()))
    }

    /// It is about one kind of review, and none of that kind belongs to its time.
    pub fn has_none_of_its_kind(&self) -> bool {
        self.figures.wanted.kind.is_some() && self.figures.cycles.iter().all(|cycle| cycle.progress.sample == 0)
    }

    /// Reviews of its cycles that are still under way.
    pub fn still_open(&self) -> u32 {
        under_way(&self.figures)
    }
}

/// Reviews of these figures that are still under way.
pub fn under_way(figures: &Figures) -> u32 {
    figures.cycles.iter().map(|cycle| cycle.progress.sample.saturating_sub(cycle.progress.finalised)).sum()
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
    /// The service that held the case; empty: none is known.
    #[serde(default)]
    pub service: String,
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
    /// Its entries are the team's own work and tell of no child: they are told as they are.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own_work: bool,
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

/// Open loops as they stood: not of its own reviews alone, but of every one that is tracked. M17, M18, M24, S13.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LoopTally {
    /// How many are open.
    pub open: u32,
    /// Of these, how many were looked through for what they wait for, those open longest first.
    pub looked_through: u32,
    /// Open for longer than the check allows.
    pub long: u32,
    /// Since when the oldest is open.
    pub oldest: Option<NaiveDate>,
    /// What they wait for, and how many for it; one may wait for several.
    pub missing: Vec<(String, u32)>,
    /// Supervision falls due within the next fortnight.
    pub supervision_due: u32,
    /// Supervision is overdue.
    pub supervision_late: u32,
    /// Of the reviews of the report's own cycles, how many are tracked.
    pub tracked: u32,
    /// Of these, how many loops are closed.
    pub closed: u32,
    /// One by one, for the team.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub list: Vec<LoopLine>,
}

/// One open loop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoopLine {
    /// Its review.
    pub review: ReviewId,
    /// `CR-0412`.
    pub reference: String,
    /// Since when.
    pub since: NaiveDate,
    /// What it waits for.
    pub missing: String,
    /// By when supervision is due.
    pub supervision_due: Option<NaiveDate>,
}

/// A line of an improvement plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanLine {
    /// In a word: `action`, `training`, `concern`, `narrative`, `presented`, `progress`.
    pub kind: String,
    /// `A-0183`, or of a note `PN-0012`.
    pub reference: String,
    /// What it says.
    pub text: String,
    /// The finding that it answers.
    pub answers: String,
    /// The service that it is meant for; empty: no one service.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub service: String,
    /// Role of the owner, board or team.
    pub who: String,
    /// The day it is due, or that it is about.
    pub on: NaiveDate,
    /// Where it stands.
    pub stands: String,
    /// Still something to do.
    pub open: bool,
    /// Its day has passed.
    pub late: bool,
    /// Title of the earlier cycle out of whose plan it is carried over.
    pub carried_from: String,
    /// What else was said of it.
    pub notes: Vec<String>,
}

/// Reviews of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindLine {
    /// Its key; empty: frozen by a program that did not keep it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// Its name.
    pub label: String,
    /// In the sample.
    pub sample: u32,
    /// Completed.
    pub completed: u32,
}

/// A table that a report leaves out beside one that had gone out before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Which.
    pub table: Kind,
    /// The report that had gone out: its reference and what it is called.
    pub report: String,
}

/// A case of a sample, for the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleLine {
    /// Its review.
    pub review: ReviewId,
    /// `CR-0412`.
    pub reference: String,
    /// The case's pseudonym.
    pub case: String,
    /// Case type, in words.
    pub case_type: String,
    /// Service that held it.
    pub service: String,
    /// How it came into the sample.
    pub chosen: String,
    /// How far it is.
    pub step: String,
}

/// A visit to a service, as its review tells it. It speaks of a service and of no child. S19, Q05.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Its review.
    pub review: ReviewId,
    /// Name of the service.
    pub service: String,
    /// What was written, in the order of the form.
    pub passages: Vec<VisitPassage>,
}

/// A passage of a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitPassage {
    /// What it is about.
    pub about: VisitAbout,
    /// What the form calls it.
    pub label: String,
    /// The text.
    pub text: String,
}

/// What a passage of a visit is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VisitAbout {
    /// What was looked at, seen and heard.
    Seen,
    /// What the service does well.
    Strengths,
    /// What it should work on.
    Improve,
}

/// A file that many reviewers graded, each on their own. S18. It counts reviewers and no children.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JointLine {
    /// Its review.
    pub review: ReviewId,
    /// `CR-0412`.
    pub reference: String,
    /// How many reviewers gave each grade, best first.
    pub grades: [u32; 4],
    /// The grade they agreed on, in the framework's words; empty: none yet.
    pub agreed: String,
}
