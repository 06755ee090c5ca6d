//! The improvement plan of a cycle on the screen: its rows under a cursor, and the forms that write in it.

use super::command::Command;
use super::effect::{Effect, For, PeopleFor};
use super::form::{self, Form, FormFor, People, PlanForm};
use super::{App, View};
use crate::domain::deed::Made;
use crate::domain::id::CycleId;
use crate::domain::query::{PlanDetail, PlanItem, PlanRow, Query};

/// The plan view.
#[derive(Debug, Clone, Default)]
pub struct PlanView {
    /// The cycle whose plan is shown.
    pub shown: Option<CycleId>,
    /// The plan, once read.
    pub detail: Option<Box<PlanDetail>>,
    /// Place of the cursor among its rows.
    pub at: usize,
    /// What was just added: the cursor goes there as soon as the plan is read.
    pub(super) wanted: Option<Made>,
}

impl PlanView {
    pub(super) fn take(&mut self, detail: Box<PlanDetail>) {
        // The cursor stays on its row, wherever that has gone.
        let on = self.row().map(|row| row.reference.clone());
        let wanted = self.wanted.take();
        let is_new = |row: &PlanRow| match (row.item, &wanted) {
            (PlanItem::Action(here), Some(Made::Action(new))) => here == *new,
            (PlanItem::Note(here, _), Some(Made::PlanNote(new))) => here == *new,
            _ => false,
        };
        let new = detail.rows.iter().position(is_new);
        let place = new.or_else(|| on.and_then(|on| detail.rows.iter().position(|row| row.reference == on)));
        self.at = place.unwrap_or(self.at).min(detail.rows.len().saturating_sub(1));
        self.detail = Some(detail);
    }

    /// The row under the cursor.
    pub fn row(&self) -> Option<&PlanRow> {
        self.detail.as_ref()?.rows.get(self.at)
    }

    /// Moves the cursor.
    pub(super) fn step(&mut self, by: isize) {
        let rows = self.detail.as_ref().map_or(0, |detail| detail.rows.len());
        self.at = self.at.saturating_add_signed(by).min(rows.saturating_sub(1));
    }
}

impl App {
    /// Goes to the plan of the cycle that is shown.
    pub(super) fn show_plan(&mut self) -> Vec<Effect> {
        let Some(cycle) = self.cycle.shown else { return Vec::new() };
        if self.plan.shown != Some(cycle) {
            self.plan = PlanView { shown: Some(cycle), ..PlanView::default() };
        }
        self.view = View::Plan;
        self.reload()
    }

    pub(super) fn ask_plan(&self) -> Option<Effect> {
        self.plan.shown.map(|cycle| Effect::Ask(For::Plan, Query::Plan(cycle)))
    }

    pub(super) fn run_plan(&mut self, command: Command) -> Vec<Effect> {
        let Some(cycle) = self.plan.shown else { return Vec::new() };
        let kind = match command {
            Command::PlanAction => PlanForm::Action(cycle),
            Command::PlanPresented => PlanForm::Presented(cycle),
            Command::PlanTraining => PlanForm::Training(cycle),
            Command::PlanNarrative => PlanForm::Narrative(cycle),
            Command::PlanConcern => PlanForm::Concern(cycle),
            Command::PlanProgress => match self.plan.row().map(|row| row.item) {
                Some(PlanItem::Action(action)) => PlanForm::Progress(cycle, action),
                _ => return Vec::new(),
            },
            Command::PlanSettle => match self.settles() {
                Some(kind) => kind,
                None => return Vec::new(),
            },
            _ => return Vec::new(),
        };
        self.open_form_for(FormFor::Plan(kind))
    }

    /// The form that settles the note under the cursor, where one can: training is sent on, a concern is resolved.
    fn settles(&self) -> Option<PlanForm> {
        let row = self.plan.row().filter(|row| row.open)?;
        match (row.item, row.kind) {
            (PlanItem::Note(note, seen), "training") => Some(PlanForm::Send(note, seen)),
            (PlanItem::Note(note, seen), "concern") => Some(PlanForm::Resolve(note, seen)),
            _ => None,
        }
    }

