//! Files that lie beside a database and belong to it: made when they are first needed, with the rights it has.

use super::error::{StoreError, StoreResult};
use super::make;
use std::path::Path;

/// Makes a file beside a database where there is none: whoever may read and write the one may read and write the other.
pub fn make_if_missing(database: &Path, path: &Path, mark: i64, tables: &str) -> StoreResult<()> {
    if path.exists() {
        return Ok(());
    }
    match make::make(path, mark, |made| Ok(made.execute_batch(tables)?)) {
        Ok(()) => same_mode(database, path),
        // Somebody else made it a moment ago.
        Err(_) if path.exists() => Ok(()),
        Err(error) => Err(error),
    }
}

/// Gives a file the mode of the database beside it.
fn same_mode(database: &Path, path: &Path) -> StoreResult<()> {
    let trouble = |error: std::io::Error| StoreError::File {
        path: path.to_path_buf(),
        what: format!("could not be given the rights of the database beside it: {error}."),
    };
    // Only the modes are touched: opening a live database file outside SQLite would drop its locks.
    let mode = std::fs::metadata(database).map_err(trouble)?.permissions();
    std::fs::set_permissions(path, mode).map_err(trouble)
}
