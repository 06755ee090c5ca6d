//! Reviews of the kinds that are not drawn: observations, visits by a team, workshops, dip samples, peer reviews. One of
//! each in the last weeks, with its team, as far as it has come. Made from the profile alone.

use super::activity::step_values;
use super::dates::{at, workday};
use super::town::{Event, Town};
use super::words::{self, Quality};
use crate::domain::calendar::local_date;
use crate::domain::deed::{Allocation, AnswerEdit, Deed};
use crate::domain::framework::{AnswerKind, Framework, Grading, ReviewKind, StepDuty, SubjectKind};
use crate::domain::grade::Grade;
use crate::domain::id::{PersonId, ReviewId, SubjectId};
use crate::domain::interest::InterestKind;
use crate::domain::named::{NamedWanted, Whom};
use crate::domain::review::{AnswerValue, Chosen, ReviewState, StepRecord, field};
use crate::runtime::clerk::frame_of;
use crate::store::{Numbered, StoreResult, Tx};
use chrono::{DateTime, Duration, Utc};
use std::collections::BTreeSet;

/// Why such a review was wanted.
const WHY: [&str; 4] = [
    "Asked for at the managers\u{2019} forum",
    "To see whether last quarter\u{2019}s learning shows in practice",
    "From the yearly plan of reviews",
    "The service asked for a look from outside",
];

const GOOD: Quality = Quality { grade: Grade::Good, point: 7 };

/// The kinds of which a council of so many reviews has one besides those it draws, by their place in the framework.
pub(super) fn kinds(framework: &Framework, reviews: u32) -> Vec<usize> {
    let drawn = framework.sampled_kind().map(|kind| kind.key.clone());
    let waits = |kind: &ReviewKind| framework.sampling.proposed_by_managers && kind.commissioned_by.is_empty();
    let fits = |kind: &ReviewKind| {
        let looks = kind.subjects.contains(&SubjectKind::Child) || kind.subjects.contains(&SubjectKind::Service);
        looks && !kind.sampled && Some(&kind.key) != drawn.as_ref() && !kind.judged_apart() && !waits(kind)
    };
    let found = framework.kinds.iter().enumerate().filter(|(_, kind)| reviews >= 60 && fits(kind));
    found.map(|(place, _)| place).collect()
}

impl Town {
    /// Puts the reviews of other kinds into the diary, the first of them long enough ago to be finished.
    pub(super) fn other_kinds(&mut self, reviews: u32) {
        for (turn, kind) in kinds(&self.framework, reviews).into_iter().enumerate() {
            let ago = (44 - 9 * turn as i64).max(6);
            let day = workday(&self.calendar, self.today - Duration::days(ago));
            self.later(at(day, 13 * 60 + 35), Event::OpenKind(kind));
            self.kinds_to_open.insert(kind);
        }
    }

    /// Whatever could not be opened in its turn is opened at the end, so that there are as many as asked for.
    pub(super) fn last_kinds(&mut self, tx: &mut Tx<'_>) -> StoreResult<()> {
        let now = self.now - Duration::minutes(4);
        for kind in self.kinds_to_open.clone() {
            self.open_kind(tx, now, kind)?;
        }
        Ok(())
    }

