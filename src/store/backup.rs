//! Backups and restores: always through SQLite, never by copying a live file.

use super::error::{Doing, StoreError, StoreResult};
use super::journal::Hash;
use super::looks::{self, looks_path};
use super::make::{self, first_free};
use super::open::{self, Purpose};
use super::verify::{Verified, verify};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};
use std::path::{Path, PathBuf};

/// Writes a consistent copy of a live database in one step. (Copying page by page never ends while others write.)
pub(super) fn vacuum_into(connection: &Connection, to: &Path) -> StoreResult<()> {
    let Some(name) = to.to_str() else {
        return Err(StoreError::File { path: to.to_path_buf(), what: "has a name that is not text. Give a plain name.".into() });
    };
    connection.execute("VACUUM INTO ?1", [name])?;
    Ok(())
}

/// Backs a database up into a new file and verifies the copy. Refuses to overwrite a file.
pub fn backup(from: &Path, to: &Path, progress: &mut dyn FnMut(u64, u64)) -> StoreResult<Verified> {
    if to.exists() {
        return Err(StoreError::File {
            path: to.to_path_buf(),
            what: "is there already. A backup never overwrites; give a new name.".into(),
        });
    }
    make::free_place(to)?;
    let (connection, _) = open::look(from, Purpose::Admin)?;
    let half = make::claim(to)?;
    let copied = copy_into(&connection, &half).and_then(|()| make::give_name(&half, to));
    copied.inspect_err(|_| make::discard(&half))?;
    drop(connection);
    // After the database, so that whatever its journal noted of the log is in the copy of the log.
    let log = copy_looks(from, to, None);
    let mut verified = verify(to, None, progress)?;
    // A backup is no worse for a log that is not: what cannot be copied is told, and never keeps a copy of the database from being made.
    if let Err(error) = log {
        verified.looks = vec![error.to_string()];
    }
    Ok(verified)
}

/// Copies the log of who looked at what beside the copy, where the one has such a log and the other none. A log that is there is
/// never replaced: it may hold looks that the other does not know. `model` is a file to whose owner, and in whose mode, it goes.
fn copy_looks(from: &Path, to: &Path, model: Option<&Path>) -> StoreResult<()> {
    let (log, copy) = (looks_path(from), looks_path(to));
    if copy.exists() || !log.exists() {
        return Ok(());
    }
    let half = make::claim(&copy)?;
    let copied = looks::copy_into(from, &half)
        .and_then(|()| model.map_or(Ok(()), |model| usable_as(model, &half)))
        .and_then(|()| make::give_name(&half, &copy));
    copied.inspect_err(|_| make::discard(&half)).map_err(|error| match error {
        StoreError::File { .. } | StoreError::LooksUnreadable(_) => error,
        other => StoreError::File { path: log, what: format!("could not be copied: {other}") },
    })
}

/// Copies a live database into a file of its own, in the mode that ours have.
pub(super) fn copy_into(connection: &Connection, to: &Path) -> StoreResult<()> {
    let copied = vacuum_into(connection, to).and_then(|()| {
        // VACUUM INTO writes a file in the old journal mode; ours are in WAL mode, and opening insists on it.
        let copy = Connection::open(to)?;
        let _mode: String = copy.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
        Ok(())
    });
    copied.map_err(|error| error.doing(Doing::Copying))
}

pub(super) fn drop_half(path: &Path) {
    // A half-written copy is worse than none; if it cannot be removed the error that follows names it.
    let _ = std::fs::remove_file(path);
}

/// Whose a database is, and since when, as its file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Hash of the first row of its journal, which every copy of it has and no other database.
    pub first: Option<Hash>,
    /// The day on which that row was written.
    pub begun: Option<DateTime<Utc>>,
    /// When the last one was.
    pub last: Option<DateTime<Utc>>,
    /// What its council is called, where somebody set it down; empty: nobody has.
    pub council: String,
    /// The text of the framework that is in force in it; empty: none is.
    pub framework: String,
}

/// Reads whose a database is. It is not brought up to date for it.
pub fn origin(path: &Path) -> StoreResult<Origin> {
    let (connection, _) = open::look(path, Purpose::Read)?;
    let row = |which: &str| {
        let sql = format!("SELECT hash, at FROM journal WHERE seq = (SELECT {which}(seq) FROM journal)");
        connection.query_row(&sql, [], |row| Ok((row.get::<_, Hash>(0)?, row.get::<_, i64>(1)?))).optional()
    };
    let (first, last) = (row("min")?, row("max")?);
    let text = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, String>(0)).optional().map(Option::unwrap_or_default);
    let day = |row: &Option<(Hash, i64)>| row.as_ref().and_then(|(_, at)| DateTime::from_timestamp_millis(*at));
    Ok(Origin {
        begun: day(&first),
        last: day(&last),
        first: first.map(|(hash, _)| hash),
        council: text("SELECT value FROM setting WHERE name = 'council'")?,
        framework: text("SELECT f.text FROM framework f JOIN setting s ON s.name = 'framework' AND s.value = f.id || '@' || f.version")?,
    })
}

