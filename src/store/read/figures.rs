//! The facts behind figures, of the cycles that are asked for and no others: every statement begins at the index of a cycle's
//! reviews. What is withheld from the viewer is not read, and of a judgement that is kept back nothing is.

use super::facts::reasons_of;
use super::{Reading, body, day, judgement, list, moment, withheld};
use crate::domain::alert::Alert;
use crate::domain::grade::Grade;
use crate::domain::id::{CycleId, PersonId, ReviewId};
use crate::domain::insight::figures::{CountedAnswer, CountedReview, CountedStep, CountedValue, FiguresWanted};
use crate::domain::query::Viewer;
use crate::store::error::StoreResult;
use std::collections::BTreeSet;

/// Which reviews are counted, as a condition on `r` and `t`, and the values bound to it.
pub(super) fn counted(wanted: &FiguresWanted, viewer: &Viewer) -> (String, [Option<String>; 2]) {
    let cycles = list(wanted.cycles.iter().map(|cycle| cycle.0));
    // Where only some are counted they are looked up, and not all of their cycles.
    let which = match &wanted.reviews {
        Some(reviews) => format!("r.id IN ({}) AND +r.cycle IN ({cycles})", list(reviews.iter().map(|review| review.0))),
        None => format!("r.cycle IN ({cycles})"),
    };
    let sql = format!(
        "{which} AND r.state <> 'withdrawn' AND (?1 IS NULL OR r.kind = ?1) AND (?2 IS NULL OR t.service = ?2) AND {}",
        withheld::seen("r.id", viewer)
    );
    (sql, [wanted.kind.clone(), wanted.service.clone()])
}

const FROM: &str = "review r LEFT JOIN team t ON t.id = r.team";

impl Reading<'_> {
    /// The reviews that are counted.
    pub fn counted_reviews(&self, wanted: &FiguresWanted, viewer: &Viewer) -> StoreResult<Vec<CountedReview>> {
        let (which, [kind, service]) = counted(wanted, viewer);
        let kept = self.kept_back(viewer)?;
        let sql = format!(
            "SELECT r.id, r.cycle, r.kind, r.case_type, coalesce(t.name, ''), coalesce(t.service, ''), r.practitioner, r.opened_on,
             r.chosen IN ('random', 'substitute'), r.submitted_at IS NOT NULL, r.state = 'finalised', r.panel, r.panel_reasons,
             r.original_scaling, r.original_grade, r.moderated_scaling, r.moderated_grade,
             r.case_type = '' AND EXISTS (SELECT 1 FROM subject v WHERE v.id = r.subject AND v.kind = 'service')
             FROM {FROM} WHERE {which} ORDER BY r.id"
        );
        self.rows(&sql, &[&kind, &service], |row| {
            let id = ReviewId(row.get(0)?);
            let panel: String = row.get(11)?;
            let known = !kept.holds(id);
            Ok(CountedReview {
                id,
                cycle: CycleId(row.get(1)?),
                kind: row.get(2)?,
                case_type: row.get(3)?,
                team: row.get(4)?,
                service: row.get(5)?,
                practitioner: row.get::<_, Option<i64>>(6)?.map(PersonId),
                opened_on: day(row, 7)?,
                drawn: row.get(8)?,
                submitted: row.get(9)?,
                finalised: row.get(10)?,
                waiting: panel == "waiting",
                moderated: panel == "decided",
                by_chance: reasons_of(&row.get::<_, String>(12)?).iter().any(|why| why.stands_for_all()),
                original: judgement(row, 13)?.filter(|_| known),
                panel: judgement(row, 15)?.filter(|_| known),
                of_service: row.get(17)?,
            })
        })
    }

    /// The answers of submitted reviews that are no text: of questions, and grades of areas.
    pub fn counted_answers(&self, wanted: &FiguresWanted, viewer: &Viewer) -> StoreResult<Vec<CountedAnswer>> {
        let (which, [kind, service]) = counted(wanted, viewer);
        let known = self.kept_back(viewer)?.known("r.id");
        // Both as ranges of the primary key, each by itself: a pattern would be asked of every passage of text as well.
        let sql = format!(
            "SELECT a.review, a.field, a.value FROM {FROM} JOIN answer a ON a.review = r.id
             WHERE {which} AND r.submitted_at IS NOT NULL AND a.field > 'q/' AND a.field < 'q0'
             UNION ALL SELECT a.review, a.field, a.value FROM {FROM} JOIN answer a ON a.review = r.id
             WHERE {which} AND r.submitted_at IS NOT NULL AND a.field > 'area/' AND a.field < 'area0' AND {known}"
        );
        let rows = self.rows(&sql, &[&kind, &service], |row| {
            let Some(value) = row.get_ref(2)?.as_str().ok().and_then(value_of) else { return Ok(None) };
            Ok(Some(CountedAnswer { review: ReviewId(row.get(0)?), field: row.get(1)?, value }))
        })?;
        Ok(rows.into_iter().flatten().collect())
    }

    /// The steps behind the reviews: all of them, or those with one of these keys. `words` are the fields in which what families said is
    /// written down; with none of them nothing is told of that.
    pub fn counted_steps(
        &self,
        wanted: &FiguresWanted,
        keys: Option<&[String]>,
        words: &[String],
        viewer: &Viewer,
    ) -> StoreResult<Vec<CountedStep>> {
        let (which, [kind, service]) = counted(wanted, viewer);
        // Each by itself: an OR of the two would read every step of a review.
        let only = if keys.is_some() { "s.step IN (SELECT value FROM json_each(?3))" } else { "?3 IS NULL" };
        let sql = format!(
            "SELECT s.review, s.step, s.on_day, s.body ->> '$.not_done_because' IS NULL, {}
             FROM {FROM} JOIN review_step s ON s.review = r.id WHERE {which}
             AND {only}",
            said_in("s.body", words)
        );
        let keys = keys.map(|keys| serde_json::Value::from(keys.to_vec()).to_string());
        self.rows(&sql, &[&kind, &service, &keys], |row| {
            Ok(CountedStep { review: ReviewId(row.get(0)?), step: row.get(1)?, on: day(row, 2)?, done: row.get(3)?, said: row.get(4)? })
        })
    }

    /// The alerts about the reviews. That there is one tells the grade.
    pub fn counted_alerts(&self, wanted: &FiguresWanted, viewer: &Viewer) -> StoreResult<Vec<Alert>> {
        let (which, [kind, service]) = counted(wanted, viewer);
        let known = self.kept_back(viewer)?.known("r.id");
        let sql = format!("SELECT l.body, l.closed_at FROM {FROM} JOIN alert l ON l.review = r.id WHERE {which} AND {known} ORDER BY l.id");
        let rows = self.rows(&sql, &[&kind, &service], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<i64>>(1)?)))?;
        let read = rows.into_iter().map(|(text, closed_at)| {
            let alert: Alert = body("alert.body", &text)?;
            Ok(Alert { closed_at: closed_at.map(moment), ..alert })
        });
        read.collect()
    }

    /// Open cases by team, its service and case type, of one service or of all; without those that are withheld. A service that was
    /// visited is no case.
    pub fn caseload(&self, service: Option<&str>, viewer: &Viewer) -> StoreResult<Vec<(String, String, String, u32)>> {
        let sql = format!(
            "SELECT coalesce(t.name, ''), coalesce(t.service, ''), s.case_type, count(*) FROM subject s LEFT JOIN team t ON t.id = s.team
             WHERE s.open = 1 AND s.kind <> 'service' AND (?1 IS NULL OR t.service = ?1) AND {} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
            withheld::subject_seen("s.id", viewer)
        );
        self.rows(&sql, &[&service], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
    }

    /// Practitioners with open cases, of one service or of all; without those whose cases are withheld.
    pub fn caseworkers(&self, service: Option<&str>, viewer: &Viewer) -> StoreResult<BTreeSet<PersonId>> {
        let sql = format!(
            "SELECT DISTINCT s.worker FROM subject s LEFT JOIN team t ON t.id = s.team
             WHERE s.open = 1 AND s.worker IS NOT NULL AND (?1 IS NULL OR t.service = ?1) AND {}",
            withheld::subject_seen("s.id", viewer)
        );
        Ok(self.rows(&sql, &[&service], |row| row.get(0).map(PersonId))?.into_iter().collect())
    }
}

