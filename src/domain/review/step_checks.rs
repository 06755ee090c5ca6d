//! What the record of a step may say: when it was taken, and what was filled in. M04.

use super::{ReviewFacts, StepRecord};
use crate::domain::error::RuleError;
use crate::domain::fields;
use crate::domain::framework::{DayWhen, ReviewKind, Step, StepDuty, StepField};
use chrono::NaiveDate;

/// Checks the day on which a step was taken. M04.
pub(super) fn check_day(today: NaiveDate, kind: &ReviewKind, facts: &ReviewFacts, step: &Step, day: NaiveDate) -> Result<(), RuleError> {
    if day > today {
        return Err(RuleError::new(
            format!("{} lies ahead: \u{201c}{}\u{201d} is recorded once it has happened.", day.format("%-d %B %Y"), step.label),
            "Give the day on which it happened.",
        )
        .at("on"));
    }
    if day < facts.review.opened_on {
        return Err(RuleError::new(
            format!("{} was drawn on {}.", facts.review.reference, facts.review.opened_on.format("%-d %B %Y")),
            format!("\u{201c}{}\u{201d} cannot have happened before; give a later day.", step.label),
        )
        .at("on"));
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
        )
        .at("on"));
    }
    Ok(())
}

/// Checks what was filled in beside the date. M04.
pub fn check_fields(today: NaiveDate, facts: &ReviewFacts, step: &Step, record: &StepRecord) -> Result<(), RuleError> {
    fields::check(&step.fields, &record.values, &step.label, Some("M04"))?;
    for field in &step.fields {
        if let Some(day) = record.values.get(&field.key).and_then(|value| value.trim().parse().ok()) {
            check_side(today, facts, field, record.on, day).map_err(|error| error.at(fields::place(&field.key)))?;
        }
    }
    Ok(())
}

/// Checks that a date lies on the side of its step that the framework names: what is booked is not booked for a day that
/// is over, and what has happened did not happen tomorrow.
fn check_side(today: NaiveDate, facts: &ReviewFacts, field: &StepField, on: NaiveDate, day: NaiveDate) -> Result<(), RuleError> {
    let said = |day: NaiveDate| day.format("%-d %B %Y").to_string();
    match field.when {
        DayWhen::Ahead if day < on => Err(RuleError::new(
            format!("\u{201c}{}\u{201d} says {}, which is before the day of this step, {}.", field.label, said(day), said(on)),
            "Give that day or a later one.",
        )),
        DayWhen::Past if day > today => Err(RuleError::new(
            format!("\u{201c}{}\u{201d} says {}, which lies ahead.", field.label, said(day)),
            "Give the day on which it happened.",
        )),
        DayWhen::Past if day < facts.review.opened_on => Err(RuleError::new(
            format!(
                "\u{201c}{}\u{201d} says {}, but {} was only drawn on {}.",
                field.label,
                said(day),
                facts.review.reference,
                said(facts.review.opened_on)
            ),
            "Give that day or a later one.",
        )),
        DayWhen::Any | DayWhen::Ahead | DayWhen::Past => Ok(()),
    }
}
