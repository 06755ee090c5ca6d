//! Everything that can be written: the closed list of facts, each with its place in the journal and its sentence.
//!
//! A change carries all that its projection needs, so that every table can be rebuilt from the journal alone. Those
//! that a person may undo carry what stood there before.

mod action;
mod answers;
mod blind;
mod drp;
mod follow;
mod history;
mod insight;
mod mail;
mod panel;
mod plan;
mod privacy;
mod report;
mod revisit;
mod taken_back;

pub use action::{ActionLinked, ActionStepped};
pub use answers::{AnswerSaved, AnswersSaved};
pub use drp::DrpChange;
pub use follow::FollowUpChange;
pub use insight::InsightChange;
pub use mail::MailChange;
pub use panel::PanelChange;
pub use privacy::{ERASED, PrivacyChange};
pub use report::ReportChange;

use super::action::{Action, ActionState};
use super::alert::{Alert, AlertEvent, HowTold};
use super::check::Exemption;
use super::cycle::Cycle;
use super::grade::Judgement;
use super::id::{ActionId, AlertId, CycleId, PersonId, ReviewId, SubjectId};
use super::interest::{Inference, Interest};
use super::joint::OwnJudgement;
use super::notice::SentNotice;
use super::panel::{Panel, PanelDecision, WhyHere};
use super::person::{Absence, Person, Team};
use super::plan::PlanNote;
use super::register::Entry;
use super::review::{LookBack, NextStep, Review, StepRecord};
use super::sample::{Sample, Substitution};
use super::sampling::ShareDrawn;
use super::subject::Subject;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// What stood before and what stands after; `None` on a side means that nothing stands there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Swap<T> {
    /// Before the change.
    pub before: Option<T>,
    /// After the change.
    pub after: Option<T>,
}

impl<T> Default for Swap<T> {
    /// Nothing before and nothing after: no change.
    fn default() -> Swap<T> {
        Swap { before: None, after: None }
    }
}

impl<T> Swap<T> {
    /// Something new where nothing stood.
    pub fn new(after: T) -> Swap<T> {
        Swap { before: None, after: Some(after) }
    }

    /// The change that puts things back.
    pub fn reversed(self) -> Swap<T> {
        Swap { before: self.after, after: self.before }
    }
}

