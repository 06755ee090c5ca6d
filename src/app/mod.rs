//! What the workstation is and does, without a terminal or a database: state, update, commands, keys.
//!
//! [`App::update`] takes one [`Msg`] and gives the [`Effect`]s that the runtime carries out. Nothing else changes the
//! state. This layer never names the store, the screen or the file system; only `editor` names the text-area crate.

pub mod available;
pub mod command;
pub mod editor;
pub mod effect;
mod filtering;
mod findings;
pub mod form;
pub mod key;
pub mod keymap;
pub mod list;
pub mod msg;
pub mod overlay;
mod panel_confirm;
pub mod record;

pub mod alert;

mod actions;
mod answered;
mod beside;
mod confirm;
mod deeds;
mod disposals;
mod drafts;
mod drp;
mod forms;
mod insight;
mod interests;
mod keys;
mod left;
mod loads;
mod looking;
mod made;
mod people;
mod plan;
mod programme;
mod registers;
mod reports;
mod revisits;
pub mod rights;
mod run;
mod run_lists;
mod run_record;
mod run_sitting;
mod sheets;
mod sitting;
mod sitting_says;
mod state;
mod tracker;

pub use disposals::{Deciding, DecidingRow};
pub use insight::InsightView;
pub use people::hands_over;
pub use reports::Reports;
pub use sitting::{SittingTab, SittingView};
pub use state::{CycleView, Level, Notice, Pane, View, Who};

