//! One made-up review: its steps on their days, what is written, its judgement, return and finalising.

use super::dates::{at, workday};
use super::phrases as bank;
use super::town::{Event, Stand, Town};
use super::words::{self, Quality};
use crate::domain::calendar::local_date;
use crate::domain::deed::{AnswerEdit, Deed};
use crate::domain::framework::{AnswerKind, FieldKind, Grading, Step, StepDuty, StepField};
use crate::domain::grade::Grade;
use crate::domain::id::{AlertId, PersonId, ReviewId};
use crate::domain::review::{AnswerValue, StepRecord, field};
use crate::store::{Numbered, StoreResult, Tx};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use std::collections::BTreeMap;

/// A minute of a working day.
pub(super) fn minutes(dice: &mut super::dice::Dice) -> i64 {
    dice.range(9 * 60, 16 * 60 + 45)
}

impl Town {
    /// How good the work was: grades in the shares that councils see, and a point within the band.
    pub(super) fn quality(&mut self, stand: Option<Stand>) -> Quality {
        let grade = match stand {
            Some(Stand::Best) => Grade::Outstanding,
            Some(Stand::Worst) => Grade::Inadequate,
            Some(Stand::Returned | Stand::Submitted) => {
                if self.dice.chance(60) {
                    Grade::Good
                } else {
                    Grade::RequiresImprovement
                }
            }
            _ => Grade::ALL[self.dice.weighted(&[8, 47, 36, 9])],
        };
        self.quality_of(grade)
    }

    fn quality_of(&mut self, grade: Grade) -> Quality {
        let usual = match grade {
            Grade::Inadequate => (0, 2),
            Grade::RequiresImprovement => (3, 5),
            Grade::Good => (6, 8),
            Grade::Outstanding => (9, 10),
        };
        let band = self.framework.bands.iter().find(|band| band.grade == grade).map_or(usual, |band| (band.from, band.to));
        // Few reviewers use the ends of the scale, so the better of two throws counts below and the worse above.
        let (one, other) = (self.dice.range(band.0.into(), band.1.into()), self.dice.range(band.0.into(), band.1.into()));
        let point = if grade < Grade::Good { one.max(other) } else { one.min(other) };
        Quality { grade, point: point as u8 }
    }

    /// Lays out when an allocated review is worked on.
    pub(super) fn allocated(&mut self, now: DateTime<Utc>, review: ReviewId, reviewer: Option<PersonId>) {
        let steps = self.steps_before_submit();
        let Some(mut play) = self.plays.remove(&review) else { return };
        play.reviewer = reviewer;
        if let Some((_, step)) = self.kind.step_of(StepDuty::Allocate) {
            play.steps.insert(step.key.clone(), StepRecord { on: local_date(now), values: BTreeMap::new(), not_done_because: None });
        }
        if play.times.is_empty() && !matches!(play.stand, Some(Stand::Late | Stand::Today)) {
            let submit = match play.submit_at {
                Some(submit) => submit.max(now + Duration::minutes(60 + 30 * steps as i64)),
                None => self.submit_time(now),
            };
            play.submit_at = Some(submit);
            play.times = self.times(now, submit, steps);
            self.later(submit, Event::Submit(review));
            if self.dice.chance(35) {
                let begins = submit - Duration::hours(self.dice.range(3, 50));
                self.later(begins.max(now + Duration::minutes(2)), Event::Begin(review));
            }
        }
        if let Some(first) = play.times.first() {
            self.later((*first).max(now + Duration::minutes(5)), Event::Step(review));
        }
        self.plays.insert(review, play);
    }

    /// How many steps lie between allocating and submitting.
    pub(super) fn steps_before_submit(&self) -> usize {
        self.kind.steps.iter().take_while(|step| step.duty != StepDuty::Submit).filter(|step| Town::by_reviewer(step.duty)).count()
    }

    /// When the form will be in: mostly by its day, now and then late.
    fn submit_time(&mut self, allocated: DateTime<Utc>) -> DateTime<Utc> {
        let day = local_date(allocated);
        let within = self.kind.step_of(StepDuty::Submit).and_then(|(_, step)| step.due.as_ref()).map(|due| due.within);
        let due = within.and_then(|span| self.calendar.due_on(day, span).ok()).unwrap_or(day + Duration::days(14));
        let days = (due - day).num_days().max(3);
        let used = match self.dice.weighted(&[86, 11, 3]) {
            0 => days * self.dice.range(55, 100) / 100,
            1 => days + self.dice.range(1, 8),
            _ => days + self.dice.range(9, 20),
        };
        let on = workday(&self.calendar, day + Duration::days(used.max(1)));
        at(on, minutes(&mut self.dice) + 25)
    }

