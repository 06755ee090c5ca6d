//! The panel room: the list of sittings, one sitting with its agenda, the item that is read, and whether the chair is followed.
//!
//! It knows what was answered and where the cursor is; what may be known of a score or a grade was decided before it came here.

use super::command::Command;
use super::effect::{Effect, For, Then};
use super::overlay::{Sheet, SheetBody};
use super::{App, View};
use crate::domain::id::{PanelId, ReviewId};
use crate::domain::panel::{SCORE_KEPT, Score, SittingStand};
use crate::domain::query::{
    AgendaRow, AgendaStand, InterestQuestion, ItemDetail, OutOfSight, PersonRow, Query, ReviewDetail, SittingDetail, SittingRow,
};

/// Which part of a sitting has the cursor; in a narrow window it is the one that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SittingTab {
    /// The items in their order.
    #[default]
    Agenda,
    /// The item that is read.
    Item,
    /// Who sits there, and how much is moderated.
    People,
}

impl SittingTab {
    /// Every tab, in order.
    pub const ALL: [SittingTab; 3] = [SittingTab::Agenda, SittingTab::Item, SittingTab::People];

    /// Its heading.
    pub fn label(self) -> &'static str {
        match self {
            SittingTab::Agenda => "Agenda",
            SittingTab::Item => "Item",
            SittingTab::People => "People",
        }
    }
}

/// The panel room.
#[derive(Debug, Clone)]
pub struct SittingView {
    /// Sittings, the newest first.
    pub rows: Vec<SittingRow>,
    /// Place of the cursor among them.
    pub at: usize,
    /// They have been read.
    pub loaded: bool,
    /// The sitting that is open; none: the list is shown.
    pub shown: Option<PanelId>,
    /// Whole.
    pub detail: Option<Box<SittingDetail>>,
    /// Place of the cursor in the agenda.
    pub place: usize,
    /// The screen goes with the item on the chair's table.
    pub follows: bool,
    /// An item that is read and not on the table.
    pub read: Option<Box<ItemDetail>>,
    /// What whoever sits here has to be asked before they read an item that is not on the table.
    pub question: Option<Box<InterestQuestion>>,
    /// What was asked for before that question, of which item: it goes on once the item is read.
    pub goes_on: Option<(ReviewId, Command)>,
    /// Which part has the cursor.
    pub tab: SittingTab,
    /// First line of the item that is shown.
    pub top: usize,
    /// First line of those who sit there that is shown.
    pub seats_top: usize,
    /// The earlier review of the same child, while it is shown in the item's place.
    pub earlier: Option<Box<ReviewDetail>>,
    /// Everybody, while a sitting is planned or changed.
    pub people: Vec<PersonRow>,
    /// The room was just entered: a sitting under way is opened by itself.
    pub entering: bool,
    /// A sitting that was just planned: the cursor goes there as soon as the list is read.
    pub(super) wanted: Option<PanelId>,
}

impl Default for SittingView {
    fn default() -> Self {
        SittingView {
            rows: Vec::new(),
            at: 0,
            loaded: false,
            shown: None,
            detail: None,
            place: 0,
            follows: true,
            read: None,
            question: None,
            goes_on: None,
            tab: SittingTab::Agenda,
            top: 0,
            seats_top: 0,
            earlier: None,
            people: Vec::new(),
            entering: false,
            wanted: None,
        }
    }
}

impl SittingView {
    /// The row of the agenda under the cursor.
    pub fn row(&self) -> Option<&AgendaRow> {
        self.detail.as_ref()?.agenda.get(self.place)
    }

    /// The item that is shown: the one on the table while the chair is followed, else the one under the cursor.
    pub fn item(&self) -> Option<&ItemDetail> {
        let row = self.row()?.review;
        let on_table = self.detail.as_ref().and_then(|detail| detail.item.as_deref());
        [on_table, self.read.as_deref()].into_iter().flatten().find(|item| item.row.review == row)
    }

    /// Sittings that are planned or sit now, but for one.
    pub fn to_come(&self, but: Option<PanelId>) -> Vec<SittingRow> {
        self.rows.iter().filter(|row| !row.stand.is_over() && Some(row.id) != but).cloned().collect()
    }

    /// Sittings beside the one that is shown, to which an item can move.
    pub fn others_to_come(&self) -> Vec<SittingRow> {
        self.to_come(self.shown)
    }

    /// What whoever looks has to be asked before they read the item under the cursor.
    pub fn asks(&self) -> Option<&InterestQuestion> {
        let row = self.row()?.review;
        let on_table = self.detail.as_ref().and_then(|detail| detail.asks.as_deref());
        [on_table, self.question.as_deref()].into_iter().flatten().find(|question| question.review == row)
    }

    /// Whoever looks has left for the item on the table, and reads no other meanwhile. Who only does not see that case goes on reading.
    pub fn is_out(&self) -> bool {
        self.follows && self.detail.as_ref().is_some_and(|detail| detail.withheld == Some(OutOfSight::Recused))
    }

