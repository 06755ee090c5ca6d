//! The read-model of a proof: every fact about one alert or dispute as the journal holds it, with its time, person and rule.

use super::{AlertDetail, DrpDetail};
use chrono::{DateTime, Utc};

/// One alert or dispute with every fact about it.
#[derive(Debug, Clone, PartialEq)]
pub struct ProofDetail {
    /// What it is about.
    pub of: Proven,
    /// Its facts, oldest first.
    pub rows: Vec<ProofRow>,
}

/// What a proof is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Proven {
    /// An alert.
    Alert(Box<AlertDetail>),
    /// A dispute, a practice alert or an alert of good practice.
    Drp(Box<DrpDetail>),
}

impl Proven {
    /// What people say (`AL-0012`, `DR-0003`).
    pub fn reference(&self) -> &str {
        match self {
            Proven::Alert(detail) => &detail.alert.reference,
            Proven::Drp(detail) => &detail.drp.reference,
        }
    }
}

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
