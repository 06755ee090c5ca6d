//! What can go wrong with the database, each as a sentence: what was wrong, where, what to do now.

use crate::domain::error::RuleError;
use std::path::PathBuf;
use thiserror::Error;

/// A failure of the store. Nothing was changed unless the text says otherwise.
#[derive(Debug, Error)]
pub enum StoreError {
    /// A rule refused.
    #[error(transparent)]
    Refused(#[from] RuleError),
    /// Somebody changed the row since it was read.
    #[error("{by} changed {what} {when}. Look at what is there now; what you typed is kept.")]
    Stale {
        /// What was changed (`CR-0412`).
        what: String,
        /// Who.
        by: String,
        /// When, as people say it (`at 14:06`).
        when: String,
    },
    /// Somebody else is writing and did not finish in time.
    #[error("Not saved yet: somebody else is writing to the database. Your text is kept; try again in a moment.")]
    Busy,
    /// There is no such file.
    #[error("There is no database at {0}. Make one with `closeloop init --framework ID`, or look around with `closeloop demo`.")]
    Missing(PathBuf),
    /// The file belongs to another program.
    #[error("{0} is not a closeloop database. Nothing was changed. Give another file with --db.")]
    Foreign(PathBuf),
    /// The file was written by a newer closeloop.
    #[error(
        "{path} was written by a newer closeloop (schema {found}, this program knows {known}). Nothing was changed. Install the newer program."
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema version.
        found: i64,
        /// What this program knows.
        known: i64,
    },
    /// The bundled SQLite is too old to be safe with several writers.
    #[error(
        "This closeloop was built with SQLite {0}, which can lose data when several people write. Install one built with 3.51.3 or later."
    )]
    OldSqlite(&'static str),
    /// The file lies on a network file system.
    #[error(
        "{path} lies on a network file system ({kind}), where SQLite cannot keep two people from writing over each other. Move it to a disk of this machine."
    )]
    Network {
        /// The file.
        path: PathBuf,
        /// Which kind.
        kind: &'static str,
    },
    /// The file or its folder cannot be written.
    #[error("{0} cannot be written: it or its folder is read-only for you. Ask for write access, or give another file with --db.")]
    ReadOnly(PathBuf),
    /// The disk is full.
    #[error("Not saved: the disk is full. Your text is kept. Free some space (or ask for it), then save again.")]
    Full,
    /// The disk, or a quota on it, refused a write for another reason than being full.
    #[error(
        "Not saved: the disk reported an error. Your text is kept. Ask for the disk and your quota on it to be looked at, then save again."
    )]
    Disk,
    /// SQLite did not take a setting.
    #[error("SQLite did not accept {name} = {wanted} (it says {found}), so this database is not safe to use. Please report this.")]
    Setting {
        /// Name of the pragma.
        name: &'static str,
        /// What was asked for.
        wanted: String,
        /// What it is.
        found: String,
    },
    /// The file is damaged.
    #[error("{0} is damaged. Do not write to it. Restore the newest backup with `closeloop restore FILE`.")]
    Damaged(PathBuf),
    /// A row does not hold what it should.
    #[error("The database holds something this program cannot read in {place}: {what}. Run `closeloop verify`.")]
    Unreadable {
        /// Table and column.
        place: &'static str,
        /// What was wrong.
        what: String,
    },
    /// A file beside the database could not be read or written.
    #[error("{path}: {what}")]
    File {
        /// The file.
        path: PathBuf,
        /// What was wrong and what to do.
        what: String,
    },
    /// Anything else that SQLite says.
    #[error("The database refused: {0}. Nothing was changed. Run `closeloop verify`; if it is clean, please report this.")]
    Sql(rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy,
            Some(ErrorCode::DiskFull) => StoreError::Full,
            Some(ErrorCode::SystemIoFailure) => StoreError::Disk,
            Some(ErrorCode::ReadOnly) => StoreError::ReadOnly(PathBuf::from("The database")),
            Some(ErrorCode::DatabaseCorrupt) => StoreError::Damaged(PathBuf::from("The database")),
            _ => StoreError::Sql(error),
        }
    }
}

/// Result of the store.
pub type StoreResult<T> = Result<T, StoreError>;
