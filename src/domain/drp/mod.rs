//! Disputes of the independent reviewing officers (DRP), practice alerts, and alerts of good practice. M14, C05, F18.
//!
//! One of these is what was raised and the facts that followed, in order: tried informally, moved on, referred outside,
//! answered, resolved. Where it stands is folded from them ([`Drp::stand`]) and stored nowhere else. An alert of good practice
//! goes the same road without a clock. Pure rules: who holds a role, today and the calendar are handed in.

mod counts;
mod rule_of;
mod rules;
mod say;
mod stand;

pub use counts::{PracticeCount, Tallied, count_months};
pub use rules::{Case, Ground, Writer, note, possible, raise};
pub use stand::{DayOf, DrpStand, longer};

use super::framework::{DrpRule, Span};
use super::id::{DrpId, PersonId, ReviewId, SubjectId, TeamId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A dispute, or an alert of good practice, as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drp {
    /// Row number.
    pub id: DrpId,
    /// What people say (`DR-0001`).
    pub reference: String,
    /// Which of the two.
    pub kind: DrpKind,
    /// The review it came out of; none: the case was not under review.
    pub review: Option<ReviewId>,
    /// The case.
    pub subject: SubjectId,
    /// Who held the case when it was raised.
    pub practitioner: Option<PersonId>,
    /// Their team at that moment.
    pub team: Option<TeamId>,
    /// Name of the team and of its service at that moment: months are counted by them (F18), whatever is renamed later.
    pub place: (String, String),
    /// Who raised it…
    pub raised_by: PersonId,
    /// …in which role (key).
    pub raised_as: String,
    /// The day it was raised.
    pub raised_on: NaiveDate,
    /// When it was written down.
    pub raised_at: DateTime<Utc>,
    /// Name of who wrote it down.
    pub by: String,
    /// The concern, or what was good.
    pub what: String,
    /// What would resolve it; empty for good practice.
    pub wanted: String,
    /// Key of the stage it begins at.
    pub begins: String,
    /// The framework and version whose process it follows to its end.
    pub framework: (String, u32),
    /// The formal part is resolved within this, as the rule was when it was raised (M14: 20 working days).
    pub within: Option<Span>,
    /// Whom it went to first, as resolved at that moment.
    pub first: Vec<DrpAddressee>,
    /// What followed, in order.
    pub facts: Vec<DrpFact>,
    /// Taken back: it was raised by mistake, counts nowhere, and its number is not given to another.
    pub taken_back: bool,
}

/// What was raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DrpKind {
    /// A concern: the process with its stages and its clock.
    Dispute,
    /// Good practice, told along the same road; no clock runs.
    GoodPractice,
}

impl DrpKind {
    /// Both.
    pub const ALL: [DrpKind; 2] = [DrpKind::Dispute, DrpKind::GoodPractice];

    /// The word it is stored and chosen by.
    pub fn key(self) -> &'static str {
        match self {
            DrpKind::Dispute => "dispute",
            DrpKind::GoodPractice => "good-practice",
        }
    }

    /// The kind of this word.
    pub fn of_key(key: &str) -> Option<DrpKind> {
        DrpKind::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// A role that it went to, and who held it at that moment. M14, S09.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrpAddressee {
    /// Role key.
    pub role: String,
    /// Who holds it, or acts for whoever does; none is a gap with a name.
    pub person: Option<PersonId>,
    /// Whoever holds it is recused: that is why another hears, or nobody.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub recused: bool,
}

/// One thing that happened after it was raised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrpFact {
    /// When it was written down.
    pub at: DateTime<Utc>,
    /// Who wrote it down, by name.
    pub by: String,
    /// The day it took place.
    pub on: NaiveDate,
    /// What.
    pub step: DrpStep,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DrpStep {
    /// It was talked over informally.
    Tried {
        /// With whom and what came of it.
        what: String,
    },
    /// No informal attempt was made.
    NotTried {
        /// Why.
        why: String,
    },
    /// It moved to the next stage.
    Stage {
        /// Its key…
        key: String,
        /// …and its label, for the history.
        label: String,
        /// It counts as formal.
        formal: bool,
        /// Whom it went to.
        to: Vec<DrpAddressee>,
        /// Why.
        because: String,
        /// The last day of the formal part, where this began it.
        due: Option<NaiveDate>,
    },
    /// It went to somebody senior, as it may at any time (C05).
    Senior {
        /// Whom.
        to: DrpAddressee,
        /// Why.
        because: String,
        /// The last day of the formal part, where this began it.
        due: Option<NaiveDate>,
    },
    /// It was referred to an outside body, beside whatever else runs.
    Referred {
        /// Which.
        body: String,
        /// With what.
        note: String,
    },
    /// Whoever it stands with answered.
    Answered {
        /// What they said.
        text: String,
    },
    /// The formal part was paused, where the profile allows it.
    Paused {
        /// Why.
        why: String,
    },
    /// It goes on.
    Resumed {
        /// Why now.
        why: String,
        /// Its last day, the days of the pause added.
        due: Option<NaiveDate>,
    },
    /// It ended.
    Resolved {
        /// How.
        outcome: DrpOutcome,
        /// What was agreed or decided.
        text: String,
    },
}

