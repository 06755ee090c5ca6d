//! Who looked at what, on the screen: the sheet of the log, and what of a child's record is on the screen right now, so that
//! reading it again is not taken for another look.

use super::effect::{Effect, For};
use super::overlay::{Overlay, Sheet, SheetBody};
use super::{App, View};
use crate::domain::id::ReviewId;
use crate::domain::look::{LookKind, LooksDetail, LooksWanted};
use crate::domain::query::{Proven, Query};

impl App {
    /// Everything of a child's record that is on the screen, by kind and number.
    pub fn on_screen(&self) -> Vec<(LookKind, i64)> {
        let mut shown = Vec::new();
        if let Some(record) = self.record.as_ref().filter(|_| self.view == View::Record) {
            let id = record.detail.facts.review.id.0;
            shown.extend([(LookKind::Record, id), (LookKind::History, id)]);
            shown.extend(record.beside.iter().map(|beside| (LookKind::Record, beside.facts.review.id.0)));
        }
        if let Some(view) = self.alert.as_ref().filter(|_| self.view == View::Alert) {
            shown.push((LookKind::Alert, view.detail.alert.id.0));
        }
        if self.view == View::Sitting {
            let on_table = self.sitting.detail.as_ref().and_then(|detail| detail.item.as_ref());
            let items = on_table.into_iter().chain(&self.sitting.read);
            shown.extend(items.map(|item| (LookKind::Item, item.row.review.0)));
            shown.extend(self.sitting.earlier.iter().map(|earlier| (LookKind::Record, earlier.facts.review.id.0)));
        }
        for overlay in &self.overlays {
            let Overlay::Sheet(sheet) = overlay else { continue };
            match &sheet.body {
                SheetBody::Drp(detail) => shown.push((LookKind::Dispute, detail.drp.id.0)),
                SheetBody::Action(life) => shown.push((LookKind::Action, life.action.id.0)),
                SheetBody::Proof(detail) => shown.push((
                    LookKind::Proof,
                    match &detail.of {
                        Proven::Alert(detail) => detail.alert.id.0,
                        Proven::Drp(detail) => detail.drp.id.0,
                    },
                )),
                _ => {}
            }
        }
        shown
    }

    /// The review whose record is on the screen.
    pub fn record_on_screen(&self) -> Option<ReviewId> {
        self.record.as_ref().filter(|_| self.view == View::Record).map(|record| record.detail.facts.review.id)
    }

    /// Whether the sheet on top is the log.
    pub(super) fn shows_looks(&self) -> bool {
        matches!(self.sheet_body(), Some(SheetBody::Looks(_)))
    }

    /// Whether the log on top shows only those who had no tie to the case.
    pub fn shows_far_looks_alone(&self) -> bool {
        matches!(self.sheet_body(), Some(SheetBody::Looks(detail)) if detail.wanted.not_own)
    }

    /// Asks for the log: of the case that is open, of the person under the cursor of the register, else of everybody.
    pub(super) fn ask_looks(&self) -> Vec<Effect> {
        let mut wanted = LooksWanted::default();
        match self.view {
            View::Record | View::Alert => wanted.review = self.review_at_hand().map(|(review, _)| review),
            View::Register => wanted.person = self.people.current().map(|row| row.id),
            _ => {}
        }
        vec![Effect::Ask(For::Looks, Query::Looks(wanted))]
    }

    /// The log was read: it is shown, or takes the place of what was shown of it.
    pub(super) fn looks_read(&mut self, detail: Box<LooksDetail>) {
        if self.shows_looks() {
            self.overlays.pop();
        }
        self.overlays.push(Sheet::over(SheetBody::Looks(detail)));
    }

    /// From a row of the log to all that its person looked at; from a person's to all who looked at that case.
    pub(super) fn follow_look(&mut self, at: usize) -> Vec<Effect> {
        let Some(SheetBody::Looks(detail)) = self.sheet_body() else { return Vec::new() };
        let Some(look) = detail.rows.get(at) else { return Vec::new() };
        let wanted = match (&detail.wanted.login, look.review) {
            (None, _) => LooksWanted { login: Some(look.login.clone()), ..LooksWanted::default() },
            (Some(_), Some(review)) => LooksWanted { review: Some(review), ..LooksWanted::default() },
            (Some(_), None) => return Vec::new(),
        };
        vec![Effect::Ask(For::Looks, Query::Looks(wanted))]
    }

    /// Shows looks without a tie to the case alone, or all of them again.
    pub(super) fn far_looks(&mut self) -> Vec<Effect> {
        let Some(SheetBody::Looks(detail)) = self.sheet_body() else { return Vec::new() };
        let wanted = LooksWanted { not_own: !detail.wanted.not_own, ..detail.wanted.clone() };
        vec![Effect::Ask(For::Looks, Query::Looks(wanted))]
    }
}
