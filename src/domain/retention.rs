//! How long a record is kept, what holds it back, and the erasure that two people answer for.
//!
//! The years are the council's: the profiles carry a proposal that its own records officer signs off. Nothing is ever erased because a
//! day has come: the day only brings a record onto the list of those to decide about.

use super::count::counted;
use super::error::RuleError;
use super::framework::Framework;
use super::framework::SubjectKind;
use super::grade::Judgement;
use super::id::{CycleId, DisposalId, PersonId, ReviewId, SubjectId, TeamId};
use super::review::{Chosen, ReviewState};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A class of records and how long they are kept, as a framework says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionClass {
    /// Stable key.
    pub key: String,
    /// What people call it.
    pub label: String,
    /// Whole years from the day the review was opened.
    pub years: u32,
    /// Kinds of review that belong to it, by key; empty: all that no other class names.
    pub kinds: Vec<String>,
}

/// The class of a kind of review; none: the framework sets no time for it.
pub fn class_of<'a>(framework: &'a Framework, kind: &str) -> Option<&'a RetentionClass> {
    let named = framework.retention.iter().find(|class| class.kinds.iter().any(|known| known == kind));
    named.or_else(|| framework.retention.iter().find(|class| class.kinds.is_empty()))
}

/// The day on which a record comes up to be decided about.
pub fn review_on(opened_on: NaiveDate, class: &RetentionClass) -> NaiveDate {
    let year = opened_on.year() + i32::try_from(class.years).unwrap_or(1000);
    // A 29 February that has no anniversary comes up the day after.
    opened_on.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1)).unwrap_or(NaiveDate::MAX)
}

/// The latest days on which a record can have been opened that has come up by a day: each class keeps its records for years of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedBy {
    /// Of the kinds that a class names.
    pub of_kinds: BTreeMap<String, NaiveDate>,
    /// Of every other kind; none: those are never up.
    pub of_others: Option<NaiveDate>,
}

impl OpenedBy {
    /// The latest of them.
    pub fn latest(&self) -> NaiveDate {
        self.of_kinds.values().copied().chain(self.of_others).max().unwrap_or(NaiveDate::MIN)
    }
}

/// How old a record has to be to have come up by a day ([`review_on`]), class by class; none: the framework sets no time for any.
pub fn opened_by(framework: &Framework, by: NaiveDate) -> Option<OpenedBy> {
    let day = |class: &RetentionClass| {
        let year = by.year() - i32::try_from(class.years).unwrap_or(1000);
        by.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 2, 28)).unwrap_or(NaiveDate::MIN)
    };
    let classes = &framework.retention;
    let kinds = classes.iter().flat_map(|class| &class.kinds);
    let of_kinds = kinds.filter_map(|kind| Some((kind.clone(), day(class_of(framework, kind)?)))).collect();
    let of_others = classes.iter().find(|class| class.kinds.is_empty()).map(day);
    (!classes.is_empty()).then_some(OpenedBy { of_kinds, of_others })
}

/// A reason why a record must not be erased, whatever its age: an inquiry, a court, a complaint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Which review.
    pub review: ReviewId,
    /// Why.
    pub why: String,
    /// Who said so.
    pub by: Option<PersonId>,
    /// Since when.
    pub on: NaiveDate,
}

/// Where a disposal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DisposalStand {
    /// Asked for by one person.
    Asked,
    /// Approved by a second.
    Approved,
    /// Refused.
    Refused,
    /// Done: the records are gone.
    Done,
}

impl DisposalStand {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            DisposalStand::Asked => "asked for, waits for a second person",
            DisposalStand::Approved => "approved, not yet done",
            DisposalStand::Refused => "refused",
            DisposalStand::Done => "done",
        }
    }
}

/// The erasure of some records: one person asks, another approves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disposal {
    /// Row number.
    pub id: DisposalId,
    /// Which reviews.
    pub reviews: Vec<ReviewId>,
    /// Why, and on what authority.
    pub why: String,
    /// Login of whoever asked.
    pub asked_by: String,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// Where it stands.
    pub stand: DisposalStand,
    /// Login of whoever approved or refused it.
    #[serde(default)]
    pub settled_by: String,
    /// Why it was refused.
    #[serde(default)]
    pub because: String,
    /// Its records are gone, and the files were not swept since: bytes of them may still lie there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unswept: bool,
}

/// What is true of a record when its erasure is asked for or done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// `CR-0412`.
    pub reference: String,
    /// Its kind.
    pub kind: String,
    /// The day it was opened.
    pub opened_on: NaiveDate,
    /// Where it stands.
    pub state: ReviewState,
    /// Alerts, disputes and actions on it that are open, and its loop if that is.
    pub open_things: u32,
    /// What holds it back.
    pub hold: Option<Hold>,
    /// It is erased already.
    pub erased: bool,
}

/// Refuses whoever may not decide about keeping and erasing: the managers of the Insights team may.
pub fn may_decide(framework: &Framework, role: Option<&str>) -> Result<(), RuleError> {
    super::look::may_read(framework, role).map_err(|refused| RuleError {
        what: "Keeping and erasing records is decided by the managers of the Insights team.".into(),
        ..refused
    })
}

