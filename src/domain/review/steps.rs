//! The steps of a review, in order. M04: none is skipped silently; M05: no return before the panel; M15: the dated to-do.

use super::{NextStep, PanelStand, ReviewFacts, ReviewState, StepRecord};
use crate::domain::calendar::{Calendar, Sum, midnight};
use crate::domain::cycle::Cycle;
use crate::domain::error::RuleError;
use crate::domain::framework::{FieldKind, ReviewKind, Step, StepDuty};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The first step that is not behind us, with its dates.
///
/// A step's own time limit counts from the step it names; without one the last day of the cycle's phase for that kind
/// of step holds.
pub fn next_step(
    kind: &ReviewKind,
    cycle: &Cycle,
    steps: &BTreeMap<String, StepRecord>,
    panel: &PanelStand,
    calendar: &Calendar,
) -> Result<NextStep, RuleError> {
    let Some(step) = kind.steps.iter().find(|step| !steps.contains_key(&step.key)) else {
        return Ok(NextStep::default());
    };
    if step.duty == StepDuty::Return && matches!(panel, PanelStand::Waiting(_)) {
        let due_on = cycle.phase("moderate").map(|phase| phase.ends);
        return Ok(NextStep { step: Some(step.key.clone()), label: "Panel decides".into(), due_on, opens_on: None });
    }
    let phase_end = cycle.phase(phase_of(step.duty)).map(|phase| phase.ends);
    let limit = match &step.due {
        Some(due) => match steps.get(&due.after) {
            Some(before) => Some((calendar.due_on(before.on, due.within).map_err(RuleError::from)?, due.not_before)),
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
    calendar.working(midnight(before.on), due.within).ok()
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
    if let (StepDuty::Return, PanelStand::Waiting(why)) = (step.duty, &facts.panel) {
        return Err(RuleError::under(
            "M05",
            format!("{} waits for the panel ({why}) and cannot be returned yet.", facts.review.reference),
            "It can go back once the panel has decided.",
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
        )),
        Some(_) => Ok(()),
        None => check_fields(step, record),
    }
}

fn check_day(today: NaiveDate, kind: &ReviewKind, facts: &ReviewFacts, step: &Step, day: NaiveDate) -> Result<(), RuleError> {
    if day > today {
        return Err(RuleError::new(
            format!("{} lies ahead: \u{201c}{}\u{201d} is recorded once it has happened.", day.format("%-d %B %Y"), step.label),
            "Give the day on which it happened.",
        ));
    }
    if day < facts.review.opened_on {
        return Err(RuleError::new(
            format!("{} was drawn on {}.", facts.review.reference, facts.review.opened_on.format("%-d %B %Y")),
            format!("\u{201c}{}\u{201d} cannot have happened before; give a later day.", step.label),
        ));
    }
    // Conversations may take place in any order; a review is never returned before it was complete, nor put on the
    // record before it was returned.
    if matches!(step.duty, StepDuty::Return | StepDuty::Finalise)
        && let Some(earlier) = kind.steps.iter().take_while(|earlier| earlier.key != step.key).last()
        && let Some(before) = facts.steps.get(&earlier.key).filter(|before| day < before.on)
    {
        return Err(RuleError::under(
            "M04",
            format!(
                "\u{201c}{}\u{201d} cannot have happened before \u{201c}{}\u{201d}, on {}.",
                step.label,
                earlier.label,
                before.on.format("%-d %B %Y")
            ),
            "Give that day or a later one.",
        ));
    }
    Ok(())
}

/// How the key of a field begins that asks for the reason behind a "no" to the field whose key follows.
const WHY_NOT: &str = "why-not-";

/// Checks the answers to a step's own fields: required ones there, each of its kind, none unknown; where a field
/// `why-not-KEY` stands beside a yes-or-no field `KEY`, a "no" has to be explained in it (F07, Q02).
pub fn check_fields(step: &Step, record: &StepRecord) -> Result<(), RuleError> {
    for field in &step.fields {
        let value = record.values.get(&field.key).map(|value| value.trim()).unwrap_or_default();
        let unexplained = field.key.strip_prefix(WHY_NOT).is_some_and(|other| record.values.get(other).is_some_and(|said| said == "no"));
        if value.is_empty() {
            if field.required || unexplained {
                return Err(RuleError::under(
                    "M04",
                    format!("\u{201c}{}\u{201d} is still empty in \u{201c}{}\u{201d}.", field.label, step.label),
                    "Fill it in.",
                ));
            }
            continue;
        }
        let (fits, wanted) = match &field.kind {
            FieldKind::Line | FieldKind::Text => (true, String::new()),
            FieldKind::Date => (value.parse::<NaiveDate>().is_ok(), "a date such as 2026-11-19".into()),
            FieldKind::YesNo => (matches!(value, "yes" | "no"), "yes or no".into()),
            FieldKind::Choice(choices) => (
                choices.iter().any(|choice| choice.key == value),
                format!("one of: {}", choices.iter().map(|choice| choice.label.as_str()).collect::<Vec<_>>().join(", ")),
            ),
        };
        if !fits {
            return Err(RuleError::new(
                format!("\u{201c}{value}\u{201d} is no answer to \u{201c}{}\u{201d}.", field.label),
                format!("Give {wanted}."),
            ));
        }
    }
    if let Some(unknown) = record.values.keys().find(|key| !step.fields.iter().any(|field| &field.key == *key)) {
        return Err(RuleError::new(format!("\u{201c}{}\u{201d} has no field \u{201c}{unknown}\u{201d}.", step.label), "Leave it out."));
    }
    Ok(())
}
