//! What happens at a sitting of the panel and around it, as facts of the journal. Their sentences tell no score and no grade.

use super::Swap;
use crate::domain::count::counted;
use crate::domain::id::{PanelId, PersonId, ReviewId};
use crate::domain::panel::{Score, WhyHere};
use crate::domain::review::NextStep;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// One fact about a sitting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PanelChange {
    /// The sitting began.
    Begun {
        /// Which.
        panel: PanelId,
        /// When.
        at: DateTime<Utc>,
        /// Who is there.
        present: Vec<PersonId>,
    },
    /// Somebody came later, or left.
    AttendanceChanged {
        /// Which sitting.
        panel: PanelId,
        /// Who is there.
        present: Swap<Vec<PersonId>>,
    },
    /// Another member took the chair.
    ChairTaken {
        /// Which sitting.
        panel: PanelId,
        /// From whom.
        from: Option<PersonId>,
        /// Who chairs now.
        by: PersonId,
        /// Why.
        why: String,
    },
    /// Somebody put the items in another order.
    AgendaOrdered {
        /// Which sitting.
        panel: PanelId,
        /// The order; empty: as the program proposes.
        run: Swap<Vec<ReviewId>>,
    },
    /// A waiting review was moved to the agenda of another sitting.
    ItemMoved {
        /// Which review.
        review: ReviewId,
        /// The sitting; none: where it comes by itself.
        to: Swap<PanelId>,
        /// The day of that sitting, for its sentence.
        on: NaiveDate,
    },
    /// An item was put on the table, and the chair confirmed who left.
    ItemOpened {
        /// Which sitting.
        panel: PanelId,
        /// Which review.
        review: ReviewId,
        /// Who left.
        left: Vec<PersonId>,
        /// When.
        at: DateTime<Utc>,
    },
    /// A member scored; sealed in round 1, in the open in round 2.
    Scored {
        /// Which sitting.
        panel: PanelId,
        /// Which review.
        review: ReviewId,
        /// Who.
        person: PersonId,
        /// 1: sealed; 2: after the scores were opened.
        round: u8,
        /// What.
        score: Score,
    },
    /// The scores were opened.
    ScoresOpened {
        /// Which sitting.
        panel: PanelId,
        /// Which review.
        review: ReviewId,
        /// Why before all were in; empty: all were.
        early: String,
    },
    /// An item went back to its reviewer.
    SentBack {
        /// Which sitting.
        panel: PanelId,
        /// Which review.
        review: ReviewId,
        /// What is missing.
        missing: String,
        /// What is next.
        next: NextStep,
    },
    /// An item was put off.
    Deferred {
        /// Which sitting.
        panel: PanelId,
        /// Which review.
        review: ReviewId,
        /// Why.
        why: String,
    },
    /// A review that had been sent back was handed in again.
    HandedInAgain {
        /// Which review.
        review: ReviewId,
        /// What is next.
        next: NextStep,
    },
    /// A review was brought before the panel by hand or because its outcome is disputed (F08).
    Brought {
        /// Which review.
        review: ReviewId,
        /// By which rule.
        why: WhyHere,
        /// In words.
        reason: String,
        /// What is next.
        next: NextStep,
    },
    /// The sitting ended.
    Closed {
        /// Which.
        panel: PanelId,
        /// When.
        at: DateTime<Utc>,
        /// The reviews that still waited there, oldest first: each goes to another sitting, and this one still says which it had.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        had: Vec<ReviewId>,
    },
    /// A sitting that was never begun was called off, or stands again.
    CalledOff {
        /// Which.
        panel: PanelId,
        /// Its day, for the sentence.
        on: NaiveDate,
        /// Why; none after: it stands again.
        why: Swap<String>,
        /// The reviews that waited there, oldest first: each goes to another sitting, and this one still says which it had.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        had: Vec<ReviewId>,
    },
    /// Something was added to the minutes or put right there.
    MinuteAdded {
        /// Which sitting.
        panel: PanelId,
        /// About which review, if one.
        review: Option<ReviewId>,
        /// The text.
        text: String,
    },
    /// Somebody left for the item on the table after it was opened: they declared an interest, or came in late with one.
    StoodOut {
        /// Which sitting.
        panel: PanelId,
        /// Which review.
        review: ReviewId,
        /// Who.
        person: PersonId,
    },
}

