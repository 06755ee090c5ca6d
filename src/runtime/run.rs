//! The event loop: wait, take in, draw. It wakes for a key, four times a second to look around, and for nothing else.

use super::clock;
use super::drafts::Drafts;
use super::input::{as_typed, letters, message};
use super::line::Line;
use super::screen::Screen;
use super::signals;
use super::terminal;
use super::workstation::{Session, Workstation};
use crate::app::msg::Msg;
use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers};
use std::collections::VecDeque;
use std::io::Write;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// How often a session looks whether somebody else has written.
const LOOK_AROUND: Duration = Duration::from_millis(250);

/// How long after a look that found something until the next: where a hundred write all day each of them would else read their lists
/// anew four times a second. What others write is still on the screen within half a second.
const AFTER_OTHERS: Duration = Duration::from_millis(450);

/// How long crossterm is given to say whether it has an event: with no time at all it does not even look.
const BRIEF: Duration = Duration::from_micros(20);

/// No key for so long: the hands rest, and a question has been seen.
const REST: Duration = Duration::from_millis(250);

/// So many pieces are thrown away at most; a line that never rests must not hold the program up for ever.
const MOST_PIECES: usize = 200;

/// So many events are taken in between two drawings at most: a line that never rests must show that it is heard.
const MOST_WAITING: usize = 8192;

/// What comes sooner than this after a paste came with it: no hand is that fast.
const BURST: Duration = Duration::from_millis(20);

/// Opens the workstation in this terminal and stays until the person leaves. `guest`: they may use nothing else of this machine.
/// Errors are sentences.
pub fn open(session: Session, guest: bool) -> Result<(), String> {
    // Who only looks types nothing that could be saved, and their drafts could not be kept beside a file they cannot write.
    let drafts = match session.store.look_only() {
        true => None,
        false => Some(Drafts::open(session.store.path(), &session.actor.login, &session.actor.session).map_err(|error| error.to_string())?),
    };
    terminal::guard_against_panic(drafts.clone());
    let woken = signals::watch(drafts.clone()).map_err(|error| format!("Signals cannot be watched: {error}."))?;
    let screen = terminal::take().map_err(|error| format!("The terminal cannot be used: {error}."))?;
    let size = crossterm::terminal::size().unwrap_or((80, 24));
    let result = match Workstation::start(session, drafts.clone(), screen, size) {
        Ok(mut station) => {
            station.app.guest = guest;
            let worked = work(&mut station, &woken).and_then(|()| station.turned_out.take().map_or(Ok(()), Err));
            // What is still being sent may take a moment longer: not on a screen that no longer answers.
            terminal::restore();
            if let Some(said) = station.left.take() {
                // There is nowhere else to say it, and nothing is lost where that fails.
                let _ = writeln!(std::io::stderr(), "{said}");
            }
            drop(station);
            worked
        }
        Err(error) => Err(error.to_string()),
    };
    terminal::restore();
    if let Some(drafts) = drafts {
        drafts.close().map_err(|error| format!("A draft could not be kept: {error}"))?;
    }
    result
}

fn work(station: &mut Workstation<Screen>, woken: &std::sync::atomic::AtomicBool) -> Result<(), String> {
    // The first question only wakes crossterm up; from then on it hears of sizes before the line does.
    event::poll(Duration::ZERO).map_err(lost)?;
    let mut line = Line::listen().map_err(lost)?;
    station.wakes(line.wake().map_err(lost)?);
    // What was typed while nothing was on the screen was meant for something else.
    throw_away(&mut line)?;
    let mut look_at = clock::moment() + LOOK_AROUND;
    while !station.over {
        if woken.swap(false, Ordering::SeqCst) {
            station.take(Msg::Key(crate::app::key::Key { code: crate::app::key::Code::Char('l'), ctrl: true, alt: false }));
        }
        if std::mem::take(&mut station.rings) {
            ring().map_err(lost)?;
        }
        let drawn = station.draw();
        #[cfg(feature = "broken")]
        let drawn = if crate::broken::is(crate::broken::Fault::FlagOnly) { Ok::<(), std::io::Error>(()) } else { drawn };
        if drawn.is_err() {
            // A frame that was cut short is never repaired by the next difference: draw it whole.
            station.terminal.clear().map_err(lost)?;
            station.stale = true;
            station.draw().map_err(lost)?;
        }
        if !more(&mut line)? {
            // Asked after looking for keys and before sleeping: its word may have been heard by either.
            if station.takes_what_is_done() {
                continue;
            }
            // By the clock and not after a pause of the hands: whoever types on and on sees what others write as well.
            let left = clock::until(look_at);
            if left.is_zero() || !line.wait(left).map_err(lost)? {
                let others = station.look_around();
                look_at = clock::moment() + if others { AFTER_OTHERS } else { LOOK_AROUND };
            }
            continue;
        }
        // Everything that has arrived is taken in before the next drawing: a storm of keys or sizes costs one frame.
        let mut waiting = VecDeque::new();
        while waiting.len() < MOST_WAITING && more(&mut line)? {
            waiting.push_back(event::read().map_err(lost)?);
        }
        #[cfg(feature = "broken")]
        if waiting.is_empty() && crate::broken::is(crate::broken::Fault::FlagOnly) {
            continue;
        }
        while !station.over && !waiting.is_empty() {
            if let Some(text) = letters(&mut waiting, station.app.writes_text()) {
                station.take(Msg::Paste(text));
                continue;
            }
            for event in whole(&mut waiting).map_err(lost)? {
                let Some(msg) = message(event) else { continue };
                for msg in as_typed(msg, |key| station.app.hears_alt(key)) {
                    station.take(msg);
                }
            }
            #[cfg(debug_assertions)]
            fault_on_demand(station.app.filter_text());
            if station.flush {
                // A question has opened: what was typed before it was seen must not answer it.
                station.flush = false;
                waiting.clear();
                station.draw().map_err(lost)?;
                wait_for_quiet(&mut line)?;
            }
        }
    }
    Ok(())
}

