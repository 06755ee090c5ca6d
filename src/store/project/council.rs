//! Projection of what surrounds reviews: people, teams, subjects, files, cycles, draws, panels.

use super::{StoreResult, from_json, json, word};
use crate::domain::change::{Change, Swap};
use crate::domain::cycle::Cycle;
use crate::domain::person::Person;
use crate::domain::subject::Subject;
use rusqlite::{Connection, params};

pub(super) fn project(connection: &Connection, seq: i64, at: i64, change: &Change) -> StoreResult<()> {
    let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| -> StoreResult<()> {
        connection.prepare_cached(sql)?.execute(values)?;
        Ok(())
    };
    match change {
        Change::FrameworkFrozen { id, version, text } => {
            run("INSERT INTO framework (id, version, text) VALUES (?1, ?2, ?3)", params![id, version, text])
        }
        Change::SettingChanged { name, value } => match &value.after {
            Some(value) => run(
                "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                params![name, value],
            ),
            None => run("DELETE FROM setting WHERE name = ?1", params![name]),
        },
        Change::HolidaysReplaced(days) => {
            run("DELETE FROM holiday", &[])?;
            for (day, title) in days {
                run("INSERT OR REPLACE INTO holiday (day, title) VALUES (?1, ?2)", params![day.to_string(), title])?;
            }
            Ok(())
        }
        Change::TeamRecorded(swap) => match (&swap.before, &swap.after) {
            (before, Some(team)) => {
                run(
                    "INSERT INTO team (id, name, service) VALUES (?1, ?2, ?3)
                     ON CONFLICT (id) DO UPDATE SET name = excluded.name, service = excluded.service",
                    params![team.id.0, team.name, team.service],
                )?;
                // A sitting may be one service's alone.
                let moved = before.as_ref().is_some_and(|before| before.service != team.service);
                if moved { super::panel::day_of_sitting(connection) } else { Ok(()) }
            }
            (Some(team), None) => run("DELETE FROM team WHERE id = ?1", params![team.id.0]),
            (None, None) => Ok(()),
        },
        Change::PersonRecorded(swap) => person(connection, seq, swap),
        Change::AbsenceRecorded(swap) => match (&swap.before, &swap.after) {
            (_, Some(absence)) => run(
                "INSERT INTO absence (id, person, from_day, until, reason, deputy) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (id) DO UPDATE SET person = excluded.person, from_day = excluded.from_day, until = excluded.until,
                 reason = excluded.reason, deputy = excluded.deputy",
                params![
                    absence.id.0,
                    absence.person.0,
                    absence.from.to_string(),
                    absence.until.to_string(),
                    absence.reason,
                    absence.deputy.map(|deputy| deputy.0)
                ],
            ),
            (Some(absence), None) => run("DELETE FROM absence WHERE id = ?1", params![absence.id.0]),
            (None, None) => Ok(()),
        },
        Change::SubjectRecorded(swap) => subject(connection, seq, swap),
        Change::FileImported { kind, name, sha256, rows, oddities, frame_date } => run(
            "INSERT INTO imported_file (seq, kind, name, sha256, rows, oddities, frame_date, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![seq, kind, name, sha256, rows, oddities, frame_date.map(|day| day.to_string()), at],
        ),
        Change::CycleRecorded(swap) => cycle(connection, seq, swap),
        Change::PhaseTicked { cycle, phase, on } => {
            let body: String = connection.prepare_cached("SELECT body FROM cycle WHERE id = ?1")?.query_row([cycle.0], |row| row.get(0))?;
            let mut stored: Cycle = from_json("cycle.body", &body)?;
            for dates in stored.phases.iter_mut().filter(|dates| dates.key == *phase) {
                dates.done_on = on.after;
            }
            // The last phase closes the cycle; taking its tick back opens it again.
            if stored.phases.last().is_some_and(|last| last.key == *phase) {
                stored.closed_on = on.after;
            }
            run(
                "UPDATE cycle SET body = ?2, closed_on = ?3, revision = ?4 WHERE id = ?1",
                params![cycle.0, json(&stored)?, stored.closed_on.map(|day| day.to_string()), seq],
            )
        }
        Change::SampleDrawn(sample) => {
            run("INSERT INTO draw (id, cycle, body) VALUES (?1, ?2, ?3)", params![sample.id.0, sample.cycle.0, json(sample)?])?;
            run("UPDATE cycle SET revision = ?2 WHERE id = ?1", params![sample.cycle.0, seq])
        }
        Change::CaseSubstituted(substitution) => {
            run("INSERT INTO substitution (seq, draw, body) VALUES (?1, ?2, ?3)", params![seq, substitution.draw.0, json(substitution)?])
        }
        _ => Ok(()),
    }
}

