//! Mail servers in processes of their own, to be killed: aiosmtpd where Python has it (`.ci/run` sees to that), our own otherwise.

use crate::store::child::{self, Child};
use crate::support::smtp::Smtp;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracles/smtp.py");

/// What a server says of one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// It has it: Message-ID and recipient.
    Taken(String, String),
    /// It had it already and dropped it.
    Again(String),
}

/// A server process; killed when dropped.
pub struct Process {
    pub port: u16,
    pub heard: Receiver<Heard>,
    pub name: &'static str,
    end: Box<dyn FnMut()>,
}

impl Process {
    /// The one that nobody here wrote; none where Python does not have it.
    pub fn aiosmtpd(spool: &Path, port: u16, arguments: &[&str]) -> Option<Process> {
        let wanted = std::env::var("CLOSELOOP_PYTHON").ok();
        let mut command = Command::new(wanted.as_deref().unwrap_or("python3"));
        command.arg(SCRIPT).arg(spool).arg(port.to_string()).args(arguments).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().ok()?;
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok);
        let Some(ready) = lines.next() else {
            let status = process.wait().unwrap();
            assert!(wanted.is_none() && status.code() == Some(3), "the mail server ended with {status}");
            return None;
        };
        let end = move || {
            let _ = process.kill();
            let _ = process.wait();
        };
        Some(Process::of("aiosmtpd", &ready, lines, Box::new(end)))
    }

    /// Our own, in a process of its own.
    pub fn own(spool: &Path, port: u16) -> Process {
        let mut running = child::start("smtp", spool, &port.to_string());
        let ready = running.hears().unwrap();
        let (lines, killer) = running.apart();
        Process::of("our own", &ready, lines, killer)
    }

    /// The best there is on this machine.
    pub fn any(spool: &Path, port: u16) -> Process {
        Process::aiosmtpd(spool, port, &[]).unwrap_or_else(|| Process::own(spool, port))
    }

    fn of(name: &'static str, ready: &str, lines: impl Iterator<Item = String> + Send + 'static, end: Box<dyn FnMut()>) -> Process {
        let port = ready.strip_prefix("ready ").and_then(|port| port.parse().ok()).unwrap_or_else(|| panic!("no port: {ready}"));
        let (say, heard) = channel();
        std::thread::spawn(move || {
            for line in lines {
                let words: Vec<&str> = line.split(' ').collect();
                let told = match words[..] {
                    ["taken", id, to] => say.send(Heard::Taken(id.into(), to.into())),
                    ["again", id, _] => say.send(Heard::Again(id.into())),
                    _ => Ok(()),
                };
                if told.is_err() {
                    return;
                }
            }
        });
        Process { port, heard, name, end }
    }

    /// As `kill -9` does it.
    pub fn kill(&mut self) {
        (self.end)();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Played by a child: our own server, with a spool on the disk that outlives it.
pub fn serve(child: &Child) {
    let spool: PathBuf = child.path.clone();
    let said = Child { path: child.path.clone(), argument: String::new() };
    let told = move |taken: &crate::support::smtp::Taken| {
        let name = taken.header("Message-ID").unwrap();
        let path = spool.join(format!("{}.eml", name.trim_matches(['<', '>'])));
        let word = if path.exists() { "again" } else { "taken" };
        if word == "taken" {
            let half = path.with_extension("half");
            let mut file = std::fs::File::create(&half).unwrap();
            file.write_all(format!("X-To: {}\r\n{}", taken.to, taken.text).as_bytes()).unwrap();
            file.sync_all().unwrap();
            std::fs::rename(half, path).unwrap();
        }
        said.say(&format!("{word} {name} {}", taken.to));
    };
    let server = Smtp::listen(child.argument.parse().unwrap(), Some(Box::new(told)));
    child.say(&format!("ready {}", server.port));
    // Until it is killed.
    loop {
        std::thread::park();
    }
}

/// Every message in a spool: Message-ID without its brackets, and recipient.
pub fn spooled(spool: &Path) -> Vec<(String, String)> {
    let entries = std::fs::read_dir(spool).unwrap().map(|entry| entry.unwrap().path());
    let whole = entries.filter(|path| path.extension().is_some_and(|ending| ending == "eml"));
    let mut all: Vec<(String, String)> = whole
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let to = text.lines().next().and_then(|line| line.strip_prefix("X-To: ")).unwrap().trim().to_string();
            (path.file_stem().unwrap().to_str().unwrap().to_string(), to)
        })
        .collect();
    all.sort();
    all
}
