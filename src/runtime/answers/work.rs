//! Work of a cycle itself that is late or soon due: a sample to be drawn, cases to be allocated, a report to be written.

use super::Answers;
use crate::domain::access::{Access, Right};
use crate::domain::calendar::say_due;
use crate::domain::count::counted;
use crate::domain::cycle::PhaseProgress;
use crate::domain::query::{CycleWork, NextThing, ReportRow};
use crate::domain::revisit::grace;
use crate::runtime::access;
use crate::runtime::counts::phases_of;
use crate::store::StoreResult;
use chrono::{Duration, NaiveDate};

/// A report that is due within so many days is next before what is due after it.
const REPORT_SOON: i64 = 7;

/// The phases that somebody does as a whole, by key, with the right to them and what is done. The others follow from the reviews.
const DONE_AS_A_WHOLE: [(&str, Right, &str); 3] = [
    ("sample", Right::Draw, "draw the sample"),
    ("allocate", Right::Allocate, "allocate its reviews"),
    ("report", Right::Plan, "see its report through, and tick it"),
];

impl Answers<'_> {
    /// The work of a cycle that needs this person first, and the day it ranks by: what is late ranks by today, behind reviews and
    /// actions that are late. Only what is theirs to do (T43), and nothing that was put off.
    pub(super) fn next_work(&mut self, insights: bool, passed: &[CycleWork]) -> StoreResult<Option<(NextThing, NaiveDate)>> {
        let access = access::of_viewer(self.reading, self.library, self.viewer)?;
        if let Some(late) = self.late_phase(&access, passed)? {
            return Ok(Some((late, self.viewer.today)));
        }
        // A report that waits for this person's approval waits for nobody else.
        if let Some(approve) = self.report_to_approve(passed)? {
            return Ok(Some((approve, self.viewer.today)));
        }
        let report = self.report_soon(&access, passed)?;
        let again = if insights && !passed.contains(&CycleWork::Revisits) { self.look_again()? } else { None };
        // What was promised to a board comes before what is looked at once more.
        Ok(report.into_iter().chain(again).min_by_key(|(_, due)| *due))
    }

    /// What is longest due to be looked at again, for whoever keeps the programme, by the last day of its grace. F14, Q02.
    fn look_again(&mut self) -> StoreResult<Option<(NextThing, NaiveDate)>> {
        let Some(first) = self.looked_again_at()?.into_iter().find(|revisit| revisit.stand.presses()) else { return Ok(None) };
        let framework = self.library.current(self.reading)?;
        let due = (first.due_on + grace(&framework)).max(self.viewer.today);
        let because = format!("looked at in {}, due since {}", first.reference, first.due_on.format("%-d %B %Y"));
        let step = format!("Look again at {}", first.what);
        Ok(Some((NextThing { work: Some(CycleWork::Revisits), ..NextThing::new(None, step, because) }, due)))
    }

    fn late_phase(&mut self, access: &Access, passed: &[CycleWork]) -> StoreResult<Option<NextThing>> {
        let (reading, viewer) = (self.reading, self.viewer);
        if !DONE_AS_A_WHOLE.iter().any(|(_, right, _)| access.may(*right)) {
            return Ok(None);
        }
        let mut first: Option<(NaiveDate, NextThing)> = None;
        for (cycle, _) in reading.cycles()? {
            let may_be_late = |key: &str| cycle.phase(key).is_some_and(|phase| phase.done_on.is_none() && phase.ends < viewer.today);
            if cycle.closed_on.is_some() || !DONE_AS_A_WHOLE.iter().any(|(key, ..)| may_be_late(key)) {
                continue;
            }
            let framework = self.library.framework(reading, &cycle.framework, cycle.version)?;
            let Some((cycle, counts)) = reading.cycle_for(cycle.id, viewer)? else { continue };
            let phases = phases_of(reading, &framework, viewer, &cycle, counts)?.phases;
            for (at, phase) in phases.iter().enumerate().filter(|(_, phase)| phase.late && begins(phase)) {
                let done = DONE_AS_A_WHOLE.iter().find(|(key, right, _)| *key == phase.key && access.may(*right));
                let work = CycleWork::Phase(cycle.id, phase.key.clone(), at);
                if let Some((_, _, step)) = done.filter(|_| !passed.contains(&work))
                    && first.as_ref().is_none_or(|(ends, _)| phase.ends < *ends)
                {
                    let late = counted((viewer.today - phase.ends).num_days(), "day", "days");
                    let because = format!("{}: \u{201c}{}\u{201d} is {late} late", cycle.title, phase.label);
                    first = Some((phase.ends, NextThing { work: Some(work), ..NextThing::new(None, *step, because) }));
                }
            }
        }
        Ok(first.map(|(_, thing)| thing))
    }

    /// The report that waits longest for the approval of whoever looks. M20.
    fn report_to_approve(&mut self, passed: &[CycleWork]) -> StoreResult<Option<NextThing>> {
        if self.reports_to_approve()? == 0 {
            return Ok(None);
        }
        let passed_by = |row: &ReportRow| passed.contains(&CycleWork::Report(row.cycle, row.kind.clone()));
        let waiting = self.reports()?.into_iter().filter(|row| row.to_approve && !passed_by(row));
        Ok(waiting.min_by_key(|row| row.built_on).map(|row| {
            let counted = row.built_on.map(|day| format!(", counted on {}", day.format("%-d %B"))).unwrap_or_default();
            let because = format!("{}{counted}", row.title);
            let work = Some(CycleWork::Report(row.cycle, row.kind));
            NextThing { work, ..NextThing::new(None, format!("approve the {}", row.label.to_lowercase()), because) }
        }))
    }

    fn report_soon(&mut self, access: &Access, passed: &[CycleWork]) -> StoreResult<Option<(NextThing, NaiveDate)>> {
        if !access.may(Right::Report) {
            return Ok(None);
        }
        let today = self.viewer.today;
        let until = today + Duration::days(REPORT_SOON);
        for row in self.reports()? {
            let work = CycleWork::Report(row.cycle, row.kind.clone());
            let theirs = row.id.is_none() && row.not_written_by.is_none() && !passed.contains(&work);
            if let Some(due) = row.due.filter(|due| theirs && *due <= until) {
                let because = format!("{}, {}{}", row.title, if due < today { "" } else { "due " }, say_due(today, due));
                let step = format!("build the {}", row.label.to_lowercase());
                return Ok(Some((NextThing { work: Some(work), ..NextThing::new(None, step, because) }, due.max(today))));
            }
        }
        Ok(None)
    }
}

/// Whether a phase can be worked on: there is nothing to allocate, and nothing to report, before something was drawn.
fn begins(phase: &PhaseProgress) -> bool {
    phase.key == "sample" || phase.by_hand || phase.through.1 > 0
}
