//! Files on the disk: whose they are, who may use them, and what does not belong there. T17: what a restore by hand leaves.

use super::{Findings, ago};
use crate::domain::count::counted;
use crate::store::{self, folder_of};
use chrono::{DateTime, TimeDelta, Utc};
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// What is said of files that are in order, and of those that are not.
const ABOUT: &str = "files";

/// Set on a folder that gives its group to all that is made in it.
const SHARED: u32 = 0o2000;

/// A log is written whenever its database is; one that is so much older belongs to another.
const SLACK: i64 = 60;

/// Half-made files are gone sooner than this.
const HALF_MADE: TimeDelta = TimeDelta::hours(1);

/// A file with what the file system says about it.
struct Facts {
    path: PathBuf,
    meta: Metadata,
}

impl Facts {
    fn of(path: PathBuf) -> Option<Facts> {
        let meta = std::fs::symlink_metadata(&path).ok()?;
        Some(Facts { path, meta })
    }

    fn mode(&self) -> u32 {
        self.meta.mode() & 0o777
    }

    fn name(&self) -> String {
        self.path.display().to_string()
    }
}

/// Looks the files over; says whether the database may be opened without making anything worse.
pub fn look_over(found: &mut Findings, db: &Path, now: DateTime<Utc>) -> bool {
    let Some(main) = Facts::of(db.to_path_buf()) else {
        found.mend(
            ABOUT,
            format!("There is no file {}, or this user may not see it.", db.display()),
            "Name the database with --db FILE, or restore the newest backup.",
        );
        return false;
    };
    if main.meta.is_symlink() || !main.meta.is_file() || main.meta.nlink() > 1 {
        let said = format!("{} is no plain file with one name.", main.name());
        found.mend(
            ABOUT,
            said,
            "Make it one (a copy by closeloop backup): under two names a database has two logs, and one of them is lost.",
        );
        return false;
    }
    let folder = folder_of(db).to_path_buf();
    let before = found.0.len();
    let mut may_open = heads(found, &main);
    let beside = beside(db);
    if let Some(folder) = Facts::of(folder.clone()) {
        rights(found, &folder, &main, &beside);
    }
    may_open &= log(found, &main);
    if found.0.len() == before {
        let with = if beside.is_empty() { String::new() } else { format!(" and {} beside it", counted(beside.len(), "file", "files")) };
        let (owner, group) = (user(main.meta.uid()), group(main.meta.gid()));
        found.ok(ABOUT, format!("{}{with}: {owner}:{group}, mode {:04o}.", main.name(), main.mode()));
    }
    left_over(found, db, &folder, now);
    may_open
}

/// The marks in the files: what they are and of which version.
fn heads(found: &mut Findings, main: &Facts) -> bool {
    let head = match store::head(&main.path) {
        Ok(head) => head,
        Err(error) => {
            found.mend(
                ABOUT,
                format!("{} cannot be read: {error}.", main.name()),
                "Run doctor as the user who owns it, or as the administrator.",
            );
            return false;
        }
    };
    let Some(head) = head else {
        found.mend(
            ABOUT,
            format!("{} is no database.", main.name()),
            "Put the newest backup in its place: closeloop restore FILE --replace.",
        );
        return false;
    };
    if !head.is_ours() {
        let said = format!(
            "{} is a database of another program, or of a closeloop before its first release (mark {:08X}).",
            main.name(),
            head.mark
        );
        found.mend(ABOUT, said, "Put a closeloop backup in its place: closeloop restore FILE --replace.");
        return false;
    }
    let known = store::known(store::LADDER);
    if head.schema > known {
        let said = format!("{} was written by a newer closeloop (schema {}, this one knows {known}).", main.name(), head.schema);
        found.mend(ABOUT, said, "Install the newer program.");
        return false;
    }
    if head.schema < known {
        let said = format!("{} was written by an older closeloop (schema {}, this one has {known}).", main.name(), head.schema);
        found.look(ABOUT, said, "The next start brings it up to date and keeps a copy beside it.");
        return false;
    }
    true
}

/// The files that belong to the database, besides itself.
fn beside(db: &Path) -> Vec<Facts> {
    let whole = |path: PathBuf| [path.clone(), tail(&path, "-wal"), tail(&path, "-shm")];
    let mut paths = vec![tail(db, "-wal"), tail(db, "-shm")];
    for own in [store::drafts_path(db), store::looks_path(db)] {
        paths.extend(whole(own));
    }
    paths.into_iter().filter_map(Facts::of).collect()
}

fn tail(path: &Path, tail: &str) -> PathBuf {
    let mut name = path.as_os_str().to_os_string();
    name.push(tail);
    PathBuf::from(name)
}

