//! Hang-ups and signals, away from the event loop: after a lost line the loop's own waiting may never return.
//!
//! One thread waits for signals, another for the terminal to hang up; both write the drafts and leave at once.

use super::drafts::Drafts;
use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How long a terminal is given to take the bytes that restore it.
const PATIENCE: Duration = Duration::from_millis(700);

/// Starts both threads. The flag it gives is raised when the program was stopped and goes on (SIGCONT).
pub fn watch(drafts: Option<Drafts>) -> io::Result<Arc<AtomicBool>> {
    let woken = Arc::new(AtomicBool::new(false));
    let mut signals = Signals::new([SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGCONT])?;
    let (flag, kept) = (woken.clone(), drafts.clone());
    std::thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            match signal {
                SIGCONT => flag.store(true, Ordering::SeqCst),
                SIGHUP => leave(kept.as_ref(), false),
                _ => leave(kept.as_ref(), true),
            }
        }
    })?;
    std::thread::Builder::new().name("hang-up".into()).spawn(move || {
        let stdin = io::stdin();
        loop {
            // No event is asked for: only a hang-up or an error ends the wait, so an idle session never wakes here.
            let mut ends = [PollFd::new(&stdin, PollFlags::empty())];
            match poll(&mut ends, None) {
                Ok(_) if ends[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) => leave(drafts.as_ref(), false),
                Ok(_) | Err(_) => {}
            }
        }
    })?;
    Ok(woken)
}

/// Writes the drafts and leaves without unwinding: the main thread may be stuck in a terminal that is gone.
fn leave(drafts: Option<&Drafts>, terminal_is_there: bool) -> ! {
    if let Some(drafts) = drafts {
        // There is nobody left to tell; the next start offers what was written.
        let _ = drafts.flush();
    }
    if terminal_is_there {
        // A terminal that nobody reads takes no more bytes: restoring it may never return.
        let _ = std::thread::Builder::new().name("impatience".into()).spawn(|| {
            std::thread::sleep(PATIENCE);
            low_level::exit(1);
        });
        super::terminal::restore();
    }
    low_level::exit(if terminal_is_there { 0 } else { 129 })
}