/// Rings the terminal's bell, which moves nothing on the screen.
fn ring() -> std::io::Result<()> {
    let mut out = std::io::stdout();
    out.write_all(b"\x07")?;
    out.flush()
}

fn lost(error: std::io::Error) -> String {
    format!("The terminal is gone: {error}.")
}

/// Whether an event is there already.
fn more(line: &mut Line) -> Result<bool, String> {
    let found = event::poll(BRIEF);
    #[cfg(feature = "broken")]
    let found = if crate::broken::is(crate::broken::Fault::FlagOnly) { found.or(Ok(false)) } else { found };
    let found = found.map_err(lost)?;
    // On a busy machine the brief time may be over before crossterm looks; what can be read is not left lying.
    let waits = line.wait(Duration::ZERO).map_err(lost)?;
    #[cfg(feature = "broken")]
    let waits = waits && !crate::broken::is(crate::broken::Fault::FlagOnly);
    Ok(found || waits && event::poll(BURST).map_err(lost)?)
}

/// Throws away what was typed until now.
fn throw_away(line: &mut Line) -> Result<(), String> {
    while more(line)? {
        let _ = event::read().map_err(lost)?;
    }
    Ok(())
}

/// Throws away what is typed until the hands have rested for a moment. Over a slow line what was typed before a question
/// was seen comes after it was drawn, in pieces.
fn wait_for_quiet(line: &mut Line) -> Result<(), String> {
    let mut pieces = 0;
    throw_away(line)?;
    while pieces < MOST_PIECES && line.wait(REST).map_err(lost)? {
        throw_away(line)?;
        pieces += 1;
    }
    Ok(())
}

/// The event that came first; a paste with everything that came with it. A pasted text may hold the sequence that ends a paste and commands after
/// it: letters of the same burst are part of the text, all other keys are dropped, and no command is run.
fn whole(waiting: &mut VecDeque<Event>) -> std::io::Result<Vec<Event>> {
    let mut text = match waiting.pop_front() {
        Some(Event::Paste(text)) => text,
        other => return Ok(other.into_iter().collect()),
    };
    let mut size = None;
    loop {
        let event = match waiting.pop_front() {
            Some(event) => event,
            None if event::poll(BURST)? => event::read()?,
            None => break,
        };
        match event {
            Event::Paste(more) => text.push_str(&more),
            Event::Key(key) if key.kind != KeyEventKind::Release => match key.code {
                KeyCode::Char(letter) if !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) => text.push(letter),
                KeyCode::Enter => text.push('\n'),
                _ => {}
            },
            Event::Resize(columns, rows) => size = Some(Event::Resize(columns, rows)),
            _ => {}
        }
    }
    Ok(std::iter::once(Event::Paste(text)).chain(size).collect())
}

/// Lets a test see what a fault of our own leaves behind. No release has it.
#[cfg(debug_assertions)]
#[allow(clippy::panic, reason = "that is what it is for")]
fn fault_on_demand(filter: &str) {
    let asked = std::env::var_os("CLOSELOOP_TEST_FAULT").is_some();
    match filter {
        "fault" if asked => std::panic::panic_any("the case of canary 900123"),
        // Elsewhere than in the thread that draws: the screen must not notice.
        "afault" if asked => drop(std::thread::spawn(|| std::panic::panic_any("the case of canary 900123")).join()),
        _ => {}
    }
}