    /// Moments for `steps` steps between two moments, in order and in working hours as far as there is room.
    fn times(&mut self, from: DateTime<Utc>, to: DateTime<Utc>, steps: usize) -> Vec<DateTime<Utc>> {
        let span = (to - from).num_minutes();
        let mut last = from;
        let mut times = Vec::with_capacity(steps);
        for place in 0..steps {
            let share = (place as f64 + 0.35 + 0.5 * self.dice.fraction()) / (steps as f64 + 0.4);
            let rough = from + Duration::minutes((span as f64 * share) as i64);
            let wished = at(workday(&self.calendar, local_date(rough)), minutes(&mut self.dice));
            let room = to - Duration::minutes(25 * (steps - place) as i64);
            let moment = if wished > last && wished < room { wished } else { rough.clamp(last, room.max(last)) };
            times.push(moment);
            last = moment + Duration::minutes(3);
        }
        times
    }

    pub(super) fn step(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, review: ReviewId) -> StoreResult<()> {
        let Some((place, quality, reviewer)) = self.plays.get(&review).map(|play| (play.step, play.quality, play.reviewer)) else {
            return Ok(());
        };
        let kind = self.kind.clone();
        let Some(step) = kind.steps.get(place) else { return Ok(()) };
        self.asked(tx, now, review)?;
        self.name_others(tx, now, review)?;
        let record = self.record(step, local_date(now), quality);
        let who = match step.duty {
            StepDuty::Return | StepDuty::Finalise => self.coordinator,
            _ => reviewer.unwrap_or(self.coordinator),
        };
        let seen = tx.reading().revision_of(review)?.unwrap_or_default();
        self.perform(tx, who, now, Deed::RecordStep { review, seen, step: step.key.clone(), record: record.clone() })?;
        let Some(play) = self.plays.get_mut(&review) else { return Ok(()) };
        play.steps.insert(step.key.clone(), record);
        play.step += 1;
        let cycle = play.cycle;
        if step.duty == StepDuty::Finalise {
            play.steps = BTreeMap::new();
            play.times = Vec::new();
            self.cycles[cycle].open -= 1;
            return Ok(());
        }
        if let Some(next) = play.times.get(play.step - 1).copied() {
            self.later(next.max(now + Duration::minutes(2)), Event::Step(review));
        } else if play.submit_at.is_some_and(|submitted| submitted <= now) {
            // F08: the team disputes the outcome, and the panel has to see it before it is put on the record.
            if tx.reading().waits_for_panel(review)? {
                play.waits = true;
                self.call_sitting(now, cycle);
            } else {
                self.after_return(now, review);
            }
        }
        Ok(())
    }

    /// The steps after the return, each some days after the one before, the last not before its day.
    pub(super) fn after_return(&mut self, now: DateTime<Utc>, review: ReviewId) {
        let Some(play) = self.plays.get(&review) else { return };
        let Some(step) = self.kind.steps.get(play.step) else { return };
        if play.stand == Some(Stand::Returned) {
            // Goes on to its last step and waits there.
            if step.duty != StepDuty::Finalise {
                self.later((now + Duration::hours(3)).min(self.now), Event::Step(review));
            }
            return;
        }
        let opens = step.due.as_ref().filter(|due| due.not_before).and_then(|due| {
            let before = play.steps.get(&due.after)?;
            self.calendar.due_on(before.on, due.within).ok()
        });
        let usual = match self.dice.weighted(&[80, 16, 4]) {
            0 => self.dice.range(0, 2),
            1 => self.dice.range(3, 6),
            _ => self.dice.range(7, 14),
        };
        let from = opens.unwrap_or(local_date(now) + Duration::days(1));
        let day = workday(&self.calendar, from + Duration::days(usual));
        let moment = at(day, minutes(&mut self.dice));
        self.later(moment.max(now + Duration::minutes(15)), Event::Step(review));
    }

