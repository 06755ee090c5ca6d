//! What a deed is asked with: the parts of a request, and what it leaves behind.

use crate::domain::check::{About, FindingKind};
use crate::domain::framework::Stratum;
use crate::domain::id::{CycleId, PersonId, ReviewId};
use crate::domain::intake::{Beyond, FrameRow};
use crate::domain::review::AnswerValue;
use crate::domain::tracking::{FollowUpOf, Improved};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What a deed has left behind, as far as taking it back goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Trace {
    /// Nothing was to be written, or only that somebody looked.
    #[default]
    Nothing,
    /// What was asked for was so before: nothing was written.
    Unchanged,
    /// A batch that can be taken back, by its first journal row.
    Batch(i64),
    /// The same, where a judgement goes with it: nobody takes that back by one key, they are asked.
    Judged(i64),
    /// Something that stands for good.
    ForGood,
}

/// A file that was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedFile {
    /// Its name, without folders.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Oddities reported while reading.
    pub oddities: u32,
}

/// A list of subjects as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectsImport {
    /// What kind of list (`ssd`, `subjects`), as the journal notes it.
    pub list: String,
    /// The subjects in the frame, one row each.
    pub rows: Vec<FrameRow>,
    /// The council's numbers of children whose plan, care or case has ended.
    pub closed: Vec<String>,
    /// Keys of the case types that the list covers whole.
    pub covered: Vec<String>,
    /// What it says beyond the children.
    pub beyond: Beyond,
    /// The day the list speaks of.
    pub frame_date: Option<NaiveDate>,
    /// The file or folder.
    pub file: ImportedFile,
}

/// How a sample is to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawWanted {
    /// For which cycle.
    pub cycle: CycleId,
    /// How many cases.
    pub size: u32,
    /// By what the frame is divided; none: as the framework says.
    pub stratify_by: Option<Stratum>,
    /// The seed; none: one is made up and written on the card.
    pub seed: Option<u64>,
    /// The service whose cases are drawn, where services take turns (Q03); none: the next in turn.
    pub service: Option<String>,
    /// Why, when it is not the next in turn.
    pub why_service: String,
    /// Cases of the last cycle's workers are drawn like any other (F05 lets that rule go where the frame is too small; here it is let go
    /// to keep a share of the sample in proportion).
    pub last_workers_too: bool,
}

impl DrawWanted {
    /// As the framework says: its strata, the next service in turn, a seed made up.
    pub fn usual(cycle: CycleId, size: u32) -> DrawWanted {
        DrawWanted { cycle, size, stratify_by: None, seed: None, service: None, why_service: String::new(), last_workers_too: false }
    }
}

/// One review given to one person, or to nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocation {
    /// Which review.
    pub review: ReviewId,
    /// Its revision as seen.
    pub seen: i64,
    /// To whom; none takes it away.
    pub reviewer: Option<PersonId>,
    /// Why, where a conflict was shown and set aside.
    pub despite: String,
    /// Who stands beside a first-time reviewer (S06, F21); none: whom the rule proposes.
    pub companion: Option<PersonId>,
    /// Who reviews it beside the lead, and why in spite of a conflict (Q03-Q05, S18, S19). Whoever is named there already stays.
    pub others: Vec<(PersonId, String)>,
    /// Answers to the fields of the step of allocating, where how the case came in does not answer them.
    pub values: BTreeMap<String, String>,
}

impl Allocation {
    /// To somebody, with nothing set aside and nothing else to say.
    pub fn to(review: ReviewId, seen: i64, reviewer: Option<PersonId>) -> Allocation {
        Allocation { review, seen, reviewer, despite: String::new(), companion: None, others: Vec::new(), values: BTreeMap::new() }
    }
}

/// One changed field of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerEdit {
    /// Which field.
    pub field: String,
    /// Its revision as seen; 0 where it was empty.
    pub seen: i64,
    /// The answer; none takes it back.
    pub answer: Option<AnswerValue>,
}

/// Something that followed a review, as somebody writes it down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUpWanted {
    /// The review.
    pub review: ReviewId,
    /// What followed.
    pub what: FollowUpOf,
    /// The day it took place.
    pub on: NaiveDate,
    /// Who held, gave or decided it; none: whoever writes it down.
    pub by: Option<PersonId>,
    /// Whom support is for; none: the practitioner.
    pub whom: Option<PersonId>,
    /// Support is for the whole team that held the case.
    pub team: bool,
    /// What an assurance found.
    pub improved: Option<Improved>,
    /// In words.
    pub text: String,
}

/// A finding that somebody sets aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExemptWanted {
    /// What kind.
    pub kind: FindingKind,
    /// About what.
    pub about: About,
    /// The review whose case it concerns, if any.
    pub review: Option<ReviewId>,
    /// Why; none: it is set aside no longer.
    pub reason: Option<String>,
    /// Up to and with this day; none: until the facts change.
    pub until: Option<NaiveDate>,
}
