//! Projection of reviews: their rows, steps, answers, and the counts that cycles and people carry.

use super::{NO_DATE, StoreResult, json, word};
use crate::domain::change::{AnswerSaved, Change, Swap};
use crate::domain::id::ReviewId;
use crate::domain::review::{NextStep, StepRecord};
use rusqlite::{Connection, OptionalExtension, ToSql, params};

pub(super) fn project(connection: &Connection, seq: i64, at: i64, change: &Change) -> StoreResult<()> {
    happened(connection, seq, at, change)?;
    // Where it waits for the panel the sitting's day holds, whatever step was written down meanwhile.
    let moved = match change {
        Change::ReviewReinstated { review, .. }
        | Change::Allocated { review, .. }
        | Change::StepRecorded { review, .. }
        | Change::ReviewSubmitted { review, .. }
        | Change::ReviewReturned { review, .. } => review,
        _ => return Ok(()),
    };
    let mut waits = connection.prepare_cached("SELECT 1 FROM review WHERE id = ?1 AND panel = 'waiting'")?;
    if waits.exists([moved.0])? { super::panel::day_of_sitting_for(connection, *moved) } else { Ok(()) }
}

fn happened(connection: &Connection, seq: i64, at: i64, change: &Change) -> StoreResult<()> {
    let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| -> StoreResult<()> {
        connection.prepare_cached(sql)?.execute(values)?;
        Ok(())
    };
    match change {
        Change::ReviewOpened(review) => {
            run(
                "INSERT INTO review (id, ref, cycle, kind, subject, case_type, team, practitioner, opened_on, chosen, state, step, step_label,
                 due_on, opens_on, revision, named)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'open', ?11, ?12, ?13, ?14, ?15, ?16)",
                params![
                    review.id.0,
                    review.reference,
                    review.cycle.0,
                    review.kind,
                    review.subject.0,
                    review.case_type,
                    review.team.map(|team| team.0),
                    review.practitioner.map(|person| person.0),
                    review.opened_on.to_string(),
                    word(&review.chosen)?,
                    review.next.step.clone().unwrap_or_default(),
                    review.next.label,
                    day(review.next.due_on),
                    review.next.opens_on.map(|day| day.to_string()),
                    seq,
                    review.named.as_ref().map(json).transpose()?
                ],
            )?;
            run(
                "UPDATE cycle SET reviews = reviews + 1, named = named + ?3, revision = ?2 WHERE id = ?1",
                params![review.cycle.0, seq, i64::from(!review.chosen.is_random())],
            )
        }
        Change::ReviewWithdrawn { review, .. } => {
            let reviewer = reviewer(connection, *review)?;
            count(connection, *review, "reviews", -1)?;
            run(
                "UPDATE cycle SET named = named - 1 WHERE id = (SELECT cycle FROM review WHERE id = ?1 AND named IS NOT NULL)",
                params![review.0],
            )?;
            if reviewer.is_some() {
                count(connection, *review, "allocated", -1)?;
                load(connection, reviewer, -1)?;
            }
            next_and(connection, seq, *review, &NextStep::default(), ", state = 'withdrawn'", &[])
        }
        Change::ReviewReinstated { review, next: after } => {
            let reviewer = reviewer(connection, *review)?;
            count(connection, *review, "reviews", 1)?;
            run(
                "UPDATE cycle SET named = named + 1 WHERE id = (SELECT cycle FROM review WHERE id = ?1 AND named IS NOT NULL)",
                params![review.0],
            )?;
            if reviewer.is_some() {
                count(connection, *review, "allocated", 1)?;
                load(connection, reviewer, 1)?;
            }
            next_and(connection, seq, *review, after, ", state = 'open'", &[])
        }
        Change::Allocated { review, reviewer, step, next: swap, companion, .. } => {
            load(connection, reviewer.before.map(|person| person.0), -1)?;
            load(connection, reviewer.after.map(|person| person.0), 1)?;
            count(connection, *review, "allocated", i64::from(reviewer.after.is_some()) - i64::from(reviewer.before.is_some()))?;
            if let Some((key, _)) = step.after.as_ref().or(step.before.as_ref()) {
                record(connection, *review, key, step.after.as_ref().map(|(_, record)| record))?;
            }
            let given: [Option<i64>; 2] = [reviewer.after, companion.after].map(|person| person.map(|person| person.0));
            next_of(connection, seq, *review, swap, ", reviewer = ?7, companion = ?8", params![given[0], given[1]])
        }
        Change::StepRecorded { review, step, record: swap, next, .. } => {
            record(connection, *review, step, swap.after.as_ref())?;
            next_of(connection, seq, *review, next, "", &[])
        }
        Change::Answered(saved) => saved.answers.iter().try_for_each(|AnswerSaved { field, answer }| match &answer.after {
            Some(value) => run(
                "INSERT INTO answer (review, field, value, revision) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (review, field) DO UPDATE SET value = excluded.value, revision = excluded.revision",
                params![saved.review.0, field, json(value)?, seq],
            ),
            None => run("DELETE FROM answer WHERE review = ?1 AND field = ?2", params![saved.review.0, field]),
        }),
        Change::ReviewSubmitted { review, original, step, record: written, for_panel, reasons, share: _, next: after } => {
            record(connection, *review, step, Some(written))?;
            count(connection, *review, "submitted", 1)?;
            if for_panel.is_some() {
                count(connection, *review, "for_panel", 1)?;
            }
            next_and(
                connection,
                seq,
                *review,
                after,
                ", original_scaling = ?7, original_grade = ?8, grade = ?8, submitted_at = ?9, panel = ?10, panel_why = ?11, panel_reasons = ?12",
                params![
                    original.and_then(|judgement| judgement.scaling),
                    original.map(|judgement| judgement.grade.rank()),
                    at,
                    if for_panel.is_some() { "waiting" } else { "not-needed" },
                    for_panel.clone().unwrap_or_default(),
                    reasons.iter().map(|why| why.key()).collect::<Vec<_>>().join(" ")
                ],
            )
        }
        Change::PanelDecided { review, decision, next: after } => {
            super::panel::concluded(connection, *review, decision.panel, "decided", "")?;
            count(connection, *review, "panel_decided", 1)?;
            next_and(
                connection,
                seq,
                *review,
                after,
                ", moderated_scaling = ?7, moderated_grade = ?8, grade = ?8, panel = 'decided', decision = ?9",
                params![decision.moderated.scaling, decision.moderated.grade.rank(), json(decision)?],
            )
        }
        Change::ReviewReturned { review, step, record: swap, next } => {
            record(connection, *review, step, swap.after.as_ref())?;
            count(connection, *review, "returned", i64::from(swap.after.is_some()) - i64::from(swap.before.is_some()))?;
            next_of(connection, seq, *review, next, ", returned = ?7", params![swap.after.is_some()])
        }
        Change::ReviewFinalised { review, step, record: written } => {
            record(connection, *review, step, Some(written))?;
            count(connection, *review, "finalised", 1)?;
            load(connection, reviewer(connection, *review)?, -1)?;
            next_and(connection, seq, *review, &NextStep::default(), ", state = 'finalised'", &[])
        }
        Change::LookBackSet { review, look_back } => run(
            "UPDATE review SET look_back = ?2, revision = ?3 WHERE id = ?1",
            params![review.0, look_back.after.as_ref().map(json).transpose()?, seq],
        ),
        Change::NoticeSent(swap) => match (&swap.before, &swap.after) {
            (_, Some(notice)) => run(
                "INSERT INTO notice (review, role, person, how, on_day) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![notice.review.0, notice.role, notice.person.map(|person| person.0), notice.how, notice.on.to_string()],
            ),
            (Some(notice), None) => run("DELETE FROM notice WHERE review = ?1 AND role = ?2", params![notice.review.0, notice.role]),
            (None, None) => Ok(()),
        },
        _ => Ok(()),
    }
}

