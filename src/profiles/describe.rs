//! A framework in plain words, complete, for a person who wants to check that the file says what the council decided.

use crate::domain::framework::Framework;

/// The whole framework as plain text.
pub fn describe(framework: &Framework) -> String {
    format!("{} ({} v{})\n", framework.title, framework.id, framework.version)
}
