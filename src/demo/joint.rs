//! Pairs and benchmarks of the made-up council: a partner is named, each judges alone, and one judgement is agreed. Q03, S18.

use super::town::Town;
use super::words::Quality;
use crate::domain::deed::{AnswerEdit, Deed};
use crate::domain::framework::{Conduct, Grading};
use crate::domain::id::{PersonId, ReviewId};
use crate::domain::joint::{OwnWanted, differ};
use crate::domain::review::{AnswerValue, field};
use crate::store::{StoreResult, Tx};
use chrono::{DateTime, Utc};

/// Reviewers of one file in a benchmark.
const ON_ONE: usize = 8;

/// Why two reviewers judged as they did, in a sentence.
const REASONS: [&str; 4] = [
    "The plan is clear and the visits are kept; what the child says shows in the decisions.",
    "Visits were late twice, and supervision did not pick it up.",
    "The assessment is sound, but the family\u{2019}s own view of it is missing.",
    "Direct work is thoughtful and recorded well; the chronology needs to catch up.",
];

const AGREED: [&str; 3] = [
    "We read the visits together: late, but no risk was left open.",
    "The second reading of supervision records settled it.",
    "One of us had not seen the newest plan; with it we agree.",
];

impl Town {
    /// Names who reviews a case beside its lead, where its kind asks for somebody.
    pub(super) fn name_others(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, review: ReviewId) -> StoreResult<()> {
        if !self.kind.judged_apart() {
            return Ok(());
        }
        let Some(facts) = tx.reading().review(review)? else { return Ok(()) };
        if facts.reviewer.is_none() || !facts.joint.others.is_empty() {
            return Ok(());
        }
        let mut people: Vec<PersonId> = self.holders(&self.kind.for_others().reviewers);
        people.retain(|person| self.actors.contains_key(person));
        let turn = usize::try_from(review.0).unwrap_or_default() % people.len().max(1);
        people.rotate_left(turn);
        let mut wanted = if self.kind.conduct == Conduct::Pair { 1 } else { ON_ONE - 1 };
        for person in people {
            let despite = "Nobody else is free this time".to_string();
            // The rule refuses who is too near to the case; then the next one is asked.
            if wanted > 0 && self.perform(tx, self.coordinator, now, Deed::NameCoReviewer { review, person, despite }).is_ok() {
                wanted -= 1;
            }
        }
        Ok(())
    }

    /// The lead judges alone; the others may still have theirs to give.
    pub(super) fn lead_judges(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, review: ReviewId, quality: Quality) -> StoreResult<()> {
        self.name_others(tx, now, review)?;
        let lead = self.plays.get(&review).and_then(|play| play.reviewer);
        self.judge(tx, now, review, quality, &lead.into_iter().collect::<Vec<_>>())
    }

    /// Everybody who has not judged yet does, and the reason for what is agreed is written down.
    pub(super) fn all_judge(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, review: ReviewId, quality: Quality) -> StoreResult<()> {
        if !self.kind.judged_apart() {
            return Ok(());
        }
        self.name_others(tx, now, review)?;
        let Some(facts) = tx.reading().review(review)? else { return Ok(()) };
        self.judge(tx, now, review, quality, &facts.joint.missing(facts.reviewer))
    }

    /// Why one judgement was agreed, where the own ones differ.
    pub(super) fn why_agreed(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, review: ReviewId) -> StoreResult<()> {
        let Some(facts) = tx.reading().review(review)?.filter(|_| self.kind.judged_apart()) else { return Ok(()) };
        if !differ(&facts) {
            return Ok(());
        }
        let answer = Some(AnswerValue::Text(AGREED[self.dice.below(AGREED.len())].into()));
        let edits = vec![AnswerEdit { field: field::WHY_AGREED.into(), seen: 0, answer }];
        self.perform(tx, facts.reviewer.unwrap_or(self.coordinator), now, Deed::SaveAnswers { review, edits })?;
        Ok(())
    }

    fn judge(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, review: ReviewId, quality: Quality, who: &[PersonId]) -> StoreResult<()> {
        let kind = self.kind.clone();
        if !kind.judged_apart() {
            return Ok(());
        }
        for person in who {
            let mut own = OwnWanted { reasons: REASONS[self.dice.below(REASONS.len())].into(), ..OwnWanted::default() };
            match kind.grading {
                Grading::Scaling => own.scaling = Some(self.near(quality.point)),
                _ => own.grade = Some(self.grade_near(quality.grade)),
            }
            if kind.grading == Grading::ByArea {
                for area in kind.areas.iter().filter(|area| area.graded) {
                    own.areas.insert(area.key.clone(), self.grade_near(quality.grade));
                }
            }
            self.perform(tx, *person, now, Deed::JudgeAlone { review, own })?;
        }
        Ok(())
    }
}
