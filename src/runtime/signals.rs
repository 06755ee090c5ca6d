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

/// A terminal that has not been given back within this is taken for gone.
const RESTORED_WITHIN: Duration = Duration::from_millis(400);

/// Leaves the refusal of a write to the write itself.
///
/// Where the system lets no file grow any further it also sends a signal, which would end the program in the middle of somebody's text
/// and leave their terminal raw, or a half file beside a report. Taken notice of, the write is refused, and told like a full disk.
pub fn mind_the_limit_of_files() -> io::Result<()> {
    signal_hook::flag::register(rustix::process::Signal::XFSZ.as_raw(), Arc::default()).map(drop)
}

/// Starts both threads. The flag it gives is raised when the program was stopped and goes on (SIGCONT).
pub fn watch(drafts: Option<Drafts>) -> io::Result<Arc<AtomicBool>> {
    let woken = Arc::new(AtomicBool::new(false));
    #[cfg(feature = "broken")]
    if crate::broken::is(crate::broken::Fault::FlagOnly) {
        for signal in [SIGHUP, SIGTERM] {
            signal_hook::flag::register(signal, woken.clone())?;
        }
        return Ok(woken);
    }
    mind_the_limit_of_files()?;
    let mut signals = Signals::new([SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGCONT])?;
    let (flag, kept) = (woken.clone(), drafts.clone());
    std::thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            match signal {
                SIGCONT => flag.store(true, Ordering::SeqCst),
                SIGHUP => leave(kept.as_ref(), 129),
                other => leave(kept.as_ref(), 128 + other),
            }
        }
    })?;
    std::thread::Builder::new().name("hang-up".into()).spawn(move || {
        let stdin = io::stdin();
        loop {
            // No event is asked for: only a hang-up or an error ends the wait, so an idle session never wakes here.
            let mut ends = [PollFd::new(&stdin, PollFlags::empty())];
            match poll(&mut ends, None) {
                Ok(_) if ends[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) => leave(drafts.as_ref(), 129),
                Ok(_) | Err(_) => {}
            }
        }
    })?;
    Ok(woken)
}

/// Writes the drafts and leaves without unwinding: the main thread may be stuck in a terminal that is gone.
fn leave(drafts: Option<&Drafts>, status: i32) -> ! {
    if let Some(drafts) = drafts {
        // There is nobody left to tell; the next start offers what was written.
        let _ = drafts.flush();
    }
    // The terminal may be gone or frozen: giving it back must not hold up the end.
    let (done, wait) = std::sync::mpsc::channel();
    let restoring = std::thread::Builder::new().name("restore".into()).spawn(move || {
        super::terminal::restore();
        let _ = done.send(());
    });
    if restoring.is_ok() {
        let _ = wait.recv_timeout(RESTORED_WITHIN);
    }
    low_level::exit(status)
}
