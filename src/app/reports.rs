//! The reports on the screen: the list of them with what is due next, and one opened to be read, written and signed. View 7.

use super::command::Command;
use super::effect::{After, Effect, For};
use super::form::{self, FormFor, ReportForm};
use super::list::Fill;
use super::{App, View};
use crate::domain::deed::{Deed, ReportDeed};
use crate::domain::id::CycleId;
use crate::domain::query::{CycleWork, MayDo, Query, ReportDetail, ReportFilter, ReportRow};
use crate::domain::report::ReportState;

/// The reports view.
#[derive(Debug, Clone, Default)]
pub struct Reports {
    /// What is due next, then every version that was built.
    pub all: Vec<ReportRow>,
    /// Those of them that are shown.
    pub rows: Vec<ReportRow>,
    /// Key of the one kind that is shown; none: every kind.
    pub kind: Option<String>,
    /// What is typed after `/`.
    pub filter_text: String,
    /// What of it could not be read, in sentences: nothing is found by it.
    pub unread: Vec<String>,
    /// What that asks for.
    pub filter: ReportFilter,
    /// They have been read.
    pub loaded: bool,
    /// Place of the cursor in the list.
    pub at: usize,
    /// The one that is open.
    pub detail: Option<Box<ReportDetail>>,
    /// How far it is scrolled.
    pub top: usize,
    /// The report that is built now is opened once the list has been read again.
    pub opens: bool,
    /// Of which cycle and kind one is to be built, once it is known that it may be.
    pub to_build: Option<(CycleId, String)>,
    /// Of which cycle and kind one is being built.
    pub built: Option<(CycleId, String)>,
    /// Of which cycle and kind the one is that the cursor goes to, once they have been read.
    pub wanted: Option<(CycleId, String)>,
    /// What is done with the report that is being opened.
    pub then: Option<Command>,
}

impl Reports {
    /// Those of some reports that are to be shown.
    fn shown(&self, all: &[ReportRow]) -> Vec<ReportRow> {
        let shown = |row: &&ReportRow| self.kind.as_ref().is_none_or(|kind| *kind == row.kind) && self.filter.fits(row);
        all.iter().filter(shown).cloned().collect()
    }

    fn narrow(&mut self) {
        self.rows = self.shown(&self.all);
    }

    /// Sets what is typed in the filter.
    pub(super) fn set_filter(&mut self, text: &str) {
        self.filter_text = text.to_string();
        (self.filter, self.unread) = ReportFilter::parse(text);
        self.at = 0;
        self.narrow();
    }

    /// The row under the cursor.
    pub fn row(&self) -> Option<&ReportRow> {
        self.rows.get(self.at)
    }

    /// How far the open one has come; none: none is open.
    pub fn state(&self) -> Option<ReportState> {
        self.detail.as_ref().map(|detail| detail.report.state())
    }
}

impl App {
    pub(super) fn show_reports(&mut self) -> Vec<Effect> {
        if self.view == View::Reports {
            self.reports.detail = None;
        }
        self.view = View::Reports;
        self.reload()
    }

    /// Shows the work of a cycle that is next: its phase, or the report that is due.
    pub(super) fn show_work(&mut self, work: CycleWork) -> Vec<Effect> {
        match work {
            CycleWork::Phase(cycle, _, at) => {
                // The cursor keeps its place only among rows that are there.
                self.cycle.detail = None;
                let effects = self.show_cycle(cycle);
                self.cycle.at = at;
                effects
            }
            CycleWork::Report(cycle, kind) => {
                self.reports.wanted = Some((cycle, kind));
                self.reports.kind = None;
                self.reports.detail = None;
                self.reports.set_filter("");
                self.view = View::Reports;
                self.reload()
            }
            CycleWork::Revisits => self.ask_revisits(),
        }
    }

    /// Nothing that was offered as next was put off.
    pub(super) fn nothing_passed(&self) -> bool {
        let (actions, work) = (self.passed_actions.is_empty(), self.passed_work.is_empty());
        self.skipped.is_empty() && self.passed.is_empty() && actions && work
    }

