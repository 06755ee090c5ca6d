//! What a person asks to do: the closed list of requests that the doorway turns into changes, or refuses.
//!
//! A deed says what was seen when it was asked (revisions), so that nobody overwrites what they have not read.

mod action;
mod alert;
mod drp;
mod insight;
mod made;
mod panel;
mod people;
mod privacy;
mod report;
mod wanted;

pub use action::{ActionDeed, EachOwner, RaiseEach, Seen};
pub use alert::{AlertDeed, AlertWanted};
pub use drp::DrpDeed;
pub use insight::InsightDeed;
pub use made::Made;
pub use panel::PanelDeed;
pub use people::PeopleDeed;
pub use privacy::PrivacyDeed;
pub use report::ReportDeed;
pub use wanted::*;

use super::action::{ActionWanted, Source};
use super::cycle::{BesidePlanned, CyclePlanned};
use super::id::{ActionId, CycleId, EntryId, InterestId, PersonId, ReviewId, SubjectId};
use super::intake::{FrameRow, PersonRow};
use super::interest::{Inference, InterestKind};
use super::joint::OwnWanted;
use super::named::NamedWanted;
use super::plan::PlanDeed;
use super::register::EntryWanted;
use super::review::StepRecord;
use super::revisit::RevisitDeed;
use chrono::NaiveDate;

/// Who does it: on every deed and every journal row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Login on this machine.
    pub login: String,
    /// Row of the person, when the council's list knows the login.
    pub person: Option<PersonId>,
    /// Name as shown.
    pub name: String,
    /// Key of the role (`coordinator`).
    pub role: String,
    /// This run of the program; random, so that two windows of one person can be told apart.
    pub session: String,
}

impl Actor {
    /// Login of the program where it acts on nobody's behalf. The spaces keep it from being anybody's.
    pub const BY_ITSELF: &str = "closeloop (by itself)";

    /// The program by itself: what a clock or an outbox asks for, whoever's process notices first.
    pub fn by_itself(session: String) -> Actor {
        Actor { login: Actor::BY_ITSELF.into(), person: None, name: Actor::BY_ITSELF.into(), role: String::new(), session }
    }
}

