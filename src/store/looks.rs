//! Who looked at what, in a file of its own beside the database: a look must wake no other screen and wait for no writer.
//!
//! The rows are a chain like the journal's, and the end of it is noted in the journal now and then, so that a log which was
//! thrown away or cut short is found by `verify`.

use super::error::{StoreError, StoreResult};
use super::journal::Hash;
use super::open::{self, Purpose};
use super::{backup, beside};
use crate::domain::count::counted;
use crate::domain::id::ReviewId;
use crate::domain::look::{Look, LookKind, LooksWanted};
use chrono::DateTime;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// Marks a file of looks: "CLLK" read as a number.
const MARK: i64 = 0x434C_4C4B;

/// The log of looks of one database.
pub struct LookStore {
    connection: Connection,
    path: PathBuf,
}

impl std::fmt::Debug for LookStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LookStore").finish_non_exhaustive()
    }
}

/// Where the looks of a database lie: `insights.looks.db` beside `insights.db`.
pub fn looks_path(database: &Path) -> PathBuf {
    database.with_extension("looks.db")
}

impl LookStore {
    /// Opens the log of a database for writing, making the file where there is none.
    pub fn open(database: &Path) -> StoreResult<LookStore> {
        let path = looks_path(database);
        beside::make_if_missing(database, &path, MARK, include_str!("sql/looks.sql"))?;
        LookStore::of(path, Purpose::Write)
    }

    /// Opens the log of a database for reading; none: nobody has looked yet.
    pub fn look_into(database: &Path) -> StoreResult<Option<LookStore>> {
        let path = looks_path(database);
        match path.exists() {
            true => LookStore::of(path, Purpose::Read).map(Some),
            false => Ok(None),
        }
    }

    fn of(path: PathBuf, purpose: Purpose) -> StoreResult<LookStore> {
        let connection = open::connect_as(&path, purpose, MARK).map_err(|error| about_the_log(error, &path))?;
        Ok(LookStore { connection, path })
    }

    /// Writes one look; when this returns it is on the disk. Its number is given here.
    pub fn note(&mut self, look: &Look) -> StoreResult<i64> {
        let noted = self.append(look);
        noted.map_err(|error| about_the_log(error, &self.path))
    }

    fn append(&mut self, look: &Look) -> StoreResult<i64> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (last, previous) = end(&transaction)?;
        let look = Look { seq: last + 1, ..look.clone() };
        let hash = chained(&look, &previous);
        transaction
            .prepare_cached(
                "INSERT INTO look (seq, at, login, name, session, what, about, review, why, own, previous_hash, hash)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            )?
            .execute(params![
                look.seq,
                look.at.timestamp_millis(),
                look.login,
                look.name,
                look.session,
                look.what.key(),
                look.about,
                look.review.map(|review| review.0),
                look.why,
                look.own,
                previous,
                hash
            ])?;
        transaction.commit()?;
        Ok(look.seq)
    }

    /// The rows wanted, newest first, at most so many.
    pub fn rows(&self, wanted: &LooksWanted, at_most: u32) -> StoreResult<Vec<Look>> {
        self.newest(wanted, at_most).map_err(|error| about_the_log(error, &self.path))
    }

    fn newest(&self, wanted: &LooksWanted, at_most: u32) -> StoreResult<Vec<Look>> {
        let mut sql = format!("SELECT {COLUMNS} FROM look WHERE 1");
        let mut values: Vec<Value> = Vec::new();
        let mut and = |condition: &str, value: Value| {
            sql += &format!(" AND {condition} ?");
            values.push(value);
        };
        if let Some(from) = wanted.from {
            and("at >=", from.timestamp_millis().into());
        }
        if let Some(until) = wanted.until {
            and("at <", until.timestamp_millis().into());
        }
        if let Some(login) = &wanted.login {
            and("login =", login.clone().into());
        }
        if let Some(review) = wanted.review {
            and("review =", review.0.into());
        }
        if wanted.not_own {
            sql += " AND own = 0";
        }
        sql += " ORDER BY seq DESC LIMIT ?";
        values.push(i64::from(at_most).into());
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(rusqlite::params_from_iter(values), look)?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    }

    /// The last number and its hash; 0 and zeros in an empty log.
    pub fn end(&self) -> StoreResult<(i64, Hash)> {
        end(&self.connection).map_err(|error| about_the_log(error, &self.path))
    }

