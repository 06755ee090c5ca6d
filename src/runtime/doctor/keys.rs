//! The files of SSH keys: each line has to lead to closeloop and nowhere else, and to one person.

use super::Findings;
use super::key_line::{Line, Way};
use crate::domain::count::counted;
use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// What the files of keys say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys {
    /// The logins that they lead to.
    pub logins: Vec<String>,
    /// Whether these are all the keys that there are: then whoever is not among them cannot come in.
    pub all: bool,
    /// The programs that their lines force.
    pub programs: Vec<String>,
}

/// Looks over files of keys, all of one way.
pub fn look_over(found: &mut Findings, files: &[PathBuf], way: Way, all: bool) -> Keys {
    let mut keys = Keys { all, ..Keys::default() };
    let mut total = 0;
    let mut same: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for path in files {
        let Some(lines) = read(found, path) else {
            keys.all = false;
            continue;
        };
        let name = path.display().to_string();
        for line in &lines {
            for wrong in line.wrong(way) {
                let said = format!("Line {} of {name} {}", line.number, wrong.said);
                if wrong.mend { found.mend("keys", said, wrong.remedy) } else { found.look("keys", said, wrong.remedy) }
            }
            let login = match way {
                Way::OneAccount => line.login().map(str::to_string),
                Way::OwnAccount => path.file_name().map(|file| file.to_string_lossy().into_owned()),
            };
            keys.programs.extend(line.program().map(str::to_string));
            // Nobody comes in by a line without a whole key.
            if let Some(key) = &line.key {
                let place = format!("line {} of {name}", line.number);
                same.entry(key.clone()).or_default().push((place, login.clone().unwrap_or_default()));
                keys.logins.extend(login);
            }
        }
        let whole = || lines.iter().filter(|line| line.key.is_some());
        let many = whole().count();
        total += many;
        if way == Way::OneAccount {
            let logins = whole().filter_map(Line::login).collect::<BTreeSet<_>>().len();
            found.ok("keys", format!("{} in {name}, for {}.", counted(many, "key", "keys"), counted(logins, "login", "logins")));
        }
    }
    twice(found, &same, way);
    if way == Way::OwnAccount && !files.is_empty() {
        let (files, total) = (counted(files.len(), "file", "files"), counted(total, "key", "keys"));
        found.ok("keys", format!("{total} in {files}; the name of each file is the login."));
    }
    keys.logins.sort_unstable();
    keys.logins.dedup();
    keys
}

/// The lines of a file; none where it cannot be read.
fn read(found: &mut Findings, path: &Path) -> Option<Vec<Line>> {
    let name = path.display();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            found.mend("keys", format!("{name} cannot be read: {error}."), "Run doctor as the administrator.");
            return None;
        }
    };
    if let Ok(meta) = std::fs::metadata(path)
        && (meta.uid() != 0 || meta.mode() & 0o022 != 0)
    {
        let said = format!("{name} can be changed by others than the administrator: whoever can add a line can be anybody.");
        found.mend("keys", said, format!("chown root {name} && chmod go-w {name}"));
    }
    Some(text.lines().enumerate().filter_map(|(at, line)| Line::read(at + 1, line)).collect())
}

/// One key in two places: `sshd` takes the first line that fits, so that somebody would work in another's name.
fn twice(found: &mut Findings, same: &BTreeMap<String, Vec<(String, String)>>, way: Way) {
    for places in same.values().filter(|places| places.len() > 1) {
        let named = places.iter().map(|(place, _)| place.as_str()).collect::<Vec<_>>().join(" and ");
        if places.iter().all(|(_, login)| Some(login) == places.first().map(|(_, first)| first)) {
            found.look(
                "keys",
                format!("The same key stands in {named}, each time for the same login."),
                "Keep one of them, take the others out.",
            );
            continue;
        }
        match way {
            Way::OneAccount => {
                let first = places.first().map(|(_, login)| login.as_str()).filter(|login| !login.is_empty()).unwrap_or("nobody");
                let said = format!("The same key stands in {named}: the first decides, so whoever has it works as {first}.");
                found.mend("keys", said, "Keep the line of the person whose key it is, and ask the other for a key of their own.");
            }
            Way::OwnAccount => {
                let said = format!("The same key stands in {named}: whoever has it can work as each of them.");
                found.look("keys", said, "Ask each person for a key of their own.");
            }
        }
    }
}