use crate::domain::calendar::local_date;
use crate::domain::framework::Framework;
use crate::domain::id::{ActionId, PersonId, ReviewId};
use crate::domain::query::{ActionRow, CycleWork, Identity, Overview, PanelRow, PersonRow, QueueRow, QueueSort, StripRow};
use crate::domain::strip::StripOf;
use crate::domain::theme::Coded;
use alert::AlertView;
use chrono::{DateTime, NaiveDate, Utc};
use command::{Command, Scope};
use effect::Effect;
use keymap::Keymap;
use list::{Fill, List};
use msg::{AlsoHere, Draft, Msg, Report};
use overlay::{Overlay, SheetBody};
pub use plan::PlanView;
pub use programme::YearView;
use record::Record;
pub use registers::{RegisterTab, Registers, StandingSort, letter_at};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The whole state.
#[derive(Debug)]
pub struct App {
    /// Who sits here.
    pub who: Who,
    /// This machine's configuration says how e-mail is sent; otherwise people have to be telephoned.
    pub mail_set_up: bool,
    /// Whoever works may use nothing else of this machine: no file is written where they say.
    pub guest: bool,
    /// The themes of the one review that is about to be coded from the queue, as they were when the key was pressed.
    pub coded: Option<(ReviewId, BTreeSet<Coded>)>,
    /// Now, as of the last tick.
    pub now: DateTime<Utc>,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The keys.
    pub keymap: Keymap,
    /// The framework that new cycles run under, once read.
    pub framework: Option<Arc<Framework>>,
    /// The header.
    pub overview: Overview,
    /// The header was read at least once: before that nothing is known of this database, not even that it is empty.
    pub header_read: bool,
    /// What fills the screen.
    pub view: View,
    /// Where `Esc` leads from a record.
    pub came_from: View,
    /// The pane with the cursor.
    pub focus: Pane,
    /// The pane with the cursor fills the screen.
    pub zoomed: bool,
    /// How the tracker is laid out.
    pub tracker: tracker::Tracker,
    /// The queue.
    pub queue: List<QueueRow, QueueSort>,
    /// What is before the panel.
    pub panel: List<PanelRow, ()>,
    /// The alerts.
    pub alerts: List<StripRow, ()>,
    /// The actions.
    pub actions: List<ActionRow, ()>,
    /// The register.
    pub people: List<PersonRow, ()>,
    /// The cycle view.
    pub cycle: CycleView,
    /// The improvement plan of a cycle.
    pub plan: PlanView,
    /// The year's programme.
    pub year: YearView,
    /// The registers of other activity.
    pub registers: Registers,
    /// The reports.
    pub reports: Reports,
    /// The insight view.
    pub insight: InsightView,
    /// The panel room.
    pub sitting: SittingView,
    /// The record view.
    pub record: Option<Record>,
    /// The view of one alert.
    pub alert: Option<AlertView>,
    /// What lies over the view, the topmost last.
    pub overlays: Vec<Overlay>,
    /// The filter is being typed.
    pub filtering: bool,
    /// The status line.
    pub notice: Option<Notice>,
    /// Drafts by form.
    pub drafts: Vec<Draft>,
    /// How many drafts an earlier run left behind about what is withheld from this person.
    pub drafts_withheld: usize,
    /// Who a subject is, until then.
    pub revealed: Option<(Identity, DateTime<Utc>)>,
    /// Who else has the record open that is on the screen.
    pub also_here: Vec<AlsoHere>,
    /// Nobody has pressed a key for a while: nothing is shown until somebody does.
    pub blank: bool,
    /// What drawing found out.
    pub report: Report,
    /// The sheets that what is on the screen was opened from, the nearest last: Esc leads back there.
    left: Vec<left::Left>,
    /// Somebody else's changes are being read.
    by_others: bool,
    /// Batches that can be undone, newest last; with what was said of one where a judgement goes with it.
    undo: Vec<(i64, Option<String>)>,
    /// What was done last and stands for good; what came before it is not undone past it.
    for_good: Option<String>,
    /// The newest strip that was heard of: a newer one rings.
    heard: Option<i64>,
    /// Reviews put off with `n`.
    skipped: Vec<ReviewId>,
    /// Actions put off with `n`.
    passed_actions: Vec<ActionId>,
    /// Work of cycles that was offered before.
    passed_work: Vec<CycleWork>,
    /// Strips that the key for the next thing has offered in this round.
    passed: Vec<StripOf>,
    /// The form on top was refused because somebody else saved first: it is compared with what is stored once that is read.
    meeting: bool,
    /// Deed being done, so that a second key press does not do it twice.
    busy: bool,
    /// The draft, by form and run, that a second key press throws away.
    discarding: Option<(String, String)>,
    /// A draft that opens once its record has been read.
    waiting_draft: Option<Draft>,
    /// The section and action a record opens at, when it is opened from the panel or the actions.
    opens_at: Option<(record::Section, Option<ActionId>)>,
    /// People to choose from, waiting for their form.
    substitutes: Vec<crate::domain::query::SubstituteRow>,
    /// Everybody, with their role, of whom the form that names a case offers those who may.
    namers: Vec<(PersonId, String, String)>,
    /// How often each command was chosen in the palette.
    chosen: BTreeMap<Command, u32>,
}

/// The smallest terminal the program can be used in.
pub const SMALLEST: (u16, u16) = (80, 24);

/// From this size on the desk shows its four panes at once.
pub const FOUR_PANES: (u16, u16) = (120, 32);

impl App {
    /// The program as it starts, with what it wants to know first.
    pub fn new(who: Who, keymap: Keymap, now: DateTime<Utc>, size: (u16, u16)) -> App {
        App {
            who,
            mail_set_up: false,
            guest: false,
            coded: None,
            now,
            size,
            keymap,
            framework: None,
            overview: Overview::default(),
            header_read: false,
            view: View::Desk,
            came_from: View::Desk,
            focus: Pane::Queue,
            zoomed: false,
            tracker: tracker::Tracker::default(),
            queue: List::default(),
            panel: List::default(),
            alerts: List::default(),
            actions: List::default(),
            people: List::default(),
            cycle: CycleView::default(),
            plan: PlanView::default(),
            year: YearView::default(),
            registers: Registers::default(),
            reports: Reports::default(),
            insight: InsightView::default(),
            sitting: SittingView::default(),
            record: None,
            alert: None,
            heard: None,
            overlays: Vec::new(),
            filtering: false,
            notice: None,
            drafts: Vec::new(),
            drafts_withheld: 0,
            revealed: None,
            also_here: Vec::new(),
            blank: false,
            report: Report { panes: [10; 4], register: 10, sheet: 10, text: 0, section: 10, item: 10, seats: 10 },
            left: Vec::new(),
            by_others: false,
            undo: Vec::new(),
            for_good: None,
            skipped: Vec::new(),
            passed_actions: Vec::new(),
            passed_work: Vec::new(),
            passed: Vec::new(),
            meeting: false,
            busy: false,
            discarding: None,
            waiting_draft: None,
            opens_at: None,
            substitutes: Vec::new(),
            namers: Vec::new(),
            chosen: BTreeMap::new(),
        }
    }