    /// Everything the view shows.
    pub(super) fn ask_reports(&self) -> Vec<Effect> {
        let mut effects = vec![Effect::Ask(For::Reports, Query::Reports), Effect::Ask(For::Cycles, Query::Cycles)];
        effects.extend(self.reports.detail.iter().map(|detail| Effect::Ask(For::Report, Query::Report(detail.report.id))));
        effects
    }

    pub(super) fn reports_read(&mut self, rows: Vec<ReportRow>) -> Vec<Effect> {
        // What was built just now is seen, whatever was filtered for before.
        if self.reports.built.as_ref().is_some_and(|(cycle, kind)| {
            self.reports.opens && !rows.iter().any(|row| row.cycle == *cycle && row.kind == *kind && self.reports.filter.fits(row))
        }) {
            self.reports.set_filter("");
        }
        let rows_now = self.reports.shown(&rows);
        let before = self.reports.row().map(|row| (row.cycle, row.kind.clone(), row.version));
        let newest = |row: &ReportRow| row.newest && row.id.is_some();
        let place = before.and_then(|(cycle, kind, version)| {
            let same = |row: &ReportRow| row.cycle == cycle && row.kind == kind;
            let built = rows_now.iter().position(|row| same(row) && newest(row)).filter(|_| self.reports.opens);
            built.or(rows_now.iter().position(|row| same(row) && row.version == version))
        });
        // What was built just now has the latest day, wherever it stands.
        let latest = rows_now.iter().enumerate().filter(|(_, row)| row.id.is_some()).max_by_key(|(_, row)| row.id.map(|id| id.0));
        let built_now = self.reports.built.take().filter(|_| self.reports.opens).and_then(|(cycle, kind)| {
            let same = |row: &ReportRow| row.cycle == cycle && row.kind == kind && newest(row);
            rows_now.iter().position(same).or(latest.map(|(place, _)| place))
        });
        let wanted = self.reports.wanted.take();
        let wanted = wanted.and_then(|(cycle, kind)| rows_now.iter().position(|row| row.cycle == cycle && row.kind == kind && row.newest));
        // Whoever comes to approve finds the cursor on what waits for them.
        let to_approve = rows_now.iter().position(|row| row.to_approve).filter(|_| !self.reports.loaded);
        self.reports.at = wanted.or(built_now).or(place).or(to_approve).unwrap_or(self.reports.at).min(rows_now.len().saturating_sub(1));
        self.reports.all = rows;
        self.reports.narrow();
        self.reports.loaded = true;
        if std::mem::take(&mut self.reports.opens) { self.open_in_reports() } else { Vec::new() }
    }

    pub(super) fn report_read(&mut self, detail: Box<ReportDetail>) -> Vec<Effect> {
        if self.reports.detail.as_ref().is_none_or(|before| before.report.id != detail.report.id) {
            self.reports.top = 0;
        }
        self.reports.detail = Some(detail);
        let Some(command) = self.reports.then.take() else { return Vec::new() };
        self.run(command)
    }

    pub(super) fn back_in_reports(&mut self) -> Vec<Effect> {
        if self.reports.detail.take().is_none() {
            if !self.reports.filter_text.is_empty() {
                return self.set_filter("");
            }
            self.view = View::Desk;
        }
        self.reload()
    }

    pub(super) fn open_in_reports(&mut self) -> Vec<Effect> {
        let id = self.reports.row().filter(|_| self.reports.detail.is_none()).and_then(|row| row.id);
        id.map(|id| Effect::Ask(For::Report, Query::Report(id))).into_iter().collect()
    }

    pub(super) fn move_in_reports(&mut self, by: isize) -> Vec<Effect> {
        let (lines, fits) = (self.report.item, self.report.section);
        let reports = &mut self.reports;
        if reports.detail.is_some() {
            reports.top = reports.top.saturating_add_signed(by).min(lines.saturating_sub(fits));
        } else {
            reports.at = reports.at.saturating_add_signed(by).min(reports.rows.len().saturating_sub(1));
        }
        Vec::new()
    }

