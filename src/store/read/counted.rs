//! How many rows a list has, and how many of them are late: counted once a moment, for the header and for the list under it.

use super::Reading;
use super::filter::{self, Where};
use super::kept_back::KeptBack;
use crate::domain::filter::{Filter, Scope};
use crate::domain::query::{Count, Viewer};
use crate::store::error::StoreResult;
use chrono::Duration;
use rusqlite::types::Value;

/// Where counting stops.
const AT_MOST: u64 = Count::CAP + 1;

/// What reviews are counted in. Every review has its subject; joined from the left SQLite leaves it out where no word of the filter
/// asks for it.
const REVIEWS: &str = "review r LEFT JOIN subject s ON s.id = r.subject";

/// What actions are counted in.
const ACTIONS: &str =
    "action a LEFT JOIN review r ON r.id = a.review LEFT JOIN subject s ON s.id = r.subject LEFT JOIN cycle c ON c.id = a.cycle";

impl Reading<'_> {
    /// How many rows match.
    pub(super) fn counted(&self, from: &str, clause: &Where) -> StoreResult<Count> {
        Ok(self.counted_each(from, clause, [])?.0)
    }

    /// How many reviews match; and how many of them are late, where only open ones are looked at.
    pub(super) fn reviews_counted(&self, filter: &Filter, viewer: &Viewer, kept: &KeptBack) -> StoreResult<(Count, Count)> {
        let clause = filter::reviews(filter, viewer, kept);
        let loops = filter.asks_for_loops();
        if filter.scope() != Scope::Open && !loops {
            return Ok((self.counted(REVIEWS, &clause)?, Count::default()));
        }
        let late = Where::that(if loops { "r.supervision_due < ?" } else { "r.due_on < ?" }, [day(viewer, 0)]);
        let (total, [late]) = self.counted_each(REVIEWS, &clause, [late])?;
        Ok((total, late))
    }

    /// How many actions match; how many of them are late, due within a week, to be signed off. Each is said so that an index holds
    /// where it is counted by itself.
    pub(super) fn actions_counted(&self, filter: &Filter, viewer: &Viewer, kept: &KeptBack) -> StoreResult<(Count, [Count; 3])> {
        let clause = filter::actions(filter, viewer, kept);
        let to_do = "a.state NOT IN ('signed-off', 'withdrawn') AND a.state <> 'done'";
        let late = Where::that(&format!("{to_do} AND a.due_on < ?"), [day(viewer, 0)]);
        let soon = Where::that(&format!("{to_do} AND a.due_on >= ? AND a.due_on <= ?"), [day(viewer, 0), day(viewer, 7)]);
        self.counted_each(ACTIONS, &clause, [late, soon, Where::that("a.state = 'done'", [])])
    }

    /// How many rows match, and of how many of them each of these conditions holds: in one walk, because a filter by words looks at
    /// every row for it; each anew only where there are more rows than are counted, since then the walk has not seen them all.
    pub(super) fn counted_each<const N: usize>(
        &self,
        from: &str,
        clause: &Where,
        conditions: [Where; N],
    ) -> StoreResult<(Count, [Count; N])> {
        let named: String = conditions.iter().enumerate().map(|(place, condition)| format!(", {} AS c{place}", condition.sql)).collect();
        let sums: String = (0..N).map(|place| format!(", coalesce(sum(c{place}), 0)")).collect();
        let sql = format!("SELECT count(*){sums} FROM (SELECT 1{named} FROM {from} WHERE {} LIMIT {AT_MOST})", clause.sql);
        let values: Vec<Value> = conditions.iter().flat_map(|condition| &condition.values).chain(&clause.values).cloned().collect();
        let walk = |_: &str| {
            let mut statement = self.connection.prepare_cached(&sql)?;
            let read = |row: &rusqlite::Row<'_>| (0..=N).map(|place| row.get(place)).collect::<Result<Vec<i64>, _>>();
            Ok(statement.query_row(rusqlite::params_from_iter(values.iter()), read)?)
        };
        let mut counted = self.all_known_or_read(|known| &known.counts, format!("{sql} {values:?}").as_str(), walk)?.into_iter();
        let mut next = || Count::capped(counted.next().unwrap_or_default().unsigned_abs());
        let total = next();
        let mut counts = [(); N].map(|()| next());
        if total.more {
            for (count, condition) in counts.iter_mut().zip(conditions) {
                let mut clause = clause.clone();
                clause.and(&condition.sql, condition.values);
                *count = self.counted(from, &clause)?;
            }
        }
        Ok((total, counts))
    }
}

/// A day from today on, as tables have it.
fn day(viewer: &Viewer, from_today: i64) -> Value {
    Value::Text((viewer.today + Duration::days(from_today)).to_string())
}

/// How many rows a list has and how many of them are late, where it was read whole and nobody need count it.
pub(super) fn counted_whole<R>(rows: &[R], more: bool, is_late: impl Fn(&R) -> bool) -> Option<(Count, Count)> {
    let late = || rows.iter().filter(|row| is_late(row)).count() as u64;
    (!more).then(|| (Count::capped(rows.len() as u64), Count::capped(late())))
}
