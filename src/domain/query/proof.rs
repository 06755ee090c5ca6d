//! The read-model of a proof: every fact about one alert or dispute as the journal holds it, with its time, person and rule.

use chrono::{DateTime, Utc};

/// One fact of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofRow {
    /// Its number in the journal, by which anybody can find it again.
    pub seq: i64,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// Who wrote it, by name.
    pub by: String,
    /// What happened.
    pub what: String,
    /// Whom it concerned: names with their roles, gaps among them.
    pub to: Vec<String>,
    /// What was written down in words.
    pub words: String,
    /// The rule behind it (`M14: informally first`); empty where none is.
    pub rule: String,
}
