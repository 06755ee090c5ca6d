//! Commands being carried out: those that work everywhere, and the palette.

use super::available::Availability;
use super::command::{Command, Scope, TABLE};
use super::effect::{After, Effect, For};
use super::overlay::{Found, Overlay, Sheet, SheetBody};
use super::{App, Pane, View};
use crate::domain::deed::Deed;
use crate::domain::query::Query;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use std::cmp::Reverse;

impl App {
    /// Carries out a command, or says why it is not available.
    pub fn run(&mut self, command: Command) -> Vec<Effect> {
        if let Availability::No(why) = self.availability(command) {
            if !why.is_empty() {
                self.trouble(why);
            }
            return Vec::new();
        }
        if let Some(effects) = self.run_over(command) {
            return effects;
        }
        self.forget_left(command);
        match command.row().scope {
            Scope::Global => self.run_global(command),
            Scope::List | Scope::Queue => self.run_list(command),
            Scope::Actions => self.run_actions(command),
            Scope::Cycle => self.run_cycle(command),
            Scope::Register => self.run_register(command),
            Scope::Programme => self.run_programme(command),
            Scope::Plan => self.run_plan(command),
            Scope::Registers => self.run_registers(command),
            Scope::Reports => self.run_reports(command),
            Scope::Record => self.run_record(command),
            Scope::Alert => self.run_alert(command),
            Scope::Sitting => self.run_sitting(command),
            Scope::Insight => self.run_insight(command),
            Scope::Form | Scope::Sheet => Vec::new(),
        }
    }

    fn run_global(&mut self, command: Command) -> Vec<Effect> {
        if leads_elsewhere(command) {
            self.insight.forget_list();
        }
        match command {
            Command::Findings => return vec![Effect::Ask(For::Findings, Query::Findings)],
            Command::Revisits => return self.ask_revisits(),
            Command::ThenAndNow => return self.show_then_now(),
            Command::NextThing => {
                let (skip, passed) = (self.skipped.clone(), self.passed.clone());
                let (actions, work) = (self.passed_actions.clone(), self.passed_work.clone());
                return vec![Effect::Ask(For::NextThing, Query::NextThing { skip, passed, actions, work })];
            }
            Command::Palette => {
                self.overlays.push(Overlay::Palette { typed: String::new(), at: 0 });
            }
            Command::Help => self.overlays.push(Overlay::Help { top: 0, search: String::new(), typing: false }),
            Command::Undo => {
                if let Some((batch, judged)) = self.undo.last().cloned() {
                    let Some(said) = judged else { return self.ask_for(Deed::Undo { batch }, After::Undone) };
                    let confirm = self.confirm_undo(batch, &said);
                    return self.ask_first(confirm);
                }
            }
            Command::Back => {
                let left = self.view;
                let mut effects = self.back();
                effects.extend(self.back_to_register(left));
                if left == View::Sitting && self.sitting.shown.is_none() {
                    self.back_over_left();
                }
                if self.view != left {
                    effects.extend(self.back_to_left());
                }
                return effects;
            }
            Command::NextPane | Command::PreviousPane => return self.turn(command == Command::NextPane),
            Command::ViewQueue => return self.go(Pane::Queue),
            Command::ViewPanel => return self.go(Pane::Panel),
            Command::ViewAlerts => return self.go(Pane::Alerts),
            Command::ViewActions => return self.go(Pane::Actions),
            Command::ViewInsight => return self.show_insight(),
            Command::ViewCycle if self.view == View::Cycle => return self.show_year(),
            Command::ViewReports => return self.show_reports(),
            Command::ViewRegisters => return self.show_registers(),
            Command::ViewSitting => return self.show_sittings(),
            Command::NoteEntry => return self.note_entry(),
            Command::ViewCycle => {
                self.view = View::Cycle;
                return self.reload();
            }
            Command::ViewRegister => {
                self.view = View::Register;
                return vec![self.ask_people(if self.people.loaded { super::list::Fill::Again } else { super::list::Fill::Fresh })];
            }
            Command::Zoom => return self.zoom(),
            Command::Refresh => {
                self.by_others = false;
                for changed in [&mut self.queue.changed, &mut self.panel.changed, &mut self.alerts.changed, &mut self.actions.changed] {
                    changed.clear();
                }
                self.people.changed.clear();
                return self.reload();
            }
            Command::WhoLooked => return self.ask_looks(),
            Command::Disposals => return vec![self.ask_disposals()],
            Command::Redraw => return vec![Effect::Redraw],
            Command::Drafts => self.overlays.push(Sheet::over(SheetBody::Drafts(self.drafts.clone()))),
            Command::Quit => return vec![Effect::Quit],
            _ => {}
        }
        Vec::new()
    }

