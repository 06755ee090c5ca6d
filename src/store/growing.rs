//! A file that grows: a great deal is written into it at once, before anybody else knows of it, and it is looked through whole at the end.

use super::error::{StoreError, StoreResult};
use super::{aside, open, schema};
use rusqlite::Connection;

/// The tables of the journal, which hold more than half of what is in a file.
const JOURNAL: [&str; 2] = ["journal", "journal_detail"];

/// Ends the growing: the indexes and triggers are there that it did without, the journal is a chain, every reference points at something
/// and every row keeps the conditions of its columns, which nobody asked meanwhile; then the file gets the log that every other file has.
///
/// The journal is looked through beside the rest, on a thread of its own that is joined here: both only read.
pub(super) fn end(writer: &mut Connection, mut reader: Connection, laid_aside: &[String]) -> StoreResult<()> {
    open::settle_grown(writer)?;
    aside::put_back(writer, laid_aside)?;
    open::settle_whole(&reader)?;
    let tables = schema::tables(writer)?;
    let (journal, rest): (Vec<String>, Vec<String>) = tables.into_iter().partition(|table| JOURNAL.contains(&table.as_str()));
    std::thread::scope(|scope| {
        let reader = &mut reader;
        let beside = std::thread::Builder::new().name("look through".into());
        let beside =
            beside.spawn_scoped(scope, move || schema::no_broken_condition(reader, &journal).and_then(|()| aside::no_broken_chain(reader)));
        let beside = beside.map_err(|error| no_thread(&error.to_string()))?;
        let sound = schema::no_dangling_reference(writer).and_then(|()| schema::no_broken_condition(writer, &rest));
        beside.join().unwrap_or_else(|_| Err(no_thread("it ended early"))).and(sound)
    })?;
    drop(reader);
    open::give_log(writer)
}

fn no_thread(what: &str) -> StoreError {
    StoreError::Unreadable { place: "the file", what: format!("no thread could look through it ({what}). Try again") }
}
