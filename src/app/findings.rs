//! The sheet of findings: what is amiss, each one key away from its record, or set aside with a reason.

use super::App;
use super::effect::{After, Effect, For, Then};
use super::form;
use super::overlay::{Overlay, Sheet, SheetBody};
use super::state::View;
use crate::domain::check::{About, Finding, shown};
use crate::domain::deed::{Deed, ExemptWanted};
use crate::domain::query::{Query, RecordsUp};
use crate::domain::strip::StripOf;

impl App {
    /// What was found: shown over the view, or in the place of what was found before, the cursor where it was.
    pub(super) fn findings_found(&mut self, found: Vec<Finding>, up: Option<Box<RecordsUp>>) {
        self.lay_left_sheet(|body| matches!(body, SheetBody::Findings { .. }));
        for overlay in &mut self.overlays {
            if let Overlay::Sheet(sheet) = overlay
                && let SheetBody::Findings { rows, due, .. } = &mut sheet.body
            {
                (*rows, *due) = (found, up);
                sheet.step(0, self.report.sheet);
                return;
            }
        }
        self.overlays.push(Sheet::over(SheetBody::Findings { rows: found, all: false, due: up }));
    }

    /// Looks again while the sheet is open.
    pub(super) fn ask_findings_again(&self) -> Option<Effect> {
        let is_open = |overlay: &Overlay| matches!(overlay, Overlay::Sheet(sheet) if matches!(sheet.body, SheetBody::Findings { .. }));
        self.overlays.iter().any(is_open).then_some(Effect::Ask(For::Findings, Query::Findings))
    }

    /// Whether the sheet on top is that of findings.
    pub(super) fn shows_findings(&self) -> bool {
        matches!(self.overlays.last(), Some(Overlay::Sheet(sheet)) if matches!(sheet.body, SheetBody::Findings { .. }))
    }

    /// The finding under the cursor of the sheet on top.
    pub fn finding_at_hand(&self) -> Option<&Finding> {
        let Some(Overlay::Sheet(sheet)) = self.overlays.last() else { return None };
        let SheetBody::Findings { rows, all, .. } = &sheet.body else { return None };
        shown(rows, *all).get(sheet.at).copied()
    }

    /// The records that have come up for disposal, where the cursor of the sheet on top is on them.
    pub fn records_up_at_hand(&self) -> Option<&RecordsUp> {
        let Some(Overlay::Sheet(sheet)) = self.overlays.last() else { return None };
        let SheetBody::Findings { rows, all, due } = &sheet.body else { return None };
        due.as_deref().filter(|_| sheet.at >= shown(rows, *all).len())
    }

    /// Opens what a finding is about.
    pub(super) fn open_finding(&mut self) -> Vec<Effect> {
        if self.records_up_at_hand().is_some() {
            self.leave_sheet();
            return vec![self.ask_disposals()];
        }
        let Some((about, remedy)) = self.finding_at_hand().map(|finding| (finding.about, finding.kind.remedy())) else {
            self.overlays.pop();
            return Vec::new();
        };
        if about != About::Database {
            self.leave_sheet();
        }
        self.say(remedy);
        match about {
            About::Review(review) => vec![Effect::Ask(For::Record(Then::Show), Query::Opening(review))],
            About::Action(action) => vec![Effect::Ask(For::Action, Query::Action(action))],
            About::Alert(alert) => self.open_strip(StripOf::Alert(alert), None),
            About::Sitting(panel) => {
                self.view = View::Sitting;
                self.sitting.shown = Some(panel);
                self.ask_sitting()
            }
            About::Database => Vec::new(),
        }
    }

    /// Sets the finding under the cursor aside, or no longer.
    pub(super) fn exempt_finding(&mut self) -> Vec<Effect> {
        let Some(finding) = self.finding_at_hand().cloned() else { return Vec::new() };
        if finding.exempt.is_none() {
            return self.open_form(form::exempt(&finding));
        }
        let (kind, about, review) = (finding.kind, finding.about, finding.review);
        self.ask_for(Deed::Exempt(ExemptWanted { kind, about, review, reason: None, until: None }), After::Nothing)
    }

    /// Shows those that were set aside as well, or hides them.
    pub(super) fn all_findings(&mut self) {
        if let Some(Overlay::Sheet(sheet)) = self.overlays.last_mut()
            && let SheetBody::Findings { all, .. } = &mut sheet.body
        {
            *all = !*all;
            sheet.step(0, self.report.sheet);
        }
    }
}
