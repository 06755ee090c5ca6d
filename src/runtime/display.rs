//! The room's screen: a process of its own that only looks. It asks [`Query::Room`] and nothing else of a sitting, so it holds no
//! name, no sealed score and nothing withheld; and it never opens a connection for writing.

use super::answers::answer;
use super::clock::Clock;
use super::library::Library;
use super::line::Line;
use super::screen::Screen;
use super::{signals, terminal};
use crate::domain::id::{PanelId, PersonId};
use crate::domain::query::{Answered, Query, Room};
use crate::store::{Store, StoreError, StoreResult};
use crate::ui::room::{self, Shown};
use crate::ui::theme::Look;
use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::Backend;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// How often it looks whether the chair has moved on.
const LOOK_AROUND: Duration = Duration::from_millis(250);

/// Everything the screen needs, before its terminal.
pub struct Looks {
    /// The database.
    pub store: Store,
    /// Frameworks read so far.
    pub library: Library,
    /// Who started it: what is withheld from them is withheld from the room.
    pub person: Option<PersonId>,
    /// The clock.
    pub clock: Clock,
    /// How the screen looks.
    pub look: Look,
    /// One sitting; none: whichever sits now, else the next.
    pub panel: Option<PanelId>,
}

/// A running screen.
pub struct Display<B: Backend> {
    looks: Looks,
    /// The terminal.
    pub terminal: Terminal<B>,
    room: Option<Box<Room>>,
    trouble: Option<String>,
    seen_version: i64,
    minute: i64,
    /// The screen has to be drawn again.
    pub stale: bool,
}

impl<B: Backend> Display<B> {
    /// Starts the screen: reads what the first frame shows.
    pub fn start(looks: Looks, terminal: Terminal<B>) -> StoreResult<Display<B>> {
        let seen_version = looks.store.data_version()?;
        let mut display = Display { looks, terminal, room: None, trouble: None, seen_version, minute: 0, stale: true };
        display.room = display.read()?;
        display.minute = display.looks.clock.now().timestamp() / 60;
        Ok(display)
    }

    /// What is shown now.
    pub fn room(&self) -> Option<&Room> {
        self.room.as_deref()
    }

    /// Moves a fixed clock.
    pub fn set_clock(&mut self, clock: Clock) {
        self.looks.clock = clock;
    }

    fn read(&mut self) -> StoreResult<Option<Box<Room>>> {
        let viewer = self.looks.clock.viewer(self.looks.person);
        let next = match self.looks.panel {
            Some(panel) => Some(panel),
            None => self.looks.store.reading().next_panel(viewer.today)?.map(|panel| panel.id),
        };
        let Some(panel) = next else { return Ok(None) };
        match answer(&self.looks.store, &mut self.looks.library, &Query::Room(panel), &viewer)? {
            Answered::Room(room) => Ok(Some(room)),
            _ => Ok(None),
        }
    }

    /// Looks whether anything was written, and whether another minute has begun. Draws nothing when neither is so.
    pub fn look_around(&mut self) {
        let minute = self.looks.clock.now().timestamp() / 60;
        let found = self.looks.store.data_version().and_then(|version| {
            if version == self.seen_version && minute == self.minute && self.trouble.is_none() {
                return Ok(None);
            }
            // A sitting that was called off is no trouble: another one is next.
            let room = match self.read() {
                Err(StoreError::Refused(_)) => None,
                other => other?,
            };
            Ok(Some((version, room)))
        });
        match found {
            Ok(None) => {}
            Ok(Some((version, room))) => {
                (self.seen_version, self.minute) = (version, minute);
                self.stale |= self.room != room || self.trouble.is_some() || self.room.as_ref().is_some_and(|room| room.now.is_some());
                (self.room, self.trouble) = (room, None);
            }
            Err(error) => {
                let trouble = Some(error.to_string());
                self.stale |= trouble != self.trouble;
                self.trouble = trouble;
            }
        }
    }

    /// Draws, if anything has changed.
    pub fn draw(&mut self) -> Result<(), B::Error> {
        if std::mem::take(&mut self.stale) {
            let (now, look) = (self.looks.clock.now(), self.looks.look);
            let shown = Shown { room: self.room.as_deref(), trouble: self.trouble.as_deref(), now };
            self.terminal.draw(|frame| room::draw(shown, look, frame))?;
        }
        Ok(())
    }

    /// Draws the whole screen anew: another size, or a terminal that lost what it showed.
    pub fn wipe(&mut self) -> Result<(), B::Error> {
        self.stale = true;
        self.terminal.clear()
    }
}

/// Opens the screen in this terminal and stays until somebody leaves it. Errors are sentences.
pub fn open(looks: Looks) -> Result<(), String> {
    terminal::guard_against_panic(None);
    let woken = signals::watch(None).map_err(|error| format!("Signals cannot be watched: {error}."))?;
    let screen = terminal::take().map_err(|error| format!("The terminal cannot be used: {error}."))?;
    let result = match Display::start(looks, screen) {
        Ok(mut display) => stay(&mut display, &woken),
        Err(error) => Err(error.to_string()),
    };
    terminal::restore();
    result
}

fn stay(display: &mut Display<Screen>, woken: &std::sync::atomic::AtomicBool) -> Result<(), String> {
    let lost = |error: std::io::Error| format!("The terminal is gone: {error}.");
    // The first question only wakes crossterm up; from then on it hears of sizes before the line does.
    event::poll(Duration::ZERO).map_err(lost)?;
    let mut line = Line::listen().map_err(lost)?;
    loop {
        if woken.swap(false, Ordering::SeqCst) {
            display.wipe().map_err(lost)?;
        }
        display.draw().map_err(lost)?;
        if !line.wait(LOOK_AROUND).map_err(lost)? {
            display.look_around();
            continue;
        }
        while event::poll(Duration::from_millis(1)).map_err(lost)? {
            match event::read().map_err(lost)? {
                Event::Resize(..) => display.wipe().map_err(lost)?,
                Event::Key(key) if key.kind != KeyEventKind::Release => match key.code {
                    KeyCode::Char('q' | 'Q') | KeyCode::Esc => return Ok(()),
                    KeyCode::Char('c') if key.modifiers.contains(KeyModifiers::CONTROL) => return Ok(()),
                    KeyCode::Char('l') if key.modifiers.contains(KeyModifiers::CONTROL) => display.wipe().map_err(lost)?,
                    _ => {}
                },
                _ => {}
            }
        }
        display.look_around();
    }
}
