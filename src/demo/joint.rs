//! Pairs and benchmarks of the made-up council: a partner is named, each judges alone, and one judgement is agreed. Q03, S18.

use super::dates::{at, workday};
use super::town::{Event, Town};
use super::words::Quality;
use crate::domain::calendar::local_date;
use crate::domain::deed::{Allocation, AnswerEdit, Deed};
use crate::domain::framework::{Conduct, Framework, Grading, ReviewKind};
use crate::domain::grade::Grade;
use crate::domain::id::{PersonId, ReviewId, SubjectId};
use crate::domain::joint::{OwnWanted, differ};
use crate::domain::named::{NamedWanted, Whom};
use crate::domain::review::{AnswerValue, Chosen, field};
use crate::runtime::clerk::frame_of;
use crate::store::{Numbered, StoreResult, Tx};
use chrono::{DateTime, Duration, Utc};

/// Reviewers of one file in a benchmark.
const ON_ONE: usize = 8;

/// So many weeks ago the first file was graded by everybody.
const WEEKS_AGO: i64 = 7;

/// Why two reviewers judged as they did, in a sentence.
const REASONS: [&str; 4] = [
    "The child was not seen alone for nine weeks, and nobody asked why.",
    "Visits were late twice, and supervision did not pick it up.",
    "Direct work is thoughtful and recorded well; the chronology needs to catch up.",
    "The plan is clear and the visits are kept; what the child says shows in every decision.",
];

const AGREED: [&str; 3] = [
    "We read the visits together: late, but no risk was left open.",
    "The second reading of supervision records settled it.",
    "One of us had not seen the newest plan; with it we agree.",
];

/// Whether a council of so many reviews is large enough to have one file graded by everybody.
pub(super) fn has_benchmark(framework: &Framework, reviews: u32) -> bool {
    reviews >= 60 && framework.kinds.iter().any(is_benchmark)
}

fn is_benchmark(kind: &ReviewKind) -> bool {
    kind.conduct == Conduct::AllOnOne && kind.judged_apart()
}

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

    /// Puts the file that everybody graded some weeks ago into the diary; a second one comes at the end. S18.
    pub(super) fn benchmarks(&mut self, reviews: u32) {
        if has_benchmark(&self.framework, reviews) {
            self.benchmarks_to_open = 2;
            let day = workday(&self.calendar, self.today - Duration::days(WEEKS_AGO * 7));
            self.later(at(day, 10 * 60 + 40), Event::Benchmark);
        }
    }

    /// One file that everybody is asked to grade; they do in the days after it.
    pub(super) fn earlier_benchmark(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>) -> StoreResult<()> {
        if let Some(review) = self.open_benchmark(tx, now)? {
            self.later(now + Duration::days(4), Event::KindStep(review));
        }
        Ok(())
    }

    /// The files that are still to be graded by everybody: all judgements are in, and the lead has yet to write down what was agreed.
    pub(super) fn last_benchmarks(&mut self, tx: &mut Tx<'_>) -> StoreResult<()> {
        for turn in 0..self.benchmarks_to_open {
            let now = self.now - Duration::minutes(3 + i64::from(turn));
            let Some(review) = self.open_benchmark(tx, now)? else { continue };
            let Some(kind) = self.framework.kinds.iter().find(|kind| is_benchmark(kind)).cloned() else { continue };
            let quality = Quality { grade: Grade::Good, point: 7 };
            self.as_kind(kind, |town| town.all_judge(tx, now, review, quality))?;
        }
        Ok(())
    }

    /// Does something as if the town worked on this kind; otherwise it works on the one it draws.
    pub(super) fn as_kind<T>(&mut self, kind: ReviewKind, work: impl FnOnce(&mut Town) -> T) -> T {
        let drawn = std::mem::replace(&mut self.kind, kind.into());
        let done = work(self);
        self.kind = drawn;
        done
    }

    fn open_benchmark(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>) -> StoreResult<Option<ReviewId>> {
        let Some(kind) = self.framework.kinds.iter().find(|kind| is_benchmark(kind)).cloned() else { return Ok(None) };
        let drawn = self.cycles.iter().filter(|cycle| !cycle.reviews.is_empty());
        let Some(cycle) = drawn.filter_map(|cycle| cycle.id).next_back() else { return Ok(None) };
        let Some((stored, _)) = tx.reading().cycle_and_counts(cycle)? else { return Ok(None) };
        let frame = frame_of(tx.reading(), &self.framework, &stored, local_date(now))?;
        let used: Vec<SubjectId> = tx.reading().drawn_subjects(cycle)?.into_iter().map(|(_, subject)| subject).collect();
        let free = frame.entries.iter().map(|entry| entry.subject).find(|subject| !used.contains(subject));
        let Some(subject) = free else { return Ok(None) };
        let reviewers = self.holders(&kind.reviewers);
        let review = ReviewId(tx.next(Numbered::Review)?);
        let wanted = NamedWanted {
            cycle,
            kind: kind.key.clone(),
            whom: Whom::Known(subject),
            how: Chosen::Added,
            by: Some(self.coordinator),
            why: "A file with two sides to it, for the reviewers to measure themselves by".into(),
            practitioner: None,
        };
        self.perform(tx, self.coordinator, now, Deed::OpenNamed(wanted))?;
        self.benchmarks_to_open -= 1;
        self.proposals += 1;
        for person in reviewers {
            let Some(seen) = tx.reading().revision_of(review)? else { return Ok(None) };
            let deed = Deed::Allocate(vec![Allocation::to(review, seen, Some(person))]);
            if self.perform(tx, self.coordinator, now, deed).is_ok() {
                break;
            }
        }
        Ok(Some(review))
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
            let grade = self.grade_near(quality.grade);
            let reasons = REASONS[usize::try_from(grade.rank()).unwrap_or_default()].into();
            let mut own = OwnWanted { reasons, ..OwnWanted::default() };
            match kind.grading {
                Grading::Scaling => own.scaling = Some(self.near(quality.point)),
                _ => own.grade = Some(grade),
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
