//! What follows reviews at the doorway: who is concerned is looked up here, the rules decide; and after every deed that touches a
//! loop, how it stands now is told as a fact of its own. M16-M18, M24, M25, S13, S14, F12, C04, C13.

use super::{Asked, Desk, paragraphs, refuse};
use crate::domain::alert::AlertFact;
use crate::domain::calendar::local_date;
use crate::domain::change::{Change, FollowUpChange, Swap};
use crate::domain::deed::FollowUpWanted;
use crate::domain::framework::{CaseType, Framework, StepDuty, SubjectKind};
use crate::domain::id::{FollowUpId, ReviewId};
use crate::domain::tracking::{Around, FollowUp, FollowUpOf, Known, LinkStand, LoopStand, is_tracked, links, may_note, next_due};
use crate::runtime::library::Library;
use crate::store::{LOOPS, LoopFacts, Numbered, Reading, StoreResult};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Says that loops are tracked in this file from the beginning.
pub(super) fn loops_are_tracked() -> Change {
    Change::SettingChanged { name: LOOPS.to_string(), value: Swap::new("tracked".to_string()) }
}

impl Desk<'_, '_> {
    pub(super) fn note_follow_up(&mut self, wanted: FollowUpWanted) -> Asked {
        let Some(facts) = self.reading().review_without_form(wanted.review)? else {
            return Err(refuse("There is no such review.", "Look for it in the queue."));
        };
        let (_, framework, _) = self.rules_of(&facts)?;
        let Some(by) = wanted.by.or(self.actor.person) else {
            let what = "Your login is on nobody in the list of people, so it is not known who held it.";
            return Err(refuse(what, "Say who did."));
        };
        self.refuse_recused(&facts, by)?;
        let practitioner = facts.review.practitioner;
        let whom = match wanted.what {
            FollowUpOf::Support if wanted.team => None,
            FollowUpOf::Support => wanted.whom.or(practitioner),
            _ => None,
        };
        let follow = FollowUp {
            id: FollowUpId(self.tx.next(Numbered::FollowUp)?),
            review: wanted.review,
            what: wanted.what,
            on: wanted.on,
            by,
            whom,
            team: wanted.team && wanted.what == FollowUpOf::Support,
            improved: wanted.improved.filter(|_| wanted.what == FollowUpOf::Assurance),
            text: paragraphs(&wanted.text),
        };
        let named: BTreeSet<_> = [Some(by), whom, practitioner, self.actor.person].into_iter().flatten().collect();
        let people = self.reading().people_near(named)?;
        let subject = self.reading().subject(facts.review.subject)?.map(|subject| subject.kind);
        let around = Around {
            today: self.today,
            actor: self.actor,
            acts_for: &self.alert_doer(&framework)?.acts_for,
            framework: &framework,
            subject: subject.unwrap_or(SubjectKind::Child),
            case_type: framework.case_type(&facts.review.case_type),
            practitioner,
            has_team: facts.review.team.is_some(),
            reference: &facts.review.reference,
            submitted_on: facts.submitted_at.map(local_date),
            people: &people,
            before: &self.reading().follow_ups(wanted.review)?,
        };
        may_note(&around, &follow)?;
        let said = format!("{}: {} written down", facts.review.reference, follow.what.label().to_lowercase());
        Ok((vec![Change::FollowUp(FollowUpChange::Noted(Swap::new(Box::new(follow))))], said))
    }

    /// How the loops stand now that these changes are written, where they stood differently. M17.
    pub(super) fn loops_after(&mut self, changes: &[Change]) -> StoreResult<Vec<Change>> {
        let mut touched = BTreeSet::new();
        for change in changes {
            match change {
                Change::ReviewSubmitted { .. }
                | Change::PanelDecided { .. }
                | Change::ReviewWithdrawn { .. }
                | Change::ReviewReturned { .. }
                | Change::AlertOpened(_)
                | Change::AlertClosed { .. }
                | Change::FollowUp(FollowUpChange::Noted(_))
                | Change::ActionRecorded(_)
                | Change::ActionMoved { .. }
                | Change::ActionLinked(_) => touched.extend(change.review()),
                Change::Alert(event) if matches!(event.what, AlertFact::Assured { .. }) => touched.extend(change.review()),
                Change::ActionStepped(stepped)
                    if stepped.stand.before.as_ref().map(|s| s.state) != stepped.stand.after.as_ref().map(|s| s.state) =>
                {
                    touched.extend(stepped.review);
                    touched.extend(self.reading().linked_to(stepped.action)?);
                }
                _ => {}
            }
        }
        self.loops_moved(touched)
    }

