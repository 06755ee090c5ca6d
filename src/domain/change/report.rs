//! What happens to reports, as facts of the journal.

use super::Swap;
use crate::domain::id::ReportId;
use crate::domain::report::{Narrative, Presented, Report, Signed};
use serde::{Deserialize, Serialize};

/// One fact about a report. M20-M22, S22, Q06.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReportChange {
    /// Its figures were counted: a new report, a new version, or a draft counted anew.
    Built(Swap<Box<Report>>),
    /// Its text was written.
    Written {
        /// Which.
        report: ReportId,
        /// What it is, in words.
        said: String,
        /// The text.
        narrative: Swap<Narrative>,
    },
    /// It was approved, or that was taken back.
    Approved {
        /// Which.
        report: ReportId,
        /// What it is, in words.
        said: String,
        /// By whom.
        signed: Swap<Signed>,
    },
    /// It was published: it stands for good.
    Published {
        /// Which.
        report: ReportId,
        /// What it is, in words.
        said: String,
        /// By whom.
        signed: Signed,
    },
    /// It was presented somewhere, or that was taken back.
    Presented {
        /// Which.
        report: ReportId,
        /// What it is, in words.
        said: String,
        /// Where and when.
        presented: Swap<Presented>,
    },
}

impl ReportChange {
    /// Which report.
    pub fn id(&self) -> ReportId {
        match self {
            ReportChange::Built(swap) => swap.after.as_ref().or(swap.before.as_ref()).map_or(ReportId(0), |report| report.id),
            ReportChange::Written { report, .. }
            | ReportChange::Approved { report, .. }
            | ReportChange::Published { report, .. }
            | ReportChange::Presented { report, .. } => *report,
        }
    }

    /// The kind, as the journal stores it.
    pub fn kind(&self) -> &'static str {
        match self {
            ReportChange::Built(_) => "report-built",
            ReportChange::Written { .. } => "report-written",
            ReportChange::Approved { .. } => "report-approved",
            ReportChange::Published { .. } => "report-published",
            ReportChange::Presented { .. } => "report-presented",
        }
    }

    /// The object it is about.
    pub fn object(&self) -> String {
        format!("report/{}", self.id().0)
    }

    /// How it reads in a history.
    pub fn sentence(&self) -> String {
        let back = |gone: bool, done: &str, undone: &str| if gone { undone.to_string() } else { done.to_string() };
        match self {
            ReportChange::Built(Swap { before: None, after: Some(report) }) => format!("Built: {}", report.said()),
            ReportChange::Built(Swap { after: Some(report), .. }) => format!("Counted anew: {}", report.said()),
            ReportChange::Built(Swap { before, .. }) => {
                format!("No longer built: {}", before.as_ref().map(|report| report.said()).unwrap_or_default())
            }
            ReportChange::Written { said, .. } => format!("Text written: {said}"),
            ReportChange::Approved { said, signed, .. } => {
                format!("{}: {said}", back(signed.after.is_none(), "Approved", "No longer approved"))
            }
            ReportChange::Published { said, .. } => format!("Published: {said}"),
            ReportChange::Presented { said, presented, .. } => {
                let at = presented.after.as_ref().or(presented.before.as_ref()).map(|at| at.label.as_str()).unwrap_or_default();
                format!("{} to {at}: {said}", back(presented.after.is_none(), "Presented", "Not presented after all"))
            }
        }
    }

    /// What takes it back; none: it stands for good.
    pub fn reversed(self) -> Option<ReportChange> {
        Some(match self {
            ReportChange::Built(swap) => ReportChange::Built(swap.reversed()),
            ReportChange::Written { report, said, narrative } => ReportChange::Written { report, said, narrative: narrative.reversed() },
            ReportChange::Approved { report, said, signed } => ReportChange::Approved { report, said, signed: signed.reversed() },
            ReportChange::Presented { report, said, presented } => {
                ReportChange::Presented { report, said, presented: presented.reversed() }
            }
            ReportChange::Published { .. } => return None,
        })
    }
}
