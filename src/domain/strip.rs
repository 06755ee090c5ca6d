//! Strips: whatever runs against several clocks at once and is followed on one line, whichever kind it is.
//!
//! This module knows neither alerts nor disputes: it says what a clock is, which of several is the nearest, and how far one
//! has run. Nothing here ticks: a clock is what was stored and the moment it is looked at.

use super::error::RuleError;
use super::id::{ActionId, AlertId, DrpId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a strip is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StripOf {
    /// An Inadequate, an immediate concern, or one raised by hand.
    Alert(AlertId),
    /// A dispute of a reviewing officer, or an alert of good practice (M14, C05).
    Drp(DrpId),
}

impl StripOf {
    /// The kind, as it is stored.
    pub fn kind(self) -> &'static str {
        match self {
            StripOf::Alert(_) => "alert",
            StripOf::Drp(_) => "drp",
        }
    }

    /// The row number within its kind.
    pub fn number(self) -> i64 {
        match self {
            StripOf::Alert(id) => id.0,
            StripOf::Drp(id) => id.0,
        }
    }

    /// The object of the journal (`alert/12`), as a change about it names it.
    pub fn object(self) -> String {
        format!("{}/{}", self.kind(), self.number())
    }

    /// What is said where there is none, and to whoever may not know that there is.
    pub fn absent(self) -> RuleError {
        let noun = match self {
            StripOf::Alert(_) => "alert",
            StripOf::Drp(_) => "dispute",
        };
        RuleError::new(format!("There is no such {noun}."), "Look in the list of alerts.")
    }

    /// The strip of a stored kind and number.
    pub fn of(kind: &str, number: i64) -> Option<StripOf> {
        match kind {
            "alert" => Some(StripOf::Alert(AlertId(number))),
            "drp" => Some(StripOf::Drp(DrpId(number))),
            _ => None,
        }
    }
}

/// What a clock measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClockOf {
    /// Until an addressee (place in the list) is told.
    Tell(usize),
    /// Until an addressee who was told acknowledges.
    Acknowledge(usize),
    /// Until something follows an acknowledgement, which lapses otherwise.
    FollowUp(usize),
    /// Until the record is reviewed and assurance given (M11).
    Review,
    /// Until a dispute about the level of concern is decided (M13, S12).
    Dispute,
    /// Until an urgent action is done (M12).
    Urgent(ActionId),
    /// Until the formal part of a dispute is resolved (M14).
    Formal,
}

impl ClockOf {
    /// As it is stored (`acknowledge/2`).
    pub fn key(self) -> String {
        match self {
            ClockOf::Tell(place) => format!("tell/{place}"),
            ClockOf::Acknowledge(place) => format!("acknowledge/{place}"),
            ClockOf::FollowUp(place) => format!("follow-up/{place}"),
            ClockOf::Review => "review".to_string(),
            ClockOf::Dispute => "dispute".to_string(),
            ClockOf::Urgent(action) => format!("urgent/{}", action.0),
            ClockOf::Formal => "formal".to_string(),
        }
    }

    /// What has to happen before it runs out, as a strip has room for it.
    pub fn label(self) -> &'static str {
        match self {
            ClockOf::Tell(_) => "tell",
            ClockOf::Acknowledge(_) => "acknowledge",
            ClockOf::FollowUp(_) => "follow up",
            ClockOf::Review => "review",
            ClockOf::Dispute => "dispute",
            ClockOf::Urgent(_) => "urgent action",
            ClockOf::Formal => "formal",
        }
    }

    /// What it is late with, to go on "too late: " or "overdue: ".
    pub fn what(self) -> &'static str {
        match self {
            ClockOf::Tell(_) => "to be told",
            ClockOf::Acknowledge(_) => "to acknowledge",
            ClockOf::FollowUp(_) => "nothing followed the acknowledgement",
            ClockOf::Review => "the record to be reviewed",
            ClockOf::Dispute => "the dispute to be decided",
            ClockOf::Urgent(_) => "the urgent action to be done",
            ClockOf::Formal => "the formal part to be resolved",
        }
    }

    /// What has to happen before it runs out, of a clock as it is stored ([`ClockOf::key`]).
    pub fn what_of_key(key: &str) -> &'static str {
        match key.split('/').next() {
            Some("tell") => "to be told",
            Some("acknowledge") => "to acknowledge",
            Some("follow-up") => "to follow their acknowledgement up",
            Some("review") => "to review the record",
            Some("dispute") => "to decide the dispute",
            Some("urgent") => "to do the urgent action",
            Some("formal") => "to resolve it formally",
            _ => "to do their part",
        }
    }

    /// The kind alone: clocks of several people are one on a strip.
    pub fn same_kind(self, other: ClockOf) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }
}

