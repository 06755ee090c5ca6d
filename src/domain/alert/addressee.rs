//! One addressee of an alert: the role, who holds it, and what is known of them: told, acknowledged, or a gap.

use super::Followed;
use crate::domain::framework::Side;
use crate::domain::id::PersonId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A role that is to be told, and who holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertAddressee {
    /// Role key.
    pub role: String,
    /// The Insights side or the child's own line.
    pub side: Side,
    /// Who is to be told: who holds it, or who stands in while that person is away; none is a gap that somebody must fill
    /// or explain.
    pub person: Option<PersonId>,
    /// Who holds it, where another stands in.
    #[serde(default)]
    pub instead_of: Option<PersonId>,
    /// Whoever holds it is recused from the review: that is why another hears, or nobody.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub recused: bool,
    /// When they were told for the first time.
    pub told_at: Option<DateTime<Utc>>,
    /// On the list since then; none: since the alert was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<DateTime<Utc>>,
    /// To be told by then; none: the framework sets no time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tell_by: Option<DateTime<Utc>>,
    /// Every telling, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tellings: Vec<Telling>,
    /// To acknowledge by then, counted from when they were told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledge_by: Option<DateTime<Utc>>,
    /// Their own acknowledgement: nobody else can give it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledged: Option<Acknowledged>,
    /// Why nobody holds the role, where that was explained instead of filled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explained: Option<Explained>,
    /// They have left, and somebody else hears in their place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub followed: Option<Followed>,
}

impl AlertAddressee {
    /// Somebody who is to be told, and of whom nothing is known yet.
    pub fn new(role: impl Into<String>, side: Side, person: Option<PersonId>) -> AlertAddressee {
        AlertAddressee {
            role: role.into(),
            side,
            person,
            instead_of: None,
            recused: false,
            told_at: None,
            since: None,
            tell_by: None,
            tellings: Vec::new(),
            acknowledge_by: None,
            acknowledged: None,
            explained: None,
            followed: None,
        }
    }

    /// Nobody holds the role, and nobody has said why.
    pub fn is_gap(&self) -> bool {
        self.person.is_none() && self.explained.is_none()
    }

    /// There is somebody, and they do not know yet: neither were they told nor have they acknowledged.
    pub fn is_untold(&self) -> bool {
        self.person.is_some() && self.told_at.is_none() && self.acknowledged.is_none() && self.followed.is_none()
    }

    /// Whether they acknowledged and that has not lapsed.
    pub fn holds(&self, now: DateTime<Utc>) -> bool {
        self.acknowledged.as_ref().is_some_and(|acknowledged| acknowledged.holds_until.is_none_or(|until| now < until))
    }

    /// Whether somebody spoke with them, and not only wrote. F10.
    pub fn told_in_words(&self) -> bool {
        self.tellings.iter().any(|telling| telling.how.in_words())
    }
}

/// How somebody was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HowTold {
    /// A mail server took a message for them.
    Email,
    /// By telephone.
    Telephone,
    /// Face to face.
    InPerson,
}

impl HowTold {
    /// Every way, as people are asked for it.
    pub const ALL: [HowTold; 3] = [HowTold::Telephone, HowTold::InPerson, HowTold::Email];

    /// Word by which it is stored and chosen.
    pub fn key(self) -> &'static str {
        match self {
            HowTold::Email => "email",
            HowTold::Telephone => "telephone",
            HowTold::InPerson => "in-person",
        }
    }

    /// The way of this word.
    pub fn of_key(key: &str) -> Option<HowTold> {
        HowTold::ALL.into_iter().find(|how| how.key() == key)
    }

    /// Words for the screen.
    pub fn label(self) -> &'static str {
        match self {
            HowTold::Email => "by e-mail",
            HowTold::Telephone => "by telephone",
            HowTold::InPerson => "in person",
        }
    }

    /// Whether they were spoken with. F10: an immediate concern is told in words first.
    pub fn in_words(self) -> bool {
        matches!(self, HowTold::Telephone | HowTold::InPerson)
    }
}

/// One time that an addressee was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Telling {
    /// How.
    pub how: HowTold,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom; none: by the program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
}

/// An addressee's own acknowledgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledged {
    /// When.
    pub at: DateTime<Utc>,
    /// It lapses then if nothing followed; none: the framework lets none lapse.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holds_until: Option<DateTime<Utc>>,
    /// When they had acknowledged for the first time, where that lapsed and this one is anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_at: Option<DateTime<Utc>>,
}

impl Acknowledged {
    /// When they acknowledged for the first time: that is what was in time or late, however often it has to be done again.
    pub fn first(&self) -> DateTime<Utc> {
        self.first_at.unwrap_or(self.at)
    }
}

/// Why a role has nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    /// Why, in words.
    pub because: String,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
}
