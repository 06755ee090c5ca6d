//! Reading themes, good practice and indicators.

use super::figures::counted;
use super::{Reading, day};
use crate::domain::id::{GoodPracticeId, ReviewId};
use crate::domain::insight::figures::{CountedTheme, FiguresWanted};
use crate::domain::query::{PracticeRow, Viewer};
use crate::domain::theme::{Coded, Found, GoodPractice, Indicator};
use crate::store::error::StoreResult;
use chrono::NaiveDate;
use std::collections::BTreeSet;

impl Reading<'_> {
    /// The themes of a review.
    pub fn themes_of(&self, review: ReviewId) -> StoreResult<BTreeSet<Coded>> {
        let rows = self.rows("SELECT theme, found FROM review_theme WHERE review = ?1", &[&review.0], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })?;
        Ok(rows.into_iter().filter_map(|(theme, found)| Some(Coded { theme, found: Found::of_key(&found)? })).collect())
    }

    /// Passages of a review that are marked as good practice.
    pub fn practice_of(&self, review: ReviewId) -> StoreResult<Vec<GoodPractice>> {
        self.rows(
            "SELECT id, review, theme, place, note, author, on_day FROM good_practice WHERE review = ?1 ORDER BY id",
            &[&review.0],
            practice,
        )
    }

    /// One of them.
    pub fn good_practice(&self, id: GoodPracticeId) -> StoreResult<Option<GoodPractice>> {
        self.one("SELECT id, review, theme, place, note, author, on_day FROM good_practice WHERE id = ?1", &[&id.0], practice)
    }

    /// The library of good practice as a viewer may read it, of these cycles and one theme or all, newest first. M22.
    pub fn practice_library(&self, wanted: &FiguresWanted, theme: Option<&str>, viewer: &Viewer) -> StoreResult<Vec<PracticeRow>> {
        let (which, [kind, service]) = counted(wanted, viewer);
        let sql = format!(
            "SELECT g.id, g.review, g.theme, g.place, g.note, g.author, g.on_day, r.ref, c.ref
             FROM review r LEFT JOIN team t ON t.id = r.team JOIN good_practice g ON g.review = r.id JOIN cycle c ON c.id = r.cycle
             WHERE {which} AND (?3 IS NULL OR g.theme = ?3) AND {} ORDER BY g.on_day DESC, g.id DESC LIMIT 500",
            self.kept_back(viewer)?.known("r.id")
        );
        self.rows(&sql, &[&kind, &service, &theme], |row| {
            Ok(PracticeRow { practice: practice(row)?, reference: row.get(7)?, cycle: row.get(8)? })
        })
    }

    /// Themes and good practice of the reviews that are counted.
    pub fn counted_themes(&self, wanted: &FiguresWanted, viewer: &Viewer) -> StoreResult<Vec<CountedTheme>> {
        let (which, [kind, service]) = counted(wanted, viewer);
        let from = "review r LEFT JOIN team t ON t.id = r.team";
        // What was found weak or strong tells of the grade: it is kept back with it from who scores blind.
        let known = self.kept_back(viewer)?.known("r.id");
        let sql = format!(
            "SELECT h.review, h.theme, h.found = 'strength' FROM {from} JOIN review_theme h ON h.review = r.id WHERE {which} AND {known}
             UNION ALL SELECT g.review, g.theme, NULL FROM {from} JOIN good_practice g ON g.review = r.id WHERE {which} AND {known}"
        );
        self.rows(&sql, &[&kind, &service], |row| {
            Ok(CountedTheme { review: ReviewId(row.get(0)?), theme: row.get(1)?, strength: row.get(2)? })
        })
    }

    /// One value of an indicator.
    pub fn indicator(&self, key: &str, from: NaiveDate, until: NaiveDate) -> StoreResult<Option<Indicator>> {
        self.one(
            "SELECT key, from_day, until, value, source FROM indicator WHERE key = ?1 AND from_day = ?2 AND until = ?3",
            &[&key, &from.to_string(), &until.to_string()],
            indicator,
        )
    }

    /// Values of indicators whose periods touch the time between two days, oldest first.
    pub fn indicators(&self, from: NaiveDate, until: NaiveDate) -> StoreResult<Vec<Indicator>> {
        self.rows(
            "SELECT key, from_day, until, value, source FROM indicator WHERE from_day <= ?2 AND until >= ?1 ORDER BY from_day, key",
            &[&from.to_string(), &until.to_string()],
            indicator,
        )
    }
}

fn practice(row: &rusqlite::Row<'_>) -> rusqlite::Result<GoodPractice> {
    Ok(GoodPractice {
        id: GoodPracticeId(row.get(0)?),
        review: ReviewId(row.get(1)?),
        theme: row.get(2)?,
        place: row.get(3)?,
        note: row.get(4)?,
        by: row.get(5)?,
        on: day(row, 6)?,
    })
}

fn indicator(row: &rusqlite::Row<'_>) -> rusqlite::Result<Indicator> {
    Ok(Indicator { key: row.get(0)?, from: day(row, 1)?, until: day(row, 2)?, value: row.get(3)?, source: row.get(4)? })
}
