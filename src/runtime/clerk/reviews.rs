//! Deeds inside one review: recording steps, saving answers, submitting.

use super::{Asked, Desk, line, paragraphs, refuse};
use crate::domain::access::Writers;
use crate::domain::alert::AlertTrigger;
use crate::domain::change::{AnswerSaved, AnswersSaved, Change, PanelChange, Swap};
use crate::domain::cycle::Cycle;
use crate::domain::deed::AnswerEdit;
use crate::domain::framework::{AnswerKind, Framework, Grading, ReviewKind, StepDuty};
use crate::domain::id::{PersonId, ReviewId};
use crate::domain::joint;
use crate::domain::panel::{self, WhyHere};
use crate::domain::review::{self, AnswerValue, PanelStand, ReviewFacts, ReviewState, StepRecord, field, next_step};
use crate::store::{StoreError, StoreResult};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::Arc;

impl Desk<'_, '_> {
    /// The cycle, framework and kind of a review.
    pub(super) fn rules_of(&mut self, facts: &ReviewFacts) -> StoreResult<(Arc<Cycle>, Arc<Framework>, Arc<ReviewKind>)> {
        let cycle = self.library.cycle(self.tx.reading(), facts.review.cycle)?;
        let framework = self.library.framework(self.reading(), &cycle.framework, cycle.version)?;
        let kind = self.library.kind(&framework, &facts.review.kind)?;
        Ok((cycle, framework, kind))
    }

    /// Refuses whoever is none of those who write in a review. T43.
    fn may_write_in(&self, facts: &ReviewFacts) -> StoreResult<()> {
        let Some(lead) = facts.reviewer else { return Ok(()) };
        let reference = facts.review.reference.as_str();
        let beside: Vec<PersonId> = facts.companion.into_iter().collect();
        // Nearly always it is one of these: who else reviews it, and the name for the refusal, are looked up for the others alone.
        if self.access.may_write_in(&Writers { reference, lead: Some((lead, "")), beside: &beside }).is_ok() {
            return Ok(());
        }
        let beside = self.reading().joint(facts.review.id, facts.reviewer, None)?.others;
        let name = self.reading().person(lead)?.map(|person| person.name).unwrap_or_default();
        Ok(self.access.may_write_in(&Writers { reference, lead: Some((lead, &name)), beside: &beside })?)
    }

    pub(super) fn record_step(&mut self, id: ReviewId, seen: i64, key: &str, record: StepRecord) -> Asked {
        let mut facts = self.review_as_seen(id, seen)?;
        self.may_write_in(&facts)?;
        let (cycle, framework, kind) = self.rules_of(&facts)?;
        if kind.is_joint() {
            Arc::make_mut(&mut facts).joint = self.reading().joint(id, facts.reviewer, None)?;
        }
        let record = cleaned(record);
        review::record_step(self.today, &kind, &facts, key, &record)?;
        let Some((_, step)) = kind.step(key) else {
            return Err(refuse("There is no such step.", ""));
        };
        let on = record.on;
        let taken = |other: &str| if other == key { Some(on) } else { facts.taken_on(other) };
        let calendar = self.library.calendar(self.reading())?;
        let next = next_step(&kind, &cycle, taken, &facts.panel, &calendar)?;
        let disputed = panel::disputes(&framework, &kind, &facts, step, &record);
        let reference = &facts.review.reference;
        let mut said = match &record.not_done_because {
            Some(_) => format!("{reference}: \u{201c}{}\u{201d} recorded as not possible", step.label),
            None => format!("{reference}: \u{201c}{}\u{201d} recorded", step.label),
        };
        let swapped = Swap { before: facts.steps.get(key).cloned(), after: Some(record.clone()) };
        let next = Swap { before: Some(facts.review.next.clone()), after: Some(next) };
        let change = match step.duty {
            StepDuty::Return => Change::ReviewReturned { review: id, step: key.into(), record: swapped, next },
            StepDuty::Finalise => Change::ReviewFinalised { review: id, step: key.into(), record },
            StepDuty::Allocate | StepDuty::Record | StepDuty::FamilyContact | StepDuty::Submit => {
                Change::StepRecorded { review: id, step: key.into(), label: step.label.clone(), record: swapped, next }
            }
        };
        let mut changes = vec![change];
        if disputed {
            // F08: it went back, but it is not put on the record before the panel has decided.
            let why = WhyHere::Disputed;
            let next = next_step(&kind, &cycle, taken, &PanelStand::Waiting(String::new()), &calendar)?;
            changes.push(Change::Panel(PanelChange::Brought { review: id, why, reason: String::new(), next }));
            said.push_str("; the outcome is disputed, so the panel sees it");
        }
        Ok((changes, said))
    }