/// One request.
#[derive(Debug, Clone, PartialEq)]
pub enum Deed {
    /// Start this database on a framework.
    Start {
        /// Framework id.
        framework: String,
        /// Its version.
        version: u32,
        /// Its text.
        text: String,
        /// Bank holidays to begin with.
        holidays: Vec<(NaiveDate, String)>,
    },
    /// Let new cycles run under a new version of the framework; what was begun keeps its own.
    AdoptFramework {
        /// The profile's text.
        text: String,
    },
    /// Change a setting.
    Set {
        /// Name.
        name: String,
        /// Value.
        value: String,
    },
    /// Take in an extract of cases.
    ImportFrame {
        /// The children in the frame, one row each.
        rows: Vec<FrameRow>,
        /// The council's numbers of children whose plan, care or case has ended.
        closed: Vec<String>,
        /// Keys of the case types whose lists were read.
        covered: Vec<String>,
        /// The day the extract speaks of.
        frame_date: Option<NaiveDate>,
        /// The file.
        file: ImportedFile,
    },
    /// Take in a list of subjects that is no Annex A: the Standard Safeguarding Dataset, or a council's own list (S05).
    ImportSubjects(Box<SubjectsImport>),
    /// Take in a list of people.
    ImportPeople {
        /// One row each.
        rows: Vec<PersonRow>,
        /// The file.
        file: ImportedFile,
    },
    /// Replace the bank holidays.
    ImportHolidays {
        /// The days.
        days: Vec<(NaiveDate, String)>,
        /// The file.
        file: ImportedFile,
    },
    /// Add somebody to the list of people, change or end them.
    People(PeopleDeed),
    /// Record that somebody is away.
    RecordAbsence {
        /// Who.
        person: PersonId,
        /// First day.
        from: NaiveDate,
        /// Last day.
        until: NaiveDate,
        /// Why.
        reason: String,
        /// Who stands in meanwhile.
        deputy: Option<PersonId>,
    },
    /// Open a cycle.
    OpenCycle(CyclePlanned),
    /// Something about what is looked at again (F14).
    Revisit(RevisitDeed),
    /// Change the focus of a cycle.
    ChangeFocus {
        /// Which.
        cycle: CycleId,
        /// The new focus.
        focus: String,
        /// Key of its reason.
        focus_reason: String,
        /// In words.
        focus_note: String,
    },
    /// Tick a phase by hand.
    TickPhase {
        /// Which cycle.
        cycle: CycleId,
        /// Key of the phase.
        phase: String,
    },
    /// Take a cycle away on which nothing hangs yet.
    TakeCycleAway {
        /// Which.
        cycle: CycleId,
    },
    /// Draw the sample of a cycle.
    Draw(DrawWanted),
    /// Replace a drawn case.
    Substitute {
        /// The review to take out.
        review: ReviewId,
        /// Its revision as seen.
        seen: i64,
        /// The subject to take in; none: the next in the reserve of the same stratum.
        incoming: Option<SubjectId>,
        /// Why.
        reason: String,
        /// Who approved it.
        approver: Option<PersonId>,
    },
    /// Allocate reviewers, several at once.
    Allocate(Vec<Allocation>),
    /// Record a step.
    RecordStep {
        /// Which review.
        review: ReviewId,
        /// Its revision as seen.
        seen: i64,
        /// Key of the step.
        step: String,
        /// What was written down.
        record: StepRecord,
    },
    /// Save answers of the form.
    SaveAnswers {
        /// Which review.
        review: ReviewId,
        /// The fields that changed.
        edits: Vec<AnswerEdit>,
    },
    /// Submit a review.
    Submit {
        /// Which review.
        review: ReviewId,
        /// Its revision as seen.
        seen: i64,
        /// The day the form was completed.
        on: NaiveDate,
    },
    /// Raise an action.
    RaiseAction {
        /// Out of which review.
        review: ReviewId,
        /// What is wanted.
        wanted: ActionWanted,
    },
    /// Raise the same action out of several reviews.
    RaiseEach(Box<RaiseEach>),
    /// Raise an action that comes from no review.
    RaiseWider {
        /// Out of a cycle's plan, or of an entry of a register.
        source: Source,
        /// What is wanted.
        wanted: ActionWanted,
    },
    /// Do something in a cycle's improvement plan.
    Plan(PlanDeed),
    /// Take an action back before anybody worked on it.
    WithdrawAction {
        /// Which.
        action: ActionId,
    },
    /// Bring actions a step further.
    Action(ActionDeed),
    /// Do something about an alert.
    Alert(AlertDeed),
    /// Write down what is overdue and take the steps up the line that are due: whoever notices first, once.
    RaiseDue,
    /// Do something about a dispute or an alert of good practice (M14, C05).
    Drp(DrpDeed),
    /// Write down what followed a review (M16-M18, M24, M25, S13, S14, F12, C04, C13).
    FollowUp(FollowUpWanted),
    /// Set a finding of the look over the records aside, or no longer.
    Exempt(ExemptWanted),
    /// Do something about a report (M20, S22).
    Report(ReportDeed),
    /// Do something about findings taken together: themes, good practice, indicators (M22, M27).
    Insight(InsightDeed),
    /// Do something at the panel, before it or after it.
    Panel(PanelDeed),
    /// Look at who a subject is.
    Reveal {
        /// On which review's screen.
        review: ReviewId,
        /// Why.
        why: String,
    },
    /// Take back a whole batch.
    Undo {
        /// Sequence number of its first journal row.
        batch: i64,
    },
    /// Something about looking, keeping or erasing.
    Privacy(PrivacyDeed),
    /// Open a cycle of another kind, or extra work outside the plan.
    OpenBeside(BesidePlanned),
    /// Note an entry in a register.
    RecordEntry(EntryWanted),
    /// Put an entry of a register right.
    CorrectEntry {
        /// Which.
        entry: EntryId,
        /// Its revision as seen.
        seen: i64,
        /// As it should be.
        wanted: EntryWanted,
    },
    /// Take an entry of a register back.
    TakeBackEntry {
        /// Which.
        entry: EntryId,
        /// Its revision as seen.
        seen: i64,
    },
    /// Open a review of a case that was not drawn (F03, Q02).
    OpenNamed(NamedWanted),
    /// Take a case that was named out again; a drawn one is substituted instead.
    WithdrawNamed {
        /// Its review.
        review: ReviewId,
        /// Its revision as seen.
        seen: i64,
        /// Why.
        reason: String,
    },
    /// Let a review look further back than usual, or as usual again (F02).
    LookFurther {
        /// Which review.
        review: ReviewId,
        /// Its revision as seen.
        seen: i64,
        /// From which day on; none: as usual.
        from: Option<NaiveDate>,
        /// Why.
        why: String,
    },
    /// Name somebody beside the lead reviewer (Q03-Q05, S18, S19).
    NameCoReviewer {
        /// Which review.
        review: ReviewId,
        /// Whom.
        person: PersonId,
        /// Why, where a conflict was shown and set aside.
        despite: String,
    },
    /// Take somebody away from beside the lead reviewer.
    TakeCoReviewerAway {
        /// Which review.
        review: ReviewId,
        /// Whom.
        person: PersonId,
    },
    /// Judge on one's own, sealed until all are in (Q03, S18).
    JudgeAlone {
        /// Which review.
        review: ReviewId,
        /// The judgement.
        own: OwnWanted,
    },
    /// Open the own judgements before all are in (Q03, S18).
    OpenSeal {
        /// Which review.
        review: ReviewId,
        /// Why.
        why: String,
    },
    /// Write down who was told beforehand that a case will be reviewed (F04).
    SendNotices {
        /// Reviews and roles.
        notices: Vec<(ReviewId, String)>,
        /// Who was told, for a single one whose role does not say it.
        to: Option<PersonId>,
        /// How (`by e-mail`), or why nobody has to be told.
        how: String,
        /// When.
        on: NaiveDate,
    },
    /// Say that there is nothing to declare in a case, once for good; asked before its record is first opened.
    NothingToDeclare {
        /// On which review.
        review: ReviewId,
    },
    /// Declare an interest: whoever has it is recused at once.
    DeclareInterest {
        /// On which review.
        review: ReviewId,
        /// Whose; none: one's own.
        person: Option<PersonId>,
        /// Which kind.
        kind: InterestKind,
        /// In words.
        note: String,
    },
    /// Withdraw a declared interest.
    WithdrawInterest {
        /// Which.
        interest: InterestId,
        /// Why.
        because: String,
    },
    /// Set aside what the lists suggest about a person and a case.
    DismissInference {
        /// On which review.
        review: ReviewId,
        /// About whom.
        person: PersonId,
        /// What.
        inference: Inference,
        /// Why.
        because: String,
    },
}
