//! What lies over the view: help, palette, forms, sheets, questions. One stack; the topmost has the keys.

use super::command::Command;
use super::disposals::Deciding;
use super::effect::Then;
use super::form::Form;
use super::msg::Draft;
use crate::domain::action::Ledger;
use crate::domain::check::{self, Finding};
use crate::domain::deed::Deed;
use crate::domain::drp::PracticeCount;
use crate::domain::id::{CycleId, PanelId, PersonId, ReviewId};
use crate::domain::interest::InterestKind;
use crate::domain::look::LooksDetail;
use crate::domain::query::{
    ActionLife, AgreementDetail, DrpDetail, DueSum, HistoryRow, InterestQuestion, InterestsDetail, NoticeRow, PersonDetail, ProofDetail,
    ProposalDetail, RecordsUp, RevisitRow,
};
use crate::domain::revisit::ThenNow;
use crate::domain::sample::SampleCard;
use std::collections::{BTreeMap, BTreeSet};

/// Something over the view.
#[derive(Debug, Clone)]
pub enum Overlay {
    /// The keys that work here.
    Help {
        /// First line shown.
        top: usize,
        /// What is searched for; empty: all is shown.
        search: String,
        /// It is being typed.
        typing: bool,
    },
    /// Commands by a few letters.
    Palette {
        /// What was typed.
        typed: String,
        /// Place of the cursor.
        at: usize,
    },
    /// A form.
    Form(Box<Form>),
    /// A question before something that stands for good.
    Confirm(Box<Confirm>),
    /// A list or text to look through.
    Sheet(Box<Sheet>),
}

/// A question before something that cannot be taken back.
#[derive(Debug, Clone)]
pub struct Confirm {
    /// Title.
    pub title: String,
    /// What will happen, in sentences.
    pub says: Vec<String>,
    /// The word that has to be typed.
    pub word: &'static str,
    /// What was typed so far.
    pub typed: String,
    /// What is done when it is.
    pub deed: Deed,
    /// The form it came from is still open below and closes with it.
    pub from_form: bool,
}

/// A list or text over the view.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// What it shows.
    pub body: SheetBody,
    /// Place of the cursor, or first line of a text.
    pub at: usize,
    /// First visible row.
    pub top: usize,
}