impl PanelChange {
    /// The kind, as the journal stores it.
    pub fn kind(&self) -> &'static str {
        match self {
            PanelChange::Begun { .. } => "sitting-begun",
            PanelChange::AttendanceChanged { .. } => "attendance-changed",
            PanelChange::ChairTaken { .. } => "chair-taken",
            PanelChange::AgendaOrdered { .. } => "agenda-ordered",
            PanelChange::ItemMoved { .. } => "item-moved",
            PanelChange::ItemOpened { .. } => "item-opened",
            PanelChange::Scored { .. } => "item-scored",
            PanelChange::ScoresOpened { .. } => "scores-opened",
            PanelChange::SentBack { .. } => "item-sent-back",
            PanelChange::Deferred { .. } => "item-deferred",
            PanelChange::HandedInAgain { .. } => "handed-in-again",
            PanelChange::Brought { .. } => "brought-to-panel",
            PanelChange::Closed { .. } => "sitting-closed",
            PanelChange::CalledOff { .. } => "sitting-called-off",
            PanelChange::MinuteAdded { .. } => "minute-added",
            PanelChange::StoodOut { .. } => "stood-out",
        }
    }

    /// The object it is about.
    pub fn object(&self) -> String {
        match self {
            PanelChange::Begun { panel, .. }
            | PanelChange::AttendanceChanged { panel, .. }
            | PanelChange::ChairTaken { panel, .. }
            | PanelChange::AgendaOrdered { panel, .. }
            | PanelChange::Closed { panel, .. }
            | PanelChange::CalledOff { panel, .. }
            | PanelChange::MinuteAdded { panel, .. } => format!("panel/{}", panel.0),
            PanelChange::Scored { panel, review, person, .. } => format!("score/{}/{}/{}", panel.0, review.0, person.0),
            PanelChange::ItemOpened { panel, review, .. }
            | PanelChange::ScoresOpened { panel, review, .. }
            | PanelChange::StoodOut { panel, review, .. } => format!("item/{}/{}", panel.0, review.0),
            PanelChange::ItemMoved { review, .. }
            | PanelChange::SentBack { review, .. }
            | PanelChange::Deferred { review, .. }
            | PanelChange::HandedInAgain { review, .. }
            | PanelChange::Brought { review, .. } => format!("review/{}", review.0),
        }
    }

    /// The review in whose history it shows, if any.
    pub fn review(&self) -> Option<ReviewId> {
        match self {
            PanelChange::Begun { .. }
            | PanelChange::AttendanceChanged { .. }
            | PanelChange::ChairTaken { .. }
            | PanelChange::AgendaOrdered { .. }
            | PanelChange::CalledOff { .. }
            | PanelChange::Closed { .. } => None,
            PanelChange::MinuteAdded { review, .. } => *review,
            PanelChange::ItemMoved { review, .. }
            | PanelChange::ItemOpened { review, .. }
            | PanelChange::Scored { review, .. }
            | PanelChange::ScoresOpened { review, .. }
            | PanelChange::SentBack { review, .. }
            | PanelChange::Deferred { review, .. }
            | PanelChange::HandedInAgain { review, .. }
            | PanelChange::StoodOut { review, .. }
            | PanelChange::Brought { review, .. } => Some(*review),
        }
    }

    /// How it reads in a history.
    pub fn sentence(&self) -> String {
        match self {
            PanelChange::Begun { present, .. } => format!("The panel began, {} there", counted(present.len(), "person", "people")),
            PanelChange::AttendanceChanged { present, .. } => {
                let there = present.after.as_ref().map_or(0, Vec::len);
                format!("Attendance noted anew, {} there", counted(there, "person", "people"))
            }
            PanelChange::ChairTaken { why, .. } => format!("The chair was taken over: {why}"),
            PanelChange::AgendaOrdered { .. } => "The order of the items was changed".to_string(),
            PanelChange::ItemMoved { to, on, .. } => match to.after {
                Some(_) => format!("Moved to the panel\u{2019}s sitting on {}", on.format("%A %-d %B %Y")),
                None => "Moved back to the sitting it was on".to_string(),
            },
            PanelChange::ItemOpened { left, .. } if left.is_empty() => "Opened at the panel".to_string(),
            PanelChange::ItemOpened { left, .. } => format!("Opened at the panel; {} left for it", left.len()),
            PanelChange::Scored { round: 1, .. } => "Scored by a member, sealed".to_string(),
            PanelChange::Scored { .. } => "Scored again by a member".to_string(),
            PanelChange::ScoresOpened { early, .. } if early.is_empty() => "The scores were opened, all were in".to_string(),
            PanelChange::ScoresOpened { early, .. } => format!("The scores were opened before all were in: {early}"),
            PanelChange::SentBack { missing, .. } => format!("Sent back by the panel: {missing}"),
            PanelChange::Deferred { why, .. } => format!("Put off by the panel: {why}"),
            PanelChange::HandedInAgain { .. } => "Handed in again for the panel".to_string(),
            PanelChange::Brought { why, reason, .. } if reason.is_empty() => format!("Brought before the panel: {}", why.blind_label()),
            PanelChange::Brought { reason, .. } => format!("Brought before the panel: {reason}"),
            PanelChange::Closed { .. } => "The panel closed".to_string(),
            PanelChange::CalledOff { on, why, .. } => match &why.after {
                Some(why) => format!("The sitting on {} was called off: {why}", on.format("%A %-d %B %Y")),
                None => format!("The sitting on {} stands again", on.format("%A %-d %B %Y")),
            },
            PanelChange::MinuteAdded { text, .. } => format!("Added to the minutes: {text}"),
            PanelChange::StoodOut { .. } => "One more left for it at the panel".to_string(),
        }
    }

    /// Whether its row in a history tells of the reviewer's judgement: words written by those who know it may.
    pub fn tells_of_grade(&self) -> bool {
        match self {
            PanelChange::Brought { reason, .. } => !reason.is_empty(),
            PanelChange::ScoresOpened { .. }
            | PanelChange::Begun { .. }
            | PanelChange::AttendanceChanged { .. }
            | PanelChange::ChairTaken { .. }
            | PanelChange::AgendaOrdered { .. }
            | PanelChange::ItemMoved { .. }
            | PanelChange::ItemOpened { .. }
            | PanelChange::Scored { .. }
            | PanelChange::SentBack { .. }
            | PanelChange::Deferred { .. }
            | PanelChange::HandedInAgain { .. }
            | PanelChange::Closed { .. }
            // Why the panel does not meet is of no case.
            | PanelChange::CalledOff { .. }
            | PanelChange::MinuteAdded { .. }
            | PanelChange::StoodOut { .. } => false,
        }
    }

    /// The change that puts things back; none where a fact stands for good.
    pub fn reversed(&self) -> Option<PanelChange> {
        match self.clone() {
            PanelChange::CalledOff { panel, on, why, had } => Some(PanelChange::CalledOff { panel, on, why: why.reversed(), had }),
            PanelChange::AgendaOrdered { panel, run } => Some(PanelChange::AgendaOrdered { panel, run: run.reversed() }),
            PanelChange::ItemMoved { review, to, on } => Some(PanelChange::ItemMoved { review, to: to.reversed(), on }),
            PanelChange::AttendanceChanged { panel, present } => {
                Some(PanelChange::AttendanceChanged { panel, present: present.reversed() })
            }
            _ => None,
        }
    }
}
