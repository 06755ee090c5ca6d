//! Reports of the last cycles: built when a cycle is over, written, approved by whom the framework names, published and presented.

use super::dates::{at, workday};
use super::told;
use super::town::{Event, Town};
use crate::domain::calendar::local_date;
use crate::domain::cycle::months;
use crate::domain::deed::{Deed, ReportDeed};
use crate::domain::framework::{ReportKind, Span};
use crate::domain::id::{PersonId, ReportId};
use crate::domain::insight::figures::FiguresWanted;
use crate::domain::query::Viewer;
use crate::domain::report::{Narrative, PRACTITIONERS, Report, Year, period};
use crate::store::{Numbered, StoreResult, Tx};
use chrono::{DateTime, Datelike, Duration, Months, NaiveDate, Utc};

/// The register of practice observations (F16).
const OBSERVED: &str = "practice-observations";

/// How many cycles before the current one have their reports.
const CYCLES: usize = 3;

impl Town {
    /// Puts the reports of the last cycles into the diary; of the newest only the draft is there.
    pub(super) fn report_diary(&mut self) {
        let mut last = None;
        let begun = self.cycles.len().saturating_sub(1);
        for cycle in begun.saturating_sub(CYCLES)..begun {
            let over = self.cycles[cycle].starts_on + Months::new(months(self.framework.cycle.rhythm));
            let day = workday(&self.calendar, over + Duration::days(9));
            if day < self.today {
                self.later(at(day, 15 * 60 + 30), Event::Report(cycle, false));
                last = Some(cycle);
            }
        }
        // Visits and workshops of that cycle end weeks after it.
        if let Some(cycle) = last {
            let mut day = self.today - Duration::days(1);
            while workday(&self.calendar, day) != day {
                day -= Duration::days(1);
            }
            self.later(at(day, 16 * 60 + 10), Event::Report(cycle, true));
        }
    }

    /// The reports of a cycle that is over: built, written and, but for those of the newest that somebody has yet to approve, published.
    pub(super) fn report(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, place: usize, again: bool) -> StoreResult<()> {
        let Some(cycle) = self.cycles.get(place).and_then(|cycle| cycle.id) else { return Ok(()) };
        let newest = place + 2 >= self.cycles.len();
        for kind in self.kinds_to_report(tx, now, place, newest)? {
            // What was made already stands: the second look is for what was finished after the first.
            if again && self.is_made(tx, &kind, place, now)? {
                continue;
            }
            let id = ReportId(tx.next(Numbered::Report)?);
            let build = ReportDeed::Build { cycle, kind: kind.key.clone() };
            let who = self.coordinator;
            // Somebody who may not know of every review builds no report.
            if self.perform(tx, who, now, Deed::Report(build)).is_err() {
                continue;
            }
            let Some((report, seen)) = tx.reading().report(id)? else { continue };
            let text = |section: &str| {
                let texts = told::of(&kind.key, section);
                texts.get(place % texts.len().max(1)).map(|text| (section.to_string(), (*text).to_string()))
            };
            let narrative: Narrative = report.material.sections.iter().filter_map(|(section, _)| text(section)).collect();
            let later = now + Duration::minutes(20);
            if !narrative.is_empty() {
                let _ = self.perform(tx, who, later, Deed::Report(ReportDeed::Write { report: report.id, seen, narrative }));
            }
            if !newest || kind.approved_by.is_none() {
                self.sign(tx, later, &kind, &report)?;
            }
        }
        Ok(())
    }

