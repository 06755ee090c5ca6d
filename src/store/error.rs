//! What can go wrong with the database, each as a sentence: what was wrong, where, what to do now.

use crate::domain::error::RuleError;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// What was being done when the disk or another person came in the way: the sentence has to fit it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Reading: a list, a record, a check.
    Reading,
    /// Writing a batch of changes.
    Writing,
    /// Saving what a person has typed, who still has it in front of them.
    Typing,
    /// Making a copy: a backup, a restore, a new file.
    Copying,
}

impl Doing {
    /// What did not come about.
    fn failed(self) -> &'static str {
        match self {
            Doing::Reading => "The database could not be read",
            Doing::Writing | Doing::Typing => "Not saved",
            Doing::Copying => "The file could not be made",
        }
    }

    /// What became of the work, where anything could have.
    fn kept(self) -> &'static str {
        match self {
            Doing::Reading => "",
            Doing::Writing | Doing::Copying => " Nothing was changed.",
            Doing::Typing => " Your text is kept.",
        }
    }

    fn again(self) -> &'static str {
        if self == Doing::Typing { "save again" } else { "try again" }
    }
}

/// The database in a sentence; SQLite does not always say which file it speaks of.
fn named(path: &Path) -> String {
    if path.as_os_str().is_empty() { "The database".to_string() } else { format!("The database {}", path.display()) }
}

/// What somebody asked for who is recused from its case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sealed {
    /// A review.
    Review(crate::domain::id::ReviewId),
    /// An alert or a dispute.
    Strip(crate::domain::strip::StripOf),
}

/// A failure of the store. Nothing was changed unless the text says otherwise.
#[derive(Debug, Error)]
pub enum StoreError {
    /// A rule refused.
    #[error(transparent)]
    Refused(#[from] RuleError),
    /// Whoever asks is recused from this review. The sentence says no more, so that it tells nothing.
    #[error("{}", crate::domain::interest::WITHHELD)]
    Withheld {
        /// Which, for the journal; never shown.
        review: crate::domain::id::ReviewId,
    },
    /// Whoever asks does not see as far as this review. The sentence names none, so that an action or an alert does not tell whose
    /// it is.
    #[error("{}", crate::domain::access::BEYOND)]
    Beyond,
    /// Whoever asks is recused from the case of this dispute or alert. The sentence is that for one which is not there.
    #[error("{}", .strip.absent())]
    WithheldStrip {
        /// Which, for the journal; never shown.
        strip: crate::domain::strip::StripOf,
    },
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
    #[error("{}: somebody else is writing to the database.{} {} in a moment.", .0.failed(), .0.kept(), if *.0 == Doing::Typing { "Save again" } else { "Try again" })]
    Busy(Doing),
    /// Somebody has the file open that is to be put aside.
    #[error("The file {0} is in use. Ask everybody to leave closeloop, then restore again; nothing was changed.")]
    InUse(PathBuf),
    /// There is no such file.
    #[error("There is no database at {0}. Make one with `closeloop init --framework ID`, or look around with `closeloop demo`.")]
    Missing(PathBuf),
    /// The file belongs to another program.
    #[error("The file {0} is not a closeloop database. Nothing was changed. Give another file with --db.")]
    Foreign(PathBuf),
    /// The file was written by a newer closeloop.
    #[error(
        "The database {path} was written by a newer closeloop (schema {found}, this program knows {known}). Nothing was changed. Install the newer program."
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
        "The database {path} lies on a network file system ({kind}), where SQLite cannot keep two people from writing over each other. Move it to a disk of this machine."
    )]
    Network {
        /// The file.
        path: PathBuf,
        /// Which kind.
        kind: &'static str,
    },
    /// The log of who looked at what is damaged, or another file stands in its place.
    #[error(
        "The log of who looked at what, {}, is damaged or is no such log. The database is not touched by it. Put the log of the newest backup in its place (it lies beside the backup), or move this file away and a new one is begun; then say so with `closeloop looks --begun-anew WHY`.", .0.display()
    )]
    LooksUnreadable(PathBuf),
    /// The file or its folder cannot be written.
    #[error("{} cannot be written: it or its folder is read-only for you. Ask for write access, or give another file with --db.", named(.0))]
    ReadOnly(PathBuf),
    /// The file may be read, but SQLite cannot read it safely without the log that only a writer can make.
    #[error(
        "{} cannot be looked at now: its folder is read-only for you and nobody has it open. Try again while somebody works in it, ask for write access, or look at a copy made with `closeloop backup`.",
        named(.0)
    )]
    LookLater(PathBuf),
    /// The file or its folder may not even be read.
    #[error("{} cannot be read: you have no right to it or to its folder. Ask for access, or give another file with --db.", named(.0))]
    Closed(PathBuf),
    /// There is a folder where a database was expected.
    #[error("There is a folder at {0}, not a database. Give the database's file in it with --db.")]
    Folder(PathBuf),
    /// The folder in which a file is to be made is not there.
    #[error("There is no folder {folder}, so {file} cannot be made in it. Make the folder first, or give another name.")]
    NoFolder {
        /// The folder.
        folder: PathBuf,
        /// The file that was to be made.
        file: PathBuf,
    },
    /// Nothing can be made in the folder.
    #[error(
        "The folder {folder} is read-only for you, so {file} cannot be made in it. Ask for write access, or give a name in another folder."
    )]
    ClosedFolder {
        /// The folder.
        folder: PathBuf,
        /// The file that was to be made.
        file: PathBuf,
    },
    /// The disk is full.
    #[error("{}: the disk is full.{} Free some space (or ask for it), then {}.", .0.failed(), .0.kept(), .0.again())]
    Full(Doing),
    /// The disk, or a quota on it, refused a write for another reason than being full.
    #[error(
        "{}: the disk reported an error.{} Ask for the disk and your quota on it to be looked at, then {}.",
        .0.failed(),
        .0.kept(),
        .0.again()
    )]
    Disk(Doing),
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
    #[error("{} is damaged. Do not write to it. Restore the newest backup with `closeloop restore FILE`.", named(.0))]
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
    #[error("The file {path} {what}")]
    File {
        /// The file.
        path: PathBuf,
        /// What was wrong and what to do; it goes on from "The file F".
        what: String,
    },
    /// Anything else that SQLite says.
    #[error("The database refused: {0}. Nothing was changed. Run `closeloop verify`; if it is clean, please report this.")]
    Sql(rusqlite::Error),
}

