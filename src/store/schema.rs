//! The schema's versions and how a file is brought up to date: stepwise, in one transaction, with a copy kept first.

use super::backup;
use super::error::{StoreError, StoreResult};
use super::open::{self, Purpose};
use rusqlite::{Connection, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// One step of the ladder: the version it leads to and its statements. A released step is never edited.
pub type Step = (i64, &'static str);

/// The ladder of this program.
pub const LADDER: &[Step] = &[(1, include_str!("sql/schema.sql")), (5, include_str!("sql/5_interests.sql"))];

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

/// How long a program that starts waits while another one upgrades a large file.
const UPGRADE_PATIENCE: Duration = Duration::from_secs(60);

/// Brings a file up to date in one IMMEDIATE transaction; the version is read inside it, so that of many programs that
/// start together only one upgrades. Keeps a copy when the file holds anything, made under the same lock so that nothing
/// can be written between the copy and the upgrade; returns its path.
pub fn upgrade(connection: &mut Connection, path: &Path, ladder: &[Step]) -> StoreResult<Option<PathBuf>> {
    connection.busy_timeout(UPGRADE_PATIENCE)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut at = version(&transaction)?;
    if at > known(ladder) {
        return Err(StoreError::Newer { path: path.to_path_buf(), found: at, known: known(ladder) });
    }
    let copy = if at > 0 && at < known(ladder) { Some(keep_copy(path, at)?) } else { None };
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

/// Copies the file through a connection of its own (VACUUM cannot run inside a transaction; reading beside a writer can).
/// The copy gets its name only when it is whole, and never takes that of an earlier one.
fn keep_copy(path: &Path, version: i64) -> StoreResult<PathBuf> {
    let reader = open::connect(path, Purpose::Admin)?;
    let half = backup::beside(path, "before-upgrade.half");
    backup::drop_half(&half);
    backup::vacuum_into(&reader, &half).inspect_err(|_| backup::drop_half(&half))?;
    let copy = backup::free_name(path, &format!("before-upgrade-from-{version}"));
    backup::rename(&half, &copy)?;
    Ok(copy)
}
