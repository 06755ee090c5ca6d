//! Commands of the panel room, and why one is not available now.

use super::App;
use super::command::Command;
use super::effect::{After, Effect, For, PeopleFor};
use super::form::{self, FormFor, PanelForm};
use super::overlay::{Confirm, Overlay, Sheet, SheetBody};
use super::sitting::SittingTab;
use crate::domain::calendar::day_after;
use crate::domain::deed::{Deed, PanelDeed};
use crate::domain::id::ReviewId;
use crate::domain::panel::{Scoring, SittingStand, unfinished};
use crate::domain::query::{AgendaStand, Query};
use crate::domain::review::PanelStand;

impl App {
    pub(super) fn run_sitting(&mut self, command: Command) -> Vec<Effect> {
        if command == Command::PlanSitting {
            return vec![self.ask_people_of(PeopleFor::Sitting(None))];
        }
        let Some(detail) = &self.sitting.detail else { return Vec::new() };
        let panel = detail.sitting.panel.id;
        let on_table = self.on_the_table().map(|item| item.row.review);
        match command {
            Command::ChangeSitting => vec![self.ask_people_of(PeopleFor::Sitting(Some(panel)))],
            Command::BeginSitting | Command::Attendance => self.open_attendance(command == Command::BeginSitting),
            Command::CallOffSitting => self.open_form_for(FormFor::Panel(PanelForm::CallOff(panel))),
            Command::TakeChair => self.open_form_for(FormFor::Panel(PanelForm::TakeChair(panel))),
            Command::ItemUp => self.move_item(-1),
            Command::ItemDown => self.move_item(1),
            Command::AsProposed => self.ask_for(Deed::Panel(PanelDeed::OrderAgenda { panel, run: Vec::new() }), After::Nothing),
            Command::MoveItem => match self.sitting.row().map(|row| row.review) {
                Some(review) => self.open_form_for(FormFor::Panel(PanelForm::MoveItem(panel, review))),
                None => Vec::new(),
            },
            Command::PutOnTable => self.put_on_table(),
            Command::Follow => self.follow(),
            Command::EarlierItem if self.sitting.earlier.is_some() => {
                (self.sitting.earlier, self.sitting.top) = (None, 0);
                Vec::new()
            }
            Command::EarlierItem => match self.sitting.item() {
                Some(item) => vec![Effect::Ask(For::PanelEarlier, Query::Earlier(item.row.review))],
                None => Vec::new(),
            },
            Command::CloseSitting => {
                let waits = detail.agenda.iter().filter(|row| App::waits(row)).count();
                let mut says = vec!["Outcomes are given while the panel sits; afterwards there are only dated minutes.".to_string()];
                if waits > 0 {
                    says.push(format!("{waits} of its items have no outcome and wait for another sitting."));
                }
                let deed = Deed::Panel(PanelDeed::Close { panel });
                let confirm = Confirm::new("Close the sitting", says, "close", deed);
                self.ask_first(confirm)
            }
            Command::ActionOfItem => vec![self.ask_people_of(PeopleFor::ActionEach)],
            Command::AddMinute => {
                let about = self.sitting.row().filter(|row| row.stand.is_over()).map(|row| row.review);
                self.open_form_for(FormFor::Panel(PanelForm::Minute(panel, about)))
            }
            _ => {
                let Some(review) = on_table else { return Vec::new() };
                let form = match command {
                    Command::ScoreItem => PanelForm::Score(panel, review),
                    Command::OpenScores => PanelForm::OpenScores(panel, review),
                    Command::DecideItem => PanelForm::Decide(panel, review),
                    Command::SendBack => PanelForm::SendBack(panel, review),
                    Command::DeferItem => PanelForm::Defer(panel, review),
                    _ => return Vec::new(),
                };
                self.open_form_for(FormFor::Panel(form))
            }
        }
    }

