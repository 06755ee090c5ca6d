//! The tables as the journal says they are, rebuilt in memory and laid beside those of the file.
//!
//! They are rebuilt on a thread of their own while the walk along the journal goes on: it takes longer than reading and hashing the rows.

use super::{ENOUGH, MORE};
use crate::domain::change::Change;
use crate::store::error::{StoreError, StoreResult};
use crate::store::project::{self, TABLES};
use crate::store::{aside, open, schema};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Journal rows that are handed on together.
const TOGETHER: usize = 256;

/// So many of those may wait to be rebuilt.
const WAITING: usize = 8;

/// A journal row to be rebuilt: its sequence number, its moment in UTC milliseconds, and its change.
type Row = (i64, i64, Change);

/// Hands journal rows on to whoever rebuilds the tables.
pub(super) struct Twin {
    rows: Vec<Row>,
    to: SyncSender<Vec<Row>>,
}

/// The tables that were rebuilt, and what was in the way.
pub(super) struct Rebuilt {
    /// The tables, in memory.
    pub tables: Connection,
    /// Rows that could not be rebuilt, as sentences.
    pub problems: Vec<String>,
}

impl Twin {
    /// Hands a row on.
    pub fn rebuild(&mut self, seq: i64, at: i64, change: Change) {
        self.rows.push((seq, at, change));
        if self.rows.len() == TOGETHER {
            self.hand_on();
        }
    }

    fn hand_on(&mut self) {
        // Nobody takes them any more where enough was found, or where rebuilding ended with an error that is told at its end.
        let _ = self.to.send(std::mem::replace(&mut self.rows, Vec::with_capacity(TOGETHER)));
    }
}

/// The sentence for a journal row that makes no tables.
pub(super) fn cannot_be_rebuilt(seq: i64, error: &StoreError) -> String {
    match error {
        StoreError::Sql(error) => format!("Journal row {seq} does not fit what was written before it (SQLite: {error})."),
        error => format!("Journal row {seq} cannot be rebuilt: {error}"),
    }
}

/// The tables of this program, empty and in memory.
pub(super) fn made() -> StoreResult<Connection> {
    let made = open::in_memory()?;
    for (_, sql) in schema::LADDER {
        made.execute_batch(sql)?;
    }
    Ok(made)
}

/// Rebuilds the tables from the rows that `walk` hands on, beside it; gives what the walk gave, and the tables.
pub(super) fn while_rebuilding<T>(tables: Connection, walk: impl FnOnce(&mut Twin) -> StoreResult<T>) -> StoreResult<(T, Rebuilt)> {
    let (to, from) = sync_channel(WAITING);
    std::thread::scope(|scope| {
        let started = std::thread::Builder::new().name("rebuild".into()).spawn_scoped(scope, move || rebuild_all(tables, &from));
        let rebuilding = started.map_err(|error| no_thread(&error.to_string()))?;
        let mut twin = Twin { rows: Vec::with_capacity(TOGETHER), to };
        let walked = walk(&mut twin);
        twin.hand_on();
        // Without anybody who hands on, rebuilding comes to its end.
        drop(twin);
        let rebuilt = rebuilding.join().unwrap_or_else(|_| Err(no_thread("it ended early")))?;
        Ok((walked?, rebuilt))
    })
}

fn no_thread(what: &str) -> StoreError {
    StoreError::Unreadable { place: "the journal", what: format!("no thread could rebuild the tables ({what}). Try again") }
}

fn rebuild_all(tables: Connection, from: &Receiver<Vec<Row>>) -> StoreResult<Rebuilt> {
    // What columns may hold is looked up in the file itself, whose tables these must equal.
    open::unchecked(&tables)?;
    aside::lay_aside_for_good(&tables)?;
    tables.execute_batch("BEGIN")?;
    let mut problems = Vec::new();
    for rows in from {
        for (seq, at, change) in rows {
            if let Err(error) = project::project(&tables, seq, at, &change) {
                problems.push(cannot_be_rebuilt(seq, &error));
            }
        }
        if problems.len() > ENOUGH {
            problems.push(MORE.into());
            break;
        }
    }
    tables.execute_batch("COMMIT")?;
    Ok(Rebuilt { tables, problems })
}

/// Compares every table of a file with its rebuilt twin.
pub(super) fn compare(live: &Connection, rebuilt: &Connection, problems: &mut Vec<String>) -> StoreResult<()> {
    TABLES.iter().try_for_each(|(table, order)| compare_table(live, rebuilt, table, order, problems))
}

/// Walks a table and its rebuilt twin side by side.
fn compare_table(live: &Connection, rebuilt: &Connection, table: &str, order: &str, problems: &mut Vec<String>) -> StoreResult<()> {
    let sql = format!("SELECT * FROM {table} ORDER BY {order}");
    let (mut left, mut right) = (live.prepare(&sql)?, rebuilt.prepare(&sql)?);
    let columns = left.column_count();
    let names: Vec<String> = left.column_names().map(str::to_string).collect();
    let reference = names.iter().position(|name| name == "ref");
    let (mut left, mut right) = (left.query([])?, right.query([])?);
    let mut differ = 0;
    loop {
        let (one, other) = (left.next()?, right.next()?);
        match (one, other) {
            (None, None) => break,
            (Some(one), Some(other)) => {
                for (column, name) in names.iter().enumerate().take(columns) {
                    if one.get_ref(column)? != other.get_ref(column)? {
                        differ += 1;
                        if differ == 1 {
                            // By the name that people know it by, as the journal has it.
                            let known = reference.map(|at| text(other, at)).transpose()?.map(|known| format!(" That is {known}."));
                            problems.push(format!(
                                "Table {table}, row {}: {name} is not what the journal says.{}",
                                text(one, 0)?,
                                known.unwrap_or_default()
                            ));
                        }
                        break;
                    }
                }
            }
            (Some(_), None) => {
                problems.push(format!("Table {table} holds rows the journal knows nothing of."));
                break;
            }
            (None, Some(_)) => {
                problems.push(format!("Table {table} lacks rows the journal knows of."));
                break;
            }
        }
    }
    if differ > 1 {
        problems.push(format!("Table {table}: {differ} rows differ from the journal."));
    }
    Ok(())
}

/// What stands in a column, as it can be shown: bytes that are no text come as signs of replacement.
pub(super) fn text(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<String> {
    Ok(match row.get_ref(column)? {
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        _ => "?".to_string(),
    })
}
