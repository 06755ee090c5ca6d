//! What a rule refuses, as a sentence for a tired person: what was wrong, and what to do now.
//!
//! The number of the rule is kept for those who trace a refusal back to the framework; the sentence does without it,
//! because nobody at a screen has the framework's numbers in mind.

use super::calendar::BeyondTable;
use std::borrow::Cow;
use thiserror::Error;

/// A refusal by a rule. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{what}{}", if .remedy.is_empty() { String::new() } else { format!(" {}", .remedy) })]
pub struct RuleError {
    /// Id of the rule in the frameworks (`M04`), where one is behind it.
    pub rule: Option<&'static str>,
    /// What was wrong: a whole sentence.
    pub what: String,
    /// What to do now: a whole sentence, or empty where the first says it.
    pub remedy: String,
    /// Key of the field of a form that the value was typed in, where the rule is about one value.
    pub field: Option<Cow<'static, str>>,
}

impl RuleError {
    /// The same, said of one field: the cursor goes there.
    pub fn at(self, field: impl Into<Cow<'static, str>>) -> RuleError {
        RuleError { field: Some(field.into()), ..self }
    }

    /// A refusal without a numbered rule.
    pub fn new(what: impl Into<String>, remedy: impl Into<String>) -> RuleError {
        RuleError { rule: None, what: what.into(), remedy: remedy.into(), field: None }
    }

    /// A refusal under a numbered rule of the frameworks.
    pub fn under(rule: &'static str, what: impl Into<String>, remedy: impl Into<String>) -> RuleError {
        RuleError { rule: Some(rule), what: what.into(), remedy: remedy.into(), field: None }
    }
}

impl From<BeyondTable> for RuleError {
    fn from(beyond: BeyondTable) -> RuleError {
        RuleError::new(format!("{beyond}."), "")
    }
}
