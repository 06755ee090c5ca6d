//! The sheet that a record was opened from: Esc leads back to it, with its cursor, marks and search as they were.

use super::App;
use super::effect::{Effect, For};
use super::overlay::{Overlay, SheetBody};
use crate::domain::query::Query;

impl App {
    /// Puts the sheet on top away for what is opened from it now, and keeps it for the way back.
    pub(super) fn leave_sheet(&mut self) {
        if let Some(Overlay::Sheet(sheet)) = self.overlays.pop() {
            self.left_sheet = Some(sheet);
        }
    }

    /// Reads again the sheet that was left for the record that closes now; none: it was opened from elsewhere.
    pub(super) fn back_to_sheet(&self) -> Option<Effect> {
        match self.left_sheet.as_ref()?.body {
            SheetBody::Findings { .. } => Some(Effect::Ask(For::Findings, Query::Findings)),
            SheetBody::Disposals(_) => Some(self.ask_disposals()),
            _ => None,
        }
    }

    /// Lays the sheet that was left over the view again, where it is of the sort that was read just now.
    pub(super) fn lay_left_sheet(&mut self, of_sort: fn(&SheetBody) -> bool) {
        if let Some(sheet) = self.left_sheet.take_if(|sheet| of_sort(&sheet.body)) {
            self.overlays.push(Overlay::Sheet(sheet));
        }
    }

    /// What a record was opened from is left for good: somebody has gone elsewhere.
    pub(super) fn forget_left_sheet(&mut self) {
        self.left_sheet = None;
    }
}
