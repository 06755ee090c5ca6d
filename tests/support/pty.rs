//! A program in a pseudo-terminal of its own: keys in, bytes and a screen out, hang-ups at will.
//!
//! One thread does everything: the terminal is read only while somebody waits for something, so that a terminal that
//! nobody reads is simply one that nobody waits for.

use filedescriptor::FileDescriptor;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::ffi::OsStr;
use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long anything may take before a wait gives up; the machines that tests run on are shared.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A program in a terminal.
pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    line: Option<File>,
    /// The screen as an emulator shows it.
    pub screen: vt100::Parser,
    /// Every byte the program has written.
    pub written: Vec<u8>,
    /// When the last of them was read.
    pub last_byte: Instant,
    /// The program has closed its side.
    pub closed: bool,
}

impl Terminal {
    /// Starts a program in a terminal of so many columns and rows.
    pub fn start(program: impl AsRef<OsStr>, args: &[&OsStr], env: &[(&str, &str)], (columns, rows): (u16, u16)) -> Terminal {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        for (name, value) in env {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        // A copy of our own: dropping the crate's writer would type a line end and an end of file into the program.
        let line = FileDescriptor::dup(&pair.master.as_raw_fd().unwrap()).unwrap().as_file().unwrap();
        let screen = blank(columns, rows);
        Terminal {
            child,
            master: Some(pair.master),
            line: Some(line),
            screen,
            written: Vec::new(),
            last_byte: Instant::now(),
            closed: false,
        }
    }

    /// The number of the process.
    pub fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Reads once what is there, waiting for it at most so long; gives how many bytes.
    pub fn read(&mut self, wait: Duration) -> usize {
        let Some(line) = &mut self.line else { return 0 };
        let mut ends = [PollFd::new(line, PollFlags::IN)];
        if self.closed || poll(&mut ends, Some(&span(wait))).unwrap_or(0) == 0 {
            return 0;
        }
        let mut buffer = [0; 65_536];
        match line.read(&mut buffer) {
            Ok(0) => self.closed = true,
            Ok(count) => {
                self.last_byte = Instant::now();
                self.screen.process(&buffer[..count]);
                self.written.extend_from_slice(&buffer[..count]);
                return count;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => self.closed = true,
        }
        0
    }

    /// Reads until nothing has come for so long; gives how many bytes came.
    pub fn settle(&mut self, quiet: Duration) -> usize {
        let mut count = 0;
        loop {
            match self.read(quiet) {
                0 => return count,
                more => count += more,
            }
        }
    }

    /// The screen as text.
    pub fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Reads until the screen is as wanted; fails with the screen when it does not become so.
    #[track_caller]
    pub fn wait(&mut self, what: &str, mut wanted: impl FnMut(&str) -> bool) {
        let start = Instant::now();
        while !wanted(&self.text()) {
            let over = self.closed || start.elapsed() > PATIENCE;
            assert!(!over, "waited in vain for {what}; the screen was\n{}", self.text());
            self.read(Duration::from_millis(200));
        }
    }

    /// Reads until the screen shows a text.
    #[track_caller]
    pub fn wait_for(&mut self, text: &str) {
        self.wait(text, |screen| screen.contains(text));
    }

    /// Types.
    pub fn keys(&mut self, keys: impl AsRef<[u8]>) {
        // A program that is gone takes no keys; whoever waits next finds out.
        if let Some(line) = &mut self.line {
            let _ = line.write_all(keys.as_ref());
        }
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().unwrap().resize(size).unwrap();
        self.screen.screen_mut().set_size(cells(rows), cells(columns));
    }

    /// Pulls the plug: every handle of the terminal's other end is closed.
    pub fn hang_up(&mut self) {
        self.line = None;
        self.master = None;
        self.closed = true;
    }

    /// Waits, reading, until the program has left; gives its exit code, or none when it is still there after so long.
    pub fn left_within(&mut self, limit: Duration) -> Option<u32> {
        let (start, process) = (Instant::now(), self.process());
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                while self.read(Duration::ZERO) > 0 {}
                return Some(status.exit_code());
            }
            let left = limit.checked_sub(start.elapsed())?;
            let line = self.line.as_ref().filter(|_| !self.closed);
            let ends = [Some(process.as_fd()), line.map(|line| line.as_fd())];
            wait_for_any(ends.into_iter().flatten(), left);
            self.read(Duration::ZERO);
        }
    }

