//! Who has a database open on this machine, as its list of processes tells it: for whoever has to ask them to leave.

use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// A process that has the file open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inside {
    /// Who works in it: the login in its key's line, else the user it runs as.
    pub login: String,
    /// Its number.
    pub process: u32,
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
            open.then(|| Inside { login: login_of(&entry.path()), process })
        })
        .collect();
    inside.sort_by_key(|one| one.process);
    inside
}

/// Who a process works for.
fn login_of(process: &Path) -> String {
    let command = std::fs::read(process.join("cmdline")).unwrap_or_default();
    let words: Vec<String> = command.split(|byte| *byte == 0).map(|word| String::from_utf8_lossy(word).into_owned()).collect();
    if let Some(login) = words.iter().skip_while(|word| *word != "--as").nth(1) {
        return login.clone();
    }
    // Its folder may belong to root all the same: it lets nobody look into its memory.
    let status = std::fs::read_to_string(process.join("status")).unwrap_or_default();
    let uid = status.lines().find_map(|line| line.strip_prefix("Uid:")?.split_whitespace().next()?.parse::<u32>().ok());
    let user = uid.and_then(uzers::get_user_by_uid).and_then(|user| user.name().to_str().map(str::to_string));
    user.unwrap_or_else(|| "somebody".to_string())
}
