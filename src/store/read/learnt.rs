//! What a write transaction learns of reviews, of their actions and of what followed them from what it writes: the next deed on the same
//! need not read it anew.
//!
//! What is written here a second time beside the projection is held to it as [`super::known`] says: a build for tests reads everything
//! again and compares.

use super::follow::LoopFacts;
use super::known::{Known, Place};
use super::moment;
use crate::domain::action::{Action, Life, Said, Stand};
use crate::domain::calendar::local_date;
use crate::domain::change::{AnswerSaved, Change, FollowUpChange, Swap};
use crate::domain::id::ReviewId;
use crate::domain::joint::Joint;
use crate::domain::review::{Answer, NextStep, PanelStand, Review, ReviewFacts, ReviewState, StepRecord};
use crate::domain::tracking::{FollowUp, LoopStand};
use crate::store::tx::Numbered;
use std::collections::BTreeMap;
use std::sync::Arc;

impl Known {
    /// Changes what is known of a review.
    fn put_right(&self, review: ReviewId, change: impl FnOnce(&mut ReviewFacts)) {
        self.reviews.put_right(&review, |known| change(Arc::make_mut(known)));
    }

    /// A number is taken.
    fn given_out(&self, table: Numbered, number: i64) {
        self.numbers.put_right(&table, |next| *next = (*next).max(number + 1));
    }

    /// Changes what is known of a review's loop.
    fn put_loop_right(&self, review: ReviewId, change: impl FnOnce(&mut LoopFacts)) {
        self.loops.put_right(&review, |known| change(Arc::make_mut(known)));
    }

    /// A review was opened: nothing has happened in it yet, so that all of it is known.
    fn opened(&self, seq: i64, review: &Review) {
        let id = review.id;
        let place = Place {
            cycle: review.cycle,
            subject: review.subject,
            practitioner: review.practitioner,
            reviewers: [None; 2],
            erased_on: None,
        };
        self.places.keep(id, place);
        self.answers.keep(id, BTreeMap::new());
        self.joints.keep((id, None), Joint::default());
        self.answering.keep(id, Vec::new());
        let facts = LoopFacts {
            cycle: review.cycle,
            subject: review.subject,
            kind: review.kind.clone(),
            case_type: review.case_type.clone(),
            opened_on: review.opened_on,
            grade: None,
            submitted_on: None,
            stood: LoopStand::Untracked.key().to_string(),
            supervision_due: None,
            since: None,
        };
        self.loops.keep(id, Arc::new(facts));
        self.follow_ups.keep(id, Vec::new());
        self.alerted.keep(id, Vec::new());
        let facts = ReviewFacts {
            review: review.clone(),
            state: ReviewState::Open,
            reviewer: None,
            companion: None,
            look_back: None,
            steps: BTreeMap::new(),
            answers: BTreeMap::new(),
            joint: Joint::default(),
            actions: Vec::new(),
            original: None,
            submitted_at: None,
            moderated: None,
            panel: PanelStand::NotNeeded,
            panel_reasons: Vec::new(),
            revision: seq,
        };
        self.reviews.keep(id, Arc::new(facts));
    }

    /// An action was raised, changed or withdrawn.
    fn raised(&self, seq: i64, at: i64, swap: &Swap<Action>) {
        let Some(after) = &swap.after else { return };
        if swap.before.is_none() {
            let raised_at = Some(at).filter(|at| *at > 0).map(moment);
            let action = Action { raised_at, life: in_milliseconds(&after.life), ..after.clone() };
            self.given_out(Numbered::Action, after.id.0);
            if let Some(review) = after.review() {
                self.answering.put_right(&review, |known| known.insert(known.partition_point(|id| *id < after.id), after.id));
            }
            return self.actions.keep(after.id, (action, seq));
        }
        self.actions.put_right(&after.id, |(known, revision)| {
            let came_from = (known.reference.clone(), known.source, known.alert, known.raised_at);
            *known = Action { life: in_milliseconds(&after.life), ..after.clone() };
            (known.reference, known.source, known.alert, known.raised_at) = came_from;
            *revision = seq;
        });
    }

