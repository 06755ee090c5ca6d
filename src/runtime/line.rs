//! Waiting at the terminal's line until something comes, and sleeping all the while.
//!
//! crossterm counts what is left of a wait in whole milliseconds, so it spends the last one of each asking again and
//! again: at four waits a second that was most of what an idle session cost. It must not know what an event means.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use signal_hook::consts::SIGWINCH;
use std::io::{self, Read};
use std::os::unix::net::UnixStream;
use std::time::Duration;

/// The terminal's line: keys on standard input, word of another size, and word of what was being counted.
pub struct Line {
    told: UnixStream,
    tell: UnixStream,
}

impl Line {
    /// Begins to listen. crossterm must have been asked for an event before: it is then told of a new size first, and
    /// has it when this wakes.
    pub fn listen() -> io::Result<Line> {
        let (told, tell) = UnixStream::pair()?;
        told.set_nonblocking(true)?;
        tell.set_nonblocking(true)?;
        signal_hook::low_level::pipe::register(SIGWINCH, tell.try_clone()?)?;
        Ok(Line { told, tell })
    }

    /// Where a word ends a wait, as another size of the terminal does.
    pub fn wake(&self) -> io::Result<UnixStream> {
        self.tell.try_clone()
    }

    /// Sleeps until something has come or the time is over; says whether it is worth looking for an event.
    pub fn wait(&mut self, at_most: Duration) -> io::Result<bool> {
        let stdin = io::stdin();
        let span = Timespec { tv_sec: at_most.as_secs() as i64, tv_nsec: i64::from(at_most.subsec_nanos()) };
        let mut ends = [PollFd::new(&stdin, PollFlags::IN), PollFd::new(&self.told, PollFlags::IN)];
        let count = match poll(&mut ends, Some(&span)) {
            Ok(count) => count,
            // A signal: look, and sleep again.
            Err(Errno::INTR) => 1,
            Err(error) => return Err(error.into()),
        };
        // Several words at once are one; nothing to read is the usual case.
        let _ = self.told.read(&mut [0; 64]);
        Ok(count > 0)
    }
}
