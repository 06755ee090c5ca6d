//! What a look over the records finds amiss: facts that cannot be right, and work that has come to a halt.
//!
//! The list of what is looked for is closed ([`FindingKind`]); each says in `words` what it means and what to do. A finding is no
//! verdict: somebody may know why it is as it is, and exempts it with that reason until the facts change.

mod severity;
mod words;

pub use severity::{CheckRule, Severity};
pub use words::days_in_words;

use super::deed::Actor;
use super::error::RuleError;
use super::framework::{Framework, StepDuty};
use super::id::{ActionId, AlertId, PanelId, PersonId, ReviewId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Whether the family was heard is looked at for reviews that were opened within so many days: a year.
pub const RETURNED_LATELY_DAYS: i64 = 366;

/// What can be amiss.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingKind {
    /// An Inadequate review without an alert (M10, S10).
    InadequateWithoutAlert,
    /// An alert with a role that nobody holds, unexplained (M10).
    AlertGap,
    /// An alert whose record was not reviewed in time (M11).
    AlertNotReviewed,
    /// An urgent action past its time (M12).
    UrgentActionLate,
    /// An Inadequate review without any action, nor a reason for none.
    InadequateWithoutAction,
    /// An action of somebody who has left.
    OwnerLeft,
    /// An action due while its owner is away and nobody stands in.
    OwnerAway,
    /// An action that was due before it was raised.
    DueBeforeRaised,
    /// An action done without evidence (M17).
    DoneWithoutEvidence,
    /// An action signed off by its owner, or by who said that it was done (F11, S13).
    SignedOffByOwner,
    /// An action whose revisit was due (F14).
    RevisitOverdue,
    /// A loop open for more than three months (M17).
    LoopOpenLong,
    /// Supervision of a tracked case overdue for more than two weeks (M24): a few days late is for the list of supervision.
    SupervisionOverdue,
    /// A review returned without family contact or the reason why there was none (M04, F07).
    ReturnedWithoutFamily,
    /// A review in which nobody took a step for 14 days.
    Halted,
    /// A drawn case without a reviewer.
    NotAllocated,
    /// A review in the hands of somebody who has left.
    ReviewerLeft,
    /// A case under review that no practitioner holds.
    NoPractitioner,
    /// A practitioner under review without a line manager: nobody above them can be told (M10).
    NoLineManager,
    /// A case under review of a type that the framework does not know.
    CaseTypeUnknown,
    /// A case under review that no team holds, or one whose team belongs to no service: no line of management can be told.
    TeamUnknown,
    /// A review that waits for a panel for more than five weeks (M06).
    PanelWaitsLong,
    /// A sitting whose day is over and that was not closed.
    SittingNotClosed,
    /// The newest extract is more than five weeks old.
    OldExtract,
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// A review.
    Review(ReviewId),
    /// An action.
    Action(ActionId),
    /// An alert.
    Alert(AlertId),
    /// A sitting of the panel.
    Sitting(PanelId),
    /// The whole database.
    Database,
}

impl About {
    /// As it is stored: a kind and a number.
    pub fn key(self) -> String {
        match self {
            About::Review(id) => format!("review/{}", id.0),
            About::Action(id) => format!("action/{}", id.0),
            About::Alert(id) => format!("alert/{}", id.0),
            About::Sitting(id) => format!("panel/{}", id.0),
            About::Database => "database/0".to_string(),
        }
    }

    /// What stands in a row: a word and a number.
    pub fn of(word: &str, number: i64) -> Option<About> {
        Some(match word {
            "review" => About::Review(ReviewId(number)),
            "action" => About::Action(ActionId(number)),
            "alert" => About::Alert(AlertId(number)),
            "panel" => About::Sitting(PanelId(number)),
            "database" => About::Database,
            _ => return None,
        })
    }
}

/// Something that is amiss.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub kind: FindingKind,
    /// With what.
    pub about: About,
    /// What people say of it (`A-0183`, `P-12`); `extract` of the whole database's.
    pub reference: String,
    /// The review whose case it concerns, if any: by it a finding is withheld.
    pub review: Option<ReviewId>,
    /// How much it presses.
    pub severity: Severity,
    /// What is amiss, with the days that the profile gives it.
    pub label: String,
    /// What it is in particular: a name, a day. May be empty.
    pub said: String,
    /// The facts it rests on, as a word: where they change, an exemption lapses.
    pub facts: String,
    /// Why it is left alone, where somebody has said so and the facts are still the same.
    pub exempt: Option<Exemption>,
}