    /// A form of the panel, as far as what it is about has been read.
    pub(super) fn panel_form(&self, kind: PanelForm) -> Option<form::Form> {
        if let PanelForm::Bring(review) = kind {
            let facts = &self.record.as_ref().filter(|record| record.detail.facts.review.id == review)?.detail.facts;
            return Some(form::bring(review, &facts.review.reference, facts.revision));
        }
        let detail = self.sitting.detail.as_ref().filter(|detail| kind.panel() == Some(detail.sitting.panel.id))?;
        let item = self.on_the_table().filter(|item| kind.review() == Some(item.row.review));
        match kind {
            PanelForm::CallOff(_) => Some(form::call_off(detail)),
            PanelForm::TakeChair(_) => Some(form::take_chair(detail)),
            PanelForm::Minute(panel, about) => {
                let row = detail.agenda.iter().find(|row| Some(row.review) == about);
                Some(form::minute(panel, row.map(|row| (row.review, row.reference.as_str()))))
            }
            PanelForm::MoveItem(_, review) => {
                let row = detail.agenda.iter().find(|row| row.review == review)?;
                Some(form::move_item(&detail.sitting.panel, row, &self.sitting.others_to_come()))
            }
            PanelForm::Score(panel, _) => item.map(|item| form::score(panel, item, detail.me)),
            PanelForm::OpenScores(panel, _) => item.map(|item| form::open_scores(panel, item)),
            PanelForm::Decide(panel, _) => item.map(|item| form::decide(panel, item)),
            PanelForm::SendBack(panel, _) => item.map(|item| form::send_back(panel, item)),
            PanelForm::Defer(panel, _) => item.map(|item| form::defer(panel, item)),
            PanelForm::Plan | PanelForm::Change(_) | PanelForm::Bring(_) => None,
        }
    }

    /// The form that plans a sitting, or changes the one that is shown.
    pub(super) fn sitting_form(&self, changes: bool) -> Option<form::Form> {
        let framework = self.framework.as_ref()?;
        let known = self.sitting.detail.as_ref().map(|detail| &detail.sitting).filter(|_| changes);
        let known = known.map(|sitting| (&sitting.panel, sitting.revision));
        // A new sitting is planned beside all that are to come, the one on the screen among them.
        let to_come = if changes { Vec::new() } else { self.sitting.to_come(None) };
        // Today is half gone: a new sitting is proposed for the next working day.
        let day = self.overview.next_working_day.unwrap_or_else(|| day_after(self.today()));
        Some(form::sitting(framework, &self.sitting.people, known, &to_come, day))
    }

    fn open_attendance(&mut self, begin: bool) -> Vec<Effect> {
        let Some(detail) = &self.sitting.detail else { return Vec::new() };
        let sitting = &detail.sitting;
        // At the beginning everybody is expected; whoever is missing is unticked.
        let rows = detail.seats.iter().map(|seat| (seat.person, format!("{}, {}", seat.name, seat.kind.label()), begin || seat.present));
        let body = SheetBody::Attendance { panel: sitting.panel.id, seen: sitting.revision, begin, rows: rows.collect() };
        self.overlays.push(Sheet::over(body));
        vec![Effect::FlushInput]
    }

    /// Ticks a row of the attendance, or takes its tick away.
    pub(super) fn tick_attendance(&mut self, at: usize) -> Vec<Effect> {
        if let Some(Overlay::Sheet(sheet)) = self.overlays.last_mut()
            && let SheetBody::Attendance { rows, .. } = &mut sheet.body
            && let Some((_, _, there)) = rows.get_mut(at)
        {
            *there = !*there;
        }
        Vec::new()
    }

    /// The item under the cursor goes on the table; whoever has to leave for it is named at the door first.
    fn put_on_table(&mut self) -> Vec<Effect> {
        // Whoever opens it reads it, and cannot open what they must not see.
        if let Some(asks) = self.ask_before_item(Command::PutOnTable) {
            return asks;
        }
        let (Some(detail), Some(row)) = (&self.sitting.detail, self.sitting.row()) else { return Vec::new() };
        let (panel, review, reference) = (detail.sitting.panel.id, row.review, row.reference.clone());
        let present = |person: &crate::domain::id::PersonId| detail.sitting.present.contains(person);
        let names: Vec<(_, String)> = detail
            .seats
            .iter()
            .filter(|seat| present(&seat.person) && row.leave.iter().any(|(person, _)| *person == seat.person))
            .map(|seat| (seat.person, seat.name.clone()))
            .collect();
        let aside = detail.now().filter(|now| now.review != review).map(|now| {
            let item = detail.item.as_ref().and_then(|item| item.item.as_ref());
            let unfinished = unfinished(detail.scoring, item, &detail.sitting);
            (now.review, format!("{} is still on the table: {unfinished}. It is put aside as it is.", now.reference))
        });
        // From now on the chair's own screen shows what it opens.
        self.sitting.follows = true;
        if names.is_empty() && aside.is_none() {
            return self.ask_for(Deed::Panel(PanelDeed::OpenItem { panel, review, left: Vec::new(), aside: None }), After::Nothing);
        }
        self.overlays.push(Sheet::over(SheetBody::Door { panel, review, reference, names, aside }));
        vec![Effect::FlushInput]
    }

