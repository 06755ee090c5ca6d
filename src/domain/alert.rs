//! Inadequate alerts: opened in the same transaction as the grade, addressed to roles that were looked up at that moment.
//!
//! M10: six people hear of it; a role that nobody holds is a gap with a name, never dropped.

use super::calendar::Calendar;
use super::error::RuleError;
use super::framework::{Addressee, Framework, Side, SubjectKind};
use super::id::{AlertId, PersonId, ReviewId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

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
    /// Who is to be told: who holds it, or who stands in while that person is away; none is a gap that somebody must fill
    /// or explain.
    pub person: Option<PersonId>,
    /// Who holds it, where another stands in.
    #[serde(default)]
    pub instead_of: Option<PersonId>,
    /// Whoever holds it is recused from the review: that is why another hears, or nobody.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub recused: bool,
    /// Told at this moment.
    pub told_at: Option<DateTime<Utc>>,
}

/// How the people of an alert are found at the moment of opening.
pub struct Finding<'a> {
    /// Who holds a role for this review, if anybody.
    pub holder: &'a dyn Fn(&Addressee) -> Option<PersonId>,
    /// Who acts for somebody who is away.
    pub acting: &'a dyn Fn(PersonId) -> PersonId,
    /// Everybody above somebody who can be told, nearest first.
    pub above: &'a dyn Fn(PersonId) -> Vec<PersonId>,
    /// Who is recused from the review: nothing of it may reach them.
    pub recused: &'a BTreeSet<PersonId>,
}

impl Finding<'_> {
    /// Who hears in place of the holder of a role: whoever acts for them; the next above who is not recused where they are;
    /// none where nobody is. M10.
    fn told(&self, holder: PersonId) -> Option<PersonId> {
        let free = |person: &PersonId| !self.recused.contains(person);
        let stands = std::iter::once(holder).chain((self.above)(holder)).find(free)?;
        Some(Some((self.acting)(stands)).filter(free).unwrap_or(stands))
    }
}

/// Opens an alert with its addressees: for a foster carer those of fostering (S09). Whoever is recused is not told; the next
/// up the line is.
#[allow(clippy::too_many_arguments, reason = "everything that is true at the moment of opening")]
pub fn open(
    now: DateTime<Utc>,
    framework: &Framework,
    calendar: &Calendar,
    id: AlertId,
    review: ReviewId,
    subject: SubjectKind,
    trigger: AlertTrigger,
    finding: &Finding<'_>,
) -> Result<Alert, RuleError> {
    let rule = &framework.escalation;
    let review_due_at = match rule.review_within {
        Some(span) => Some(calendar.due(now, span).map_err(RuleError::from)?.at),
        None => None,
    };
    let addressees = rule.addressees.iter().map(|addressee| {
        let acts = match addressee.side {
            Side::Child => rule.role_for(subject, &addressee.role),
            Side::Insights => addressee.role.as_str(),
        };
        let addressee = Addressee { role: acts.to_string(), side: addressee.side };
        let holds = (finding.holder)(&addressee);
        let person = holds.and_then(|holder| finding.told(holder));
        AlertAddressee {
            person,
            instead_of: holds.filter(|_| holds != person),
            recused: holds.is_some_and(|holder| finding.recused.contains(&holder)),
            role: addressee.role,
            side: addressee.side,
            told_at: None,
        }
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
