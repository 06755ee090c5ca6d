//! What the doorway and a look around ask about strips: what is due and no fact yet, and what is open already.

use super::{Reading, moment};
use crate::domain::alert::AlertTrigger;
use crate::domain::id::{AlertId, ReviewId};
use crate::domain::strip::StripOf;
use crate::store::error::StoreResult;
use crate::store::project::word;
use chrono::{DateTime, Utc};

impl Reading<'_> {
    /// Whether something has become due that nobody has written down yet: cheap enough to ask every second.
    pub fn something_due(&self, now: DateTime<Utc>) -> StoreResult<bool> {
        let sql = "SELECT 1 FROM strip WHERE closed_at IS NULL AND watch_at <= ?1 LIMIT 1";
        let due = self.one(sql, &[&now.timestamp_millis()], |row| row.get::<_, i64>(0))?.is_some();
        Ok(due || !self.loops_looked_at()? || self.reminders_to_queue(now)?)
    }

    /// The open strips of which something has become due, the earliest first. Whoever asks is told nothing of them: what is
    /// due is due whoever notices.
    pub fn due_strips(&self, now: DateTime<Utc>) -> StoreResult<Vec<StripOf>> {
        let sql = "SELECT kind, object FROM strip WHERE closed_at IS NULL AND watch_at <= ?1 ORDER BY watch_at, id LIMIT 500";
        let rows = self.rows(sql, &[&now.timestamp_millis()], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
        Ok(rows.into_iter().filter_map(|(kind, number)| StripOf::of(&kind, number)).collect())
    }

    /// Closing note of an alert when it was closed; empty where there were none.
    pub fn closing_of(&self, id: AlertId) -> StoreResult<String> {
        Ok(self.one("SELECT assurance FROM alert WHERE id = ?1", &[&id.0], |row| row.get(0))?.unwrap_or_default())
    }

    /// The latest moment at which one of the last five entries of the journal was written, by the clock of the machine that wrote it: a
    /// save or two by a clock that was set back do not hide that it was, and those by one that had run ahead do not count for long.
    pub fn latest_entry_at(&self) -> StoreResult<Option<DateTime<Utc>>> {
        let sql = "SELECT max(at) FROM (SELECT at FROM journal ORDER BY seq DESC LIMIT 5)";
        Ok(self.one(sql, &[], |row| row.get::<_, Option<i64>>(0))?.flatten().map(moment))
    }

    /// The open alert of this trigger on a review, and how many were closed before.
    pub fn alerts_raised(&self, review: ReviewId, trigger: AlertTrigger) -> StoreResult<(Option<String>, u32)> {
        let word = word(&trigger)?;
        let sql = "SELECT ref, closed_at FROM alert WHERE review = ?1 AND (what = ?2 OR what LIKE ?2 || '-%') ORDER BY id";
        let rows = self.rows(sql, &[&review.0, &word], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<i64>>(1)?)))?;
        let open = rows.iter().find(|(_, closed)| closed.is_none()).map(|(reference, _)| reference.clone());
        let closed = rows.iter().filter(|(_, closed)| closed.is_some()).count();
        Ok((open, u32::try_from(closed).unwrap_or(u32::MAX)))
    }
}
