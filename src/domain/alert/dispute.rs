//! A dispute about the level of concern: raised with a reason, decided once by the person whom the framework names, finally.
//! M13, S12, S09.

use super::{Alert, AlertEvent, AlertFact, Doer};
use crate::domain::calendar::Calendar;
use crate::domain::error::RuleError;
use crate::domain::framework::{EscalationRule, Side};
use crate::domain::id::PersonId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A dispute, and how it was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// Why the level of concern is disputed.
    pub because: String,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
    /// Who decides; none: nobody held the role when it was raised.
    pub decider: Option<PersonId>,
    /// To be decided by then.
    pub due_at: Option<DateTime<Utc>>,
    /// The decision, which is final.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
}

/// A final decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The level of concern stands; otherwise it is lower.
    pub stands: bool,
    /// Why.
    pub because: String,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
}

impl Dispute {
    /// Whether it waits for its decision.
    pub fn is_open(&self) -> bool {
        self.decision.is_none()
    }
}

/// Disputes the level of concern. M13, S12: once, with a reason; `decider` is who decides as the role is held now.
pub fn dispute(
    now: DateTime<Utc>,
    alert: &Alert,
    because: String,
    decider: Option<PersonId>,
    doer: &Doer,
    rule: &EscalationRule,
    calendar: &Calendar,
) -> Result<AlertEvent, RuleError> {
    if !alert.is_open() {
        return Err(RuleError::new(format!("{} is closed.", alert.reference), "A level of concern is disputed while the alert is open."));
    }
    if rule.dispute_decided_by.is_none() {
        return Err(RuleError::new("The framework names nobody who decides such a dispute.", "Write the other view into the assurance."));
    }
    if let Some(earlier) = &alert.dispute {
        let (what, then) = match &earlier.decision {
            Some(_) => ("was disputed and decided; the decision is final", "Read it in the alert."),
            None => ("is disputed already", "Wait for the decision."),
        };
        return Err(RuleError::under("M13", format!("The level of concern of {} {what}.", alert.reference), then));
    }
    if because.is_empty() {
        return Err(RuleError::under("M13", "A dispute needs its reason.", "Say which level of concern would be right, and why."));
    }
    let due_at = match rule.dispute_within {
        Some(span) => Some(calendar.due(now, span).map_err(RuleError::from)?.at),
        None => None,
    };
    Ok(alert.event(now, doer.person, AlertFact::Disputed { because, decider, due_at }))
}

/// Whether somebody decides a dispute: whom it was put before, or whoever acts for them; and where nobody is named or it is the
/// Insights side, which has one head, whoever holds the role. M13, S12.
pub fn may_decide(dispute: &Dispute, role: &str, side: Side, doer: &Doer) -> bool {
    let theirs = dispute.decider.is_some_and(|person| doer.stands_for(person));
    // In the child's line it is the one of that line, not any of the same rank.
    theirs || ((side == Side::Insights || dispute.decider.is_none()) && doer.has_role(role))
}

/// Decides a dispute, finally. M13, S12; `role` is the deciding role, that of fostering for a foster carer (S09).
pub fn decide_dispute(
    now: DateTime<Utc>,
    alert: &Alert,
    stands: bool,
    because: String,
    (role, side): (&str, Side),
    doer: &Doer,
    named: &dyn Fn(PersonId) -> String,
) -> Result<AlertEvent, RuleError> {
    let Some(dispute) = &alert.dispute else {
        return Err(RuleError::new(format!("The level of concern of {} is not disputed.", alert.reference), "There is nothing to decide."));
    };
    if let Some(decision) = &dispute.decision {
        let by = decision.by.map_or_else(String::new, |person| format!(" by {}", named(person)));
        return Err(RuleError::under(
            "M13",
            format!("The dispute about {} was decided{by}; that decision is final.", alert.reference),
            "It stands, whoever disagrees.",
        ));
    }
    if !may_decide(dispute, role, side, doer) {
        let who =
            dispute.decider.map_or_else(|| format!("the {role}, a role nobody holds"), |person| format!("{} ({role})", named(person)));
        return Err(RuleError::under(
            "M13",
            format!("A dispute about the level of concern is decided by {who}."),
            format!("Ask {who}, or whoever acts for them while they are away."),
        ));
    }
    if because.is_empty() {
        return Err(RuleError::under("M13", "A final decision gives its reason.", "Say why, in a sentence or two."));
    }
    Ok(alert.event(now, doer.person, AlertFact::DisputeDecided { stands, because }))
}
