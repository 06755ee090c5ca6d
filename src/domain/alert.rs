//! Inadequate alerts: opened in the same transaction as the grade, addressed to roles that were looked up at that moment.
//!
//! M10: six people hear of it; a role that nobody holds is a gap with a name, never dropped.

use super::calendar::Calendar;
use super::error::RuleError;
use super::framework::{Addressee, Framework, Side};
use super::id::{AlertId, PersonId, ReviewId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// An alert, as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// Row number.
    pub id: AlertId,
    /// What people say (`AL-0012`).
    pub reference: String,
    /// The review it is about.
    pub review: ReviewId,
    /// What opened it; one alert for each review and trigger.
    pub trigger: AlertTrigger,
    /// When.
    pub opened_at: DateTime<Utc>,
    /// The record is to be reviewed by then (M11), where the framework sets a time.
    pub review_due_at: Option<DateTime<Utc>>,
    /// The rule in force when it was opened, in words (`24 hours`).
    pub review_within: String,
    /// Who is to be told, as resolved at that moment.
    pub addressees: Vec<AlertAddressee>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
}

/// What opens an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlertTrigger {
    /// The reviewer's grade.
    Reviewer,
    /// The panel's grade.
    Moderator,
}

impl AlertTrigger {
    /// Words for the screen.
    pub fn label(self) -> &'static str {
        match self {
            AlertTrigger::Reviewer => "graded by the reviewer",
            AlertTrigger::Moderator => "graded by the panel",
        }
    }
}

/// A role that is to be told, and who holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertAddressee {
    /// Role key.
    pub role: String,
    /// The Insights side or the child's own line.
    pub side: Side,
    /// Who holds it; none is a gap that somebody must fill or explain.
    pub person: Option<PersonId>,
    /// Told at this moment.
    pub told_at: Option<DateTime<Utc>>,
}

/// Opens an alert with its addressees. `holder` says who holds a role for this review, if anybody.
pub fn open(
    now: DateTime<Utc>,
    framework: &Framework,
    calendar: &Calendar,
    id: AlertId,
    review: ReviewId,
    trigger: AlertTrigger,
    holder: &dyn Fn(&Addressee) -> Option<PersonId>,
) -> Result<Alert, RuleError> {
    let rule = &framework.escalation;
    let review_due_at = match rule.review_within {
        Some(span) => Some(calendar.due(now, span).map_err(RuleError::from)?.at),
        None => None,
    };
    let addressees = rule.addressees.iter().map(|addressee| AlertAddressee {
        role: addressee.role.clone(),
        side: addressee.side,
        person: holder(addressee),
        told_at: None,
    });
    Ok(Alert {
        id,
        reference: super::id::reference("AL", id.0),
        review,
        trigger,
        opened_at: now,
        review_due_at,
        review_within: rule.review_within.map(|span| span.to_string()).unwrap_or_default(),
        addressees: addressees.collect(),
        closed_at: None,
    })
}
