//! Gaps: a role that nobody holds is filled by naming somebody, or explained; until then it shows. M10.

use super::{Alert, AlertEvent, AlertFact, Doer};
use crate::domain::calendar::Calendar;
use crate::domain::error::RuleError;
use crate::domain::framework::EscalationRule;
use crate::domain::id::PersonId;
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// Refuses what is no gap.
fn is_gap(alert: &Alert, place: usize) -> Result<(), RuleError> {
    let Some(addressee) = alert.at(place) else {
        return Err(RuleError::new(format!("{} has no addressee {}.", alert.reference, place + 1), "Look at its list."));
    };
    if addressee.person.is_some() {
        return Err(RuleError::new(format!("The {} of {} is no gap: somebody is named.", addressee.role, alert.reference), "Tell them."));
    }
    if !alert.is_open() {
        return Err(RuleError::new(format!("{} is closed.", alert.reference), "Its gaps stay as they were."));
    }
    Ok(())
}

/// Names somebody where nobody holds the role. M10. `here` says whether they work here today; whoever is recused from the
/// review may hear nothing of it.
#[allow(clippy::too_many_arguments, reason = "everything that is true at the moment of naming")]
pub fn fill_gap(
    now: DateTime<Utc>,
    alert: &Alert,
    place: usize,
    person: PersonId,
    here: bool,
    recused: &BTreeSet<PersonId>,
    doer: &Doer,
    rule: &EscalationRule,
    calendar: &Calendar,
) -> Result<AlertEvent, RuleError> {
    is_gap(alert, place)?;
    if !here {
        return Err(RuleError::new("Whoever is named is not here, or has left.", "Name somebody who can act today."));
    }
    if recused.contains(&person) {
        return Err(RuleError::new("They have an interest in the case and are recused.", "Name somebody else."));
    }
    if alert.place_of(person).is_some() {
        return Err(RuleError::new(
            "They are on the list of this alert already, for another role.",
            "Name somebody else, or explain the gap and say that they act for both.",
        ));
    }
    let tell_by = match rule.tell_within {
        Some(span) => Some(calendar.due(now, span).map_err(RuleError::from)?.at),
        None => None,
    };
    Ok(alert.event(now, doer.person, AlertFact::GapFilled { place, person, tell_by }))
}

/// Says why nobody holds the role. M10.
pub fn explain_gap(now: DateTime<Utc>, alert: &Alert, place: usize, because: String, doer: &Doer) -> Result<AlertEvent, RuleError> {
    is_gap(alert, place)?;
    if because.is_empty() {
        return Err(RuleError::under(
            "M10",
            "A gap is explained in words.",
            "Say why nobody holds the role, and who looks after it meanwhile.",
        ));
    }
    Ok(alert.event(now, doer.person, AlertFact::GapExplained { place, because }))
}
