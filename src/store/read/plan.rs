//! The improvement plan of a cycle: its notes, its wider actions, and what of earlier plans is still open.

use super::{Reading, body, day};
use crate::domain::cycle::Cycle;
use crate::domain::id::{ActionId, CycleId, PersonId, PlanNoteId};
use crate::domain::plan::PlanNote;
use crate::store::error::StoreResult;
use rusqlite::Row;

const NOTE: &str = "SELECT n.id, n.cycle, n.action, n.on_day, n.body, n.author, n.revision FROM plan_note n";

/// A note as its row tells it, with its words still to be read and its revision.
type Raw = (PlanNoteId, CycleId, Option<ActionId>, chrono::NaiveDate, String, Option<PersonId>, i64);

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    let action = row.get::<_, Option<i64>>(2)?.map(ActionId);
    let author = row.get::<_, Option<i64>>(5)?.map(PersonId);
    Ok((PlanNoteId(row.get(0)?), CycleId(row.get(1)?), action, day(row, 3)?, row.get(4)?, author, row.get(6)?))
}

fn note((id, cycle, action, on, what, by, revision): Raw) -> StoreResult<(PlanNote, i64)> {
    Ok((PlanNote { id, cycle, action, on, by, what: body("plan_note.body", &what)?, taken_back: false }, revision))
}

impl Reading<'_> {
    /// One note that was not taken back, with the revision of its row.
    pub fn plan_note(&self, id: PlanNoteId) -> StoreResult<Option<(PlanNote, i64)>> {
        self.one(&format!("{NOTE} WHERE n.id = ?1 AND n.taken_back = 0"), &[&id.0], raw)?.map(note).transpose()
    }

    /// The notes of a cycle's plan, oldest first, without those of actions; and what of earlier plans of the same framework is
    /// still to do (C06).
    pub fn plan_notes(&self, cycle: &Cycle) -> StoreResult<Vec<(PlanNote, i64)>> {
        let own = format!("{NOTE} WHERE n.cycle = ?1 AND n.taken_back = 0 AND n.action IS NULL");
        let carried = format!(
            "{NOTE} JOIN cycle c ON c.id = n.cycle WHERE n.open = 1 AND n.taken_back = 0 AND n.cycle <> ?1 AND c.framework = ?2
             AND c.starts_on < ?3"
        );
        let sql = format!("SELECT * FROM ({own} UNION ALL {carried}) ORDER BY on_day, id");
        let rows = self.rows(&sql, &[&cycle.id.0, &cycle.framework, &cycle.starts_on.to_string()], raw)?;
        rows.into_iter().map(note).collect()
    }

    /// What was noted about a wider action, oldest first.
    pub fn plan_notes_of(&self, action: ActionId) -> StoreResult<Vec<PlanNote>> {
        let sql = format!("{NOTE} WHERE n.action = ?1 AND n.taken_back = 0 ORDER BY n.on_day, n.id");
        self.rows(&sql, &[&action.0], raw)?.into_iter().map(|row| Ok(note(row)?.0)).collect()
    }

    /// The wider actions of a cycle's plan, and those of earlier plans of the same framework that are not signed off.
    pub fn wider_actions(&self, cycle: &Cycle) -> StoreResult<Vec<ActionId>> {
        let sql = "SELECT a.id FROM action a JOIN cycle c ON c.id = a.cycle WHERE a.cycle IS NOT NULL AND a.state <> 'withdrawn'
             AND (a.cycle = ?1 OR (c.framework = ?2 AND c.starts_on < ?3 AND a.state <> 'signed-off')) ORDER BY c.starts_on, a.id";
        self.rows(sql, &[&cycle.id.0, &cycle.framework, &cycle.starts_on.to_string()], |row| row.get(0).map(ActionId))
    }
}
