//! Projection of several reviewers on one case: who they are, what each judged alone, and an opened seal.

use super::{StoreResult, json};
use crate::domain::change::Change;
use rusqlite::{Connection, params};

pub(super) fn project(connection: &Connection, change: &Change) -> StoreResult<()> {
    let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| -> StoreResult<()> {
        connection.prepare_cached(sql)?.execute(values)?;
        Ok(())
    };
    match change {
        Change::CoReviewer { review, person, named: true, .. } => {
            run("INSERT INTO co_reviewer (review, person) VALUES (?1, ?2)", params![review.0, person.0])
        }
        Change::CoReviewer { review, person, named: false, .. } => {
            run("DELETE FROM co_reviewer WHERE review = ?1 AND person = ?2", params![review.0, person.0])
        }
        Change::OwnJudged { review, person, own } => run(
            "INSERT INTO own_judgement (review, person, body) VALUES (?1, ?2, ?3)
             ON CONFLICT (review, person) DO UPDATE SET body = excluded.body",
            params![review.0, person.0, json(own)?],
        ),
        Change::SealOpened { review, why } => run("INSERT INTO seal_opened (review, why) VALUES (?1, ?2)", params![review.0, why]),
        _ => Ok(()),
    }
}
