//! What is learned beside the draw: cases that managers propose for learning audits (Q02), and what a visit to a service leads to
//! (S19, Q05).

use super::dates::{at, workday};
use super::told::SERVICE_IMPROVE;
use super::town::{Event, Town};
use crate::domain::action::{ActionWanted, Near};
use crate::domain::calendar::local_date;
use crate::domain::deed::{Deed, InsightDeed};
use crate::domain::framework::{Framework, ReviewKind};
use crate::domain::id::{ActionId, CycleId, PersonId, ReviewId, SubjectId};
use crate::domain::named::{NamedWanted, Whom};
use crate::domain::plan::PlanDeed;
use crate::domain::review::{AnswerValue, Chosen};
use crate::domain::theme::ThemeWanted;
use crate::runtime::clerk::frame_of;
use crate::store::{Numbered, StoreResult, Tx};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use std::collections::BTreeSet;

/// Why a manager proposes a case to learn from.
const WHY: [&str; 6] = [
    "Three changes of worker, and yet the plan held",
    "The partnership with the school made the difference",
    "We were late to see the neglect; what stood in the way?",
    "Two assessments said opposite things",
    "The family came back within six months",
    "A return home that nobody had thought possible",
];

/// What a service is asked to do about what a visit found, in the order of [`SERVICE_IMPROVE`].
const AFTER_A_VISIT: [&str; 6] = [
    "Agree with the team what reflective supervision looks like, and try it for three months",
    "Write down what families have said already in the handover from duty, and read three handovers together each month",
    "Tell everybody who refers how long the wait for a family group conference is, once a month",
    "Give agency workers the same induction and a place in the learning sessions",
    "Set two hours a week without meetings for writing up, and ask the team after a month what it changed",
    "Tell every young person who stands in while their worker is away, and put the name into their plan",
];

/// The kind for which managers propose cases.
fn learning(framework: &Framework) -> Option<&ReviewKind> {
    let fits = |kind: &&ReviewKind| !kind.sampled && kind.commissioned_by.is_empty() && !kind.is_graded() && !kind.is_named_only();
    framework.kinds.iter().find(fits).filter(|_| framework.sampling.proposed_by_managers)
}

/// How many such cases each of the last two finished cycles has, in a council of so many reviews.
pub(super) fn in_a_cycle(framework: &Framework, reviews: u32) -> u32 {
    if learning(framework).is_some() { (reviews / 80).min(12) } else { 0 }
}

impl Town {
    /// Puts the learning audits into the diary, of the two cycles before the one under way.
    pub(super) fn learning_audits(&mut self, reviews: u32) {
        let many = in_a_cycle(&self.framework, reviews);
        let begun = self.cycles.len().saturating_sub(1);
        for cycle in begun.saturating_sub(2)..begun {
            for turn in 0..i64::from(many) {
                let day = workday(&self.calendar, self.cycles[cycle].starts_on + Duration::days(16 + 2 * turn));
                self.later(at(day, 11 * 60 + 50), Event::Propose(cycle, turn));
            }
        }
    }

    /// A manager proposes a case, and a manager from another line is given it.
    pub(super) fn propose(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, cycle: usize, turn: i64) -> StoreResult<()> {
        let (Some(kind), Some(id)) = (learning(&self.framework).cloned(), self.cycles[cycle].id) else { return Ok(()) };
        let Some((stored, _)) = tx.reading().cycle_and_counts(id)? else { return Ok(()) };
        let frame = frame_of(tx.reading(), &self.framework, &stored, local_date(now))?;
        let used: BTreeSet<SubjectId> = tx.reading().drawn_subjects(id)?.into_iter().map(|(_, subject)| subject).collect();
        let free = frame.entries.iter().filter(|entry| entry.worker.is_some() && !used.contains(&entry.subject));
        let free: Vec<SubjectId> = free.map(|entry| entry.subject).collect();
        let manages = |role: &str| self.framework.role(role).is_some_and(|role| role.manages && !role.insights);
        let managers = self.people.values().filter(|person| manages(&person.role) && person.is_here(local_date(now)));
        let managers: Vec<PersonId> = managers.map(|person| person.id).collect();
        let place = |of: usize| usize::try_from(turn * 7 + id.0).unwrap_or_default() % of.max(1);
        let (Some(subject), Some(by)) = (free.get(place(free.len())), managers.get(place(managers.len()))) else { return Ok(()) };
        let review = ReviewId(tx.next(Numbered::Review)?);
        let wanted = NamedWanted {
            cycle: id,
            kind: kind.key.clone(),
            whom: Whom::Known(*subject),
            how: Chosen::Proposed,
            by: Some(*by),
            why: WHY[place(WHY.len())].to_string(),
            practitioner: None,
        };
        self.perform(tx, self.coordinator, now, Deed::OpenNamed(wanted))?;
        self.proposals += 1;
        self.give(tx, now, review, &kind)?;
        self.later(at(workday(&self.calendar, local_date(now) + Duration::days(4)), 10 * 60 + 15), Event::KindStep(review));
        Ok(())
    }

