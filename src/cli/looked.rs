//! Asking on the command line: what an answer shows of a child's record is written down before it is written out.

use super::context::Desk;
use super::{Done, Failure, Streams};
use crate::domain::count::counted;
use crate::domain::interest::WITHHELD;
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
        let shown = Shown::new(LookKind::Export, 0, what, None);
        Ok(Witness::default().note(self.looking(), &shown, "")?)
    }

    /// Says that there is something which who asks may not see: always, or it would tell where it belongs.
    pub(super) fn say_withheld(&self, streams: &mut Streams<'_>) -> Done {
        match self.store.reading().withheld(&self.clock.viewer(self.actor.person))? {
            0 => Ok(()),
            n => Ok(writeln!(streams.err, "{} {WITHHELD}.", counted(n, "review", "reviews"))?),
        }
    }

    fn looking(&mut self) -> Looking<'_> {
        Looking { store: &self.store, library: &mut self.library, actor: &self.actor, now: self.clock.now() }
    }
}