    /// Whether the window is too small to show anything.
    pub(super) fn is_blind(&self) -> bool {
        self.size.0 < SMALLEST.0 || self.size.1 < SMALLEST.1
    }

    /// Whether a form is open, so that something typed could be lost.
    pub fn is_typing(&self) -> bool {
        self.overlays.iter().any(|overlay| matches!(overlay, Overlay::Form(_)))
    }

    /// Today in Europe/London.
    pub fn today(&self) -> NaiveDate {
        local_date(self.now)
    }

    /// Takes in one thing that happened and says what is to be done.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Key(key) => self.key(key),
            Msg::Paste(text) => self.paste(&text),
            Msg::Resized(columns, rows) => {
                self.size = (columns, rows);
                Vec::new()
            }
            Msg::Tick(now) => self.tick(now),
            Msg::Answered(purpose, answer) => self.answered(purpose, *answer),
            Msg::Unanswered(purpose, why) => self.unanswered(purpose, why),
            Msg::Done { after, said, trace, made } => {
                // Before the lists are read again, so that they are read where the cursor goes.
                if let Some(made) = made {
                    self.goes_to(made);
                }
                self.done(after, said, trace)
            }
            Msg::Refused { after, why, stale, field } => self.refused(after, why, stale, field.as_deref()),
            Msg::MeetStored => self.meet_what_is_stored(),
            Msg::ChangedElsewhere => {
                self.by_others = true;
                // Figures are read when they are asked for: what others write all day must not make a page of them be counted anew.
                if self.view == View::Insight {
                    return self.insight.grows_old();
                }
                self.reload()
            }
            Msg::AlsoHere(others) => {
                self.also_here = others;
                Vec::new()
            }
            Msg::Blank => {
                // Whoever is shown is hidden at once: the seconds would go on unseen.
                (self.blank, self.revealed) = (true, None);
                Vec::new()
            }
            Msg::DraftsFound { found, withheld } => self.drafts_found(found, withheld),
            Msg::DraftTrouble(why) => {
                self.trouble(why);
                Vec::new()
            }
            Msg::Drawn(report) => {
                self.report = report;
                for (height, slot) in report.panes.into_iter().zip([
                    &mut self.queue.height,
                    &mut self.panel.height,
                    &mut self.alerts.height,
                    &mut self.actions.height,
                ]) {
                    *slot = height.max(1);
                }
                self.people.height = report.register.max(1);
                self.registers.entries.height = report.register.max(1);
                // A screen that has grown shows more rows than were read.
                let wants = |pane: &Pane| match pane {
                    Pane::Queue => self.queue.wants_more(),
                    Pane::Panel => self.panel.wants_more(),
                    Pane::Alerts => self.alerts.wants_more(),
                    Pane::Actions => self.actions.wants_more(),
                };
                let lists: Vec<Effect> = Pane::ALL.iter().filter(|pane| wants(pane)).map(|pane| self.ask(*pane, Fill::After)).collect();
                lists.into_iter().chain(self.more_groups(false)).collect()
            }
        }
    }

    fn tick(&mut self, now: DateTime<Utc>) -> Vec<Effect> {
        let new_day = local_date(now) != self.today();
        self.now = now;
        if self.revealed.as_ref().is_some_and(|(_, until)| *until <= now) {
            self.revealed = None;
        }
        if new_day { self.reload() } else { Vec::new() }
    }

    /// Scopes in the order in which a key is looked up, for where the cursor is now.
    pub fn scopes(&self) -> Vec<Scope> {
        match self.overlays.last() {
            Some(Overlay::Form(_)) => vec![Scope::Form],
            Some(Overlay::Sheet(sheet)) if matches!(sheet.body, SheetBody::Action(_)) => vec![Scope::Sheet, Scope::Actions],
            Some(Overlay::Sheet(sheet)) if matches!(sheet.body, SheetBody::Person { .. }) => vec![Scope::Sheet, Scope::Register],
            Some(Overlay::Sheet(_) | Overlay::Help { .. }) => vec![Scope::Sheet],
            Some(Overlay::Palette { .. } | Overlay::Confirm(_)) => Vec::new(),
            None => self.scopes_below(),
        }
    }

    /// The review that commands work on: that of the record, or that under the cursor.
    pub fn review_at_hand(&self) -> Option<(ReviewId, String)> {
        match self.view {
            View::Record => self.record.as_ref().map(|record| {
                let review = &record.detail.facts.review;
                (review.id, review.reference.clone())
            }),
            View::Cycle => {
                let detail = self.cycle.detail.as_ref()?;
                let row = detail.reviews.get(self.cycle.at.checked_sub(detail.phases.len())?)?;
                Some((row.id, row.reference.clone()))
            }
            View::Register | View::Programme | View::Plan | View::Registers | View::Reports | View::Insight => None,
            View::Alert => self.alert.as_ref().map(|view| (view.detail.alert.review, view.detail.review_ref.clone())),
            View::Sitting => self.sitting.row().filter(|_| !self.sitting.is_out()).map(|row| (row.review, row.reference.clone())),
            View::Desk => match self.focus {
                Pane::Queue => self.queue.current().map(|row| (row.id, row.reference.clone())),
                Pane::Panel => self.panel.current().map(|row| (row.id, row.reference.clone())),
                Pane::Alerts => self.alerts.current().and_then(|row| Some((row.review?, row.review_ref.clone()))),
                Pane::Actions => self.action_row().and_then(|row| Some((row.review?, row.source_ref.clone()))),
            },
        }
    }

    /// The reference of a review that has been read.
    pub fn reference_of(&self, review: ReviewId) -> Option<&str> {
        let open = self.record.iter().map(|record| &record.detail.facts.review).map(|known| (known.id, &known.reference));
        let listed = self.queue.rows.iter().map(|row| (row.id, &row.reference));
        let panel = self.panel.rows.iter().map(|row| (row.id, &row.reference));
        let alerts = self.alerts.rows.iter().filter_map(|row| Some((row.review?, &row.review_ref)));
        let actions = self.actions.rows.iter().filter_map(|row| Some((row.review?, &row.source_ref)));
        let cycle = self.cycle.detail.iter().flat_map(|detail| &detail.reviews).map(|row| (row.id, &row.reference));
        let agenda = self.sitting.detail.iter().flat_map(|detail| &detail.agenda).map(|row| (row.review, &row.reference));
        let mut all = open.chain(listed).chain(panel).chain(alerts).chain(actions).chain(cycle).chain(agenda);
        all.find(|(id, _)| *id == review).map(|(_, reference)| reference.as_str())
    }

    /// Whether the desk shows its four panes at once.
    pub fn four_panes(&self) -> bool {
        !self.zoomed && self.size.0 >= FOUR_PANES.0 && self.size.1 >= FOUR_PANES.1
    }

    fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), level: Level::Info });
    }

    fn trouble(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), level: Level::Trouble });
    }

    /// The sheet on top, if it is of that kind.
    fn sheet_body(&self) -> Option<&SheetBody> {
        match self.overlays.last() {
            Some(Overlay::Sheet(sheet)) => Some(&sheet.body),
            _ => None,
        }
    }
}