    /// What is learned from such a case: most have one theme in common, and a few have others.
    pub(super) fn learned(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, review: ReviewId, lead: PersonId) -> StoreResult<()> {
        let theme =
            |place: i64| usize::try_from(place).ok().and_then(|place| self.framework.themes.get(place)).map(|theme| theme.key.clone());
        let one = |theme: Option<String>, strength: bool| theme.map(|theme| ThemeWanted { theme, strength, improve: !strength });
        let turn = review.0;
        let wanted: Vec<ThemeWanted> = [
            one(theme(4), false).filter(|_| turn % 3 != 0),
            one(theme(0), true).filter(|_| turn % 2 == 0),
            one(theme(1 + turn % 3), turn % 5 < 3),
        ]
        .into_iter()
        .flatten()
        .collect();
        self.perform(tx, lead, now, Deed::Insight(InsightDeed::Code { reviews: vec![review], wanted })).map(drop)
    }

    /// What a visit to a service leads to, raised by whoever led it: actions of that service’s managers, and a wider one in the plan.
    pub(super) fn after_visit(
        &mut self,
        tx: &mut Tx<'_>,
        now: DateTime<Utc>,
        (review, cycle): (ReviewId, CycleId),
        lead: PersonId,
    ) -> StoreResult<()> {
        let (Some(line), Some(facts)) = (tx.reading().line_of(review)?, tx.reading().review(review)?) else { return Ok(()) };
        let written =
            |found: &str| facts.answers.values().any(|answer| matches!(&answer.value, AnswerValue::Text(text) if text.contains(found)));
        let found = SERVICE_IMPROVE.iter().zip(AFTER_A_VISIT).filter(|(found, _)| written(found));
        let owners = self.managers_of(&line.case, local_date(now));
        for (place, (found, text)) in found.enumerate() {
            let Some(owner) = owners.get(place % owners.len().max(1)).copied() else { return Ok(()) };
            let action = ActionId(tx.next(Numbered::Action)?);
            let wanted = self.asked_of(owner, text);
            // What came last is more than the visit can ask for: it goes into the plan, for that service alone.
            if place == 2 {
                let (finding, service) = (found.trim_end_matches('.').to_string(), line.case.clone());
                self.perform(tx, self.coordinator, now, Deed::Plan(PlanDeed::Raise { cycle, finding, service, wanted }))?;
                continue;
            }
            self.perform(tx, lead, now, Deed::RaiseAction { review, wanted })?;
            // The first is begun and done in time; the second is still being worked on.
            if place == 0 {
                self.plan_action(now, action, (None, false, true), owner, None);
            }
        }
        Ok(())
    }

    fn asked_of(&self, owner: PersonId, text: &str) -> ActionWanted {
        let (text, kind) = (text.to_string(), self.kind_of(text));
        ActionWanted { text, owner: Some(owner), due_on: None, urgent: false, kind, near: Near::Anyway }
    }

    fn managers_of(&self, service: &str, on: NaiveDate) -> Vec<PersonId> {
        let manages = |role: &str| self.framework.role(role).is_some_and(|role| role.manages && !role.insights);
        let of = self.people.values().filter(|person| person.service == service && manages(&person.role) && person.is_here(on));
        of.map(|person| person.id).collect()
    }
}
