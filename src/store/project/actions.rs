//! Projection of actions: raised, brought on step by step, linked to further findings.

use super::{StoreResult, alerts, word};
use crate::domain::action::{Action, Stand};
use crate::domain::change::{ActionLinked, Change};
use crate::domain::id::ActionId;
use rusqlite::{Connection, params};

pub(super) fn project(connection: &Connection, seq: i64, at: i64, change: &Change) -> StoreResult<()> {
    match change {
        Change::ActionRecorded(swap) => match (&swap.before, &swap.after) {
            (_, Some(action)) => record(connection, seq, at, action),
            (Some(action), None) => {
                connection.prepare_cached("DELETE FROM action WHERE id = ?1")?.execute(params![action.id.0])?;
                Ok(())
            }
            (None, None) => Ok(()),
        },
        Change::ActionMoved { action, state, evidence, .. } => {
            let Some(after) = state.after else { return Ok(()) };
            // Of an older journal: what was said to be done was open before; what is no longer signed off is still done.
            let newly = state.before.is_some_and(|before| before.is_open());
            connection
                .prepare_cached(
                    "UPDATE action SET state = ?2, evidence = ?3, revision = ?4,
                     done_at = CASE WHEN ?2 IN ('open', 'in-progress') THEN NULL WHEN ?2 = 'done' AND ?5 THEN ?6 ELSE done_at END,
                     signed_off_at = CASE WHEN ?2 = 'signed-off' THEN ?6 END WHERE id = ?1",
                )?
                .execute(params![action.0, word(&after)?, evidence.after.as_deref().unwrap_or_default(), seq, newly, at])?;
            alerts::follow_action(connection, seq, *action)
        }
        Change::ActionStepped(stepped) => match &stepped.stand.after {
            Some(stand) => stand_as(connection, seq, stepped.action, stand),
            None => Ok(()),
        },
        Change::ActionLinked(linked) => link(connection, linked),
        _ => Ok(()),
    }
}

fn record(connection: &Connection, seq: i64, at: i64, action: &Action) -> StoreResult<()> {
    connection
        .prepare_cached(
            "INSERT INTO action (id, ref, review, text, owner, due_on, urgent, state, evidence, raised_at, revision, alert, cycle, entry, kind)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
             ON CONFLICT (id) DO UPDATE SET text = excluded.text, urgent = excluded.urgent, kind = excluded.kind",
        )?
        .execute(params![
            action.id.0,
            action.reference,
            action.source.review().map(|review| review.0),
            action.text,
            action.owner.0,
            action.due_on.to_string(),
            action.urgent,
            word(&action.state)?,
            action.evidence,
            at,
            seq,
            action.alert.map(|alert| alert.0),
            action.source.cycle().map(|cycle| cycle.0),
            action.source.entry().map(|entry| entry.0),
            action.kind
        ])?;
    stand_as(connection, seq, action.id, &action.stand())
}

fn stand_as(connection: &Connection, seq: i64, action: ActionId, stand: &Stand) -> StoreResult<()> {
    let life = &stand.life;
    let by = |said: Option<crate::domain::action::Said>| said.and_then(|said| said.by).map(|by| by.0);
    let at = |said: Option<crate::domain::action::Said>| said.map(|said| said.at.timestamp_millis());
    connection
        .prepare_cached(
            "UPDATE action SET state = ?2, owner = ?3, due_on = ?4, evidence = ?5, done_at = ?6, done_by = ?7, signed_off_at = ?8,
             signed_off_by = ?9, revisit_on = ?10, effect = ?11, recurred = ?12, reopened_on = ?13, revision = ?14 WHERE id = ?1",
        )?
        .execute(params![
            action.0,
            word(&stand.state)?,
            stand.owner.0,
            stand.due_on.to_string(),
            stand.evidence,
            at(life.done),
            by(life.done),
            at(life.signed_off),
            by(life.signed_off),
            life.revisit_on.map(|day| day.to_string()),
            life.effect.map(|effect| effect.key()),
            life.recurred,
            life.reopened_on.map(|day| day.to_string()),
            seq
        ])?;
    alerts::follow_action(connection, seq, action)
}

fn link(connection: &Connection, linked: &ActionLinked) -> StoreResult<()> {
    let sql = match linked.linked {
        true => "INSERT INTO action_link (action, review) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        false => "DELETE FROM action_link WHERE action = ?1 AND review = ?2",
    };
    connection.prepare_cached(sql)?.execute(params![linked.action.0, linked.review.0])?;
    Ok(())
}
