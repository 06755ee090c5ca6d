//! What has come up to be decided about, and the disposals that were asked for: for the managers of the Insights team. T47.

use crate::domain::count::counted;
use crate::domain::id::ReviewId;
use crate::domain::retention::{Disposal, DisposalStand, Hold};
use chrono::NaiveDate;

/// Which records, and how many of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DisposalsWanted {
    /// What will have come up by this day; none: by today.
    pub by: Option<NaiveDate>,
    /// At most so many records, the oldest first.
    pub at_most: u32,
}

/// What there is to decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisposalsDetail {
    /// Disposals, those first that wait for somebody, then the newest.
    pub asked: Vec<AskedRow>,
    /// Records that have come up, the oldest first.
    pub due: Vec<DueRow>,
    /// There are more records than were asked for.
    pub more: bool,
    /// The framework says of some record how long it is kept.
    pub sets_time: bool,
}

/// A disposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedRow {
    /// As stored.
    pub disposal: Disposal,
    /// References of its reviews, without those that are withheld from whoever looks.
    pub references: Vec<String>,
    /// Those of them that are held, each with the reason: it is not carried out before they are released.
    pub held: Vec<(String, String)>,
    /// Who asked, by name.
    pub asked_by: String,
    /// Why whoever looks cannot settle it; none: they can.
    pub against: Option<String>,
}

impl DisposalsDetail {
    /// Records to be decided about: not held, and in no disposal that waits for somebody.
    pub fn free(&self) -> usize {
        self.due.iter().filter(|row| row.hold.is_none() && !row.in_disposal).count()
    }
}

impl AskedRow {
    /// What is held of it, and what can be done then; none: nothing is, or nobody waits for it.
    pub fn says_held(&self) -> Option<String> {
        let references: Vec<&str> = self.held.iter().filter(|_| self.waits()).map(|(reference, _)| reference.as_str()).collect();
        let (_, why) = self.held.first().filter(|_| !references.is_empty())?;
        let (is, that) = if references.len() == 1 { ("is", "it is") } else { ("are", "they are") };
        let why = why.trim_end_matches('.');
        Some(format!("{} {is} held ({why}): nothing of it is erased before {that} released.", references.join(", ")))
    }

    /// Whether none of it could be asked for anew, because each of its records is held.
    pub fn holds_all(&self) -> bool {
        self.held.len() == self.disposal.reviews.len()
    }

    /// Whether somebody still has to do something about it.
    pub fn waits(&self) -> bool {
        matches!(self.disposal.stand, DisposalStand::Asked | DisposalStand::Approved)
    }

    /// Its reviews, as far as they may be named: `CR-0001, CR-0002`.
    pub fn named(&self) -> String {
        let others = self.disposal.reviews.len().saturating_sub(self.references.len());
        let mut parts = self.references.clone();
        parts.extend((others > 0).then(|| format!("{others} withheld from you")));
        parts.join(", ")
    }
}

/// A record that has come up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueRow {
    /// Which.
    pub review: ReviewId,
    /// Its reference.
    pub reference: String,
    /// The class it belongs to, in words.
    pub class: String,
    /// The day on which it came up.
    pub up: NaiveDate,
    /// What holds it back.
    pub hold: Option<Hold>,
    /// Who said so, by name; empty: nobody holds it, or the program did.
    pub held_by: String,
    /// It stands in a disposal that waits for somebody.
    pub in_disposal: bool,
    /// Why its erasure cannot be asked for now; none: it can.
    pub against: Option<String>,
}

/// How much has come up, for a list of what is amiss and what is due: it is work, and nothing is wrong with it. T47.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordsUp {
    /// Records that have come up, are not held, and stand in no disposal.
    pub records: usize,
    /// There are more than were counted.
    pub more: bool,
    /// The day on which the first of them came up.
    pub since: Option<NaiveDate>,
    /// Disposals that wait for somebody.
    pub waiting: usize,
    /// Why whoever looks does not decide about them, and who does; none: they do.
    pub against: Option<String>,
}

impl RecordsUp {
    /// In words, as a narrow row has room for them: `12 records have come up for disposal since 3 Mar 2026`; where a disposal waits as
    /// well, `1 disposal waits; 12 records up since 3 Mar 2026`.
    pub fn sentence(&self) -> String {
        let more = if self.more { " or more" } else { "" };
        let since = self.since.map(|day| format!(" since {}", day.format("%-d %b %Y"))).unwrap_or_default();
        let records = format!("{}{more} {}", self.records, if self.records == 1 && !self.more { "record" } else { "records" });
        let have = if self.records == 1 && !self.more { "has" } else { "have" };
        match (self.records, self.waiting) {
            (_, 0) => format!("{records} {have} come up for disposal{since}"),
            (0, waiting) => counted(waiting, "disposal waits for somebody", "disposals wait for somebody"),
            (_, waiting) => format!("{}; {records} up{since}", counted(waiting, "disposal waits", "disposals wait")),
        }
    }
}

/// What an erasure takes, in sentences that are read before anybody decides.
pub const WHAT_GOES: &str = "Gone for good: everything that was written on them, their answers, actions, alerts, messages and history in words, and the child where nothing else speaks of it.";

/// What it leaves.
pub const WHAT_STAYS: &str = "What stays: that each review took place, its kind, days and grade, every count, and the chain of the journal. Backups of before hold them until they run out.";