    /// Waits until the program has left, without reading anything; says whether it has.
    pub fn left_unread_within(&mut self, limit: Duration) -> bool {
        let process = self.process();
        wait_for_any([process.as_fd()], limit);
        self.child.try_wait().unwrap().is_some()
    }

    /// A handle on the process that becomes readable when it is gone.
    fn process(&self) -> OwnedFd {
        let pid = rustix::process::Pid::from_raw(self.pid() as i32).unwrap();
        rustix::process::pidfd_open(pid, rustix::process::PidfdFlags::empty()).unwrap()
    }

    /// Stops the terminal's output, as Ctrl-S does: from here on whatever the program writes waits in its write.
    pub fn freeze(&mut self) -> Frozen {
        let name = self.master.as_ref().unwrap().tty_name().unwrap();
        let flags = rustix::fs::OFlags::RDWR | rustix::fs::OFlags::NOCTTY;
        let side = rustix::fs::open(name, flags, rustix::fs::Mode::empty()).unwrap();
        rustix::termios::tcflow(&side, rustix::termios::Action::OOff).unwrap();
        Frozen(side)
    }

    /// Whether the terminal hands lines over whole and shows what is typed, as a shell wants it.
    pub fn is_cooked(&self) -> bool {
        use rustix::termios::{LocalModes, tcgetattr};
        let modes = tcgetattr(self.line.as_ref().unwrap()).unwrap().local_modes;
        modes.contains(LocalModes::ICANON | LocalModes::ECHO)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // Only what this very terminal started, and only if it is still there.
        let gone = matches!(self.child.try_wait(), Ok(Some(_)));
        if let (false, Some(pid)) = (gone, self.child.process_id().and_then(|pid| rustix::process::Pid::from_raw(pid as i32))) {
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
            let _ = self.child.wait();
        }
    }
}

/// A screen of that size with nothing on it.
pub fn blank(columns: u16, rows: u16) -> vt100::Parser {
    vt100::Parser::new(cells(rows), cells(columns), 0)
}

fn cells(n: u16) -> std::num::NonZeroU16 {
    std::num::NonZeroU16::new(n).unwrap_or(std::num::NonZeroU16::MIN)
}

/// A terminal whose output stands still until this is thawed.
pub struct Frozen(OwnedFd);

impl Frozen {
    /// Lets the output run again.
    pub fn thaw(self) {
        rustix::termios::tcflow(&self.0, rustix::termios::Action::OOn).unwrap();
    }
}

/// Which of these terminals something has come to, once it has to one of them or so long has passed.
pub fn ready<'a>(terminals: impl Iterator<Item = &'a Terminal>, limit: Duration) -> Vec<usize> {
    let open: Vec<(usize, &File)> = terminals.enumerate().filter_map(|(place, one)| Some((place, one.line.as_ref()?))).collect();
    let mut ends: Vec<PollFd<'_>> = open.iter().map(|(_, line)| PollFd::new(*line, PollFlags::IN)).collect();
    let _ = poll(&mut ends, Some(&span(limit)));
    open.iter().zip(&ends).filter(|(_, end)| !end.revents().is_empty()).map(|((place, _), _)| *place).collect()
}

/// Waits until one of these can be read, or so long.
fn wait_for_any<'a>(ends: impl IntoIterator<Item = BorrowedFd<'a>>, limit: Duration) {
    let mut ends: Vec<PollFd<'_>> = ends.into_iter().map(|end| PollFd::from_borrowed_fd(end, PollFlags::IN)).collect();
    let _ = poll(&mut ends, Some(&span(limit)));
}

fn span(time: Duration) -> Timespec {
    Timespec { tv_sec: time.as_secs() as i64, tv_nsec: i64::from(time.subsec_nanos()) }
}

/// Waits until what a folder's files hold is as wanted, looking again whenever one of them is written; says whether it
/// became so within that time.
pub fn wait_for_files(folder: &Path, limit: Duration, mut wanted: impl FnMut() -> bool) -> bool {
    use rustix::fs::inotify::{CreateFlags, WatchFlags, add_watch, init};
    let start = Instant::now();
    let watch = init(CreateFlags::NONBLOCK).unwrap();
    add_watch(&watch, folder, WatchFlags::MODIFY | WatchFlags::CREATE | WatchFlags::MOVED_TO).unwrap();
    loop {
        if wanted() {
            return true;
        }
        let Some(left) = limit.checked_sub(start.elapsed()) else { return false };
        wait_for_any([watch.as_fd()], left);
        // What has been told is emptied, so that the next wait is for the next writing.
        let _ = rustix::io::read(&watch, &mut [0u8; 4096]);
    }
}