    pub(super) fn jump_in_reports(&mut self, fill: Fill) -> Vec<Effect> {
        self.move_in_reports(if fill == Fill::Last { isize::MAX / 2 } else { isize::MIN / 2 })
    }

    pub(super) fn reason_against_in_reports(&self, command: Command) -> Option<String> {
        let no = |why: &str| Some(why.to_string());
        let state = self.reports.state();
        let writes = [Command::BuildReport, Command::WriteReport, Command::PublishReport, Command::PresentReport].contains(&command);
        if writes && let Some(why) = self.reports.row().and_then(|row| row.not_written_by.clone()) {
            return Some(why);
        }
        match command {
            Command::Open if self.reports.detail.is_some() => no("It is open."),
            Command::Open => match self.reports.row() {
                None if !self.reports.all.is_empty() => no("No report matches the filter."),
                None => no("There is no report yet: open a cycle first."),
                Some(row) if row.id.is_none() => Some(self.not_built_yet()),
                Some(_) => None,
            },
            Command::BuildReport => match (&self.reports.detail, self.reports.row()) {
                (Some(detail), _) if detail.report.state() == ReportState::Approved => no("It is approved: publish it first."),
                (None, None) if !self.reports.all.is_empty() => no("No report matches the filter."),
                (None, None) => no("There is no report to build: open a cycle first."),
                (None, Some(row)) if row.state == Some(ReportState::Approved) => no("It is approved: publish it first."),
                (None, Some(row)) if !row.newest => no("A later version has taken its place."),
                _ => None,
            },
            Command::AnotherReport => self.cycle.cycles.is_empty().then(|| "There is no cycle yet: open one first.".to_string()),
            Command::ReportKinds => self.reports.all.is_empty().then(|| "There is no report yet.".to_string()),
            // It is opened first, and asked again then.
            _ if state.is_none() => match self.reports.row() {
                Some(row) if row.id.is_some() => None,
                _ => Some(self.not_built_yet()),
            },
            Command::ExportReport if self.guest => {
                let report = &self.reports.detail.as_ref()?.report;
                let (cycle, kind) = (&report.material.reference, &report.kind);
                Some(format!(
                    "No file is written on this machine from here. At your own: ssh HOST report {cycle} --kind {kind} --format docx > FILE"
                ))
            }
            Command::WriteReport | Command::ApproveReport if state != Some(ReportState::Draft) => {
                Some(format!("It is {}: build a new version to correct it.", state.map_or("", ReportState::label)))
            }
            Command::ApproveReport => self.reports.detail.as_ref().and_then(|detail| detail.not_approved_by.clone()),
            Command::PublishReport if state == Some(ReportState::Published) => no("It is published already."),
            Command::PublishReport => {
                let detail = self.reports.detail.as_ref().filter(|detail| detail.report.state() == ReportState::Draft)?;
                (!detail.approver.is_empty()).then(|| format!("The {} approves it first.", detail.approver))
            }
            Command::PresentReport if state == Some(ReportState::Draft) => no("It is still a draft: say where it went once it has gone."),
            _ => None,
        }
    }

    /// That the report under the cursor has not been built: by which key it is, or by whom where it is not theirs to build. T43.
    fn not_built_yet(&self) -> String {
        let theirs = self.reports.row().and_then(|row| row.not_written_by.clone());
        match theirs.or_else(|| self.reason_by_role(Command::BuildReport)) {
            Some(why) => format!("It has not been built. {why}"),
            None => format!("It has not been built: {} builds it.", self.keymap.hint(Command::BuildReport)),
        }
    }

