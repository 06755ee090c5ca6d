//! On which sitting's agenda a review stands that waits for the panel: on one and no other.

use super::{Reading, variant};
use crate::domain::id::{PanelId, ReviewId};
use crate::domain::panel::ItemStand;
use crate::store::error::StoreResult;
use chrono::NaiveDate;

/// The sitting that has a waiting review (alias `r`, its team `t`) on its agenda, as an expression.
///
/// On a table, or opened and put aside: that sitting. Else the one that somebody moved it to, as long as that is to come. Else
/// the first that was planned, so that planning another takes nothing away: of those that take its service and have given it
/// no outcome; one whose day went by unused comes last. `today` is the day as an expression: [`written`], or better a bound value,
/// with which the statement stays the same from day to day.
///
/// The day by which a review is due follows the same order in `sql/28_sitting_day.sql`, which is a step of the ladder and written out there
/// for good: whoever changes the one adds a step that changes the other.
pub(super) fn sitting_of(today: &str) -> String {
    format!(
        "coalesce(
        (SELECT p.id FROM panel p WHERE p.item = r.id),
        (SELECT p.id FROM panel_item i JOIN panel p ON p.id = i.panel WHERE i.review = r.id AND i.stand = 'open'
         AND p.stand <> 'closed' ORDER BY p.id LIMIT 1),
        (SELECT p.id FROM panel p WHERE p.id = r.panel_sitting AND p.stand <> 'closed'
         AND NOT EXISTS (SELECT 1 FROM panel_item i WHERE i.panel = p.id AND i.review = r.id)),
        (SELECT p.id FROM panel p WHERE p.stand <> 'closed'
         AND (coalesce(p.body ->> 'service', '') = '' OR p.body ->> 'service' = t.service COLLATE NOCASE)
         AND NOT EXISTS (SELECT 1 FROM panel_item i WHERE i.panel = p.id AND i.review = r.id)
         ORDER BY p.stand = 'planned' AND p.on_day < {today}, p.id LIMIT 1))"
    )
}

/// A day written into a statement.
pub(super) fn written(day: NaiveDate) -> String {
    format!("'{day}'")
}

impl Reading<'_> {
    /// The sitting that has a waiting review on its agenda; none while none is planned that takes it.
    pub fn sitting_of(&self, review: ReviewId, today: NaiveDate) -> StoreResult<Option<PanelId>> {
        let sql = format!("SELECT {} FROM review r LEFT JOIN team t ON t.id = r.team WHERE r.id = ?1", sitting_of("?2"));
        Ok(self.one(&sql, &[&review.0, &today.to_string()], |row| row.get::<_, Option<i64>>(0))?.flatten().map(PanelId))
    }

    /// The day of the sitting for which a review is listed that waits for the panel, by which it is due; none: it is due as the rule
    /// says. The rule's own day is what [`Reading::review`] gives.
    pub fn listed_for(&self, review: ReviewId) -> StoreResult<Option<NaiveDate>> {
        let sql = "SELECT due_on FROM review WHERE id = ?1 AND phase_due IS NOT NULL";
        self.one(sql, &[&review.0], |row| super::day(row, 0))
    }

    /// The sitting that somebody moved a review to, whatever became of it.
    pub fn moved_to(&self, review: ReviewId) -> StoreResult<Option<PanelId>> {
        let sql = "SELECT panel_sitting FROM review WHERE id = ?1";
        Ok(self.one(sql, &[&review.0], |row| row.get::<_, Option<i64>>(0))?.flatten().map(PanelId))
    }

    /// Where a review stands as an item of one sitting; none: it was never on its table.
    pub fn item_stand(&self, panel: PanelId, review: ReviewId) -> StoreResult<Option<ItemStand>> {
        let sql = "SELECT stand FROM panel_item WHERE panel = ?1 AND review = ?2";
        let word = self.one(sql, &[&panel.0, &review.0], |row| row.get::<_, String>(0))?;
        word.map(|word| variant("panel_item.stand", &word)).transpose()
    }

    /// Whether anything of a review was changed since the panel last sent it back: an answer, a step or an action.
    pub fn changed_since_sent_back(&self, review: ReviewId) -> StoreResult<bool> {
        let sql = "SELECT count(*) FROM journal WHERE review = ?1 AND kind IN ('answered', 'step-recorded', 'action-recorded')
             AND seq > (SELECT coalesce(max(seq), 0) FROM journal WHERE review = ?1 AND kind = 'item-sent-back')";
        Ok(self.count(sql, &[&review.0])? > 0)
    }
}
