//! What is kept, held and erased: what comes up to be decided about, and what an erasure finds and leaves.

use super::{Reading, body, day, judgement, variant, withheld};
use crate::domain::change::ERASED;
use crate::domain::id::{CycleId, DisposalId, PersonId, ReviewId, SubjectId, TeamId};
use crate::domain::query::Viewer;
use crate::domain::retention::{CountsLeft, Disposal, Erased, Ground, Hold, OpenedBy, ReviewLeft, SubjectLeft};
use crate::domain::review::Named;
use crate::store::error::StoreResult;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A record that has come up: row, reference, kind, and the day it was opened.
pub type Kept = (ReviewId, String, String, NaiveDate);

impl Reading<'_> {
    /// Records that are no longer under way and have come up by their own class, those opened first before the others; what is
    /// withheld is left out. `free`: only those that nothing holds and that stand in no disposal which waits for somebody.
    pub fn kept_since_before(&self, opened: &OpenedBy, free: bool, at_most: u32, viewer: &Viewer) -> StoreResult<Vec<Kept>> {
        let decided = "NOT EXISTS (SELECT 1 FROM hold h WHERE h.review = r.id) AND r.id NOT IN
             (SELECT asked.value FROM disposal d, json_each(d.body, '$.reviews') asked WHERE d.stand IN ('asked', 'approved'))";
        let sql = format!(
            "SELECT r.id, r.ref, r.kind, r.opened_on FROM review r
             WHERE r.erased_on IS NULL AND r.state <> 'open' AND r.opened_on <= ?1
               AND r.opened_on <= coalesce((SELECT value FROM json_each(?2) WHERE key = r.kind), ?3) AND {} AND {}
             ORDER BY r.opened_on, r.id LIMIT ?4",
            if free { decided } else { "1" },
            withheld::seen("r.id", viewer)
        );
        let of_kinds: BTreeMap<&str, String> = opened.of_kinds.iter().map(|(kind, day)| (kind.as_str(), day.to_string())).collect();
        let of_kinds = serde_json::to_string(&of_kinds).unwrap_or_default();
        // No day comes before an empty text.
        let of_others = opened.of_others.map(|day| day.to_string()).unwrap_or_default();
        self.rows(&sql, &[&opened.latest().to_string(), &of_kinds, &of_others, &at_most], |row| {
            Ok((ReviewId(row.get(0)?), row.get(1)?, row.get(2)?, day(row, 3)?))
        })
    }

    /// The day a review was erased; none: it was not.
    pub fn erased_on(&self, review: ReviewId) -> StoreResult<Option<NaiveDate>> {
        Ok(self.place_of(review)?.and_then(|place| place.erased_on))
    }

    /// What holds a review back from being erased.
    pub fn hold(&self, review: ReviewId) -> StoreResult<Option<Hold>> {
        let text = self.one("SELECT body FROM hold WHERE review = ?1", &[&review.0], |row| row.get::<_, String>(0))?;
        text.map(|text| body("hold.body", &text)).transpose()
    }

    /// Every disposal, newest first.
    pub fn disposals(&self) -> StoreResult<Vec<Disposal>> {
        let texts = self.rows("SELECT body FROM disposal ORDER BY id DESC LIMIT 500", &[], |row| row.get::<_, String>(0))?;
        texts.iter().map(|text| body("disposal.body", text)).collect()
    }

    /// One disposal.
    pub fn disposal(&self, id: DisposalId) -> StoreResult<Option<Disposal>> {
        let text = self.one("SELECT body FROM disposal WHERE id = ?1", &[&id.0], |row| row.get::<_, String>(0))?;
        text.map(|text| body("disposal.body", &text)).transpose()
    }

    /// Disposals that are done, and after which the files were not swept yet.
    pub fn unswept_disposals(&self) -> StoreResult<Vec<Disposal>> {
        let sql = "SELECT body FROM disposal WHERE stand = 'done' AND body ->> '$.unswept' = 1 ORDER BY id";
        let texts = self.rows(sql, &[], |row| row.get::<_, String>(0))?;
        texts.iter().map(|text| body("disposal.body", text)).collect()
    }

    /// Disposals that are asked for or approved and not yet done.
    pub fn open_disposals(&self) -> StoreResult<Vec<Disposal>> {
        let sql = "SELECT body FROM disposal WHERE stand IN ('asked', 'approved') ORDER BY id";
        let texts = self.rows(sql, &[], |row| row.get::<_, String>(0))?;
        texts.iter().map(|text| body("disposal.body", text)).collect()
    }

    /// What is true of a review when its erasure is asked for or done.
    pub fn erasure_ground(&self, review: ReviewId) -> StoreResult<Option<Ground>> {
        let hold = self.hold(review)?;
        let sql = "SELECT r.ref, r.kind, r.opened_on, r.state, r.erased_on IS NOT NULL, (r.loop = 'open')
                + (SELECT count(*) FROM alert a WHERE a.review = r.id AND a.closed_at IS NULL)
                + (SELECT count(*) FROM drp d WHERE d.review = r.id AND d.ended_on IS NULL AND d.taken_back = 0)
                + (SELECT count(*) FROM action a WHERE a.review = r.id AND a.state NOT IN ('signed-off', 'withdrawn'))
             FROM review r WHERE r.id = ?1";
        let row = self.one(sql, &[&review.0], |row| {
            Ok((row.get(0)?, row.get(1)?, day(row, 2)?, row.get::<_, String>(3)?, row.get(4)?, row.get(5)?))
        })?;
        let Some((reference, kind, opened_on, state, erased, open_things)) = row else { return Ok(None) };
        Ok(Some(Ground { reference, kind, opened_on, state: variant("review.state", &state)?, open_things, hold, erased }))
    }

    /// Everything that an erasure takes and leaves, as it is now; none: there is no such review.
    pub fn erasure_of(&self, review: ReviewId, disposal: DisposalId, on: NaiveDate) -> StoreResult<Option<Erased>> {
        let sql = "SELECT ref, cycle, kind, subject, case_type, team, opened_on, chosen, named, state = 'withdrawn',
                original_scaling, original_grade, moderated_scaling, moderated_grade, submitted_at, panel = 'decided', returned FROM review WHERE id = ?1";
        let row = self.one(sql, &[&review.0], |row| {
            let left = ReviewLeft {
                reference: row.get(0)?,
                cycle: CycleId(row.get(1)?),
                kind: row.get(2)?,
                subject: SubjectId(row.get(3)?),
                case_type: row.get(4)?,
                team: row.get::<_, Option<i64>>(5)?.map(TeamId),
                opened_on: day(row, 6)?,
                chosen: crate::domain::review::Chosen::Random,
                named_by: None,
                withdrawn: row.get(9)?,
                original: judgement(row, 10)?,
                moderated: judgement(row, 12)?,
                submitted_at: row.get(14)?,
                decided: row.get(15)?,
                returned: row.get(16)?,
            };
            Ok((left, row.get::<_, String>(7)?, row.get::<_, Option<String>>(8)?))
        })?;
        let Some((left, chosen, named)) = row else { return Ok(None) };
        let named: Option<Named> = named.map(|text| body("review.named", &text)).transpose()?;
        let named_by: Option<PersonId> = named.map(|named| named.by);
        let left = ReviewLeft { chosen: variant("review.chosen", &chosen)?, named_by, ..left };
        let ids = |sql: &str| self.rows(sql, &[&review.0], |row| row.get::<_, i64>(0));
        let alerts = ids("SELECT id FROM alert WHERE review = ?1 ORDER BY id")?;
        let disputes = ids("SELECT id FROM drp WHERE review = ?1 ORDER BY id")?;
        let subject = self.subject_that_goes(review, left.subject)?;
        let counts = self.counts_left(left.cycle)?;
        let numbers = self.numbers_that_go(review, subject.as_ref())?;
        let rows = self.rows_that_go(review, subject.as_ref())?;
        Ok(Some(Erased { disposal, review, on, left, subject, counts, alerts, disputes, numbers, rows }))
    }

    /// The subject of a review, where nothing else speaks of them: their case is closed, and no other review or dispute is left.
    fn subject_that_goes(&self, review: ReviewId, subject: SubjectId) -> StoreResult<Option<SubjectLeft>> {
        let sql = "SELECT s.kind, s.pseudonym FROM subject s WHERE s.id = ?1 AND s.open = 0
             AND NOT EXISTS (SELECT 1 FROM review r WHERE r.subject = s.id AND r.id <> ?2 AND r.erased_on IS NULL)
             AND NOT EXISTS (SELECT 1 FROM drp d WHERE d.subject = s.id AND d.review IS NOT ?2)";
        let row = self.one(sql, &[&subject.0, &review.0], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
        row.map(|(kind, pseudonym)| Ok(SubjectLeft { id: subject, kind: variant("subject.kind", &kind)?, pseudonym })).transpose()
    }

    fn counts_left(&self, cycle: CycleId) -> StoreResult<CountsLeft> {
        let sql = "SELECT reviews, allocated, submitted, for_panel, panel_decided, returned, finalised, named FROM cycle WHERE id = ?1";
        let found = self.one(sql, &[&cycle.0], |row| {
            Ok(CountsLeft {
                reviews: row.get(0)?,
                allocated: row.get(1)?,
                submitted: row.get(2)?,
                for_panel: row.get(3)?,
                panel_decided: row.get(4)?,
                returned: row.get(5)?,
                finalised: row.get(6)?,
                named: row.get(7)?,
            })
        })?;
        Ok(found.unwrap_or_default())
    }

    /// The highest number of each table that goes with a review.
    fn numbers_that_go(&self, review: ReviewId, subject: Option<&SubjectLeft>) -> StoreResult<BTreeMap<String, i64>> {
        let mut numbers = BTreeMap::new();
        for table in ["alert", "drp", "action", "good_practice", "follow_up"] {
            let sql = format!("SELECT max(id) FROM {table} WHERE review = ?1");
            numbers.extend(self.one(&sql, &[&review.0], |row| row.get::<_, Option<i64>>(0))?.flatten().map(|id| (table.to_string(), id)));
        }
        let mail = "SELECT max(o.id) FROM outbox o JOIN alert a ON a.id = o.alert WHERE a.review = ?1";
        numbers.extend(self.one(mail, &[&review.0], |row| row.get::<_, Option<i64>>(0))?.flatten().map(|id| ("outbox".to_string(), id)));
        if let Some(subject) = subject {
            let sql = "SELECT max(id) FROM interest WHERE subject = ?1";
            numbers.extend(
                self.one(sql, &[&subject.id.0], |row| row.get::<_, Option<i64>>(0))?.flatten().map(|id| ("interest".to_string(), id)),
            );
        }
        Ok(numbers)
    }

    /// The rows of the journal whose details go with a review. What is said of interests stays as long as its subject does: it
    /// withholds other reviews of theirs.
    fn rows_that_go(&self, review: ReviewId, subject: Option<&SubjectLeft>) -> StoreResult<Vec<i64>> {
        const OF_INTERESTS: &str = "'interest-recorded', 'nothing-declared', 'inference-dismissed'";
        let mut rows = self.rows(
            &format!(
                "SELECT j.seq FROM journal j JOIN journal_detail d ON d.seq = j.seq WHERE j.review = ?1 AND j.kind NOT IN ('{ERASED}', {OF_INTERESTS})
                 UNION SELECT j.seq FROM outbox o JOIN alert a ON a.id = o.alert
                 JOIN journal j ON j.object = 'mail/' || o.id AND j.object NOT GLOB 'review/*' JOIN journal_detail d ON d.seq = j.seq WHERE a.review = ?1"
            ),
            &[&review.0],
            |row| row.get(0),
        )?;
        if let Some(subject) = subject {
            // Of every review of the subject: those that were erased before left theirs for now.
            rows.extend(self.rows(
                "SELECT j.seq FROM journal j JOIN journal_detail d ON d.seq = j.seq
                 WHERE j.object = 'subject/' || ?1 AND j.object NOT GLOB 'review/*'
                 UNION SELECT j.seq FROM interest i JOIN journal j ON j.object = 'interest/' || i.id AND j.object NOT GLOB 'review/*'
                 JOIN journal_detail d ON d.seq = j.seq WHERE i.subject = ?1
                 UNION SELECT j.seq FROM review r JOIN journal j ON j.review = r.id AND j.kind IN ('nothing-declared', 'inference-dismissed')
                 JOIN journal_detail d ON d.seq = j.seq WHERE r.subject = ?1",
                &[&subject.id.0],
                |row| row.get::<_, i64>(0),
            )?);
        }
        rows.sort_unstable();
        rows.dedup();
        Ok(rows)
    }
}
