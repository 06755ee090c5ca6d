//! The only SQL: one SQLite file, one doorway for writing, read-models for reading.
//!
//! [`Store::write`] runs a rule and its changes in one IMMEDIATE transaction; nothing else writes. Every table is a
//! projection of the journal (`project`). The store knows the domain and nothing of files formats, frameworks' TOML,
//! keys or screens; the connection never leaves it.

mod aside;
mod backup;
mod beside;
mod drafts;
mod erase;
mod error;
mod folder;
mod growing;
mod journal;
mod looks;
mod make;
mod open;
mod past;
mod present;
mod project;
mod raw;
mod read;
mod schema;
mod tx;
mod verify;

pub use backup::{Origin, Restored, backup, origin, restore};
pub use drafts::{DraftStore, StoredDraft, drafts_path};
pub use erase::{Swept, erase, sweep};
pub use error::{Doing, Sealed, StoreError, StoreResult};
pub use folder::{Filling, write_folder};
pub use journal::{Entry, Hash, Tail, detail_hash};
pub use looks::{LookStore, looks_path};
pub use make::{discard, folder_of, free_place, give_name, next_free_name, write_file};
pub use open::{APPLICATION_ID, Hurry, OLDEST_SQLITE, check_sqlite, in_a_hurry, network_kind};
pub use past::Past;
pub use present::{Present, PresentStore};
pub use raw::{Disk, Head, disk, head, log_page};
pub use read::{
    CaseLine, FoundInadequate, Kept, LOOPS, LoopFacts, Minute, NAMES_PEOPLE, Noted, OpenLoop, REMINDED_ON, Reading, ReportsOf, ReviewNames,
    ToTell, Waiting, Waits,
};
pub use schema::{LADDER, Step, known, upgrade};
pub use tx::{Numbered, Tx, Written};
pub use verify::{ANCHOR_WORD, Anchor, Verified, anchor_line, hex, parse_anchor, parse_anchors, verify, verify_looks};

#[cfg(feature = "broken")]
use crate::broken::{self, Fault};
use open::Purpose;
use rusqlite::{Connection, TransactionBehavior};
use std::cell::Cell;
use std::path::{Path, PathBuf};

/// An open database.
pub struct Store {
    path: PathBuf,
    reader: Connection,
    /// The file may be read by this person and not written.
    look_only: bool,
    /// Opened with the first change: a session that only looks never holds one.
    writer: Option<Connection>,
    /// What was read of the moment at which reading stands still.
    known: read::Known,
    /// Reading stands still.
    still: Cell<bool>,
    /// What makes anew what a growing file does without.
    laid_aside: Vec<String>,
    /// What a growing file's transactions have read; none of any other file. Nobody else writes into it, so that what one of them knows
    /// the next does.
    growing: Option<read::Known>,
}

/// Breaks off what a database is reading, from another thread.
pub struct Interrupt(rusqlite::InterruptHandle);

impl Interrupt {
    /// The statement that runs now fails; where none does nothing happens.
    pub fn now(&self) {
        self.0.interrupt();
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens a database, upgrading an older one after keeping a copy beside it. Where the person may not write it is
    /// opened for looking alone, if SQLite can do that safely.
    ///
    /// Refuses, each with its sentence: no such file, another program's file, a newer schema, an SQLite that is not
    /// safe, a network file system, a file that may not be read.
    pub fn open(path: &Path) -> StoreResult<Store> {
        let (mut reader, mut look_only) = open::look(path, Purpose::Read)?;
        if schema::needs_upgrade(&reader, path, LADDER)? {
            drop(reader);
            let mut admin = open::connect(path, Purpose::Admin)?;
            schema::upgrade(&mut admin, path, LADDER)?;
            drop(admin);
            (reader, look_only) = (open::connect(path, Purpose::Read)?, false);
        }
        let (writer, known, still, laid_aside, growing) = Default::default();
        Ok(Store { path: path.to_path_buf(), reader, look_only, writer, known, still, laid_aside, growing })
    }

    /// Makes a new database. Refuses to touch a file that is there.
    pub fn create(path: &Path) -> StoreResult<Store> {
        make::make(path, APPLICATION_ID, |admin| schema::upgrade(admin, path, LADDER).map(drop))?;
        Store::open(path)
    }

    /// Makes a new database that a great deal is going to be written into at once. It is one to work with only after [`Store::grown`];
    /// one that cannot get so far must be thrown away, because while it grows nothing can be taken back.
    pub fn create_for_bulk(path: &Path) -> StoreResult<Store> {
        let mut laid_aside = Vec::new();
        make::make(path, APPLICATION_ID, |admin| {
            schema::upgrade(admin, path, LADDER)?;
            laid_aside = aside::lay_aside(admin)?;
            Ok(())
        })?;
        let writer = open::connect(path, Purpose::Bulk)?;
        let reader = open::connect(path, Purpose::BesideBulk)?;
        Ok(Store {
            path: path.to_path_buf(),
            reader,
            look_only: false,
            writer: Some(writer),
            known: read::Known::default(),
            still: Cell::new(false),
            laid_aside,
            growing: Some(read::Known::default()),
        })
    }

    /// Ends the growing of a file that was filled in bulk: every reference points at something and every row keeps the conditions of its
    /// columns, which nobody asked meanwhile; then it gets the log that every other file has.
    pub fn grown(self) -> StoreResult<()> {
        let Store { path, reader, writer: mut held, laid_aside, growing: known, .. } = self;
        drop(known);
        growing::end(writer(&mut held, &path)?, reader, &laid_aside)
    }

    /// Whether this person may read the file and not write it.
    pub fn look_only(&self) -> bool {
        self.look_only
    }

    /// Where the file lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What breaks off a reading.
    pub fn interrupt(&self) -> Interrupt {
        Interrupt(self.reader.get_interrupt_handle())
    }

    /// Reads through the everyday reading connection. While that stands still, nothing is read twice.
    pub fn reading(&self) -> Reading<'_> {
        if self.still.get() { Reading::within(&self.reader, &self.known) } else { Reading::new(&self.reader) }
    }