    /// Builds the report that was asked for, after a question where one is due; or says why it cannot be, before any word is typed.
    pub(super) fn build_or_say(&mut self, may: MayDo) -> Vec<Effect> {
        let Some((cycle, kind)) = self.reports.to_build.take() else { return Vec::new() };
        if let MayDo::No(why) | MayDo::Others { why, .. } = may {
            self.trouble(why);
            return Vec::new();
        }
        self.reports.opens = true;
        self.reports.built = Some((cycle, kind.clone()));
        let deed = Deed::Report(ReportDeed::Build { cycle, kind });
        if let Some(confirm) = self.confirm_build(&deed, false) {
            return self.ask_first(confirm);
        }
        self.reports.detail = None;
        self.ask_for(deed, After::Nothing)
    }

    pub(super) fn run_reports(&mut self, command: Command) -> Vec<Effect> {
        if command == Command::BuildReport {
            let open = self.reports.detail.as_ref().map(|detail| (detail.report.cycle, detail.report.kind.clone()));
            let wanted = open.or_else(|| self.reports.row().map(|row| (row.cycle, row.kind.clone())));
            let Some((cycle, kind)) = wanted else { return Vec::new() };
            self.reports.to_build = Some((cycle, kind.clone()));
            return vec![Effect::Ask(For::MayBuild, Query::MayBuild(cycle, kind))];
        }
        if command == Command::AnotherReport {
            return self.open_form_for(FormFor::Report(ReportForm::Another));
        }
        if command == Command::ReportKinds {
            return self.next_kind_of_reports();
        }
        let Some(detail) = &self.reports.detail else {
            self.reports.then = Some(command);
            return self.open_in_reports();
        };
        let id = detail.report.id;
        let form = match command {
            Command::WriteReport => ReportForm::Write(id),
            Command::ApproveReport => ReportForm::Approve(id),
            Command::PublishReport => ReportForm::Publish(id),
            Command::PresentReport => ReportForm::Present(id),
            Command::ExportReport => {
                let path = format!("{}-{}-v{}.docx", detail.report.material.reference, detail.report.kind, detail.report.version);
                return vec![Effect::WriteReport(id, path)];
            }
            _ => return Vec::new(),
        };
        self.open_form_for(FormFor::Report(form))
    }

    /// A form about the report that is open.
    pub(super) fn report_form(&self, kind: ReportForm) -> Option<form::Form> {
        let detail = self.reports.detail.as_ref().filter(|detail| Some(detail.report.id) == kind.report())?;
        Some(form::report(detail, kind, self.today(), &self.keymap))
    }

    /// The form that builds a report of any kind about any cycle that has begun.
    pub(super) fn another_report_form(&self) -> Option<form::Form> {
        let framework = self.framework.as_ref()?;
        let kinds = framework.reports.iter().filter(|kind| !kind.for_team).map(|kind| (kind.key.clone(), kind.label.clone()));
        let begun = self.cycle.cycles.iter().filter(|cycle| cycle.starts_on <= self.today());
        let mut begun: Vec<_> = begun.collect();
        begun.sort_by_key(|cycle| std::cmp::Reverse((cycle.starts_on, cycle.id)));
        let cycles = begun.iter().map(|cycle| (cycle.id.0.to_string(), cycle.title.clone()));
        let row = self.reports.row();
        let kind = row.map(|row| row.kind.clone()).unwrap_or_default();
        let cycle = row.map(|row| row.cycle.0.to_string()).unwrap_or_default();
        Some(form::another_report(kinds.collect(), cycles.collect(), (&kind, &cycle)))
    }

    /// Shows the next kind of report alone, and after the last one all.
    fn next_kind_of_reports(&mut self) -> Vec<Effect> {
        let Some(framework) = &self.framework else { return Vec::new() };
        let there = |key: &str| self.reports.all.iter().any(|row| row.kind == key);
        let kinds: Vec<String> = framework.reports.iter().map(|kind| kind.key.clone()).filter(|key| there(key)).collect();
        let next = match &self.reports.kind {
            None => kinds.first().cloned(),
            Some(shown) => kinds.iter().position(|key| key == shown).and_then(|place| kinds.get(place + 1)).cloned(),
        };
        self.reports.kind = next;
        self.reports.detail = None;
        self.reports.at = 0;
        self.reports.narrow();
        Vec::new()
    }
}
