//! Deeds about reports: counting the figures, writing over them, approving, publishing, saying where they went.

use super::{Asked, Desk, line, paragraphs, refuse};
use crate::domain::change::{Change, ReportChange, Swap};
use crate::domain::deed::ReportDeed;
use crate::domain::framework::{Framework, ReportKind};
use crate::domain::id::{CycleId, ReportId, reference};
use crate::domain::report::{self, Narrative, Report, ReportState};
use crate::runtime::answers::Answers;
use crate::runtime::answers::reports::kept_from;
use crate::store::{Numbered, StoreError, StoreResult};
use std::sync::Arc;

impl Desk<'_, '_> {
    pub(super) fn about_report(&mut self, deed: ReportDeed) -> Asked {
        match deed {
            ReportDeed::Build { cycle, kind } => self.build_report(cycle, &kind),
            ReportDeed::Write { report, seen, narrative } => self.write_report(report, seen, &narrative),
            ReportDeed::Approve { report, seen } => {
                let (stored, framework, kind) = self.report_as_seen(report, seen)?;
                let signed = report::approve(&framework, &kind, &stored, self.actor, self.today)?;
                let said = format!("{} approved", stored.reference);
                let change = ReportChange::Approved { report, said: stored.said(), signed: Swap::new(signed) };
                Ok((vec![Change::Report(change)], said))
            }
            ReportDeed::Publish { report, seen } => {
                let (stored, framework, kind) = self.report_as_seen(report, seen)?;
                let signed = report::publish(&framework, &kind, &stored, self.actor, self.today)?;
                let mut said = format!("{} published; it stands for good", stored.reference);
                // The phase is done with the last of the cycle's reports; a council that does not write them all here ticks it by hand.
                let cycle = self.cycle(stored.cycle)?;
                let out = self.reading().reports_out(cycle.id)?;
                let left = report::each_cycle(&framework, &cycle).any(|one| one.key != kind.key && !out.contains(&one.key));
                let own = report::each_cycle(&framework, &cycle).any(|one| one.key == kind.key);
                if let Some(open) = cycle.phase("report").filter(|phase| phase.done_on.is_none() && (left || !own)) {
                    said.push_str(&format!(
                        "; the phase \u{201c}{}\u{201d} of {} is still to be ticked in the cycle view",
                        open.label, cycle.title
                    ));
                }
                Ok((vec![Change::Report(ReportChange::Published { report, said: stored.said(), signed })], said))
            }
            ReportDeed::Present { report, seen, board, on, note } => {
                let (stored, framework, kind) = self.report_as_seen(report, seen)?;
                report::may_write(&framework, &kind, &self.actor.role)?;
                let presented = report::present(&framework, &stored, (&board, on, &line(&note)), self.today)?;
                let said = format!("{}: {} on {}", stored.reference, presented.label, on.format("%-d %B"));
                let change = ReportChange::Presented { report, said: stored.said(), presented: Swap::new(presented) };
                Ok((vec![Change::Report(change)], said))
            }
        }
    }

    fn rules_of_report(&mut self, cycle: CycleId, kind: &str) -> StoreResult<(Arc<Framework>, ReportKind)> {
        let reading = self.reading();
        let Some((cycle, _)) = reading.cycle(cycle, self.today)? else {
            return Err(refuse("There is no such cycle.", "Look in the list of cycles."));
        };
        let framework = self.library.framework(reading, &cycle.framework, cycle.version)?;
        let kind = report::find(&framework, kind)?.clone();
        Ok((framework, kind))
    }

    fn report_as_seen(&mut self, id: ReportId, seen: i64) -> StoreResult<(Report, Arc<Framework>, ReportKind)> {
        let Some((stored, revision)) = self.reading().report(id)? else {
            return Err(refuse("There is no such report any more.", "Look in the list of reports."));
        };
        if revision != seen {
            return Err(self.stale(&stored.reference, revision)?);
        }
        let (framework, kind) = self.rules_of_report(stored.cycle, &stored.kind)?;
        self.whole((&framework, &kind), &stored.material.figures.wanted.cycles)?;
        Ok((stored, framework, kind))
    }

    /// Refuses whoever may not know of every review that a report counts: its figures would lack them, or tell of them.
    fn whole(&self, of: (&Framework, &ReportKind), cycles: &[CycleId]) -> StoreResult<()> {
        match kept_from(self.reading(), of, cycles, &self.viewer())? {
            Some(why) => Err(StoreError::Refused(why)),
            None => Ok(()),
        }
    }

    fn build_report(&mut self, cycle: CycleId, key: &str) -> Asked {
        let (framework, kind) = self.rules_of_report(cycle, key)?;
        report::may_keep(&kind)?;
        report::may_write(&framework, &kind, &self.actor.role)?;
        let (reading, viewer) = (self.reading(), self.viewer());
        let material = Answers { reading, library: self.library, viewer: &viewer }.material(cycle, key, false)?;
        // One that speaks of several cycles is kept under the newest of them, whichever it was asked for.
        let cycle = material.cycle;
        let last = reading.newest_report(cycle, key)?.map(|(report, _)| report);
        report::may_build(last.as_ref())?;
        self.whole((&framework, &kind), &material.figures.wanted.cycles)?;
        let material = Box::new(material);
        let (before, after) = match last {
            Some(draft) if draft.state() == ReportState::Draft => {
                let after = Report { built_at: self.now, material, ..draft.clone() };
                (Some(Box::new(draft)), after)
            }
            last => {
                let id = ReportId(self.tx.next(Numbered::Report)?);
                let version = last.as_ref().map_or(1, |last| last.version + 1);
                let narrative: Narrative = last.map(|last| last.narrative).unwrap_or_default();
                let (reference, kind) = (reference("RP", id.0), key.to_string());
                let built = Report {
                    id,
                    reference,
                    cycle,
                    kind,
                    version,
                    built_at: self.now,
                    material,
                    narrative,
                    approved: None,
                    published: None,
                    presented: Vec::new(),
                };
                (None, built)
            }
        };
        let open = after.material.still_open();
        let provisional = if open > 0 { "; provisional, reviews are still under way" } else { "" };
        let done = if before.is_some() { "counted anew" } else { "built" };
        let said = format!("{} {done}, version {}{provisional}", after.reference, after.version);
        Ok((vec![Change::Report(ReportChange::Built(Swap { before, after: Some(Box::new(after)) }))], said))
    }

    fn write_report(&mut self, id: ReportId, seen: i64, written: &Narrative) -> Asked {
        let (stored, framework, kind) = self.report_as_seen(id, seen)?;
        report::may_write(&framework, &kind, &self.actor.role)?;
        let safe: Narrative = written.iter().map(|(key, text)| (key.clone(), paragraphs(text))).collect();
        let after = report::write(&stored, &safe)?;
        if after == stored.narrative {
            return Ok((Vec::new(), "Nothing was changed".into()));
        }
        let said = format!("Text of {} saved", stored.reference);
        let narrative = Swap { before: Some(stored.narrative.clone()), after: Some(after) };
        Ok((vec![Change::Report(ReportChange::Written { report: id, said: stored.said(), narrative })], said))
    }
}
