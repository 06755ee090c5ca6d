//! What a write transaction learns of a review from what it writes into it: the next deed on the same review need not read it anew.
//!
//! What is written here a second time beside the projection is held to it as [`super::known`] says: a build for tests reads everything
//! again and compares.

use super::Known;
use crate::domain::change::{AnswerSaved, Change};
use crate::domain::id::ReviewId;
use crate::domain::review::{Answer, NextStep, PanelStand, ReviewFacts, ReviewState, StepRecord};
use std::sync::Arc;

impl Known {
    /// Changes what is known of a review.
    fn put_right(&self, review: ReviewId, change: impl FnOnce(&mut ReviewFacts)) {
        self.reviews.put_right(review, |known| change(Arc::make_mut(known)));
    }

    /// Something was written as row `seq` of the journal at this moment, in UTC milliseconds: what is known of a review is put to what
    /// its rows say now, instead of being read anew for the next deed.
    pub(in crate::store) fn learn(&self, seq: i64, at: i64, change: &Change) {
        match change {
            Change::Answered(saved) => self.answers.put_right(saved.review, |known| {
                for AnswerSaved { field, answer } in &saved.answers {
                    match &answer.after {
                        Some(value) => drop(known.insert(field.clone(), Answer { value: value.clone(), revision: seq })),
                        None => drop(known.remove(field)),
                    }
                }
            }),
            Change::Allocated { review, reviewer, step, next, companion, .. } => self.put_right(*review, |known| {
                (known.reviewer, known.companion) = (reviewer.after, companion.after);
                if let Some((key, _)) = step.after.as_ref().or(step.before.as_ref()) {
                    known.steps_to(key, step.after.as_ref().map(|(_, record)| record));
                }
                known.next_to(seq, next.after.as_ref());
            }),
            Change::StepRecorded { review, step, record, next, .. } | Change::ReviewReturned { review, step, record, next } => {
                self.put_right(*review, |known| {
                    known.steps_to(step, record.after.as_ref());
                    known.next_to(seq, next.after.as_ref());
                });
            }
            Change::ReviewSubmitted { review, original, step, record, for_panel, reasons, share: _, next } => {
                self.put_right(*review, |known| {
                    (known.original, known.submitted_at) = (*original, Some(super::moment(at)));
                    known.panel = for_panel.clone().map_or(PanelStand::NotNeeded, PanelStand::Waiting);
                    known.panel_reasons.clone_from(reasons);
                    known.steps_to(step, Some(record));
                    known.next_to(seq, Some(next));
                });
            }
            Change::PanelDecided { review, decision, next } => self.put_right(*review, |known| {
                (known.moderated, known.panel) = (Some(decision.moderated), PanelStand::Decided);
                known.next_to(seq, Some(next));
            }),
            Change::ReviewFinalised { review, step, record } => self.put_right(*review, |known| {
                known.steps_to(step, Some(record));
                known.next_to(seq, None);
                known.state = ReviewState::Finalised;
            }),
            _ => {}
        }
    }
}

impl ReviewFacts {
    /// A step as its row says it now; none: it was taken back.
    fn steps_to(&mut self, step: &str, record: Option<&StepRecord>) {
        match record {
            Some(record) => drop(self.steps.insert(step.to_string(), record.clone())),
            None => drop(self.steps.remove(step)),
        }
    }

    /// What comes next, and the row of the journal that says so.
    fn next_to(&mut self, seq: i64, next: Option<&NextStep>) {
        self.review.next = next.cloned().unwrap_or_default();
        self.revision = seq;
    }
}
