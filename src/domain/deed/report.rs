//! What people do about reports.

use crate::domain::id::{CycleId, ReportId};
use crate::domain::report::Narrative;
use chrono::NaiveDate;

/// One thing that somebody does about a report. M20-M22, S22, Q06.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReportDeed {
    /// Count its figures as they are now: a new report, a draft counted anew, or a new version of a published one.
    Build {
        /// The cycle it is about.
        cycle: CycleId,
        /// Key of its kind.
        kind: String,
    },
    /// Write its text.
    Write {
        /// Which.
        report: ReportId,
        /// Revision as seen.
        seen: i64,
        /// The whole text, by section.
        narrative: Narrative,
    },
    /// Approve it.
    Approve {
        /// Which.
        report: ReportId,
        /// Revision as seen.
        seen: i64,
    },
    /// Publish it.
    Publish {
        /// Which.
        report: ReportId,
        /// Revision as seen.
        seen: i64,
    },
    /// Write down where it went and when.
    Present {
        /// Which.
        report: ReportId,
        /// Revision as seen.
        seen: i64,
        /// Key of the board or forum.
        board: String,
        /// The day.
        on: NaiveDate,
        /// In a few words.
        note: String,
    },
}
