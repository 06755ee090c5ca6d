//! Keys and pasted text: to the topmost overlay, to the filter, or through the keymap to a command.

use super::command::Command;
use super::effect::{After, Effect};
use super::form::Input;
use super::key::{Code, Key};
use super::overlay::{Overlay, SheetBody};
use super::registers::letter_place;
use super::{App, View};
use crate::domain::deed::Deed;

impl App {
    pub(super) fn key(&mut self, key: Key) -> Vec<Effect> {
        if std::mem::take(&mut self.blank) {
            // Whoever brings the screen back did not see what the key would have done.
            return vec![Effect::FlushInput];
        }
        if self.is_blind() {
            // Nobody acts on what they cannot see; leaving is always possible.
            let leaves = self.overlays.is_empty() && !self.filtering && self.keymap.resolve(key, &self.scopes()) == Some(Command::Quit);
            return if leaves { self.run(Command::Quit) } else { Vec::new() };
        }
        match self.overlays.last() {
            Some(Overlay::Form(_)) => self.key_in_form(key),
            Some(Overlay::Palette { .. }) => self.key_in_palette(key),
            Some(Overlay::Confirm(_)) => self.key_in_confirm(key),
            Some(Overlay::Sheet(sheet)) if matches!(sheet.body, SheetBody::Registers(_)) && letter_place(key).is_some() => {
                self.choose_register(letter_place(key).unwrap_or_default())
            }
            Some(Overlay::Sheet(_)) if self.searches_disposals() => {
                self.key_in_disposal_search(key);
                Vec::new()
            }
            Some(Overlay::Help { typing: true, .. }) => {
                self.key_in_help_search(key);
                Vec::new()
            }
            Some(Overlay::Sheet(_) | Overlay::Help { .. }) => match self.keymap.resolve(key, &self.scopes()) {
                Some(command) => {
                    if command != Command::SheetDiscard {
                        self.discarding = None;
                    }
                    // What a row can have done to it stands where the notice stands.
                    // And what was said of a sheet goes with it.
                    if self.shows_findings() || self.shows_revisits() || self.shows_disposals() || command == Command::CloseSheet {
                        self.notice = None;
                    }
                    self.run(command)
                }
                None => {
                    self.nothing_in_box(key);
                    Vec::new()
                }
            },
            None if self.filtering => self.key_in_filter(key),
            None => {
                self.notice = None;
                match self.keymap.resolve(key, &self.scopes()) {
                    Some(command) => self.run(command),
                    None => {
                        self.nothing_there(key);
                        Vec::new()
                    }
                }
            }
        }
    }

    /// Whether a key with Alt means something where the cursor is: a command of the keymap, or a move in a text that is being
    /// written.
    pub fn hears_alt(&self, key: Key) -> bool {
        let writing = match self.overlays.last() {
            Some(Overlay::Form(form)) => form.field().is_some_and(|field| field.input.moves_by(key)),
            _ => false,
        };
        // A blank screen comes back by one key, whatever it is.
        self.blank || writing || self.keymap.anywhere(key).is_some()
    }

    /// Whether a letter typed now is written into a text of paragraphs, and does nothing else.
    pub fn writes_text(&self) -> bool {
        match self.overlays.last() {
            Some(Overlay::Form(form)) => {
                !self.is_blind() && !self.blank && form.field().is_some_and(|field| !field.fresh && matches!(field.input, Input::Text(_)))
            }
            _ => false,
        }
    }

    pub(super) fn paste(&mut self, text: &str) -> Vec<Effect> {
        if std::mem::take(&mut self.blank) {
            return vec![Effect::FlushInput];
        }
        if self.is_blind() {
            return Vec::new();
        }
        match self.overlays.last_mut() {
            Some(Overlay::Form(_)) => self.paste_in_form(text),
            Some(Overlay::Palette { typed, at }) => {
                typed.push_str(text.lines().next().unwrap_or_default());
                *at = 0;
                Vec::new()
            }
            // A pasted text never confirms anything and never runs a command.
            Some(_) => Vec::new(),
            None if self.filtering => {
                let typed = format!("{}{}", self.filter_text(), text.lines().next().unwrap_or_default());
                self.set_filter(&typed)
            }
            None => Vec::new(),
        }
    }

    /// A key that means nothing here says so: somebody meant something by it.
    fn nothing_there(&mut self, key: Key) {
        let help = self.keymap.hint(Command::Help);
        let elsewhere = self.keymap.anywhere(key).map(|command| format!(" Elsewhere it is \u{201c}{}\u{201d}.", command.row().label));
        // A sign by itself would read as the sign of the notice.
        let key = key.to_string();
        let key = if key.chars().any(char::is_alphanumeric) { key } else { format!("\u{201c}{key}\u{201d}") };
        self.say(format!("{key} does nothing here.{} {help} shows the keys that do.", elsewhere.unwrap_or_default()));
    }

