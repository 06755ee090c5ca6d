//! Asking on the command line: what an answer shows of a child's record is written down before it is written out.

use super::Failure;
use super::context::Desk;
use crate::domain::look::{LookKind, Shown, shown_by};
use crate::domain::query::{Answered, Query};
use crate::runtime::answers::answer;
use crate::runtime::witness::{Looking, Witness};

impl Desk {
    /// Answers a question to whoever asks. Every command asks this way: a look goes unwritten by no other.
    pub(super) fn ask(&mut self, query: &Query) -> Result<Answered, Failure> {
        let found = self.ask_for_list(query)?;
        Witness::default().note_answer(self.looking(), query, &found)?;
        Ok(found)
    }

    /// Answers a question of which nothing but a list is written out: the agenda of a sitting, not the item on its table.
    pub(super) fn ask_for_list(&mut self, query: &Query) -> Result<Answered, Failure> {
        let viewer = self.viewer()?;
        Ok(answer(&self.store, &mut self.library, query, &viewer)?)
    }

    /// The same for a paper that is made of it: the pack and the minutes of a panel.
    pub(super) fn ask_for_paper(&mut self, query: &Query) -> Result<Answered, Failure> {
        let found = self.ask_for_list(query)?;
        if let Some(shown) = shown_by(query, &found) {
            Witness::default().note(self.looking(), &Shown { what: LookKind::Paper, ..shown }, "")?;
        }
        Ok(found)
    }

    /// Writes down that something was handed out: a report, the data set.
    pub(super) fn hands_out(&mut self, what: &str) -> Result<(), Failure> {
        let shown = Shown { what: LookKind::Export, key: 0, reference: what.to_string(), review: None };
        Ok(Witness::default().note(self.looking(), &shown, "")?)
    }

    fn looking(&mut self) -> Looking<'_> {
        Looking { store: &self.store, library: &mut self.library, actor: &self.actor, now: self.clock.now() }
    }
}
