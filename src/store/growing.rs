//! A file that grows: a great deal is written into it at once, before anybody else knows of it, and it is looked through whole at the end.

use super::error::{StoreError, StoreResult};
use super::{aside, open, schema};
use rusqlite::Connection;

/// The tables of the journal, which hold more than half of what is in a file.
const JOURNAL: [&str; 2] = ["journal", "journal_detail"];

/// Ends the growing: the journal is a chain, the indexes and triggers are there that it did without, every reference points at something
/// and every row keeps the conditions of its columns, which nobody asked meanwhile; then the file gets the log that every other file has.
///
/// The journal is looked through beside the rest, on a thread of its own that is joined here. It reads one moment from beginning to end,
/// so that neither waits for the other: what is put back meanwhile stays in memory until it has read, or waits there for its turn.
pub(super) fn end(writer: &mut Connection, mut reader: Connection, laid_aside: &[String]) -> StoreResult<()> {
    open::settle_grown(writer)?;
    open::settle_whole(&reader)?;
    reader.execute_batch("BEGIN")?;
    let tables = schema::tables(&reader)?;
    let (journal, rest): (Vec<String>, Vec<String>) = tables.into_iter().partition(|table| JOURNAL.contains(&table.as_str()));
    let put_back = writer.transaction()?;
    std::thread::scope(|scope| {
        let reader = &mut reader;
        let beside = std::thread::Builder::new().name("look through".into());
        let beside =
            beside.spawn_scoped(scope, move || schema::no_broken_condition(reader, &journal).and_then(|()| aside::no_broken_chain(reader)));
        let beside = beside.map_err(|error| no_thread(&error.to_string()))?;
        let sound = aside::put_back(&put_back, laid_aside)
            .and_then(|()| schema::no_dangling_reference(&put_back))
            .and_then(|()| schema::no_broken_condition(&put_back, &rest));
        beside.join().unwrap_or_else(|_| Err(no_thread("it ended early"))).and(sound)
    })?;
    drop(reader);
    put_back.commit()?;
    open::give_log(writer)
}

fn no_thread(what: &str) -> StoreError {
    StoreError::Unreadable { place: "the file", what: format!("no thread could look through it ({what}). Try again") }
}
