//! Who looked at what: what counts as looking at a child's record, why somebody may have, and what a manager is shown of it.
//!
//! A look is written down before what was asked for is shown: who, when, which, why; never the content. It is no judgement of
//! whoever looked: most looks are somebody's work, and the log says which tie to the case it was.

mod odd;
mod shown;

pub use odd::{MANY, Oddity, WITHIN_MINUTES, oddities};
pub use shown::{Shown, child_asked_for, shown_by};

use super::error::RuleError;
use super::framework::Framework;
use super::id::{PersonId, ReviewId};
use chrono::{DateTime, Utc};
use serde::Serialize;

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LookKind {
    /// The record of a review.
    Record,
    /// The history of a review, from a list.
    History,
    /// The record of a review as an item of the panel.
    Item,
    /// An alert.
    Alert,
    /// A dispute or an alert of good practice.
    Dispute,
    /// An action, whole.
    Action,
    /// Every fact of an alert or a dispute, for its proof.
    Proof,
    /// Who the child is in the council's own system.
    Identity,
    /// A search by the council's own number that found somebody.
    Search,
    /// A paper with the case in it: pack, minutes, invitations.
    Paper,
    /// A report or the data set, handed out.
    Export,
    /// The log itself.
    Log,
}

impl LookKind {
    /// Every kind.
    pub const ALL: [LookKind; 12] = [
        LookKind::Record,
        LookKind::History,
        LookKind::Item,
        LookKind::Alert,
        LookKind::Dispute,
        LookKind::Action,
        LookKind::Proof,
        LookKind::Identity,
        LookKind::Search,
        LookKind::Paper,
        LookKind::Export,
        LookKind::Log,
    ];

    /// The word in the log.
    pub fn key(self) -> &'static str {
        match self {
            LookKind::Record => "record",
            LookKind::History => "history",
            LookKind::Item => "item",
            LookKind::Alert => "alert",
            LookKind::Dispute => "dispute",
            LookKind::Action => "action",
            LookKind::Proof => "proof",
            LookKind::Identity => "identity",
            LookKind::Search => "search",
            LookKind::Paper => "paper",
            LookKind::Export => "export",
            LookKind::Log => "log",
        }
    }

    /// The kind of a word of the log.
    pub fn of_key(key: &str) -> Option<LookKind> {
        LookKind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// What was done, in words.
    pub fn label(self) -> &'static str {
        match self {
            LookKind::Record => "opened the record",
            LookKind::History => "read the history",
            LookKind::Item => "read it at the panel",
            LookKind::Alert => "opened the alert",
            LookKind::Dispute => "opened the dispute",
            LookKind::Action => "opened the action",
            LookKind::Proof => "read the proof",
            LookKind::Identity => "asked who it is",
            LookKind::Search => "found it by its number",
            LookKind::Paper => "made a paper of it",
            LookKind::Export => "handed it out",
            LookKind::Log => "read this log",
        }
    }
}

/// What ties somebody to a case, the closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    /// They review it.
    Reviewer,
    /// They review it beside the lead, or stand beside a first review.
    Beside,
    /// It is their own work that is reviewed.
    Practitioner,
    /// They manage the practitioner, or work in the case's team.
    Line,
    /// An action on it is theirs.
    Owner,
    /// They are told of an alert on it, or raised or answer a dispute.
    Told,
    /// It is before a panel that they may sit on.
    Panel,
    /// The Insights team works with every case.
    Insights,
}

impl Tie {
    /// The tie in words, as the reason of a look.
    pub fn label(self) -> &'static str {
        match self {
            Tie::Reviewer => "reviews it",
            Tie::Beside => "reviews it too",
            Tie::Practitioner => "it is their work",
            Tie::Line => "their team",
            Tie::Owner => "owns an action on it",
            Tie::Told => "named in its alert or dispute",
            Tie::Panel => "before the panel",
            Tie::Insights => "Insights team",
        }
    }
}