    /// Opens one review of a kind, allocates it, and names who takes part.
    pub(super) fn open_kind(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, place: usize) -> StoreResult<()> {
        let Some(kind) = self.framework.kinds.get(place).cloned() else { return Ok(()) };
        let drawn = self.cycles.iter().filter(|cycle| !cycle.reviews.is_empty());
        let Some(cycle) = drawn.filter_map(|cycle| cycle.id).next_back() else { return Ok(()) };
        let Some((stored, _)) = tx.reading().cycle_and_counts(cycle)? else { return Ok(()) };
        let whom = if kind.subjects.contains(&SubjectKind::Service) {
            Whom::Service(self.staff.services.get(place % self.staff.services.len().max(1)).cloned().unwrap_or_default())
        } else {
            let used: BTreeSet<SubjectId> = tx.reading().drawn_subjects(cycle)?.into_iter().map(|(_, subject)| subject).collect();
            let frame = frame_of(tx.reading(), &self.framework, &stored, local_date(now))?;
            let free = frame.entries.iter().filter(|entry| entry.worker.is_some() && !used.contains(&entry.subject));
            let Some(subject) = free.map(|entry| entry.subject).nth(place) else { return Ok(()) };
            Whom::Known(subject)
        };
        let review = ReviewId(tx.next(Numbered::Review)?);
        let why = WHY[place % WHY.len()].to_string();
        let (by, how) = (Some(self.coordinator), Chosen::Added);
        let wanted = NamedWanted { cycle, kind: kind.key.clone(), whom, how, by, why, practitioner: None };
        if self.perform(tx, self.coordinator, now, Deed::OpenNamed(wanted)).is_err() {
            return Ok(());
        }
        self.kinds_to_open.remove(&place);
        self.proposals += 1;
        self.give(tx, now, review, &kind)?;
        self.later(at(workday(&self.calendar, local_date(now) + Duration::days(3)), 14 * 60 + 20), Event::KindStep(review));
        Ok(())
    }

    /// Gives the review to the first who may lead it, with as many beside them as the kind asks for.
    pub(super) fn give(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, review: ReviewId, kind: &ReviewKind) -> StoreResult<()> {
        let values = kind.step_of(StepDuty::Allocate).map(|(_, step)| step_values(step, local_date(now))).unwrap_or_default();
        let despite = "Nobody else is free this time".to_string();
        let mut people = self.holders(kind.reviewers_on(local_date(now)));
        let turn = usize::try_from(review.0).unwrap_or_default() % people.len().max(1);
        people.rotate_left(turn);
        for person in people {
            let Some(seen) = tx.reading().revision_of(review)? else { return Ok(()) };
            let wanted = Allocation { despite: despite.clone(), values: values.clone(), ..Allocation::to(review, seen, Some(person)) };
            if self.perform(tx, self.coordinator, now, Deed::Allocate(vec![wanted])).is_ok() {
                break;
            }
        }
        let mut wanted = kind.others_proposed();
        let mut others = self.holders(kind.for_others().reviewers_on(local_date(now)));
        let turn = turn.min(others.len());
        others.rotate_left(turn);
        for person in others {
            let deed = Deed::NameCoReviewer { review, person, despite: despite.clone() };
            if wanted > 0 && self.perform(tx, self.coordinator, now, deed).is_ok() {
                wanted -= 1;
            }
        }
        Ok(())
    }

    /// The next step of a review of another kind, and the one after it some days later.
    pub(super) fn kind_step(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, review: ReviewId) -> StoreResult<()> {
        let Some(facts) = tx.reading().review(review)? else { return Ok(()) };
        let kind = self.framework.kind(&facts.review.kind).cloned();
        let (Some(kind), ReviewState::Open) = (kind, facts.state) else { return Ok(()) };
        let next = facts.review.next.step.as_deref().and_then(|key| kind.step(key)).map(|(_, step)| step.clone());
        let (Some(step), Some(lead)) = (next, facts.reviewer) else { return Ok(()) };
        let on = local_date(now);
        if step.duty == StepDuty::Submit {
            if kind.judged_apart() {
                self.as_kind(kind.clone(), |town| town.all_judge(tx, now, review, GOOD))?;
            }
            let edits = self.form_of(&kind);
            self.perform(tx, lead, now, Deed::SaveAnswers { review, edits })?;
            if kind.judged_apart() {
                self.as_kind(kind.clone(), |town| town.why_agreed(tx, now, review))?;
            }
            if kind.is_named_only() {
                self.after_visit(tx, now, (review, facts.review.cycle), lead)?;
            }
            let proposed = facts.review.chosen == Chosen::Proposed;
            if proposed {
                self.raise_so_many(tx, now, review, (1, GOOD), (facts.review.practitioner, facts.review.team, Some(lead)))?;
            }
            let seen = tx.reading().revision_of(review)?.unwrap_or_default();
            // What is still missing (a team of which nobody was free) is for somebody at the keyboard.
            if self.perform(tx, lead, now, Deed::Submit { review, seen, on }).is_err() {
                return Ok(());
            }
            if proposed {
                self.learned(tx, now, review, lead)?;
            }
        } else {
            let seen = tx.reading().revision_of(review)?.unwrap_or_default();
            let record = StepRecord { on, values: step_values(&step, on), not_done_because: None };
            let who = if Town::by_reviewer(step.duty) { lead } else { self.coordinator };
            // A step that opens later is tried again then.
            let _ = self.perform(tx, who, now, Deed::RecordStep { review, seen, step: step.key, record });
        }
        let days = 3 + review.0 % 4;
        self.later(at(workday(&self.calendar, on + Duration::days(days)), 15 * 60 + 5), Event::KindStep(review));
        Ok(())
    }

