//! Drafts, in a file of their own beside the database: keystrokes must not wake the other screens.

use super::beside;
use super::erase::{self, Swept};
use super::error::StoreResult;
use super::open::{self, Purpose};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use std::path::{Path, PathBuf};

/// Marks a file of drafts: "CLLD" read as a number.
pub(super) const MARK: i64 = 0x434C_4C44;

/// Drafts are thrown away after so many days.
const KEPT_DAYS: i64 = 30;

const TABLE: &str = "CREATE TABLE IF NOT EXISTS draft (
    database TEXT NOT NULL,
    login    TEXT NOT NULL,
    session  TEXT NOT NULL,
    form     TEXT NOT NULL,
    title    TEXT NOT NULL,
    filled   TEXT NOT NULL,
    seen     TEXT NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (database, login, session, form)
) STRICT, WITHOUT ROWID";

/// One stored draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDraft {
    /// Run of the program that kept it.
    pub session: String,
    /// Which form.
    pub form: String,
    /// Title of the form.
    pub title: String,
    /// What was filled in, as JSON.
    pub filled: String,
    /// Revisions seen, as JSON.
    pub seen: String,
    /// When it was last typed in.
    pub at: DateTime<Utc>,
}

/// The file of drafts of one folder.
pub struct DraftStore {
    connection: Connection,
    database: String,
}

impl std::fmt::Debug for DraftStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DraftStore").field("database", &self.database).finish_non_exhaustive()
    }
}

/// Where the drafts of a database lie.
pub fn drafts_path(database: &Path) -> PathBuf {
    database.with_file_name("drafts.db")
}

impl DraftStore {
    /// Opens the drafts beside a database, making the file when there is none.
    pub fn open(database: &Path) -> StoreResult<DraftStore> {
        let path = drafts_path(database);
        beside::make_if_missing(database, &path, MARK, TABLE)?;
        let connection = open::connect_as(&path, Purpose::Admin, MARK)?;
        let name = database.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(DraftStore { connection, database: name })
    }

    /// Keeps a draft; when this returns it is on the disk.
    pub fn keep(&self, login: &str, draft: &StoredDraft) -> StoreResult<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO draft (database, login, session, form, title, filled, seen, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                 ON CONFLICT (database, login, session, form) DO UPDATE SET title = excluded.title, filled = excluded.filled,
                 seen = excluded.seen, at = excluded.at",
            )?
            .execute(params![
                self.database,
                login,
                draft.session,
                draft.form,
                draft.title,
                draft.filled,
                draft.seen,
                draft.at.timestamp_millis()
            ])?;
        Ok(())
    }

    /// Drops a draft.
    pub fn drop_draft(&self, login: &str, session: &str, form: &str) -> StoreResult<()> {
        self.connection
            .prepare_cached("DELETE FROM draft WHERE database = ?1 AND login = ?2 AND session = ?3 AND form = ?4")?
            .execute(params![self.database, login, session, form])?;
        Ok(())
    }

    /// Makes the drafts that were typed under one login those of another: the same person has it now.
    pub fn hand_over(&self, from: &str, to: &str) -> StoreResult<()> {
        self.connection
            .execute("UPDATE OR IGNORE draft SET login = ?3 WHERE database = ?1 AND login = ?2", params![self.database, from, to])?;
        Ok(())
    }

    /// Throws away the drafts of these forms, whoever typed them, and every trace of them in the file.
    pub fn purge(&self, of: impl Fn(&str) -> bool) -> StoreResult<Swept> {
        let mut statement = self.connection.prepare("SELECT DISTINCT form FROM draft WHERE database = ?1")?;
        let forms = statement.query_map([&self.database], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        drop(statement);
        for form in forms.iter().filter(|form| of(form)) {
            self.connection.execute("DELETE FROM draft WHERE database = ?1 AND form = ?2", params![self.database, form])?;
        }
        erase::sweep_connection(&self.connection)
    }

    /// Drafts of somebody that other runs left behind, newest first; those older than 30 days are thrown away.
    pub fn left_behind(&self, login: &str, session: &str, now: DateTime<Utc>) -> StoreResult<Vec<StoredDraft>> {
        let oldest = now - chrono::Duration::days(KEPT_DAYS);
        self.connection.execute("DELETE FROM draft WHERE at < ?1", [oldest.timestamp_millis()])?;
        let mut statement = self.connection.prepare_cached(
            "SELECT session, form, title, filled, seen, at FROM draft WHERE database = ?1 AND login = ?2 AND session <> ?3 ORDER BY at DESC",
        )?;
        let rows = statement.query_map(params![self.database, login, session], |row| {
            Ok(StoredDraft {
                session: row.get(0)?,
                form: row.get(1)?,
                title: row.get(2)?,
                filled: row.get(3)?,
                seen: row.get(4)?,
                at: DateTime::from_timestamp_millis(row.get(5)?).unwrap_or_default(),
            })
        })?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    }
}