/// How one ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DrpOutcome {
    /// What was asked for was done.
    Done,
    /// Another way was agreed.
    Agreed,
    /// The concern was looked into and not shared.
    NotUpheld,
    /// An outside body has taken it over.
    Outside,
    /// Good practice: those concerned have heard, and it was passed on.
    PassedOn,
}

impl DrpOutcome {
    /// Those that one of this kind may end in.
    pub fn of_kind(kind: DrpKind) -> &'static [DrpOutcome] {
        match kind {
            DrpKind::Dispute => &[DrpOutcome::Done, DrpOutcome::Agreed, DrpOutcome::NotUpheld, DrpOutcome::Outside],
            DrpKind::GoodPractice => &[DrpOutcome::PassedOn],
        }
    }

    /// The word it is stored and chosen by.
    pub fn key(self) -> &'static str {
        match self {
            DrpOutcome::Done => "done",
            DrpOutcome::Agreed => "agreed",
            DrpOutcome::NotUpheld => "not-upheld",
            DrpOutcome::Outside => "outside",
            DrpOutcome::PassedOn => "passed-on",
        }
    }

    /// The outcome of this word.
    pub fn of_key(key: &str) -> Option<DrpOutcome> {
        [DrpKind::Dispute, DrpKind::GoodPractice].into_iter().flat_map(DrpOutcome::of_kind).find(|outcome| outcome.key() == key).copied()
    }

    /// Words for screens and papers.
    pub fn label(self) -> &'static str {
        match self {
            DrpOutcome::Done => "what was asked for was done",
            DrpOutcome::Agreed => "another way was agreed",
            DrpOutcome::NotUpheld => "looked into, and the concern not shared",
            DrpOutcome::Outside => "taken over by an outside body",
            DrpOutcome::PassedOn => "heard by those concerned and passed on",
        }
    }
}

/// What somebody wants to raise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrpWanted {
    /// Which of the two.
    pub kind: DrpKind,
    /// Out of which review; none: about a case that is not under review.
    pub review: Option<ReviewId>,
    /// About which case, where no review is named.
    pub subject: Option<SubjectId>,
    /// Who raises it; none: whoever writes it down.
    pub raised_by: Option<PersonId>,
    /// The day it was raised.
    pub on: NaiveDate,
    /// The concern, or what was good.
    pub what: String,
    /// What would resolve it.
    pub wanted: String,
    /// The informal attempt, where there was one already or will be none.
    pub informal: Option<Informal>,
}

/// The informal attempt of one that is raised. M14.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Informal {
    /// It was made.
    Tried {
        /// On that day.
        on: NaiveDate,
        /// With whom and what came of it.
        what: String,
    },
    /// It was not.
    NotTried {
        /// Why.
        why: String,
    },
}

/// What somebody wants to write down about one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepWanted {
    /// It was talked over informally.
    Tried,
    /// No informal attempt will be made.
    NotTried,
    /// It moves to the next stage.
    Next,
    /// It goes to somebody of this role (key), as it may at any time.
    Senior(String),
    /// It was referred to this outside body.
    Referred(String),
    /// Whoever it stands with answered.
    Answered,
    /// The formal part pauses.
    Paused,
    /// It goes on.
    Resumed,
    /// It ends.
    Resolved(DrpOutcome),
}

impl StepWanted {
    /// The word it is chosen by.
    pub fn key(&self) -> &'static str {
        match self {
            StepWanted::Tried => "tried",
            StepWanted::NotTried => "not-tried",
            StepWanted::Next => "next",
            StepWanted::Senior(_) => "senior",
            StepWanted::Referred(_) => "referred",
            StepWanted::Answered => "answered",
            StepWanted::Paused => "paused",
            StepWanted::Resumed => "resumed",
            StepWanted::Resolved(_) => "resolved",
        }
    }
}

/// What the process is called in a framework: `dispute`, `practice alert`.
pub fn called(rule: &DrpRule, kind: DrpKind) -> &str {
    match kind {
        DrpKind::Dispute => &rule.called,
        DrpKind::GoodPractice => "alert of good practice",
    }
}
