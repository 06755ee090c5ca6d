//! Projection of disputes and alerts of good practice: one row each, its facts in the body, and its strip.

use super::{StoreResult, from_json, json, strip};
use crate::domain::change::DrpChange;
use crate::domain::drp::Drp;
use crate::domain::id::{DrpId, PersonId};
use crate::domain::strip::{ClockOf, StripOf};
use chrono::DateTime;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;

pub(super) fn project(connection: &Connection, seq: i64, at: i64, change: &DrpChange) -> StoreResult<()> {
    match change {
        DrpChange::Raised(swap) => match (&swap.before, &swap.after) {
            (_, Some(drp)) => put(connection, seq, drp),
            (Some(drp), None) => {
                strip::gone(connection, StripOf::Drp(drp.id))?;
                connection.prepare_cached("DELETE FROM drp WHERE id = ?1")?.execute([drp.id.0])?;
                Ok(())
            }
            (None, None) => Ok(()),
        },
        DrpChange::Noted { drp, fact, .. } => {
            let Some(mut stored) = read(connection, *drp)? else { return Ok(()) };
            match &fact.after {
                Some(fact) => stored.facts.push((**fact).clone()),
                // Only the newest is ever taken back.
                None => drop(stored.facts.pop()),
            }
            put(connection, seq, &stored)
        }
        DrpChange::Overdue { drp, due_at, .. } => {
            let noticed = DateTime::from_timestamp_millis(at).unwrap_or_default();
            strip::overdue(connection, StripOf::Drp(*drp), ClockOf::Formal, *due_at, noticed)?;
            // The row itself stays as it was: nobody who is writing about it meanwhile has read something old.
            match read(connection, *drp)? {
                Some(stored) => put_strip(connection, seq, &stored),
                None => Ok(()),
            }
        }
        DrpChange::AskedWhileRecused { .. } => Ok(()),
    }
}

fn read(connection: &Connection, id: DrpId) -> StoreResult<Option<Drp>> {
    let body: Option<String> =
        connection.prepare_cached("SELECT body FROM drp WHERE id = ?1")?.query_row([id.0], |row| row.get(0)).optional()?;
    body.map(|body| from_json("drp.body", &body)).transpose()
}

fn put(connection: &Connection, seq: i64, drp: &Drp) -> StoreResult<()> {
    let stand = drp.stand();
    connection
        .prepare_cached(
            "INSERT INTO drp (id, ref, kind, review, subject, practitioner, team, service, raised_on, ended_on, taken_back, body, revision)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
             ON CONFLICT (id) DO UPDATE SET ended_on = excluded.ended_on, taken_back = excluded.taken_back, body = excluded.body,
             revision = excluded.revision",
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
            stand.resolved.map(|(_, day)| day.to_string()),
            drp.taken_back,
            json(drp)?,
            seq
        ])?;
    put_strip(connection, seq, drp)
}

/// Its strip: what was taken back has none.
fn put_strip(connection: &Connection, seq: i64, drp: &Drp) -> StoreResult<()> {
    let of = StripOf::Drp(drp.id);
    if drp.taken_back {
        return strip::gone(connection, of);
    }
    let stand = drp.stand();
    let due_at = drp.due_at();
    let needs = due_at.map(|at| (at, ClockOf::Formal));
    let concerned = stand.to.iter().filter_map(|to| to.person).chain([drp.raised_by]);
    let people: BTreeMap<PersonId, _> = concerned.map(|person| (person, needs)).collect();
    let noticed = match due_at {
        Some(at) => strip::is_noticed(connection, of, ClockOf::Formal, at)?,
        None => false,
    };
    let stand = strip::Stand {
        of,
        reference: &drp.reference,
        review: drp.review,
        subject: drp.subject,
        practitioner: drp.practitioner,
        opened_at: drp.raised_at,
        next_at: due_at,
        watch_at: due_at.filter(|_| !noticed),
        closed_at: stand.resolved.and(drp.facts.last()).map(|fact| fact.at),
        people,
    };
    strip::put(connection, seq, &stand)
}