fn person(connection: &Connection, seq: i64, swap: &Swap<Person>) -> StoreResult<()> {
    let Some(person) = &swap.after else {
        if let Some(gone) = &swap.before {
            connection.prepare_cached("DELETE FROM person WHERE id = ?1")?.execute([gone.id.0])?;
        }
        return Ok(());
    };
    connection
        .prepare_cached(
            "INSERT INTO person (id, name, short, sort, role, team, service, email, login, line_manager, left_on, revision)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, short = excluded.short, sort = excluded.sort, role = excluded.role,
             team = excluded.team, service = excluded.service, email = excluded.email, login = excluded.login,
             line_manager = excluded.line_manager, left_on = excluded.left_on, revision = excluded.revision",
        )?
        .execute(params![
            person.id.0,
            person.name,
            person.short_name(),
            person.sorted_by(),
            person.role,
            person.team.map(|team| team.0),
            person.service,
            person.email,
            person.login,
            person.line_manager.map(|manager| manager.0),
            person.left_on.map(|day| day.to_string()),
            seq
        ])?;
    Ok(())
}

fn subject(connection: &Connection, seq: i64, swap: &Swap<Subject>) -> StoreResult<()> {
    let count = |subject: &Option<Subject>, by: i64| -> StoreResult<()> {
        if let Some(worker) = subject.as_ref().filter(|subject| subject.open).and_then(|subject| subject.worker) {
            connection.prepare_cached("UPDATE person SET cases = cases + ?2 WHERE id = ?1")?.execute([worker.0, by])?;
        }
        Ok(())
    };
    count(&swap.before, -1)?;
    let Some(subject) = &swap.after else {
        if let Some(gone) = &swap.before {
            connection.prepare_cached("DELETE FROM subject WHERE id = ?1")?.execute([gone.id.0])?;
        }
        return Ok(());
    };
    connection
        .prepare_cached(
            "INSERT INTO subject (id, kind, pseudonym, council_id, case_type, age_years, disability, team, worker, started_on, open, revision)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
             ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, pseudonym = excluded.pseudonym, council_id = excluded.council_id,
             case_type = excluded.case_type, age_years = excluded.age_years, disability = excluded.disability, team = excluded.team,
             worker = excluded.worker, started_on = excluded.started_on, open = excluded.open, revision = excluded.revision",
        )?
        .execute(params![
            subject.id.0,
            word(&subject.kind)?,
            subject.pseudonym,
            subject.council_id,
            subject.case_type,
            subject.age_years,
            subject.disability,
            subject.team.map(|team| team.0),
            subject.worker.map(|worker| worker.0),
            subject.started_on.map(|day| day.to_string()),
            subject.open,
            seq
        ])?;
    count(&swap.after, 1)
}

fn cycle(connection: &Connection, seq: i64, swap: &Swap<Cycle>) -> StoreResult<()> {
    let Some(cycle) = &swap.after else {
        if let Some(gone) = &swap.before {
            connection.prepare_cached("DELETE FROM cycle WHERE id = ?1")?.execute([gone.id.0])?;
        }
        return Ok(());
    };
    connection
        .prepare_cached(
            "INSERT INTO cycle (id, ref, framework, version, starts_on, closed_on, body, revision, begins_on, beside)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT (id) DO UPDATE SET starts_on = excluded.starts_on, closed_on = excluded.closed_on, body = excluded.body,
             revision = excluded.revision, begins_on = excluded.begins_on, beside = excluded.beside",
        )?
        .execute(params![
            cycle.id.0,
            cycle.reference,
            cycle.framework,
            cycle.version,
            cycle.starts_on.to_string(),
            cycle.closed_on.map(|day| day.to_string()),
            json(cycle)?,
            seq,
            cycle.begins_on().to_string(),
            cycle.beside
        ])?;
    Ok(())
}
