//! The little that the room's screen needs besides what rules read: no statement here hands out a name.

use super::Reading;
use crate::domain::id::{PersonId, ReviewId};
use crate::domain::query::Viewer;
use crate::store::error::StoreResult;

impl Reading<'_> {
    /// The initials of people, in the order given. SQLite takes them apart, so that no name comes into this program.
    pub fn initials(&self, people: impl IntoIterator<Item = PersonId>) -> StoreResult<Vec<String>> {
        let sql = "WITH RECURSIVE word(rest, initials) AS (
               SELECT trim(name) || ' ', '' FROM person WHERE id = ?1
               UNION ALL SELECT ltrim(substr(rest, instr(rest, ' ') + 1)), initials || substr(rest, 1, 1) FROM word WHERE rest <> '')
             SELECT initials FROM word WHERE rest = ''";
        let mut found = Vec::new();
        for person in people {
            found.extend(self.one(sql, &[&person.0], |row| row.get::<_, String>(0))?.map(|letters| letters.to_uppercase()));
        }
        Ok(found)
    }

    /// The pseudonym and the age of a review's case.
    pub fn case_and_age(&self, review: ReviewId) -> StoreResult<(String, Option<u8>)> {
        let sql = "SELECT s.pseudonym, s.age_years FROM review r JOIN subject s ON s.id = r.subject WHERE r.id = ?1";
        Ok(self.one(sql, &[&review.0], |row| Ok((row.get(0)?, row.get(1)?)))?.unwrap_or_default())
    }

    /// Reviews that somebody has judged on their own (Q03, S18) and that are not withheld from a viewer, oldest first.
    pub fn judged_apart(&self, viewer: &Viewer) -> StoreResult<Vec<ReviewId>> {
        let sql = format!(
            "SELECT DISTINCT o.review FROM own_judgement o JOIN review r ON r.id = o.review
             WHERE r.state <> 'withdrawn' AND {} AND {} ORDER BY o.review",
            super::withheld::seen("o.review", viewer),
            self.kept_back(viewer)?.known("o.review")
        );
        self.rows(&sql, &[], |row| row.get(0).map(ReviewId))
    }
}
