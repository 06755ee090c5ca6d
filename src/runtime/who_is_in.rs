//! Who has a database open on this machine, as its list of processes tells it: for whoever has to ask them to leave.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// A process that has the file open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inside {
    /// Who works in it: the login in its key's line, else the user it runs as.
    pub login: String,
    /// Its number.
    pub process: u32,
    /// Which program it is, where it is another than this one: it keeps no draft of what was typed.
    pub other: Option<String>,
}

/// Says who is in and what to do now; `all` where whoever asks sees every process, as root does.
pub fn say(inside: &[Inside], all: bool) -> String {
    let asked = match (inside.is_empty(), all) {
        (true, true) => return "Nobody is in it any more: they have left by now. Do it again.".into(),
        (true, false) => return "As far as you may see nobody is in it. Root sees everybody: do it again as root.".into(),
        (false, true) => "In it",
        (false, false) => "In it, as far as you may see",
    };
    let named = |one: &Inside| match &one.other {
        None => format!("{} (process {})", one.login, one.process),
        Some(other) => format!("{} (process {}, {other})", one.login, one.process),
    };
    let who = inside.iter().map(named).collect::<Vec<_>>().join(", ");
    let ours: Vec<String> = inside.iter().filter(|one| one.other.is_none()).map(|one| one.process.to_string()).collect();
    match ours.as_slice() {
        [] => format!("{asked}: {who}. That is no closeloop: ask whoever runs it to end it."),
        ours => {
            format!("{asked}: {who}. kill -HUP {} ends closeloop as a lost line does: what was typed is kept as a draft.", ours.join(" "))
        }
    }
}

/// The other processes that have this file open, as far as this user may see them (the administrator sees all).
pub fn who_is_in(file: &Path) -> Vec<Inside> {
    let Ok(wanted) = std::fs::metadata(file) else { return Vec::new() };
    let same = |fd: &Path| std::fs::metadata(fd).is_ok_and(|found| (found.dev(), found.ino()) == (wanted.dev(), wanted.ino()));
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let mut inside: Vec<Inside> = processes
        .filter_map(|entry| {
            let process: u32 = entry.file_name().to_str()?.parse().ok().filter(|process| *process != std::process::id())?;
            let open = std::fs::read_dir(entry.path().join("fd")).ok()?.flatten().any(|fd| same(&fd.path()));
            open.then(|| Inside { login: login_of(&entry.path()), process, other: other_program(&entry.path()) })
        })
        .collect();
    inside.sort_by_key(|one| one.process);
    inside
}

/// The name of the program of a process, where it is not this one, nor what an upgrade has put away since.
fn other_program(process: &Path) -> Option<String> {
    let place = |exe: PathBuf| {
        let place = exe.to_string_lossy().into_owned();
        place.strip_suffix(" (deleted)").map(str::to_string).unwrap_or(place)
    };
    let Ok(its) = std::fs::read_link(process.join("exe")).map(place) else { return Some("a program that is not seen from here".into()) };
    let own = std::fs::read_link("/proc/self/exe").map(place);
    if own.is_ok_and(|own| own == its) {
        return None;
    }
    Some(its.rsplit('/').next().unwrap_or_default().to_string())
}

/// Who a process works for.
fn login_of(process: &Path) -> String {
    let command = std::fs::read(process.join("cmdline")).unwrap_or_default();
    let words: Vec<String> = command.split(|byte| *byte == 0).map(|word| String::from_utf8_lossy(word).into_owned()).collect();
    let apart = || words.iter().skip_while(|word| *word != "--as").nth(1).map(String::as_str);
    let together = || words.iter().find_map(|word| word.strip_prefix("--as="));
    if let Some(login) = apart().or_else(together) {
        return login.to_string();
    }
    // Its folder may belong to root all the same: it lets nobody look into its memory.
    let status = std::fs::read_to_string(process.join("status")).unwrap_or_default();
    let uid = status.lines().find_map(|line| line.strip_prefix("Uid:")?.split_whitespace().next()?.parse::<u32>().ok());
    let user = uid.and_then(uzers::get_user_by_uid).and_then(|user| user.name().to_str().map(str::to_string));
    user.unwrap_or_else(|| "somebody".to_string())
}
