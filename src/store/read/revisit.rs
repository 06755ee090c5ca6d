//! What revisits are read from beside cycles: cases that were found Inadequate, and what became of the actions of a cycle.

use super::{Reading, moment, withheld};
use crate::domain::calendar::local_date;
use crate::domain::id::{CycleId, ReviewId, SubjectId};
use crate::domain::query::Viewer;
use crate::domain::revisit::Tally;
use crate::store::error::StoreResult;
use chrono::NaiveDate;

/// A case that was found Inadequate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundInadequate {
    /// The review that found it.
    pub review: ReviewId,
    /// Its reference.
    pub reference: String,
    /// The case.
    pub subject: SubjectId,
    /// Its pseudonym.
    pub case: String,
    /// Key of the kind of review.
    pub kind: String,
    /// The day it was completed.
    pub seen_on: NaiveDate,
    /// The review after it of the same case, if there is one that the viewer may know of: its reference, and whether it is complete.
    pub later: Option<(String, bool)>,
}

impl Reading<'_> {
    /// Open cases whose review was found Inadequate and completed between two days, oldest first; without those that are withheld
    /// from the viewer and those they score blind. Q02.
    pub fn found_inadequate(&self, (from, until): (NaiveDate, NaiveDate), viewer: &Viewer) -> StoreResult<Vec<FoundInadequate>> {
        let kept = self.kept_back(viewer)?;
        let sql = format!(
            "SELECT r.id, r.ref, r.subject, s.pseudonym, r.kind, r.submitted_at, l.ref, l.submitted_at IS NOT NULL
             FROM review r INDEXED BY review_inadequate_since JOIN subject s ON s.id = r.subject
             LEFT JOIN review l ON l.id = (SELECT min(n.id) FROM review n WHERE n.subject = r.subject AND n.id > r.id AND n.state <> 'withdrawn' AND {})
             WHERE r.grade = 0 AND r.submitted_at IS NOT NULL AND r.state <> 'withdrawn' AND r.submitted_at >= ?1 AND r.submitted_at < ?2
             AND r.erased_on IS NULL AND s.open = 1 AND {} AND {} ORDER BY r.submitted_at, r.id",
            withheld::seen("n.id", viewer),
            withheld::seen("r.id", viewer),
            kept.known("r.id")
        );
        let at = |day: NaiveDate| crate::domain::calendar::midnight(day).timestamp_millis();
        let until = until.succ_opt().unwrap_or(until);
        self.rows(&sql, &[&at(from), &at(until)], |row| {
            let complete: bool = row.get(7)?;
            Ok(FoundInadequate {
                review: ReviewId(row.get(0)?),
                reference: row.get(1)?,
                subject: SubjectId(row.get(2)?),
                case: row.get(3)?,
                kind: row.get(4)?,
                seen_on: local_date(moment(row.get(5)?)),
                later: row.get::<_, Option<String>>(6)?.map(|reference| (reference, complete)),
            })
        })
    }

    /// The actions of a cycle's reviews and of its plan, as they stand today; without those of reviews that are withheld.
    pub fn action_tally(&self, cycle: CycleId, viewer: &Viewer) -> StoreResult<Tally> {
        let sql = format!(
            "SELECT count(*), coalesce(sum(state = 'signed-off'), 0), coalesce(sum(state <> 'signed-off'), 0),
             coalesce(sum(effect = 'sustained'), 0), coalesce(sum(recurred > 0), 0) FROM (
               SELECT a.state, a.effect, a.recurred FROM review r JOIN action a ON a.review = r.id WHERE r.cycle = ?1 AND {}
               UNION ALL SELECT a.state, a.effect, a.recurred FROM action a WHERE a.cycle = ?1) WHERE state <> 'withdrawn'",
            withheld::seen("r.id", viewer)
        );
        let found = self.one(&sql, &[&cycle.0], |row| {
            Ok(Tally { raised: row.get(0)?, signed_off: row.get(1)?, open: row.get(2)?, sustained: row.get(3)?, recurred: row.get(4)? })
        })?;
        Ok(found.unwrap_or_default())
    }
}
