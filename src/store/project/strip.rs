//! Projection of strips: one row for each, whichever kind it is, with its nearest clock and everybody who has a part in it.
//!
//! A kind that has strips projects its own table and calls [`put`] after every change; so lists, counts and the look for what is
//! overdue know one table.

use super::StoreResult;
use crate::domain::id::{PersonId, ReviewId, SubjectId};
use crate::domain::strip::{ClockOf, StripOf};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// Stands for "no clock runs" where rows are sorted by their nearest one.
pub const NO_CLOCK: &str = "9999999999999";

/// A moment as rows are sorted by it: thirteen digits.
pub fn sorted(at: DateTime<Utc>) -> String {
    format!("{:013}", at.timestamp_millis().clamp(0, 9_999_999_999_999))
}

/// How a strip stands after a change.
pub struct Stand<'a> {
    /// What it is about.
    pub of: StripOf,
    /// What people say.
    pub reference: &'a str,
    /// The review it belongs to, if it belongs to one.
    pub review: Option<ReviewId>,
    /// Whom it is about: by this and the next it is withheld from whoever is recused.
    pub subject: SubjectId,
    /// Whose work it is about.
    pub practitioner: Option<PersonId>,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// When its nearest clock runs out.
    pub next_at: Option<DateTime<Utc>>,
    /// The next moment at which something becomes due that is no fact yet.
    pub watch_at: Option<DateTime<Utc>>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// Everybody with a part in it, and the clock that needs them now.
    pub people: BTreeMap<PersonId, Option<(DateTime<Utc>, ClockOf)>>,
}

/// Writes how a strip stands; the first time it gets the number of the journal row that opened it.
pub fn put(connection: &Connection, seq: i64, stand: &Stand<'_>) -> StoreResult<()> {
    let Stand { of, reference, review, subject, practitioner, opened_at, next_at, watch_at, closed_at, people } = stand;
    let sort = closed_at.or(*next_at).map_or_else(|| NO_CLOCK.to_string(), sorted);
    let millis = |at: &Option<DateTime<Utc>>| at.map(|at| at.timestamp_millis());
    connection
        .prepare_cached(
            "INSERT INTO strip (id, kind, object, ref, review, subject, practitioner, opened_at, sort, watch_at, closed_at, revision)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?1)
             ON CONFLICT (kind, object) DO UPDATE SET sort = excluded.sort, watch_at = excluded.watch_at,
             closed_at = excluded.closed_at, revision = excluded.revision",
        )?
        .execute(params![
            seq,
            of.kind(),
            of.number(),
            reference,
            review.map(|review| review.0),
            subject.0,
            practitioner.map(|person| person.0),
            opened_at.timestamp_millis(),
            sort,
            if closed_at.is_some() { None } else { millis(watch_at) },
            millis(closed_at)
        ])?;
    let strip: i64 = connection
        .prepare_cached("SELECT id FROM strip WHERE (kind, object) = (?1, ?2)")?
        .query_row(params![of.kind(), of.number()], |row| row.get(0))?;
    connection.prepare_cached("DELETE FROM strip_person WHERE strip = ?1")?.execute([strip])?;
    let mut insert = connection.prepare_cached("INSERT INTO strip_person (strip, person, due, what) VALUES (?1, ?2, ?3, ?4)")?;
    for (person, needed) in people {
        let (due, what) = match needed {
            Some((at, clock)) => (sorted(*at), clock.key()),
            None => (NO_CLOCK.to_string(), String::new()),
        };
        insert.execute(params![strip, person.0, due, what])?;
    }
    Ok(())
}

/// Writes down that a clock ran out. The table refuses the same clock twice.
pub fn overdue(connection: &Connection, of: StripOf, clock: ClockOf, due_at: DateTime<Utc>, noticed_at: DateTime<Utc>) -> StoreResult<()> {
    connection.prepare_cached("INSERT INTO overdue (object, clock, due_at, noticed_at) VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        of.object(),
        clock.key(),
        due_at.timestamp_millis(),
        noticed_at.timestamp_millis()
    ])?;
    Ok(())
}

/// Whether it was written down already that a clock ran out.
pub fn is_noticed(connection: &Connection, of: StripOf, clock: ClockOf, due_at: DateTime<Utc>) -> StoreResult<bool> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM overdue WHERE (object, clock, due_at) = (?1, ?2, ?3)")?;
    Ok(statement.exists(params![of.object(), clock.key(), due_at.timestamp_millis()])?)
}

/// Takes a strip away: what it was about was raised by mistake.
pub fn gone(connection: &Connection, of: StripOf) -> StoreResult<()> {
    let which = params![of.kind(), of.number()];
    connection
        .prepare_cached("DELETE FROM strip_person WHERE strip = (SELECT id FROM strip WHERE (kind, object) = (?1, ?2))")?
        .execute(which)?;
    connection.prepare_cached("DELETE FROM strip WHERE (kind, object) = (?1, ?2)")?.execute(which)?;
    Ok(())
}