/// One fact to be written. The journal holds nothing else, and nothing else writes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// The text of a framework was frozen under its id and version.
    FrameworkFrozen {
        /// Framework id.
        id: String,
        /// Its version.
        version: u32,
        /// The profile's text, to the letter.
        text: String,
    },
    /// A setting of this database (council name, framework in use…).
    SettingChanged {
        /// Name of the setting.
        name: String,
        /// Its value.
        value: Swap<String>,
    },
    /// A person was added or changed.
    PersonRecorded(Swap<Person>),
    /// A team was added or changed.
    TeamRecorded(Swap<Team>),
    /// An absence was added, changed or taken back.
    AbsenceRecorded(Swap<Absence>),
    /// A subject was added, changed or closed.
    SubjectRecorded(Swap<Subject>),
    /// A file was taken in.
    FileImported {
        /// What kind of file (`annex-a`, `people`, `holidays`).
        kind: String,
        /// Its name, without folders.
        name: String,
        /// SHA-256 of its bytes, in hexadecimal.
        sha256: String,
        /// Rows read.
        rows: u32,
        /// Oddities reported.
        oddities: u32,
        /// The day the extract speaks of, where it has one.
        frame_date: Option<NaiveDate>,
    },
    /// The table of bank holidays was replaced.
    HolidaysReplaced(Vec<(NaiveDate, String)>),
    /// A cycle was opened or changed.
    CycleRecorded(Swap<Cycle>),
    /// A sample was drawn; its card holds how.
    SampleDrawn(Box<Sample>),
    /// A drawn case was replaced by another.
    CaseSubstituted(Substitution),
    /// A review was opened.
    ReviewOpened(Review),
    /// A review was taken out of the sample.
    ReviewWithdrawn {
        /// Which.
        review: ReviewId,
        /// Why.
        reason: String,
        /// What would have come next, where the withdrawal can be taken back: a case that was named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<NextStep>,
    },
    /// A reviewer was allocated, changed or taken away.
    Allocated {
        /// Which review.
        review: ReviewId,
        /// Who reviews it.
        reviewer: Swap<PersonId>,
        /// The record of the step.
        step: Swap<(String, StepRecord)>,
        /// What is next.
        next: Swap<NextStep>,
        /// Why, where a conflict was shown and set aside.
        despite: String,
        /// Who stands beside a first-time reviewer (S06, F21).
        #[serde(default)]
        companion: Swap<PersonId>,
    },
    /// A step was recorded, put right, or taken back.
    StepRecorded {
        /// Which review.
        review: ReviewId,
        /// Key of the step.
        step: String,
        /// Its label, for the history.
        label: String,
        /// What was written down.
        record: Swap<StepRecord>,
        /// What is next.
        next: Swap<NextStep>,
    },
    /// Answers of a form were given, changed or taken back.
    Answered(AnswersSaved),
    /// A review was submitted: the original judgement stands for good.
    ReviewSubmitted {
        /// Which review.
        review: ReviewId,
        /// The judgement; none for an ungraded kind.
        original: Option<Judgement>,
        /// Key of the step that this completes.
        step: String,
        /// The record of that step.
        record: StepRecord,
        /// Why the panel has to see it; none: it need not.
        for_panel: Option<String>,
        /// The same by rule.
        #[serde(default)]
        reasons: Vec<WhyHere>,
        /// The receipt of the random share, where the framework takes one (F08).
        #[serde(default)]
        share: Option<ShareDrawn>,
        /// What is next.
        next: NextStep,
    },
    /// A review was returned to the practitioner, TM and Insights.
    ReviewReturned {
        /// Which review.
        review: ReviewId,
        /// Key of the step.
        step: String,
        /// What was written down.
        record: Swap<StepRecord>,
        /// What is next.
        next: Swap<NextStep>,
    },
    /// A review was put on the council's case record; nothing is left to do.
    ReviewFinalised {
        /// Which review.
        review: ReviewId,
        /// Key of the step.
        step: String,
        /// What was written down.
        record: StepRecord,
    },
    /// The panel decided.
    PanelDecided {
        /// Which review.
        review: ReviewId,
        /// What.
        decision: PanelDecision,
        /// What is next.
        next: NextStep,
    },
    /// A sitting of the panel was planned or changed.
    PanelPlanned(Swap<Panel>),
    /// Something happened at a sitting of the panel or around it.
    Panel(PanelChange),
    /// Something happened about a dispute or an alert of good practice (M14, C05).
    Drp(DrpChange),
    /// An Inadequate alert was opened.
    AlertOpened(Alert),
    /// People named on an alert were told.
    AlertTold {
        /// Which alert.
        alert: AlertId,
        /// Its review.
        review: ReviewId,
        /// Who (places in its list of addressees).
        addressees: Vec<usize>,
        /// When.
        at: DateTime<Utc>,
        /// How; none in rows that were written before it was asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        how: Option<HowTold>,
        /// By whom; none: by the program.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<PersonId>,
        /// To acknowledge by then.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        acknowledge_by: Option<DateTime<Utc>>,
    },
    /// Any other fact about an alert.
    Alert(AlertEvent),
    /// An alert was closed.
    AlertClosed {
        /// Which alert.
        alert: AlertId,
        /// Its review.
        review: ReviewId,
        /// Closing note; in older rows the whole assurance.
        assurance: String,
        /// When.
        at: DateTime<Utc>,
    },
    /// An action was raised, changed or withdrawn.
    ActionRecorded(Swap<Action>),
    /// An action moved on, as journals told it before its steps were told one by one.
    ActionMoved {
        /// Which action.
        action: ActionId,
        /// Its review.
        review: ReviewId,
        /// From where to where.
        state: Swap<ActionState>,
        /// Where the evidence is.
        evidence: Swap<String>,
    },
    /// An action came a step further in its life.
    ActionStepped(Box<ActionStepped>),
    /// An open action answers one more finding.
    ActionLinked(ActionLinked),
    /// Somebody looked at who a subject is.
    Revealed {
        /// The review on whose screen it was.
        review: ReviewId,
        /// Why, in a few words.
        why: String,
    },
    /// A phase of a cycle was ticked by hand, or the tick taken back.
    PhaseTicked {
        /// Which cycle.
        cycle: CycleId,
        /// Key of the phase.
        phase: String,
        /// The day.
        on: Swap<NaiveDate>,
    },
    /// What findings have in common: themes, good practice, indicators (M22, M27).
    Insight(InsightChange),
    /// An entry of a register was noted, put right or taken back.
    EntryRecorded(Swap<Entry>),
    /// Something was noted in a cycle's improvement plan, changed, or taken back (M20, F13).
    PlanNoted(Swap<PlanNote>),
    /// A review looks further back than usual, or no longer does (F02).
    LookBackSet {
        /// Which review.
        review: ReviewId,
        /// How far.
        look_back: Swap<LookBack>,
    },
    /// Somebody was named beside the lead reviewer, or taken away from there (Q03-Q05, S18, S19).
    CoReviewer {
        /// Which review.
        review: ReviewId,
        /// Who.
        person: PersonId,
        /// Named; otherwise taken away.
        named: bool,
        /// Why, where a conflict was shown and set aside.
        despite: String,
    },
    /// A reviewer judged on their own; sealed until all are in (Q03, S18). It stands for good once that is so.
    OwnJudged {
        /// Which review.
        review: ReviewId,
        /// Who.
        person: PersonId,
        /// What.
        own: OwnJudgement,
    },
    /// The lead opened the own judgements before all were in (Q03, S18).
    SealOpened {
        /// Which review.
        review: ReviewId,
        /// Why.
        why: String,
    },
    /// Somebody was told beforehand that a case will be reviewed, or that was taken back (F04).
    NoticeSent(Swap<SentNotice>),
    /// An interest was declared, withdrawn, or taken back.
    InterestRecorded(Swap<Interest>),
    /// Somebody was asked before the record was first opened, and had nothing to declare.
    NothingDeclared {
        /// On which review.
        review: ReviewId,
        /// Its subject: nobody is asked twice about one.
        subject: SubjectId,
        /// Who.
        person: PersonId,
        /// The day.
        on: NaiveDate,
    },
    /// What the lists suggest about a person and a case was set aside, or that was taken back.
    InferenceDismissed {
        /// On which review.
        review: ReviewId,
        /// Its subject.
        subject: SubjectId,
        /// About whom.
        person: PersonId,
        /// What.
        inference: Inference,
        /// Why.
        because: Swap<String>,
    },
    /// A recused person asked for a review.
    AskedWhileRecused {
        /// For which.
        review: ReviewId,
        /// Its reference.
        reference: String,
    },
    /// A review that had been taken out is in again, as it was.
    ReviewReinstated {
        /// Which.
        review: ReviewId,
        /// What comes next.
        next: NextStep,
    },
    /// Something happened to a report (M20, S22).
    Report(ReportChange),
    /// Something happened to a message of the outbox.
    Mail(MailChange),
    /// Something followed a review, or its loop moved.
    FollowUp(FollowUpChange),
    /// A finding of the look over the records was set aside, or that was taken back.
    Exempted(Swap<Box<Exemption>>),
    /// Something about looking, keeping or erasing.
    Privacy(PrivacyChange),
}
