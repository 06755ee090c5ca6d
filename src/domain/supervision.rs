//! When a case is next due to be discussed in supervision, from its case type.
//!
//! The frequencies are the framework's data. This module must not know whether a supervision took place: the day of the
//! last one is an argument.

use super::calendar::{BeyondTable, Calendar};
use super::error::RuleError;
use super::framework::{CaseType, Span};
use chrono::NaiveDate;

/// The day by which the next supervision is due; none where the framework sets no frequency for the case type. M24.
///
/// Counted from the last supervision, or before there was any from the start of the case, with the shorter first span
/// where the type has one. A supervision from before the start belonged to something else and does not count. `extended`
/// takes the longer span that was agreed for this case ([`agree_extension`]); without one in the rule it changes nothing,
/// and it never moves the first supervision where that has a span of its own.
pub fn next_supervision(
    case_type: &CaseType,
    started_on: NaiveDate,
    last: Option<NaiveDate>,
    extended: bool,
    calendar: &Calendar,
) -> Result<Option<NaiveDate>, BeyondTable> {
    let Some(rule) = &case_type.supervision else { return Ok(None) };
    let every = match &rule.extended {
        Some((longer, _)) if extended => *longer,
        _ => rule.every,
    };
    let due = match last.filter(|last| *last >= started_on) {
        Some(last) => calendar.due_on(last, every),
        None => calendar.due_on(started_on, rule.first.unwrap_or(every)),
    };
    due.map(Some)
}

/// The day by which supervision is due while none is on record for a case that is being reviewed. M16, M24.
///
/// The first one of the case counts from its start. Where that lies before `since` (the draw, or once it was returned the
/// return, which supervision is to reflect on) nobody here knows when the last one was: then one has to fall into the
/// interval that begins at `since`. Nothing else that happens to the review moves the day.
pub fn supervision_due_since(
    case_type: &CaseType,
    started_on: NaiveDate,
    since: NaiveDate,
    calendar: &Calendar,
) -> Result<Option<NaiveDate>, BeyondTable> {
    match next_supervision(case_type, started_on, None, false, calendar)? {
        Some(first) if first < since => next_supervision(case_type, started_on, Some(since), false, calendar),
        first => Ok(first),
    }
}

/// Whether supervision is overdue: its day is over and it was not held.
pub fn is_overdue(due: NaiveDate, today: NaiveDate) -> bool {
    today > due
}

/// Checks an agreement to the longer span and gives that span: the case type must allow one, only the rule's role may
/// agree, and the reason must be written down. M24.
pub fn agree_extension(case_type: &CaseType, role: &str, reason: &str) -> Result<Span, RuleError> {
    let allowed = case_type.supervision.as_ref().and_then(|rule| rule.extended.as_ref());
    let Some((longer, by)) = allowed else {
        let what = format!("{}: supervision may not be extended.", case_type.label);
        return Err(RuleError::under("M24", what, "Hold it by its due date, or record why it was late."));
    };
    if !by.eq_ignore_ascii_case(role.trim()) {
        let what = format!("{}: supervision is extended to {longer} by {by} only.", case_type.label);
        return Err(RuleError::under("M24", what, format!("Ask {by} to agree.")));
    }
    if reason.trim().is_empty() {
        return Err(RuleError::under("M24", "The agreement has no reason.", "Write down why the longer span is right for this child."));
    }
    Ok(*longer)
}
