//! What has come up to be decided about, with what stands in the way of each, and every disposal. T47.

use super::Answers;
use crate::domain::framework::Framework;
use crate::domain::person::LoginsHeld;
use crate::domain::query::{AskedRow, DisposalsDetail, DisposalsWanted, DueRow, RecordsUp, Viewer};
use crate::domain::retention::{class_of, may_decide, may_erase, may_settle, opened_by, review_on};
use crate::store::{Reading, StoreResult};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Records that are counted at most where only their number is said.
const COUNTED: u32 = 100;

/// The days on which the records came up that are still to be decided about, at most so many of them, those opened first before the
/// others; none: the framework sets no time for any.
pub(in crate::runtime) fn days_up(
    reading: Reading<'_>,
    framework: &Framework,
    at_most: u32,
    viewer: &Viewer,
) -> StoreResult<Option<Vec<NaiveDate>>> {
    let Some(opened_by) = opened_by(framework, viewer.today) else { return Ok(None) };
    let free = reading.kept_since_before(&opened_by, true, at_most, viewer)?;
    let up = free.into_iter().filter_map(|(_, _, kind, opened_on)| Some(review_on(opened_on, class_of(framework, &kind)?)));
    Ok(Some(up.collect()))
}

impl Answers<'_> {
    /// How much has come up, for the Insights team, who follow the records; none: nothing has, or somebody else looks.
    pub(super) fn records_up(&mut self) -> StoreResult<Option<RecordsUp>> {
        let reading = self.reading;
        let framework = self.library.current(reading)?;
        let me = self.viewer.person.map(|person| reading.person(person)).transpose()?.flatten();
        let role = me.as_ref().map(|person| person.role.as_str());
        if role.is_some_and(|key| framework.role(key).is_none_or(|role| !role.insights)) {
            return Ok(None);
        }
        let Some(days) = days_up(reading, &framework, COUNTED, self.viewer)? else { return Ok(None) };
        let waiting = reading.open_disposals()?.len();
        if days.is_empty() && waiting == 0 {
            return Ok(None);
        }
        let against = may_decide(&framework, role).err().map(|refused| refused.to_string());
        let more = days.len() >= COUNTED as usize;
        Ok(Some(RecordsUp { records: days.len(), more, since: days.into_iter().min(), waiting, against }))
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
        let found = reading.kept_since_before(&opened_by, false, wanted.at_most, self.viewer)?;
        let more = found.len() >= wanted.at_most as usize;
        let mut due = Vec::new();
        for (review, reference, kind, opened_on) in found {
            let Some((class, ground)) = class_of(&framework, &kind).zip(reading.erasure_ground(review)?) else { continue };
            let up = review_on(opened_on, class);
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