    fn record(&mut self, step: &Step, on: NaiveDate, quality: Quality) -> StepRecord {
        let left_out = step.may_not_happen
            && match step.duty {
                StepDuty::FamilyContact => self.dice.chance(14),
                // A discussion that a framework asks for after the worst grade is a choice for the others.
                _ if self.kind.steps.iter().take_while(|other| other.key != step.key).any(|other| other.duty == StepDuty::Return) => {
                    quality.grade != Grade::Inadequate
                }
                _ => self.dice.chance(5),
            };
        if left_out {
            let why = match step.duty {
                StepDuty::FamilyContact => self.dice.word(&bank::DECLINED),
                _ => self.dice.word(&bank::NOT_HELD),
            };
            return StepRecord { on, values: BTreeMap::new(), not_done_because: Some(why.to_string()) };
        }
        let mut values = BTreeMap::new();
        for field in &step.fields {
            if let Some(other) = field.key.strip_prefix("why-not-") {
                if values.get(other).is_some_and(|said| said == "no") {
                    values.insert(field.key.clone(), self.dice.word(&bank::NOT_HELD).to_string());
                }
                continue;
            }
            if field.required || self.dice.chance(45) {
                values.insert(field.key.clone(), self.value(step, field, on));
            }
        }
        StepRecord { on, values, not_done_because: None }
    }

    fn value(&mut self, step: &Step, field: &StepField, on: NaiveDate) -> String {
        match &field.kind {
            FieldKind::Date => {
                let ahead = if step.duty == StepDuty::Finalise { 0 } else { self.dice.range(2, 7) };
                workday(&self.calendar, on + Duration::days(ahead)).min(on + Duration::days(9)).to_string()
            }
            FieldKind::YesNo => if self.dice.chance(88) { "yes" } else { "no" }.to_string(),
            FieldKind::Choice(choices) => self.dice.pick(choices).map(|choice| choice.key.clone()).unwrap_or_default(),
            FieldKind::Line if field.key == "who" => {
                let who: &[&str] = match step.duty {
                    StepDuty::FamilyContact => &["The mother", "Both parents", "The young person", "The foster carer", "The grandmother"],
                    _ => &["The practitioner", "The practitioner and the team manager", "The practitioner with a student"],
                };
                self.dice.word(who).to_string()
            }
            FieldKind::Line | FieldKind::Cycles => self.dice.word(bank::line_for(&field.key)).to_string(),
            FieldKind::Text if step.duty == StepDuty::FamilyContact || field.key == "said" => words::family(&mut self.dice),
            FieldKind::Text if step.duty == StepDuty::Finalise => self.dice.word(&bank::TM_ASSURANCE).to_string(),
            FieldKind::Text => words::reflection(&mut self.dice),
        }
    }

    /// A reviewer writes down the first thoughts.
    pub(super) fn begin(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, review: ReviewId) -> StoreResult<()> {
        let Some((reviewer, quality)) = self.plays.get(&review).map(|play| (play.reviewer, play.quality)) else { return Ok(()) };
        self.lead_judges(tx, now, review, quality)?;
        let mut edits = self.answers(review);
        let keep = self.dice.range(2, (edits.len() as i64 / 2).max(2)) as usize;
        edits.truncate(keep);
        self.perform(tx, reviewer.unwrap_or(self.coordinator), now, Deed::SaveAnswers { review, edits })?;
        if let Some(play) = self.plays.get_mut(&review) {
            play.begun = true;
        }
        Ok(())
    }

    pub(super) fn submit(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, review: ReviewId) -> StoreResult<()> {
        let Some(play) = self.plays.get(&review) else { return Ok(()) };
        let (quality, reviewer, begun) = (play.quality, play.reviewer.unwrap_or(self.coordinator), play.begun);
        let mut edits = self.answers(review);
        if begun && let Some(facts) = tx.reading().review(review)? {
            edits.retain(|edit| !facts.answers.contains_key(&edit.field));
        }
        self.all_judge(tx, now, review, quality)?;
        self.perform(tx, reviewer, now, Deed::SaveAnswers { review, edits })?;
        self.why_agreed(tx, now, review)?;
        self.raise_actions(tx, now, review, quality)?;
        let seen = tx.reading().revision_of(review)?.unwrap_or_default();
        let alert = AlertId(tx.next(Numbered::Alert)?);
        self.perform(tx, reviewer, now, Deed::Submit { review, seen, on: local_date(now) })?;
        if tx.next(Numbered::Alert)? != alert.0 {
            self.alert_opened(now, alert, review);
        }
        self.plan_follow_ups(tx, now, review)?;
        self.find_themes(tx, now, review, quality)?;
        let waits = tx.reading().waits_for_panel(review)?;
        if waits {
            let cycle = self.plays.get(&review).map_or(0, |play| play.cycle);
            self.call_sitting(now, cycle);
        }
        let Some(play) = self.plays.get_mut(&review) else { return Ok(()) };
        play.submit_at = Some(now);
        play.waits = waits;
        play.times = Vec::new();
        play.step = self.kind.step_of(StepDuty::Submit).map_or(play.step, |(place, _)| place + 1);
        if !waits && play.stand != Some(Stand::Submitted) {
            self.plan_return(now, review);
        }
        Ok(())
    }