fn day(day: Option<chrono::NaiveDate>) -> String {
    day.map_or(NO_DATE.to_string(), |day| day.to_string())
}

fn record(connection: &Connection, review: ReviewId, step: &str, record: Option<&StepRecord>) -> StoreResult<()> {
    match record {
        Some(record) => connection
            .prepare_cached(
                "INSERT INTO review_step (review, step, on_day, body) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (review, step) DO UPDATE SET on_day = excluded.on_day, body = excluded.body",
            )?
            .execute(params![review.0, step, record.on.to_string(), json(record)?])?,
        None => connection.prepare_cached("DELETE FROM review_step WHERE review = ?1 AND step = ?2")?.execute(params![review.0, step])?,
    };
    Ok(())
}

fn next_of(
    connection: &Connection,
    seq: i64,
    review: ReviewId,
    swap: &Swap<NextStep>,
    also: &str,
    values: &[&dyn ToSql],
) -> StoreResult<()> {
    match &swap.after {
        Some(next) => next_and(connection, seq, review, next, also, values),
        None => next_and(connection, seq, review, &NextStep::default(), also, values),
    }
}

/// Writes what comes next of a review.
pub(super) fn next(connection: &Connection, seq: i64, review: ReviewId, next: &NextStep) -> StoreResult<()> {
    next_and(connection, seq, review, next, "", &[])
}