/// Whether something stands in one of these fields of a step, as a condition on its body.
pub(super) fn said_in(body: &str, words: &[String]) -> String {
    let plain = words.iter().filter(|key| key.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_'));
    let any: Vec<String> = plain.map(|key| format!("coalesce({body} ->> '$.values.\"{key}\"', '') <> ''")).collect();
    if any.is_empty() { "0".to_string() } else { format!("({})", any.join(" OR ")) }
}

/// A stored answer that is no text; none: it does not apply, or is a text.
fn value_of(stored: &str) -> Option<CountedValue> {
    Some(match stored.trim_matches('"') {
        "yes" => CountedValue::Yes,
        "partly" => CountedValue::Partly,
        "no" => CountedValue::No,
        _ => {
            let (kind, value) = stored.strip_prefix("{\"")?.strip_suffix('}')?.split_once("\":")?;
            match kind {
                "scale" => CountedValue::Point(value.parse().ok().filter(|point| *point <= 10)?),
                "grade" => CountedValue::Grade(Grade::parse(value)?),
                _ => return None,
            }
        }
    })
}

/// The cycles that a window of the insight view is made of.
impl Reading<'_> {
    /// The newest cycles that have begun by a day, at most so many: the drawn ones, or those with a review of a kind.
    pub fn recent_cycles(
        &self,
        from: Option<chrono::NaiveDate>,
        until: chrono::NaiveDate,
        kind: Option<&str>,
        limit: u32,
    ) -> StoreResult<Vec<CycleId>> {
        let which = match kind {
            None => "c.beside = 0 AND ?4 IS NULL",
            Some(_) => "EXISTS (SELECT 1 FROM review r WHERE r.cycle = c.id AND r.kind = ?4)",
        };
        let sql = format!(
            "SELECT c.id FROM cycle c WHERE c.starts_on <= ?1 AND c.starts_on >= ?2 AND {which} ORDER BY c.starts_on DESC, c.id DESC LIMIT ?3"
        );
        let from = from.map_or("0000-01-01".to_string(), |day| day.to_string());
        self.rows(&sql, &[&until.to_string(), &from, &limit, &kind], |row| row.get(0).map(CycleId))
    }

    /// The cycles of these references.
    pub fn cycles_called(&self, references: &[String]) -> StoreResult<Vec<CycleId>> {
        let mut found = Vec::new();
        for reference in references {
            found.extend(self.rows("SELECT id FROM cycle WHERE ref = ?1", &[reference], |row| row.get(0).map(CycleId))?);
        }
        Ok(found)
    }
}
