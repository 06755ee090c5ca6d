//! Projection of actions.

use super::{StoreResult, alerts, word};
use crate::domain::change::Change;
use rusqlite::{Connection, params};

pub(super) fn project(connection: &Connection, seq: i64, change: &Change) -> StoreResult<()> {
    let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| -> StoreResult<()> {
        connection.prepare_cached(sql)?.execute(values)?;
        Ok(())
    };
    match change {
        Change::ActionRecorded(swap) => match (&swap.before, &swap.after) {
            (_, Some(action)) => {
                run(
                    "INSERT INTO action (id, ref, review, text, owner, due_on, urgent, state, evidence, revision, alert)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
                 ON CONFLICT (id) DO UPDATE SET text = excluded.text, owner = excluded.owner, due_on = excluded.due_on,
                 urgent = excluded.urgent, state = excluded.state, evidence = excluded.evidence, revision = excluded.revision",
                    params![
                        action.id.0,
                        action.reference,
                        action.review.0,
                        action.text,
                        action.owner.0,
                        action.due_on.to_string(),
                        action.urgent,
                        word(&action.state)?,
                        action.evidence,
                        seq,
                        action.alert.map(|alert| alert.0)
                    ],
                )?;
                alerts::follow_action(connection, seq, action.id)
            }
            (Some(action), None) => run("DELETE FROM action WHERE id = ?1", params![action.id.0]),
            (None, None) => Ok(()),
        },
        Change::ActionMoved { action, state, evidence, .. } => match state.after {
            Some(state) => {
                run(
                    "UPDATE action SET state = ?2, evidence = ?3, revision = ?4 WHERE id = ?1",
                    params![action.0, word(&state)?, evidence.after.as_deref().unwrap_or_default(), seq],
                )?;
                alerts::follow_action(connection, seq, *action)
            }
            None => Ok(()),
        },
        _ => Ok(()),
    }
}
