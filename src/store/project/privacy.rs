//! Projection of keeping and erasing: holds, disposals, and what stays of a review whose details are gone.
//!
//! An erased review looks the same to whoever erases it and to whoever rebuilds the tables from a journal without its details: all
//! that hung on it is taken away, and its row is written anew from what the fact itself says stays.

use super::{NO_DATE, StoreResult, json, word};
use crate::domain::change::PrivacyChange;
use crate::domain::retention::{Erased, Hold, ReviewLeft, SubjectLeft};
use rusqlite::{Connection, params};

pub(super) fn project(connection: &Connection, seq: i64, change: &PrivacyChange) -> StoreResult<()> {
    match change {
        // How far the log of looks had come stands in the journal and nowhere else.
        PrivacyChange::LooksNoted { .. } => Ok(()),
        PrivacyChange::Held(swap) => match (&swap.before, &swap.after) {
            (_, Some(hold)) => {
                let sql = "INSERT INTO hold (review, body, revision) VALUES (?1, ?2, ?3)
                           ON CONFLICT (review) DO UPDATE SET body = excluded.body, revision = excluded.revision";
                connection.prepare_cached(sql)?.execute(params![hold.review.0, json(hold)?, seq])?;
                Ok(())
            }
            (Some(hold), None) => released(connection, hold),
            (None, None) => Ok(()),
        },
        PrivacyChange::Released { hold, .. } => released(connection, hold),
        PrivacyChange::Disposal(swap) => {
            let Some(disposal) = &swap.after else { return Ok(()) };
            let sql = "INSERT INTO disposal (id, stand, body, revision) VALUES (?1, ?2, ?3, ?4)
                       ON CONFLICT (id) DO UPDATE SET stand = excluded.stand, body = excluded.body, revision = excluded.revision";
            connection.prepare_cached(sql)?.execute(params![disposal.id.0, word(&disposal.stand)?, json(disposal)?, seq])?;
            Ok(())
        }
        PrivacyChange::Erased(erased) => erase(connection, seq, erased),
    }
}

fn released(connection: &Connection, hold: &Hold) -> StoreResult<()> {
    connection.prepare_cached("DELETE FROM hold WHERE review = ?1")?.execute([hold.review.0])?;
    Ok(())
}

/// Everything that hangs on a review, in an order in which nothing points at what is gone already.
const HANGS_ON: [&str; 20] = [
    "DELETE FROM strip_person WHERE strip IN (SELECT id FROM strip WHERE review = ?1)",
    "DELETE FROM strip WHERE review = ?1",
    "DELETE FROM action_link WHERE review = ?1 OR action IN (SELECT id FROM action WHERE review = ?1)",
    "DELETE FROM action WHERE review = ?1",
    "DELETE FROM alert WHERE review = ?1",
    "DELETE FROM drp WHERE review = ?1",
    "DELETE FROM follow_up WHERE review = ?1",
    "DELETE FROM exemption WHERE body ->> '$.review' = ?1",
    "DELETE FROM panel_score WHERE review = ?1",
    "DELETE FROM panel_item WHERE review = ?1",
    "DELETE FROM panel_minute WHERE review = ?1",
    "DELETE FROM review_theme WHERE review = ?1",
    "DELETE FROM good_practice WHERE review = ?1",
    "DELETE FROM notice WHERE review = ?1",
    "DELETE FROM co_reviewer WHERE review = ?1",
    "DELETE FROM own_judgement WHERE review = ?1",
    "DELETE FROM seal_opened WHERE review = ?1",
    "DELETE FROM answer WHERE review = ?1",
    "DELETE FROM review_step WHERE review = ?1",
    "DELETE FROM hold WHERE review = ?1",
];