    pub(super) fn save_answers(&mut self, id: ReviewId, edits: Vec<AnswerEdit>) -> Asked {
        let (facts, before) = (self.review_with_others(id)?, self.reading().answers(id)?);
        self.may_write_in(&facts)?;
        let (_, _, kind) = self.rules_of(&facts)?;
        let sent_back = matches!(facts.panel, PanelStand::SentBack(_));
        if facts.state != ReviewState::Open || (facts.submitted_at.is_some() && !sent_back) {
            return Err(refuse(
                format!("{} was submitted; its answers stay as they are.", facts.review.reference),
                "A different view belongs into the panel's judgement.",
            ));
        }
        // M08: what the panel asks for is completed; the original judgement stands for good.
        if let Some(edit) = edits.iter().find(|edit| sent_back && field::is_judgement(&edit.field)) {
            let what = format!("{} was submitted; its {} stands.", facts.review.reference, kind.field_words(&edit.field));
            return Err(refuse(what, "Complete what the panel asks for and leave the judgement as it is."));
        }
        let mut answers = Vec::new();
        let mut stale: Vec<(String, i64)> = Vec::new();
        // A field named twice takes its last answer: only that one is what the person sees.
        let last: BTreeMap<String, AnswerEdit> = edits.into_iter().map(|edit| (edit.field.clone(), edit)).collect();
        for edit in last.into_values() {
            let before = before.get(&edit.field);
            #[cfg(feature = "broken")]
            let edit = match crate::broken::is(crate::broken::Fault::Unversioned) {
                true => AnswerEdit { seen: before.map_or(0, |answer| answer.revision), ..edit },
                false => edit,
            };
            if before.map_or(0, |answer| answer.revision) != edit.seen {
                let revision = match before {
                    Some(answer) => answer.revision,
                    None => self.reading().last_answered(id, &edit.field)?.map_or(0, |(seq, _)| seq),
                };
                stale.push((edit.field, revision));
                continue;
            }
            let answer = match edit.answer {
                Some(AnswerValue::Text(text)) => Some(paragraphs(&text)).filter(|text| !text.is_empty()).map(AnswerValue::Text),
                other => other,
            };
            joint::may_agree(&kind, &facts, &edit.field)?;
            if let Some(answer) = &answer {
                check_answer(&kind, &edit.field, answer)?;
            }
            let before = before.map(|answer| answer.value.clone());
            if before != answer {
                answers.push(AnswerSaved { field: edit.field, answer: Swap { before, after: answer } });
            }
        }
        if !stale.is_empty() {
            return Err(self.stale_answers(&facts.review.reference, &kind, &stale)?);
        }
        if answers.is_empty() {
            return Ok((Vec::new(), "Nothing had changed".to_string()));
        }
        let saved = Change::Answered(AnswersSaved { review: id, answers });
        Ok((vec![saved], format!("{}: saved", facts.review.reference)))
    }

    /// The sentence for answers that somebody else changed meanwhile: every one of them, by the name that a list of them has
    /// room for.
    fn stale_answers(&self, reference: &str, kind: &ReviewKind, stale: &[(String, i64)]) -> StoreResult<StoreError> {
        let named: Vec<String> = match stale {
            [(field, _)] => vec![kind.field_words(field)],
            several => several.iter().map(|(field, _)| kind.field_short(field)).collect(),
        };
        let newest = stale.iter().map(|(_, revision)| *revision).max().unwrap_or_default();
        self.stale(&format!("{reference} ({})", named.join("; ")), newest)
    }