    /// Walks the chain, and the ends of it that the journal noted; what is wrong, as sentences. `ends` are those, in order.
    pub(super) fn check(&self, ends: &[(i64, Hash)]) -> StoreResult<Vec<String>> {
        let mut problems = Vec::new();
        let mut statement = self.connection.prepare(&format!("SELECT {COLUMNS}, previous_hash, hash FROM look ORDER BY seq"))?;
        let mut rows = statement.query([])?;
        let (mut previous, mut last): (Hash, i64) = ([0; 32], 0);
        let mut noted = ends.iter().peekable();
        while let Some(row) = rows.next()? {
            let found = look(row)?;
            let (stored_previous, stored): (Hash, Hash) = (row.get(10)?, row.get(11)?);
            if found.seq != last + 1 {
                let missing = counted(found.seq - last - 1, "row is", "rows are");
                problems.push(format!("The log of looks has a gap before row {}: {missing} missing.", found.seq));
            }
            if stored_previous != previous || chained(&found, &stored_previous) != stored {
                problems.push(format!("Row {} of the log of looks was changed after it was written.", found.seq));
            }
            while let Some((seq, hash)) = noted.next_if(|(seq, _)| *seq <= found.seq) {
                if *seq == found.seq && *hash != stored {
                    problems.push(format!("Row {seq} of the log of looks is not the one that the journal noted: it was written anew."));
                }
            }
            (previous, last) = (stored, found.seq);
            if problems.len() > 20 {
                return Ok(problems);
            }
        }
        if let Some((seq, _)) = noted.last() {
            problems.push(format!("The journal noted row {seq} of the log of looks, but the log ends at {last}: its end was cut off."));
        }
        Ok(problems)
    }
}

/// Copies the log of a database as it is now into a file of its own.
pub(super) fn copy_into(database: &Path, to: &Path) -> StoreResult<()> {
    let path = looks_path(database);
    let copied = open::connect_as(&path, Purpose::Admin, MARK).and_then(|log| backup::copy_into(&log, to));
    copied.map_err(|error| about_the_log(error, &path))
}

/// What is wrong with the log beside a database; nothing where there is none and the journal never noted one.
pub(super) fn check(database: &Path, ends: &[(i64, Hash)]) -> StoreResult<Vec<String>> {
    let found = LookStore::look_into(database).and_then(|found| found.map(|log| log.check(ends)).transpose());
    match (found, ends.last()) {
        (Ok(Some(problems)), _) => Ok(problems),
        (Ok(None), None) => Ok(Vec::new()),
        (Ok(None), Some((seq, _))) => {
            let place = looks_path(database);
            Ok(vec![format!(
                "The log of who looked at what is gone: the journal noted {} of it, and there is no {}.",
                counted(*seq, "row", "rows"),
                place.display()
            )])
        }
        // What is there and is no log of ours.
        (Err(error), _) => Ok(vec![about_the_log(error, &looks_path(database)).to_string()]),
    }
}

/// What is said of a damaged database is not what helps with a damaged log: the journal goes on without it.
fn about_the_log(error: StoreError, path: &Path) -> StoreError {
    match error {
        StoreError::Foreign(_) | StoreError::Damaged(_) => StoreError::LooksUnreadable(path.to_path_buf()),
        other => other,
    }
}

const COLUMNS: &str = "seq, at, login, name, session, what, about, review, why, own";

fn look(row: &rusqlite::Row<'_>) -> rusqlite::Result<Look> {
    let what: String = row.get(5)?;
    Ok(Look {
        seq: row.get(0)?,
        at: DateTime::from_timestamp_millis(row.get(1)?).unwrap_or_default(),
        login: row.get(2)?,
        name: row.get(3)?,
        session: row.get(4)?,
        // A word of a newer program is still a look.
        what: LookKind::of_key(&what).unwrap_or(LookKind::Record),
        about: row.get(6)?,
        review: row.get::<_, Option<i64>>(7)?.map(ReviewId),
        why: row.get(8)?,
        own: row.get(9)?,
    })
}

fn end(connection: &Connection) -> StoreResult<(i64, Hash)> {
    let mut statement = connection.prepare_cached("SELECT seq, hash FROM look ORDER BY seq DESC LIMIT 1")?;
    let found = statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    Ok(found.unwrap_or((0, [0; 32])))
}

fn chained(look: &Look, previous: &Hash) -> Hash {
    let mut digest = Sha256::new();
    digest.update(b"closeloop looks\x01");
    for number in [look.seq, look.at.timestamp_millis(), look.review.map_or(-1, |review| review.0), i64::from(look.own)] {
        digest.update(number.to_be_bytes());
    }
    for text in [&look.login, &look.name, &look.session, look.what.key(), &look.about, &look.why] {
        digest.update((text.len() as u64).to_be_bytes());
        digest.update(text.as_bytes());
    }
    digest.update(previous);
    digest.finalize().into()
}
