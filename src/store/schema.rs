//! The schema's versions and how a file is brought up to date: stepwise, in one transaction, with a copy kept first.

use super::backup;
use super::error::{StoreError, StoreResult};
use super::open::{self, Purpose};
use rusqlite::{Connection, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// One step of the ladder: the version it leads to and its statements. A released step is never edited.
pub type Step = (i64, &'static str);

/// The ladder of this program.
pub const LADDER: &[Step] = &[
    (1, include_str!("sql/schema.sql")),
    (2, include_str!("sql/2_registers.sql")),
    (3, include_str!("sql/3_choosing.sql")),
    (4, include_str!("sql/4_joint.sql")),
    (5, include_str!("sql/5_interests.sql")),
    (6, include_str!("sql/6_panel.sql")),
    (7, include_str!("sql/7_journal.sql")),
    (8, include_str!("sql/8_alerts.sql")),
    (9, include_str!("sql/9_outbox.sql")),
    (10, include_str!("sql/10_sittings.sql")),
    (11, include_str!("sql/11_drp.sql")),
    (12, include_str!("sql/12_actions.sql")),
    (13, include_str!("sql/13_loops.sql")),
    (14, include_str!("sql/14_exemptions.sql")),
    (15, include_str!("sql/15_sources.sql")),
    (16, include_str!("sql/16_themes.sql")),
    (17, include_str!("sql/17_reports.sql")),
    (18, include_str!("sql/18_plan.sql")),
    (19, include_str!("sql/19_tracker.sql")),
    (20, include_str!("sql/20_revisits.sql")),
    (21, include_str!("sql/21_roles.sql")),
    (22, include_str!("sql/22_privacy.sql")),
    (23, include_str!("sql/23_speed.sql")),
    (24, include_str!("sql/24_start.sql")),
    (25, include_str!("sql/25_bulk.sql")),
    (26, include_str!("sql/26_called_off.sql")),
    (27, include_str!("sql/27_sitting_due.sql")),
    (28, include_str!("sql/28_sitting_day.sql")),
];

/// The version this program works with.
pub fn known(ladder: &[Step]) -> i64 {
    ladder.last().map_or(0, |(version, _)| *version)
}

/// The version of a file.
pub fn version(connection: &Connection) -> StoreResult<i64> {
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

/// Refuses a file of a newer program; says whether one of an older program needs upgrading.
pub fn needs_upgrade(connection: &Connection, path: &Path, ladder: &[Step]) -> StoreResult<bool> {
    let found = version(connection)?;
    let known = known(ladder);
    if found > known {
        return Err(StoreError::Newer { path: path.to_path_buf(), found, known });
    }
    Ok(found < known)
}

/// How long a program that starts waits while another one upgrades a large file.
const UPGRADE_PATIENCE: Duration = Duration::from_secs(60);

/// Brings a file up to date in one IMMEDIATE transaction; the version is read inside it, so that of many programs that
/// start together only one upgrades. Keeps a copy when the file holds anything, made under the same lock so that nothing
/// can be written between the copy and the upgrade; returns its path.
///
/// A step may make a table anew (SQLite, "Making other kinds of table schema changes"): foreign keys are off from before
/// the transaction, where alone that can be said, until after it, and every one of them is checked inside it.
pub fn upgrade(connection: &mut Connection, path: &Path, ladder: &[Step]) -> StoreResult<Option<PathBuf>> {
    connection.busy_timeout(UPGRADE_PATIENCE)?;
    let enforced: bool = connection.query_row("PRAGMA foreign_keys", [], |row| row.get(0))?;
    connection.pragma_update(None, "foreign_keys", "OFF")?;
    let upgraded = climb(connection, path, ladder);
    connection.pragma_update(None, "foreign_keys", enforced)?;
    upgraded
}

fn climb(connection: &mut Connection, path: &Path, ladder: &[Step]) -> StoreResult<Option<PathBuf>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut at = version(&transaction)?;
    if at > known(ladder) {
        return Err(StoreError::Newer { path: path.to_path_buf(), found: at, known: known(ladder) });
    }
    let copy = if at > 0 && at < known(ladder) { Some(keep_copy(path, at)?) } else { None };
    for (version, sql) in ladder {
        if *version > at {
            transaction.execute_batch(sql)?;
            transaction.pragma_update(None, "user_version", version)?;
            at = *version;
        }
    }
    no_dangling_reference(&transaction)?;
    transaction.commit()?;
    Ok(copy)
}

/// Refuses a file, upgraded or filled, in which a row points at one that is not there.
pub(super) fn no_dangling_reference(connection: &Connection) -> StoreResult<()> {
    let mut statement = connection.prepare("SELECT \"table\", parent FROM pragma_foreign_key_check LIMIT 1")?;
    let mut rows = statement.query([])?;
    match rows.next()? {
        None => Ok(()),
        Some(row) => {
            let (table, parent): (String, String) = (row.get(0)?, row.get(1)?);
            let what = format!("a row of {table} would point at no row of {parent}");
            Err(StoreError::Unreadable { place: "the file", what })
        }
    }
}

/// The tables of a file, those of SQLite itself left out.
pub(super) fn tables(connection: &Connection) -> StoreResult<Vec<String>> {
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'";
    Ok(connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// Refuses a file that was filled without being asked, in which a row of one of these tables breaks a condition or a page is damaged.
pub(super) fn no_broken_condition(connection: &Connection, tables: &[String]) -> StoreResult<()> {
    tables.iter().try_for_each(|table| {
        let found: String = connection.query_row("SELECT * FROM pragma_quick_check(?1) LIMIT 1", [table], |row| row.get(0))?;
        if found == "ok" { Ok(()) } else { Err(StoreError::Unreadable { place: "the file", what: found }) }
    })
}

/// Copies the file through a connection of its own (VACUUM cannot run inside a transaction; reading beside a writer can).
/// The copy gets its name only when it is whole, and never takes that of an earlier one.
fn keep_copy(path: &Path, version: i64) -> StoreResult<PathBuf> {
    let reader = open::connect(path, Purpose::Admin)?;
    let half = backup::beside(path, "before-upgrade.half");
    backup::drop_half(&half);
    backup::vacuum_into(&reader, &half).inspect_err(|_| backup::drop_half(&half))?;
    let copy = backup::free_name(path, &format!("before-upgrade-from-{version}"));
    backup::rename(&half, &copy)?;
    Ok(copy)
}
