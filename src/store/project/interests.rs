//! Projection of interests: who is recused from what, who was asked, what was set aside.

use super::{StoreResult, json};
use crate::domain::change::Change;
use crate::domain::interest::Reach;
use rusqlite::{Connection, params};

pub(super) fn project(connection: &Connection, seq: i64, change: &Change) -> StoreResult<()> {
    let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| -> StoreResult<()> {
        connection.prepare_cached(sql)?.execute(values)?;
        Ok(())
    };
    match change {
        Change::InterestRecorded(swap) => match (&swap.before, &swap.after) {
            (_, Some(interest)) => {
                let (subject, practitioner) = match interest.reach {
                    Reach::Subject(subject) => (Some(subject.0), None),
                    Reach::Practitioner(practitioner) => (None, Some(practitioner.0)),
                };
                run(
                    "INSERT INTO interest (id, person, subject, practitioner, stands, body, revision) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                     ON CONFLICT (id) DO UPDATE SET stands = excluded.stands, body = excluded.body, revision = excluded.revision",
                    params![interest.id.0, interest.person.0, subject, practitioner, interest.stands(), json(interest)?, seq],
                )
            }
            (Some(gone), None) => run("DELETE FROM interest WHERE id = ?1", params![gone.id.0]),
            (None, None) => Ok(()),
        },
        Change::NothingDeclared { subject, person, on, .. } => run(
            "INSERT INTO asked (person, subject, on_day) VALUES (?1, ?2, ?3) ON CONFLICT (person, subject) DO UPDATE SET on_day = excluded.on_day",
            params![person.0, subject.0, on.to_string()],
        ),
        Change::InferenceDismissed { subject, person, inference, because, .. } => match &because.after {
            Some(because) => run(
                "INSERT INTO inference_dismissed (person, subject, inference, because) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (person, subject, inference) DO UPDATE SET because = excluded.because",
                params![person.0, subject.0, inference.key(), because],
            ),
            None => run(
                "DELETE FROM inference_dismissed WHERE person = ?1 AND subject = ?2 AND inference = ?3",
                params![person.0, subject.0, inference.key()],
            ),
        },
        _ => Ok(()),
    }
}
