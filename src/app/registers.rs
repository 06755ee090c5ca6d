//! The registers of other activity on the screen: the list of them, and one opened with its entries, who is behind, and
//! its months side by side. Noting an entry is quick: one form, and after each save the next.

use super::command::Command;
use super::effect::{After, Effect, For, PeopleFor};
use super::form::{self, Form, FormFor, People};
use super::key::{Code, Key};
use super::list::{Fill, List, PAGE};
use super::overlay::{Overlay, Sheet, SheetBody};
use super::{App, View};
use crate::domain::deed::Deed;
use crate::domain::id::EntryId;
use crate::domain::query::{EntryRow, Query, RegisterDetail, RegisterRow};
use crate::domain::register::{self, StandingRow};
use chrono::NaiveDate;

/// What is shown of an open register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RegisterTab {
    /// Its entries.
    #[default]
    Entries,
    /// Who is behind (F16).
    Behind,
    /// Month by month (C07).
    Months,
}

/// The orders of who is behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StandingSort {
    /// Furthest behind first.
    #[default]
    Behind,
    /// By name.
    Name,
    /// By role.
    Role,
    /// By team.
    Team,
    /// Fewest entries first.
    Entries,
}

impl StandingSort {
    const ALL: [StandingSort; 5] =
        [StandingSort::Behind, StandingSort::Name, StandingSort::Role, StandingSort::Team, StandingSort::Entries];

    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            StandingSort::Behind => "furthest behind",
            StandingSort::Name => "name",
            StandingSort::Role => "role",
            StandingSort::Team => "team",
            StandingSort::Entries => "fewest entries",
        }
    }
}

/// The registers view.
#[derive(Debug, Clone, Default)]
pub struct Registers {
    /// Every register.
    pub rows: Vec<RegisterRow>,
    /// Place of the cursor in the list of them.
    pub at: usize,
    /// Key of the one that is open.
    pub open: Option<String>,
    /// It was opened from a number of the insight view, where leaving it leads back to.
    pub(super) from_insight: bool,
    /// The open one, whole.
    pub detail: Option<Box<RegisterDetail>>,
    /// What of it is shown.
    pub tab: RegisterTab,
    /// Its entries.
    pub entries: List<EntryRow, ()>,
    /// Place of the cursor among people, or months' rows.
    pub place: usize,
    /// The order of people.
    pub sort: StandingSort,
    /// Who stands how, in that order.
    pub standings: Vec<StandingRow>,
    /// The entry that a form is about to open for: register, the row that is put right, the day.
    noting: Option<(String, Option<EntryRow>, NaiveDate)>,
    /// The register and day of the entry that is being saved: the next one begins with them.
    saved: Option<(String, NaiveDate)>,
}

impl Registers {
    pub(super) fn take_rows(&mut self, rows: Vec<RegisterRow>) {
        self.rows = rows;
        self.at = self.at.min(self.rows.len().saturating_sub(1));
    }

    pub(super) fn take_detail(&mut self, detail: Box<RegisterDetail>) {
        self.standings.clone_from(&detail.standings);
        self.detail = Some(detail);
        self.sorted();
        self.place = self.place.min(self.lines().saturating_sub(1));
        if !self.tabs().contains(&self.tab) {
            self.tab = RegisterTab::Entries;
        }
    }

    /// The entries of a register are on the screen.
    pub fn shows_entries(&self) -> bool {
        self.open.is_some() && self.tab == RegisterTab::Entries
    }

    /// What there is to see of the open register.
    pub fn tabs(&self) -> Vec<RegisterTab> {
        let behind = self.detail.as_ref().is_some_and(|detail| !detail.register.expects.is_empty());
        let mut tabs = vec![RegisterTab::Entries];
        tabs.extend(behind.then_some(RegisterTab::Behind));
        tabs.push(RegisterTab::Months);
        tabs
    }

    /// Rows of the people or the months.
    fn lines(&self) -> usize {
        match self.tab {
            RegisterTab::Entries => 0,
            RegisterTab::Behind => self.standings.len(),
            RegisterTab::Months => self.detail.as_ref().map_or(0, |detail| detail.collation.rows.len()),
        }
    }

    fn sorted(&mut self) {
        if let Some(detail) = &self.detail {
            self.standings.clone_from(&detail.standings);
        }
        match self.sort {
            StandingSort::Behind => {}
            StandingSort::Name => self.standings.sort_by(|a, b| a.name.cmp(&b.name)),
            StandingSort::Role => self.standings.sort_by(|a, b| a.role.cmp(&b.role)),
            StandingSort::Team => self.standings.sort_by(|a, b| a.place.cmp(&b.place)),
            StandingSort::Entries => self.standings.sort_by_key(|row| row.entries),
        }
    }