/// Owners and modes: everybody who works here must be able to use all of them, and nobody else any.
fn rights(found: &mut Findings, folder: &Facts, main: &Facts, beside: &[Facts]) {
    let shared = folder.meta.mode() & SHARED != 0;
    if folder.mode() & 0o007 != 0 {
        let said = format!("Everybody on this machine may enter the folder {}.", folder.name());
        let remedy = format!("chmod o-rwx {}", folder.name());
        // In a home folder that is usual, and what lies in it is closed by itself.
        if folder.mode() & 0o002 != 0 { found.mend(ABOUT, said, remedy) } else { found.look(ABOUT, said, remedy) }
    }
    // Who works needs to read, write and enter it: as its owner, or as its group.
    let (needs, set) = if shared { (0o070, "2770") } else { (0o700, "0700") };
    if folder.mode() & needs != needs {
        let said = format!(
            "Nothing can be made in the folder {} by those who work here (mode {:04o}).",
            folder.name(),
            folder.meta.mode() & 0o7777
        );
        found.mend(ABOUT, said, format!("chmod {set} {}", folder.name()));
    }
    if !shared && main.meta.uid() != folder.meta.uid() {
        let (owner, theirs) = (user(main.meta.uid()), user(folder.meta.uid()));
        let said = format!("{} belongs to {owner}, and its folder to {theirs}.", main.name());
        found.mend(ABOUT, said, format!("chown {theirs} {}", main.name()));
    }
    if !shared && main.mode() & 0o020 != 0 {
        let said =
            format!("{} may be written by its group, but the folder does not give that group to what is made beside it.", main.name());
        found.mend(ABOUT, said, format!("chmod g+s {}, or chmod 0600 {} where one user owns all", folder.name(), main.name()));
    }
    for file in std::iter::once(main).chain(beside) {
        let name = file.name();
        if file.mode() & 0o007 != 0 {
            found.mend(
                ABOUT,
                format!("Everybody on this machine may use {name} (mode {:04o}).", file.mode()),
                format!("chmod o-rwx {name}"),
            );
        }
        if shared {
            if file.meta.gid() != folder.meta.gid() {
                let (group, theirs) = (group(file.meta.gid()), group(folder.meta.gid()));
                found.mend(
                    ABOUT,
                    format!("{name} belongs to the group {group}, and its folder to {theirs}."),
                    format!("chgrp {theirs} {name}"),
                );
            }
            if file.mode() & 0o660 != 0o660 {
                let said = format!("{name} cannot be written by everybody who works here (mode {:04o}).", file.mode());
                found.mend(ABOUT, said, format!("chmod 0660 {name}"));
            }
            continue;
        }
        if file.meta.uid() != main.meta.uid() {
            let (owner, theirs) = (user(file.meta.uid()), user(main.meta.uid()));
            found.mend(ABOUT, format!("{name} belongs to {owner}, and the database to {theirs}."), format!("chown {theirs} {name}"));
        }
        if file.mode() & 0o600 != 0o600 {
            found.mend(ABOUT, format!("{name} cannot be written by its owner (mode {:04o}).", file.mode()), format!("chmod u+rw {name}"));
        }
    }
}

/// Whether the log is the database's own. One that was left when the file was put in its place would be brought into it, and
/// damage it, by whoever opens it next.
fn log(found: &mut Findings, main: &Facts) -> bool {
    let Some(log) = Facts::of(tail(&main.path, "-wal")).filter(|log| log.meta.len() > 0) else { return true };
    let aside = format!("If that was so, move {0} and its -shm away before anybody opens it: mv {0} {0}.aside", log.name());
    let page = store::head(&main.path).ok().flatten().map(|head| head.page);
    if let (Some(page), Ok(Some(other))) = (page, store::log_page(&log.path))
        && page != other
    {
        let said = format!("{} is the log of another database (pages of {other} bytes, not {page}).", log.name());
        found.mend(ABOUT, said, aside);
        return false;
    }
    let older = |seconds: i64| seconds > log.meta.mtime() + SLACK;
    if older(main.meta.mtime()) {
        let said = format!("{} is older than the database beside it, as when a file was copied into its place.", log.name());
        let remedy = format!("{aside}. If nothing was copied, open closeloop once and leave it.");
        found.mend(ABOUT, said, remedy);
        return false;
    }
    if older(main.meta.ctime()) {
        let said = format!("{} was put there, or given other rights, after {} was last written.", main.name(), log.name());
        found.look(ABOUT, said, format!("{aside}. If only rights were changed, nothing is wrong."));
        return false;
    }
    true
}

/// Files beside the database that no running program needs.
fn left_over(found: &mut Findings, db: &Path, folder: &Path, now: DateTime<Utc>) {
    let stem = db.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut names: Vec<String> = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let age = |name: &str| {
        let modified = std::fs::symlink_metadata(folder.join(name)).ok()?.modified().ok()?;
        Some(now - DateTime::<Utc>::from(modified))
    };
    for name in &names {
        let Some(age) = age(name) else { continue };
        let path = folder.join(name).display().to_string();
        let half = [".making-", ".restoring", ".half"].iter().any(|word| name.contains(word));
        if half && age > HALF_MADE {
            let said = format!("{path} was begun {} and never finished.", ago(age));
            found.mend(ABOUT, said, format!("rm -r {path}"));
        }
        let kept = name.strip_prefix(&stem).is_some_and(|rest| rest.starts_with(".replaced") || rest.starts_with(".before-upgrade"));
        if kept && !name.ends_with("-wal") && !name.ends_with("-shm") && age > TimeDelta::days(30) {
            let said = format!("{path} was kept aside {}; it holds children's data.", ago(age));
            found.look(ABOUT, said, format!("Once nobody needs it: rm {path}"));
        }
    }
}

/// A user as people know them.
pub fn user(uid: u32) -> String {
    let known = uzers::get_user_by_uid(uid).and_then(|user| user.name().to_str().map(str::to_string));
    known.unwrap_or_else(|| format!("user {uid}"))
}

/// A group as people know it.
pub fn group(gid: u32) -> String {
    let known = uzers::get_group_by_gid(gid).and_then(|group| group.name().to_str().map(str::to_string));
    known.unwrap_or_else(|| format!("group {gid}"))
}
