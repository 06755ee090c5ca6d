//! Erasing: the one way by which details leave the journal. The rows stay and the chain with them; their text and its salt go, from
//! the tables, the log and the free pages of the file.

use super::error::{Doing, StoreResult};
use super::open::{self, Purpose};
use super::read::Known;
use super::schema_still_ours;
use super::tx::Tx;
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;
use std::time::Duration;

/// How often the log is asked to be emptied while others read, and how long in between.
const TRIES: (u32, Duration) = (20, Duration::from_millis(100));

/// What an erasure came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swept {
    /// The log was emptied and the file written anew: no byte of what was erased is left in either. Otherwise it is to be swept again.
    pub clean: bool,
    /// What was in the way, in words; none: nothing was, or somebody had the file in use.
    pub trouble: Option<String>,
}

/// Runs `work` in one IMMEDIATE transaction and erases the details of the journal rows that it gives back. What is left of their bytes
/// in the file goes with [`sweep`].
pub fn erase<T>(path: &Path, work: impl FnOnce(&mut Tx<'_>) -> StoreResult<(Vec<i64>, T)>) -> StoreResult<T> {
    let mut connection = open::connect(path, Purpose::Admin)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    schema_still_ours(&transaction, path)?;
    let known = Known::default();
    let (rows, done) = work(&mut Tx::new(&transaction, &known)?).map_err(|error| error.doing(Doing::Writing))?;
    {
        let mut delete = transaction.prepare("DELETE FROM journal_detail WHERE seq = ?1")?;
        for row in &rows {
            delete.execute([row])?;
        }
    }
    transaction.commit()?;
    Ok(done)
}

/// Sweeps a file after an erasure, or again where others had it in use.
pub fn sweep(path: &Path) -> StoreResult<Swept> {
    sweep_connection(&open::connect(path, Purpose::Admin)?)
}

/// Empties the log and writes the file anew. Deleted text is overwritten as it is deleted (secure_delete); what is left of it lies in
/// the log until that is cut off, and in the pages that a row once lay in.
pub(super) fn sweep_connection(connection: &Connection) -> StoreResult<Swept> {
    // While somebody reads, the file cannot be written anew; the log may be emptied all the same once they have read.
    let anew = connection.execute_batch("VACUUM");
    let emptied = empty_log(connection);
    let clean = anew.is_ok() && matches!(emptied, Ok(true));
    let trouble = anew.err().into_iter().chain(emptied.err()).find(|error| !is_in_use(error)).map(|error| error.to_string());
    Ok(Swept { clean, trouble })
}

fn is_in_use(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked};
    matches!(error.sqlite_error_code(), Some(DatabaseBusy | DatabaseLocked))
}

fn empty_log(connection: &Connection) -> rusqlite::Result<bool> {
    for _ in 0..TRIES.0 {
        let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy == 0 {
            return Ok(true);
        }
        connection.busy_timeout(TRIES.1)?;
    }
    Ok(false)
}