    /// Where the chair is: the item on the table, else the one that comes next.
    fn chairs_place(&self) -> Option<usize> {
        let detail = self.detail.as_ref()?;
        let row = detail.now().or_else(|| detail.next())?.review;
        detail.agenda.iter().position(|known| known.review == row)
    }

    /// Takes in what was read of the sitting; the cursor follows the chair, or stays on its item.
    fn take(&mut self, detail: Box<SittingDetail>) {
        let row = self.row().map(|row| row.review);
        self.detail = Some(detail);
        let agenda = self.detail.as_ref().map_or(&[][..], |detail| &detail.agenda);
        let stays = agenda.iter().position(|known| Some(known.review) == row);
        let last = agenda.len().saturating_sub(1);
        let place = if self.follows { self.chairs_place().or(stays) } else { stays };
        self.place = place.unwrap_or(self.place).min(last);
        if self.row().map(|known| known.review) != row {
            (self.top, self.earlier) = (0, None);
        }
        if self.read.as_ref().is_some_and(|item| Some(item.row.review) != self.row().map(|known| known.review)) {
            self.read = None;
        }
        self.question = None;
    }

    /// The item under the cursor has to be asked for: it is not the one on the table.
    fn wanted(&self) -> Option<(PanelId, ReviewId)> {
        let review = self.row()?.review;
        let detail = self.detail.as_ref()?;
        let asked = detail.asks.as_ref().is_some_and(|question| question.review == review);
        let on_table = asked || detail.item.as_ref().is_some_and(|item| item.row.review == review);
        self.shown.filter(|_| !on_table && !self.is_out()).map(|panel| (panel, review))
    }
}

impl App {
    /// Enters the panel room.
    pub(super) fn show_sittings(&mut self) -> Vec<Effect> {
        if self.view == View::Sitting && self.sitting.shown.is_some() {
            self.leave_sitting();
        } else {
            self.sitting.entering = self.sitting.shown.is_none();
        }
        self.view = View::Sitting;
        self.reload()
    }

    pub(super) fn leave_sitting(&mut self) {
        let SittingView { rows, at, loaded, .. } = std::mem::take(&mut self.sitting);
        self.sitting = SittingView { rows, at, loaded, ..SittingView::default() };
    }

    /// Opens one sitting.
    pub(super) fn open_sitting(&mut self, panel: PanelId) -> Vec<Effect> {
        self.leave_sitting();
        self.sitting.shown = Some(panel);
        self.view = View::Sitting;
        self.reload()
    }

    /// What the panel room shows, read again.
    pub(super) fn ask_sitting(&self) -> Vec<Effect> {
        let mut effects = vec![Effect::Ask(For::Sittings, Query::Sittings)];
        effects.extend(self.sitting.shown.map(|panel| Effect::Ask(For::Sitting, Query::Sitting(panel))));
        effects
    }

    fn ask_item(&self) -> Vec<Effect> {
        let wanted = self.sitting.wanted();
        wanted.map(|(panel, review)| Effect::Ask(For::PanelItem, Query::OpeningItem(panel, review))).into_iter().collect()
    }

    pub(super) fn sittings_read(&mut self, rows: Vec<SittingRow>) -> Vec<Effect> {
        let before = self.sitting.wanted.take().or(self.sitting.rows.get(self.sitting.at).map(|row| row.id));
        self.sitting.rows = rows;
        let rows = &self.sitting.rows;
        let now = rows.iter().position(|row| row.stand == SittingStand::InProgress);
        // The nearest sitting ahead is what people come for.
        let soon = (0..rows.len()).filter(|place| rows[*place].stand == SittingStand::Planned).min_by_key(|place| rows[*place].on);
        let stays = before.filter(|_| self.sitting.loaded).and_then(|id| rows.iter().position(|row| row.id == id));
        self.sitting.at = stays.or(now).or(soon).unwrap_or(0);
        self.sitting.loaded = true;
        match now.filter(|_| std::mem::take(&mut self.sitting.entering)).and_then(|place| self.sitting.rows.get(place)) {
            Some(row) => self.open_sitting(row.id),
            None => Vec::new(),
        }
    }

    pub(super) fn sitting_read(&mut self, detail: Box<SittingDetail>) -> Vec<Effect> {
        if self.sitting.shown != Some(detail.sitting.panel.id) {
            return Vec::new();
        }
        self.sitting.take(detail);
        let mut effects = self.ask_item();
        // What is on the table comes with the sitting.
        let on_table = self.sitting.row().map(|row| row.review).filter(|_| effects.is_empty() && self.sitting.asks().is_none());
        effects.extend(on_table.map(|review| self.go_on_with(review)).unwrap_or_default());
        if self.waiting_draft.is_some() {
            effects.extend(self.open_waiting_draft());
        }
        effects
    }

    pub(super) fn item_read(&mut self, item: Box<ItemDetail>) -> Vec<Effect> {
        let review = item.row.review;
        if self.sitting.row().is_none_or(|row| row.review != review) {
            return Vec::new();
        }
        (self.sitting.read, self.sitting.question) = (Some(item), None);
        self.go_on_with(review)
    }

