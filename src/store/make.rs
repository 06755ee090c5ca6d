//! Making files: each grows under a name of its own beside its place and gets the real one only when it is whole, so
//! that whoever looks meanwhile, or after a kill, finds no file rather than half a one.

use super::backup;
use super::error::{Doing, StoreError, StoreResult};
use super::open::{self, Purpose};
use rusqlite::{Connection, OpenFlags};
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Makes a new file in WAL mode with this mark and what `fill` puts into it. Refuses a file that is there; of two who
/// make it together one is told that it is there.
pub fn make(path: &Path, mark: i64, fill: impl FnOnce(&mut Connection) -> StoreResult<()>) -> StoreResult<()> {
    open::check_sqlite(rusqlite::version_number(), rusqlite::version())?;
    open::refuse_network(folder_of(path))?;
    free_place(path)?;
    let half = claim(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let made = Connection::open_with_flags(&half, flags).map_err(|error| open::cannot_open(&half, error)).and_then(|mut connection| {
        let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
        open::expect("journal_mode", "wal", &mode)?;
        connection.execute_batch(&format!("PRAGMA application_id = {mark}"))?;
        open::settle(&mut connection, &half, Purpose::Admin, mark)?;
        fill(&mut connection)?;
        // The last connection to close brings its log into the file.
        connection.close().map_err(|(_, error)| StoreError::from(error))
    });
    made.and_then(|()| give_name(&half, path)).map_err(|error| error.doing(Doing::Copying)).inspect_err(|_| discard(&half))
}

/// The folder a file lies in; the current one where its name alone says nothing of it.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Refuses a place where something is, and one in a folder that is not there.
pub fn free_place(path: &Path) -> StoreResult<()> {
    if path.exists() {
        return Err(there_already(path));
    }
    let folder = folder_of(path);
    match folder.is_dir() {
        true => Ok(()),
        false => Err(StoreError::NoFolder { folder: folder.to_path_buf(), file: path.to_path_buf() }),
    }
}

fn there_already(path: &Path) -> StoreError {
    // What is there may be a folder; the sentence begins with "The file".
    let what = match path.is_dir() {
        true => "is a folder that is there already. Nothing was changed. Give another name, or move it away.",
        false => "is there already. Nothing was changed. Give another name, or move it away.",
    };
    StoreError::File { path: path.to_path_buf(), what: what.into() }
}

/// Why a file could not be made at a place.
pub(super) fn cannot(path: &Path, error: &std::io::Error) -> StoreError {
    let (folder, file) = (folder_of(path), path.to_path_buf());
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory if !folder.is_dir() => StoreError::NoFolder { folder: folder.to_path_buf(), file },
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem | ErrorKind::NotFound => {
            // "." says nothing to somebody who does not know where the program was started.
            let folder = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf());
            StoreError::ClosedFolder { folder, file }
        }
        ErrorKind::AlreadyExists => there_already(path),
        ErrorKind::FileTooLarge => {
            let what = "was not made: you may write no file that large (a limit of your session, `ulimit -f`). Nothing was changed. Ask \
                        whoever runs this machine to raise it.";
            StoreError::File { path: file, what: what.into() }
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => StoreError::Full(Doing::Copying),
        _ => StoreError::File { path: file, what: format!("could not be made: {error}. Give another name.") },
    }
}

/// Takes a name beside the file that nobody else who makes it now can take; an empty file has it.
pub(super) fn claim(path: &Path) -> StoreResult<PathBuf> {
    for n in 0u32.. {
        let name = backup::beside(path, &format!("making-{n}"));
        match std::fs::OpenOptions::new().write(true).create_new(true).open(&name) {
            Ok(_) => return Ok(name),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(cannot(path, &error)),
        }
    }
    Err(there_already(path))
}

/// Gives a finished file, which nobody has open, its real name, and returns when that will outlast a power cut. Refuses
/// a name that something has.
pub fn give_name(half: &Path, path: &Path) -> StoreResult<()> {
    let cannot = |error: std::io::Error| cannot(path, &error);
    File::open(half).and_then(|file| file.sync_all()).map_err(cannot)?;
    // A second name for the same file, and only where nothing has that name: renaming would overwrite.
    std::fs::hard_link(half, path).map_err(cannot)?;
    discard(half);
    // Not every file system lets a folder be synced; where it does not, the name is as safe as it can be.
    let _ = File::open(folder_of(path)).and_then(|folder| folder.sync_all());
    Ok(())
}

/// Makes a file of these bytes: it has its name only when it is whole. Where `replace` says so, a file that is there gives way to
/// it; else a name that something has is refused.
pub fn write_file(path: &Path, bytes: &[u8], replace: bool) -> StoreResult<()> {
    let there = path.is_file();
    if !(replace && there) {
        free_place(path)?;
    }
    let half = claim(path)?;
    let written = std::fs::write(&half, bytes).map_err(|error| cannot(path, &error));
    let named = written.and_then(|()| match replace && there {
        true => File::open(&half)
            .and_then(|file| file.sync_all())
            .and_then(|()| std::fs::rename(&half, path))
            .map_err(|error| cannot(path, &error)),
        false => give_name(&half, path),
    });
    named.inspect_err(|_| discard(&half))
}

/// So many names are tried for a file; after that the last of them is refused like any that is taken.
const NAMES: u32 = 999;

/// The name of a file to be made: this one, or where something has it, the next free one with -2, -3 and so on before its ending.
pub fn next_free_name(name: &str) -> PathBuf {
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str()).map(|ending| format!(".{ending}")).unwrap_or_default();
    let stem = name.strip_suffix(&ending).unwrap_or(name);
    first_free(std::iter::once(name.into()).chain((2..=NAMES).map(|number| format!("{stem}-{number}{ending}").into())))
}

/// The first of these names that nothing has, not even a link that leads nowhere; the last of them where something has each.
pub(super) fn first_free(names: impl Iterator<Item = PathBuf>) -> PathBuf {
    let mut last = PathBuf::new();
    for one in names {
        last = one;
        if std::fs::symlink_metadata(&last).is_err() {
            break;
        }
    }
    last
}

/// Removes a file that was not finished, with the log beside it.
pub fn discard(half: &Path) {
    for tail in ["", "-wal", "-shm"] {
        let mut name = half.as_os_str().to_os_string();
        name.push(tail);
        backup::drop_half(Path::new(&name));
    }
}
