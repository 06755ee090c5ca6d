//! The schema's versions and how a file is brought up to date: stepwise, in one transaction, with a copy kept first.

use super::error::{StoreError, StoreResult};
use rusqlite::{Connection, TransactionBehavior};
use std::path::{Path, PathBuf};

/// One step of the ladder: the version it leads to and its statements. A released step is never edited.
pub type Step = (i64, &'static str);

/// The ladder of this program.
pub const LADDER: &[Step] = &[(1, include_str!("sql/schema.sql"))];

/// The version this program works with.
pub fn known(ladder: &[Step]) -> i64 {
    ladder.last().map_or(0, |(version, _)| *version)
}

/// The version of a file.
pub fn version(connection: &Connection) -> StoreResult<i64> {
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

/// Refuses a file of a newer program; says whether one of an older program needs upgrading.
pub fn needs_upgrade(connection: &Connection, path: &Path, ladder: &[Step]) -> StoreResult<bool> {
    let found = version(connection)?;
    let known = known(ladder);
    if found > known {
        return Err(StoreError::Newer { path: path.to_path_buf(), found, known });
    }
    Ok(found < known)
}

/// Brings a file up to date in one IMMEDIATE transaction; the version is read inside it, so that of two programs that
/// start together only one upgrades. Keeps a copy first when the file holds anything; returns its path.
pub fn upgrade(connection: &mut Connection, path: &Path, ladder: &[Step]) -> StoreResult<Option<PathBuf>> {
    let before = version(connection)?;
    let copy = if before > 0 && before < known(ladder) { Some(keep_copy(connection, path, before)?) } else { None };
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut at = version(&transaction)?;
    if at > known(ladder) {
        return Err(StoreError::Newer { path: path.to_path_buf(), found: at, known: known(ladder) });
    }
    for (version, sql) in ladder {
        if *version > at {
            transaction.execute_batch(sql)?;
            transaction.pragma_update(None, "user_version", version)?;
            at = *version;
        }
    }
    transaction.commit()?;
    Ok(copy)
}

fn keep_copy(connection: &Connection, path: &Path, version: i64) -> StoreResult<PathBuf> {
    let mut name = path.as_os_str().to_os_string();
    name.push(format!(".before-upgrade-from-{version}"));
    let copy = PathBuf::from(name);
    if !copy.exists() {
        super::backup::vacuum_into(connection, &copy)?;
    }
    Ok(copy)
}
