//! Read-models of the lists: one row each, as narrow as a pane.

use super::ActionRow;
use super::RowKey;
use super::StripRow;
use crate::domain::framework::SubjectKind;
use crate::domain::grade::Judgement;
use crate::domain::id::{CycleId, PersonId, ReviewId, RowNumber};
use crate::domain::review::{Booked, Chosen, PanelStand, ReviewState};
use chrono::NaiveDate;
use serde::Serialize;

/// The word that lists have in the place of a judgement that is kept back from whoever is to score blind.
pub const SEALED: &str = "sealed";

/// The same in a sentence, where there is room for one.
pub const KEPT_BACK: &str = "The reviewer\u{2019}s judgement is kept back until the scores are open.";

/// Beside a number that is not of what whoever looks sees, but of everything: how far a cycle has come.
pub const WHOLE: &str = "whole council";

/// Rows of a window, with what lies around them.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<R> {
    /// The rows.
    pub rows: Vec<R>,
    /// There are rows before the first.
    pub more_before: bool,
    /// There are rows after the last.
    pub more_after: bool,
    /// How many rows the filter matches.
    pub total: Count,
    /// Of these, how many are late.
    pub late: Count,
}

/// A count that stops counting when nobody needs it exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Count {
    /// As far as was counted.
    pub n: u64,
    /// There are more.
    pub more: bool,
}

impl Count {
    /// Where counting stops.
    pub const CAP: u64 = 999;

    /// Of a number counted up to one past the cap.
    pub fn capped(n: u64) -> Count {
        Count { n: n.min(Count::CAP), more: n > Count::CAP }
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.n, if self.more { "+" } else { "" })
    }
}

/// A row that a list can hold: it knows who it is and where it stands.
pub trait ListRow {
    /// Row number: the cursor follows it.
    fn id(&self) -> i64;
    /// Where it stands in the order it was read in.
    fn key(&self) -> RowKey;
    /// Raised with every change, so that a list sees what moved.
    fn revision(&self) -> i64;
}

/// A review in the queue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QueueRow {
    /// The review.
    #[serde(skip)]
    pub id: ReviewId,
    /// `CR-0412`.
    #[serde(rename = "ref")]
    pub reference: String,
    /// The case's pseudonym.
    pub case: String,
    /// Short form of the case type.
    pub case_type: String,
    /// What the review looks at.
    #[serde(skip)]
    pub subject: SubjectKind,
    /// Practitioner, short.
    pub practitioner: String,
    /// Reviewer, short; empty when nobody is allocated.
    pub reviewer: String,
    /// Team.
    pub team: String,
    /// Reference of the cycle.
    pub cycle: String,
    /// What has to happen next.
    pub next_step: String,
    /// What is arranged for that step, such as the day of a conversation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub booked: Option<Booked>,
    /// By when.
    pub due: Option<NaiveDate>,
    /// Not before.
    pub opens: Option<NaiveDate>,
    /// The reviewer's judgement; left out of what is written where there is none (Q02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original: Option<Judgement>,
    /// The panel's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moderated: Option<Judgement>,
    /// It is tracked, and a link of its loop is missing (M17).
    pub loop_open: bool,
    /// The links that are missing, in words; empty where it is closed or not tracked.
    pub loop_missing: Vec<&'static str>,
    /// The first of them and how many more, for a narrow column.
    #[serde(skip)]
    pub loop_short: String,
    /// By when supervision of the tracked case is next due (M24).
    pub supervision_due: Option<NaiveDate>,
    /// The judgement is kept back: whoever looks is to score it blind.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub kept_back: bool,
    /// Whether it waits for the panel.
    #[serde(skip)]
    pub panel: PanelStand,
    /// Where it stands.
    pub state: ReviewState,
    /// An alert is open.
    pub alert: bool,
    /// Revision of the row.
    #[serde(skip)]
    pub revision: i64,
    /// Its key in this order.
    #[serde(skip)]
    pub key: RowKey,
    /// How the case came in; named ones never count in the figures of the random sample (F03).
    pub chosen: Chosen,
    /// Who stands beside a first-time reviewer, short; empty for everybody else.
    pub companion: String,
    /// How many review it beside the lead (Q03-Q05, S18, S19).
    pub others: u32,
}

