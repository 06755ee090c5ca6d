//! One line of the list of alerts in a report.

use crate::domain::alert::Alert;
use crate::domain::calendar::local_date;
use crate::domain::id::ReviewId;
use crate::domain::insight::Share;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// An alert as a report lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertLine {
    /// Its review.
    pub review: ReviewId,
    /// `AL-0012`.
    pub reference: String,
    /// The day it was opened.
    pub opened_on: NaiveDate,
    /// The day it was closed.
    pub closed_on: Option<NaiveDate>,
    /// Reference of its review.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub of: String,
    /// What opened it, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// Those who had to be told, and how many were.
    #[serde(default, skip_serializing_if = "nobody")]
    pub told: Share,
    /// Minutes until the last of them was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<i64>,
    /// The day the record was reviewed and assurance was complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed_on: Option<NaiveDate>,
    /// The framework asks for no review of the record.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unasked: bool,
    /// Whether that was in time; none where that cannot be said yet, or nothing is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_time: Option<bool>,
}

/// What a report did not say yet when it was kept is not written into it now: it has to stay as the journal has it.
fn nobody(told: &Share) -> bool {
    *told == Share::default()
}

impl AlertLine {
    /// An alert as it stands now; `of` is the reference of its review. Whether its record has to be reviewed says the framework.
    pub fn of(review: ReviewId, of: String, alert: &Alert, now: DateTime<Utc>) -> AlertLine {
        let last = alert.heard_by().filter_map(|addressee| Some((addressee.told_at? - alert.since(addressee)).num_minutes().max(0)));
        AlertLine {
            review,
            reference: alert.reference.clone(),
            opened_on: local_date(alert.opened_at),
            closed_on: alert.closed_at.map(local_date),
            of,
            why: alert.trigger.label().to_string(),
            told: alert.heard_by().fold(Share::default(), |sum, one| sum.and(Share::new(u32::from(one.told_at.is_some()), 1))),
            minutes: last.max(),
            unasked: false,
            reviewed_on: alert.assured_at().map(local_date),
            in_time: alert.reviewed_in_time(now),
        }
    }
}
