//! The way in on a machine that many log in to: the rules of `sshd`, the folder of keys, the program, and the group that owns the data.
//!
//! It looks where the README puts things. What it cannot see from here, it says.

use super::files::{group, user};
use super::key_line::Way;
use super::keys::{self, Keys};
use super::{Findings, Patient};
use crate::store::folder_of;
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

const ABOUT: &str = "door";

/// Where the README puts the rules of `sshd`, the keys and the program.
const SSHD: &str = "etc/ssh/sshd_config";
const SSHD_PARTS: &str = "etc/ssh/sshd_config.d";
const SSHD_OURS: &str = "etc/ssh/sshd_config.d/closeloop.conf";
const KEYS: &str = "etc/ssh/authorized_keys.d";
const PROGRAM: &str = "/usr/local/bin/closeloop";

/// What the rules of both set-ups say: a key and nothing else lets somebody in, only keys that the administrator put there count, and
/// a session does nothing beside the program.
const WANTED: [(&str, &str); 4] = [
    ("AuthenticationMethods", "publickey"),
    (KEYS_IN, "/etc/ssh/authorized_keys.d/%u"),
    ("DisableForwarding", "yes"),
    ("PermitUserRC", "no"),
];
const KEYS_IN: &str = "AuthorizedKeysFile";

/// What a program has that works with the rights of its group.
const SET_GROUP: u32 = 0o2000;

/// How people come in here; none where one person has the database for themselves.
pub fn way(service: Option<&str>, db: &Path) -> Option<Way> {
    let shared = std::fs::metadata(folder_of(db)).is_ok_and(|meta| meta.mode() & SET_GROUP != 0);
    match service {
        Some(_) => Some(Way::OneAccount),
        None => shared.then_some(Way::OwnAccount),
    }
}

/// Looks over the way in; gives the keys that lead to this database, where they can be seen.
pub fn look_over(found: &mut Findings, patient: &Patient<'_>, service: Option<&str>) -> Option<Keys> {
    let way = way(service, patient.db);
    let Some(way) = way else {
        // Somebody's own database, with a file of keys all the same.
        return patient.keys.map(|file| keys::look_over(found, &[file.to_path_buf()], Way::OneAccount, true));
    };
    let rules = rules(found, patient, way, service);
    let keys = key_files(found, patient, service);
    let keys = (!keys.is_empty()).then(|| keys::look_over(found, &keys, way, patient.keys.is_none() || way == Way::OneAccount));
    let named = rules.or_else(|| keys.as_ref().and_then(|keys| keys.programs.first().cloned()));
    program(found, patient, way, &named.unwrap_or_else(|| PROGRAM.to_string()));
    if way == Way::OwnAccount {
        members(found, patient);
    }
    keys
}

