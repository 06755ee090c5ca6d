//! What has to be there before an alert closes: nothing told is left open, assurance is given, and what the framework asks for
//! afterwards is recorded. M10, M11, M12, M18, S11, F10, C04.

use super::{Alert, AlertEvent, AlertFact, Doer, Need};
use crate::domain::action::Action;
use crate::domain::change::Change;
use crate::domain::error::RuleError;
use crate::domain::framework::EscalationRule;
use crate::domain::id::PersonId;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// What the framework asks to have recorded after the concern was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeptKind {
    /// The assistant director signed its actions off (F10).
    SignOff,
    /// It was discussed at the next supervision (F10).
    Supervision,
    /// The reflective discussion with the practitioner after the audit (C04).
    Reflection,
}

impl KeptKind {
    /// Every kind.
    pub const ALL: [KeptKind; 3] = [KeptKind::SignOff, KeptKind::Supervision, KeptKind::Reflection];

    /// Word by which it is chosen.
    pub fn key(self) -> &'static str {
        match self {
            KeptKind::SignOff => "sign-off",
            KeptKind::Supervision => "supervision",
            KeptKind::Reflection => "reflection",
        }
    }

    /// The kind of this word.
    pub fn of_key(key: &str) -> Option<KeptKind> {
        KeptKind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// Words for the screen.
    pub fn label(self) -> &'static str {
        match self {
            KeptKind::SignOff => "Actions signed off",
            KeptKind::Supervision => "Discussed in supervision",
            KeptKind::Reflection => "Reflective discussion held",
        }
    }

    /// The rule that asks for it.
    pub fn rule(self) -> &'static str {
        match self {
            KeptKind::SignOff | KeptKind::Supervision => "F10",
            KeptKind::Reflection => "C04",
        }
    }

    /// Whether a framework asks for it on an alert of this trigger. F10 speaks of immediate concerns, C04 of an Inadequate.
    pub fn is_asked(self, alert: &Alert, rule: &EscalationRule) -> bool {
        match self {
            KeptKind::SignOff => rule.signed_off_by.is_some(),
            KeptKind::Supervision => rule.discussed_in_supervision,
            KeptKind::Reflection => rule.reflective_discussion && alert.trigger.is_grade(),
        }
    }
}

/// Something that was recorded afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// What.
    pub kind: KeptKind,
    /// The day it happened.
    pub on: NaiveDate,
    /// In words.
    pub note: String,
    /// When it was written down.
    pub at: DateTime<Utc>,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
}

/// Records what the framework asks for afterwards. F10: the actions are signed off by the role it names (`role` is that of
/// fostering for a foster carer); C04: the discussion was held with the practitioner, and what came of it is written down.
pub fn keep(
    now: DateTime<Utc>,
    alert: &Alert,
    (kind, on, note): (KeptKind, NaiveDate, String),
    role: Option<&str>,
    doer: &Doer,
    rule: &EscalationRule,
) -> Result<AlertEvent, RuleError> {
    if !kind.is_asked(alert, rule) {
        return Err(RuleError::new(format!("The framework does not ask for that on {}.", alert.reference), "Nothing has to be recorded."));
    }
    if !alert.is_open() {
        return Err(RuleError::new(format!("{} is closed.", alert.reference), "What belongs to it was recorded."));
    }
    if let Some(earlier) = alert.kept.iter().find(|kept| kept.kind == kind) {
        let what = format!("{}: recorded already, for {}.", kind.label(), earlier.on.format("%-d %B"));
        return Err(RuleError::under(kind.rule(), what, "Read it in the alert."));
    }
    if let Some(role) = role.filter(|role| kind == KeptKind::SignOff && !doer.has_role(role)) {
        return Err(RuleError::under(
            "F10",
            format!("The actions of {} are signed off by the {role}.", alert.reference),
            format!("Ask the {role} to do it."),
        ));
    }
    let today = crate::domain::calendar::local_date(now);
    if on > today || on < crate::domain::calendar::local_date(alert.opened_at) {
        return Err(RuleError::new("That day lies before the alert or ahead.", "Give a day from its opening to today."));
    }
    if note.is_empty() {
        return Err(RuleError::under(kind.rule(), "It is recorded with what came of it.", "Write a sentence or two."));
    }
    Ok(alert.event(now, doer.person, AlertFact::Kept { kind, on, note }))
}

/// Closes an alert. Refused with the rule while anything that it needs is missing; the safety question first.
pub fn close(
    now: DateTime<Utc>,
    alert: &Alert,
    words: String,
    urgent: &[Action],
    doer: &Doer,
    rule: &EscalationRule,
) -> Result<Change, RuleError> {
    if !alert.is_open() {
        return Err(RuleError::new(format!("{} is closed already.", alert.reference), ""));
    }
    if let Some(safety) = alert.unanswered(rule).into_iter().find(|question| question.safety) {
        return Err(RuleError::under(
            "M11",
            format!("{} stays open: \u{201c}{}\u{201d} is not answered.", alert.reference, safety.label),
            "Nothing closes before somebody has said whether everybody is safe.",
        ));
    }
    if let Some(need) = alert.needs(now, rule, urgent).into_iter().find(|need| *need != Need::Close) {
        return Err(RuleError::under(
            need.rule(),
            format!("{} stays open: {}.", alert.reference, need.missing(alert, rule)),
            need.remedy(),
        ));
    }
    let own = doer.person.is_some_and(|person| alert.place_of(person).is_some());
    if !doer.leads && !own {
        return Err(RuleError::new(
            format!("{} is closed by the Insights team or by somebody it is addressed to.", alert.reference),
            "Tell the Insights team that it can be closed.",
        ));
    }
    Ok(Change::AlertClosed { alert: alert.id, review: alert.review, assurance: words, at: now })
}