/// What the store knows of a person and a case that may tie them; the framework adds what the role means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ties {
    /// They lead the review.
    pub reviewer: bool,
    /// They stand beside its lead.
    pub beside: bool,
    /// The practitioner is this person.
    pub practitioner: bool,
    /// They manage the practitioner, or belong to the case's team.
    pub line: bool,
    /// An action on it is theirs.
    pub owner: bool,
    /// A strip on it names them.
    pub told: bool,
    /// It is or was before a panel.
    pub panel: bool,
}

impl Ties {
    /// What ties them in either way.
    #[must_use]
    pub fn and(self, other: Ties) -> Ties {
        Ties {
            reviewer: self.reviewer || other.reviewer,
            beside: self.beside || other.beside,
            practitioner: self.practitioner || other.practitioner,
            line: self.line || other.line,
            owner: self.owner || other.owner,
            told: self.told || other.told,
            panel: self.panel || other.panel,
        }
    }
}

/// The closest tie of somebody in this role; none: nothing but the role.
pub fn tie(ties: Ties, framework: &Framework, role: &str) -> Option<Tie> {
    let role = framework.role(role);
    let insights = role.is_none_or(|role| role.insights);
    let moderates = role.is_some_and(|role| role.moderates);
    let found = [
        (ties.reviewer, Tie::Reviewer),
        (ties.beside, Tie::Beside),
        (ties.practitioner, Tie::Practitioner),
        (ties.line, Tie::Line),
        (ties.owner, Tie::Owner),
        (ties.told, Tie::Told),
        (ties.panel && moderates, Tie::Panel),
        (insights, Tie::Insights),
    ];
    found.into_iter().find(|(is, _)| *is).map(|(_, tie)| tie)
}

/// One row of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Look {
    /// Its number, without gaps.
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Login of whoever looked.
    pub login: String,
    /// Their name as it was then.
    pub name: String,
    /// Their run of the program.
    pub session: String,
    /// What was looked at.
    pub what: LookKind,
    /// Its reference.
    #[serde(rename = "ref")]
    pub about: String,
    /// The review it belongs to, if one.
    #[serde(skip)]
    pub review: Option<ReviewId>,
    /// Why: the reason that was given, else the tie to the case, else the role alone.
    pub why: String,
    /// They had a tie to the case, or gave out what is not about one.
    pub own: bool,
}

/// Which rows of the log are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LooksWanted {
    /// Of this person alone.
    pub person: Option<PersonId>,
    /// Of this person alone, by login: also of somebody who is no longer on the list.
    pub login: Option<String>,
    /// About this review alone.
    pub review: Option<ReviewId>,
    /// From this moment on.
    pub from: Option<DateTime<Utc>>,
    /// Before this moment.
    pub until: Option<DateTime<Utc>>,
    /// Those without a tie to the case alone.
    pub not_own: bool,
}

/// Rows that a screen reads at most.
pub const LOOKS_AT_MOST: u32 = 300;

/// The log as a manager reads it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LooksDetail {
    /// What was asked for.
    pub wanted: LooksWanted,
    /// That in words: a person's name, a reference; empty: everybody.
    pub of: String,
    /// Newest first.
    pub rows: Vec<Look>,
    /// There are older ones than were read.
    pub more: bool,
    /// What stands out among these rows.
    pub odd: Vec<Oddity>,
}

/// Refuses the log to whoever does not answer for the Insights team: it is read by its managers, and by whoever keeps the database before
/// anybody is on the list (no role).
pub fn may_read(framework: &Framework, role: Option<&str>) -> Result<(), RuleError> {
    let Some(role) = role else { return Ok(()) };
    if framework.role(role).is_some_and(|role| role.insights && role.manages) {
        return Ok(());
    }
    let readers: Vec<&str> = framework.roles.iter().filter(|role| role.insights && role.manages).map(|role| role.label.as_str()).collect();
    let ask = format!("Ask one of: {}.", readers.join(", "));
    Err(RuleError::new("Who looked at what is read by the managers of the Insights team.", ask))
}
