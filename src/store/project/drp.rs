//! Projection of disputes and alerts of good practice: one row each, its facts in the body.

use super::{StoreResult, from_json, json};
use crate::domain::change::DrpChange;
use crate::domain::drp::Drp;
use rusqlite::{Connection, params};

pub(super) fn project(connection: &Connection, seq: i64, change: &DrpChange) -> StoreResult<()> {
    match change {
        DrpChange::Raised(swap) => match (&swap.before, &swap.after) {
            (_, Some(drp)) => put(connection, seq, drp),
            (Some(drp), None) => {
                connection.prepare_cached("DELETE FROM drp WHERE id = ?1")?.execute([drp.id.0])?;
                Ok(())
            }
            (None, None) => Ok(()),
        },
        DrpChange::Noted { drp, fact, .. } => {
            let body: String = connection.prepare_cached("SELECT body FROM drp WHERE id = ?1")?.query_row([drp.0], |row| row.get(0))?;
            let mut stored: Drp = from_json("drp.body", &body)?;
            match &fact.after {
                Some(fact) => stored.facts.push(fact.clone()),
                // Only the newest is ever taken back.
                None => drop(stored.facts.pop()),
            }
            put(connection, seq, &stored)
        }
    }
}

fn put(connection: &Connection, seq: i64, drp: &Drp) -> StoreResult<()> {
    let stand = drp.stand();
    connection
        .prepare_cached(
            "INSERT INTO drp (id, ref, kind, review, subject, practitioner, team, service, raised_on, formal_on, due_at, ended_on,
             taken_back, body, revision) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
             ON CONFLICT (id) DO UPDATE SET formal_on = excluded.formal_on, due_at = excluded.due_at, ended_on = excluded.ended_on,
             taken_back = excluded.taken_back, body = excluded.body, revision = excluded.revision",
        )?
        .execute(params![
            drp.id.0,
            drp.reference,
            drp.kind.key(),
            drp.review.map(|review| review.0),
            drp.subject.0,
            drp.practitioner.map(|person| person.0),
            drp.place.0,
            drp.place.1,
            drp.raised_on.to_string(),
            stand.formal_since.map(|day| day.to_string()),
            drp.due_at().map(|at| at.timestamp_millis()),
            stand.resolved.map(|(_, day)| day.to_string()),
            drp.taken_back,
            json(drp)?,
            seq
        ])?;
    Ok(())
}
