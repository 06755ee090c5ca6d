//! Other processes: the test binary itself, run again with a part to play and a file to play it on.
//!
//! A child says things line by line; the parent hears them as they come. Parts are functions of the modules that need
//! them, listed in [`a_part_in_another_test`].

use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{ChildStdout, Command, Stdio};

const PART: &str = "CLOSELOOP_TEST_PART";
const FILE: &str = "CLOSELOOP_TEST_FILE";
const ARGUMENT: &str = "CLOSELOOP_TEST_ARGUMENT";
/// Before every line a child says, so that the test harness's own lines are not mistaken for its.
const MARK: &str = "child: ";

/// What a child knows.
pub struct Child {
    pub path: PathBuf,
    pub argument: String,
}

impl Child {
    pub fn say(&self, what: &str) {
        // One write for a line, past the harness, which would hold it back.
        let line = format!("{MARK}{what}\n");
        let mut out = std::io::stdout();
        out.write_all(line.as_bytes()).unwrap();
        out.flush().unwrap();
    }
}

/// Not a test of its own: what children run. Without a part to play it does nothing.
#[test]
fn a_part_in_another_test() {
    let Ok(part) = std::env::var(PART) else { return };
    let child =
        Child { path: PathBuf::from(std::env::var_os(FILE).unwrap_or_default()), argument: std::env::var(ARGUMENT).unwrap_or_default() };
    match part.as_str() {
        "open" => super::open::open_and_say(&child),
        "upgrade" => super::ladder::upgrade_and_say(&child),
        "slow-upgrade" => super::ladder::upgrade_slowly(&child),
        "draft" => super::processes::keep_a_draft(&child),
        "count" => super::processes::count_up(&child),
        "follow" => super::sittings::follow(&child),
        "sit" => super::sittings::sit_for_ever(&child),
        "write" => super::kills::write_for_ever(&child),
        "fill" => super::disk::fill_the_disk(&child),
        "smtp" => crate::mail::others::serve(&child),
        "log" => super::torn_log::write_and_die(&child),
        "power" => crate::reliability::power::write(&child),
        "contend" => crate::reliability::contention::save_and_think(&child),
        other => panic!("nobody plays {other}"),
    }
}

/// A running child with what it says; killed when dropped.
pub struct Running {
    process: Killed,
    lines: BufReader<ChildStdout>,
}

/// A process that is killed when dropped.
pub struct Killed(std::process::Child);

impl Killed {
    /// As `kill -9` does it.
    pub fn kill(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Killed {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to kill.
        self.kill();
    }
}

impl Running {
    /// The next thing it says; none once it has ended.
    pub fn hears(&mut self) -> Option<String> {
        hear(&mut self.lines)
    }

    /// What it says and the way to kill it, each to go where it is wanted.
    pub fn apart(self) -> (impl Iterator<Item = String> + Send, Box<dyn FnMut()>) {
        let Running { mut process, mut lines } = self;
        (std::iter::from_fn(move || hear(&mut lines)), Box::new(move || process.kill()))
    }

    /// Everything it still says.
    pub fn hears_all(&mut self) -> Vec<String> {
        std::iter::from_fn(|| self.hears()).collect()
    }

    /// Kills it as `kill -9` does.
    pub fn kill(&mut self) {
        self.process.0.kill().unwrap();
    }

    /// Waits for its end.
    pub fn ended_well(mut self) -> bool {
        self.process.0.wait().unwrap().success()
    }
}

/// The next line that a child has said whole; one that was killed in the middle of a line has not said it.
fn hear(lines: &mut BufReader<ChildStdout>) -> Option<String> {
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line).unwrap() == 0 {
            return None;
        }
        if let Some((_, said)) = line.split_once(MARK).filter(|_| line.ends_with('\n')) {
            return Some(said.trim_end().to_string());
        }
    }
}

fn command(part: &str, path: &Path, argument: &str) -> Command {
    // Not the binary's own path: a child without root's rights may have no way to it.
    prepared(Command::new("/proc/self/exe"), part, path, argument)
}

fn prepared(mut command: Command, part: &str, path: &Path, argument: &str) -> Command {
    command.args(["--exact", "store::child::a_part_in_another_test", "--nocapture", "--test-threads=1"]);
    command.env(PART, part).env(FILE, path).env(ARGUMENT, argument).stdout(Stdio::piped()).stderr(Stdio::inherit());
    command
}

/// A child that another program starts, such as one that notes what it does.
pub fn started_by(program: &str, arguments: &[String], part: &str, path: &Path, argument: &str) -> Running {
    let mut command = Command::new(program);
    command.args(arguments).arg(std::env::current_exe().unwrap());
    run(prepared(command, part, path, argument))
}

pub fn start(part: &str, path: &Path, argument: &str) -> Running {
    run(command(part, path, argument))
}

fn run(mut command: Command) -> Running {
    let mut process = command.spawn().unwrap();
    let lines = BufReader::new(process.stdout.take().unwrap());
    Running { process: Killed(process), lines }
}

/// How opening a file goes for somebody who is not root, with these rights of the file and its folder.
pub fn without_rights(path: &Path, file: u32, folder: u32) -> String {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt;
    let parent = path.parent().unwrap();
    let set = |path: &Path, mode| set_permissions(path, Permissions::from_mode(mode)).unwrap();
    set(path, file);
    set(parent, folder);
    let mut command = command("open", path, "");
    if rustix::process::geteuid().is_root() {
        // "nobody", who may read what all may read.
        command.uid(65_534).gid(65_534);
    }
    let said = run(command).hears().unwrap_or_else(|| "the child said nothing".into());
    set(parent, 0o755);
    said
}
