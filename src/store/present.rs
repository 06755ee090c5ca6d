//! Who has which record open now: rows in the file of drafts, so that coming and going wakes nobody's screen.
//!
//! A row says which process it belongs to; whether that still runs is for the runtime to know.

use super::drafts::{DraftStore, MARK, drafts_path};
use super::error::StoreResult;
use super::open::{self, Purpose};
use crate::domain::id::ReviewId;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use std::path::Path;

const TABLE: &str = "CREATE TABLE IF NOT EXISTS present (
    database TEXT NOT NULL,
    session  TEXT NOT NULL,
    name     TEXT NOT NULL,
    review   INTEGER NOT NULL,
    since    INTEGER NOT NULL,
    pid      INTEGER NOT NULL,
    started  INTEGER NOT NULL,
    PRIMARY KEY (database, session)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS present_review ON present (database, review);";

/// One session that has a record open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// Run of the program.
    pub session: String,
    /// Name of whoever sits there.
    pub name: String,
    /// Which record.
    pub review: ReviewId,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Number of its process.
    pub pid: i64,
    /// When that process was started, in the system's own count: numbers are given out again.
    pub started: i64,
}

/// Who has which record of one database open.
pub struct PresentStore {
    connection: Connection,
    database: String,
}

impl std::fmt::Debug for PresentStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PresentStore").field("database", &self.database).finish_non_exhaustive()
    }
}

impl PresentStore {
    /// Opens the file of drafts for coming and going.
    pub fn open(database: &Path) -> StoreResult<PresentStore> {
        // Makes the file where it is not there yet.
        drop(DraftStore::open(database)?);
        let connection = open::connect_as(&drafts_path(database), Purpose::Admin, MARK)?;
        connection.execute_batch(TABLE)?;
        // Nothing is lost with a row of these: it need not outlast a power cut, and nobody waits for the disk.
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        let name = database.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(PresentStore { connection, database: name })
    }

    /// A session has a record open from now on, in the place of any other.
    pub fn come(&self, present: &Present) -> StoreResult<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO present (database, session, name, review, since, pid, started) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (database, session) DO UPDATE SET name = excluded.name, review = excluded.review, since = excluded.since,
                 pid = excluded.pid, started = excluded.started",
            )?
            .execute(params![
                self.database,
                present.session,
                present.name,
                present.review.0,
                present.since.timestamp_millis(),
                present.pid,
                present.started
            ])?;
        Ok(())
    }

    /// A session has no record open any more.
    pub fn go(&self, session: &str) -> StoreResult<()> {
        self.connection
            .prepare_cached("DELETE FROM present WHERE database = ?1 AND session = ?2")?
            .execute(params![self.database, session])?;
        Ok(())
    }

    /// The other sessions that have a record open, the longest there first; among them some whose process is gone.
    pub fn others(&self, review: ReviewId, session: &str) -> StoreResult<Vec<Present>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT session, name, since, pid, started FROM present WHERE database = ?1 AND review = ?2 AND session <> ?3 ORDER BY since",
        )?;
        let rows = statement.query_map(params![self.database, review.0, session], |row| {
            Ok(Present {
                session: row.get(0)?,
                name: row.get(1)?,
                review,
                since: DateTime::from_timestamp_millis(row.get(2)?).unwrap_or_default(),
                pid: row.get(3)?,
                started: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    }

    /// A number that changes when another session wrote into the file.
    pub fn version(&self) -> StoreResult<i64> {
        Ok(self.connection.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?)
    }
}