/// Why a finding is left alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exemption {
    /// What kind of finding.
    pub kind: FindingKind,
    /// About what.
    pub about: About,
    /// The review whose case it concerns, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<ReviewId>,
    /// The facts as they were.
    pub facts: String,
    /// Why.
    pub reason: String,
    /// Up to and with this day; none: until the facts change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// By whom; none: by somebody who is on no list of people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
    /// When.
    pub at: DateTime<Utc>,
}

impl Exemption {
    /// Whether it still holds for a finding: the facts are the same, and its day is not over.
    pub fn holds(&self, finding: &Finding, today: NaiveDate) -> bool {
        self.kind == finding.kind
            && self.about == finding.about
            && self.facts == finding.facts
            && self.until.is_none_or(|until| today <= until)
    }
}

/// Those to look at: with what was set aside, or without.
pub fn shown(found: &[Finding], all: bool) -> Vec<&Finding> {
    found.iter().filter(|finding| all || finding.exempt.is_none()).collect()
}

/// What a framework adds to the look: which kinds of review open alerts, and which steps are the return and the family contact.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Looking {
    /// Keys of the kinds whose Inadequate opens an alert.
    pub alerting: Vec<String>,
    /// Key of a kind, of its return, and of its family contact.
    pub returns: Vec<(String, String, String)>,
    /// Keys of the case types that are known.
    pub case_types: Vec<String>,
    /// What the framework in force says of single kinds.
    pub rules: Vec<CheckRule>,
}

impl Looking {
    /// What this framework adds.
    pub fn of(framework: &Framework) -> Looking {
        let inadequate = framework.escalation.grades.contains(&super::grade::Grade::Inadequate);
        let returns = framework.kinds.iter().filter_map(|kind| {
            let (_, returned) = kind.step_of(StepDuty::Return)?;
            let (_, family) = kind.step_of(StepDuty::FamilyContact)?;
            Some((kind.key.clone(), returned.key.clone(), family.key.clone()))
        });
        Looking {
            alerting: if inadequate { framework.escalation.kinds.clone() } else { Vec::new() },
            returns: returns.collect(),
            case_types: framework.case_types.iter().map(|known| known.key.clone()).collect(),
            rules: framework.checks.clone(),
        }
    }

    fn rule(&self, kind: FindingKind) -> Option<&CheckRule> {
        self.rules.iter().find(|rule| rule.kind == kind)
    }

    /// After how many days a kind is amiss; none: at once.
    pub fn days(&self, kind: FindingKind) -> Option<u32> {
        let usual = kind.usual_days()?;
        Some(self.rule(kind).and_then(|rule| rule.days).unwrap_or(usual))
    }

    /// How much a kind presses.
    pub fn severity(&self, kind: FindingKind) -> Severity {
        self.rule(kind).and_then(|rule| rule.severity).unwrap_or(kind.usual_severity())
    }

    /// What is amiss, with the days that the framework gives it.
    pub fn label(&self, kind: FindingKind) -> String {
        match self.days(kind) {
            Some(days) if Some(days) != kind.usual_days() => kind.label_after(days),
            _ => kind.label().to_string(),
        }
    }

    /// These kinds, what presses most first.
    pub fn ordered(&self, kinds: &[FindingKind]) -> Vec<FindingKind> {
        let mut kinds = kinds.to_vec();
        kinds.sort_by_key(|kind| (self.severity(*kind), *kind));
        kinds
    }

    /// Takes in what another framework adds; of single kinds it is the framework in force that says.
    pub fn also(&mut self, other: Looking) {
        self.case_types.extend(other.case_types);
        self.alerting.extend(other.alerting);
        self.returns.extend(other.returns);
        self.alerting.sort();
        self.alerting.dedup();
        self.returns.sort();
        self.returns.dedup();
    }
}

/// Whether somebody may exempt a finding, and the reason they give. The Insights team and managers may: whoever is asked about it.
pub fn may_exempt(
    framework: &Framework,
    actor: &Actor,
    finding: &Finding,
    reason: &str,
    until: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<(), RuleError> {
    if framework.role(&actor.role).is_some_and(|role| !role.insights && !role.manages) {
        let what = format!("What is amiss with {} is not yours to set aside.", finding.reference);
        return Err(RuleError::new(what, "The Insights team or a manager can."));
    }
    if reason.trim().is_empty() {
        return Err(RuleError::new("It is not set aside without a reason.", "Write down why it is as it should be."));
    }
    if until.is_some_and(|until| until < today) {
        return Err(RuleError::new("That day is over.", "Give a later one, or none."));
    }
    Ok(())
}
