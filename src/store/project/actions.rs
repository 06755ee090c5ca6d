//! Projection of actions: raised, brought on step by step, linked to further findings.

use super::{StoreResult, alerts, word};
use crate::domain::action::{Action, Said, Stand};
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
            Some(stand) => stand_as(connection, seq, stepped.action, stepped.stand.before.as_ref(), stand),
            None => Ok(()),
        },
        Change::ActionLinked(linked) => link(connection, linked),
        _ => Ok(()),
    }
}

fn record(connection: &Connection, seq: i64, at: i64, action: &Action) -> StoreResult<()> {
    let stand = action.stand();
    let columns = Columns::of(&stand)?;
    connection
        .prepare_cached(
            "INSERT INTO action (id, ref, review, text, urgent, raised_at, alert, cycle, entry, kind, state, owner, due_on, evidence, done_at,
               done_by, signed_off_at, signed_off_by, revisit_on, effect, recurred, reopened_on, revision)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23)
             ON CONFLICT (id) DO UPDATE SET text = excluded.text, urgent = excluded.urgent, kind = excluded.kind, state = excluded.state,
               owner = excluded.owner, due_on = excluded.due_on, evidence = excluded.evidence, done_at = excluded.done_at,
               done_by = excluded.done_by, signed_off_at = excluded.signed_off_at, signed_off_by = excluded.signed_off_by,
               revisit_on = excluded.revisit_on, effect = excluded.effect, recurred = excluded.recurred,
               reopened_on = excluded.reopened_on, revision = excluded.revision",
        )?
        .execute(params![
            action.id.0,
            action.reference,
            action.source.review().map(|review| review.0),
            action.text,
            action.urgent,
            at,
            action.alert.map(|alert| alert.0),
            action.source.cycle().map(|cycle| cycle.0),
            action.source.entry().map(|entry| entry.0),
            action.kind,
            columns.state,
            columns.owner,
            columns.due_on,
            columns.evidence,
            columns.done.0,
            columns.done.1,
            columns.signed_off.0,
            columns.signed_off.1,
            columns.revisit_on,
            columns.effect,
            columns.recurred,
            columns.reopened_on,
            seq
        ])?;
    alerts::follow_action(connection, seq, action.id)
}

fn stand_as(connection: &Connection, seq: i64, action: ActionId, before: Option<&Stand>, stand: &Stand) -> StoreResult<()> {
    let columns = Columns::of(stand)?;
    connection
        .prepare_cached(
            "UPDATE action SET state = ?2, due_on = ?3, evidence = ?4, done_at = ?5, signed_off_at = ?6, revisit_on = ?7, effect = ?8,
             recurred = ?9, reopened_on = ?10, revision = ?11 WHERE id = ?1",
        )?
        .execute(params![
            action.0,
            columns.state,
            columns.due_on,
            columns.evidence,
            columns.done.0,
            columns.signed_off.0,
            columns.revisit_on,
            columns.effect,
            columns.recurred,
            columns.reopened_on,
            seq
        ])?;
    // People apart, and only where they are others: for a column that points at a row of another table SQLite copies pages aside.
    let by = |said: Option<Said>| said.and_then(|said| said.by);
    let people = |stand: &Stand| (stand.owner, by(stand.life.done), by(stand.life.signed_off));
    if before.is_none_or(|before| people(before) != people(stand)) {
        connection.prepare_cached("UPDATE action SET owner = ?2, done_by = ?3, signed_off_by = ?4 WHERE id = ?1")?.execute(params![
            action.0,
            columns.owner,
            columns.done.1,
            columns.signed_off.1
        ])?;
    }
    alerts::follow_action(connection, seq, action)
}

/// How an action stands, as its row says it; of the two moments with their people, each by its own columns.
struct Columns<'a> {
    state: String,
    owner: i64,
    due_on: String,
    evidence: &'a str,
    done: (Option<i64>, Option<i64>),
    signed_off: (Option<i64>, Option<i64>),
    revisit_on: Option<String>,
    effect: Option<&'static str>,
    recurred: u32,
    reopened_on: Option<String>,
}

impl Columns<'_> {
    fn of(stand: &Stand) -> StoreResult<Columns<'_>> {
        let life = &stand.life;
        let said = |said: Option<Said>| (said.map(|said| said.at.timestamp_millis()), said.and_then(|said| said.by).map(|by| by.0));
        Ok(Columns {
            state: word(&stand.state)?,
            owner: stand.owner.0,
            due_on: stand.due_on.to_string(),
            evidence: &stand.evidence,
            done: said(life.done),
            signed_off: said(life.signed_off),
            revisit_on: life.revisit_on.map(|day| day.to_string()),
            effect: life.effect.map(|effect| effect.key()),
            recurred: life.recurred,
            reopened_on: life.reopened_on.map(|day| day.to_string()),
        })
    }
}

fn link(connection: &Connection, linked: &ActionLinked) -> StoreResult<()> {
    let sql = match linked.linked {
        true => "INSERT INTO action_link (action, review) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        false => "DELETE FROM action_link WHERE action = ?1 AND review = ?2",
    };
    connection.prepare_cached(sql)?.execute(params![linked.action.0, linked.review.0])?;
    Ok(())
}
