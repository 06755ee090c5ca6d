//! What is laid aside while a great deal is written at once: indexes, since each row that changes costs an entry in every one of them
//! and sorting all rows into an index at the end costs a fraction of that; and the triggers that look back at every row of the journal,
//! where the whole journal is looked through at the end.

use super::error::{StoreError, StoreResult};
use rusqlite::Connection;

/// The indexes by which lists, figures and journals are read and which no deed asks on its way through the doorway. A file that grows does
/// without them. Of a table with few rows in any council none is named here.
pub(super) const FOR_LISTS: [&str; 30] = [
    "action_by_owner",
    "action_done_by",
    "action_entry",
    "action_judged",
    "action_looked_at",
    "action_not_looked_at",
    "action_own_sign_off",
    "action_signed_off_by",
    "action_to_sign_off",
    "action_without_evidence",
    "alert_open",
    "good_practice_theme",
    "journal_review",
    "notice_person",
    "outbox_alert",
    "outbox_failed",
    "outbox_waiting",
    "own_judgement_person",
    "panel_minute_panel",
    "panel_minute_review",
    "panel_score_person",
    "review_grade",
    "review_inadequate",
    "review_inadequate_since",
    "review_kept",
    "review_named",
    "review_theme_theme",
    "strip_closed",
    "strip_open",
    "strip_practitioner",
];

/// The triggers that hold each new row of the journal to the one before it. What they ask is asked of all rows at once, by
/// [`no_broken_chain`].
const FOR_THE_CHAIN: [&str; 2] = ["journal_is_a_chain", "journal_detail_comes_with_its_row"];

/// Lays aside what a growing file does without; gives the statements that make it anew. Refuses a schema that has not all of it.
pub(super) fn lay_aside(connection: &Connection) -> StoreResult<Vec<String>> {
    let indexes = FOR_LISTS.iter().map(|name| ("INDEX", name));
    let triggers = FOR_THE_CHAIN.iter().map(|name| ("TRIGGER", name));
    indexes
        .chain(triggers)
        .map(|(sort, name)| {
            let sql = "SELECT sql FROM sqlite_master WHERE type = lower(?1) AND name = ?2";
            let made_by = connection.query_row(sql, [sort, name], |row| row.get(0)).map_err(|error| match error {
                rusqlite::Error::QueryReturnedNoRows => {
                    StoreError::Unreadable { place: "the schema", what: format!("it has no {} {name}", sort.to_lowercase()) }
                }
                error => error.into(),
            })?;
            connection.execute_batch(&format!("DROP {sort} {name}"))?;
            Ok(made_by)
        })
        .collect()
}

/// Refuses a file whose journal grew without its triggers and is no chain: a row that does not name the hash of the one before it, a
/// number left out, a row without its detail or a detail without its row.
pub(super) fn no_broken_chain(connection: &Connection) -> StoreResult<()> {
    let sql = "SELECT (SELECT count(*) = coalesce(max(seq), 0) FROM journal)
        AND NOT EXISTS (SELECT 1 FROM journal j LEFT JOIN journal before ON before.seq = j.seq - 1
                        WHERE j.previous_hash IS NOT coalesce(before.hash, zeroblob(32)))
        AND NOT EXISTS (SELECT seq FROM journal EXCEPT SELECT seq FROM journal_detail)
        AND NOT EXISTS (SELECT seq FROM journal_detail EXCEPT SELECT seq FROM journal)";
    match connection.query_row(sql, [], |row| row.get(0))? {
        true => Ok(()),
        false => Err(StoreError::Unreadable { place: "the file", what: "its journal is no chain".into() }),
    }
}

/// Lays aside every index that writing does without: all but those that keep rows apart, those by which the records of a review, and the
/// mails of an alert, are found to be erased, and those by which it is found what waits for the panel, and where. For tables that are
/// compared from end to end and thrown away.
pub(super) fn lay_aside_for_good(connection: &Connection) -> StoreResult<()> {
    let sql = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE INDEX %'
               AND name NOT LIKE '%\\_review' ESCAPE '\\' AND name NOT LIKE '%\\_alert' ESCAPE '\\'
               AND name NOT IN ('review_panel', 'panel_item_open', 'panel_open')";
    let names: Vec<String> = connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    names.iter().try_for_each(|name| Ok(connection.execute_batch(&format!("DROP INDEX {name}"))?))
}

/// Makes anew what was laid aside, by its statements.
pub(super) fn put_back(connection: &Connection, made_by: &[String]) -> StoreResult<()> {
    made_by.iter().try_for_each(|sql| Ok(connection.execute_batch(sql)?))
}
