//! Read-models of reports: the list of them, and one to be read on the screen.

use crate::domain::count::counted;
use crate::domain::id::{CycleId, ReportId};
use crate::domain::report::{Report, ReportState};
use chrono::NaiveDate;
use serde::Serialize;

/// A report in the list: one version that was built, or one that is to be built next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportRow {
    /// The version; none: it has not been built.
    #[serde(skip)]
    pub id: Option<ReportId>,
    /// `RP-0007`; empty: it has not been built.
    #[serde(rename = "ref")]
    pub reference: String,
    /// The cycle it is about.
    #[serde(skip)]
    pub cycle: CycleId,
    /// That cycle's reference (`2026-11`).
    #[serde(rename = "cycle")]
    pub cycle_reference: String,
    /// What time it is of, in words.
    pub title: String,
    /// Key of its kind.
    pub kind: String,
    /// What it is called.
    pub label: String,
    /// Which version.
    pub version: u32,
    /// How far it has come; none: it has not been built.
    pub state: Option<ReportState>,
    /// Last day it speaks of.
    pub until: NaiveDate,
    /// The day its figures were counted.
    pub built_on: Option<NaiveDate>,
    /// Where it was presented last.
    pub went_to: String,
    /// When it is due, where it is to be built next.
    pub due: Option<NaiveDate>,
    /// No later version has taken its place.
    pub newest: bool,
    /// A later version has been published.
    pub replaced: bool,
    /// Where it is to be built: how many reviews of its cycle are complete, of how many.
    #[serde(skip)]
    pub complete: Option<(u32, u32)>,
    /// Why it is not for whoever asks to build, write, publish or present it; none where it is. T43.
    #[serde(skip)]
    pub not_written_by: Option<String>,
    /// A draft that waits for the approval of whoever looks, as the framework names them. M20.
    #[serde(skip)]
    pub to_approve: bool,
}

/// How a line of a report looks on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineLook {
    /// The title, or a heading.
    Heading,
    /// A paragraph, to be wrapped.
    Text,
    /// What somebody wrote, to be wrapped.
    Quote,
    /// One of a list, to be wrapped.
    Item,
    /// A row of a table, its cells apart.
    Row,
    /// The heading row of a table.
    Head,
}

/// One line of a report before it is fitted to the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportLine {
    /// How it looks.
    pub look: LineLook,
    /// Its text; a table's row has a cell each, anything else one.
    pub cells: Vec<String>,
}

/// One report, whole, as it reads on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportDetail {
    /// As stored.
    pub report: Report,
    /// Revision of its row.
    pub revision: i64,
    /// Role of whoever approves it, in words; empty: nobody has to.
    pub approver: String,
    /// Why who looks may not approve it; none: they may.
    pub not_approved_by: Option<String>,
    /// Reviews that were under way when it was counted and have been finalised since; 0 once it is published.
    pub ended_since: u32,
    /// What it says.
    pub lines: Vec<ReportLine>,
    /// Key and name of each board and forum it could go to.
    pub boards: Vec<(String, String)>,
}

impl ReportDetail {
    /// What is to be done next, in a sentence.
    pub fn next(&self) -> String {
        match self.report.state() {
            ReportState::Draft if self.ended_since > 0 => {
                let ended = counted(self.ended_since as usize, "of its reviews has", "of its reviews have");
                format!("Next: count it anew, {ended} ended since it was counted.")
            }
            ReportState::Draft if self.report.narrative.is_empty() => "Next: write its text.".into(),
            ReportState::Draft if self.approver.is_empty() => "Next: publish it.".into(),
            ReportState::Draft => format!("Next: the {} approves it.", self.approver),
            ReportState::Approved => "Next: publish it.".into(),
            ReportState::Published if self.report.presented.is_empty() => "Next: write down where it was presented.".into(),
            ReportState::Published => "It is published; a correction is a new version.".into(),
        }
    }
}
