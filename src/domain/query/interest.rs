//! Read-models of interests: the question before a record is first opened, and who stands how to a case.

use crate::domain::id::{InterestId, PersonId, ReviewId};
use crate::domain::interest::{Inference, InterestKind};
use chrono::NaiveDate;

/// What somebody is asked before a record is first opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterestQuestion {
    /// The review.
    pub review: ReviewId,
    /// `CR-0412`.
    pub reference: String,
    /// The case's pseudonym.
    pub case: String,
    /// The practitioner, whom one has to know to say whether one is connected with them; empty where there is none.
    pub practitioner: String,
    /// What the lists say about the person who is asked, in sentences.
    pub inferred: Vec<String>,
}

/// Who stands how to a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterestsDetail {
    /// The review.
    pub review: ReviewId,
    /// `CR-0412`.
    pub reference: String,
    /// Declared interests, those that stand first.
    pub declared: Vec<DeclaredRow>,
    /// What the lists suggest about those who could review it.
    pub inferred: Vec<InferredRow>,
}

/// A declared interest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredRow {
    /// Which.
    pub interest: InterestId,
    /// Whose.
    pub person: String,
    /// What kind.
    pub kind: InterestKind,
    /// Who declared it, where that was somebody else.
    pub by: String,
    /// The day.
    pub on: NaiveDate,
    /// The day and the reason it was withdrawn; none: it stands.
    pub withdrawn: Option<(NaiveDate, String)>,
}

/// Something the lists suggest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InferredRow {
    /// About whom.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// What.
    pub inference: Inference,
    /// In a sentence whose subject is the person.
    pub why: String,
    /// Why it was set aside; empty: it counts.
    pub dismissed: String,
}