impl StoreError {
    /// What is withheld from whoever asked, where that is the trouble.
    pub fn withheld(&self) -> Option<Sealed> {
        match self {
            StoreError::Withheld { review } => Some(Sealed::Review(*review)),
            StoreError::WithheldStrip { strip } => Some(Sealed::Strip(*strip)),
            _ => None,
        }
    }

    /// The same trouble, told by what was being done. Where that makes no difference nothing changes.
    pub fn doing(self, doing: Doing) -> StoreError {
        match self {
            StoreError::Busy(_) => StoreError::Busy(doing),
            StoreError::Full(_) => StoreError::Full(doing),
            StoreError::Disk(_) => StoreError::Disk(doing),
            other => other,
        }
    }
}

/// SQLite's code for a shared index that cannot grow (SQLITE_IOERR_SHMSIZE).
const SHM_SIZE: i32 = rusqlite::ffi::SQLITE_IOERR_SHMSIZE;

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy(Doing::Reading),
            Some(ErrorCode::DiskFull) => StoreError::Full(Doing::Reading),
            // The index of the log could not be made as large as it has to be: the disk is full before anything is read.
            Some(ErrorCode::SystemIoFailure) if error.sqlite_error().is_some_and(|known| known.extended_code == SHM_SIZE) => {
                StoreError::Full(Doing::Reading)
            }
            Some(ErrorCode::SystemIoFailure) => StoreError::Disk(Doing::Reading),
            Some(ErrorCode::ReadOnly) => StoreError::ReadOnly(PathBuf::new()),
            Some(ErrorCode::DatabaseCorrupt) => StoreError::Damaged(PathBuf::new()),
            None if matches!(error, rusqlite::Error::Utf8Error(..)) => {
                StoreError::Unreadable { place: "one of its rows", what: "where a text was there is none any more".into() }
            }
            _ => StoreError::Sql(error),
        }
    }
}

/// Result of the store.
pub type StoreResult<T> = Result<T, StoreError>;