/// The rules of `sshd` that keep people in the program; gives the program that they force.
fn rules(found: &mut Findings, patient: &Patient<'_>, way: Way, service: Option<&str>) -> Option<String> {
    let root = patient.root;
    // As sshd takes them in: of that folder only what ends in .conf, in the order of the names.
    let mut parts: Vec<PathBuf> =
        std::fs::read_dir(root.join(SSHD_PARTS)).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    parts.retain(|path| path.extension().is_some_and(|end| end == "conf"));
    parts.sort();
    let files: Vec<PathBuf> = [root.join(SSHD)].into_iter().chain(parts).collect();
    let closed = files.iter().find(|path| path.exists() && std::fs::read_to_string(path).is_err());
    let texts: Vec<(PathBuf, String)> = files.iter().filter_map(|path| Some((path.clone(), std::fs::read_to_string(path).ok()?))).collect();
    let ours = texts.into_iter().find_map(|(path, text)| {
        let block = block(&text, |head, body| match way {
            Way::OneAccount => is_for_user(head, service.unwrap_or_default()),
            Way::OwnAccount => word(body, "forcecommand").is_some_and(|command| command.ends_with("/closeloop")),
        })?;
        Some((path, block))
    });
    let Some((path, block)) = ours else {
        match closed {
            Some(path) => found.look(ABOUT, format!("{} cannot be read from here.", path.display()), "Run doctor as the administrator."),
            None => found.mend(
                ABOUT,
                format!("sshd has no rules for closeloop: neither in {} nor in another file beside it.", root.join(SSHD_OURS).display()),
                "Write them there as in the README, then systemctl reload ssh.",
            ),
        }
        return None;
    };
    let elsewhere = |value: &str| patient.keys.is_some_and(|file| leads_to(value, file));
    let missing: Vec<String> = WANTED
        .into_iter()
        .filter(|(name, wanted)| !word(&block, name).is_some_and(|is| is == *wanted || *name == KEYS_IN && elsewhere(is)))
        .map(|(name, wanted)| format!("{name} {wanted}"))
        .collect();
    match missing.as_slice() {
        [] => found.ok(
            ABOUT,
            format!(
                "{} has the rules of sshd; whether sshd has read them since, and what goes before them, is not seen from here.",
                path.display()
            ),
        ),
        some => found.mend(
            ABOUT,
            format!("In the rules of sshd in {} these lines are missing, or say something else: {}.", path.display(), some.join(", ")),
            "Write them as in the README, then systemctl reload ssh.",
        ),
    }
    word(&block, "forcecommand").map(str::to_string)
}

/// The lines of the first part that begins with `Match` and is meant.
fn block(text: &str, meant: impl Fn(&str, &str) -> bool) -> Option<String> {
    let mut parts: Vec<(String, String)> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
        match line.split_once(char::is_whitespace).filter(|(name, _)| name.eq_ignore_ascii_case("match")) {
            Some((_, head)) => parts.push((head.trim().to_string(), String::new())),
            None => {
                if let Some((_, body)) = parts.last_mut() {
                    body.push_str(line);
                    body.push('\n');
                }
            }
        }
    }
    parts.into_iter().find(|(head, body)| meant(head, body)).map(|(_, body)| body)
}

/// Whether what follows `Match` names that account among its users.
fn is_for_user(head: &str, account: &str) -> bool {
    let mut words = head.split_whitespace().skip_while(|word| !word.eq_ignore_ascii_case("user"));
    words.nth(1).is_some_and(|users| users.split(',').any(|user| user == account))
}

/// Whether that place of keys is the file that was named to be looked over; it is called as its account where the place says `%u`.
fn leads_to(place: &str, file: &Path) -> bool {
    let Ok(whole) = std::fs::canonicalize(file) else { return false };
    let account = whole.file_name().unwrap_or_default().to_string_lossy();
    Path::new(&place.replace("%u", &account)) == whole
}