/// Writes what comes next of a review and, in the same row at the same time, whatever else has changed: `also` names the columns and
/// takes its values from `?7` on.
fn next_and(connection: &Connection, seq: i64, review: ReviewId, next: &NextStep, also: &str, values: &[&dyn ToSql]) -> StoreResult<()> {
    let sql = format!(
        "UPDATE review SET step = ?2, step_label = ?3, due_on = ?4, phase_due = NULL, opens_on = ?5, revision = ?6{also} WHERE id = ?1"
    );
    let (step, due_on) = (next.step.as_deref().unwrap_or_default(), day(next.due_on));
    let opens_on = next.opens_on.map(|day| day.to_string());
    let always: &[&dyn ToSql] = params![review.0, step, next.label, due_on, opens_on, seq];
    let mut statement = connection.prepare_cached(&sql)?;
    statement.execute(rusqlite::params_from_iter(always.iter().chain(values)))?;
    Ok(())
}

fn reviewer(connection: &Connection, review: ReviewId) -> StoreResult<Option<i64>> {
    let mut statement = connection.prepare_cached("SELECT reviewer FROM review WHERE id = ?1")?;
    Ok(statement.query_row([review.0], |row| row.get(0)).optional()?.flatten())
}

fn load(connection: &Connection, person: Option<i64>, by: i64) -> StoreResult<()> {
    if let Some(person) = person {
        connection.prepare_cached("UPDATE person SET reviewing = reviewing + ?2 WHERE id = ?1")?.execute([person, by])?;
    }
    Ok(())
}

/// Raises or lowers one of the counts that the review's cycle carries.
fn count(connection: &Connection, review: ReviewId, column: &'static str, by: i64) -> StoreResult<()> {
    let sql = match column {
        "reviews" => "UPDATE cycle SET reviews = reviews + ?2 WHERE id = (SELECT cycle FROM review WHERE id = ?1)",
        "allocated" => "UPDATE cycle SET allocated = allocated + ?2 WHERE id = (SELECT cycle FROM review WHERE id = ?1)",
        "submitted" => "UPDATE cycle SET submitted = submitted + ?2 WHERE id = (SELECT cycle FROM review WHERE id = ?1)",
        "for_panel" => "UPDATE cycle SET for_panel = for_panel + ?2 WHERE id = (SELECT cycle FROM review WHERE id = ?1)",
        "panel_decided" => "UPDATE cycle SET panel_decided = panel_decided + ?2 WHERE id = (SELECT cycle FROM review WHERE id = ?1)",
        "returned" => "UPDATE cycle SET returned = returned + ?2 WHERE id = (SELECT cycle FROM review WHERE id = ?1)",
        _ => "UPDATE cycle SET finalised = finalised + ?2 WHERE id = (SELECT cycle FROM review WHERE id = ?1)",
    };
    if by != 0 {
        connection.prepare_cached(sql)?.execute([review.0, by])?;
    }
    Ok(())
}