    pub(super) fn reason_against_opening(&self) -> Option<String> {
        let why = match (&self.open, self.tab) {
            (None, _) if self.rows.is_empty() => "This framework keeps no registers.",
            (Some(_), RegisterTab::Entries) if self.entries.current().is_none() => "There is no entry to open.",
            (Some(_), RegisterTab::Behind | RegisterTab::Months) => "There is nothing behind this row; go to the entries.",
            _ => return None,
        };
        Some(why.to_string())
    }
}

/// Letters by which a register is chosen; those that move or close a sheet are left out.
const LETTERS: &str = "abcdefghimnoprstuvwxyz";

/// The letter before the register at a place; a space beyond the last letter.
pub fn letter_at(place: usize) -> char {
    LETTERS.chars().nth(place).unwrap_or(' ')
}

/// The place that a letter stands for.
pub(super) fn letter_place(key: Key) -> Option<usize> {
    match key.code {
        Code::Char(letter) if !key.ctrl && !key.alt => LETTERS.chars().position(|known| known == letter),
        _ => None,
    }
}

impl App {
    pub(super) fn show_registers(&mut self) -> Vec<Effect> {
        if self.view == View::Registers {
            return self.close_register();
        }
        self.view = View::Registers;
        self.reload()
    }

    fn close_register(&mut self) -> Vec<Effect> {
        self.registers.from_insight = false;
        self.registers.open = None;
        self.registers.detail = None;
        self.registers.tab = RegisterTab::Entries;
        self.reload()
    }

    /// Everything the view shows.
    pub(super) fn ask_registers(&self, fill: Fill) -> Vec<Effect> {
        let mut effects = vec![Effect::Ask(For::Registers, Query::Registers)];
        if let Some(key) = &self.registers.open {
            effects.push(Effect::Ask(For::Register, Query::Register(key.clone())));
            effects.extend(self.ask_entries(fill));
        }
        effects
    }

    pub(super) fn ask_entries(&self, fill: Fill) -> Option<Effect> {
        let key = self.registers.open.clone()?;
        Some(Effect::Ask(For::Entries(fill), Query::Entries(key, super::loads::window(&self.registers.entries, fill, PAGE, PAGE))))
    }

    pub(super) fn back_in_registers(&mut self) -> Vec<Effect> {
        if !self.registers.entries.filter_text.is_empty() {
            return self.set_filter("");
        }
        if self.registers.open.is_some() {
            if self.registers.from_insight {
                self.view = View::Insight;
            }
            return self.close_register();
        }
        self.view = View::Desk;
        self.reload()
    }

    pub(super) fn turn_register(&mut self, forward: bool) -> Vec<Effect> {
        let registers = &mut self.registers;
        if registers.open.is_some() {
            let tabs = registers.tabs();
            let place = tabs.iter().position(|tab| *tab == registers.tab).unwrap_or(0);
            registers.tab = tabs[(place + if forward { 1 } else { tabs.len() - 1 }) % tabs.len()];
            registers.place = 0;
        }
        Vec::new()
    }

    pub(super) fn move_in_registers(&mut self, by: isize) -> Vec<Effect> {
        let registers = &mut self.registers;
        if registers.open.is_none() {
            registers.at = registers.at.saturating_add_signed(by).min(registers.rows.len().saturating_sub(1));
        } else if registers.shows_entries() {
            let more = registers.entries.step(by);
            return more.and_then(|fill| self.ask_entries(fill)).into_iter().collect();
        } else {
            registers.place = registers.place.saturating_add_signed(by).min(registers.lines().saturating_sub(1));
        }
        Vec::new()
    }

    pub(super) fn jump_in_registers(&mut self, fill: Fill) -> Vec<Effect> {
        if self.registers.shows_entries() {
            return self.ask_entries(fill).into_iter().collect();
        }
        self.move_in_registers(if fill == Fill::Last { isize::MAX / 2 } else { isize::MIN / 2 })
    }

