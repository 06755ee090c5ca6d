//! Projection of what follows a review: one row for each follow-up, and how its loop stands in the row of the review.

use super::{StoreResult, json};
use crate::domain::calendar::local_date;
use crate::domain::change::FollowUpChange;
use crate::domain::tracking::LoopStand;
use chrono::DateTime;
use rusqlite::{Connection, params};

pub(super) fn project(connection: &Connection, seq: i64, at: i64, change: &FollowUpChange) -> StoreResult<()> {
    let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| -> StoreResult<()> {
        connection.prepare_cached(sql)?.execute(values)?;
        Ok(())
    };
    match change {
        FollowUpChange::Noted(swap) => match (&swap.before, &swap.after) {
            (_, Some(follow)) => run(
                "INSERT INTO follow_up (id, review, what, on_day, by, whom, body, revision) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                 ON CONFLICT (id) DO UPDATE SET body = excluded.body, revision = excluded.revision",
                params![
                    follow.id.0,
                    follow.review.0,
                    follow.what.key(),
                    follow.on.to_string(),
                    follow.by.0,
                    follow.whom.map(|person| person.0),
                    json(follow)?,
                    seq
                ],
            ),
            (Some(gone), None) => run("DELETE FROM follow_up WHERE id = ?1", params![gone.id.0]),
            (None, None) => Ok(()),
        },
        FollowUpChange::LoopMoved { review, stand, supervision_due, since } => {
            let after = stand.after.unwrap_or(LoopStand::Untracked);
            let told = local_date(DateTime::from_timestamp_millis(at).unwrap_or_default());
            let day = since.unwrap_or(told);
            // The row's revision stays: whoever is writing in the review meanwhile has read nothing old.
            run(
                "UPDATE review SET loop_since = CASE WHEN loop = ?2 THEN loop_since ELSE ?3 END, supervision_due = ?4, loop = ?2 WHERE id = ?1",
                params![
                    review.0,
                    after.key(),
                    (after != LoopStand::Untracked).then(|| day.to_string()),
                    supervision_due.map(|day| day.to_string())
                ],
            )
        }
    }
}
