//! The steps of a review, in order. M04: none is skipped silently; M05: no return before the panel; M15: the dated to-do.

use super::step_checks::{check_day, check_fields};
use super::{NextStep, PanelStand, ReviewFacts, ReviewState, StepRecord};
use crate::domain::calendar::{Calendar, Sum, midnight};
use crate::domain::cycle::Cycle;
use crate::domain::error::RuleError;
use crate::domain::framework::{ReviewKind, Step, StepDuty};
use crate::domain::joint;
use crate::domain::reason::says_little;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What comes next, in words, for a review that waits for the panel. The store finds by it what takes the day of a sitting
/// (`sql/28_sitting_day.sql`).
pub const PANEL_DECIDES: &str = "Panel decides";

/// The first step that is not behind us, with its dates.
///
/// A step's own time limit counts from the step it names; without one the last day of the cycle's phase for that kind
/// of step holds. `taken` says on which day a step was taken, or written down as impossible; none: it lies ahead.
pub fn next_step(
    kind: &ReviewKind,
    cycle: &Cycle,
    taken: impl Fn(&str) -> Option<NaiveDate>,
    panel: &PanelStand,
    calendar: &Calendar,
) -> Result<NextStep, RuleError> {
    let Some(step) = kind.steps.iter().find(|step| taken(&step.key).is_none()) else {
        return Ok(NextStep::default());
    };
    // F08: what is disputed when it goes back is not put on the record before the panel decided either.
    if matches!(step.duty, StepDuty::Return | StepDuty::Finalise) && panel.holds() {
        let due_on = cycle.phase("moderate").map(|phase| phase.ends);
        let label = if matches!(panel, PanelStand::SentBack(_)) { "Complete it for the panel" } else { PANEL_DECIDES };
        return Ok(NextStep { step: Some(step.key.clone()), label: label.into(), due_on, opens_on: None });
    }
    let phase_end = cycle.phase(phase_of(step.duty)).map(|phase| phase.ends);
    let limit = match &step.due {
        Some(due) => match taken(&due.after) {
            Some(before) => Some((calendar.due_on(before, due.within).map_err(RuleError::from)?, due.not_before)),
            None => None,
        },
        None => None,
    };
    Ok(NextStep {
        step: Some(step.key.clone()),
        label: step.label.clone(),
        due_on: limit.map(|(day, _)| day).or(phase_end),
        opens_on: limit.filter(|(_, not_before)| *not_before).map(|(day, _)| day),
    })
}

/// The phase of the cycle in which a step of this duty belongs.
fn phase_of(duty: StepDuty) -> &'static str {
    match duty {
        StepDuty::Allocate => "allocate",
        StepDuty::Record | StepDuty::FamilyContact | StepDuty::Submit => "review",
        StepDuty::Return => "return",
        StepDuty::Finalise => "finalise",
    }
}

/// The sum behind a step's due date, day by day; none where the date is the end of a phase.
pub fn sum_of(step: &Step, steps: &BTreeMap<String, StepRecord>, calendar: &Calendar) -> Option<Sum> {
    let due = step.due.as_ref()?;
    let before = steps.get(&due.after)?;
    let mut sum = calendar.working(midnight(before.on), due.within).ok()?;
    if due.not_before {
        // That day is the first on which it may be recorded, and the one on which it is due.
        let when = sum.says.pop().unwrap_or_default();
        sum.says.push(format!("Not to be recorded before that day: the team has until then. {when}"));
    }
    Some(sum)
}

/// Checks the record of a step that is taken now, or of an earlier one that is put right. M04, M05, M15.
///
/// Allocation and completion have rules of their own ([`super::submit`], [`crate::domain::allocation`]) and are
/// refused here.
pub fn record_step(today: NaiveDate, kind: &ReviewKind, facts: &ReviewFacts, key: &str, record: &StepRecord) -> Result<(), RuleError> {
    let Some((_, step)) = kind.step(key) else {
        return Err(RuleError::new(format!("\u{201c}{key}\u{201d} is no step of a {}.", kind.label), "Choose one of its steps."));
    };
    if facts.state != ReviewState::Open {
        return Err(RuleError::new(
            format!("{} is no longer open.", facts.review.reference),
            "A finalised or withdrawn review keeps its steps as they are.",
        ));
    }
    match step.duty {
        StepDuty::Allocate => return Err(RuleError::under("M04", "A reviewer is given by allocating.", "Press the key for allocating.")),
        StepDuty::Submit => {
            return Err(RuleError::under("M04", "A review is completed by submitting its form.", "Open the form and submit it."));
        }
        StepDuty::Return | StepDuty::Finalise | StepDuty::Record | StepDuty::FamilyContact => {}
    }
    let next = kind.steps.iter().find(|step| !facts.passed(&step.key));
    if !facts.passed(key) && next.is_none_or(|next| next.key != key) {
        let first = next.map(|next| next.label.as_str()).unwrap_or_default();
        return Err(RuleError::under(
            "M04",
            format!("\u{201c}{}\u{201d} comes after \u{201c}{first}\u{201d}.", step.label),
            format!("Record \u{201c}{first}\u{201d} first, or the reason why it cannot happen."),
        ));
    }
    if matches!(step.duty, StepDuty::Return | StepDuty::Finalise) {
        joint::may_go_back(kind, facts)?;
    }
    if let (StepDuty::Return | StepDuty::Finalise, PanelStand::Waiting(why)) = (step.duty, &facts.panel) {
        let what = if step.duty == StepDuty::Return { "returned" } else { "finalised" };
        return Err(RuleError::under(
            "M05",
            format!("{} waits for the panel ({why}) and cannot be {what} yet.", facts.review.reference),
            "It can go on once the panel has decided.",
        ));
    }
    if let (StepDuty::Return | StepDuty::Finalise, PanelStand::SentBack(missing)) = (step.duty, &facts.panel) {
        return Err(RuleError::under(
            "M05",
            format!("The panel sent {} back: {missing}", facts.review.reference),
            "Complete it and hand it in again; then the panel decides.",
        ));
    }
    if let Some(opens) = facts.review.next.opens_on.filter(|_| !facts.passed(key))
        && record.on < opens
    {
        return Err(RuleError::under(
            "M15",
            format!("\u{201c}{}\u{201d} opens on {}: the team has until then to read the review.", step.label, opens.format("%-d %B %Y")),
            "Record it on that day or later.",
        ));
    }
    check_day(today, kind, facts, step, record.on)?;
    match &record.not_done_because {
        Some(_) if !step.may_not_happen => Err(RuleError::under(
            "M04",
            format!("\u{201c}{}\u{201d} has to happen; it cannot be left out.", step.label),
            "Record when it happened.",
        )),
        Some(reason) if reason.trim().is_empty() => Err(RuleError::under(
            "M04",
            format!("\u{201c}{}\u{201d} did not happen, but no reason is given.", step.label),
            "Write down why, and what was tried.",
        )
        .at("because")),
        // “no” says that it did not happen once more, and nothing of why.
        Some(reason) if says_little(reason) => Err(RuleError::under(
            "M04",
            format!("\u{201c}{}\u{201d} says too little of why \u{201c}{}\u{201d} could not happen.", reason.trim(), step.label),
            "Write down why, and what was tried.",
        )
        .at("because")),
        Some(_) => Ok(()),
        None => check_fields(today, facts, step, record),
    }
}
