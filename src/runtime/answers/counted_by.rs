//! Which cycles a report counts, and whether it is for whoever asks to build it.

use super::material::{ids, year_of};
use super::{Answers, missing};
use crate::domain::cycle::{Cycle, CycleCounts};
use crate::domain::framework::ReportKind;
use crate::domain::id::CycleId;
use crate::domain::query::MayDo;
use crate::domain::report;
use crate::store::{StoreError, StoreResult};
use chrono::NaiveDate;

impl Answers<'_> {
    /// Every cycle under the framework of one, and how far its reviews are.
    pub(super) fn cycles_like(&self, asked: &Cycle) -> StoreResult<Vec<(Cycle, CycleCounts)>> {
        Ok(self.reading.cycles()?.into_iter().filter(|(one, _)| one.framework == asked.framework).collect())
    }

    /// Why a cycle's report of a kind is not for whoever asks to build, where reviews that it counts are kept from them; none: it is.
    pub(super) fn may_build(&mut self, id: CycleId, key: &str) -> StoreResult<MayDo> {
        let reading = self.reading;
        let (asked, _) = reading.cycle_for(id, self.viewer)?.ok_or_else(|| missing("cycle"))?;
        let framework = self.library.framework(reading, &asked.framework, asked.version)?;
        let kind = report::find(&framework, key).map_err(StoreError::Refused)?;
        let period = report::period(kind, asked.starts_on, year_of(&framework), self.viewer.today);
        let (all, _): (Vec<Cycle>, Vec<CycleCounts>) = self.cycles_like(&asked)?.into_iter().unzip();
        let (_, within) = counted_by(&all, &asked, kind, period, self.viewer.today);
        let kept = super::reports::kept_from(reading, (&framework, kind), &within, self.viewer)?;
        Ok(kept.map_or(MayDo::Yes, |why| MayDo::No(why.to_string())))
    }
}

/// The cycle that a report is kept under, and all that it counts. Extra work answers the board that asked for it: its report is of
/// its own reviews, and of nothing else that was looked at in those days; nor do the reports of the plan count it (F23, Q04).
pub(super) fn counted_by(
    all: &[Cycle],
    asked: &Cycle,
    kind: &ReportKind,
    (from, until): (NaiveDate, NaiveDate),
    today: NaiveDate,
) -> (Cycle, Vec<CycleId>) {
    if asked.extra.is_some() {
        return (asked.clone(), vec![asked.id]);
    }
    let cycle = home_of(all, asked, kind, (from, until), today);
    let mut within = ids(all, |one| one.extra.is_none() && one.starts_on >= from && one.starts_on <= until);
    if !within.contains(&cycle.id) {
        within.push(cycle.id);
    }
    (cycle, within)
}

/// The cycle under which a report is kept: the newest of its days that has begun, whichever of them was asked for.
fn home_of(all: &[Cycle], asked: &Cycle, kind: &ReportKind, (from, until): (NaiveDate, NaiveDate), today: NaiveDate) -> Cycle {
    let like = |one: &&Cycle| one.extra.is_none() && one.beside == asked.beside && (kind.kind.is_none() || one.kind == asked.kind);
    let within = all.iter().filter(|one| one.starts_on >= from && one.starts_on <= until && one.starts_on <= today).filter(like);
    within.max_by_key(|one| (one.starts_on, one.id)).filter(|one| one.starts_on > asked.starts_on).unwrap_or(asked).clone()
}
