//! What the header says of where the work stands: the store's counts, with what only the framework knows.

use super::Answers;
use crate::domain::cycle::{Cycle, PhaseProgress, current_phase};
use crate::domain::framework::Span;
use crate::domain::query::{AlsoRuns, CycleHead, Overview};
use crate::domain::revisit::Stand;
use crate::runtime::access;
use crate::runtime::counts::phases_of;
use crate::store::StoreResult;
use chrono::NaiveDate;

impl Answers<'_> {
    pub(super) fn overview(&mut self) -> StoreResult<Overview> {
        let (reading, viewer) = (self.reading, self.viewer);
        let mut overview = reading.overview(viewer)?;
        if !overview.started {
            return Ok(overview);
        }
        let framework = self.library.current(reading)?;
        overview.framework = framework.short_name.clone();
        overview.access = access::of_viewer(reading, self.library, viewer)?;
        let calendar = self.library.calendar(reading)?;
        overview.next_working_day = calendar.due_on(viewer.today, Span::WorkingDays(1)).ok();
        overview.for_panel += reading.waiting_for_workshop(viewer, &framework.workshops())?;
        overview.to_approve = self.reports_to_approve()?;
        if self.is_insights()? {
            let again = self.looked_again_at()?;
            overview.revisits = again.iter().filter(|revisit| revisit.stand.presses()).count() as u64;
            overview.revisits_late = again.iter().filter(|revisit| revisit.stand == Stand::Overdue).count() as u64;
        }
        let mut running = Vec::new();
        for id in reading.running_cycles(viewer.today)? {
            if let Some((cycle, counts)) = reading.cycle_for(id, viewer)? {
                let phases = phases_of(reading, &framework, viewer, &cycle, counts)?.phases;
                running.push((cycle, phases));
            }
        }
        if let Some((at, why)) = worked_in(&running, viewer.today) {
            let (cycle, phases) = running.remove(at);
            let why = if running.is_empty() { "" } else { why };
            overview.cycle = Some(CycleHead { id: cycle.id, title: cycle.title, focus: cycle.focus, phases, why });
            overview.also = running.into_iter().map(|(cycle, phases)| also(cycle, &phases)).collect();
        } else if let Some(head) = overview.cycle.as_mut()
            && let Some((cycle, counts)) = reading.cycle_for(head.id, viewer)?
        {
            head.phases = phases_of(reading, &framework, viewer, &cycle, counts)?.phases;
        }
        Ok(overview)
    }
}

/// Which of the cycles that run, the newest first, is the one that people work in, and why. Where the list of the next cycle is made
/// while the reviews of this one go on, it is this one.
fn worked_in(running: &[(Cycle, Vec<PhaseProgress>)], today: NaiveDate) -> Option<(usize, &'static str)> {
    let phase =
        |phases: &[PhaseProgress], holds: &dyn Fn(&PhaseProgress) -> bool| phases.iter().any(|one| one.key == "review" && holds(one));
    let reviewing = |one: &PhaseProgress| !one.done && one.through.1 > 0 && one.starts <= today && today <= one.ends;
    let begun = |one: &PhaseProgress| one.through.1 > 0 && one.starts <= today;
    let first = |holds: &dyn Fn(&PhaseProgress) -> bool| running.iter().position(|(_, phases)| phase(phases, holds));
    first(&reviewing)
        .map(|at| (at, "its reviews are under way"))
        .or_else(|| first(&begun).map(|at| (at, "it is the newest whose reviews have begun")))
        .or_else(|| (!running.is_empty()).then_some((0, "it is the newest that has begun")))
}

fn also(cycle: Cycle, phases: &[PhaseProgress]) -> AlsoRuns {
    let at = current_phase(phases).and_then(|at| phases.get(at));
    let phase = at.map_or_else(String::new, |phase| match phase.through {
        (n, of) if of > 0 && phase.key != "sample" => format!("{} {n}/{of}", phase.label),
        _ => phase.label.clone(),
    });
    AlsoRuns { title: cycle.title, phase, late: at.is_some_and(|phase| phase.late) }
}
