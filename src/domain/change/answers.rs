//! One save of a form as one fact: which answers it gave, changed or took back.
//!
//! Twenty answers are one row of the journal, as they were one key press; the history still shows each on a line of its own.

use super::Swap;
use crate::domain::count::capital;
use crate::domain::framework::ReviewKind;
use crate::domain::id::ReviewId;
use crate::domain::review::AnswerValue;
use serde::{Deserialize, Serialize};

/// The answers of one save, in the order of their fields; never empty.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct AnswersSaved {
    /// Of which review.
    pub review: ReviewId,
    /// What was saved.
    pub answers: Vec<AnswerSaved>,
}

/// One answer of a save.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AnswerSaved {
    /// Which field of the form.
    pub field: String,
    /// What stood there before and what stands there now.
    pub answer: Swap<AnswerValue>,
}

/// How a save stands in a journal: journals written by earlier versions hold one row for each answer.
#[derive(Deserialize)]
#[serde(untagged)]
enum Stored {
    Many { review: ReviewId, answers: Vec<AnswerSaved> },
    One { review: ReviewId, field: String, answer: Swap<AnswerValue> },
}

impl From<Stored> for AnswersSaved {
    fn from(stored: Stored) -> AnswersSaved {
        match stored {
            Stored::Many { review, answers } => AnswersSaved { review, answers },
            Stored::One { review, field, answer } => AnswersSaved { review, answers: vec![AnswerSaved { field, answer }] },
        }
    }
}

impl AnswersSaved {
    /// The object of the journal row: the one field of a save that touched no other, otherwise the form.
    pub(super) fn object(&self) -> String {
        match self.answers.as_slice() {
            [one] => format!("review/{}/{}", self.review.0, one.field),
            _ => format!("review/{}/form", self.review.0),
        }
    }

    /// What was saved, in a sentence that holds no answer.
    pub(super) fn sentence(&self) -> String {
        match self.answers.as_slice() {
            [one] => one.sentence("Form answered"),
            several => format!("Form answered, {} questions", several.len()),
        }
    }

    /// The save that puts back what stood before.
    pub(super) fn reversed(self) -> AnswersSaved {
        let back = |saved: AnswerSaved| AnswerSaved { field: saved.field, answer: saved.answer.reversed() };
        AnswersSaved { review: self.review, answers: self.answers.into_iter().map(back).collect() }
    }
}

impl AnswerSaved {
    /// Whether the answer was given, changed or taken back, after words for what was answered.
    pub(super) fn sentence(&self, what: &str) -> String {
        match (&self.answer.before, &self.answer.after) {
            (_, None) => format!("{what}, taken back"),
            (Some(_), Some(_)) => format!("{what} again"),
            (None, Some(_)) => what.to_string(),
        }
    }

    /// What stood before and what stands after, as the history compares them.
    pub fn texts(&self) -> (String, String) {
        let said = |value: &Option<AnswerValue>| value.as_ref().map(AnswerValue::said).unwrap_or_default();
        (said(&self.answer.before), said(&self.answer.after))
    }
}

impl AnswerSaved {
    /// How one answer of a save reads in the history, where the form is known: to which question.
    pub fn sentence_of(&self, kind: Option<&ReviewKind>) -> String {
        match kind {
            Some(kind) => self.sentence(&format!("{}: answered", capital(&kind.field_short(&self.field)))),
            None => self.sentence("Form answered"),
        }
    }
}
