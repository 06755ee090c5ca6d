//! Projection of findings that were set aside.

use super::{StoreResult, json};
use crate::domain::change::Swap;
use crate::domain::check::Exemption;
use rusqlite::{Connection, params};

pub(super) fn project(connection: &Connection, seq: i64, swap: &Swap<Box<Exemption>>) -> StoreResult<()> {
    match (&swap.before, &swap.after) {
        (_, Some(exemption)) => {
            connection
                .prepare_cached(
                    "INSERT INTO exemption (kind, about, body, revision) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (kind, about) DO UPDATE SET body = excluded.body, revision = excluded.revision",
                )?
                .execute(params![exemption.kind.key(), exemption.about.key(), json(exemption)?, seq])?;
        }
        (Some(gone), None) => {
            connection
                .prepare_cached("DELETE FROM exemption WHERE kind = ?1 AND about = ?2")?
                .execute(params![gone.kind.key(), gone.about.key()])?;
        }
        (None, None) => {}
    }
    Ok(())
}
