//! Everything that can be read: the closed list of questions, and the read-models that answer them.
//!
//! A read-model is plain data in the words of a screen. What its viewer may not see is absent from it, not hidden.

mod actions;
mod agreement;
mod answered;
mod detail;
mod disposal;
mod drp;
mod insight;
mod interest;
mod invitations;
mod list;
mod mail;
mod next;
mod overview;
mod panel;
mod person;
mod plan;
mod proof;
mod register;
mod report;
mod report_filter;
mod revisit;
mod room;
mod strip;

pub use actions::*;
pub use agreement::*;
pub use answered::{Answered, MayDo};
pub use detail::*;
pub use disposal::*;
pub use drp::*;
pub use insight::*;
pub use interest::*;
pub use invitations::*;
pub use list::*;
pub use mail::*;
pub use next::{CycleWork, NextThing};
pub use overview::*;
pub use panel::*;
pub use person::*;
pub use plan::*;
pub use proof::*;
pub use register::*;
pub use report::*;
pub use report_filter::ReportFilter;
pub use revisit::*;
pub use room::*;
pub use strip::*;

use super::access::Sight;
use super::action::ActionAct;
use super::filter::Filter;
use super::id::{ActionId, AlertId, CycleId, DrpId, PanelId, PersonId, ReportId, ReviewId};
use super::look::LooksWanted;
use super::strip::StripOf;
use chrono::{DateTime, NaiveDate, Utc};

/// For whom something is read, and when: withheld things are left out, and "late" depends on the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// The person, when the council's list knows the login.
    pub person: Option<PersonId>,
    /// Now.
    pub now: DateTime<Utc>,
    /// Today in Europe/London.
    pub today: NaiveDate,
    /// How far they see; what lies beyond is left out like what is withheld.
    pub sight: Sight,
}

impl Viewer {
    /// Somebody who looks. Nobody in particular sees everything; a person nothing, until it was asked how far they see today
    /// (`runtime::access::seeing`) or what is read is of the whole council ([`Viewer::of_all`]).
    pub fn of(person: Option<PersonId>, now: DateTime<Utc>, today: NaiveDate) -> Viewer {
        let sight = if person.is_some() { Sight::Within(Vec::new()) } else { Sight::All };
        Viewer { person, now, today, sight }
    }

    /// The same person before papers of the whole council: what is withheld from them stays withheld, their scope does not count.
    pub fn of_all(&self) -> Viewer {
        Viewer { sight: Sight::All, ..self.clone() }
    }
}

