//! Gaps: a role that nobody holds is filled by naming somebody, or explained; until then it shows. M10.

use super::hearer::{Hearer, may_hear};
use super::{Alert, AlertEvent, AlertFact, Doer};
use crate::domain::calendar::Calendar;
use crate::domain::error::RuleError;
use crate::domain::framework::EscalationRule;
use chrono::{DateTime, Utc};

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

/// Names somebody where nobody holds the role. M10. Refused where they cannot take its part.
pub fn fill_gap(
    now: DateTime<Utc>,
    alert: &Alert,
    place: usize,
    hearer: &Hearer<'_>,
    doer: &Doer,
    rule: &EscalationRule,
    calendar: &Calendar,
) -> Result<AlertEvent, RuleError> {
    is_gap(alert, place)?;
    may_hear(alert, place, hearer, rule)?;
    let tell_by = rule.tell_by(now, calendar)?;
    Ok(alert.event(now, doer.person, AlertFact::GapFilled { place, person: hearer.person, tell_by }))
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