    /// Moves the item under the cursor by hand, among those that still wait.
    fn move_item(&mut self, by: isize) -> Vec<Effect> {
        let (Some(detail), Some(row)) = (&self.sitting.detail, self.sitting.row()) else { return Vec::new() };
        let mut run: Vec<ReviewId> = detail.agenda.iter().filter(|row| App::waits(row)).map(|row| row.review).collect();
        let Some(from) = run.iter().position(|review| *review == row.review) else { return Vec::new() };
        let to = from.saturating_add_signed(by).min(run.len() - 1);
        if to == from {
            self.say(if by < 0 { "It is the first of those that wait." } else { "It is the last of those that wait." });
            return Vec::new();
        }
        run.swap(from, to);
        // The cursor goes with the item, not with the place.
        self.sitting.follows = false;
        self.ask_for(Deed::Panel(PanelDeed::OrderAgenda { panel: detail.sitting.panel.id, run }), After::Nothing)
    }

    pub(super) fn reason_against_at_panel(&self, command: Command) -> Option<String> {
        let no = |why: &str| Some(why.to_string());
        if command == Command::PlanSitting {
            return match &self.framework {
                None => no("Choose a framework first: `closeloop init --framework ID`."),
                Some(framework) if framework.moderation.takes.is_empty() => no("Under this framework no panel sits."),
                Some(_) => None,
            };
        }
        let Some(detail) = self.sitting.detail.as_ref().filter(|_| self.sitting.shown.is_some()) else {
            return no("Open a sitting first.");
        };
        use Command as C;
        let (stand, item) = (detail.sitting.stand, self.on_the_table());
        let leads = matches!(
            command,
            C::ChangeSitting
                | C::CallOffSitting
                | C::BeginSitting
                | C::Attendance
                | C::ItemUp
                | C::ItemDown
                | C::AsProposed
                | C::MoveItem
                | C::PutOnTable
                | C::OpenScores
                | C::DecideItem
                | C::SendBack
                | C::DeferItem
                | C::CloseSitting
                | C::AddMinute
        );
        if leads && !detail.leads {
            return no("Only the chair or the Insights team leads a sitting.");
        }
        let sits = matches!(
            command,
            C::Attendance | C::PutOnTable | C::ScoreItem | C::OpenScores | C::DecideItem | C::SendBack | C::DeferItem | C::CloseSitting
        );
        match command {
            C::CallOffSitting if stand == SittingStand::InProgress => {
                Some(format!("The panel sits: what has begun is not called off; {} closes it.", self.keymap.hint(C::CloseSitting)))
            }
            C::ChangeSitting | C::BeginSitting if stand == SittingStand::InProgress => no("The panel sits already."),
            C::ChangeSitting | C::BeginSitting | C::CallOffSitting | C::TakeChair | C::ItemUp | C::ItemDown | C::AsProposed
                if stand.is_over() =>
            {
                no(if stand == SittingStand::CalledOff { "That sitting was called off." } else { "That sitting is over." })
            }
            C::AddMinute if stand == SittingStand::CalledOff => no("That sitting was called off: it has no minutes."),
            _ if sits && stand != SittingStand::InProgress => no("The panel does not sit now."),
            C::AddMinute if stand == SittingStand::Planned => no("Minutes are added once the sitting has begun."),
            C::TakeChair if detail.me.is_some() && detail.me == detail.sitting.panel.chair => no("You are in the chair."),
            C::TakeChair if !detail.my_seat().is_some_and(|seat| detail.sitting.panel.members.contains(&seat.person)) => {
                no("Only a member of the panel can chair it.")
            }
            C::AsProposed if detail.sitting.run.is_empty() => no("The items stand as proposed."),
            C::MoveItem if !self.sitting.row().is_some_and(|row| row.stand == AgendaStand::Waits) => {
                no("Put the cursor on an item that waits and was not opened yet.")
            }
            C::MoveItem if self.sitting.others_to_come().is_empty() => {
                Some(format!("No other sitting is to come: {} plans one.", self.keymap.hint(C::PlanSitting)))
            }
            C::ItemUp | C::ItemDown | C::PutOnTable if !self.sitting.row().is_some_and(App::waits) => {
                no("First put the cursor on an item that still waits.")
            }
            C::ScoreItem if detail.withheld.is_some() => detail.withheld.and_then(|why| no(why.sentence())),
            C::ScoreItem | C::OpenScores | C::DecideItem | C::SendBack | C::DeferItem if detail.asks.is_some() => {
                Some(format!("Say first whether you have an interest in the case: {} asks.", self.keymap.hint(C::Open)))
            }
            C::ScoreItem | C::OpenScores | C::DecideItem | C::SendBack | C::DeferItem if item.is_none() => no("Nothing is on the table."),
            C::ScoreItem | C::OpenScores if detail.scoring == Scoring::Sighted => {
                no("This sitting judges together, with the grade in sight: nobody scores apart.")
            }
            C::ScoreItem if !detail.me.is_some_and(|me| detail.sitting.scorers().any(|person| person == me)) => {
                no("Only members of the panel who are noted as present score.")
            }
            C::OpenScores if item.is_some_and(|item| item.item.as_ref().is_some_and(|known| known.revealed)) => no("The scores are open."),
            C::OpenScores if item.is_some_and(|item| item.item.as_ref().is_none_or(|known| known.scores.is_empty())) => {
                no("Nobody has scored it yet: there is nothing to open.")
            }
            C::OpenScores if item.is_some_and(|item| !item.missing.is_empty()) && !detail.i_chair() => {
                let chair = detail.chair().map(|seat| format!(" ({})", seat.short)).unwrap_or_default();
                Some(format!("Before all are in only whoever chairs{chair} opens the scores."))
            }
            C::DecideItem
                if detail.scoring == Scoring::Sealed
                    && !item.is_some_and(|item| item.item.as_ref().is_some_and(|known| known.revealed)) =>
            {
                no("The scores are still sealed.")
            }
            C::ActionOfItem if self.sitting.is_out() => no("You are recused from this item."),
            C::ActionOfItem if !self.sitting.row().is_some_and(|row| row.stand.is_over()) => {
                no("Put the cursor on an item that has its outcome: its actions are raised after that, apart from the decision.")
            }
            C::Follow if self.sitting.follows => no("Your screen follows the chair already."),
            C::Follow if stand != SittingStand::InProgress => no("The panel does not sit now."),
            C::EarlierItem => match self.sitting.item() {
                None => no("No item is shown."),
                Some(item) if item.review.earlier.is_none() => Some(format!("This is the first review of this {}.", item.review.noun())),
                Some(_) => None,
            },
            _ => None,
        }
    }

