//! Projection of alerts: the aggregate as its facts make it, kept whole, and its strip.

use super::{StoreResult, from_json, json, strip, word};
use crate::domain::alert::{Alert, AlertFact, Telling};
use crate::domain::change::Change;
use crate::domain::id::{ActionId, AlertId, PersonId, ReviewId, SubjectId};
use crate::domain::strip::{ClockOf, StripOf, nearest};
use crate::store::read::{Reading, moment};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;

pub(super) fn project(connection: &Connection, seq: i64, change: &Change) -> StoreResult<()> {
    match change {
        Change::AlertOpened(alert) => {
            // One open alert for each review and trigger; what was closed before keeps its own word.
            let again = if alert.earlier == 0 { String::new() } else { format!("-{}", alert.earlier + 1) };
            connection
                .prepare_cached(
                    "INSERT INTO alert (id, ref, review, what, opened_at, due_at, body, revision) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                )?
                .execute(params![
                    alert.id.0,
                    alert.reference,
                    alert.review.0,
                    word(&alert.trigger)? + &again,
                    alert.opened_at.timestamp_millis(),
                    alert.review_due_at.map(|at| at.timestamp_millis()),
                    json(alert)?,
                    seq
                ])?;
            count_on(connection, seq, alert.review, 1)?;
            refresh(connection, seq, alert)
        }
        Change::AlertTold { alert, addressees, at, how, by, acknowledge_by, .. } => {
            let telling = how.map(|how| Telling { how, at: *at, by: *by });
            alter(connection, seq, *alert, |stored| stored.told(addressees, telling, *at, *acknowledge_by))
        }
        Change::Alert(event) => {
            if let AlertFact::Overdue { clock, due_at } = &event.what {
                strip::overdue(connection, StripOf::Alert(event.alert), *clock, *due_at, event.at)?;
            }
            alter(connection, seq, event.alert, |stored| stored.after(event))
        }
        Change::AlertClosed { alert, review, assurance, at } => {
            connection.prepare_cached("UPDATE alert SET assurance = ?2, closed_at = ?3, revision = ?4 WHERE id = ?1")?.execute(params![
                alert.0,
                assurance,
                at.timestamp_millis(),
                seq
            ])?;
            count_on(connection, seq, *review, -1)?;
            refresh_stored(connection, seq, *alert)
        }
        _ => Ok(()),
    }
}

fn count_on(connection: &Connection, seq: i64, review: ReviewId, by: i64) -> StoreResult<()> {
    connection
        .prepare_cached("UPDATE review SET alerts = alerts + ?3, revision = ?2 WHERE id = ?1")?
        .execute(params![review.0, seq, by])?;
    Ok(())
}

fn alter(connection: &Connection, seq: i64, id: AlertId, change: impl FnOnce(&mut Alert)) -> StoreResult<()> {
    let (body, closed_at): (String, Option<i64>) = connection
        .prepare_cached("SELECT body, closed_at FROM alert WHERE id = ?1")?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut stored: Alert = from_json("alert.body", &body)?;
    change(&mut stored);
    connection.prepare_cached("UPDATE alert SET body = ?2, revision = ?3 WHERE id = ?1")?.execute(params![id.0, json(&stored)?, seq])?;
    refresh(connection, seq, &Alert { closed_at: closed_at.map(moment), ..stored })
}

/// The alert out of which an action was raised, if any: its strip shows the action's time.
pub(super) fn follow_action(connection: &Connection, seq: i64, action: ActionId) -> StoreResult<()> {
    let alert: Option<Option<i64>> =
        connection.prepare_cached("SELECT alert FROM action WHERE id = ?1")?.query_row([action.0], |row| row.get(0)).optional()?;
    match alert.flatten() {
        Some(alert) => refresh_stored(connection, seq, AlertId(alert)),
        None => Ok(()),
    }
}

/// Writes the strip of an alert anew, as the alert is stored.
fn refresh_stored(connection: &Connection, seq: i64, id: AlertId) -> StoreResult<()> {
    match Reading::new(connection).alert(id)? {
        Some(alert) => refresh(connection, seq, &alert),
        None => Ok(()),
    }
}

/// Writes the strip of an alert anew.
fn refresh(connection: &Connection, seq: i64, alert: &Alert) -> StoreResult<()> {
    let urgent = Reading::new(connection).urgent_of(alert.id)?;
    let clocks = alert.clocks(&urgent);
    let mut people: BTreeMap<PersonId, _> =
        alert.addressees.iter().filter(|one| one.followed.is_none()).filter_map(|one| one.person).map(|person| (person, None)).collect();
    people.extend(alert.dispute.as_ref().and_then(|dispute| dispute.decider).map(|decider| (decider, None)));
    for clock in clocks.iter().filter(|clock| clock.runs()) {
        let at = |place: usize| alert.at(place).and_then(|addressee| addressee.person);
        let whose = match clock.of {
            // Whoever is to be told cannot know; telling them is everybody's.
            ClockOf::Tell(_) | ClockOf::Formal => None,
            ClockOf::Acknowledge(place) | ClockOf::FollowUp(place) => at(place),
            ClockOf::Review => alert.assured_by.and_then(at),
            ClockOf::Dispute => alert.dispute.as_ref().and_then(|dispute| dispute.decider),
            ClockOf::Urgent(action) => urgent.iter().find(|one| one.id == action).map(|one| one.owner),
        };
        let Some(person) = whose else { continue };
        let needed = people.entry(person).or_insert(None);
        if needed.is_none_or(|(due_at, _)| clock.due_at < due_at) {
            *needed = Some((clock.due_at, clock.of));
        }
    }
    let (subject, practitioner) = connection
        .prepare_cached("SELECT subject, practitioner FROM review WHERE id = ?1")?
        .query_row([alert.review.0], |row| Ok((SubjectId(row.get(0)?), row.get::<_, Option<i64>>(1)?.map(PersonId))))?;
    let stand = strip::Stand {
        of: StripOf::Alert(alert.id),
        reference: &alert.reference,
        review: Some(alert.review),
        subject,
        practitioner,
        opened_at: alert.opened_at,
        next_at: nearest(&clocks).map(|clock| clock.due_at),
        watch_at: alert.watch_at(&urgent),
        closed_at: alert.closed_at,
        people,
    };
    strip::put(connection, seq, &stand)
}
