//! Reading what cases are chosen by: who was drawn before, whose turn it was, who reviewed, who was told, cases by a few letters.

use super::council::{SUBJECT, subject};
use super::{Reading, body, day, day_or_none, list, variant, withheld};
use crate::domain::cycle::Cycle;
use crate::domain::framework::SubjectKind;
use crate::domain::id::{CycleId, PersonId, ReviewId, SubjectId, TeamId};
use crate::domain::notice::SentNotice;
use crate::domain::query::Viewer;
use crate::domain::sample::Sample;
use crate::domain::sampling::FrameEntry;
use crate::domain::subject::Subject;
use crate::store::error::StoreResult;
use crate::store::project::word;
use std::collections::{BTreeSet, HashMap};

impl Reading<'_> {
    /// The cycle before one: the last that began earlier and is made of the same kind of review. Extra work that lies between
    /// two cycles of the rhythm is not it; of two that began on one day the older is before the newer.
    pub fn cycle_before(&self, cycle: &Cycle) -> StoreResult<Option<CycleId>> {
        self.one(
            "SELECT id FROM cycle WHERE (starts_on, id) < (?1, ?2) AND json_extract(body, '$.kind') = ?3 AND beside <= ?4
             ORDER BY starts_on DESC, id DESC LIMIT 1",
            &[&cycle.starts_on.to_string(), &cycle.id.0, &cycle.kind, &cycle.beside],
            |row| row.get(0).map(CycleId),
        )
    }

    /// The cases of the frame, by number, each with what a draw looks at and what kind of subject it is about. Withdrawn reviews do not
    /// count as the last one, which is asked case by case: the frame stays as large as the council, the reviews grow with the years. Who
    /// was drawn in the cycle before is not known here and said of nobody.
    pub fn frame(&self) -> StoreResult<Vec<(SubjectKind, FrameEntry)>> {
        let sql = "SELECT s.id, s.kind, s.case_type, coalesce(t.service, ''), s.team, s.worker, s.age_years,
               (SELECT max(r.opened_on) FROM review r WHERE r.subject = s.id AND r.state <> 'withdrawn')
             FROM subject s LEFT JOIN team t ON t.id = s.team WHERE s.open = 1 ORDER BY s.id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut frame = Vec::new();
        while let Some(row) = rows.next()? {
            let entry = FrameEntry {
                subject: SubjectId(row.get(0)?),
                case_type: row.get(2)?,
                service: row.get(3)?,
                team: row.get::<_, Option<i64>>(4)?.map(TeamId),
                worker: row.get::<_, Option<i64>>(5)?.map(PersonId),
                age_years: row.get(6)?,
                last_reviewed: day_or_none(row, 7)?,
                drawn_last_cycle_worker: false,
            };
            let kind = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
            frame.push((variant("subject.kind", kind)?, entry));
        }
        Ok(frame)
    }

    /// Workers who had a case in the cycle before, or in an extra cycle since it began; with a viewer, those of whom they may
    /// know it. F05.
    pub fn workers_since_cycle_before(&self, cycle: &Cycle, viewer: Option<&Viewer>) -> StoreResult<BTreeSet<PersonId>> {
        let Some(before) = self.cycle_before(cycle)? else { return Ok(BTreeSet::new()) };
        let seen = viewer.map(|viewer| format!("AND {}", withheld::seen("r.id", viewer))).unwrap_or_default();
        let sql = format!(
            "SELECT DISTINCT r.practitioner FROM review r WHERE r.practitioner IS NOT NULL AND r.state <> 'withdrawn'
             AND r.cycle IN (SELECT c.id FROM cycle c, cycle b WHERE b.id = ?1 AND (c.starts_on, c.id) >= (b.starts_on, b.id)
               AND (c.starts_on, c.id) < (?2, ?3)) {seen}"
        );
        let found = self.rows(&sql, &[&before.0, &cycle.starts_on.to_string(), &cycle.id.0], |row| row.get(0).map(PersonId))?;
        Ok(found.into_iter().collect())
    }

    /// Services whose turn it was in the cycles before one, the oldest first. Q03.
    pub fn turns_before(&self, cycle: &Cycle) -> StoreResult<Vec<String>> {
        let texts = self.rows(
            "SELECT d.body FROM draw d JOIN cycle c ON c.id = d.cycle WHERE (c.starts_on, c.id) < (?1, ?2)
             AND json_extract(d.body, '$.drawn.request.turn.service') IS NOT NULL ORDER BY c.starts_on, c.id",
            &[&cycle.starts_on.to_string(), &cycle.id.0],
            |row| row.get::<_, String>(0),
        )?;
        let mut turns = Vec::new();
        for text in &texts {
            let sample: Sample = body("draw.body", text)?;
            turns.extend(sample.drawn.request.turn.map(|turn| turn.service));
        }
        Ok(turns)
    }

    /// The services whose turn it was in these cycles. Q03.
    pub fn turns_in(&self, cycles: &[CycleId]) -> StoreResult<Vec<String>> {
        let sql = format!(
            "SELECT DISTINCT json_extract(d.body, '$.drawn.request.turn.service') AS service FROM draw d
             WHERE d.cycle IN ({}) AND service IS NOT NULL ORDER BY service",
            list(cycles.iter().map(|cycle| cycle.0))
        );
        self.rows(&sql, &[], |row| row.get(0))
    }

    /// Services of the teams on record, by name.
    pub fn services(&self) -> StoreResult<Vec<String>> {
        self.rows("SELECT DISTINCT service FROM team WHERE service <> '' ORDER BY service", &[], |row| row.get(0))
    }

    /// Subjects that have a review in a cycle, with their review; withdrawn ones too.
    pub fn drawn_subjects(&self, cycle: CycleId) -> StoreResult<Vec<(ReviewId, SubjectId)>> {
        self.rows("SELECT id, subject FROM review WHERE cycle = ?1 ORDER BY id", &[&cycle.0], |row| {
            Ok((ReviewId(row.get(0)?), SubjectId(row.get(1)?)))
        })
    }

    /// Reference of the review of a kind that a subject has in a cycle, if it was not withdrawn.
    pub fn review_in_cycle(&self, cycle: CycleId, kind: &str, subject: SubjectId) -> StoreResult<Option<String>> {
        self.one(
            "SELECT ref FROM review WHERE subject = ?1 AND cycle = ?2 AND kind = ?3 AND state <> 'withdrawn' LIMIT 1",
            &[&subject.0, &cycle.0, &kind],
            |row| row.get(0),
        )
    }

    /// The newest submitted review of a subject.
    pub fn newest_review_of(&self, subject: SubjectId) -> StoreResult<Option<ReviewId>> {
        let sql = "SELECT id FROM review WHERE subject = ?1 AND submitted_at IS NOT NULL ORDER BY id DESC LIMIT 1";
        self.one(sql, &[&subject.0], |row| row.get(0).map(ReviewId))
    }

    /// How many reviews of a kind each reviewer has in a cycle. Q02, Q03.
    pub fn shares_in(&self, cycle: CycleId, kind: &str) -> StoreResult<HashMap<PersonId, u32>> {
        let sql = "SELECT reviewer, count(*) FROM review WHERE cycle = ?1 AND kind = ?2 AND reviewer IS NOT NULL AND state <> 'withdrawn'
             GROUP BY reviewer";
        let rows = self.rows(sql, &[&cycle.0, &kind], |row| Ok((PersonId(row.get(0)?), row.get(1)?)))?;
        Ok(rows.into_iter().collect())
    }

    /// Everybody who has completed a review. S06, F21.
    pub fn have_reviewed(&self) -> StoreResult<BTreeSet<PersonId>> {
        let sql = "SELECT p.id FROM person p
             WHERE EXISTS (SELECT 1 FROM review r WHERE r.reviewer = p.id AND r.submitted_at IS NOT NULL)";
        Ok(self.rows(sql, &[], |row| row.get(0).map(PersonId))?.into_iter().collect())
    }

    /// Notices of a cycle's reviews that were sent. F04.
    pub fn sent_notices(&self, cycle: CycleId) -> StoreResult<Vec<SentNotice>> {
        self.rows(
            "SELECT n.review, n.role, n.person, n.how, n.on_day FROM review r JOIN notice n ON n.review = r.id WHERE r.cycle = ?1",
            &[&cycle.0],
            |row| {
                Ok(SentNotice {
                    review: ReviewId(row.get(0)?),
                    role: row.get(1)?,
                    person: row.get::<_, Option<i64>>(2)?.map(PersonId),
                    how: row.get(3)?,
                    on: day(row, 4)?,
                })
            },
        )
    }

    /// Reviews of a cycle that still run, with what notices are judged by: reference, case, opened on, practitioner, team
    /// and its service.
    pub fn reviews_to_tell(&self, cycle: CycleId) -> StoreResult<Vec<ToTell>> {
        self.rows(
            "SELECT r.id, r.ref, s.pseudonym, r.opened_on, r.practitioner, r.team, coalesce(t.service, ''), s.kind, r.case_type FROM review r
             JOIN subject s ON s.id = r.subject LEFT JOIN team t ON t.id = r.team WHERE r.cycle = ?1 AND r.state = 'open'
             AND r.submitted_at IS NULL ORDER BY r.id LIMIT 2000",
            &[&cycle.0],
            |row| {
                Ok(ToTell {
                    review: ReviewId(row.get(0)?),
                    reference: row.get(1)?,
                    case: row.get(2)?,
                    opened_on: day(row, 3)?,
                    practitioner: row.get::<_, Option<i64>>(4)?.map(PersonId),
                    team: row.get::<_, Option<i64>>(5)?.map(crate::domain::id::TeamId),
                    service: row.get(6)?,
                    fostering: row.get::<_, String>(7)? == "foster-carer",
                    case_type: row.get(8)?,
                })
            },
        )
    }

    /// The subject that stands for a service, if it was visited before.
    pub fn service_subject(&self, name: &str) -> StoreResult<Option<Subject>> {
        let sql = format!("SELECT {SUBJECT} FROM subject WHERE kind = 'service' AND council_id = ?1 COLLATE NOCASE");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([name])?;
        rows.next()?.map(subject).transpose()
    }

    /// Subjects that were named in a cycle, and so are no longer drawn for it.
    pub fn named_subjects(&self, cycle: CycleId) -> StoreResult<BTreeSet<SubjectId>> {
        let sql = "SELECT subject FROM review WHERE cycle = ?1 AND named IS NOT NULL AND state <> 'withdrawn'";
        Ok(self.rows(sql, &[&cycle.0], |row| row.get(0).map(SubjectId))?.into_iter().collect())
    }

    /// Subjects of these kinds in the frame that fit a few letters: the beginning of a pseudonym, part of a team, worker or
    /// service, or the council's whole number. A part of that number finds nothing: it would be a way of guessing. Those
    /// withheld from the viewer are not counted towards the limit either.
    pub fn find_subjects(&self, kinds: &[SubjectKind], typed: &str, limit: u32, viewer: &Viewer) -> StoreResult<Vec<Subject>> {
        let mut words = Vec::new();
        for kind in kinds {
            words.push(word(kind)?);
        }
        let kinds = serde_json::Value::from(words).to_string();
        let plain: String = typed.trim().chars().filter(|c| !matches!(c, '%' | '_' | '\\')).take(60).collect();
        let sql = format!(
            "SELECT {SUBJECT} FROM subject WHERE open = 1 AND kind IN (SELECT value FROM json_each(?1))
             AND (pseudonym LIKE ?2 OR council_id = ?3
               OR team IN (SELECT id FROM team WHERE name LIKE ?4 OR service LIKE ?4) OR worker IN (SELECT id FROM person WHERE name LIKE ?4))
             AND {} ORDER BY id LIMIT ?5",
            withheld::subject_seen("id", viewer)
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(rusqlite::params![kinds, format!("{plain}%"), typed.trim(), format!("%{plain}%"), limit])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(subject(row)?);
        }
        Ok(found)
    }
}

/// A review of whose people somebody may have to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToTell {
    /// The review.
    pub review: ReviewId,
    /// Its reference.
    pub reference: String,
    /// The case's pseudonym.
    pub case: String,
    /// The day it came in.
    pub opened_on: chrono::NaiveDate,
    /// Who holds the case.
    pub practitioner: Option<PersonId>,
    /// Its team…
    pub team: Option<crate::domain::id::TeamId>,
    /// …and that team's service.
    pub service: String,
    /// It is about a foster carer, for whom other roles act (S09).
    pub fostering: bool,
    /// Key of the case type as it came in.
    pub case_type: String,
}
