//! Projection of the panel: its sittings, the items on their tables, sealed scores, minutes.

use super::reviews::next;
use super::{StoreResult, json};
use crate::domain::change::{PanelChange, Swap};
use crate::domain::id::{PanelId, ReviewId};
use crate::domain::panel::Panel;
use rusqlite::{Connection, params};
use std::sync::LazyLock;

fn run(connection: &Connection, sql: &str, values: &[&dyn rusqlite::ToSql]) -> StoreResult<()> {
    connection.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

/// Gives all that waits for the panel the day of the sitting that has it on its agenda: that is when it is due.
pub(super) fn day_of_sitting(connection: &Connection) -> StoreResult<()> {
    run(connection, DAY_OF_SITTING, &[])
}

/// The same for one review, where no other is touched by what happened.
pub(super) fn day_of_sitting_for(connection: &Connection, review: ReviewId) -> StoreResult<()> {
    run(connection, &DAY_FOR_ONE, params![review.0])
}

const DAY_OF_SITTING: &str = include_str!("../sql/28_sitting_day.sql");

static DAY_FOR_ONE: LazyLock<String> =
    LazyLock::new(|| DAY_OF_SITTING.replace("WHERE r.panel = 'waiting'", "WHERE r.id = ?1 AND r.panel = 'waiting'"));

/// A sitting is planned, changed or called off.
pub(super) fn planned(connection: &Connection, seq: i64, swap: &Swap<Panel>) -> StoreResult<()> {
    plan(connection, seq, swap)?;
    day_of_sitting(connection)
}

fn plan(connection: &Connection, seq: i64, swap: &Swap<Panel>) -> StoreResult<()> {
    match (&swap.before, &swap.after) {
        (_, Some(panel)) => run(
            connection,
            "INSERT INTO panel (id, on_day, at, chair, body, revision) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (id) DO UPDATE SET on_day = excluded.on_day, at = excluded.at, chair = excluded.chair, body = excluded.body,
             revision = excluded.revision",
            params![panel.id.0, panel.on.to_string(), panel.at, panel.chair.map(|chair| chair.0), json(panel)?, seq],
        ),
        (Some(panel), None) => run(connection, "DELETE FROM panel WHERE id = ?1", params![panel.id.0]),
        (None, None) => Ok(()),
    }
}

/// What happens at a sitting.
///
/// What happens to an item leaves the sitting's revision alone: nobody's note of who is there gets stale because somebody
/// scored, and nobody who is recused can count what they must not see.
pub(super) fn project(connection: &Connection, seq: i64, at: i64, change: &PanelChange) -> StoreResult<()> {
    happened(connection, seq, at, change)?;
    match change {
        // Nothing of these says at which sitting anything is.
        PanelChange::AttendanceChanged { .. }
        | PanelChange::ChairTaken { .. }
        | PanelChange::AgendaOrdered { .. }
        | PanelChange::Scored { .. }
        | PanelChange::ScoresOpened { .. }
        | PanelChange::MinuteAdded { .. }
        | PanelChange::StoodOut { .. } => Ok(()),
        change => match change.review() {
            Some(review) => day_of_sitting_for(connection, review),
            None => day_of_sitting(connection),
        },
    }
}

fn happened(connection: &Connection, seq: i64, at: i64, change: &PanelChange) -> StoreResult<()> {
    match change {
        PanelChange::Begun { panel, present, .. } => run(
            connection,
            "UPDATE panel SET stand = 'in-progress', present = ?2, began_at = ?3, revision = ?4 WHERE id = ?1",
            params![panel.0, json(present)?, at, seq],
        ),
        PanelChange::AttendanceChanged { panel, present } => {
            let present = present.after.clone().unwrap_or_default();
            run(connection, "UPDATE panel SET present = ?2, revision = ?3 WHERE id = ?1", params![panel.0, json(&present)?, seq])
        }
        PanelChange::ChairTaken { panel, by, .. } => {
            run(connection, "UPDATE panel SET chair = ?2, revision = ?3 WHERE id = ?1", params![panel.0, by.0, seq])
        }
        PanelChange::AgendaOrdered { panel, run: order } => {
            let order = order.after.clone().unwrap_or_default();
            run(connection, "UPDATE panel SET run = ?2, revision = ?3 WHERE id = ?1", params![panel.0, json(&order)?, seq])
        }
        PanelChange::ItemMoved { review, to, .. } => {
            let sql = "UPDATE review SET panel_sitting = ?2 WHERE id = ?1";
            run(connection, sql, params![review.0, to.after.map(|panel| panel.0)])
        }
        PanelChange::ItemOpened { panel, review, left, .. } => {
            // Opened once more, an item keeps its scores and the moment it was first opened.
            run(
                connection,
                "INSERT INTO panel_item (panel, review, stand, opened_at, away) VALUES (?1, ?2, 'open', ?3, ?4)
                 ON CONFLICT (panel, review) DO UPDATE SET stand = 'open', away = excluded.away, said = ''",
                params![panel.0, review.0, at, json(left)?],
            )?;
            run(connection, "UPDATE panel SET item = ?2, item_since = ?3 WHERE id = ?1", params![panel.0, review.0, at])
        }
        PanelChange::Scored { panel, review, person, round, score } => run(
            connection,
            "INSERT INTO panel_score (panel, review, person, round, body) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (panel, review, person, round) DO UPDATE SET body = excluded.body",
            params![panel.0, review.0, person.0, round, json(score)?],
        ),
        PanelChange::ScoresOpened { panel, review, early } => {
            let sql = "UPDATE panel_item SET revealed = 1, early = ?3 WHERE panel = ?1 AND review = ?2";
            run(connection, sql, params![panel.0, review.0, early])
        }
        PanelChange::SentBack { panel, review, missing, next: after } => {
            concluded(connection, *review, Some(*panel), "sent-back", missing)?;
            run(connection, "UPDATE review SET panel_back = ?2 WHERE id = ?1", params![review.0, missing])?;
            next(connection, seq, *review, after)
        }
        PanelChange::Deferred { panel, review, why } => concluded(connection, *review, Some(*panel), "deferred", why),
        PanelChange::HandedInAgain { review, next: after } => {
            run(connection, "UPDATE review SET panel_back = '' WHERE id = ?1", params![review.0])?;
            next(connection, seq, *review, after)
        }
        PanelChange::Brought { review, why, reason, next: after } => {
            // One that was decided before, or was never due, is due now; one that waits has one more reason.
            let said = if reason.is_empty() { why.blind_label() } else { reason.as_str() };
            let due =
                "UPDATE cycle SET for_panel = for_panel + 1 WHERE id = (SELECT cycle FROM review WHERE id = ?1 AND panel = 'not-needed')";
            run(connection, due, params![review.0])?;
            let again = "UPDATE cycle SET panel_decided = panel_decided - 1 WHERE id = (SELECT cycle FROM review WHERE id = ?1 AND panel = 'decided')";
            run(connection, again, params![review.0])?;
            run(
                connection,
                "UPDATE review SET panel_why = CASE WHEN panel = 'waiting' AND panel_why <> '' THEN panel_why || ', ' || ?2 ELSE ?2 END,
                 panel = 'waiting', panel_reasons = trim(panel_reasons || ' ' || ?3) WHERE id = ?1",
                params![review.0, said, why.key()],
            )?;
            next(connection, seq, *review, after)
        }
        PanelChange::Closed { panel, .. } => run(
            connection,
            "UPDATE panel SET stand = 'closed', closed_at = ?2, item = NULL, item_since = NULL, revision = ?3 WHERE id = ?1",
            params![panel.0, at, seq],
        ),
        PanelChange::CalledOff { panel, why, .. } => {
            let (stand, closed_at) = if why.after.is_some() { ("closed", Some(at)) } else { ("planned", None) };
            let why = why.after.as_deref().unwrap_or_default();
            let sql = "UPDATE panel SET stand = ?2, called_off = ?3, closed_at = ?4, revision = ?5 WHERE id = ?1";
            run(connection, sql, params![panel.0, stand, why, closed_at, seq])
        }
        PanelChange::MinuteAdded { panel, review, text } => {
            let sql = "INSERT INTO panel_minute (seq, panel, review, at, text) VALUES (?1, ?2, ?3, ?4, ?5)";
            run(connection, sql, params![seq, panel.0, review.map(|review| review.0), at, text])
        }
        PanelChange::StoodOut { panel, review, person } => run(
            connection,
            "UPDATE panel_item SET away = json_insert(away, '$[#]', ?3)
             WHERE panel = ?1 AND review = ?2 AND NOT EXISTS (SELECT 1 FROM json_each(away) WHERE value = ?3)",
            params![panel.0, review.0, person.0],
        ),
    }
}

/// An item has its outcome: it leaves the table.
pub(super) fn concluded(connection: &Connection, review: ReviewId, panel: Option<PanelId>, stand: &str, said: &str) -> StoreResult<()> {
    let Some(panel) = panel else { return Ok(()) };
    let sql = "UPDATE panel_item SET stand = ?3, said = ?4 WHERE panel = ?1 AND review = ?2";
    run(connection, sql, params![panel.0, review.0, stand, said])?;
    run(connection, "UPDATE panel SET item = NULL, item_since = NULL WHERE id = ?1 AND item = ?2", params![panel.0, review.0])
}
