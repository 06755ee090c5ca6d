//! What is written about looking, keeping and erasing, as facts of the journal. None holds what a record said.

use crate::domain::count::counted;
use crate::domain::id::ReviewId;
use serde::{Deserialize, Serialize};

/// One fact about privacy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PrivacyChange {
    /// How far the log of looks had come: whoever cuts it short or throws it away is found out by `verify`.
    LooksNoted {
        /// Rows of it.
        rows: i64,
        /// Hash of the last one, in hexadecimal.
        hash: String,
    },
}

impl PrivacyChange {
    /// The kind, as the journal stores it.
    pub fn kind(&self) -> &'static str {
        match self {
            PrivacyChange::LooksNoted { .. } => "looks-noted",
        }
    }

    /// The object it is about.
    pub fn object(&self) -> String {
        match self {
            PrivacyChange::LooksNoted { .. } => "looks".to_string(),
        }
    }

    /// The review in whose history it shows, if any.
    pub fn review(&self) -> Option<ReviewId> {
        match self {
            PrivacyChange::LooksNoted { .. } => None,
        }
    }

    /// How it reads in a history.
    pub fn sentence(&self) -> String {
        match self {
            PrivacyChange::LooksNoted { rows, .. } => format!("Noted {} of who looked at what", counted(*rows, "row", "rows")),
        }
    }

    /// The change that puts things back; none where a fact stands for good.
    pub fn reversed(&self) -> Option<PrivacyChange> {
        match self {
            PrivacyChange::LooksNoted { .. } => None,
        }
    }
}
