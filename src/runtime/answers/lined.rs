//! Grades as they run over the cycles, for a report: what was published stays, and a cycle that has only begun is marked.

use super::Answers;
use crate::domain::cycle::{Cycle, CycleCounts};
use crate::domain::framework::Framework;
use crate::domain::report::told::{Series, SeriesCycle, Stretch};
use crate::store::{ReportsOf, StoreResult};
use chrono::NaiveDate;
use std::collections::BTreeSet;

impl Answers<'_> {
    /// The grades of a kind of review, cycle by cycle up to a day. What a report of these grades has published stays as it was.
    pub(super) fn series(
        &mut self,
        all: &[(&Cycle, CycleCounts)],
        (framework, graded, of): (&Framework, &str, &ReportsOf),
        (from, until): (NaiveDate, NaiveDate),
        below: u32,
    ) -> StoreResult<Series> {
        let published = match below {
            // Nothing is left out for the team: its stretches are others.
            0 => None,
            _ => self.published_series(framework, graded, of, until)?,
        };
        // What a correction speaks of is counted anew; what went before it stays.
        let published = published.unwrap_or_default();
        let after = published.iter().filter(|one| one.last_from < from).map(|one| one.last_from).max();
        let mut tallies = self.reading.grades_of(graded, after, until, self.viewer)?;
        let (today, fewest) = (self.viewer.today, framework.small_numbers_below);
        let mut begun = BTreeSet::new();
        let mut cycles: Vec<SeriesCycle> = all
            .iter()
            .filter_map(|(one, counts)| {
                let tally = tallies.remove(&one.id)?;
                let whole = one.is_whole(today, (counts.submitted, counts.reviews), tally.drawn(), fewest);
                begun.extend((!whole).then_some(one.id));
                Some(SeriesCycle { id: one.id, title: one.title.clone(), starts_on: one.starts_on, tally })
            })
            .collect();
        cycles.sort_by_key(|one| (one.starts_on, one.id));
        let mut series = Series::of(&published, from, &cycles, below);
        for stretch in &mut series.stretches {
            stretch.so_far = stretch.cycles.iter().any(|cycle| begun.contains(cycle));
        }
        Ok(series)
    }

    /// The stretches of a kind's grades that the newest published report tells.
    fn published_series(
        &mut self,
        framework: &Framework,
        graded: &str,
        of: &ReportsOf,
        until: NaiveDate,
    ) -> StoreResult<Option<Vec<Stretch>>> {
        let mut newest: Option<(NaiveDate, Vec<Stretch>)> = None;
        for kind in &framework.reports {
            let Some(report) = self.reading.last_published(&kind.key, of, until)? else { continue };
            let material = *report.material;
            let Some(told) = material.told.filter(|_| material.grades_of == graded && !material.for_team) else { continue };
            let last = told.series.stretches.last().map(|one| one.last_from);
            if let Some(last) = last.filter(|last| newest.as_ref().is_none_or(|(known, _)| known < last)) {
                newest = Some((last, told.series.stretches));
            }
        }
        Ok(newest.map(|(_, stretches)| stretches))
    }
}