/// What a sheet shows.
#[derive(Debug, Clone)]
pub enum SheetBody {
    /// Everything that happened to a review.
    History {
        /// Reference of the review.
        reference: String,
        /// Newest first.
        rows: Vec<HistoryRow>,
    },
    /// One action, whole.
    Action(Box<ActionLife>),
    /// One person: what they may do and what they hold.
    Person {
        /// As read.
        detail: Box<PersonDetail>,
        /// A hand-over is about all of the sort under the cursor.
        whole: bool,
    },
    /// What had lasted of what was looked at again (F14, S13).
    Effects(Box<Ledger>),
    /// How a due date comes about.
    DueSum(Box<DueSum>),
    /// How a sample was chosen.
    Card(SampleCard),
    /// Sentences, whole.
    Words {
        /// What they are about.
        title: String,
        /// Each begins a line of its own.
        says: Vec<String>,
    },
    /// How far people agree about grades.
    Agreement(Box<AgreementDetail>),
    /// Who should review what.
    Proposal(Box<Proposing>),
    /// Reviewers to choose from for one review of the proposal.
    Candidates(Box<Choosing>),
    /// What is missing before a review can be submitted.
    Finish {
        /// The review.
        review: ReviewId,
        /// A gentle question about the grade.
        tension: Option<String>,
    },
    /// Text that was typed and not saved.
    Drafts(Vec<Draft>),
    /// Cycles that begin in one month, to choose from: each with its words.
    Cycles(Vec<(CycleId, String)>),
    /// Registers to note an entry in: key and label.
    Registers(Vec<(String, String)>),
    /// Who hears of a cycle's reviews beforehand (F04).
    Notices(Vec<NoticeRow>),
    /// The question before a record is first opened: nothing to declare, or one of the kinds of interest.
    AskFirst {
        /// What is asked.
        question: Box<InterestQuestion>,
        /// How the record opens when there is nothing to declare.
        then: Then,
    },
    /// Who is recused, and what the lists suggest.
    Interests(Box<InterestsDetail>),
    /// A dispute or an alert of good practice: where it stands and what happened.
    Drp(Box<DrpDetail>),
    /// Every fact of an alert or a dispute, as its proof prints it.
    Proof(Box<ProofDetail>),
    /// Who looked at what.
    Looks(Box<LooksDetail>),
    /// What there is to decide about keeping and erasing.
    Disposals(Box<Deciding>),
    /// What is amiss; with what was set aside where true.
    Findings {
        /// Kind by kind.
        rows: Vec<Finding>,
        /// With those that were set aside.
        all: bool,
        /// Records that have come up for disposal: the last row, where there is one.
        due: Option<Box<RecordsUp>>,
    },
    /// What is looked at again (F14).
    Revisits(Vec<RevisitRow>),
    /// What was found then beside what is found now.
    ThenNow(Box<ThenNow>),
    /// Practice alerts by month, service and team (F18).
    PracticeAlerts(Vec<PracticeCount>),
    /// Who is there: ticked row by row, as a sitting begins or later.
    Attendance {
        /// Which sitting.
        panel: PanelId,
        /// Its revision as seen.
        seen: i64,
        /// It begins with this.
        begin: bool,
        /// Who, in words, and whether they are there.
        rows: Vec<(PersonId, String, bool)>,
    },
    /// Those who leave before an item is opened.
    Door {
        /// Which sitting.
        panel: PanelId,
        /// Which review.
        review: ReviewId,
        /// Its reference.
        reference: String,
        /// Who leaves: row and name.
        names: Vec<(PersonId, String)>,
        /// The item that goes off the table unfinished, and what is unfinished about it.
        aside: Option<(ReviewId, String)>,
    },
}

/// A proposal that is being looked at and changed.
#[derive(Debug, Clone)]
pub struct Proposing {
    /// As proposed.
    pub detail: ProposalDetail,
    /// As changed by hand: who, and why in spite of a conflict.
    pub chosen: BTreeMap<ReviewId, (Option<PersonId>, String)>,
    /// Who reviews beside the lead, as changed by hand, and why in spite of a conflict (Q03-Q05, S18, S19).
    pub others: BTreeMap<ReviewId, Vec<(PersonId, String)>>,
    /// Who stands beside a first-time reviewer, where that was chosen by hand (F21).
    pub companions: BTreeMap<ReviewId, PersonId>,
}

/// What somebody is being chosen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// To lead the review.
    Lead,
    /// To review beside the lead; several may be.
    Beside,
    /// To stand beside a first-time reviewer.
    Companion,
}

/// A reviewer being chosen for one review of a proposal, which lies on the sheet below.
#[derive(Debug, Clone)]
pub struct Choosing {
    /// Which review.
    pub review: ReviewId,
    /// Its reference.
    pub reference: String,
    /// For what.
    pub part: Part,
    /// Candidates: those without a conflict first, then by load.
    pub rows: Vec<Choice>,
    /// Those who are chosen so far, where several may be.
    pub taken: BTreeSet<PersonId>,
}

/// One candidate for one review.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Who.
    pub person: PersonId,
    /// Name and role.
    pub name: String,
    /// Open reviews.
    pub load: u32,
    /// Has never completed a review, where the framework asks for somebody beside them.
    pub first: bool,
    /// What stands against it: (never allowed, sentence).
    pub conflicts: Vec<(bool, String)>,
}

