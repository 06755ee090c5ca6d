//! The year's programme on the screen: twelve months, the one under the cursor with everything in it, planning ahead.

use super::command::Command;
use super::effect::{Effect, For};
use super::overlay::{Sheet, SheetBody};
use super::{App, View};
use crate::domain::cycle::STILL_EARLY;
use crate::domain::id::CycleId;
use crate::domain::programme::{Programme, ProgrammeCycle, ProgrammeMonth};
use crate::domain::query::Query;
use crate::domain::register::EVENTS;
use crate::domain::year::first_of;
use chrono::{Days, Months, NaiveDate};

/// The programme view.
#[derive(Debug, Clone, Default)]
pub struct YearView {
    /// The programme, once read.
    pub programme: Option<Box<Programme>>,
    /// Place of the cursor among the months.
    pub at: usize,
    /// Years away from the present one.
    pub turned: i32,
}

impl YearView {
    pub(super) fn take(&mut self, programme: Box<Programme>, today: NaiveDate) {
        let other = self.programme.as_ref().is_none_or(|known| known.year != programme.year);
        if other {
            let now = programme.months.iter().position(|month| month.first == first_of(today));
            self.at = now.unwrap_or(0);
        }
        self.programme = Some(programme);
    }

    /// The month under the cursor.
    pub fn month(&self) -> Option<&ProgrammeMonth> {
        self.programme.as_ref()?.months.get(self.at)
    }
}

impl App {
    pub(super) fn show_year(&mut self) -> Vec<Effect> {
        self.view = View::Programme;
        self.reload()
    }

    pub(super) fn ask_year(&self) -> Effect {
        let months = Months::new(self.year.turned.unsigned_abs() * 12);
        let day = if self.year.turned < 0 { self.today() - months } else { self.today() + months };
        Effect::Ask(For::Programme, Query::Programme(day))
    }

    pub(super) fn run_programme(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::PlanCycle => self.open_beside(false),
            Command::ExtraWork => self.open_beside(true),
            Command::HoldEvent => self.open_entry(EVENTS.into(), None),
            Command::EarlierYear | Command::LaterYear => {
                self.year.turned += if command == Command::LaterYear { 1 } else { -1 };
                vec![self.ask_year()]
            }
            _ => Vec::new(),
        }
    }

    /// Shows the cycle of the month under the cursor; where several begin in it, all are offered.
    pub(super) fn open_in_programme(&mut self) -> Vec<Effect> {
        let cycles = self.year.month().map_or(&[][..], |month| &month.cycles);
        match cycles {
            [] => Vec::new(),
            [only] => self.show_cycle(only.id),
            several => {
                let offered = several.iter().map(|cycle| (cycle.id, in_words(cycle))).collect();
                self.overlays.push(Sheet::over(SheetBody::Cycles(offered)));
                Vec::new()
            }
        }
    }

    /// Goes to a cycle.
    pub(super) fn show_cycle(&mut self, cycle: CycleId) -> Vec<Effect> {
        self.cycle.shown = Some(cycle);
        self.cycle.at = 0;
        self.view = View::Cycle;
        self.reload()
    }

    pub(super) fn reason_against_opening_a_month(&self) -> Option<String> {
        let empty = self.year.month().is_none_or(|month| month.cycles.is_empty());
        empty.then(|| "No cycle begins in this month.".to_string())
    }

    pub(super) fn reason_against_extra_work(&self) -> Option<String> {
        match &self.framework {
            None => Some("Choose a framework first: `closeloop init --framework ID`.".into()),
            Some(framework) if !framework.cycle.extra_work => {
                Some(format!("The framework {} has no work outside its plan.", framework.short_name))
            }
            Some(_) => None,
        }
    }

    pub(super) fn reason_against_events(&self) -> Option<String> {
        let named = self.framework.as_ref().is_some_and(|framework| !framework.cycle.events.is_empty());
        (!named).then(|| "This framework names no events of the year.".to_string())
    }

    /// The first day of the month under the cursor; without a programme, of this month. Today where that month is well under
    /// way: what began with it would be late from the start.
    pub(super) fn month_to_plan(&self) -> NaiveDate {
        let this = first_of(self.today());
        let first = self.year.month().map_or(this, |month| month.first);
        if first == this && self.today() >= first + Days::new(STILL_EARLY) { self.today() } else { first }
    }
}

/// A cycle in a line: what, of what kind, how it stands.
fn in_words(cycle: &ProgrammeCycle) -> String {
    let focus = if cycle.focus.is_empty() { String::new() } else { format!(": {}", cycle.focus) };
    let outside = if cycle.extra.is_some() { ", outside the plan" } else { "" };
    format!("{}  {}{focus} ({}{outside})", cycle.reference, cycle.kind, cycle.state.label())
}
