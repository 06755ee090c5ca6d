//! What has come up to be decided about, with what stands in the way of each, and every disposal. T47.

use super::Answers;
use crate::domain::id::ReviewId;
use crate::domain::person::LoginsHeld;
use crate::domain::query::{AskedRow, DisposalsDetail, DisposalsWanted, DueRow, RecordsUp};
use crate::domain::retention::{class_of, may_decide, may_erase, may_settle, opened_by, review_on};
use crate::store::StoreResult;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Records that are counted at most where only their number is said.
const COUNTED: u32 = 100;

impl Answers<'_> {
    /// How much has come up, for the Insights team, who follow the records; none: nothing has, or somebody else looks.
    pub(super) fn records_up(&mut self) -> StoreResult<Option<RecordsUp>> {
        let (reading, today) = (self.reading, self.viewer.today);
        let framework = self.library.current(reading)?;
        let me = self.viewer.person.map(|person| reading.person(person)).transpose()?.flatten();
        let role = me.as_ref().map(|person| person.role.as_str());
        if role.is_some_and(|key| framework.role(key).is_none_or(|role| !role.insights)) {
            return Ok(None);
        }
        let Some(opened_by) = opened_by(&framework, today) else { return Ok(None) };
        let open = reading.open_disposals()?;
        let settled = |review: &ReviewId| open.iter().any(|disposal| disposal.reviews.contains(review));
        let kept = reading.kept_since_before(opened_by, COUNTED, self.viewer)?;
        let more = kept.len() >= COUNTED as usize;
        let free = kept.iter().filter(|(review, _, _, _, held)| !held && !settled(review));
        let up = free.filter_map(|(_, _, kind, opened_on, _)| Some(review_on(*opened_on, class_of(&framework, kind)?)));
        let days: Vec<NaiveDate> = up.filter(|day| *day <= today).collect();
        if days.is_empty() && open.is_empty() {
            return Ok(None);
        }
        let against = may_decide(&framework, role).err().map(|refused| refused.to_string());
        Ok(Some(RecordsUp { records: days.len(), more, since: days.into_iter().min(), waiting: open.len(), against }))
    }

    /// For whoever decides about it; refused to everybody else.
    pub(super) fn disposals(&mut self, wanted: DisposalsWanted) -> StoreResult<DisposalsDetail> {
        let (reading, today) = (self.reading, self.viewer.today);
        let framework = self.library.current(reading)?;
        let me = self.viewer.person.map(|person| reading.person(person)).transpose()?.flatten();
        may_decide(&framework, me.as_ref().map(|person| person.role.as_str()))?;
        let by = wanted.by.unwrap_or(today);
        let mut asked = Vec::new();
        let mut in_one = BTreeMap::new();
        let disposals = reading.disposals()?;
        let logins = if disposals.is_empty() { LoginsHeld::default() } else { reading.logins_held()? };
        for disposal in disposals {
            let (mut references, mut held) = (Vec::new(), Vec::new());
            for review in &disposal.reviews {
                if reading.is_open_to(*review, self.viewer)? {
                    let reference = reading.reference_of(*review)?;
                    held.extend(reference.clone().zip(reading.hold(*review)?.map(|hold| hold.why)));
                    references.extend(reference);
                }
            }
            let own = me.as_ref().is_some_and(|me| logins.were(&disposal.asked_by, me.id));
            let against = may_settle(&disposal, own).err().map(|refused| refused.to_string());
            let asker = logins.whose(&disposal.asked_by).map(|person| reading.person(person)).transpose()?.flatten();
            let asked_by = asker.map_or_else(|| disposal.asked_by.clone(), |person| person.name);
            let row = AskedRow { asked_by, references, held, against, disposal };
            if row.waits() {
                in_one.extend(row.disposal.reviews.iter().map(|review| (*review, row.disposal.id.0)));
            }
            asked.push(row);
        }
        asked.sort_by_key(|row| !row.waits());
        let Some(opened_by) = opened_by(&framework, by) else {
            return Ok(DisposalsDetail { asked, due: Vec::new(), more: false, sets_time: false });
        };
        let found = reading.kept_since_before(opened_by, wanted.at_most, self.viewer)?;
        let more = found.len() >= wanted.at_most as usize;
        let mut due = Vec::new();
        for (review, reference, kind, opened_on, _) in found {
            let Some((class, ground)) = class_of(&framework, &kind).zip(reading.erasure_ground(review)?) else { continue };
            let up = review_on(opened_on, class);
            if up > by {
                continue;
            }
            let against = match in_one.get(&review) {
                Some(number) => Some(format!("{reference} stands in disposal {number} already.")),
                None => may_erase(&framework, &ground, today.max(by)).err().map(|refused| refused.to_string()),
            };
            let holder = ground.hold.as_ref().and_then(|hold| hold.by);
            let held_by = holder.map(|person| reading.person(person)).transpose()?.flatten().map_or_else(String::new, |person| person.name);
            due.push(DueRow {
                review,
                reference,
                class: class.label.clone(),
                up,
                in_disposal: in_one.contains_key(&review),
                hold: ground.hold,
                held_by,
                against,
            });
        }
        Ok(DisposalsDetail { asked, due, more, sets_time: true })
    }
}
