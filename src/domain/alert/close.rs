//! What has to be there before an alert closes: nothing told is left open, assurance is given, and what the framework asks for
//! afterwards is recorded. M10, M11, M12, M18, S11, F10, C04.

use super::{Alert, AlertEvent, AlertFact, Doer, Need};
use crate::domain::action::Action;
use crate::domain::change::Change;
use crate::domain::error::RuleError;
use crate::domain::framework::{EscalationRule, SubjectKind};
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

impl KeptKind {
    /// The roles that record it: those of fostering for a foster carer (S09). Empty: the Insights team, or somebody whom the
    /// alert is addressed to.
    pub fn recorded_by(self, rule: &EscalationRule, subject: SubjectKind) -> Vec<String> {
        let named: Vec<&str> = match self {
            KeptKind::SignOff => rule.signed_off_by.as_deref().into_iter().collect(),
            KeptKind::Supervision => rule.supervision_recorded_by.iter().map(String::as_str).collect(),
            KeptKind::Reflection => Vec::new(),
        };
        named.into_iter().map(|role| rule.role_for(subject, role).to_string()).collect()
    }

    /// The same in words.
    pub fn who(self, rule: &EscalationRule, subject: SubjectKind) -> String {
        let roles: Vec<String> = self.recorded_by(rule, subject).iter().map(|role| format!("the {role}")).collect();
        if roles.is_empty() { "the Insights team or somebody it is addressed to".to_string() } else { roles.join(" or ") }
    }
}

impl Alert {
    /// Whether somebody may record this about it: by their role, or for somebody of that role who is away. F10, C04.
    pub fn may_keep(&self, kind: KeptKind, doer: &Doer, rule: &EscalationRule, subject: SubjectKind) -> bool {
        match kind.recorded_by(rule, subject).as_slice() {
            [] => doer.leads || self.addressees.iter().filter_map(|one| one.person).any(|person| doer.stands_for(person)),
            roles => roles.iter().any(|role| doer.has_role(role)),
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
    /// In which role, as it was at that moment (`AD`, or `HoS, for the AD`); empty in rows that were written before it was kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// When it was written down.
    pub at: DateTime<Utc>,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
}

/// Records what the framework asks for afterwards. F10: the actions are signed off, and the supervision is recorded, by the
/// roles it names; C04: the discussion was held with the practitioner, and what came of it is written down.
pub fn keep(
    now: DateTime<Utc>,
    alert: &Alert,
    (kind, on, note): (KeptKind, NaiveDate, String),
    subject: SubjectKind,
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
    if !alert.may_keep(kind, doer, rule, subject) {
        let who = kind.who(rule, subject);
        let what = match kind {
            KeptKind::SignOff => format!("The actions of {} are signed off by {who}.", alert.reference),
            KeptKind::Supervision => format!("The supervision after {} is recorded by {who}.", alert.reference),
            KeptKind::Reflection => format!("The reflective discussion after {} is recorded by {who}.", alert.reference),
        };
        return Err(RuleError::under(kind.rule(), what, format!("Ask {who} to do it.")));
    }
    let today = crate::domain::calendar::local_date(now);
    if on > today || on < crate::domain::calendar::local_date(alert.opened_at) {
        return Err(RuleError::new("That day lies before the alert or ahead.", "Give a day from its opening to today."));
    }
    if note.is_empty() {
        return Err(RuleError::under(kind.rule(), "It is recorded with what came of it.", "Write a sentence or two."));
    }
    let role = in_role(doer, &kind.recorded_by(rule, subject));
    Ok(alert.event(now, doer.person, AlertFact::Kept { kind, on, note, role }))
}

/// In which role somebody does it: their own, or that of whom they act for.
fn in_role(doer: &Doer, wanted: &[String]) -> String {
    let own = doer.roles.first().cloned().unwrap_or_default();
    match wanted.iter().find(|role| doer.has_role(role)) {
        Some(role) if !own.eq_ignore_ascii_case(role) => format!("{own}, for the {role}"),
        _ => own,
    }
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
    let own = doer.person.is_some_and(|person| alert.place_of(person).is_some());
    if !doer.leads && !own {
        return Err(RuleError::new(
            format!("{} is closed by the Insights team or by somebody it is addressed to.", alert.reference),
            "Tell the Insights team that it can be closed.",
        ));
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
    Ok(Change::AlertClosed { alert: alert.id, review: alert.review, assurance: words, at: now })
}
