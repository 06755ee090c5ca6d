//! What a report says of promises: the improvement plan, and what became of what the last report of its kind promised. S16, S17, M20, F13.

use super::Answers;
use crate::domain::cycle::Cycle;
use crate::domain::framework::{Framework, ReportKind};
use crate::domain::id::{ActionId, CycleId, ReviewId};
use crate::domain::query::{PlanItem, PlanRow};
use crate::domain::report::{self, PlanAction, PlanLine, Since};
use crate::store::{ReportsOf, StoreResult};
use chrono::NaiveDate;
use std::collections::BTreeSet;

impl Answers<'_> {
    /// What became of what the last report of a kind promised; of one service's own report, of what that service owed.
    pub(super) fn since_last(
        &mut self,
        framework: &Framework,
        kind: &ReportKind,
        (of, from): (&ReportsOf, NaiveDate),
        whose: &[String],
    ) -> StoreResult<Option<Since>> {
        let Some(last) = self.reading.report_before(&kind.key, of, from)? else { return Ok(None) };
        let now = titled(self.reading.plan_again(&last.material.actions, self.viewer)?, framework);
        let known: BTreeSet<ReviewId> = last.material.actions.iter().map(|action| action.review).collect();
        let mut then = self.seen_of(*last.material, &known)?;
        // One that was kept before its kind told of one service alone still holds the actions of all.
        report::keep_of(whose, &mut then.actions);
        Ok(Some(report::since(&last.reference, &then, &now, self.viewer.today)))
    }

    /// What the plans of these cycles hold for some services, each line once: an action that is carried on stands in several (S19, Q05).
    pub(super) fn plan_for(&mut self, services: &[&str], within: &[CycleId], cycles: &[Cycle]) -> StoreResult<Vec<PlanLine>> {
        let mut found: Vec<PlanLine> = Vec::new();
        for cycle in within {
            for line in self.plan_lines(*cycle, cycles)? {
                if services.contains(&line.service.as_str()) && !found.iter().any(|known| known.reference == line.reference) {
                    found.push(PlanLine { carried_from: String::new(), ..line });
                }
            }
        }
        Ok(found)
    }

    /// The improvement plan, with the roles of those whose actions they are.
    pub(super) fn plan_lines(&mut self, cycle: CycleId, cycles: &[Cycle]) -> StoreResult<Vec<PlanLine>> {
        let titled = |reference: String| {
            let known = cycles.iter().find(|known| known.reference == reference);
            known.map_or(reference, |known| known.title.clone())
        };
        let mut lines = Vec::new();
        let plan = self.plan(cycle)?;
        for row in plan.rows {
            let who = match row.item {
                PlanItem::Action(id) => self.role_of_owner(id)?,
                PlanItem::Note(..) => row.who.clone(),
            };
            let PlanRow { kind, reference, text, answers, service, on, stands, open, late, carried_from, notes, .. } = row;
            lines.push(PlanLine {
                kind: kind.into(),
                reference,
                text,
                answers,
                service,
                who,
                on,
                stands,
                open,
                late,
                carried_from: titled(carried_from),
                notes,
            });
        }
        Ok(lines)
    }

    fn role_of_owner(&mut self, action: ActionId) -> StoreResult<String> {
        let Some((action, _)) = self.reading.action_as_seen(action)? else { return Ok(String::new()) };
        let Some(owner) = self.reading.person(action.owner)? else { return Ok(String::new()) };
        let framework = self.library.current(self.reading)?;
        Ok(framework.role(&owner.role).map_or(owner.role, |role| role.label.clone()))
    }
}

/// Actions with the titles of the roles that own them.
pub(super) fn titled(actions: Vec<PlanAction>, framework: &Framework) -> Vec<PlanAction> {
    actions.into_iter().map(|action| PlanAction { owner: framework.role_title(&action.owner).to_string(), ..action }).collect()
}
