//! Reading disputes and alerts of good practice, and counting them. What is withheld is left out here.

use super::{Reading, body, day, withheld};
use crate::domain::drp::{Drp, DrpKind, Tallied};
use crate::domain::id::{DrpId, PersonId, ReviewId, SubjectId};
use crate::domain::query::Viewer;
use crate::store::error::StoreResult;
use chrono::NaiveDate;
use std::collections::BTreeSet;

impl Reading<'_> {
    /// One with the revision of its row, one taken back included.
    pub fn drp(&self, id: DrpId) -> StoreResult<Option<(Drp, i64)>> {
        let row = self
            .one("SELECT body, revision FROM drp WHERE id = ?1", &[&id.0], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
        row.map(|(text, revision)| Ok((body("drp.body", &text)?, revision))).transpose()
    }

    /// The one with this reference.
    pub fn drp_by_reference(&self, reference: &str) -> StoreResult<Option<DrpId>> {
        self.one("SELECT id FROM drp WHERE ref = ?1", &[&reference], |row| row.get(0).map(DrpId))
    }

    /// References of those that came out of a review and are open.
    pub fn open_drps_of(&self, review: ReviewId) -> StoreResult<Vec<String>> {
        let sql = "SELECT ref FROM drp WHERE review = ?1 AND ended_on IS NULL AND taken_back = 0 ORDER BY id";
        self.rows(sql, &[&review.0], |row| row.get(0))
    }

    /// Whether one is there for a viewer. To whoever is recused from its case it is as if there were none: that somebody raised
    /// one is told by nothing.
    pub fn drp_is_open_to(&self, id: DrpId, viewer: &Viewer) -> StoreResult<bool> {
        let sql = format!("SELECT 1 FROM drp d WHERE d.id = ?1 AND {}", withheld::dispute_seen("d", viewer));
        Ok(self.one(&sql, &[&id.0], |row| row.get::<_, i64>(0))?.is_some())
    }

    /// Everybody from whom a case is withheld, whether it is under review or not.
    pub fn recused_from_case(&self, subject: SubjectId, practitioner: Option<PersonId>) -> StoreResult<BTreeSet<PersonId>> {
        let sql = "SELECT person FROM interest WHERE stands = 1 AND (subject = ?1 OR practitioner = ?2)";
        let rows = self.rows(sql, &[&subject.0, &practitioner.map(|person| person.0)], |row| row.get(0).map(PersonId))?;
        Ok(rows.into_iter().collect())
    }

    /// What counting by month needs of all that were raised by a day and had not ended before another. F18.
    pub fn practice_alerts(&self, first: NaiveDate, last: NaiveDate, viewer: &Viewer) -> StoreResult<Vec<Tallied>> {
        let sql = format!(
            "SELECT d.kind, d.team, d.service, d.raised_on, d.body FROM drp d
             WHERE d.taken_back = 0 AND d.raised_on <= ?2 AND (d.ended_on IS NULL OR d.ended_on >= ?1) AND {} ORDER BY d.id",
            withheld::dispute_seen("d", viewer)
        );
        let rows = self.rows(&sql, &[&first.to_string(), &last.to_string()], |row| {
            Ok((row.get::<_, String>(0)?, (row.get(1)?, row.get(2)?), day(row, 3)?, row.get::<_, String>(4)?))
        })?;
        let mut all = Vec::with_capacity(rows.len());
        for (kind, place, raised_on, text) in rows {
            let stand = body::<Drp>("drp.body", &text)?.stand();
            let ended_on = stand.resolved.map(|(_, day)| day);
            let over = stand.due.filter(|due| ended_on.unwrap_or(viewer.today) > *due);
            all.push(Tallied {
                kind: DrpKind::of_key(&kind).unwrap_or(DrpKind::Dispute),
                place,
                raised_on,
                formal_on: stand.formal_since,
                ended_on,
                late_from: over.and_then(|due| due.succ_opt()),
            });
        }
        Ok(all)
    }
}
