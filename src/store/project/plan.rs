//! Projection of plans: one row for each note, those taken back included.

use super::{StoreResult, json};
use crate::domain::change::Swap;
use crate::domain::plan::PlanNote;
use rusqlite::{Connection, params};

pub(super) fn project(connection: &Connection, seq: i64, swap: &Swap<PlanNote>) -> StoreResult<()> {
    // A note is taken back, never taken away.
    let Some(note) = &swap.after else { return Ok(()) };
    connection
        .prepare_cached(
            "INSERT INTO plan_note (id, cycle, action, on_day, kind, open, body, author, taken_back, revision)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT (id) DO UPDATE SET on_day = excluded.on_day, open = excluded.open, body = excluded.body,
             taken_back = excluded.taken_back, revision = excluded.revision",
        )?
        .execute(params![
            note.id.0,
            note.cycle.0,
            note.action.map(|action| action.0),
            note.on.to_string(),
            note.what.key(),
            note.what.is_open(),
            json(&note.what)?,
            note.by.map(|by| by.0),
            note.taken_back,
            seq
        ])?;
    Ok(())
}
