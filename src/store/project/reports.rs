//! Projection of reports: one row for each version, everything in its body.

use super::{StoreResult, from_json, json};
use crate::domain::change::ReportChange;
use crate::domain::id::ReportId;
use crate::domain::report::Report;
use rusqlite::{Connection, OptionalExtension, params};

pub(super) fn project(connection: &Connection, seq: i64, change: &ReportChange) -> StoreResult<()> {
    if let ReportChange::Built(swap) = change {
        return match (&swap.before, &swap.after) {
            (_, Some(report)) => put(connection, seq, report),
            (Some(report), None) => {
                connection.prepare_cached("DELETE FROM report WHERE id = ?1")?.execute([report.id.0])?;
                Ok(())
            }
            (None, None) => Ok(()),
        };
    }
    let Some(mut report) = read(connection, change.id())? else { return Ok(()) };
    match change {
        ReportChange::Built(_) => {}
        ReportChange::Written { narrative, .. } => report.narrative = narrative.after.clone().unwrap_or_default(),
        ReportChange::Approved { signed, .. } => report.approved.clone_from(&signed.after),
        ReportChange::Published { signed, .. } => report.published = Some(signed.clone()),
        ReportChange::Presented { presented, .. } => match (&presented.before, &presented.after) {
            (_, Some(at)) => report.presented.push(at.clone()),
            (Some(gone), None) => report.presented.retain(|at| at != gone),
            (None, None) => {}
        },
    }
    put(connection, seq, &report)
}

fn read(connection: &Connection, id: ReportId) -> StoreResult<Option<Report>> {
    let body: Option<String> =
        connection.prepare_cached("SELECT body FROM report WHERE id = ?1")?.query_row([id.0], |row| row.get(0)).optional()?;
    body.map(|body| from_json("report.body", &body)).transpose()
}

fn put(connection: &Connection, seq: i64, report: &Report) -> StoreResult<()> {
    connection
        .prepare_cached(
            "INSERT INTO report (id, ref, cycle, kind, version, until_day, state, built_at, body, revision)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT (id) DO UPDATE SET until_day = excluded.until_day, state = excluded.state, built_at = excluded.built_at,
             body = excluded.body, revision = excluded.revision",
        )?
        .execute(params![
            report.id.0,
            report.reference,
            report.cycle.0,
            report.kind,
            report.version,
            report.material.until.to_string(),
            report.state().label(),
            report.built_at.timestamp_millis(),
            json(report)?,
            seq
        ])?;
    Ok(())
}
