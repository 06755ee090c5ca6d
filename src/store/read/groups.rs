//! The tracker in groups: by owner, team, theme or review, each with its counts; and the columns of its board.

use super::actions::FROM;
use super::{Reading, filter};
use crate::domain::filter::{Column, Filter, Term, Within};
use crate::domain::id::{PersonId, ReviewId, TeamId};
use crate::domain::query::{Count, From, GroupBy, GroupRow, Viewer, Window};
use crate::store::error::StoreResult;
use rusqlite::types::Value;

/// Rows read of each column of the board at once; the one with the cursor reads on.
const OF_COLUMN: usize = 40;

impl Reading<'_> {
    /// Groups of the actions that match, those with the most late ones first and at most so many; and whether there are more.
    pub fn action_groups(&self, by: GroupBy, filter: &Filter, at_most: usize, viewer: &Viewer) -> StoreResult<(Vec<GroupRow>, bool)> {
        // The name is looked up for each group, not for each action.
        let (key, label, joined) = match by {
            GroupBy::Owner => ("a.owner", "(SELECT name FROM person WHERE id = k)", ""),
            GroupBy::Team => ("o.team", "coalesce((SELECT name FROM team WHERE id = k), 'no team')", "JOIN person o ON o.id = a.owner"),
            // A theme that is a strength and to improve in the same review counts once.
            GroupBy::Theme => (
                "h.theme",
                "coalesce(k, '')",
                "LEFT JOIN review_theme h ON h.review = a.review AND (h.found = 'improve' OR NOT EXISTS (SELECT 1 FROM review_theme i
                 WHERE i.review = h.review AND i.theme = h.theme AND i.found = 'improve'))",
            ),
            // A plus keeps SQLite from looking through every action of every year in the order of reviews.
            GroupBy::Review => ("+a.review", "coalesce((SELECT ref FROM review WHERE id = k), 'no single review')", ""),
            GroupBy::Column => return Ok((self.columns(filter, viewer)?, false)),
        };
        let kept = self.kept_back(viewer)?;
        let clause = filter::actions(filter, viewer, &kept);
        // What the filter does not ask for is not read: then the counts come out of an index alone.
        let from = match (filter.terms.iter().all(of_action_alone), by) {
            (true, _) => ("action a", joined),
            (false, GroupBy::Team) => (FROM, ""),
            (false, _) => (FROM, joined),
        };
        let sql = format!(
            "SELECT k, {label} l, n, late, week, to_sign_off FROM
             (SELECT {key} k, count(*) n,
              count(*) FILTER (WHERE a.due_on < ? AND a.state IN ('open', 'in-progress')) late,
              count(*) FILTER (WHERE a.due_on >= ? AND a.due_on <= ? AND a.state IN ('open', 'in-progress')) week,
              count(*) FILTER (WHERE a.state = 'done') to_sign_off
              FROM {} {} WHERE {} GROUP BY {key})
             ORDER BY late DESC, n DESC, l LIMIT {}",
            from.0,
            from.1,
            clause.sql,
            at_most + 1
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
        let mut groups = rows.collect::<Result<Vec<_>, _>>()?;
        let more = groups.len() > at_most;
        groups.truncate(at_most);
        Ok((groups, more))
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
    use Term::{Late, Mine, Monday, MyTeam, Owner, Ownerless, Revisit, Scope, SignOff, Today, Urgent, Week};
    matches!(term, Late | Today | Week | Monday | Mine | MyTeam | SignOff | Revisit | Ownerless | Urgent | Owner(_) | Scope(_))
}
