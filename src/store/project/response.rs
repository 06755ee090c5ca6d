//! Projection of what follows a review: alerts.

use super::{StoreResult, from_json, json, word};
use crate::domain::alert::Alert;
use crate::domain::change::Change;
use rusqlite::{Connection, params};

pub(super) fn project(connection: &Connection, seq: i64, change: &Change) -> StoreResult<()> {
    let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| -> StoreResult<()> {
        connection.prepare_cached(sql)?.execute(values)?;
        Ok(())
    };
    match change {
        Change::AlertOpened(alert) => {
            run(
                "INSERT INTO alert (id, ref, review, what, opened_at, due_at, body, revision) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    alert.id.0,
                    alert.reference,
                    alert.review.0,
                    word(&alert.trigger)?,
                    alert.opened_at.timestamp_millis(),
                    alert.review_due_at.map(|at| at.timestamp_millis()),
                    json(alert)?,
                    seq
                ],
            )?;
            run("UPDATE review SET alerts = alerts + 1, revision = ?2 WHERE id = ?1", params![alert.review.0, seq])
        }
        Change::AlertTold { alert, addressees, at, .. } => {
            let body: String = connection.prepare_cached("SELECT body FROM alert WHERE id = ?1")?.query_row([alert.0], |row| row.get(0))?;
            let mut stored: Alert = from_json("alert.body", &body)?;
            for place in addressees {
                if let Some(addressee) = stored.addressees.get_mut(*place) {
                    addressee.told_at.get_or_insert(*at);
                }
            }
            run("UPDATE alert SET body = ?2, revision = ?3 WHERE id = ?1", params![alert.0, json(&stored)?, seq])
        }
        Change::AlertClosed { alert, review, assurance, at } => {
            run(
                "UPDATE alert SET assurance = ?2, closed_at = ?3, revision = ?4 WHERE id = ?1",
                params![alert.0, assurance, at.timestamp_millis(), seq],
            )?;
            run("UPDATE review SET alerts = alerts - 1, revision = ?2 WHERE id = ?1", params![review.0, seq])
        }
        _ => Ok(()),
    }
}
