//! The facts that figures are made from: one row for each review, answer, step and alert, without any name of a child.

use crate::domain::grade::{Grade, Judgement};
use crate::domain::id::{CycleId, PersonId, ReviewId};
use chrono::NaiveDate;

/// One review as it is counted.
#[derive(Debug, Clone, PartialEq)]
pub struct CountedReview {
    /// Row number.
    pub id: ReviewId,
    /// Its cycle.
    pub cycle: CycleId,
    /// Key of its kind.
    pub kind: String,
    /// Key of its case type.
    pub case_type: String,
    /// Name of the team that held the case; empty: none.
    pub team: String,
    /// The service of that team; empty: none.
    pub service: String,
    /// It looks at a service as a whole, and at no case (S19, Q05).
    pub of_service: bool,
    /// Who held the case; only told apart, never shown.
    pub practitioner: Option<PersonId>,
    /// The day it was opened.
    pub opened_on: NaiveDate,
    /// It belongs to the random sample (F03).
    pub drawn: bool,
    /// It was submitted.
    pub submitted: bool,
    /// It is on the council's own record.
    pub finalised: bool,
    /// It waits for the panel.
    pub waiting: bool,
    /// The panel decided.
    pub moderated: bool,
    /// Its decision stands for all reviews (F08).
    pub by_chance: bool,
    /// The reviewer's judgement, where the viewer may know it.
    pub original: Option<Judgement>,
    /// The panel's judgement, where the viewer may know it.
    pub panel: Option<Judgement>,
}

impl CountedReview {
    /// The grade that counts (M08).
    pub fn grade(&self) -> Option<Grade> {
        self.panel.or(self.original).map(|judgement| judgement.grade)
    }
}

/// An answer that is no text, of a submitted review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedAnswer {
    /// Which review.
    pub review: ReviewId,
    /// Field of the form (`q/KEY`, `area/KEY`).
    pub field: String,
    /// What was answered.
    pub value: CountedValue,
}

/// What was answered other than in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountedValue {
    /// A scale point 0-10.
    Point(u8),
    /// A grade of an area.
    Grade(Grade),
    /// Yes.
    Yes,
    /// Partly.
    Partly,
    /// No.
    No,
}

/// A step that is behind a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedStep {
    /// Which review.
    pub review: ReviewId,
    /// Key of the step.
    pub step: String,
    /// The day.
    pub on: NaiveDate,
    /// It happened; otherwise it could not, and why is recorded.
    pub done: bool,
    /// What was said by the family is written down, where it is that step.
    pub said: bool,
}

/// A theme found in a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedTheme {
    /// Which review.
    pub review: ReviewId,
    /// Key of the theme.
    pub theme: String,
    /// As a strength; otherwise as an area to improve; none: good practice marked under it.
    pub strength: Option<bool>,
}