    /// The same over a sheet, whose keys stand below it: how it is left is what has to be known.
    fn nothing_in_box(&mut self, key: Key) {
        let (close, elsewhere) = (self.keymap.hint(Command::CloseSheet), self.keymap.anywhere(key));
        let elsewhere = elsewhere.map(|command| format!(" Elsewhere it is \u{201c}{}\u{201d}.", command.row().label));
        self.say(format!("{key} does nothing in this box.{} {close} closes it.", elsewhere.unwrap_or_default()));
    }

    fn key_in_filter(&mut self, key: Key) -> Vec<Effect> {
        let typed = self.filter_text().to_string();
        match key.code {
            Code::Enter => {
                self.filtering = false;
                Vec::new()
            }
            Code::Esc => {
                self.filtering = false;
                self.set_filter("")
            }
            Code::Backspace if typed.is_empty() => {
                self.filtering = false;
                Vec::new()
            }
            Code::Backspace => {
                let shorter: String = typed.chars().take(typed.chars().count() - 1).collect();
                self.set_filter(&shorter)
            }
            Code::Char('u') if key.ctrl => self.set_filter(""),
            Code::Char('w') if key.ctrl => {
                let cut = typed.trim_end().rfind(' ').map_or("", |at| &typed[..=at]).to_string();
                self.set_filter(&cut)
            }
            Code::Char(letter) if !key.ctrl && !key.alt && typed.len() < 200 => self.set_filter(&format!("{typed}{letter}")),
            Code::Down | Code::Up | Code::PageDown | Code::PageUp => {
                self.filtering = false;
                self.key(key)
            }
            _ => Vec::new(),
        }
    }

    /// Sets the filter of the list with the cursor and reads it anew.
    pub(super) fn set_filter(&mut self, text: &str) -> Vec<Effect> {
        use super::Pane;
        use super::list::Fill;
        match (self.view, self.focus) {
            (View::Sitting | View::Alert | View::Insight, _) => {}
            (View::Reports, _) => self.reports.set_filter(text),
            (View::Register, _) => self.people.set_filter(text),
            (View::Registers, _) => self.registers.entries.set_filter(text),
            (_, Pane::Queue) => self.queue.set_filter(text),
            (_, Pane::Panel) => self.panel.set_filter(text),
            (_, Pane::Alerts) => self.alerts.set_filter(text),
            (_, Pane::Actions) => self.actions.set_filter(text),
        }
        self.notice = None;
        if let Some(problem) = self.unread().first().cloned() {
            self.trouble(problem);
        }
        match self.view {
            View::Register => vec![self.ask_people(Fill::Fresh)],
            View::Registers => self.ask_entries(Fill::Fresh).into_iter().collect(),
            View::Sitting | View::Alert | View::Reports | View::Insight => Vec::new(),
            _ if self.focus == Pane::Actions && self.tracker.by.is_some() => self.lay_out(self.tracker.by),
            _ => vec![self.ask(self.focus, Fill::Fresh)],
        }
    }

    fn key_in_help_search(&mut self, key: Key) {
        let Some(Overlay::Help { top, search, typing }) = self.overlays.last_mut() else { return };
        *top = 0;
        match key.code {
            Code::Esc => {
                search.clear();
                *typing = false;
            }
            Code::Enter | Code::Down | Code::Up | Code::PageDown | Code::PageUp => *typing = false,
            Code::Backspace if search.is_empty() => *typing = false,
            Code::Backspace => drop(search.pop()),
            Code::Char(letter) if !key.ctrl && !key.alt && search.len() < 60 => search.push(letter),
            _ => {}
        }
    }

    fn key_in_palette(&mut self, key: Key) -> Vec<Effect> {
        let found = self.palette();
        let Some(Overlay::Palette { typed, at }) = self.overlays.last_mut() else { return Vec::new() };
        match key.code {
            Code::Esc => {
                self.overlays.pop();
            }
            Code::Enter => {
                let Some(chosen) = found.get(*at) else { return Vec::new() };
                if let Some(why) = &chosen.unavailable {
                    let why = why.clone();
                    self.trouble(why);
                    return Vec::new();
                }
                let command = chosen.command;
                self.overlays.pop();
                self.notice = None;
                *self.chosen.entry(command).or_default() += 1;
                return self.run(command);
            }
            Code::Up => *at = at.saturating_sub(1),
            Code::Down => *at = (*at + 1).min(found.len().saturating_sub(1)),
            Code::Backspace => {
                typed.pop();
                *at = 0;
            }
            Code::Char(letter) if !key.ctrl && !key.alt && typed.len() < 60 => {
                typed.push(letter);
                *at = 0;
            }
            _ => {}
        }
        Vec::new()
    }

