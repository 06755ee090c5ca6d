//! Cycles as they stand: the list of all, and one whole.

use super::{Answers, missing, short_type};
use crate::domain::cycle::current_phase;
use crate::domain::id::{CycleId, ReviewId};
use crate::domain::query::{CycleDetail, CycleRow, NoticeRow};
use crate::domain::revisit::Looked;
use crate::runtime::clerk::notices_of;
use crate::runtime::counts::{Stands, phases_of};
use crate::store::StoreResult;
use std::collections::BTreeMap;
use std::sync::Arc;

impl Answers<'_> {
    pub(super) fn cycles(&mut self) -> StoreResult<Vec<CycleRow>> {
        let mut rows = Vec::new();
        for (cycle, counts) in self.reading.cycles_for(self.viewer)? {
            let framework = self.library.framework(self.reading, &cycle.framework, cycle.version)?;
            let Stands { whole, phases, .. } = phases_of(self.reading, &framework, self.viewer, &cycle, counts)?;
            let phase = match cycle.closed_on {
                Some(_) => "Closed".to_string(),
                None => current_phase(&phases).and_then(|at| phases.get(at)).map(|phase| phase.label.clone()).unwrap_or_default(),
            };
            rows.push(CycleRow {
                state: cycle.state(whole, self.viewer.today),
                beside: cycle.beside,
                extra: cycle.extra.is_some(),
                kind: cycle.kind,
                id: cycle.id,
                reference: cycle.reference,
                title: cycle.title,
                framework: cycle.framework,
                focus: cycle.focus,
                starts_on: cycle.starts_on,
                counts: whole,
                phase,
                closed_on: cycle.closed_on,
            });
        }
        Ok(rows)
    }

    pub(super) fn cycle(&mut self, id: CycleId) -> StoreResult<CycleDetail> {
        let reading = self.reading;
        let (cycle, counts) = reading.cycle_for(id, self.viewer)?.ok_or_else(|| missing("cycle"))?;
        let framework = self.library.framework(reading, &cycle.framework, cycle.version)?;
        let Stands { seen, phases, .. } = phases_of(reading, &framework, self.viewer, &cycle, counts)?;
        let reasons = &framework.cycle.focus_reasons;
        let focus_reason = reasons.iter().find(|reason| reason.key == cycle.focus_reason).map(|reason| reason.label.clone());
        let sample = reading.card_for(id, self.viewer)?;
        let reviews = reading.cycle_reviews(id, self.viewer)?;
        let by_id: BTreeMap<ReviewId, String> = reviews.iter().map(|review| (review.id, review.reference.clone())).collect();
        let mut substitutions = Vec::new();
        for substitution in reading.substitutions(id, self.viewer)? {
            let name = |id: &ReviewId| by_id.get(id).cloned().unwrap_or_default();
            let (out, incoming) = (name(&substitution.out), name(&substitution.review));
            let approver = reading.person(substitution.approver)?.map(|person| person.name).unwrap_or_default();
            substitutions.push((substitution, out, incoming, approver));
        }
        let mut notices = Vec::new();
        for found in notices_of(reading, &framework, &cycle, self.viewer.today)? {
            if reading.is_open_to(found.1.review, self.viewer)? {
                notices.push(found);
            }
        }
        let people = if notices.is_empty() { Arc::default() } else { reading.people_by_id()? };
        let notices = notices.into_iter().map(|(told, notice)| NoticeRow {
            reference: told.reference,
            case: told.case,
            label: framework.role(&notice.role).map_or(notice.role.clone(), |role| role.label.clone()),
            name: notice.person.and_then(|id| people.get(&id)).map(|person| person.name.clone()).unwrap_or_default(),
            late: notice.is_late(self.viewer.today),
            due: notice.due_on,
            told_on: notice.sent.as_ref().map(|sent| sent.on),
            how: notice.sent.as_ref().map(|sent| sent.how.clone()).unwrap_or_default(),
            notice,
        });
        let first = cycle.again.map(|first| reading.cycle_and_counts(first)).transpose()?.flatten();
        let revisit = self.areas_again()?.into_iter().find(|revisit| revisit.looked == Looked::Area(id));
        Ok(CycleDetail {
            notices: notices.collect(),
            again: first.map(|(first, _)| (first.reference, first.focus)),
            revisit,
            framework: framework.clone(),
            phases,
            focus_reason: focus_reason.unwrap_or_else(|| cycle.focus_reason.clone()),
            counts: seen,
            sample,
            substitutions,
            reviews: reviews
                .into_iter()
                .map(|mut review| {
                    review.case_type = short_type(&framework, &review.case_type);
                    review
                })
                .collect(),
            cycle,
        })
    }
}
