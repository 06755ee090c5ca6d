//! Reminders before an action's day: which one is due today, never one after it.

use super::Action;
use crate::domain::calendar::local;
use crate::domain::framework::ActionRule;
use chrono::{DateTime, Duration, NaiveDate, Timelike, Utc};

/// The longest a profile may remind beforehand, in days.
pub const REMIND_AT_MOST: u32 = 60;

/// Nobody's mailbox rings in the night: reminders are queued from this hour on, England's time.
const FROM_HOUR: u32 = 8;

/// Whether it is late enough in the day to remind anybody.
pub fn may_remind(now: DateTime<Utc>) -> bool {
    local(now).hour() >= FROM_HOUR
}

impl Action {
    /// How many days before its day the reminder was wanted that is due by now, the last one where several have passed; none: nothing
    /// is to be said. Whoever was given the action on that day or later knows its day. It is only for what is still to be done, and
    /// only before the day itself: afterwards the action is late, which the tracker shows to those who can act.
    pub fn reminder(&self, today: NaiveDate, rule: &ActionRule) -> Option<u32> {
        if !self.state.is_open() || self.due_on <= today {
            return None;
        }
        let left = u32::try_from((self.due_on - today).num_days()).unwrap_or(u32::MAX);
        let days = rule.remind_before.iter().copied().filter(|days| *days >= left).min()?;
        let wanted_on = self.due_on - Duration::days(i64::from(days));
        self.began_on().is_none_or(|began| began < wanted_on).then_some(days)
    }
}
