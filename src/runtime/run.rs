//! The event loop: wait, take in, draw. It wakes for a key, four times a second to look around, and for nothing else.

use super::drafts::Drafts;
use super::input::message;
use super::signals;
use super::terminal;
use super::workstation::{Session, Workstation};
use crossterm::event;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// How often a session looks whether somebody else has written.
const LOOK_AROUND: Duration = Duration::from_millis(250);

/// Opens the workstation in this terminal and stays until the person leaves. Errors are sentences.
pub fn open(session: Session) -> Result<(), String> {
    let drafts = Drafts::open(session.store.path(), &session.actor.login, &session.actor.session).map_err(|error| error.to_string())?;
    terminal::guard_against_panic(Some(drafts.clone()));
    let woken = signals::watch(Some(drafts.clone())).map_err(|error| format!("Signals cannot be watched: {error}."))?;
    let screen = terminal::take().map_err(|error| format!("The terminal cannot be used: {error}."))?;
    let size = crossterm::terminal::size().unwrap_or((80, 24));
    let result = match Workstation::start(session, Some(drafts.clone()), screen, size) {
        Ok(mut station) => work(&mut station, &woken),
        Err(error) => Err(error.to_string()),
    };
    terminal::restore();
    drafts.close().map_err(|error| format!("A draft could not be kept: {error}"))?;
    result
}

fn work(
    station: &mut Workstation<ratatui::backend::CrosstermBackend<std::io::BufWriter<std::io::Stdout>>>,
    woken: &std::sync::atomic::AtomicBool,
) -> Result<(), String> {
    let lost = |error: std::io::Error| format!("The terminal is gone: {error}.");
    while !station.over {
        if woken.swap(false, Ordering::SeqCst) {
            station.take(crate::app::msg::Msg::Key(crate::app::key::Key {
                code: crate::app::key::Code::Char('l'),
                ctrl: true,
                alt: false,
            }));
        }
        if station.draw().is_err() {
            // A frame that was cut short is never repaired by the next difference: draw it whole.
            station.terminal.clear().map_err(lost)?;
            station.stale = true;
            station.draw().map_err(lost)?;
        }
        if !event::poll(LOOK_AROUND).map_err(lost)? {
            station.look_around();
            continue;
        }
        // Everything that has arrived is taken in before the next drawing: a storm of keys or sizes costs one frame.
        let mut budget = 64;
        loop {
            if let Some(msg) = message(event::read().map_err(lost)?) {
                station.take(msg);
            }
            budget -= 1;
            if station.flush {
                // A question has opened: what was typed before it was seen must not answer it.
                station.flush = false;
                while event::poll(Duration::ZERO).map_err(lost)? {
                    let _ = event::read().map_err(lost)?;
                }
            }
            if station.over || budget == 0 || !event::poll(Duration::ZERO).map_err(lost)? {
                break;
            }
        }
    }
    Ok(())
}