    fn key_in_confirm(&mut self, key: Key) -> Vec<Effect> {
        let Some(Overlay::Confirm(confirm)) = self.overlays.last_mut() else { return Vec::new() };
        match key.code {
            Code::Esc => {
                self.overlays.pop();
            }
            Code::Backspace => {
                confirm.typed.pop();
            }
            Code::Enter if confirm.typed == confirm.word => {
                let deed = confirm.deed.clone();
                let from_form = confirm.from_form;
                let after = match (&deed, from_form) {
                    _ if self.ends_now(&deed) => After::Leave,
                    (Deed::Undo { .. }, _) => After::Undone,
                    // The sheet that it was asked from stays, and shows what has become of it.
                    (Deed::Privacy(_), _) => After::CloseForm,
                    (_, true) => After::CloseForm,
                    (_, false) => After::CloseSheet,
                };
                return self.ask_for(deed, after);
            }
            Code::Enter => {
                let (word, typed) = (confirm.word, std::mem::take(&mut confirm.typed));
                let instead = if typed.is_empty() { String::new() } else { format!(", not \u{201c}{typed}\u{201d}") };
                self.trouble(format!("The word is \u{201c}{word}\u{201d}{instead}. Type it and press Enter, or go back with Esc."));
            }
            Code::Char('u') if key.ctrl => confirm.typed.clear(),
            Code::Char(letter) if !key.ctrl && !key.alt && confirm.typed.len() < confirm.word.len() => {
                confirm.typed.extend(letter.to_lowercase());
            }
            _ => {}
        }
        Vec::new()
    }

    /// What a sheet or the help does with a command of its own scope.
    pub(super) fn run_over(&mut self, command: Command) -> Option<Vec<Effect>> {
        let height = self.report.sheet.max(1);
        let by = match command {
            Command::SheetUp => -1,
            Command::SheetDown => 1,
            Command::SheetPageUp => -(height as isize),
            Command::SheetPageDown => height as isize,
            Command::SheetTop => isize::MIN / 2,
            Command::SheetBottom => isize::MAX / 2,
            Command::SheetUndo => return Some(self.run(Command::Undo)),
            Command::SheetBeside => return Some(self.choose_beside()),
            Command::SheetChoose => return Some(self.choose_in_sheet()),
            Command::SheetConfirm => return Some(self.confirm_sheet()),
            Command::SheetExempt if self.shows_disposals() => return Some(self.keep_here()),
            Command::SheetMark => return Some(self.mark_in_sheet()),
            Command::SheetEvery => return Some(self.every_row()),
            Command::SheetExempt if self.shows_revisits() => return Some(self.let_revisit_go()),
            Command::SheetExempt => return Some(self.exempt_finding()),
            Command::SheetAll => {
                self.all_findings();
                return Some(Vec::new());
            }
            Command::SheetThenNow => return Some(self.open_revisit()),
            Command::SheetFar => return Some(self.far_looks()),
            Command::SheetProof => return Some(self.proof_of_shown()),
            Command::SheetSum => return Some(self.sum_of_shown()),
            Command::SheetDiscard => return Some(self.discard_draft()),
            Command::HelpSearch => {
                self.search_disposals();
                if let Some(Overlay::Help { typing, .. }) = self.overlays.last_mut() {
                    *typing = true;
                }
                return Some(Vec::new());
            }
            // One step back at a time: a help that is narrowed shows all of itself again first.
            Command::CloseSheet => {
                match self.overlays.last_mut() {
                    Some(Overlay::Help { search, top, .. }) if !search.is_empty() => {
                        search.clear();
                        *top = 0;
                    }
                    _ => {
                        let closed = self.overlays.pop();
                        let Some(Overlay::Sheet(closed)) = closed else { return Some(Vec::new()) };
                        match closed.body {
                            SheetBody::Person { .. } => self.forget_handing_over(),
                            // These are opened from other sheets.
                            SheetBody::Action(_) | SheetBody::AskFirst { .. } | SheetBody::Disposals(_) => {
                                return Some(self.back_to_left().into_iter().collect());
                            }
                            _ => {}
                        }
                    }
                }
                return Some(Vec::new());
            }
            _ => return None,
        };
        match self.overlays.last_mut() {
            Some(Overlay::Sheet(sheet)) => sheet.step(by, height),
            // Not past the end: the way back up begins where the text does end.
            Some(Overlay::Help { top, .. }) => {
                *top = top.saturating_add_signed(by).min(self.report.text.saturating_sub(height));
            }
            _ => {}
        }
        Some(Vec::new())
    }
}
