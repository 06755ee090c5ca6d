//! Reports: what one said, and when it was said. M20-M22, S15-S19, F17, C09, Q03-Q06.
//!
//! Building one freezes its figures as at that moment ([`Material`]); people write over them; who the framework names approves it;
//! published, it stands for good, and a later correction is a new version.

mod alert_line;
mod due;
mod material;
mod rules;
mod since;
pub mod told;

pub use alert_line::AlertLine;
pub use due::{Span as Period, Year, each_cycle, months_of, next_due, of_one_cycle, period};
pub use material::*;
pub use rules::*;
pub use since::{Since, Standing, keep_of, since};
pub use told::Told;

use super::id::{CycleId, ReportId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What people wrote, by the key of the section.
pub type Narrative = BTreeMap<String, String>;

/// How far a report has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReportState {
    /// Being written.
    Draft,
    /// Who the framework names has approved it.
    Approved,
    /// It has gone out, and stands for good.
    Published,
}

impl ReportState {
    /// Its word.
    pub fn label(self) -> &'static str {
        match self {
            ReportState::Draft => "draft",
            ReportState::Approved => "approved",
            ReportState::Published => "published",
        }
    }
}

/// Who approved or published a report, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// Their name.
    pub by: String,
    /// Their role, as the framework calls it.
    pub role: String,
    /// The day.
    pub on: NaiveDate,
}

/// Where a report was presented, or to whom its findings went. M21, S22, S27, Q04, Q06.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presented {
    /// Key of the board or forum; [`PRACTITIONERS`] for feedback to each practitioner.
    pub board: String,
    /// What it is called.
    pub label: String,
    /// The day.
    pub on: NaiveDate,
    /// What was said there, in a few words.
    pub note: String,
}

/// Stands in place of a board where findings went back to each practitioner (Q06).
pub const PRACTITIONERS: &str = "practitioners";

/// A report, as stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Row number.
    pub id: ReportId,
    /// What people say (`RP-0007`).
    pub reference: String,
    /// The cycle it is about, the last one of its period.
    pub cycle: CycleId,
    /// Key of its kind in the framework.
    pub kind: String,
    /// 1, and one more for each correction.
    pub version: u32,
    /// Its figures, as at this moment.
    pub built_at: DateTime<Utc>,
    /// The figures.
    pub material: Box<Material>,
    /// What people wrote.
    pub narrative: Narrative,
    /// Who approved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<Signed>,
    /// Who published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Signed>,
    /// Where it went.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub presented: Vec<Presented>,
}

impl Report {
    /// How far it has come.
    pub fn state(&self) -> ReportState {
        match (&self.published, &self.approved) {
            (Some(_), _) => ReportState::Published,
            (None, Some(_)) => ReportState::Approved,
            (None, None) => ReportState::Draft,
        }
    }

    /// What it is, in a sentence of the history: `Collaborative review report of November 2026, version 1`.
    pub fn said(&self) -> String {
        format!("{} of {}, version {}", self.material.label, self.material.title, self.version)
    }
}
