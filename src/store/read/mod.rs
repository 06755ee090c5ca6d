//! Reading: facts for rules and read-models for screens, always into owned values, never a statement left open.

mod actions;
mod agenda;
mod check;
mod choosing;
mod council;
mod dataset;
mod drp;
mod facts;
mod figures;
mod filter;
mod follow;
mod found;
mod history;
mod joint;
mod kept_back;
mod lists;
mod outbox;
mod overview;
mod panel;
mod plan;
mod registers;
mod reports;
mod room;
mod sight;
mod strips;
mod themes;
mod withheld;

pub use actions::Waits;
pub use choosing::ToTell;
pub use facts::ReviewNames;
pub use follow::{LOOPS, LoopFacts, OpenLoop};
pub use panel::{Minute, Waiting};
pub use registers::Noted;

use super::error::{StoreError, StoreResult};
use crate::domain::grade::{Grade, Judgement};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::Connection;

/// A reading view of the database: of the reading connection, or of a write transaction in progress.
#[derive(Clone, Copy)]
pub struct Reading<'c> {
    connection: &'c Connection,
}

impl<'c> Reading<'c> {
    pub(super) fn new(connection: &'c Connection) -> Reading<'c> {
        Reading { connection }
    }

    fn rows<T>(
        &self,
        sql: &str,
        values: &[&dyn rusqlite::ToSql],
        read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> StoreResult<Vec<T>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(values, read)?.collect::<rusqlite::Result<Vec<T>>>()?;
        Ok(rows)
    }

    fn one<T>(
        &self,
        sql: &str,
        values: &[&dyn rusqlite::ToSql],
        read: impl FnOnce(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> StoreResult<Option<T>> {
        use rusqlite::OptionalExtension;
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row(values, read).optional()?)
    }

    fn count(&self, sql: &str, values: &[&dyn rusqlite::ToSql]) -> StoreResult<u64> {
        Ok(self.one(sql, values, |row| row.get::<_, i64>(0))?.unwrap_or_default().max(0) as u64)
    }
}

/// A date column.
fn day(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<NaiveDate> {
    let text: String = row.get(column)?;
    text.parse().map_err(|error| rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error)))
}

/// A date column that may be empty; the far date that stands for "none" reads as none.
fn day_or_none(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Option<NaiveDate>> {
    match row.get::<_, Option<String>>(column)? {
        None => Ok(None),
        Some(text) if text == super::project::NO_DATE => Ok(None),
        Some(_) => day(row, column).map(Some),
    }
}

/// A moment column, UTC milliseconds.
fn moment(milliseconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(milliseconds).unwrap_or_default()
}

/// A judgement from its two columns.
fn judgement(row: &rusqlite::Row<'_>, scaling: usize) -> rusqlite::Result<Option<Judgement>> {
    let point: Option<u8> = row.get(scaling)?;
    let rank: Option<i64> = row.get(scaling + 1)?;
    Ok(rank.and_then(Grade::from_rank).map(|grade| Judgement { scaling: point, grade }))
}

/// A JSON column.
fn body<T: serde::de::DeserializeOwned>(place: &'static str, text: &str) -> StoreResult<T> {
    super::project::from_json(place, text)
}

/// A column that holds a unit variant's word.
fn variant<T: serde::de::DeserializeOwned>(place: &'static str, word: &str) -> StoreResult<T> {
    serde_json::from_value(serde_json::Value::String(word.to_string()))
        .map_err(|error| StoreError::Unreadable { place, what: error.to_string() })
}
