//! Projection of the outbox: a message's row is its letter after the last fact, and the columns that say whose turn it is.

use super::{StoreResult, from_json, json};
use crate::domain::change::MailChange;
use crate::domain::outbox::{Letter, Stand};
use rusqlite::{Connection, params};

pub(super) fn project(connection: &Connection, seq: i64, change: &MailChange) -> StoreResult<()> {
    let letter = match change {
        MailChange::Queued(message) => Letter::new(message.clone()),
        change => {
            let sql = "SELECT body FROM outbox WHERE id = ?1";
            let body: String = connection.prepare_cached(sql)?.query_row([change.message().0], |row| row.get(0))?;
            from_json::<Letter>("outbox.body", &body)?.after(change)
        }
    };
    let (at, refused) = match &letter.stand {
        Stand::Queued { next_at } => (*next_at, ""),
        Stand::Claimed { at } | Stand::Sent { at } => (*at, ""),
        Stand::Failed { at, address } => (*at, address.as_str()),
        Stand::NotNeeded { .. } => (letter.message.queued_at, ""),
    };
    let message = &letter.message;
    connection
        .prepare_cached(
            "INSERT INTO outbox (id, person, cause, alert, state, at, refused, body, revision) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (id) DO UPDATE SET state = excluded.state, at = excluded.at, refused = excluded.refused, body = excluded.body,
             revision = excluded.revision",
        )?
        .execute(params![
            message.id.0,
            message.person.0,
            message.cause.key(),
            message.cause.matter.alert().map(|alert| alert.0),
            letter.stand.key(),
            at.timestamp_millis(),
            refused,
            json(&letter)?,
            seq
        ])?;
    Ok(())
}