/// What a setting of `sshd` is set to: the first that is there.
fn word<'a>(block: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = block.lines().filter_map(|line| line.split_once(char::is_whitespace));
    lines.find(|(of, _)| of.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

/// The files of keys: the one that was named, else those of the README's folder, which only the administrator may change.
fn key_files(found: &mut Findings, patient: &Patient<'_>, service: Option<&str>) -> Vec<PathBuf> {
    let folder = patient.root.join(KEYS);
    match std::fs::metadata(&folder) {
        Ok(meta) if !closed_to_others(&meta) => {
            let said = format!(
                "{} belongs to {} and has mode {:04o}: whoever can write there can be anybody, and sshd then believes none of its keys.",
                folder.display(),
                user(meta.uid()),
                meta.mode() & 0o7777
            );
            found.mend("keys", said, format!("chown root {0} && chmod 0755 {0}", folder.display()));
        }
        Ok(_) => {}
        Err(error) if patient.keys.is_none() => {
            let said = format!("{} cannot be looked into: {error}.", folder.display());
            found.look("keys", said, "If the keys lie elsewhere, name their file with --keys; nobody's key was looked at.");
        }
        Err(_) => {}
    }
    if let Some(file) = patient.keys {
        return vec![file.to_path_buf()];
    }
    let mut files: Vec<PathBuf> = match service {
        Some(account) => vec![folder.join(account)],
        None => std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect(),
    };
    files.retain(|file| file.is_file());
    files.sort();
    if files.is_empty() && folder.is_dir() {
        found.look(
            "keys",
            format!("No key lies in {}.", folder.display()),
            "Nobody can come in over SSH yet; the README says how a key is added.",
        );
    }
    files
}

fn closed_to_others(meta: &Metadata) -> bool {
    meta.uid() == 0 && meta.mode() & 0o022 == 0
}

/// The program that people are given: root's, and where everybody has an account, with the group that owns the data.
fn program(found: &mut Findings, patient: &Patient<'_>, way: Way, named: &str) {
    let path = patient.root.join(named.trim_start_matches('/'));
    let name = path.display();
    let Ok(meta) = std::fs::metadata(&path) else {
        return found.mend(ABOUT, format!("There is no program {name}: nobody comes in."), "Install it as in the README.");
    };
    let mode = meta.mode() & 0o7777;
    let before = found.0.len();
    if !closed_to_others(&meta) {
        let said = format!("{name} belongs to {} and has mode {mode:04o}: whoever can change it can do anything here.", user(meta.uid()));
        let remedy = match way {
            Way::OneAccount => format!("chown root {name} && chmod 0755 {name}"),
            Way::OwnAccount => format!("chown root {name} && chmod 2755 {name}"),
        };
        found.mend(ABOUT, said, remedy);
    }
    if let (Way::OwnAccount, Ok(theirs)) = (way, std::fs::metadata(folder_of(patient.db)))
        && (meta.gid() != theirs.gid() || mode & SET_GROUP == 0)
    {
        let (has, needs) = (group(meta.gid()), group(theirs.gid()));
        let said = format!(
            "{name} belongs to the group {has} and has mode {mode:04o}: without {needs} and 2755 nobody can open the database. An upgrade does that."
        );
        // In this order: a change of group takes the mark away.
        found.mend(ABOUT, said, format!("chgrp {needs} {name} && chmod 2755 {name}"));
    }
    if found.0.len() == before {
        found.ok(ABOUT, format!("{name}: {}:{}, mode {mode:04o}.", user(meta.uid()), group(meta.gid())));
    }
}

/// Who is in the group that owns the data could open the file with any other program.
fn members(found: &mut Findings, patient: &Patient<'_>) {
    let Ok(folder) = std::fs::metadata(folder_of(patient.db)) else { return };
    let number = folder.gid().to_string();
    let lines = |file: &str| std::fs::read_to_string(patient.root.join(file)).unwrap_or_default();
    let (groups, accounts) = (lines("etc/group"), lines("etc/passwd"));
    let fields = |line: &str| line.split(':').map(str::to_string).collect::<Vec<_>>();
    let Some(ours) = groups.lines().map(fields).find(|fields| fields.get(2) == Some(&number)) else {
        let said =
            format!("The group {} of the data is not in this machine's own list: who is in it is not seen from here.", group(folder.gid()));
        return found.look(ABOUT, said, format!("getent group {} says it; nobody should be.", group(folder.gid())));
    };
    let name = ours.first().cloned().unwrap_or_default();
    let named = ours.get(3).map(|list| list.split(',').filter(|one| !one.is_empty()).map(str::to_string).collect::<Vec<_>>());
    let first = accounts.lines().map(fields).filter(|fields| fields.get(3) == Some(&number)).filter_map(|fields| fields.first().cloned());
    // The account of the timers has it by right.
    let mut inside: Vec<String> = named.unwrap_or_default().into_iter().chain(first).filter(|one| *one != name).collect();
    inside.sort();
    inside.dedup();
    match inside.as_slice() {
        [] => found.ok(ABOUT, format!("Nobody is a member of the group {name}, as far as this machine's own list says.")),
        some => found.mend(
            ABOUT,
            format!("In the group {name} are {}: they can open the data with any program, past every rule.", some.join(", ")),
            format!("gpasswd --delete LOGIN {name}; where it is somebody's first group: usermod --gid closeloop-people LOGIN"),
        ),
    }
}