/// One question.
#[derive(Debug, Clone, PartialEq)]
pub enum Query {
    /// The header: where the work stands.
    Overview,
    /// A window of the queue.
    Queue(Window<QueueSort>),
    /// The sittings of the panel.
    Sittings,
    /// One sitting, whole.
    Sitting(PanelId),
    /// One item of a sitting.
    PanelItem(PanelId, ReviewId),
    /// The same for somebody who reads it in the panel room: whoever was never asked about interests in the case is asked
    /// first, and gets the question instead.
    OpeningItem(PanelId, ReviewId),
    /// The room's screen of a sitting: no name in it.
    Room(PanelId),
    /// A window of what is before the panel.
    Panel(Window<()>),
    /// A window of the strips: alerts, and whatever else runs against clocks.
    Alerts(Window<()>),
    /// One alert, whole.
    Alert(AlertId),
    /// The same for somebody who opens it: whoever was never asked about interests in its case is asked first, and gets the
    /// question instead.
    OpeningAlert(AlertId),
    /// A window of the actions.
    Actions(Window<()>),
    /// Everybody, as the register shows them.
    People(Window<()>),
    /// One person, whole: what they may do and what they hold.
    Person(PersonId),
    /// What a form about somebody is made from; none: about somebody new.
    PersonChoices(Option<PersonId>),
    /// Every report, and what is due next.
    Reports,
    /// One report, whole.
    Report(ReportId),
    /// Every cycle, newest first.
    Cycles,
    /// One cycle, whole.
    Cycle(CycleId),
    /// What the sampling frame holds, before a draw.
    Frame(CycleId),
    /// One review, whole.
    Review(ReviewId),
    /// The last review of the same subject before this one.
    Earlier(ReviewId),
    /// Everything that happened to a review.
    History(ReviewId),
    /// The same, asked for by somebody whose record of that child may not be open: what stands in it is as much of the record.
    OpeningHistory(ReviewId),
    /// Who could review these, and who should.
    Proposal(Vec<ReviewId>),
    /// Who could stand in for a case.
    Substitutes(ReviewId),
    /// The next thing that needs this person.
    NextThing {
        /// Reviews that were offered before and put off.
        skip: Vec<ReviewId>,
        /// Actions that were.
        actions: Vec<ActionId>,
        /// Strips that were.
        passed: Vec<StripOf>,
        /// Work of cycles that was.
        work: Vec<CycleWork>,
    },
    /// Who a subject is; the reveal has been written before.
    Identity(ReviewId),
    /// One action, whole.
    Action(ActionId),
    /// The sum behind a due date.
    DueSum(Dated),
    /// Every register, with how it stands this year.
    Registers,
    /// One register, whole, without its entries.
    Register(String),
    /// A window of the entries of a register, newest first; those of this year unless the filter says `all`.
    Entries(String, Window<()>),
    /// The programme of the year that a day lies in.
    Programme(NaiveDate),
    /// The improvement plan of a cycle.
    Plan(CycleId),
    /// What is looked at again: areas and cases, due, planned and done (F14).
    Revisits,
    /// What was found then beside what is found now.
    ThenNow(Again),
    /// The effect ledger: of what was looked at again, what had lasted (F14, S13).
    Effects,
    /// Whether actions are for whoever asks to do something with: what the deed would say of them.
    MayDo(Vec<ActionId>, ActionAct),
    /// Whether it is for whoever asks to say what the themes of reviews are: what the deed would say of them.
    MayCode(Vec<ReviewId>),
    /// Whether whoever asks may count everything that a cycle's report of a kind counts: what the deed would say of it.
    MayBuild(CycleId, String),
    /// The tracker in groups, at most so many of them, or the columns of its board, as far as a filter goes.
    ActionGroups(GroupBy, Filter, usize),
    /// Whom a kind of review of a cycle may look at, by a few letters.
    Cases {
        /// Which cycle.
        cycle: CycleId,
        /// Key of the kind of review.
        kind: String,
        /// What was typed.
        typed: String,
    },
    /// One review, whole, for somebody who opens its record: whoever was never asked about interests in the case is asked
    /// first, and gets the question instead.
    Opening(ReviewId),
    /// Who is recused from a review, and what the lists suggest about whom.
    Interests(ReviewId),
    /// How far people agree about grades, with the seed of its intervals.
    Agreement {
        /// Seed of the resampling.
        seed: u64,
    },
    /// A page of the insight view.
    Insight(InsightWanted),
    /// Who is invited to which item of a sitting (M07).
    Invitations(PanelId),
    /// One dispute or alert of good practice, whole (M14, C05).
    Drp(DrpId),
    /// Practice alerts by month, service and team, over so many months (F18).
    PracticeAlerts(u32),
    /// What is amiss in the records.
    Findings,
    /// Cases that one may be about, by a few letters.
    AnyCases(String),
    /// An alert or a dispute with every fact about it, for its proof.
    Proof(StripOf),
    /// Where the mail to each addressee of an alert stands.
    AlertMail(AlertId),
    /// What has come up to be decided about, and every disposal.
    Disposals(DisposalsWanted),
    /// Who looked at what.
    Looks(LooksWanted),
}

/// What has a due date that can be explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dated {
    /// The next step of a review.
    Review(ReviewId),
    /// The clocks of a strip.
    Strip(StripOf),
    /// An action.
    Action(ActionId),
}

