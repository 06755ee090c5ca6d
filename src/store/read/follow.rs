//! Reading what follows reviews: the facts by which a loop is judged, and how it stands.

use super::{Reading, body_of, day_or_none, list, moment, variant, withheld};
use crate::domain::calendar::local_date;
use crate::domain::grade::Grade;
use crate::domain::id::{ActionId, AlertId, CycleId, PersonId, ReviewId, SubjectId};
use crate::domain::query::Viewer;
use crate::domain::report::LoopTally;
use crate::domain::tracking::{ActionKnown, FollowUp};
use crate::store::error::StoreResult;
use chrono::NaiveDate;
use std::sync::Arc;

/// The setting that says that loops are tracked in this file.
pub const LOOPS: &str = "loops";

/// The facts by which a review's loop is judged.
#[derive(Debug, Clone, PartialEq)]
pub struct LoopFacts {
    /// Its cycle, under whose framework it was made.
    pub cycle: CycleId,
    /// Whom it looks at.
    pub subject: SubjectId,
    /// Key of its kind.
    pub kind: String,
    /// Case type when it was drawn.
    pub case_type: String,
    /// The day it was opened.
    pub opened_on: NaiveDate,
    /// The grade that counts.
    pub grade: Option<Grade>,
    /// The day it was submitted; none: it is not, or it was withdrawn.
    pub submitted_on: Option<NaiveDate>,
    /// How its loop stood so far, as stored.
    pub stood: String,
    /// By when supervision was due, as stored.
    pub supervision_due: Option<NaiveDate>,
    /// Since when it is open or closed, as stored; none: it is not tracked.
    pub since: Option<NaiveDate>,
}

/// A review whose loop is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenLoop {
    /// Which.
    pub review: ReviewId,
    /// Its reference.
    pub reference: String,
    /// Since when it is open.
    pub since: NaiveDate,
}

