//! Answers to the small fields that a profile asks for: at a step of a review, and in an entry of a register.

use super::error::RuleError;
use super::framework::{FieldKind, StepField};
use std::collections::BTreeMap;

/// Checks answers against the fields they belong to; `of` says where they stand (the step's or register's label), `rule`
/// which rule wants the required ones.
///
/// Refuses an empty answer where one is required or where a "no" has to be explained (a field `why-not-KEY` beside `KEY`), one of the wrong kind, and one to a field that is not there.
pub fn check(fields: &[StepField], values: &BTreeMap<String, String>, of: &str, rule: Option<&'static str>) -> Result<(), RuleError> {
    for field in fields {
        let value = values.get(&field.key).map(|value| value.trim()).unwrap_or_default();
        if value.is_empty() {
            if field.required || is_unexplained(&field.key, values) {
                let what = format!("\u{201c}{}\u{201d} is still empty in \u{201c}{of}\u{201d}.", field.label);
                return Err(RuleError { rule, ..RuleError::new(what, "Fill it in.") }.at(place(&field.key)));
            }
            continue;
        }
        if let Some(wanted) = misfit(&field.kind, value) {
            let what = format!("\u{201c}{value}\u{201d} is no answer to \u{201c}{}\u{201d}.", field.label);
            return Err(RuleError::new(what, format!("Give {wanted}.")).at(place(&field.key)));
        }
    }
    match values.keys().find(|key| !fields.iter().any(|field| &field.key == *key)) {
        Some(unknown) => Err(RuleError::new(format!("\u{201c}{of}\u{201d} has no field \u{201c}{unknown}\u{201d}."), "Leave it out.")),
        None => Ok(()),
    }
}

/// Key of such a field in the form that asks for it.
pub fn place(key: &str) -> String {
    format!("v/{key}")
}

/// How the key of a field begins that asks for the reason behind a "no" to the field whose key follows.
const WHY_NOT: &str = "why-not-";

/// Whether a field asks why, and the "no" it asks about was given (F07, Q02).
fn is_unexplained(key: &str, values: &BTreeMap<String, String>) -> bool {
    key.strip_prefix(WHY_NOT).is_some_and(|other| values.get(other).is_some_and(|said| said == "no"))
}

/// What should be given instead, where an answer does not fit its kind of field.
fn misfit(kind: &FieldKind, value: &str) -> Option<String> {
    match kind {
        FieldKind::Line | FieldKind::Text | FieldKind::Cycles => None,
        FieldKind::Date => value.parse::<chrono::NaiveDate>().is_err().then(|| "a date such as 2026-11-19".into()),
        FieldKind::YesNo => (!matches!(value, "yes" | "no")).then(|| "yes or no".into()),
        FieldKind::Choice(choices) => (!choices.iter().any(|choice| choice.key == value))
            .then(|| format!("one of: {}", choices.iter().map(|choice| choice.label.as_str()).collect::<Vec<_>>().join(", "))),
    }
}

/// An answer in the words that people read: the label of a choice, a date as it is said, anything else as written.
pub fn said(field: &StepField, value: &str) -> String {
    match &field.kind {
        FieldKind::Choice(choices) => {
            choices.iter().find(|choice| choice.key == value).map_or_else(|| value.to_string(), |choice| choice.label.clone())
        }
        FieldKind::Date => value.parse::<chrono::NaiveDate>().map_or_else(|_| value.to_string(), |day| day.format("%-d %b %Y").to_string()),
        FieldKind::Line | FieldKind::Text | FieldKind::YesNo | FieldKind::Cycles => value.to_string(),
    }
}
