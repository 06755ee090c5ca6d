//! Forms about a report: its text, and what confirms that it is approved, published or presented.

use super::build::{choice, date, line, new, plain, text};
use super::{Field, Form, FormFor};
use crate::app::command::Command;
use crate::app::keymap::Keymap;
use crate::domain::count::counted;
use crate::domain::deed::{Deed, ReportDeed};
use crate::domain::id::{CycleId, ReportId};
use crate::domain::query::ReportDetail;
use crate::domain::report::{Narrative, ReportState};
use chrono::NaiveDate;

/// Which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportForm {
    /// Its text, a field for each section.
    Write(ReportId),
    /// Approving it.
    Approve(ReportId),
    /// Publishing it.
    Publish(ReportId),
    /// Where it was presented.
    Present(ReportId),
    /// One of any kind about any cycle.
    Another,
}

impl ReportForm {
    /// The report it is about; none: it is not built yet.
    pub fn report(self) -> Option<ReportId> {
        match self {
            ReportForm::Write(id) | ReportForm::Approve(id) | ReportForm::Publish(id) | ReportForm::Present(id) => Some(id),
            ReportForm::Another => None,
        }
    }

    /// The name of its draft.
    pub fn draft_key(self) -> String {
        let word = match self {
            ReportForm::Write(_) => "write",
            ReportForm::Approve(_) => "approve",
            ReportForm::Publish(_) => "publish",
            ReportForm::Present(_) => "present",
            ReportForm::Another => "another",
        };
        format!("report-{word} {}", self.report().map_or(0, |id| id.0))
    }

    /// The one a draft belongs to.
    pub fn of_draft(word: &str, id: i64) -> Option<ReportForm> {
        match word {
            "report-write" => Some(ReportForm::Write(ReportId(id))),
            "report-present" => Some(ReportForm::Present(ReportId(id))),
            _ => None,
        }
    }

    /// Whether what is typed in it is kept: a yes is said again.
    pub fn keeps_draft(self) -> bool {
        matches!(self, ReportForm::Write(_) | ReportForm::Present(_))
    }
}

/// The field of a form that asks nothing but whether somebody is sure.
pub(super) const SURE: &str = "sure";

/// That reviews of a report ended after its figures were counted: what it says of them is not so any more. None: none did.
fn ended(detail: &ReportDetail) -> Option<String> {
    let many = counted(detail.ended_since as usize, "review has", "reviews have");
    (detail.ended_since > 0).then(|| format!("Since it was counted {many} ended, and its figures do not say so"))
}

/// The form about a report.
pub fn report(detail: &ReportDetail, kind: ReportForm, today: NaiveDate, keymap: &Keymap) -> Form {
    let report = &detail.report;
    let title = format!("{}: {}", report.material.label, report.material.title);
    let sure = |label: &str| {
        let mut field = plain(SURE, label, choice(vec![("no".into(), "no".into()), ("yes".into(), "yes".into())], "no"), true);
        field.hint = "Space chooses".into();
        vec![field]
    };
    let (intro, fields, verb): (String, Vec<Field>, &'static str) = match kind {
        ReportForm::Write(_) => {
            let fields = report.material.sections.iter().map(|(key, heading)| {
                let stored = report.narrative.get(key).map(String::as_str).unwrap_or_default();
                plain(&format!("s/{key}"), heading.clone(), text(stored), false)
            });
            let intro = "What you write stands before the figures of its section. Empty sections are fine. Name nobody.";
            (intro.into(), fields.collect(), "save the text")
        }
        ReportForm::Approve(_) => {
            let open = report.material.still_open();
            let provisional = if open > 0 { format!(" It is provisional: {open} reviews are still under way.") } else { String::new() };
            let build = keymap.hint(Command::BuildReport);
            let ended = match ended(detail) {
                Some(ended) => format!(" {ended}: leave the form, and {build} counts it anew first."),
                None => String::new(),
            };
            let intro = format!("Its text can no longer be changed after that.{provisional}{ended}");
            (intro, sure("I have read it and approve it"), "approve it")
        }
        ReportForm::Publish(_) => {
            // A draft is counted anew; an approved one only once its approval is taken back.
            let first = match report.state() {
                ReportState::Approved => "undo its approval and count it anew, or publish it as it is".to_string(),
                _ => format!("leave the form, and {} counts it anew first", keymap.hint(Command::BuildReport)),
            };
            let ended = ended(detail).map(|ended| format!(" {ended}: {first}.")).unwrap_or_default();
            let intro = format!("Published, it stands for good: a correction is a new version.{ended}");
            (intro, sure("Publish it"), "publish it")
        }
        // It is about no report that is open.
        ReportForm::Another => (String::new(), Vec::new(), "build it"),
        ReportForm::Present(_) => {
            let fields = vec![
                // None is chosen beforehand: what is written down here is read as having happened.
                plain("board", "To whom", choice(detail.boards.clone(), ""), true),
                date("on", "Date", today),
                plain("note", "What was said", line(""), false),
            ];
            ("A board, a forum, or each practitioner. Write one down for each.".into(), fields, "write it down")
        }
    };
    new(FormFor::Report(kind), title, intro, fields, detail.revision, verb)
}

/// The form that builds a report of any kind about any cycle.
pub fn another_report(kinds: Vec<(String, String)>, cycles: Vec<(String, String)>, (kind, cycle): (&str, &str)) -> Form {
    let fields = vec![plain("kind", "Report", choice(kinds, kind), true), plain("cycle", "Cycle", choice(cycles, cycle), true)];
    let intro = "Its figures are counted as they are now. One that is there already as a draft is counted anew.";
    new(FormFor::Report(ReportForm::Another), "Build a report", intro, fields, 0, "build it")
}

impl Form {
    /// The deed of a form about a report.
    pub(super) fn report_deed(&self, kind: ReportForm, today: NaiveDate) -> Result<Deed, (String, String)> {
        let (report, seen) = (kind.report().unwrap_or(ReportId(0)), self.seen);
        if matches!(kind, ReportForm::Approve(_) | ReportForm::Publish(_)) && self.value("sure") != "yes" {
            return Err(("sure".into(), "Choose yes to go on, or leave the form.".into()));
        }
        Ok(Deed::Report(match kind {
            ReportForm::Write(_) => {
                let sections =
                    self.fields.iter().filter_map(|field| Some((field.key.strip_prefix("s/")?.to_string(), field.input.value())));
                let narrative: Narrative = sections.filter(|(_, text)| !text.trim().is_empty()).collect();
                ReportDeed::Write { report, seen, narrative }
            }
            ReportForm::Approve(_) => ReportDeed::Approve { report, seen },
            ReportForm::Publish(_) => ReportDeed::Publish { report, seen },
            ReportForm::Another => {
                let cycle = self.value("cycle").parse().map_err(|_| ("cycle".to_string(), "Choose a cycle.".to_string()))?;
                ReportDeed::Build { cycle: CycleId(cycle), kind: self.value("kind") }
            }
            ReportForm::Present(_) => {
                ReportDeed::Present { report, seen, board: self.value("board"), on: self.date("on", today)?, note: self.value("note") }
            }
        }))
    }
}