fn erase(connection: &Connection, seq: i64, erased: &Erased) -> StoreResult<()> {
    let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| -> StoreResult<()> {
        connection.prepare_cached(sql)?.execute(values)?;
        Ok(())
    };
    for alert in &erased.alerts {
        run("DELETE FROM outbox WHERE alert = ?1", &[alert])?;
        run("DELETE FROM overdue WHERE object = 'alert/' || ?1", &[alert])?;
    }
    for dispute in &erased.disputes {
        run("DELETE FROM overdue WHERE object = 'drp/' || ?1", &[dispute])?;
    }
    // A substitution is known by the row of the journal that told it.
    for row in &erased.rows {
        run("DELETE FROM substitution WHERE seq = ?1", &[row])?;
    }
    for sql in HANGS_ON {
        run(sql, &[&erased.review.0])?;
    }
    for (name, number) in &erased.numbers {
        let sql =
            "INSERT INTO number_used (name, number) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET number = max(number, excluded.number)";
        run(sql, params![name, number])?;
    }
    if let Some(subject) = &erased.subject {
        subject_left(connection, seq, subject)?;
    }
    review_left(connection, seq, erased, &erased.left)?;
    let counts = &erased.counts;
    run(
        "UPDATE cycle SET reviews = ?2, allocated = ?3, submitted = ?4, for_panel = ?5, panel_decided = ?6, returned = ?7, finalised = ?8,
         named = ?9, revision = ?10 WHERE id = ?1",
        params![
            erased.left.cycle.0,
            counts.reviews,
            counts.allocated,
            counts.submitted,
            counts.for_panel,
            counts.panel_decided,
            counts.returned,
            counts.finalised,
            counts.named,
            seq
        ],
    )
}

fn review_left(connection: &Connection, seq: i64, erased: &Erased, left: &ReviewLeft) -> StoreResult<()> {
    // The row goes and comes: whatever column is added later starts from nothing. Foreign keys look at the end of the statement
    // only where they are deferred, so an update it is, of every column that could hold anything.
    connection
        .prepare_cached(
            "INSERT INTO review (id, ref, cycle, kind, subject, case_type, team, opened_on, chosen, state, step, step_label, due_on,
             original_scaling, original_grade, moderated_scaling, moderated_grade, grade, submitted_at, panel, revision, named, erased_on,
             returned) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, '', '', ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)
             ON CONFLICT (id) DO UPDATE SET practitioner = NULL, reviewer = NULL, companion = NULL, look_back = NULL, step = '',
             step_label = '', due_on = excluded.due_on, phase_due = NULL, opens_on = NULL, panel = excluded.panel, panel_why = '', panel_reasons = '',
             panel_back = '', panel_sitting = NULL, decision = NULL, alerts = 0, loop = 'untracked', loop_since = NULL,
             supervision_due = NULL, named = excluded.named, revision = excluded.revision, erased_on = excluded.erased_on,
             returned = excluded.returned",
        )?
        .execute(params![
            erased.review.0,
            left.reference,
            left.cycle.0,
            left.kind,
            left.subject.0,
            left.case_type,
            left.team.map(|team| team.0),
            left.opened_on.to_string(),
            word(&left.chosen)?,
            if left.withdrawn { "withdrawn" } else { "finalised" },
            NO_DATE,
            left.original.and_then(|judgement| judgement.scaling),
            left.original.map(|judgement| judgement.grade.rank()),
            left.moderated.and_then(|judgement| judgement.scaling),
            left.moderated.map(|judgement| judgement.grade.rank()),
            left.moderated.or(left.original).map(|judgement| judgement.grade.rank()),
            left.submitted_at,
            if left.decided { "decided" } else { "not-needed" },
            seq,
            // A case that was named keeps that it was, and by whom; not why.
            left.named_by.map(|by| format!("{{\"by\":{},\"why\":\"\",\"earlier\":null}}", by.0)),
            erased.on.to_string(),
            left.returned
        ])?;
    Ok(())
}

fn subject_left(connection: &Connection, seq: i64, left: &SubjectLeft) -> StoreResult<()> {
    for sql in [
        "DELETE FROM interest WHERE subject = ?1",
        "DELETE FROM asked WHERE subject = ?1",
        "DELETE FROM inference_dismissed WHERE subject = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([left.id.0])?;
    }
    connection
        .prepare_cached(
            "INSERT INTO subject (id, kind, pseudonym, council_id, case_type, open, revision) VALUES (?1, ?2, ?3, 'erased/' || ?1, '', 0, ?4)
             ON CONFLICT (id) DO UPDATE SET pseudonym = excluded.pseudonym, council_id = excluded.council_id, case_type = '',
             age_years = NULL, disability = NULL, team = NULL, worker = NULL, started_on = NULL, open = 0, revision = excluded.revision",
        )?
        .execute(params![left.id.0, word(&left.kind)?, left.pseudonym, seq])?;
    Ok(())
}