impl QueueRow {
    /// Whether it has been judged, though the judgement may be kept back.
    pub fn is_judged(&self) -> bool {
        self.original.is_some() || self.kept_back
    }
}

/// A review before the panel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PanelRow {
    /// The review.
    #[serde(skip)]
    pub id: ReviewId,
    /// `CR-0398`.
    #[serde(rename = "ref")]
    pub reference: String,
    /// The case's pseudonym.
    pub case: String,
    /// Short form of the case type.
    pub case_type: String,
    /// The reviewer's judgement; left out of what is written where there is none (Q02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original: Option<Judgement>,
    /// The judgement is kept back: whoever looks is to score it blind.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub kept_back: bool,
    /// Why it is here.
    pub why: String,
    /// Reviewer, short.
    pub reviewer: String,
    /// The case's team manager, invited with the reviewer (M07); empty where nobody holds the role.
    pub team_manager: String,
    /// Submitted on.
    pub submitted_on: Option<NaiveDate>,
    /// The panel's judgement, once decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moderated: Option<Judgement>,
    /// Revision of the row.
    #[serde(skip)]
    pub revision: i64,
}

/// A person in the register.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonRow {
    /// The person.
    #[serde(skip)]
    pub id: PersonId,
    /// Full name.
    #[serde(rename = "ref")]
    pub name: String,
    /// Role key.
    pub role: String,
    /// The role as the framework calls it; empty before a framework is chosen.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Team.
    pub team: String,
    /// Service.
    pub service: String,
    /// Line manager, short.
    pub line_manager: String,
    /// Open reviews as reviewer.
    pub reviewing: u32,
    /// Cases held.
    pub cases: u32,
    /// Away today or next, in words; empty when not.
    pub away: String,
    /// Interests they declared that stand, as far as the viewer may know of them.
    pub interests: Vec<PersonInterest>,
    /// Revision of the row.
    #[serde(skip)]
    pub revision: i64,
    /// Its key in this order.
    #[serde(skip)]
    pub key: RowKey,
}

/// An interest in the register of people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonInterest {
    /// The review it was declared on; none for one's own, from whom the case is withheld.
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    pub review: Option<String>,
    /// What kind, in words.
    pub kind: &'static str,
    /// The day it was declared.
    pub on: NaiveDate,
}

impl PersonInterest {
    /// `CR-0412, family of the child, …, since 5 November 2026`.
    pub fn sentence(&self) -> String {
        let review = self.review.as_ref().map(|review| format!("{review}, ")).unwrap_or_default();
        format!("{review}{}, declared on {}", self.kind, self.on.format("%-d %B %Y"))
    }
}

/// A cycle in the list of cycles.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CycleRow {
    /// The cycle.
    #[serde(skip)]
    pub id: CycleId,
    /// `2026-11`.
    #[serde(rename = "ref")]
    pub reference: String,
    /// `November 2026`.
    pub title: String,
    /// Its framework.
    pub framework: String,
    /// Area of focus.
    pub focus: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// Reviews and how many are finalised.
    pub counts: crate::domain::cycle::CycleCounts,
    /// Label of the phase it is in.
    pub phase: String,
    /// Closed on.
    pub closed_on: Option<NaiveDate>,
    /// Key of its kind of review.
    pub kind: String,
    /// Where it stands.
    pub state: crate::domain::cycle::CycleState,
    /// Beside the drawn cycle of its months.
    pub beside: bool,
    /// Asked for outside the plan (F23).
    pub extra: bool,
}

macro_rules! rows {
    ($($row:ident: $key:expr),+ $(,)?) => {$(
        impl ListRow for $row {
            fn id(&self) -> i64 {
                self.id.number()
            }
            fn key(&self) -> RowKey {
                let key: fn(&$row) -> RowKey = $key;
                key(self)
            }
            fn revision(&self) -> i64 {
                self.revision
            }
        }
    )+};
}

rows! {
    QueueRow: |row| row.key.clone(),
    PersonRow: |row| row.key.clone(),
    PanelRow: |row| RowKey { value: String::new(), id: row.id.0 },
    StripRow: |row| RowKey { value: row.sort.clone(), id: row.id },
    ActionRow: |row| RowKey { value: row.sorted.to_string(), id: row.id.0 },
}