impl Query {
    /// The reviews that a question names: whoever is recused from one of them gets no answer. Lists name none, they leave
    /// out what is withheld.
    pub fn reviews(&self) -> Vec<ReviewId> {
        match self {
            Query::Overview
            | Query::Queue(_)
            | Query::Panel(_)
            | Query::Sittings
            | Query::Sitting(_)
            | Query::Room(_)
            | Query::Alerts(_)
            | Query::Actions(_)
            | Query::People(_)
            // What of theirs is withheld is left out of it.
            | Query::Person(_)
            | Query::PersonChoices(_)
            | Query::Reports
            // What a report holds of a withheld review is left out of it.
            | Query::Report(_)
            | Query::Cycles
            | Query::Cycle(_)
            | Query::Frame(_)
            | Query::Registers
            | Query::Register(_)
            | Query::Entries(..)
            | Query::Programme(_)
            | Query::Plan(_)
            | Query::Revisits
            | Query::ThenNow(Again::Cycle(_) | Again::Before { .. })
            | Query::Effects
            | Query::ActionGroups(..)
            | Query::MayDo(..)
            | Query::MayBuild(..)
            | Query::Cases { .. }
            | Query::Agreement { .. }
            | Query::Insight(_)
            | Query::Invitations(_)
            // The rows they explain are looked up first, and withheld there.
            | Query::Action(_)
            | Query::Alert(_)
            | Query::OpeningAlert(_)
            | Query::Drp(_)
            | Query::PracticeAlerts(_)
            | Query::Findings
            | Query::AnyCases(_)
            | Query::Proof(_)
            | Query::AlertMail(_)
            | Query::Disposals(_)
            // What is withheld is left out of its rows; of one review it is asked below.
            | Query::Looks(LooksWanted { review: None, .. })
            | Query::DueSum(Dated::Strip(_) | Dated::Action(_))
            | Query::NextThing { .. } => Vec::new(),
            Query::Proposal(reviews) | Query::MayCode(reviews) => reviews.clone(),
            Query::Review(review)
            | Query::PanelItem(_, review)
            | Query::OpeningItem(_, review)
            | Query::Earlier(review)
            | Query::History(review)
            | Query::OpeningHistory(review)
            | Query::Substitutes(review)
            | Query::Identity(review)
            | Query::DueSum(Dated::Review(review))
            | Query::Opening(review)
            | Query::ThenNow(Again::Review(review))
            | Query::Interests(review)
            | Query::Looks(LooksWanted { review: Some(review), .. }) => vec![*review],
        }
    }
}

/// A window of a list: which rows, in which order, from where, and how many.
#[derive(Debug, Clone, PartialEq)]
pub struct Window<S> {
    /// What is shown at all.
    pub filter: Filter,
    /// The order.
    pub sort: S,
    /// Reversed.
    pub reversed: bool,
    /// From where.
    pub from: From,
    /// At most so many rows.
    pub limit: usize,
}

/// Where a window begins; a key is that of a row that was read before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From {
    /// The first row.
    Start,
    /// The last rows.
    End,
    /// The rows after this one.
    After(RowKey),
    /// The rows before this one.
    Before(RowKey),
    /// This row, or the one that took its place, and those after it.
    At(RowKey),
}

/// What a row is sorted by, and its number, which breaks ties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowKey {
    /// Sort value as text.
    pub value: String,
    /// Row number.
    pub id: i64,
}

/// The orders of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum QueueSort {
    /// What is due first.
    #[default]
    Due,
    /// By reference.
    Reference,
    /// By practitioner.
    Practitioner,
    /// By reviewer.
    Reviewer,
    /// By team.
    Team,
    /// By case type.
    CaseType,
    /// Worst grade first.
    Grade,
    /// By next step.
    Step,
}

impl QueueSort {
    /// Every order, as the key steps through them.
    pub const ALL: [QueueSort; 8] = [
        QueueSort::Due,
        QueueSort::Reference,
        QueueSort::Practitioner,
        QueueSort::Reviewer,
        QueueSort::Team,
        QueueSort::CaseType,
        QueueSort::Grade,
        QueueSort::Step,
    ];

    /// Words for the title bar.
    pub fn label(self) -> &'static str {
        match self {
            QueueSort::Due => "due date",
            QueueSort::Reference => "reference",
            QueueSort::Practitioner => "practitioner",
            QueueSort::Reviewer => "reviewer",
            QueueSort::Team => "team",
            QueueSort::CaseType => "case type",
            QueueSort::Grade => "grade",
            QueueSort::Step => "next step",
        }
    }
}
