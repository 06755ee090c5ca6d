//! The tracker in groups: by owner, team, theme or review, each with its counts; and the columns of its board.

use super::actions::FROM;
use super::{Reading, filter};
use crate::domain::filter::{Column, Filter, Term, Within};
use crate::domain::id::{PersonId, ReviewId, TeamId};
use crate::domain::query::{Count, From, GroupBy, GroupRow, Viewer, Window};
use crate::store::error::StoreResult;
use rusqlite::types::Value;

/// At most so many groups: nobody looks through more, and what is late stands on top.
const GROUPS: usize = 400;

/// Rows read of each column of the board at once; the one with the cursor reads on.
const OF_COLUMN: usize = 40;

impl Reading<'_> {
    /// Groups of the actions that match, those with the most late ones first.
    pub fn action_groups(&self, by: GroupBy, filter: &Filter, viewer: &Viewer) -> StoreResult<Vec<GroupRow>> {
        let (key, label, joined) = match by {
            GroupBy::Owner => ("a.owner", "o.name", ""),
            GroupBy::Team => ("o.team", "coalesce(g.name, 'no team')", "LEFT JOIN team g ON g.id = o.team"),
            // A theme that is a strength and to improve in the same review counts once.
            GroupBy::Theme => (
                "h.theme",
                "coalesce(h.theme, '')",
                "LEFT JOIN review_theme h ON h.review = a.review AND (h.found = 'improve' OR NOT EXISTS (SELECT 1 FROM review_theme i
                 WHERE i.review = h.review AND i.theme = h.theme AND i.found = 'improve'))",
            ),
            // A plus keeps SQLite from looking through every action of every year in the order of reviews.
            GroupBy::Review => ("+a.review", "coalesce(v.ref, 'no single review')", "LEFT JOIN review v ON v.id = a.review"),
            GroupBy::Column => return self.columns(filter, viewer),
        };
        let kept = self.kept_back(viewer)?;
        let clause = filter::actions(filter, viewer, &kept);
        // What the filter does not ask for is not read: then the counts come out of an index alone.
        let from = if filter.terms.iter().all(of_action_alone) { "action a JOIN person o ON o.id = a.owner" } else { FROM };
        let sql = format!(
            "SELECT {key}, {label}, count(*), sum(a.state IN ('open', 'in-progress') AND a.due_on < ?),
             sum(a.state IN ('open', 'in-progress') AND a.due_on BETWEEN ? AND ?), sum(a.state = 'done')
             FROM {from} {joined} WHERE {} GROUP BY {key} ORDER BY 4 DESC, 3 DESC, 2 LIMIT {GROUPS}",
            clause.sql
        );
        let (today, week) = (viewer.today.to_string(), (viewer.today + chrono::Duration::days(7)).to_string());
        let mut values: Vec<Value> = [&today, &today, &week].into_iter().map(|day| Value::Text(day.clone())).collect();
        values.extend(clause.values);
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(rusqlite::params_from_iter(values.iter()), |row| {
            let within = match by {
                GroupBy::Owner => Within::Owner(PersonId(row.get(0)?)),
                GroupBy::Team => Within::Team(row.get::<_, Option<i64>>(0)?.map(TeamId)),
                GroupBy::Theme => Within::Theme(row.get(0)?),
                _ => Within::Review(row.get::<_, Option<i64>>(0)?.map(ReviewId)),
            };
            let total = Count { n: row.get::<_, u32>(2)?.into(), more: false };
            Ok(GroupRow {
                within,
                label: row.get(1)?,
                total,
                late: row.get(3)?,
                week: row.get(4)?,
                to_sign_off: row.get(5)?,
                rows: Vec::new(),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The columns of the board, each with the first of its rows.
    fn columns(&self, filter: &Filter, viewer: &Viewer) -> StoreResult<Vec<GroupRow>> {
        let columns = Column::ALL.into_iter().map(|column| {
            let within = Within::Column(column);
            let mut filter = filter.clone();
            filter.terms.push(Term::Within(within.clone()));
            let page = self.actions(&Window { filter, sort: (), reversed: false, from: From::Start, limit: OF_COLUMN }, viewer)?;
            let late = u32::try_from(page.late.n).unwrap_or(u32::MAX);
            Ok(GroupRow { within, label: column.label().into(), total: page.total, late, week: 0, to_sign_off: 0, rows: page.rows })
        });
        columns.collect()
    }
}

/// Whether a term asks nothing of the review, the cycle or the child.
fn of_action_alone(term: &Term) -> bool {
    use Term::{Late, Mine, Monday, MyTeam, Owner, Revisit, Scope, SignOff, Today, Week};
    matches!(term, Late | Today | Week | Monday | Mine | MyTeam | SignOff | Revisit | Owner(_) | Scope(_))
}