    pub(super) fn submit(&mut self, id: ReviewId, seen: i64, on: NaiveDate) -> Asked {
        let facts = self.reading().with_form(&*self.review_as_seen(id, seen)?)?;
        self.may_write_in(&facts)?;
        let (cycle, framework, kind) = self.rules_of(&facts)?;
        let judgement = review::submit(&framework, &kind, &facts)?;
        if on > self.today || on < facts.review.opened_on {
            return Err(refuse(
                format!("{} is no day on which this review can have been completed.", on.format("%-d %B %Y")),
                format!("Give a day from {} to today.", facts.review.opened_on.format("%-d %B")),
            ));
        }
        let Some((_, step)) = kind.step_of(StepDuty::Submit) else {
            return Err(refuse("This kind of review has no step of completion.", "Mend the framework's profile."));
        };
        let record = StepRecord { on, values: BTreeMap::new(), not_done_because: None };
        let taken = |other: &str| if other == step.key { Some(on) } else { facts.taken_on(other) };
        let (reasons, share) = self.reasons_for_panel(&facts, (&cycle, &framework, &kind), judgement)?;
        let for_panel = (!reasons.is_empty()).then(|| panel::in_words(&framework, &reasons, judgement));
        let stand = for_panel.clone().map_or(PanelStand::NotNeeded, PanelStand::Waiting);
        let calendar = self.library.calendar(self.reading())?;
        let next = next_step(&kind, &cycle, taken, &stand, &calendar)?;
        let reference = facts.review.reference.clone();
        let mut said = match judgement {
            Some(judgement) => format!("{reference} submitted as {}", framework.grade_label(judgement.grade)),
            None => format!("{reference} submitted"),
        };
        if for_panel.is_some() {
            said.push_str("; the panel sees it before it goes back");
        }
        let step = step.key.clone();
        let mut changes = vec![Change::ReviewSubmitted { review: id, original: judgement, step, record, for_panel, reasons, share, next }];
        if judgement.is_some_and(|judgement| framework.escalation.opens(&kind.key, judgement.grade)) {
            let opened = self.alert_for_grade(&framework, &facts, AlertTrigger::Reviewer)?;
            if let Some((change, words)) = opened {
                said.push_str(&words);
                changes.push(change);
            }
        }
        Ok((changes, said))
    }
}

fn cleaned(record: StepRecord) -> StepRecord {
    StepRecord {
        on: record.on,
        values: record.values.into_iter().map(|(key, value)| (key, paragraphs(&value))).filter(|(_, value)| !value.is_empty()).collect(),
        not_done_because: record.not_done_because.map(|reason| line(&reason)),
    }
}

/// Refuses an answer to a field that the form does not have, or of the wrong kind. M01.
fn check_answer(kind: &ReviewKind, name: &str, answer: &AnswerValue) -> StoreResult<()> {
    use crate::domain::error::RuleError;
    if let AnswerValue::Scale(point) = answer
        && *point > 10
    {
        let what = format!("{point} is not on the scale for {}.", kind.field_words(name));
        return Err(RuleError::under("M01", what, "Give a whole number from 0 to 10.").into());
    }
    let fits = match name.split_once('/') {
        Some(("q", key)) => match kind.question(key) {
            None => false,
            Some((_, question)) => match (question.answer, answer) {
                (_, AnswerValue::NotApplicable) => question.may_not_apply,
                (AnswerKind::Scale, AnswerValue::Scale(_)) | (AnswerKind::Text, AnswerValue::Text(_)) => true,
                (AnswerKind::YesPartlyNo, AnswerValue::Yes | AnswerValue::Partly | AnswerValue::No) => true,
                _ => false,
            },
        },
        Some(("n", key)) => kind.narrative.iter().any(|heading| heading.key == key) && matches!(answer, AnswerValue::Text(_)),
        Some(("area", key)) => kind.areas.iter().any(|area| area.key == key && area.graded) && matches!(answer, AnswerValue::Grade(_)),
        _ => match name {
            field::OVERALL => match kind.grading {
                Grading::Scaling => matches!(answer, AnswerValue::Scale(_)),
                Grading::Direct | Grading::ByArea => matches!(answer, AnswerValue::Grade(_)),
                Grading::Ungraded => false,
            },
            field::WHY_AGREED => kind.judged_apart() && matches!(answer, AnswerValue::Text(_)),
            field::WHY_NO_ACTIONS | field::WHY_TENSION => matches!(answer, AnswerValue::Text(_)),
            _ => false,
        },
    };
    if fits {
        return Ok(());
    }
    Err(refuse(
        format!("\u{201c}{}\u{201d} is no answer to {}.", answer.said(), kind.field_words(name)),
        "Answer in the way the form asks.",
    ))
}
