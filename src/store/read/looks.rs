//! What ties a person to a case, and where the log of looks lies: for writing down who looked, and for reading it.

use super::{Reading, moment, withheld};
use crate::domain::change::{Change, PrivacyChange};
use crate::domain::id::{DrpId, PersonId, ReviewId};
use crate::domain::look::Ties;
use crate::domain::query::Viewer;
use crate::domain::strip::StripOf;
use crate::store::error::StoreResult;
use crate::store::journal::{self, ABOUT};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;
use std::path::Path;

impl Reading<'_> {
    /// Where the database lies; none for one in memory.
    pub fn place(&self) -> Option<&Path> {
        self.connection.path().filter(|path| !path.is_empty()).map(Path::new)
    }

    /// What ties a person to a review.
    pub fn ties(&self, review: ReviewId, person: PersonId) -> StoreResult<Ties> {
        let sql = "SELECT coalesce(r.reviewer = ?2, 0),
                coalesce(r.companion = ?2, 0) OR EXISTS (SELECT 1 FROM co_reviewer c WHERE c.review = r.id AND c.person = ?2),
                coalesce(r.practitioner = ?2, 0),
                EXISTS (SELECT 1 FROM person p WHERE p.id = r.practitioner AND p.line_manager = ?2)
                  OR EXISTS (SELECT 1 FROM person p WHERE p.id = ?2 AND p.team = r.team),
                EXISTS (SELECT 1 FROM action a WHERE a.review = r.id AND a.owner = ?2),
                EXISTS (SELECT 1 FROM strip t JOIN strip_person k ON k.strip = t.id WHERE t.review = r.id AND k.person = ?2),
                r.panel <> 'not-needed'
             FROM review r WHERE r.id = ?1";
        let found = self.one(sql, &[&review.0, &person.0], |row| {
            Ok(Ties {
                reviewer: row.get(0)?,
                beside: row.get(1)?,
                practitioner: row.get(2)?,
                line: row.get(3)?,
                owner: row.get(4)?,
                told: row.get(5)?,
                panel: row.get(6)?,
            })
        })?;
        Ok(found.unwrap_or_default())
    }

    /// What ties a person to a dispute or an alert of good practice, which may be about no review: they raised it or have to answer it,
    /// it is about their work, or about that of somebody they manage or of their team.
    pub fn ties_of_drp(&self, drp: DrpId, person: PersonId) -> StoreResult<Ties> {
        let sql = "SELECT coalesce(d.practitioner = ?2, 0),
                EXISTS (SELECT 1 FROM person p WHERE p.id = d.practitioner AND p.line_manager = ?2)
                  OR EXISTS (SELECT 1 FROM person p JOIN team t ON t.id = p.team WHERE p.id = ?2 AND t.name = d.team),
                EXISTS (SELECT 1 FROM strip t JOIN strip_person k ON k.strip = t.id
                        WHERE t.kind = ?3 AND t.object = d.id AND k.person = ?2)
             FROM drp d WHERE d.id = ?1";
        let kind = StripOf::Drp(drp).kind();
        let found = self.one(sql, &[&drp.0, &person.0, &kind], |row| {
            Ok(Ties { practitioner: row.get(0)?, line: row.get(1)?, told: row.get(2)?, ..Ties::default() })
        })?;
        Ok(found.unwrap_or_default())
    }

    /// How far the log of looks had come when the journal noted it last: rows, hash in hexadecimal, when.
    pub fn looks_noted(&self) -> StoreResult<Option<(i64, String, DateTime<Utc>)>> {
        let sql = format!(
            "SELECT j.at, d.payload FROM journal j JOIN journal_detail d ON d.seq = j.seq WHERE {ABOUT} ORDER BY j.seq DESC LIMIT 1"
        );
        let newest = self.one(&sql, &[&"looks"], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
        let Some((at, payload)) = newest else { return Ok(None) };
        Ok(match journal::change(&payload)? {
            Change::Privacy(PrivacyChange::LooksNoted { rows, hash, .. }) => Some((rows, hash, moment(at))),
            _ => None,
        })
    }

    /// The reference of a review; none: there is no such review.
    pub fn reference_of(&self, review: ReviewId) -> StoreResult<Option<String>> {
        self.one("SELECT ref FROM review WHERE id = ?1", &[&review.0], |row| row.get(0))
    }

    /// The newest reviews, each with its reference, newest first.
    pub fn newest_reviews(&self, at_most: u32) -> StoreResult<Vec<(ReviewId, String)>> {
        self.rows("SELECT id, ref FROM review ORDER BY id DESC LIMIT ?1", &[&at_most], |row| Ok((ReviewId(row.get(0)?), row.get(1)?)))
    }

    /// The numbers of the reviews that are withheld from a viewer.
    pub fn withheld_reviews(&self, viewer: &Viewer) -> StoreResult<BTreeSet<ReviewId>> {
        let rows = self.rows(&withheld::reviews(viewer), &[], |row| row.get(0).map(ReviewId))?;
        Ok(rows.into_iter().collect())
    }
}