    /// Goes to a pane; when it has the cursor already, lets it fill the screen, and back.
    fn go(&mut self, pane: Pane) -> Vec<Effect> {
        if self.view == View::Desk && self.focus == pane {
            return self.zoom();
        }
        let away = self.view != View::Desk;
        self.view = View::Desk;
        self.focus = pane;
        if away { self.reload() } else { vec![self.ask(pane, super::list::Fill::Again)] }
    }

    /// Lets the pane fill the screen, and back; those that come to light again are read anew.
    fn zoom(&mut self) -> Vec<Effect> {
        self.zoomed = !self.zoomed;
        if self.zoomed { vec![self.ask(self.focus, super::list::Fill::Again)] } else { self.reload() }
    }

    fn turn(&mut self, forward: bool) -> Vec<Effect> {
        match self.view {
            View::Desk => {
                let place = Pane::ALL.iter().position(|pane| *pane == self.focus).unwrap_or(0);
                self.focus = Pane::ALL[(place + if forward { 1 } else { 3 }) % 4];
                vec![self.ask(self.focus, super::list::Fill::Again)]
            }
            View::Record => {
                if let Some(record) = &mut self.record {
                    record.turn(forward);
                }
                Vec::new()
            }
            View::Cycle => self.show_year(),
            View::Programme | View::Plan => {
                self.view = View::Cycle;
                self.reload()
            }
            View::Registers => self.turn_register(forward),
            View::Insight => self.turn_page(forward),
            View::Sitting => {
                self.turn_in_sitting(forward);
                Vec::new()
            }
            View::Register | View::Alert | View::Reports => Vec::new(),
        }
    }

    /// One step back: the nearest of closing what lies beside, clearing marks or filter, leaving the view.
    fn back(&mut self) -> Vec<Effect> {
        match self.view {
            View::Record => {
                if let Some(record) = self.record.as_mut().filter(|record| record.beside.is_some()) {
                    record.beside = None;
                    return Vec::new();
                }
                self.view = self.came_from;
                self.record = None;
                self.revealed = None;
                self.reload()
            }
            View::Alert => {
                self.view = self.alert.take().map_or(View::Desk, |view| view.came_from);
                self.reload()
            }
            View::Registers => self.back_in_registers(),
            View::Reports => self.back_in_reports(),
            View::Desk if self.insight.opened_a_list(self.focus) => self.back_to_insight(),
            View::Insight => {
                self.view = View::Desk;
                self.reload()
            }
            View::Sitting => self.back_in_sitting(),
            View::Plan => {
                self.view = View::Cycle;
                self.reload()
            }
            View::Programme => {
                self.view = View::Desk;
                self.reload()
            }
            View::Cycle | View::Register if self.filter_text().is_empty() || self.view == View::Cycle => {
                self.view = View::Desk;
                self.reload()
            }
            _ if self.view == View::Desk && !self.queue.marks.is_empty() && self.focus == Pane::Queue => {
                self.queue.marks.clear();
                Vec::new()
            }
            _ if self.view == View::Desk && !self.actions.marks.is_empty() && self.focus == Pane::Actions => {
                self.actions.marks.clear();
                Vec::new()
            }
            _ if self.view == View::Desk && self.focus == Pane::Actions && self.tracker.by.is_some() => self.lay_out(None),
            _ if !self.filter_text().is_empty() => self.set_filter(""),
            _ => {
                self.zoomed = false;
                Vec::new()
            }
        }
    }

