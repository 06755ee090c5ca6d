//! Files that are written from the screen: each is noted as handed out before a byte of it is written, and holds what whoever asks
//! may see now. It must not know what stands in them.

use super::Workstation;
use crate::app::effect::After;
use crate::app::msg::Msg;
use crate::domain::deed::Trace;
use crate::domain::filter::Filter;
use crate::domain::id::ReportId;
use crate::domain::look::{LookKind, Shown};
use crate::domain::query::Viewer;
use crate::runtime::witness::Looking;
use crate::runtime::{access, answers};
use ratatui::backend::Backend;
use std::path::Path;

impl<B: Backend> Workstation<B> {
    /// Writes a report as a Word file into the folder the program was started in, under the next free name: the figures of a draft are
    /// counted anew without a new version, and what was written before is never written over.
    pub(super) fn write_report(&mut self, id: ReportId, name: &str) -> Msg {
        let viewer = self.clock.viewer(self.actor.person);
        let viewer = access::before_a_report(self.store.reading(), &mut self.library, &viewer);
        let written = viewer.map_err(|error| error.to_string()).and_then(|viewer| {
            let name = crate::store::next_free_name(name);
            self.note_handed_out(id.0, &name.to_string_lossy())?;
            self.answers_for(&viewer).word_file(id, &name)
        });
        said_of(After::Nothing, written)
    }

    /// Writes the actions that a filter shows into a file of the kind its name says.
    pub(super) fn write_actions(&mut self, filter: &Filter, typed: &str, name: &str) -> Msg {
        let viewer = self.clock.viewer(self.actor.person);
        let viewer = access::seeing(self.store.reading(), &mut self.library, &viewer);
        let written = viewer.map_err(|error| error.to_string()).and_then(|viewer| {
            self.note_handed_out(0, name)?;
            self.answers_for(&viewer).actions_file(filter, typed, Path::new(name))
        });
        said_of(After::CloseForm, written)
    }

    /// Writes down that a file is handed out, before it is written; gives the sentence of what went wrong.
    fn note_handed_out(&mut self, key: i64, name: &str) -> Result<(), String> {
        let shown = Shown::new(LookKind::Export, key, name, None);
        let looking = Looking { store: &self.store, library: &mut self.library, actor: &self.actor, now: self.clock.now() };
        self.witness.note(looking, &shown, "").map_err(|unwritten| unwritten.to_string())
    }

    fn answers_for<'a>(&'a mut self, viewer: &'a Viewer) -> answers::Answers<'a> {
        answers::Answers { reading: self.store.reading(), library: &mut self.library, viewer }
    }
}

fn said_of(after: After, written: Result<String, String>) -> Msg {
    match written {
        Ok(said) => Msg::Done { after, said, trace: Trace::Nothing, made: None },
        Err(why) => Msg::Refused { after, why, stale: false, field: None },
    }
}