    /// Goes on with what was asked for of an item before the question about interests in its case.
    fn go_on_with(&mut self, review: ReviewId) -> Vec<Effect> {
        let goes_on = self.sitting.goes_on.take_if(|(asked, _)| *asked == review);
        goes_on.map(|(_, command)| self.run(command)).unwrap_or_default()
    }

    pub(super) fn item_asks(&mut self, question: Box<InterestQuestion>) {
        if self.sitting.row().is_some_and(|row| row.review == question.review) {
            (self.sitting.read, self.sitting.question) = (None, Some(question));
        }
    }

    /// Opens the question that comes before the item under the cursor; none where there is nothing to ask.
    pub(super) fn ask_before_item(&mut self, command: Command) -> Option<Vec<Effect>> {
        let question = Box::new(self.sitting.asks()?.clone());
        self.overlays.push(Sheet::over(SheetBody::AskFirst { question, then: Then::InRoom(command) }));
        Some(vec![Effect::FlushInput])
    }

    /// Moves by rows: among the sittings, in the agenda, down the item, or down those who sit there.
    pub(super) fn move_in_sitting(&mut self, by: isize) -> Vec<Effect> {
        if self.sitting.shown.is_none() {
            let last = self.sitting.rows.len().saturating_sub(1);
            self.sitting.at = self.sitting.at.saturating_add_signed(by).min(last);
            return Vec::new();
        }
        let (top, places) = match self.sitting.tab {
            SittingTab::Agenda => return self.move_in_agenda(by),
            SittingTab::Item => (&mut self.sitting.top, self.report.item),
            SittingTab::People => (&mut self.sitting.seats_top, self.report.seats),
        };
        *top = top.saturating_add_signed(by).min(places.saturating_sub(1));
        Vec::new()
    }

    fn move_in_agenda(&mut self, by: isize) -> Vec<Effect> {
        let Some(detail) = &self.sitting.detail else { return Vec::new() };
        let place = self.sitting.place.saturating_add_signed(by).min(detail.agenda.len().saturating_sub(1));
        if place == self.sitting.place {
            return Vec::new();
        }
        let running = detail.sitting.in_progress();
        (self.sitting.place, self.sitting.top, self.sitting.earlier, self.sitting.read) = (place, 0, None, None);
        self.sitting.question = None;
        let with_the_chair = self.sitting.chairs_place() == Some(place);
        if running && self.sitting.follows && !with_the_chair {
            self.sitting.follows = false;
            let key = self.keymap.hint(super::command::Command::Follow);
            self.say(format!("You look around: your screen no longer follows the chair. {key} goes back."));
        } else if !running {
            self.sitting.follows = false;
        }
        self.ask_item()
    }

    /// Goes back to the item on the chair's table.
    pub(super) fn follow(&mut self) -> Vec<Effect> {
        self.sitting.follows = true;
        (self.sitting.top, self.sitting.earlier) = (0, None);
        if let Some(place) = self.sitting.chairs_place() {
            self.sitting.place = place;
        }
        self.sitting.read = None;
        self.say("Your screen follows the chair.");
        self.ask_item()
    }

    /// The item that commands of the panel work on: the one on the table.
    pub(super) fn on_the_table(&self) -> Option<&ItemDetail> {
        self.sitting.detail.as_ref()?.item.as_deref()
    }

    /// What whoever looks scored the item on the table while all of it is sealed.
    pub(super) fn own_sealed_score(&self) -> Option<&Score> {
        let known = self.on_the_table()?.item.as_ref().filter(|known| !known.revealed)?;
        known.score_of(self.sitting.detail.as_ref()?.me?)
    }

    /// Whether what was said of the last deed was said of such a score.
    pub(super) fn is_own_sealed_score(&self, said: &str) -> bool {
        let kept = self.on_the_table().map(|item| format!("{}: {SCORE_KEPT}", item.row.reference));
        self.own_sealed_score().is_some() && kept.is_some_and(|kept| said.starts_with(&kept))
    }

    /// One step back: the earlier review, the looking around, the sitting, the room.
    pub(super) fn back_in_sitting(&mut self) -> Vec<Effect> {
        if self.sitting.earlier.take().is_some() {
            return Vec::new();
        }
        if self.sitting.shown.is_some() {
            self.leave_sitting();
            return self.reload();
        }
        self.view = View::Desk;
        self.reload()
    }

    pub(super) fn turn_in_sitting(&mut self, forward: bool) {
        let place = SittingTab::ALL.iter().position(|tab| *tab == self.sitting.tab).unwrap_or(0);
        self.sitting.tab = SittingTab::ALL[(place + if forward { 1 } else { 2 }) % 3];
    }

    /// Whether an item of the agenda can still be put on the table.
    pub(super) fn waits(row: &AgendaRow) -> bool {
        matches!(row.stand, AgendaStand::Waits | AgendaStand::Aside)
    }
}
