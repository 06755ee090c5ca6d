//! Disputes and alerts of good practice: raising one, looking at one, writing down what followed.

use super::effect::{Effect, For, PeopleFor};
use super::form::{self, Form, People};
use super::overlay::{Overlay, Sheet, SheetBody};
use super::{App, Pane, View};
use crate::domain::id::{DrpId, ReviewId};
use crate::domain::query::{Dated, DrpDetail, Query};
use crate::domain::strip::StripOf;

/// Months that the counts of practice alerts look back over: a year, so that a report finds its month and the one a year ago.
pub(super) const MONTHS: u32 = 13;

impl App {
    /// Raises one about the review under the cursor; in the alerts, where rows are about what runs already, about any case.
    pub(super) fn raise_dispute(&mut self) -> Vec<Effect> {
        let review = match (self.view, self.focus) {
            (View::Desk, Pane::Alerts) => None,
            _ => self.review_at_hand().map(|(review, _)| review),
        };
        vec![self.ask_people_of(PeopleFor::Drp(review))]
    }

    /// The strip that the cursor is on, or that of the alert on the screen.
    pub(super) fn strip_at_hand(&self) -> Option<StripOf> {
        match (self.view, self.focus) {
            (View::Alert, _) => self.alert.as_ref().map(|view| StripOf::Alert(view.detail.alert.id)),
            (View::Desk, Pane::Alerts) => self.alerts.current().map(|row| row.of),
            _ => None,
        }
    }

    /// The form that raises one, once the people to choose from have been read.
    pub(super) fn drp_form(&self, review: Option<ReviewId>, people: People) -> Option<Form> {
        let record = self.record.as_ref().filter(|record| Some(record.detail.facts.review.id) == review);
        let framework = record.map(|record| record.detail.framework.clone()).or_else(|| self.framework.clone())?;
        let about = review.map(|id| (id, self.reference_of(id).unwrap_or_default()));
        framework.drp.as_ref().map(|rule| form::raise_drp(rule, about, people, self.today()))
    }

    /// Shows one over the view: in the sheet that shows it already, else in one of its own; with the form of what followed, if
    /// that was asked for.
    pub(super) fn drp_read(&mut self, detail: Box<DrpDetail>, step: bool) -> Vec<Effect> {
        let form = step.then(|| form::drp_step(&detail, self.today()));
        match self.drp_sheet(detail.drp.id) {
            Some(shown) => *shown = detail,
            None => self.overlays.push(Sheet::over(SheetBody::Drp(detail))),
        }
        form.map(|form| self.open_form(form)).unwrap_or_default()
    }

    /// Opens the form of what followed on the one that is shown.
    pub(super) fn follow_drp(&mut self, detail: &DrpDetail) -> Vec<Effect> {
        if detail.possible.is_empty() {
            self.trouble(format!("{} has ended; nothing follows.", detail.drp.reference));
            return Vec::new();
        }
        let form = form::drp_step(detail, self.today());
        self.open_form(form)
    }

    /// Reads the one that is shown again, whatever lies over it.
    pub(super) fn ask_drp_again(&self) -> Option<Effect> {
        let shown = self.overlays.iter().find_map(|overlay| match overlay {
            Overlay::Sheet(sheet) => match &sheet.body {
                SheetBody::Drp(detail) => Some(detail.drp.id),
                _ => None,
            },
            _ => None,
        });
        shown.map(|id| Effect::Ask(For::Drp(false), Query::Drp(id)))
    }

    /// The one that is shown on top.
    pub(super) fn shown_drp(&self) -> Option<DrpId> {
        match self.sheet_body() {
            Some(SheetBody::Drp(detail)) => Some(detail.drp.id),
            _ => None,
        }
    }

    /// Shows every fact of the one on top.
    pub(super) fn proof_of_shown(&self) -> Vec<Effect> {
        self.shown_drp().map(|id| ask_proof(StripOf::Drp(id))).into_iter().collect()
    }

    /// Shows how the last day of the one on top comes about.
    pub(super) fn sum_of_shown(&self) -> Vec<Effect> {
        self.shown_drp().map(|id| Effect::Ask(For::DueSum, Query::DueSum(Dated::Strip(StripOf::Drp(id))))).into_iter().collect()
    }

    fn drp_sheet(&mut self, id: DrpId) -> Option<&mut Box<DrpDetail>> {
        self.overlays.iter_mut().find_map(|overlay| match overlay {
            Overlay::Sheet(sheet) => match &mut sheet.body {
                SheetBody::Drp(detail) if detail.drp.id == id => Some(detail),
                _ => None,
            },
            _ => None,
        })
    }
}

/// Asks for every fact of a strip.
pub(super) fn ask_proof(strip: StripOf) -> Effect {
    Effect::Ask(For::Proof, Query::Proof(strip))
}
