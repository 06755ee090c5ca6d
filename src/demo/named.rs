//! Cases of the made-up council that are not drawn: showcases, proposals of managers, revisits; and who was told beforehand.

use super::town::{Stand, Town};
use crate::domain::calendar::local_date;
use crate::domain::deed::Deed;
use crate::domain::framework::ReviewKind;
use crate::domain::grade::Grade;
use crate::domain::id::{CycleId, PersonId, ReviewId, SubjectId};
use crate::domain::named::{NamedWanted, Whom};
use crate::domain::review::Chosen;
use crate::domain::sampling::FrameEntry;
use crate::runtime::clerk::{frame_of, notices_of};
use crate::store::{Numbered, Reading, StoreResult, Tx};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// Why a manager names a case.
const SHOWCASE: [&str; 4] = [
    "Direct work that the whole team could learn from",
    "The family group conference changed the plan",
    "A chronology that made the risk plain",
    "Life story work that the child is proud of",
];
const PROPOSED: [&str; 4] = [
    "Three changes of worker, and yet the plan held",
    "The partnership with the school made the difference",
    "We were late to see the neglect; what stood in the way?",
    "Two assessments said opposite things",
];
const ADDED: [&str; 3] =
    ["Asked for by the head of service after a complaint", "A near miss that the team wants looked at", "Transferred between teams twice"];
const REVISIT: &str = "To see whether what was promised then has held";

impl Town {
    /// How many of a cycle's cases are named instead of drawn; none where the framework knows only the draw.
    pub(super) fn named_in(&self, cycle: usize) -> u32 {
        let rule = &self.framework.sampling;
        let size = self.cycles[cycle].size;
        if size < 8 || !(rule.showcase || rule.proposed_by_managers || rule.rotate_services) { 0 } else { 1 + size / 10 }
    }

    /// Names so many cases for a cycle; fewer where nobody is left to be named.
    pub(super) fn name_cases(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, cycle: usize, many: u32) -> StoreResult<()> {
        self.name_as(tx, now, cycle, many, None)
    }

    /// The same, each to stand somewhere.
    pub(super) fn name_as(
        &mut self,
        tx: &mut Tx<'_>,
        now: DateTime<Utc>,
        cycle: usize,
        many: u32,
        stand: Option<Stand>,
    ) -> StoreResult<()> {
        if many == 0 {
            return Ok(());
        }
        let (Some(id), today) = (self.cycles[cycle].id, local_date(now)) else { return Ok(()) };
        let Some((stored, _)) = tx.reading().cycle_and_counts(id)? else { return Ok(()) };
        let frame = frame_of(tx.reading(), &self.framework, &stored, today)?;
        let used: BTreeSet<SubjectId> = tx.reading().drawn_subjects(id)?.into_iter().map(|(_, subject)| subject).collect();
        let unused = frame.entries.iter().filter(|entry| !used.contains(&entry.subject));
        let (mut rested, mut others): (Vec<&FrameEntry>, Vec<&FrameEntry>) =
            unused.partition(|entry| entry.last_reviewed.is_none_or(|day| day < frame.not_again_since));
        for place in 0..many {
            let free = if rested.is_empty() { &mut others } else { &mut rested };
            let Some(subject) = self.dice.pick(free).map(|entry| entry.subject) else { return Ok(()) };
            free.retain(|entry| entry.subject != subject);
            let Some(by) = self.manager() else { return Ok(()) };
            // In the cycle under way managers' proposals wait for somebody to take them up.
            let waits = self.cycles[cycle].current && !self.is_long_drawn(today);
            let learning = waits.then(|| self.proposed_kind()).flatten();
            let proposed = self.framework.sampling.proposed_by_managers && learning.is_some();
            let (kind, how, why) = if proposed && place < 2 {
                (learning.unwrap_or_default(), Chosen::Proposed, self.dice.word(&PROPOSED))
            } else if self.framework.sampling.showcase {
                (self.kind.key.clone(), Chosen::Showcase, self.dice.word(&SHOWCASE))
            } else if self.was_inadequate(tx.reading(), subject)? {
                (self.kind.key.clone(), Chosen::Revisit, REVISIT)
            } else {
                (self.kind.key.clone(), Chosen::Added, self.dice.word(&ADDED))
            };
            let review = ReviewId(tx.next(Numbered::Review)?);
            let whom = Whom::Known(subject);
            let plays = kind == self.kind.key;
            let wanted = NamedWanted { cycle: id, kind, whom, how, by: Some(by), why: why.into(), practitioner: None };
            self.perform(tx, self.coordinator, now, Deed::OpenNamed(wanted))?;
            if plays {
                self.begin_play(tx, today, cycle, review, stand)?;
            } else {
                self.proposals += 1;
            }
        }
        Ok(())
    }

    /// Writes down who was told beforehand: everybody in cycles that are over, most in the one under way.
    pub(super) fn tell_beforehand(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, cycle: usize) -> StoreResult<()> {
        let (Some(id), today): (Option<CycleId>, _) = (self.cycles[cycle].id, local_date(now)) else { return Ok(()) };
        let Some((stored, _)) = tx.reading().cycle_and_counts(id)? else { return Ok(()) };
        let every = if self.cycles[cycle].current { 7 } else { usize::MAX };
        let open = notices_of(tx.reading(), &self.framework, &stored, today)?.into_iter().map(|(_, notice)| notice);
        let known = open.filter(|notice| notice.person.is_some() && notice.sent.is_none()).enumerate();
        let told: Vec<(ReviewId, String)> =
            known.filter(|(place, _)| place % every != every - 1).map(|(_, notice)| (notice.review, notice.role)).collect();
        if told.is_empty() {
            return Ok(());
        }
        let deed = Deed::SendNotices { notices: told, to: None, how: "by e-mail".into(), on: today };
        self.perform(tx, self.coordinator, now, deed).map(drop)
    }

    /// A manager of a line, who names cases.
    fn manager(&mut self) -> Option<PersonId> {
        let roles: Vec<String> = self.framework.roles.iter().filter(|r| r.manages && !r.insights).map(|r| r.key.clone()).collect();
        let managers = self.holders(&roles);
        self.dice.pick(&managers).copied()
    }

    /// The kind for which managers propose cases: part of the cycle, but not drawn.
    fn proposed_kind(&self) -> Option<String> {
        let fits = |kind: &&ReviewKind| !kind.sampled && kind.commissioned_by.is_empty() && kind.subjects == self.kind.subjects;
        self.framework.kinds.iter().find(fits).map(|kind| kind.key.clone())
    }

    fn was_inadequate(&self, reading: Reading<'_>, subject: SubjectId) -> StoreResult<bool> {
        let Some(newest) = reading.newest_review_of(subject)? else { return Ok(false) };
        let judgement = reading.review_without_form(newest)?.and_then(|facts| facts.final_judgement());
        Ok(judgement.is_some_and(|judgement| judgement.grade == Grade::Inadequate))
    }
}