/// One clock of a strip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// What it measures.
    pub of: ClockOf,
    /// Since when it runs.
    pub starts: DateTime<Utc>,
    /// From this instant on it is overdue.
    pub due_at: DateTime<Utc>,
    /// When what it waits for happened; none: it runs.
    pub ended_at: Option<DateTime<Utc>>,
}

impl Clock {
    /// Whether it still runs, overdue or not.
    pub fn runs(&self) -> bool {
        self.ended_at.is_none()
    }

    /// Whether it runs and its time is over.
    pub fn is_overdue(&self, now: DateTime<Utc>) -> bool {
        self.runs() && now >= self.due_at
    }

    /// Whether what it waited for came after its time.
    pub fn ended_late(&self) -> bool {
        self.ended_at.is_some_and(|ended| ended >= self.due_at)
    }

    /// How much of its time is used, in thousandths: 0 at the start, 1000 when it has run out.
    pub fn used(&self, now: DateTime<Utc>) -> u32 {
        let whole = (self.due_at - self.starts).num_seconds().max(1);
        let gone = (self.ended_at.unwrap_or(now) - self.starts).num_seconds().clamp(0, whole);
        u32::try_from(gone * 1000 / whole).unwrap_or(1000)
    }
}

/// The clock that runs out first, of those that run; an overdue one is nearer than all others.
pub fn nearest(clocks: &[Clock]) -> Option<&Clock> {
    clocks.iter().filter(|clock| clock.runs()).min_by_key(|clock| (clock.due_at, clock.of))
}

/// One clock for each kind, as a strip shows them: of several people's the nearest that runs, else the last that ended.
pub fn on_strip(clocks: &[Clock]) -> Vec<Clock> {
    let mut shown: Vec<Clock> = Vec::new();
    for clock in clocks {
        let urgency = |clock: &Clock| (clock.ended_at.is_some(), if clock.runs() { clock.due_at } else { DateTime::<Utc>::MAX_UTC });
        match shown.iter_mut().find(|one| one.of.same_kind(clock.of)) {
            Some(one) if urgency(clock) < urgency(one) => *one = *clock,
            Some(one) if !one.runs() && !clock.runs() && clock.ended_at > one.ended_at => *one = *clock,
            Some(_) => {}
            None => shown.push(*clock),
        }
    }
    shown
}

/// The overdue clocks that nobody has written down yet: those that ran out and of which `known` does not hold that they did.
pub fn newly_overdue(clocks: &[Clock], now: DateTime<Utc>, known: &[(ClockOf, DateTime<Utc>)]) -> Vec<Clock> {
    clocks.iter().filter(|clock| clock.is_overdue(now) && !known.contains(&(clock.of, clock.due_at))).copied().collect()
}

/// How far a clock of the machine may stand behind the journal before nothing is called overdue any more, in seconds. Programs
/// on one machine read its clock a moment apart.
pub const CLOCK_SLACK: i64 = 2;

/// What is said where the machine's clock was set back.
pub const CLOCK_BEHIND: &str = "The clock of this machine stands before one of the last entries of the journal: nothing is called overdue until it is right. Check the time of the machine.";

/// Whether the machine's clock was set back: it stands before the latest of the last entries of the journal. The order of the journal holds
/// all the same; but what is overdue by such a clock nobody may say.
pub fn clock_set_back(now: DateTime<Utc>, last_entry: Option<DateTime<Utc>>) -> bool {
    last_entry.is_some_and(|last| (last - now).num_seconds() > CLOCK_SLACK)
}