    /// Why `Open` does nothing in the panel room.
    pub(super) fn reason_against_opening_at_panel(&self) -> Option<String> {
        match (self.sitting.shown, self.sitting.rows.is_empty()) {
            (None, true) => Some(format!("No sitting is planned: {} plans one.", self.keymap.hint(Command::PlanSitting))),
            (Some(_), _) if self.sitting.row().is_none() => self.sitting.detail.as_ref().map(|detail| self.empty_agenda_says(detail)),
            _ => None,
        }
    }

    pub(super) fn open_in_sitting(&mut self) -> Vec<Effect> {
        if let Some(asks) = self.ask_before_item(Command::Open) {
            return asks;
        }
        if self.sitting.shown.is_some() {
            self.sitting.tab = SittingTab::Item;
            return Vec::new();
        }
        match self.sitting.rows.get(self.sitting.at).map(|row| row.id) {
            Some(id) => self.open_sitting(id),
            None => Vec::new(),
        }
    }

    /// Whether a review can be brought before the panel by hand, or handed in again, from its record.
    pub(super) fn reason_against_before_panel(&self, command: Command) -> Option<String> {
        let facts = &self.record.as_ref()?.detail.facts;
        match (command, &facts.panel) {
            (Command::HandInAgain, PanelStand::SentBack(_)) => None,
            (Command::HandInAgain, _) => Some("The panel did not send it back.".into()),
            (_, PanelStand::Waiting(_) | PanelStand::SentBack(_)) => Some("It is before the panel already.".into()),
            (_, PanelStand::Decided) => Some("The panel has decided it.".into()),
            // Q02: what is never graded is never moderated.
            _ if !self.record.as_ref().is_some_and(|record| record.detail.kind.is_graded()) => {
                Some("This kind of review does not come before a panel.".into())
            }
            _ if facts.original.is_none() => Some("It has no submitted judgement yet that could be moderated.".into()),
            _ if facts.state != crate::domain::review::ReviewState::Open => Some("It is no longer open.".into()),
            _ => None,
        }
    }

    /// The sheet at the door or of the attendance is confirmed.
    pub(super) fn confirm_at_panel(&mut self) -> Vec<Effect> {
        let deed = match self.sheet_body() {
            Some(SheetBody::Door { panel, review, names, aside, .. }) => PanelDeed::OpenItem {
                panel: *panel,
                review: *review,
                left: names.iter().map(|(person, _)| *person).collect(),
                aside: aside.as_ref().map(|(aside, _)| *aside),
            },
            Some(SheetBody::Attendance { panel, seen, begin, rows }) => {
                let present = rows.iter().filter(|(.., there)| *there).map(|(person, ..)| *person).collect();
                match begin {
                    true => PanelDeed::Begin { panel: *panel, present },
                    false => PanelDeed::NoteAttendance { panel: *panel, seen: *seen, present },
                }
            }
            _ => return Vec::new(),
        };
        self.ask_for(Deed::Panel(deed), After::CloseSheet)
    }
}