    /// Puts the return into the diary.
    pub(super) fn plan_return(&mut self, now: DateTime<Utc>, review: ReviewId) {
        let days = match self.plays.get(&review).and_then(|play| play.stand) {
            Some(Stand::Returned) => 1,
            _ if self.dice.chance(92) => self.dice.range(1, 7),
            _ => self.dice.range(8, 16),
        };
        let mut day = workday(&self.calendar, local_date(now) + Duration::days(days));
        if self.plays.get(&review).is_some_and(|play| play.stand == Some(Stand::Returned)) {
            day = day.min(self.today);
        }
        let mut when = at(day, minutes(&mut self.dice));
        if local_date(when) == self.today {
            when = when.min(self.now - Duration::minutes(5));
        }
        self.later(when.max(now + Duration::minutes(10)), Event::Step(review));
    }

    /// The whole form, filled in.
    fn answers(&mut self, review: ReviewId) -> Vec<AnswerEdit> {
        let Some((quality, cycle)) = self.plays.get(&review).map(|play| (play.quality, play.cycle)) else { return Vec::new() };
        let focus = self.cycles[cycle].focus.to_lowercase();
        let kind = self.kind.clone();
        let mut edits = Vec::new();
        let mut add = |field: String, answer: AnswerValue| edits.push(AnswerEdit { field, seen: 0, answer: Some(answer) });
        for area in &kind.areas {
            for question in &area.questions {
                let answer = match question.answer {
                    _ if question.may_not_apply && self.dice.chance(7) => AnswerValue::NotApplicable,
                    _ if !question.required && self.dice.chance(40) => continue,
                    AnswerKind::Scale => AnswerValue::Scale(self.near(quality.point)),
                    AnswerKind::YesPartlyNo => self.yes_partly_no(quality.grade),
                    AnswerKind::Text => AnswerValue::Text(words::remark(&focus, &mut self.dice)),
                };
                add(field::question(&question.key), answer);
            }
            if area.graded && kind.grading == Grading::ByArea {
                let grade = self.grade_near(quality.grade);
                add(field::area(&area.key), AnswerValue::Grade(grade));
            }
        }
        for heading in kind.narrative.iter() {
            if heading.required || self.dice.chance(40) {
                let text = words::narrative(heading.purpose, quality, &focus, &mut self.dice);
                add(field::narrative(&heading.key), AnswerValue::Text(text));
            }
        }
        match kind.grading {
            Grading::Scaling => add(field::OVERALL.into(), AnswerValue::Scale(quality.point)),
            Grading::Direct | Grading::ByArea => add(field::OVERALL.into(), AnswerValue::Grade(quality.grade)),
            Grading::Ungraded => {}
        }
        edits
    }

    /// A point near the overall one: questions of one review go together, but not in step.
    pub(super) fn near(&mut self, point: u8) -> u8 {
        let off = [-2, -1, -1, 0, 0, 0, 1, 1, 2][self.dice.below(9)];
        (i64::from(point) + off).clamp(0, 10) as u8
    }

    pub(super) fn grade_near(&mut self, grade: Grade) -> Grade {
        let off = [-1, 0, 0, 0, 1][self.dice.below(5)];
        Grade::from_rank((grade.rank() + off).clamp(0, 3)).unwrap_or(grade)
    }

    fn yes_partly_no(&mut self, grade: Grade) -> AnswerValue {
        let weights = match grade {
            Grade::Outstanding => [90, 9, 1],
            Grade::Good => [70, 25, 5],
            Grade::RequiresImprovement => [35, 45, 20],
            Grade::Inadequate => [12, 38, 50],
        };
        [AnswerValue::Yes, AnswerValue::Partly, AnswerValue::No][self.dice.weighted(&weights)].clone()
    }
}
