//! What is written about looking, keeping and erasing, as facts of the journal. None holds what a record said.

use super::Swap;
use crate::domain::count::counted;
use crate::domain::id::ReviewId;
use crate::domain::retention::{Disposal, DisposalStand, Erased, Hold};
use serde::{Deserialize, Serialize};

/// One fact about privacy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PrivacyChange {
    /// How far the log of looks had come: whoever cuts it short or throws it away is found out by `verify`.
    LooksNoted {
        /// Rows of it.
        rows: i64,
        /// Hash of the last one, in hexadecimal.
        hash: String,
        /// Why the log stands where it stands, said by somebody who reads it: what was noted before does not bind it any more. Empty:
        /// it goes on from what was noted before.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        begun_anew: String,
    },
    /// A record must be kept whatever its age; without what comes after, that was taken back.
    Held(Swap<Hold>),
    /// A record need not be kept any more.
    Released {
        /// What held it.
        hold: Hold,
        /// Why it need not be.
        why: String,
    },
    /// A disposal was asked for, approved, refused or done.
    Disposal(Swap<Disposal>),
    /// A review was erased. This stands for good, and its own details are never erased: a rebuild needs them.
    Erased(Box<Erased>),
}

/// The word by which the journal knows an erasure.
pub const ERASED: &str = "erased";

impl PrivacyChange {
    /// The kind, as the journal stores it.
    pub fn kind(&self) -> &'static str {
        match self {
            PrivacyChange::LooksNoted { .. } => "looks-noted",
            PrivacyChange::Held(_) => "hold-set",
            PrivacyChange::Released { .. } => "hold-released",
            PrivacyChange::Disposal(_) => "disposal-moved",
            PrivacyChange::Erased(_) => ERASED,
        }
    }

    /// The object it is about.
    pub fn object(&self) -> String {
        match self {
            PrivacyChange::LooksNoted { .. } => "looks".to_string(),
            PrivacyChange::Held(_) | PrivacyChange::Released { .. } => format!("hold/{}", self.review().map_or(0, |review| review.0)),
            PrivacyChange::Disposal(swap) => {
                let id = swap.after.as_ref().or(swap.before.as_ref()).map_or(0, |disposal| disposal.id.0);
                format!("disposal/{id}")
            }
            PrivacyChange::Erased(erased) => format!("erasure/{}", erased.review.0),
        }
    }

    /// The review in whose history it shows, if any.
    pub fn review(&self) -> Option<ReviewId> {
        match self {
            PrivacyChange::LooksNoted { .. } | PrivacyChange::Disposal(_) => None,
            PrivacyChange::Held(swap) => swap.after.as_ref().or(swap.before.as_ref()).map(|hold| hold.review),
            PrivacyChange::Released { hold, .. } => Some(hold.review),
            PrivacyChange::Erased(erased) => Some(erased.review),
        }
    }

    /// How it reads in a history.
    pub fn sentence(&self) -> String {
        match self {
            PrivacyChange::LooksNoted { rows, begun_anew, .. } => {
                let of = counted(*rows, "row", "rows");
                match begun_anew.as_str() {
                    "" => format!("Noted {of} of who looked at what"),
                    why => format!("The log of who looked at what begins anew, with {of}: {why}"),
                }
            }
            PrivacyChange::Held(swap) => match &swap.after {
                Some(hold) => format!("Held, so that it is not erased: {}", hold.why),
                None => "Held no longer".to_string(),
            },
            PrivacyChange::Released { why, .. } => format!("Held no longer: {why}"),
            PrivacyChange::Disposal(swap) => {
                let Some(disposal) = &swap.after else { return "Disposal taken back".to_string() };
                let of = counted(disposal.reviews.len(), "review", "reviews");
                match disposal.stand {
                    DisposalStand::Asked => format!("Erasing {of} asked for: {}", disposal.why),
                    DisposalStand::Approved => format!("Erasing {of} approved"),
                    DisposalStand::Refused => format!("Erasing {of} refused: {}", disposal.because),
                    DisposalStand::Done => format!("{of} erased"),
                }
            }
            PrivacyChange::Erased(erased) => format!("Erased under disposal {}", erased.disposal.0),
        }
    }

    /// The change that puts things back; none where a fact stands for good.
    pub fn reversed(&self) -> Option<PrivacyChange> {
        match self {
            PrivacyChange::Held(swap) => Some(PrivacyChange::Held(swap.clone().reversed())),
            PrivacyChange::Released { hold, .. } => Some(PrivacyChange::Held(Swap::new(hold.clone()))),
            PrivacyChange::LooksNoted { .. } | PrivacyChange::Disposal(_) | PrivacyChange::Erased(_) => None,
        }
    }
}