    /// From now on everything is read as it stands at this moment, whoever writes meanwhile, until [`Store::move_on`]: one frame
    /// is of one moment, and SQLite need not lock the file for each of its forty statements.
    pub fn stand_still(&self) -> StoreResult<()> {
        if self.reader.is_autocommit() {
            self.reader.prepare_cached("BEGIN")?.raw_execute()?;
            self.still.set(true);
        }
        Ok(())
    }

    /// Reads what is true now again.
    pub fn move_on(&self) -> StoreResult<()> {
        self.still.set(false);
        self.known.forget_all();
        if !self.reader.is_autocommit() {
            self.reader.prepare_cached("COMMIT")?.raw_execute()?;
        }
        Ok(())
    }

    /// Reads several things as they are at one moment, whoever writes meanwhile.
    pub fn at_one_moment<T, E: From<StoreError>>(&self, work: impl FnOnce(Reading<'_>) -> Result<T, E>) -> Result<T, E> {
        // The reading connection never writes: a transaction of its own ends by being dropped.
        let transaction = self.reader.unchecked_transaction().map_err(StoreError::from)?;
        work(Reading::new(&transaction))
    }

    /// Tries a statement as the everyday writer would and takes it back: shows what that connection may not do.
    pub fn rehearse(&mut self, sql: &str) -> StoreResult<()> {
        let writer = writer(&mut self.writer, &self.path)?;
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.prepare(sql)?.raw_execute()?;
        Ok(transaction.rollback()?)
    }

    /// Runs `work` in one IMMEDIATE transaction: all of its changes are kept, or none.
    pub fn write<T>(&mut self, work: impl FnOnce(&mut Tx<'_>) -> StoreResult<T>) -> StoreResult<T> {
        self.transact(work, true).map_err(|error| error.doing(Doing::Writing))
    }

    /// Runs `work` as [`Store::write`] does and takes everything back: whatever would be refused then is refused now.
    pub fn try_out<T>(&mut self, work: impl FnOnce(&mut Tx<'_>) -> StoreResult<T>) -> StoreResult<T> {
        self.transact(work, false).map_err(|error| error.doing(Doing::Writing))
    }

    fn transact<T>(&mut self, work: impl FnOnce(&mut Tx<'_>) -> StoreResult<T>, keep: bool) -> StoreResult<T> {
        let writer = writer(&mut self.writer, &self.path)?;
        let behaviour = TransactionBehavior::Immediate;
        #[cfg(feature = "broken")]
        let behaviour = if broken::is(Fault::Deferred) { TransactionBehavior::Deferred } else { behaviour };
        let transaction = writer.transaction_with_behavior(behaviour)?;
        // Another program may have upgraded the file while this one was open: an old writer must not touch a new schema.
        // Asked inside the transaction, because an upgrade may have ended while this one waited for its turn.
        schema_still_ours(&transaction, &self.path)?;
        let anew = read::Known::default();
        let known = self.growing.as_ref().unwrap_or(&anew);
        let result = work(&mut Tx::new(&transaction, known)?);
        match result {
            Ok(value) if keep => {
                transaction.commit()?;
                Ok(value)
            }
            result => {
                // Dropping rolls back; should that fail too, SQLite rolls back when the file is next opened.
                drop(transaction);
                known.forget_all();
                result
            }
        }
    }

    /// What the connections run with, read back from SQLite: name, for reading, for writing.
    pub fn settings(&mut self) -> StoreResult<Vec<(&'static str, String, String)>> {
        let writer = writer(&mut self.writer, &self.path)?;
        let (reading, writing) = (open::settings(&self.reader)?, open::settings(writer)?);
        Ok(reading.into_iter().zip(writing).map(|((name, reading), (_, writing))| (name, reading, writing)).collect())
    }

    /// Whether nothing is being read or written: no transaction is open and no statement is in the middle of its rows. A session
    /// that draws or waits while this is false holds up everybody's checkpoints, or everybody's writing.
    pub fn at_rest(&self) -> bool {
        let rests = |connection: &Connection| connection.is_autocommit() && !connection.is_busy();
        rests(&self.reader) && self.writer.as_ref().is_none_or(rests)
    }

    /// Leaves a reading open.
    #[cfg(feature = "broken")]
    pub fn hold(&self) {
        if self.reader.is_autocommit() {
            let _ = self.reader.execute_batch("BEGIN; SELECT count(*) FROM framework");
        }
    }

    /// A number that changes when another connection commits. Own commits go through another connection, so they count.
    pub fn data_version(&self) -> StoreResult<i64> {
        #[cfg(feature = "broken")]
        if broken::is(Fault::StrayOpen) {
            let _ = std::fs::File::open(format!("{}-shm", self.path.display()));
        }
        Ok(self.reader.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?)
    }
}

/// The writing connection, opened with the first change.
fn writer<'a>(held: &'a mut Option<Connection>, path: &Path) -> StoreResult<&'a mut Connection> {
    match held {
        Some(writer) => Ok(writer),
        none => Ok(none.insert(open::connect(path, Purpose::Write)?)),
    }
}

fn schema_still_ours(writer: &Connection, path: &Path) -> StoreResult<()> {
    let found: i64 = writer.prepare_cached("SELECT user_version FROM pragma_user_version")?.query_row([], |row| row.get(0))?;
    let known = schema::known(LADDER);
    if found == known { Ok(()) } else { Err(StoreError::Newer { path: path.to_path_buf(), found, known }) }
}