    fn form_of(&mut self, kind: &ReviewKind) -> Vec<AnswerEdit> {
        let mut edits = Vec::new();
        let mut add = |field: String, answer: AnswerValue| edits.push(AnswerEdit { field, seen: 0, answer: Some(answer) });
        for area in &kind.areas {
            for question in &area.questions {
                let answer = match question.answer {
                    AnswerKind::Scale => AnswerValue::Scale(self.near(GOOD.point)),
                    AnswerKind::YesPartlyNo => {
                        if self.dice.chance(70) {
                            AnswerValue::Yes
                        } else {
                            AnswerValue::Partly
                        }
                    }
                    AnswerKind::Text => AnswerValue::Text(words::remark("", &mut self.dice)),
                };
                add(field::question(&question.key), answer);
            }
            if area.graded && kind.grading == Grading::ByArea {
                add(field::area(&area.key), AnswerValue::Grade(GOOD.grade));
            }
        }
        let service = kind.subjects.iter().all(|subject| *subject == SubjectKind::Service);
        for heading in &kind.narrative {
            let text = if service {
                words::of_a_service(heading.purpose, &mut self.dice)
            } else {
                words::narrative(heading.purpose, GOOD, "", &mut self.dice)
            };
            add(field::narrative(&heading.key), AnswerValue::Text(text));
        }
        match kind.grading {
            Grading::Scaling => add(field::OVERALL.into(), AnswerValue::Scale(GOOD.point)),
            Grading::Direct | Grading::ByArea => add(field::OVERALL.into(), AnswerValue::Grade(GOOD.grade)),
            Grading::Ungraded => {}
        }
        edits
    }

    /// Where nobody reviews and does nothing else, nobody was recused on the way: at the end, when nothing more waits for
    /// them, two managers from elsewhere are.
    pub(super) fn late_interests(&mut self, tx: &mut Tx<'_>) -> StoreResult<()> {
        let open: Vec<ReviewId> = self.cycles.last().map(|cycle| cycle.reviews.iter().rev().copied().collect()).unwrap_or_default();
        let now = self.now - Duration::minutes(2);
        let mut declared = 0;
        for review in open {
            let Some(facts) = tx.reading().review(review)?.filter(|facts| facts.submitted_at.is_none()) else { continue };
            if self.ever_recused || declared == 2 {
                return Ok(());
            }
            let manages = |key: &str| self.framework.role(key).is_some_and(|role| role.manages && !role.insights && !role.moderates);
            let far = self.people.values().filter(|person| {
                let takes_part = facts.joint.reviewers(facts.reviewer).contains(&person.id);
                self.actors.contains_key(&person.id) && manages(&person.role) && person.team != facts.review.team && !takes_part
            });
            let far: Vec<PersonId> = far.map(|person| person.id).collect();
            let Some(person) = far.get(usize::try_from(review.0).unwrap_or_default() % far.len().max(1)).copied() else { continue };
            let deed = Deed::DeclareInterest { review, person: None, kind: InterestKind::Involvement, note: String::new() };
            declared += u32::from(self.perform(tx, person, now, deed).is_ok());
        }
        Ok(())
    }
}