    /// Enter: an action opens with its life, a note is settled where it can be.
    pub(super) fn open_in_plan(&mut self) -> Vec<Effect> {
        match self.plan.row().map(|row| row.item) {
            Some(PlanItem::Action(action)) => vec![Effect::Ask(For::Action, Query::Action(action))],
            Some(PlanItem::Note(..)) => self.run_plan(Command::PlanSettle),
            None => Vec::new(),
        }
    }

    /// Opens a form of the plan. A draft of another cycle's opens over its own plan, once that is on the screen.
    pub(super) fn plan_form(&mut self, kind: PlanForm) -> Vec<Effect> {
        let here = kind.cycle().is_none_or(|cycle| self.plan.shown == Some(cycle));
        let Some(plan) = self.plan.detail.as_ref().filter(|_| here) else {
            self.trouble("This form cannot be opened from here: go to the plan of its cycle first.");
            return Vec::new();
        };
        let today = self.today();
        let row = |item: PlanItem| plan.rows.iter().find(|row| row.item == item);
        let form = match kind {
            PlanForm::Action(cycle) => return vec![self.ask_people_of(PeopleFor::Plan(cycle))],
            PlanForm::Presented(_) => Some(form::plan_presented(plan, today)),
            PlanForm::Progress(_, action) => row(PlanItem::Action(action)).map(|row| form::plan_progress(plan, action, row, today)),
            PlanForm::Training(_) => Some(form::plan_training(plan, today)),
            PlanForm::Narrative(_) => Some(form::plan_narrative(plan, today)),
            PlanForm::Concern(_) => Some(form::plan_concern(plan, today)),
            PlanForm::Send(note, seen) => row(PlanItem::Note(note, seen)).map(|row| form::plan_send(note, seen, row, today)),
            PlanForm::Resolve(note, seen) => row(PlanItem::Note(note, seen)).map(|row| form::plan_resolve(note, seen, row, today)),
        };
        form.map(|form| self.open_form(form)).unwrap_or_default()
    }

    /// The form of a wider action, once there are people to choose from.
    pub(super) fn wider_action_form(&self, cycle: CycleId, people: People) -> Option<Form> {
        let plan = self.plan.detail.as_ref().filter(|plan| plan.cycle == cycle)?;
        // From a note of the plan the action answers what the note says.
        let note = self.plan.row().filter(|row| matches!(row.item, PlanItem::Note(..)) && matches!(row.kind, "training" | "concern"));
        Some(form::plan_action(
            plan,
            note.map_or("", |row| row.text.as_str()),
            people,
            self.framework.as_ref().map(|framework| &framework.actions),
        ))
    }

    pub(super) fn reason_against_in_plan(&self, command: Command) -> Option<String> {
        let Some(plan) = &self.plan.detail else { return Some("The plan has not been read yet.".into()) };
        let why = match (command, self.plan.row()) {
            (Command::PlanPresented, _) if plan.boards.is_empty() => "This framework names no board that a plan goes to.",
            (Command::PlanProgress, Some(row)) if row.kind == "action" => return None,
            (Command::PlanProgress, _) => "Put the cursor on an action of the plan first.",
            (Command::PlanSettle, _) if self.settles().is_some() => return None,
            (Command::PlanSettle, Some(row)) if row.kind == "action" => "Enter opens an action; there it is done and signed off.",
            (Command::PlanSettle, Some(row)) if matches!(row.kind, "training" | "concern") => "Nothing is left to do about it.",
            (Command::PlanSettle, _) => "Put the cursor on a request for training or a general concern first.",
            _ => return None,
        };
        Some(why.to_string())
    }

    pub(super) fn reason_against_opening_in_plan(&self) -> Option<String> {
        match self.plan.row() {
            None => Some("Nothing stands in this plan yet.".into()),
            Some(row) if row.kind == "action" => None,
            Some(_) if self.settles().is_some() => None,
            Some(_) => Some("All of it is on the screen.".into()),
        }
    }
}
