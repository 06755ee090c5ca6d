//! Deeds coming back: done or refused. What was typed is kept until it is known to be saved.

use super::effect::{After, Effect, For, Then};
use super::form::FormFor;
use super::overlay::Overlay;
use super::{App, CycleView, Level, Notice, View};
use crate::domain::deed::{Deed, Trace};
use crate::domain::query::Query;

impl App {
    /// Asks for a deed, unless one is under way.
    pub(super) fn ask_for(&mut self, deed: Deed, after: After) -> Vec<Effect> {
        if self.busy {
            return Vec::new();
        }
        self.busy = true;
        self.notice = None;
        vec![Effect::Do(Box::new(deed), after)]
    }

    pub(super) fn done(&mut self, after: After, said: String, trace: Trace) -> Vec<Effect> {
        self.busy = false;
        if let After::Open(review, then) = after {
            // Having nothing to declare needs no words; the record does not wait.
            self.overlays.pop();
            return vec![match then {
                Then::Alert(alert, command) => Effect::Ask(For::Alert(alert, command), Query::OpeningAlert(alert)),
                Then::History => Effect::Ask(For::History, Query::OpeningHistory(review)),
                _ => Effect::Ask(For::Record(then), Query::Opening(review)),
            }];
        }
        if after == After::Leave {
            return vec![Effect::Quit];
        }
        let mut effects = Vec::new();
        match after {
            After::Nothing | After::Beside | After::Leave | After::Open(..) => {}
            After::Undone => {
                self.undo.pop();
                if matches!(self.overlays.last(), Some(Overlay::Confirm(_))) {
                    self.overlays.pop();
                }
            }
            After::CloseForm | After::Actions | After::Show(_) | After::NextEntry | After::CloseBoth => {
                if matches!(self.overlays.last(), Some(Overlay::Confirm(_))) {
                    self.overlays.pop();
                }
                if let Some(Overlay::Form(form)) = self.overlays.last() {
                    let key = form.kind.draft_key();
                    // The draft that was filled in may be of an earlier run; it goes with our own.
                    let others = self.drafts.iter().filter(|draft| draft.key == key).map(|draft| Some(draft.session.clone()));
                    let runs: Vec<Option<String>> = others.chain([None]).collect();
                    effects.extend(runs.into_iter().map(|session| Effect::DropDraft { key: key.clone(), session }));
                    if form.kind == FormFor::OpenCycle {
                        // The new cycle is the one that people go on with.
                        self.cycle =
                            CycleView { cycles: std::mem::take(&mut self.cycle.cycles), just_opened: true, ..CycleView::default() };
                    }
                    self.drafts.retain(|draft| draft.key != key);
                    self.overlays.pop();
                }
                if after == After::Actions {
                    self.actions.marks.clear();
                }
                if after == After::CloseBoth {
                    self.overlays.retain(|overlay| !matches!(overlay, Overlay::Sheet(_)));
                    self.queue.marks.clear();
                }
                if let After::Show(review) = after {
                    effects.push(Effect::Ask(For::Identity, Query::Identity(review)));
                }
                if after == After::NextEntry {
                    effects.extend(self.next_entry());
                }
            }
            After::CloseAll => self.overlays.clear(),
            After::Recused(review) => {
                self.forget(review);
                if self.view != View::Record {
                    effects.extend(self.back_to_left());
                }
            }
            After::CloseSheet => {
                self.overlays.retain(|overlay| !matches!(overlay, Overlay::Sheet(_) | Overlay::Confirm(_)));
                self.queue.marks.clear();
            }
        }
        let text = match trace {
            Trace::Batch(batch) | Trace::Judged(batch) if after != After::Undone => {
                self.undo.push((batch, Some(said.clone()).filter(|_| matches!(trace, Trace::Judged(_)))));
                self.for_good = None;
                let key = self.keymap.hint(super::command::Command::Undo);
                if key.is_empty() { said } else { format!("{said} ({key} undoes it)") }
            }
            Trace::ForGood if after != After::Undone => {
                self.undo.clear();
                self.for_good = Some(said.clone());
                said
            }
            _ => said,
        };
        // A tick says that something was written down.
        let level = if trace == Trace::Unchanged { Level::Trouble } else { Level::Done };
        self.notice = Some(Notice { text, level });
        effects.extend(self.reload());
        effects.extend(self.back_to_person());
        effects
    }

    pub(super) fn refused(&mut self, after: After, why: String, stale: bool, field: Option<&str>) -> Vec<Effect> {
        self.busy = false;
        if after != After::Beside && matches!(self.overlays.last(), Some(Overlay::Confirm(_))) {
            self.overlays.pop();
        }
        match self.overlays.last_mut() {
            Some(Overlay::Form(form))
                if matches!(
                    after,
                    After::CloseForm
                        | After::Actions
                        | After::CloseAll
                        | After::Recused(_)
                        | After::Show(_)
                        | After::NextEntry
                        | After::CloseBoth
                        | After::Leave
                ) =>
            {
                form.error = Some(why);
                // A field that is not asked in this form has no cursor to take.
                let place = field.and_then(|field| form.fields.iter().position(|known| known.key == field));
                form.at = place.filter(|place| form.asked(*place)).unwrap_or(form.at);
                self.meeting = stale;
            }
            _ => self.trouble(why),
        }
        // The screen behind shows what is there now; the form keeps what was typed and what it was based on.
        let mut effects = if stale { self.reload() } else { Vec::new() };
        if self.meeting {
            effects.push(Effect::MeetStored);
        }
        effects
    }
}
