//! Projection of registers: one row for each entry, those taken back included.

use super::{StoreResult, json};
use crate::domain::change::Swap;
use crate::domain::register::Entry;
use rusqlite::{Connection, params};

pub(super) fn project(connection: &Connection, seq: i64, swap: &Swap<Entry>) -> StoreResult<()> {
    let Some(entry) = &swap.after else {
        if let Some(gone) = &swap.before {
            connection.prepare_cached("DELETE FROM entry WHERE id = ?1")?.execute([gone.id.0])?;
        }
        return Ok(());
    };
    connection
        .prepare_cached(
            "INSERT INTO entry (id, register, on_day, person, place, noted, words, author, taken_back, revision)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT (id) DO UPDATE SET register = excluded.register, on_day = excluded.on_day, person = excluded.person,
             place = excluded.place, noted = excluded.noted, words = excluded.words, author = excluded.author,
             taken_back = excluded.taken_back, revision = excluded.revision",
        )?
        .execute(params![
            entry.id.0,
            entry.register,
            entry.on.to_string(),
            entry.person.map(|person| person.0),
            entry.place,
            json(&entry.values)?,
            entry.words,
            entry.by,
            entry.taken_back,
            seq
        ])?;
    Ok(())
}