/// What came of a restore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// Where the database that was there is now; none where none was.
    pub kept: Option<PathBuf>,
    /// What is wrong with the backup's log of who looked at what, as sentences: the database was restored all the same.
    pub looks: Vec<String>,
}

/// Puts a backup in place of a database; the one that was there is kept under a new name, which is returned.
///
/// The backup is verified first, and nothing is touched unless it is clean. `replace` says that the person knows that a
/// file is there.
pub fn restore(from: &Path, to: &Path, replace: bool, progress: &mut dyn FnMut(u64, u64)) -> StoreResult<Restored> {
    let verified = verify(from, None, progress)?;
    if !verified.clean() {
        return Err(StoreError::File {
            path: from.to_path_buf(),
            what: format!("is not clean, so it was not restored: {}", verified.problems.join(" ")),
        });
    }
    if to.exists() && !replace {
        return Err(StoreError::File {
            path: to.to_path_buf(),
            what: "is there already. Add --replace to put the backup in its place; the file there now is kept beside it.".into(),
        });
    }
    let staged = beside(to, "restoring");
    drop_half(&staged);
    if !to.exists() {
        make::free_place(to)?;
    }
    let (connection, _) = open::look(from, Purpose::Admin)?;
    copy_into(&connection, &staged).inspect_err(|_| drop_half(&staged))?;
    drop(connection);
    let kept = if to.exists() { Some(set_aside(to).inspect_err(|_| drop_half(&staged))?) } else { None };
    usable_as(kept.as_deref().unwrap_or(make::folder_of(to)), &staged)?;
    rename(&staged, to)?;
    // To whom the database belongs by now: where they could not write it, no record would open.
    copy_looks(from, to, Some(to))?;
    Ok(Restored { kept, looks: verified.looks })
}

/// Gives a restored file to whom the one before it belonged, or its folder: an administrator who restores must not lock out
/// everybody else.
fn usable_as(model: &Path, file: &Path) -> StoreResult<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    let trouble =
        |error: std::io::Error| StoreError::File { path: file.to_path_buf(), what: format!("could not be given its rights: {error}.") };
    let (is, wanted) = (std::fs::metadata(file).map_err(trouble)?, std::fs::metadata(model).map_err(trouble)?);
    if rustix::process::geteuid().is_root() {
        chown(file, Some(wanted.uid()), Some(wanted.gid())).map_err(trouble)?;
    }
    let mode = match wanted.is_dir() {
        false => wanted.mode() & 0o666,
        // What is made in a shared folder is for its group.
        true if wanted.mode() & 0o2000 != 0 => 0o660,
        true => is.mode() & 0o600,
    };
    std::fs::set_permissions(file, PermissionsExt::from_mode(mode)).map_err(trouble)
}

/// Moves a database aside with everything in it: whatever its log still holds is brought into the file first.
fn set_aside(path: &Path) -> StoreResult<PathBuf> {
    let live = match open::connect(path, Purpose::Admin) {
        Ok(live) => Some(live),
        // What is no database of ours, or a broken one, is in nobody's use: it is set aside as it is.
        Err(StoreError::Foreign(_) | StoreError::Damaged(_)) => None,
        Err(other) => return Err(other),
    };
    if let Some(live) = live {
        // A session that still has it open would go on writing into the file that was set aside.
        let busy: i64 = live.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        let alone = live.pragma_update(None, "locking_mode", "EXCLUSIVE").is_ok() && live.execute_batch("BEGIN EXCLUSIVE; COMMIT").is_ok();
        if busy != 0 || !alone {
            return Err(StoreError::InUse(path.to_path_buf()));
        }
    }
    let kept = free_name(path, "replaced");
    rename(path, &kept)?;
    for tail in ["-wal", "-shm"] {
        let mut name = path.as_os_str().to_os_string();
        name.push(tail);
        let side = PathBuf::from(name);
        if side.exists() {
            let mut to = kept.as_os_str().to_os_string();
            to.push(tail);
            rename(&side, Path::new(&to))?;
        }
    }
    Ok(kept)
}

/// A name beside the file that nothing has yet.
pub(super) fn free_name(path: &Path, word: &str) -> PathBuf {
    first_free((0..).map(|n: u32| beside(path, &if n == 0 { word.to_string() } else { format!("{word}-{n}") })))
}

pub(super) fn beside(path: &Path, word: &str) -> PathBuf {
    let mut name = path.as_os_str().to_os_string();
    name.push(format!(".{word}"));
    PathBuf::from(name)
}

pub(super) fn rename(from: &Path, to: &Path) -> StoreResult<()> {
    std::fs::rename(from, to)
        .map_err(|error| StoreError::File { path: from.to_path_buf(), what: format!("could not be moved to {}: {error}.", to.display()) })
}