impl Confirm {
    /// The question before a deed, at which nothing has been typed yet. It was asked from the view or a sheet.
    pub fn new(title: impl Into<String>, says: Vec<String>, word: &'static str, deed: Deed) -> Confirm {
        Confirm { title: title.into(), says, word, typed: String::new(), deed, from_form: false }
    }

    /// The same, asked from a form or not.
    pub fn from_form(self, from_form: bool) -> Confirm {
        Confirm { from_form, ..self }
    }
}

impl Sheet {
    /// A sheet with the cursor at its top.
    pub fn over(body: SheetBody) -> Overlay {
        Overlay::Sheet(Box::new(Sheet { body, at: 0, top: 0 }))
    }

    /// How many rows the cursor can be on; a text counts its lines.
    pub fn len(&self) -> usize {
        match &self.body {
            SheetBody::History { rows, .. } => rows.len(),
            SheetBody::Action(life) => life.history.len(),
            SheetBody::DueSum(sum) => {
                let long = |one: &DueSum| one.sum.as_ref().map_or(4, |sum| sum.days.len() + sum.says.len() + 4);
                long(sum) + sum.beside.iter().map(long).sum::<usize>()
            }
            SheetBody::Card(SampleCard::Part(part)) => part.seen.len() + 25,
            SheetBody::Card(SampleCard::Whole(sample)) => {
                sample.drawn.left_out.len()
                    + sample.drawn.strata.len()
                    + sample.drawn.compared.iter().map(|c| c.rows.len() + 2).sum::<usize>()
                    + 25
            }
            // Wrapped in a narrow window; the cursor stops where the text does.
            SheetBody::Agreement(detail) => 40 + 4 * detail.unseen.len(),
            SheetBody::Words { says, .. } => says.len() * 5,
            SheetBody::Proposal(proposing) => proposing.detail.reviews.len(),
            SheetBody::Candidates(choosing) => choosing.rows.len(),
            SheetBody::Finish { .. } => 30,
            SheetBody::Drafts(drafts) => drafts.len(),
            SheetBody::Registers(registers) => registers.len(),
            SheetBody::Cycles(cycles) => cycles.len(),
            SheetBody::Notices(rows) => rows.len(),
            SheetBody::Attendance { rows, .. } => rows.len(),
            SheetBody::Door { names, .. } => names.len(),
            SheetBody::Drp(detail) => detail.drp.facts.len() * 6 + 40,
            SheetBody::Proof(detail) => detail.rows.len() * 6 + 12,
            SheetBody::PracticeAlerts(rows) => rows.len() + 6,
            SheetBody::Effects(ledger) => ledger.rows().count() + 8,
            SheetBody::Findings { rows, all, due } => check::shown(rows, *all).len() + usize::from(due.is_some()),
            SheetBody::Disposals(deciding) => deciding.rows().len(),
            SheetBody::Revisits(rows) => rows.len(),
            SheetBody::Person { detail, .. } => detail.held.len(),
            // Wrapped in a narrow window; the cursor stops where the text does.
            SheetBody::ThenNow(found) => found.parts.iter().map(|part| part.rows.len() * 3 + 2).sum::<usize>() + 6,
            SheetBody::Looks(detail) => detail.rows.len(),
            SheetBody::AskFirst { .. } => InterestKind::ALL.len() + 1,
            SheetBody::Interests(detail) => 1 + detail.declared.len() + detail.inferred.len(),
        }
    }

    /// Nothing to show.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Moves by rows; `height` rows fit.
    pub fn step(&mut self, by: isize, height: usize) {
        self.at = self.at.saturating_add_signed(by).min(self.len().saturating_sub(1));
        let height = height.max(1);
        if self.at < self.top {
            self.top = self.at;
        } else if self.at >= self.top + height {
            self.top = self.at + 1 - height;
        }
    }
}

/// A command in the palette, with why it is not available.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The command.
    pub command: Command,
    /// Why it is not available now; none: it is.
    pub unavailable: Option<String>,
}
