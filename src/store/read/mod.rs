//! Reading: facts for rules and read-models for screens, always into owned values, never a statement left open.

mod actions;
mod agenda;
mod check;
mod choosing;
mod council;
mod counted;
mod dataset;
mod drp;
mod facts;
mod figures;
mod filter;
mod follow;
mod found;
mod groups;
mod held;
mod history;
mod joint;
mod kept_back;
mod known;
mod learnt;
mod lists;
mod logins;
mod looks;
mod outbox;
mod overview;
mod panel;
mod plan;
mod registers;
mod reports;
mod retention;
mod revisit;
mod room;
mod sight;
mod strips;
mod themes;
mod withheld;

pub use actions::Waits;
pub use choosing::ToTell;
pub(super) use known::Known;

pub use facts::{CaseLine, ReviewNames};
pub use follow::{LOOPS, LoopFacts, OpenLoop};
pub use held::NAMES_PEOPLE;
pub use outbox::REMINDED_ON;
pub use panel::{Minute, Waiting};
pub use registers::Noted;
pub use reports::ReportsOf;
pub use retention::Kept;
pub use revisit::FoundInadequate;

use super::error::{StoreError, StoreResult};
use crate::domain::grade::{Grade, Judgement};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::Connection;
use serde::de::IntoDeserializer as _;

/// The case of a review (alias `r`) of a subject (alias `s`) as lists and papers name it. Of one that was erased no pseudonym leads to
/// a child any more: the same child may still be in today's frame (T47).
const CASE: &str = "CASE WHEN r.erased_on IS NULL THEN s.pseudonym ELSE 'erased' END";

/// Somebody of a review (alias `r`) by the short name of a joined person; whose it was is not known any more once it was erased (T47).
fn who(person: &str) -> String {
    format!("CASE WHEN r.erased_on IS NULL THEN coalesce({person}.short, '') ELSE 'erased' END")
}

/// A reading view of the database: of the reading connection, or of a write transaction in progress.
#[derive(Clone, Copy)]
pub struct Reading<'c> {
    connection: &'c Connection,
    known: Option<&'c Known>,
}

impl<'c> Reading<'c> {
    pub(super) fn new(connection: &'c Connection) -> Reading<'c> {
        Reading { connection, known: None }
    }

    /// One inside a transaction, which need not read twice what it has not changed.
    pub(super) fn within(connection: &'c Connection, known: &'c Known) -> Reading<'c> {
        Reading { connection, known: Some(known) }
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

/// Row numbers as a list for `IN`: numbers alone, which cannot be text.
fn list(ids: impl Iterator<Item = i64>) -> String {
    ids.map(|id| id.to_string()).collect::<Vec<_>>().join(", ")
}

/// A date column.
fn day(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<NaiveDate> {
    let text = row.get_ref(column)?.as_str().map_err(|error| unreadable(column, Box::new(error)))?;
    match written_day(text) {
        Some(day) => Ok(day),
        None => text.parse().map_err(|error| unreadable(column, Box::new(error))),
    }
}

fn unreadable(column: usize, error: Box<dyn std::error::Error + Send + Sync>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, error)
}

/// A day as the tables hold it, `2026-11-19`. chrono's own reader takes every form there is, at twenty times the cost, and days are
/// most of what is read.
fn written_day(text: &str) -> Option<NaiveDate> {
    let [y, e, a, r, b'-', m, o, b'-', d, f] = *text.as_bytes() else { return None };
    let number =
        |digits: &[u8]| digits.iter().try_fold(0u32, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0')));
    NaiveDate::from_ymd_opt(i32::try_from(number(&[y, e, a, r])?).ok()?, number(&[m, o])?, number(&[d, f])?)
}

/// A date column that may be empty; the far date that stands for "none" reads as none.
fn day_or_none(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Option<NaiveDate>> {
    match row.get_ref(column)? {
        rusqlite::types::ValueRef::Null => Ok(None),
        rusqlite::types::ValueRef::Text(text) if text == super::project::NO_DATE.as_bytes() => Ok(None),
        _ => day(row, column).map(Some),
    }
}

/// A moment column, UTC milliseconds.
pub(super) fn moment(milliseconds: i64) -> DateTime<Utc> {
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

/// A JSON column, read where it lies: the texts are long, and copied only to be read.
fn body_of<T: serde::de::DeserializeOwned>(
    place: &'static str,
    row: &rusqlite::Row<'_>,
    column: usize,
) -> rusqlite::Result<StoreResult<T>> {
    let text = row.get_ref(column)?.as_str().map_err(|error| unreadable(column, Box::new(error)))?;
    Ok(body(place, text))
}

/// A column that holds a unit variant's word.
fn variant<T: serde::de::DeserializeOwned>(place: &'static str, word: &str) -> StoreResult<T> {
    let word: serde::de::value::StrDeserializer<'_, serde::de::value::Error> = word.into_deserializer();
    T::deserialize(word).map_err(|error| StoreError::Unreadable { place, what: error.to_string() })
}