/// Refuses the erasure of a record that is still needed, held, too young, or gone.
pub fn may_erase(framework: &Framework, ground: &Ground, today: NaiveDate) -> Result<(), RuleError> {
    let reference = &ground.reference;
    if ground.erased {
        return Err(RuleError::new(format!("{reference} is erased already."), "Leave it out."));
    }
    if let Some(hold) = &ground.hold {
        return Err(RuleError::new(
            format!("{reference} is held since {}: {}.", hold.on.format("%-d %B %Y"), hold.why.trim_end_matches('.')),
            "It is kept until that is released, whatever its age.",
        ));
    }
    if ground.state == ReviewState::Open {
        return Err(RuleError::new(format!("{reference} is still under way."), "Finalise it first, or leave it out."));
    }
    if ground.open_things > 0 {
        let open = counted(ground.open_things, "thing is", "things are");
        return Err(RuleError::new(
            format!("{open} still open on {reference}: an alert, a dispute, an action or its loop."),
            "Close them first, or leave it out.",
        ));
    }
    match class_of(framework, &ground.kind) {
        None => Err(RuleError::new(
            format!("The framework does not say how long {reference} is kept."),
            "Add its class to the framework\u{2019}s [[retention]] and have the council sign it off.",
        )),
        Some(class) => match review_on(ground.opened_on, class) {
            day if day > today => Err(RuleError::new(
                format!(
                    "{reference} ({}) is kept for {} and comes up on {}.",
                    class.label,
                    counted(class.years, "year", "years"),
                    day.format("%-d %B %Y")
                ),
                "Leave it out until then.",
            )),
            _ => Ok(()),
        },
    }
}

/// Refuses to refuse a disposal that nobody waits for any more. An approved one is withdrawn by whoever may decide, whoever asked for it:
/// its records stay, and can be asked for anew. `own` as for [`may_settle`]. T47.
pub fn may_refuse(disposal: &Disposal, own: bool) -> Result<(), RuleError> {
    if disposal.stand == DisposalStand::Approved { Ok(()) } else { may_settle(disposal, own) }
}

/// Refuses a second word by whoever spoke the first. `own`: whoever speaks now has, or ever had, the login that it was asked under;
/// persons are compared and not logins, which somebody may have had several of.
pub fn may_settle(disposal: &Disposal, own: bool) -> Result<(), RuleError> {
    if disposal.stand != DisposalStand::Asked {
        return Err(RuleError::new(format!("That disposal is {}.", disposal.stand.label()), "Nothing is left to approve."));
    }
    if own {
        return Err(RuleError::new(
            "You asked for this disposal yourself; it needs a second person.",
            "Ask another manager of the Insights team.",
        ));
    }
    Ok(())
}

/// What stays of an erased review: that it took place, when, of what kind, and how it was graded. Nothing about the child or in
/// anybody's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewLeft {
    /// `CR-0412`.
    pub reference: String,
    /// Its cycle.
    pub cycle: CycleId,
    /// Its kind.
    pub kind: String,
    /// The row of its subject, of which as little stays.
    pub subject: SubjectId,
    /// The case type.
    pub case_type: String,
    /// The team.
    pub team: Option<TeamId>,
    /// The day it was opened.
    pub opened_on: NaiveDate,
    /// How the case came in.
    pub chosen: Chosen,
    /// Who named it, where it was not drawn.
    pub named_by: Option<PersonId>,
    /// It was taken out of the sample.
    pub withdrawn: bool,
    /// The original judgement.
    pub original: Option<Judgement>,
    /// The panel's.
    pub moderated: Option<Judgement>,
    /// When it was submitted, UTC milliseconds.
    pub submitted_at: Option<i64>,
    /// The panel decided it.
    pub decided: bool,
    /// It was returned to the practitioner.
    pub returned: bool,
}

/// What stays of an erased subject: a pseudonym that nobody can trace any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectLeft {
    /// Its row.
    pub id: SubjectId,
    /// The kind.
    pub kind: SubjectKind,
    /// The pseudonym, which other papers may carry.
    pub pseudonym: String,
}

/// The counts a cycle carries, as they stood when a review of it was erased. Reports and cycles keep their counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CountsLeft {
    /// In the sample.
    pub reviews: i64,
    /// With a reviewer.
    pub allocated: i64,
    /// Submitted.
    pub submitted: i64,
    /// For the panel.
    pub for_panel: i64,
    /// Decided by it.
    pub panel_decided: i64,
    /// Returned.
    pub returned: i64,
    /// Finalised.
    pub finalised: i64,
    /// Named and not drawn.
    pub named: i64,
}

/// One erased review: what stays, and which rows of the journal lost their details. Everything that a rebuild needs and cannot read
/// any more is in here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// Under which disposal.
    pub disposal: DisposalId,
    /// Which review.
    pub review: ReviewId,
    /// The day.
    pub on: NaiveDate,
    /// What stays of it.
    pub left: ReviewLeft,
    /// What stays of its subject, where that goes as well.
    pub subject: Option<SubjectLeft>,
    /// The counts of its cycle.
    pub counts: CountsLeft,
    /// Numbers of its alerts.
    pub alerts: Vec<i64>,
    /// Numbers of its disputes.
    pub disputes: Vec<i64>,
    /// The highest number of each table that went with it: none is ever given out again.
    pub numbers: BTreeMap<String, i64>,
    /// Rows of the journal whose details were erased.
    pub rows: Vec<i64>,
}