    /// The loops of reviews that were submitted under a program which did not track: looked at once for each file.
    pub(super) fn loops_of_before(&mut self) -> StoreResult<Vec<Change>> {
        if self.reading().loops_looked_at()? {
            return Ok(Vec::new());
        }
        let graded = self.reading().graded()?;
        let mut changes = self.loops_moved(graded.into_iter().collect())?;
        changes.push(loops_are_tracked());
        Ok(changes)
    }

    fn loops_moved(&mut self, reviews: BTreeSet<ReviewId>) -> StoreResult<Vec<Change>> {
        let mut moved = Vec::with_capacity(reviews.len());
        for review in reviews {
            let Some(facts) = self.reading().loop_facts(review)? else { continue };
            let before = LoopStand::of_key(&facts.stood);
            let tracked = facts.grade.is_some() && facts.submitted_on.is_some();
            if !tracked && before == Some(LoopStand::Untracked) {
                continue;
            }
            let (framework, links) = loop_of(self.reading(), self.library, review, &facts)?;
            let after = LoopStand::of(&links);
            let due = match after {
                LoopStand::Open => {
                    let case_type = framework.case_type(&facts.case_type);
                    let returned = framework.kind(&facts.kind).and_then(|kind| kind.step_of(StepDuty::Return)).map(|(_, step)| &step.key);
                    let returned = returned.map(|key| self.reading().step_on(review, key)).transpose()?.flatten();
                    let again = if before == Some(LoopStand::Open) { facts.since } else { Some(self.today) };
                    self.supervision_of(review, &facts, case_type, (returned.unwrap_or(facts.opened_on), again))?
                }
                _ => None,
            };
            if before != Some(after) || due != facts.supervision_due {
                let stand = Swap { before, after: Some(after) };
                moved.push(Change::FollowUp(FollowUpChange::LoopMoved { review, stand, supervision_due: due, since: None }));
            }
        }
        Ok(moved)
    }

    /// Lets loops that stand again as they did before a batch, which these changes take back, be as old as they were, and their
    /// supervision due when it was: nothing began anew.
    pub(super) fn as_old_as_before(&self, moved: &mut [Change], batch: i64) -> StoreResult<()> {
        for change in moved {
            let object = change.object();
            let Change::FollowUp(FollowUpChange::LoopMoved { stand, since, supervision_due, .. }) = change else { continue };
            let (mut stood, mut from, mut due) = (None, None, None);
            for (seq, at, _, earlier) in self.reading().facts_about(&object)? {
                let Some(Change::FollowUp(FollowUpChange::LoopMoved { stand, since, supervision_due, .. })) =
                    earlier.filter(|_| seq < batch)
                else {
                    continue;
                };
                due = supervision_due;
                if stand.after != stood {
                    (stood, from) = (stand.after, Some(since.unwrap_or(local_date(at))));
                }
            }
            if stand.after == stood {
                (*since, *supervision_due) = (from, due);
            }
        }
        Ok(())
    }

    /// By when supervision of a tracked case is next due. M24.
    fn supervision_of(
        &mut self,
        review: ReviewId,
        facts: &LoopFacts,
        case_type: Option<&CaseType>,
        (since, opened_again): (NaiveDate, Option<NaiveDate>),
    ) -> StoreResult<Option<NaiveDate>> {
        let started = self.reading().subject(facts.subject)?.and_then(|subject| subject.started_on);
        let (Some(case_type), Some(started)) = (case_type, started) else { return Ok(None) };
        let calendar = self.library.calendar(self.reading())?;
        let follow_ups = self.reading().follow_ups(review)?;
        // Past the table of holidays nothing is guessed.
        Ok(next_due(case_type, (started, since, opened_again), &follow_ups, &calendar).ok().flatten())
    }
}

/// The links of a review's loop, and the framework that names them.
pub fn loop_of(
    reading: Reading<'_>,
    library: &mut Library,
    review: ReviewId,
    facts: &LoopFacts,
) -> StoreResult<(Arc<Framework>, Vec<LinkStand>)> {
    let cycle = library.cycle(reading, facts.cycle)?;
    let framework = library.framework(reading, &cycle.framework, cycle.version)?;
    // Most reviews are not tracked: nothing more is read for them.
    if facts.grade.is_none_or(|grade| !is_tracked(&framework, &facts.kind, grade)) {
        return Ok((framework, Vec::new()));
    }
    let (actions, alerts) = (reading.loop_actions(review)?, reading.loop_alerts(review)?);
    let known = Known {
        kind: &facts.kind,
        grade: facts.grade,
        submitted_on: facts.submitted_on,
        actions: &actions,
        alerts: &alerts,
        follow_ups: &reading.follow_ups(review)?,
    };
    let links = links(&framework, &known);
    Ok((framework, links))
}