    /// The commands that match what was typed in the palette, the best first; each with why it is not available.
    pub fn palette(&self) -> Vec<Found> {
        let Some(Overlay::Palette { typed, .. }) = self.overlays.last() else { return Vec::new() };
        let mut matcher = Matcher::new(Config::DEFAULT);
        let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
        let scopes = self.scopes_below();
        let mut letters = Vec::new();
        let mut found = Vec::new();
        for (place, row) in TABLE.iter().enumerate() {
            if matches!(row.scope, Scope::Form | Scope::Sheet) {
                continue;
            }
            let label = pattern.score(Utf32Str::new(row.label, &mut letters), &mut matcher);
            let score = label.or_else(|| pattern.score(Utf32Str::new(row.help, &mut letters), &mut matcher));
            let Some(score) = score else { continue };
            let fit = match label {
                Some(_) => Fit::of(typed, row.label),
                None => Fit::Explanation,
            };
            let unavailable = match self.availability(row.command) {
                _ if !scopes.contains(&row.scope) => Some(format!("it works {}.", row.scope.place())),
                Availability::Yes => None,
                Availability::No(why) => Some(why),
            };
            // Nearest scope first: what belongs to this view before what works everywhere.
            let near = scopes.iter().position(|scope| *scope == row.scope).unwrap_or(scopes.len());
            let often = self.chosen.get(&row.command).copied().unwrap_or_default();
            let rank = (fit, unavailable.is_some(), Reverse(often), Reverse(score), near, place);
            found.push((rank, Found { command: row.command, unavailable }));
        }
        // A command that was meant by its name comes before those whose name or explanation only holds the letters, even when
        // it is not available: Enter then says why, and never runs another.
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, found)| found).collect()
    }

    /// Scopes of the view under the overlays.
    pub fn scopes_below(&self) -> Vec<Scope> {
        match self.view {
            View::Desk if self.focus == Pane::Queue => vec![Scope::Queue, Scope::List, Scope::Global],
            View::Desk if self.focus == Pane::Actions => vec![Scope::Actions, Scope::List, Scope::Global],
            View::Desk if self.focus == Pane::Alerts => vec![Scope::Alert, Scope::List, Scope::Global],
            View::Desk => vec![Scope::List, Scope::Global],
            View::Alert => vec![Scope::Alert, Scope::List, Scope::Global],
            View::Cycle => vec![Scope::Cycle, Scope::List, Scope::Global],
            View::Register => vec![Scope::Register, Scope::List, Scope::Global],
            View::Plan => vec![Scope::Plan, Scope::List, Scope::Global],
            View::Programme => vec![Scope::Programme, Scope::List, Scope::Global],
            View::Registers => vec![Scope::Registers, Scope::List, Scope::Global],
            View::Reports => vec![Scope::Reports, Scope::List, Scope::Global],
            View::Sitting => vec![Scope::Sitting, Scope::List, Scope::Global],
            View::Insight => vec![Scope::Insight, Scope::List, Scope::Global],
            View::Record => vec![Scope::Record, Scope::Global],
        }
    }
}

/// Whether a command goes to another view, from which Esc does not lead back to where a list was opened.
pub(super) fn leads_elsewhere(command: Command) -> bool {
    use Command as C;
    matches!(
        command,
        C::ViewQueue
            | C::ViewPanel
            | C::ViewAlerts
            | C::ViewActions
            | C::ViewCycle
            | C::ViewRegister
            | C::ViewRegisters
            | C::ViewSitting
            | C::NextPane
            | C::PreviousPane
    )
}

/// How well what was typed fits a command, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// It is its name.
    Name,
    /// Its name begins so.
    NameBegins,
    /// Every word that was typed is a word of its name.
    Words,
    /// Every word that was typed begins a word of its name.
    Beginnings,
    /// Its name holds the letters.
    Letters,
    /// Its explanation holds the letters.
    Explanation,
}

impl Fit {
    /// Of a name that holds the letters.
    fn of(typed: &str, label: &str) -> Fit {
        let (typed, label) = (typed.trim().to_lowercase(), label.to_lowercase());
        let all =
            |fits: &dyn Fn(&str, &str) -> bool| typed.split_whitespace().all(|word| label.split_whitespace().any(|of| fits(of, word)));
        match &typed {
            typed if *typed == label => Fit::Name,
            typed if label.starts_with(typed.as_str()) => Fit::NameBegins,
            _ if all(&|of, word| of == word) => Fit::Words,
            _ if all(&|of, word| of.starts_with(word)) => Fit::Beginnings,
            _ => Fit::Letters,
        }
    }
}
