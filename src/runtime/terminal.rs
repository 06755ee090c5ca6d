//! The terminal: raw mode and alternate screen on, and off again whatever happens.

use super::drafts::Drafts;
use super::screen::Screen;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{cursor, execute};
use ratatui::Terminal;
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

static TAKEN: AtomicBool = AtomicBool::new(false);

/// Why a terminal cannot be used, as one line; none when it can.
pub fn refusal(term: Option<&str>) -> Option<String> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Some(
            "closeloop needs a terminal of its own. Over SSH, connect with `ssh -t`; for scripts see `closeloop list --help`.".into(),
        );
    }
    match term {
        None | Some("" | "dumb") => {
            Some("This terminal says that it cannot place text (TERM is empty or dumb). Use another, or `closeloop list --plain`.".into())
        }
        Some(_) => None,
    }
}

/// Takes the terminal.
pub fn take() -> io::Result<Terminal<Screen>> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let mut out = io::stdout();
    execute!(out, EnterAlternateScreen, EnableBracketedPaste, cursor::Hide)?;
    Terminal::new(Screen::new())
}

/// Gives the terminal back, once: clears the screen first, so that nothing about a child stays behind.
pub fn restore() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    // Whatever fails here, the rest is still worth trying; there is nowhere left to report to.
    let _ = execute!(
        out,
        crossterm::terminal::Clear(crossterm::terminal::ClearType::All),
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    );
    let _ = disable_raw_mode();
    let _ = out.flush();
}

/// On a fault of our own: drafts written, terminal restored, the place said and no data. Only the main thread may
/// touch the screen; another thread's fault ends that thread alone.
pub fn guard_against_panic(drafts: Option<Drafts>) {
    let main = std::thread::current().id();
    std::panic::set_hook(Box::new(move |fault| {
        if let Some(drafts) = &drafts {
            let _ = drafts.flush();
        }
        if std::thread::current().id() != main {
            return;
        }
        restore();
        let place = fault.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        let mut errors = io::stderr();
        let _ = writeln!(
            errors,
            "closeloop stopped: a fault in the program itself ({place}). What you typed is kept as a draft; start it again to go on. Please report this line."
        );
    }));
}
