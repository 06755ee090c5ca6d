//! The way back to the sheet that something was opened from: to a sheet that was put away, with its cursor, marks and search as they
//! were, or to somebody's sheet, which is read anew, while what they hold is handed over thing by thing.

use super::App;
use super::command::Command;
use super::effect::{Effect, For};
use super::overlay::{Overlay, Sheet, SheetBody};
use super::run::leads_elsewhere;
use super::state::View;
use crate::domain::id::PersonId;
use crate::domain::query::Query;

/// One step of the way back.
#[derive(Debug, Clone)]
pub(super) enum Left {
    /// A sheet that was put away, and the view that it lay over.
    Sheet(Box<Sheet>, View),
    /// The sheet of somebody whose things are handed over.
    Person(PersonId),
}

impl App {
    /// Puts the sheet on top away for what is opened from it now, and keeps it for the way back.
    pub(super) fn leave_sheet(&mut self) {
        if let Some(Overlay::Sheet(sheet)) = self.overlays.pop() {
            self.left.push(Left::Sheet(sheet, self.view));
        }
    }

    /// What is done next is done for somebody whose things are handed over: their sheet opens again after it.
    pub(super) fn hand_over_for(&mut self, person: PersonId) {
        self.forget_handing_over();
        self.left.push(Left::Person(person));
    }

    /// Whether somebody's things are being handed over.
    pub(super) fn hands_over(&self) -> bool {
        matches!(self.left.last(), Some(Left::Person(_)))
    }

    /// Nobody's things are handed over any more.
    pub(super) fn forget_handing_over(&mut self) {
        self.left.retain(|left| !matches!(left, Left::Person(_)));
    }

    /// Reads again the sheet that was left for what closes now; none: it was opened from elsewhere, or what lies over the view that it
    /// lay over is still open.
    pub(super) fn back_to_left(&mut self) -> Option<Effect> {
        let lay_over = match self.left.last()? {
            Left::Sheet(_, view) => *view,
            Left::Person(_) => View::Register,
        };
        if self.view != lay_over || !self.overlays.is_empty() {
            return None;
        }
        match self.left.last()? {
            Left::Sheet(sheet, _) => match sheet.body {
                SheetBody::Findings { .. } => Some(Effect::Ask(For::Findings, Query::Findings)),
                SheetBody::Disposals(_) => Some(self.ask_disposals()),
                _ => None,
            },
            Left::Person(person) => {
                let person = *person;
                self.left.pop();
                Some(Effect::Ask(For::Person, Query::Person(person)))
            }
        }
    }

    /// Back over the view that the sheet lay over from which the sitting was opened that closes now, and not to the list of sittings.
    pub(super) fn back_over_left(&mut self) {
        if let Some(Left::Sheet(_, view)) = self.left.last() {
            self.view = *view;
        }
    }

    /// Back to the sheet of somebody whose things are handed over, once a deed is done.
    pub(super) fn back_to_person(&mut self) -> Option<Effect> {
        if self.hands_over() { self.back_to_left() } else { None }
    }

    /// Lays the sheet that was left over the view again, where it is of the sort that was read just now.
    pub(super) fn lay_left_sheet(&mut self, of_sort: fn(&SheetBody) -> bool) {
        if let Some(Left::Sheet(sheet, _)) = self.left.pop_if(|left| matches!(left, Left::Sheet(sheet, _) if of_sort(&sheet.body))) {
            self.overlays.push(Overlay::Sheet(sheet));
        }
    }

    /// Whoever goes elsewhere, or does something at the list of people itself, does not come back: no sheet may open under their hands
    /// once that is done.
    pub(super) fn forget_left(&mut self, command: Command) {
        use Command as C;
        let at_the_list = self.view == View::Register && self.overlays.is_empty();
        let elsewhere = matches!(command, C::ViewInsight | C::ViewReports | C::NextThing | C::Findings | C::Disposals);
        if at_the_list || leads_elsewhere(command) || elsewhere {
            self.left.clear();
        }
    }
}
