//! What happens to disputes and alerts of good practice, as facts of the journal. Their sentences name nobody and tell no finding.

use super::Swap;
use crate::domain::drp::{Drp, DrpFact};
use crate::domain::id::{DrpId, ReviewId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One fact about a dispute. M14, C05.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DrpChange {
    /// One was raised, or that was taken back; its number stays its own.
    Raised(Swap<Box<Drp>>),
    /// Something followed, or was taken back again.
    Noted {
        /// Which.
        drp: DrpId,
        /// The review it came out of, if any.
        review: Option<ReviewId>,
        /// What: the newest of its facts.
        fact: Swap<Box<DrpFact>>,
    },
    /// The time of its formal part ran out; noticed once, by whoever looked first.
    Overdue {
        /// Which.
        drp: DrpId,
        /// The review it came out of, if any.
        review: Option<ReviewId>,
        /// When it ran out.
        due_at: DateTime<Utc>,
    },
    /// Somebody who is recused from its case asked for it.
    AskedWhileRecused {
        /// Which.
        drp: DrpId,
        /// The review it came out of, if any.
        review: Option<ReviewId>,
    },
}

impl DrpChange {
    fn raised(swap: &Swap<Box<Drp>>) -> Option<&Drp> {
        swap.after.as_deref().or(swap.before.as_deref())
    }

    /// Which dispute.
    pub fn id(&self) -> DrpId {
        match self {
            DrpChange::Raised(swap) => DrpChange::raised(swap).map_or(DrpId(0), |drp| drp.id),
            DrpChange::Noted { drp, .. } | DrpChange::Overdue { drp, .. } | DrpChange::AskedWhileRecused { drp, .. } => *drp,
        }
    }

    /// The kind, as the journal stores it.
    pub fn kind(&self) -> &'static str {
        match self {
            DrpChange::Raised(_) => "drp-raised",
            DrpChange::Noted { .. } => "drp-noted",
            DrpChange::Overdue { .. } => "drp-overdue",
            DrpChange::AskedWhileRecused { .. } => "drp-asked-while-recused",
        }
    }

    /// The object it is about.
    pub fn object(&self) -> String {
        match self {
            // It is nobody's work on it, and stands in nobody's way.
            DrpChange::AskedWhileRecused { drp, .. } => format!("withheld-drp/{}", drp.0),
            _ => format!("drp/{}", self.id().0),
        }
    }

    /// The review in whose history it shows, if any.
    pub fn review(&self) -> Option<ReviewId> {
        match self {
            DrpChange::Raised(swap) => DrpChange::raised(swap).and_then(|drp| drp.review),
            DrpChange::Noted { review, .. } | DrpChange::Overdue { review, .. } | DrpChange::AskedWhileRecused { review, .. } => *review,
        }
    }

    /// How it reads in a history.
    pub fn sentence(&self) -> String {
        let reference = crate::domain::id::reference("DR", self.id().0);
        match self {
            DrpChange::Raised(swap) => {
                let Some(drp) = DrpChange::raised(swap) else { return "Nothing was raised".to_string() };
                let verb = if drp.taken_back { "taken back" } else { "raised" };
                let informal = drp.facts.first().filter(|_| !drp.taken_back).map(|fact| format!("; {}", fact.sentence()));
                format!("{} {reference} {verb}{}", drp.noun(), informal.unwrap_or_default())
            }
            DrpChange::Noted { fact, .. } => match (&fact.before, &fact.after) {
                (_, Some(fact)) => format!("{reference}: {}", fact.sentence()),
                (Some(fact), None) => format!("{reference}: taken back that it was {}", fact.sentence()),
                (None, None) => reference,
            },
            DrpChange::Overdue { .. } => format!("{reference}: over its time"),
            DrpChange::AskedWhileRecused { .. } => format!("Asked for {reference} while recused"),
        }
    }

    /// The change that puts things back.
    pub fn reversed(&self) -> Option<DrpChange> {
        Some(match self.clone() {
            // Raised by mistake it stays as taken back: its number was read out.
            DrpChange::Raised(Swap { before: None, after: Some(raised) }) => {
                let gone = Drp { taken_back: true, ..(*raised).clone() };
                DrpChange::Raised(Swap { before: Some(raised), after: Some(Box::new(gone)) })
            }
            DrpChange::Raised(swap) => DrpChange::Raised(swap.reversed()),
            DrpChange::Noted { drp, review, fact } => DrpChange::Noted { drp, review, fact: fact.reversed() },
            DrpChange::Overdue { .. } | DrpChange::AskedWhileRecused { .. } => return None,
        })
    }
}