    /// Something was written as row `seq` of the journal at this moment, in UTC milliseconds: what is known of a review is put to what
    /// its rows say now, instead of being read anew for the next deed.
    pub(in crate::store) fn learn(&self, seq: i64, at: i64, change: &Change) {
        match change {
            Change::ReviewOpened(review) => self.opened(seq, review),
            Change::Answered(saved) => self.answers.put_right(&saved.review, |known| {
                for AnswerSaved { field, answer } in &saved.answers {
                    match &answer.after {
                        Some(value) => drop(known.insert(field.clone(), Answer { value: value.clone(), revision: seq })),
                        None => drop(known.remove(field)),
                    }
                }
            }),
            Change::Allocated { review, reviewer, step, next, companion, .. } => {
                self.places.put_right(review, |known| known.reviewers = [reviewer.after, companion.after]);
                // Where nobody stands beside the lead, nobody does beside the next.
                if self.joints.look(&(*review, reviewer.before), |joint| *joint == Joint::default()) == Some(true) {
                    self.joints.keep((*review, reviewer.after), Joint::default());
                }
                self.put_right(*review, |known| {
                    (known.reviewer, known.companion) = (reviewer.after, companion.after);
                    if let Some((key, _)) = step.after.as_ref().or(step.before.as_ref()) {
                        known.steps_to(key, step.after.as_ref().map(|(_, record)| record));
                    }
                    known.next_to(seq, next.after.as_ref());
                });
            }
            Change::StepRecorded { review, step, record, next, .. } | Change::ReviewReturned { review, step, record, next } => {
                self.put_right(*review, |known| {
                    known.steps_to(step, record.after.as_ref());
                    known.next_to(seq, next.after.as_ref());
                });
            }
            Change::ReviewSubmitted { review, original, step, record, for_panel, reasons, share: _, next } => {
                self.put_loop_right(*review, |known| {
                    (known.grade, known.submitted_on) = (original.map(|judgement| judgement.grade), Some(local_date(moment(at))));
                });
                self.put_right(*review, |known| {
                    (known.original, known.submitted_at) = (*original, Some(moment(at)));
                    known.panel = for_panel.clone().map_or(PanelStand::NotNeeded, PanelStand::Waiting);
                    known.panel_reasons.clone_from(reasons);
                    known.steps_to(step, Some(record));
                    known.next_to(seq, Some(next));
                });
            }
            Change::PanelDecided { review, decision, next } => {
                self.put_loop_right(*review, |known| known.grade = Some(decision.moderated.grade));
                self.put_right(*review, |known| {
                    (known.moderated, known.panel) = (Some(decision.moderated), PanelStand::Decided);
                    known.next_to(seq, Some(next));
                });
            }
            Change::FollowUp(FollowUpChange::LoopMoved { review, stand, supervision_due, since }) => {
                self.put_loop_right(*review, |known| {
                    let after = stand.after.unwrap_or(LoopStand::Untracked);
                    if known.stood != after.key() {
                        known.stood = after.key().to_string();
                        known.since = (after != LoopStand::Untracked).then(|| since.unwrap_or(local_date(moment(at))));
                    }
                    known.supervision_due = *supervision_due;
                });
            }
            Change::ReviewFinalised { review, step, record } => self.put_right(*review, |known| {
                known.steps_to(step, Some(record));
                known.next_to(seq, None);
                known.state = ReviewState::Finalised;
            }),
            Change::AlertOpened(alert) => self.put_right(alert.review, |known| known.revision = seq),
            Change::AlertClosed { review, .. } => self.put_right(*review, |known| known.revision = seq),
            Change::ActionRecorded(swap) => self.raised(seq, at, swap),
            Change::ActionStepped(stepped) => {
                if let Some(stand) = &stepped.stand.after {
                    self.actions.put_right(&stepped.action, |(known, revision)| {
                        stands(known, stand);
                        *revision = seq;
                    });
                }
            }
            Change::FollowUp(FollowUpChange::Noted(Swap { before: None, after: Some(follow) })) => {
                self.given_out(Numbered::FollowUp, follow.id.0);
                self.follow_ups.put_right(&follow.review, |known| {
                    let when = |follow: &FollowUp| (follow.on, follow.id);
                    known.insert(known.partition_point(|earlier| when(earlier) < when(follow)), (**follow).clone());
                });
            }
            _ => {}
        }
    }
}

/// An action as its row says after a step.
fn stands(action: &mut Action, stand: &Stand) {
    (action.state, action.owner, action.due_on) = (stand.state, stand.owner, stand.due_on);
    action.evidence.clone_from(&stand.evidence);
    action.life = in_milliseconds(&stand.life);
}

/// What became of an action, as its row keeps it: a moment to the millisecond.
fn in_milliseconds(life: &Life) -> Life {
    let kept = |said: Option<Said>| said.map(|said| Said { at: moment(said.at.timestamp_millis()), ..said });
    Life { done: kept(life.done), signed_off: kept(life.signed_off), ..life.clone() }
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