impl Reading<'_> {
    /// The facts of one review's loop.
    pub fn loop_facts(&self, review: ReviewId) -> StoreResult<Option<Arc<LoopFacts>>> {
        self.known_or_read(|known| &known.loops, &review, |review| Ok(self.loop_as_stored(*review)?.map(Arc::new)))
    }

    fn loop_as_stored(&self, review: ReviewId) -> StoreResult<Option<LoopFacts>> {
        self.one(
            "SELECT cycle, subject, kind, case_type, opened_on, grade, CASE WHEN state <> 'withdrawn' THEN submitted_at END, loop, supervision_due,
             loop_since
             FROM review WHERE id = ?1",
            &[&review.0],
            |row| {
                Ok(LoopFacts {
                    cycle: CycleId(row.get(0)?),
                    subject: SubjectId(row.get(1)?),
                    kind: row.get(2)?,
                    case_type: row.get(3)?,
                    opened_on: super::day(row, 4)?,
                    grade: row.get::<_, Option<i64>>(5)?.and_then(Grade::from_rank),
                    submitted_on: row.get::<_, Option<i64>>(6)?.map(|at| local_date(moment(at))),
                    stood: row.get(7)?,
                    supervision_due: day_or_none(row, 8)?,
                    since: day_or_none(row, 9)?,
                })
            },
        )
    }

    /// The actions whose completion a review waits for, those linked to it among them.
    pub fn loop_actions(&self, review: ReviewId) -> StoreResult<Vec<ActionKnown>> {
        if let Some(known) = self.known {
            let of = |action: ActionId| match known.actions.look(&action, |(action, _)| ActionKnown::of(action)) {
                Some(known) => Ok(Some(known)),
                None => Ok(self.action(action)?.as_ref().map(ActionKnown::of)),
            };
            return self.answering(review)?.into_iter().filter_map(|action| of(action).transpose()).collect();
        }
        let rows = self.rows(
            "SELECT a.state, a.signed_off_at, a.reopened_on FROM action a WHERE a.review = ?1
             UNION ALL SELECT a.state, a.signed_off_at, a.reopened_on FROM action_link l JOIN action a ON a.id = l.action
             WHERE l.review = ?1",
            &[&review.0],
            |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<i64>>(1)?.map(|at| local_date(moment(at))), day_or_none(row, 2)?)),
        )?;
        let known = rows.into_iter().map(|(state, signed_off_on, reopened_on)| {
            Ok(ActionKnown { state: variant("action.state", &state)?, signed_off_on, reopened_on })
        });
        known.collect()
    }

    /// The alerts of a review: reference, and since when the record is reviewed; one that was closed without is taken for reviewed.
    pub fn loop_alerts(&self, review: ReviewId) -> StoreResult<Vec<(String, Option<NaiveDate>)>> {
        self.all_known_or_read(
            |known| &known.alerted,
            &review,
            |review| {
                let sql = "SELECT ref, body ->> '$.assurance.complete_at', closed_at FROM alert WHERE review = ?1 ORDER BY id";
                self.rows(sql, &[&review.0], |row| {
                    let complete = row.get::<_, Option<String>>(1)?.and_then(|at| at.parse::<chrono::DateTime<chrono::Utc>>().ok());
                    let closed = row.get::<_, Option<i64>>(2)?.map(moment);
                    Ok((row.get(0)?, complete.or(closed).map(local_date)))
                })
            },
        )
    }

    /// The open alerts of a review.
    pub fn alerts_of(&self, review: ReviewId) -> StoreResult<Vec<AlertId>> {
        self.rows("SELECT id FROM alert WHERE review = ?1 AND closed_at IS NULL ORDER BY id", &[&review.0], |row| row.get(0).map(AlertId))
    }

    /// The day a step of a review was taken; none: it was not.
    pub fn step_on(&self, review: ReviewId, step: &str) -> StoreResult<Option<NaiveDate>> {
        let seen = self.known.and_then(|known| known.reviews.look(&review, |facts| facts.steps.get(step).map(|record| record.on)));
        if let Some(on) = seen {
            return Ok(on);
        }
        self.one("SELECT on_day FROM review_step WHERE review = ?1 AND step = ?2", &[&review.0, &step], |row| super::day(row, 0))
    }

    /// What followed a review, oldest first.
    pub fn follow_ups(&self, review: ReviewId) -> StoreResult<Vec<FollowUp>> {
        self.all_known_or_read(
            |known| &known.follow_ups,
            &review,
            |review| {
                let sql = "SELECT body FROM follow_up WHERE review = ?1 ORDER BY on_day, id";
                self.rows(sql, &[&review.0], |row| body_of("follow_up.body", row, 0))?.into_iter().collect()
            },
        )
    }

    /// The reviews whose findings an action answers besides its own.
    pub fn linked_to(&self, action: ActionId) -> StoreResult<Vec<ReviewId>> {
        self.rows("SELECT review FROM action_link WHERE action = ?1", &[&action.0], |row| row.get(0).map(ReviewId))
    }

    /// Whether the loops of reviews that were submitted under a program which did not track were looked at.
    pub fn loops_looked_at(&self) -> StoreResult<bool> {
        Ok(self.setting(LOOPS)?.is_some())
    }

    /// Every review that has a grade: whose loop may be open.
    pub fn graded(&self) -> StoreResult<Vec<ReviewId>> {
        let sql = "SELECT id FROM review WHERE grade IS NOT NULL AND state <> 'withdrawn' AND loop = 'untracked' ORDER BY id";
        self.rows(sql, &[], |row| row.get(0).map(ReviewId))
    }

    /// The open loops that a viewer may know of, the oldest first and at most so many; only those of the people under a manager,
    /// where one is named.
    pub fn open_loops(&self, viewer: &Viewer, under: Option<PersonId>, limit: u32) -> StoreResult<Vec<OpenLoop>> {
        let line = match under {
            Some(manager) => format!(
                "practitioner IN (WITH RECURSIVE under(id) AS (SELECT id FROM person WHERE line_manager = {0}
                   UNION SELECT p.id FROM under JOIN person p ON p.line_manager = under.id) SELECT id FROM under)",
                manager.0
            ),
            None => "1".to_string(),
        };
        let sql = format!(
            "SELECT id, ref, loop_since FROM review WHERE loop = 'open' AND loop_since IS NOT NULL AND {line} AND {} AND {}
             ORDER BY loop_since, id LIMIT ?1",
            withheld::seen("id", viewer),
            self.kept_back(viewer)?.known("id")
        );
        self.rows(&sql, &[&limit], |row| Ok(OpenLoop { review: ReviewId(row.get(0)?), reference: row.get(1)?, since: super::day(row, 2)? }))
    }

    /// Open loops, counted: all of them, those open since before `long`, and those whose supervision is late or due by `soon`; and of
    /// the reviews of some cycles how many are tracked and how many of their loops are closed.
    pub fn loop_counts(&self, cycles: &[CycleId], long: NaiveDate, soon: NaiveDate, viewer: &Viewer) -> StoreResult<LoopTally> {
        let known = self.kept_back(viewer)?.known("id");
        let seen = withheld::seen("id", viewer);
        let sql = format!(
            "SELECT count(*), coalesce(sum(loop_since < ?1), 0), coalesce(sum(supervision_due < ?2), 0),
             coalesce(sum(supervision_due >= ?2 AND supervision_due <= ?3), 0)
             FROM review WHERE loop = 'open' AND loop_since IS NOT NULL AND {seen} AND {known}"
        );
        let open = self.one(&sql, &[&long.to_string(), &viewer.today.to_string(), &soon.to_string()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?;
        let (open, long, supervision_late, supervision_due) = open.unwrap_or_default();
        let numbers = list(cycles.iter().map(|cycle| cycle.0));
        let sql = format!(
            "SELECT count(*), coalesce(sum(loop = 'closed'), 0) FROM review
             WHERE cycle IN ({numbers}) AND loop <> 'untracked' AND state <> 'withdrawn' AND {seen} AND {known}"
        );
        let (tracked, closed) = self.one(&sql, &[], |row| Ok((row.get(0)?, row.get(1)?)))?.unwrap_or_default();
        Ok(LoopTally { open, long, supervision_late, supervision_due, tracked, closed, ..LoopTally::default() })
    }

    /// Since when a review's loop is open or closed; none: it is not tracked.
    pub fn loop_since(&self, review: ReviewId) -> StoreResult<Option<NaiveDate>> {
        let found = self.one("SELECT loop_since FROM review WHERE id = ?1", &[&review.0], |row| day_or_none(row, 0))?;
        Ok(found.flatten())
    }
}