    /// The kinds of report that are made of a cycle once it is over, before those that take them in. What comes in other spans than a
    /// cycle's is made once, with the cycle that its time ended with: nobody publishes a quarter that still runs. Where none of the last
    /// cycles ended one, and what is about other reviews than are drawn, is made of the newest.
    fn kinds_to_report(&self, tx: &Tx<'_>, now: DateTime<Utc>, place: usize, newest: bool) -> StoreResult<Vec<ReportKind>> {
        let Some(starts_on) = self.cycles.get(place).map(|cycle| cycle.starts_on) else { return Ok(Vec::new()) };
        let year = self.year();
        let each_cycle = |kind: &ReportKind| {
            let drawn = kind.kind.as_deref().is_none_or(|key| key == self.kind.key);
            drawn && matches!(kind.every, Some(Span::Months(months)) if months <= year.cycle_months)
        };
        let viewer = Viewer::of(Some(self.coordinator), now, local_date(now)).of_all();
        let begun = self.cycles.len().saturating_sub(1);
        let last_ended = |kind: &ReportKind| {
            let longer = matches!(kind.every, Some(Span::Months(months)) if months > year.cycle_months) && kind.kind.is_none();
            let mut last = (begun.saturating_sub(CYCLES)..begun).rev().filter(|_| longer);
            last.find(|place| ends_with(kind, self.cycles[*place].starts_on, year))
        };
        let now_or_then = |kind: &ReportKind| each_cycle(kind) || last_ended(kind).map_or(newest, |ended| ended == place);
        let mut kinds = Vec::new();
        for kind in self.framework.reports.iter().filter(|kind| !kind.for_team && now_or_then(kind)) {
            // Nobody writes of observations in a month that had none.
            if kind.key == "observations" && tx.reading().noted_between(OBSERVED, period(kind, starts_on, year, viewer.today))?.is_empty() {
                continue;
            }
            if kind.kind.is_some() {
                // A paper about reviews of which there is none would have nothing to say.
                let (from, until) = period(kind, starts_on, year, viewer.today);
                let within = self.cycles.iter().filter(|cycle| cycle.starts_on >= from && cycle.starts_on <= until);
                let cycles = within.filter_map(|cycle| cycle.id).collect();
                let wanted = FiguresWanted { cycles, kind: kind.kind.clone(), ..FiguresWanted::default() };
                if !tx
                    .reading()
                    .counted_reviews(&wanted, &viewer)?
                    .iter()
                    .any(|review| if each_cycle(kind) { review.submitted } else { review.finalised })
                {
                    continue;
                }
            }
            kinds.push(kind.clone());
        }
        kinds.sort_by_key(|kind| !kind.takes_in.is_empty());
        Ok(kinds)
    }

    /// Whether a report of a kind is kept of the time that a cycle lies in: under the newest of its cycles, which may not be this one.
    fn is_made(&self, tx: &Tx<'_>, kind: &ReportKind, place: usize, now: DateTime<Utc>) -> StoreResult<bool> {
        let Some(starts_on) = self.cycles.get(place).map(|cycle| cycle.starts_on) else { return Ok(false) };
        let (from, until) = period(kind, starts_on, self.year(), local_date(now));
        // A weekly one speaks of fewer days than its cycle has.
        let within = |day: NaiveDate| day == starts_on || (from..=until).contains(&day);
        for cycle in self.cycles.iter().filter(|cycle| within(cycle.starts_on)).filter_map(|cycle| cycle.id) {
            if tx.reading().newest_report(cycle, &kind.key)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// How its cycles lie in the quality assurance year.
    fn year(&self) -> Year {
        Year { cycle_months: months(self.framework.cycle.rhythm), starts_in: self.framework.cycle.year_starts_in }
    }

    fn sign(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, kind: &ReportKind, report: &Report) -> StoreResult<()> {
        let id = report.id;
        let seen = |tx: &Tx<'_>| -> StoreResult<i64> { Ok(tx.reading().report(id)?.map_or(0, |(_, seen)| seen)) };
        let approvers: Vec<PersonId> = self.holders(&kind.approved_by.iter().cloned().collect::<Vec<_>>());
        let mut approved = kind.approved_by.is_none();
        for approver in approvers {
            let deed = ReportDeed::Approve { report: id, seen: seen(tx)? };
            if self.perform(tx, approver, now + Duration::minutes(5), Deed::Report(deed)).is_ok() {
                approved = true;
                break;
            }
        }
        if !approved {
            return Ok(());
        }
        let deed = ReportDeed::Publish { report: id, seen: seen(tx)? };
        if self.perform(tx, self.coordinator, now + Duration::minutes(9), Deed::Report(deed)).is_err() {
            return Ok(());
        }
        let on = local_date(now);
        // What no case of theirs was looked at for goes to no practitioner.
        let of_cases = kind.kind.as_deref().and_then(|key| self.framework.kind(key)).is_some_and(|kind| !kind.is_named_only());
        let boards = kind.boards.iter().take(1).map(String::as_str).chain((of_cases || kind.public).then_some(PRACTITIONERS));
        for board in boards.map(str::to_string).collect::<Vec<_>>() {
            let note = if board == PRACTITIONERS { "In supervision" } else { "Taken; the board asked to see the chronologies again" };
            let deed = ReportDeed::Present { report: id, seen: seen(tx)?, board, on, note: note.into() };
            let _ = self.perform(tx, self.coordinator, now + Duration::minutes(10), Deed::Report(deed));
        }
        Ok(())
    }
}

/// Whether what a kind of report speaks of ends with the cycle that begins on a day.
fn ends_with(kind: &ReportKind, starts_on: NaiveDate, year: Year) -> bool {
    let after = starts_on.with_day(1).unwrap_or(starts_on) + Months::new(year.cycle_months.max(1));
    period(kind, starts_on, year, starts_on).1.succ_opt() == Some(after)
}