    pub(super) fn open_in_registers(&mut self) -> Vec<Effect> {
        if self.registers.open.is_none() {
            let Some(key) = self.registers.rows.get(self.registers.at).map(|row| row.key.clone()) else { return Vec::new() };
            self.registers.open = Some(key);
            self.registers.detail = None;
            self.registers.place = 0;
            self.registers.entries = List::default();
            return self.ask_registers(Fill::Fresh);
        }
        match (self.registers.entries.current(), self.registers.open.clone()) {
            (Some(row), Some(register)) => {
                let id = row.id;
                self.open_entry(register, Some(id))
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn run_registers(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::SortStandings => {
                let place = StandingSort::ALL.iter().position(|sort| *sort == self.registers.sort).unwrap_or(0);
                self.registers.sort = StandingSort::ALL[(place + 1) % StandingSort::ALL.len()];
                self.registers.sorted();
                self.registers.place = 0;
                self.say(format!("Sorted by {}", self.registers.sort.label()));
                Vec::new()
            }
            Command::EntryAction => match self.registers.entries.current().map(|row| row.id) {
                Some(entry) => vec![self.ask_people_of(PeopleFor::EntryAction(entry))],
                None => Vec::new(),
            },
            Command::TakeBackEntry => match self.registers.entries.current() {
                Some(row) => {
                    let deed = Deed::TakeBackEntry { entry: row.id, seen: row.revision };
                    self.ask_for(deed, After::Nothing)
                }
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// Registers an entry can be noted in: key and label.
    pub fn noteable(&self) -> Vec<(String, String)> {
        let all = self.framework.iter().flat_map(|framework| register::all(framework));
        all.map(|register| (register.key.clone(), register.label.clone())).collect()
    }

    /// Opens the form for a new entry: of the register in view, else of the one chosen by its letter.
    pub(super) fn note_entry(&mut self) -> Vec<Effect> {
        let at_hand = match (self.view, &self.registers.open) {
            (View::Registers, Some(open)) => Some(open.clone()),
            (View::Registers, None) => self.registers.rows.get(self.registers.at).map(|row| row.key.clone()),
            _ => None,
        };
        match at_hand {
            Some(key) => self.open_entry(key, None),
            None => {
                self.overlays.push(Sheet::over(SheetBody::Registers(self.noteable())));
                Vec::new()
            }
        }
    }

    /// Takes the register at a place of the sheet that offers them.
    pub(super) fn choose_register(&mut self, place: usize) -> Vec<Effect> {
        let key = match self.overlays.last() {
            Some(Overlay::Sheet(sheet)) => match &sheet.body {
                SheetBody::Registers(registers) => registers.get(place).map(|(key, _)| key.clone()),
                _ => None,
            },
            _ => None,
        };
        let Some(key) = key else { return Vec::new() };
        self.overlays.pop();
        self.open_entry(key, None)
    }

    /// Asks for the people that an entry can be about; its form opens when they are there.
    pub(super) fn open_entry(&mut self, register: String, entry: Option<EntryId>) -> Vec<Effect> {
        let row = entry.and_then(|id| self.registers.entries.rows.iter().find(|row| row.id == id).cloned());
        if entry.is_some() && row.is_none() {
            self.trouble("This entry is not on the screen any more: open its register first.");
            return Vec::new();
        }
        let day = row.as_ref().map_or(self.today(), |row| row.on);
        self.registers.noting = Some((register, row, day));
        vec![self.ask_people_of(PeopleFor::Entry)]
    }

    /// The form of the entry that is about to be noted or put right.
    pub(super) fn entry_form(&mut self, people: People) -> Option<Form> {
        let (key, row, day) = self.registers.noting.take()?;
        let framework = self.framework.clone()?;
        let kept = register::find(&framework, &key)?;
        let detail = self.registers.detail.as_ref().filter(|detail| detail.register.key == key);
        let open = detail.map(|detail| detail.not_looked_at.as_slice()).unwrap_or_default();
        Some(form::entry(&framework, &kept, row.as_ref(), day, people, open))
    }

    /// The form of an action out of an entry, once there are people to choose from.
    pub(super) fn entry_action_form(&self, entry: EntryId, people: People) -> Option<Form> {
        let row = self.registers.entries.rows.iter().find(|row| row.id == entry)?;
        Some(form::entry_action(self.framework.as_ref()?, row, people))
    }

    /// Remembers what is about to be saved, for the entry after it.
    pub(super) fn remember_entry(&mut self, deed: &Deed) {
        if let Deed::RecordEntry(wanted) = deed {
            self.registers.saved = Some((wanted.register.clone(), wanted.on));
        }
    }

    /// After a save: the form for the next entry of the same register, on the same day.
    pub(super) fn next_entry(&mut self) -> Vec<Effect> {
        let Some((register, day)) = self.registers.saved.take() else { return Vec::new() };
        self.registers.noting = Some((register, None, day));
        vec![self.ask_people_of(PeopleFor::Entry)]
    }

    /// The cycle or extra work that is about to be planned.
    pub(super) fn beside_form(&self, extra: bool) -> Option<Form> {
        let framework = self.framework.as_ref()?;
        Some(if extra { form::extra_work(framework, self.today()) } else { form::plan_cycle(framework, self.month_to_plan()) })
    }

    /// Opens a form of the programme.
    pub(super) fn open_beside(&mut self, extra: bool) -> Vec<Effect> {
        self.open_form_for(FormFor::Beside(extra))
    }
}
