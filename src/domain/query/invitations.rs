//! Read-model of who is asked to come to a sitting, and for which item. M07.

use super::panel::Seat;
use crate::domain::id::{PanelId, PersonId, ReviewId};
use chrono::{DateTime, NaiveDate, Utc};

/// Who is asked to come to a sitting.
#[derive(Debug, Clone, PartialEq)]
pub struct InvitationsDetail {
    /// The sitting.
    pub panel: PanelId,
    /// The framework it sits under.
    pub framework: String,
    /// The day.
    pub on: NaiveDate,
    /// The time it starts, in England.
    pub at: String,
    /// The same as an instant; none where the time is no time of day.
    pub starts: Option<DateTime<Utc>>,
    /// When it should be over; none where nobody keeps the time.
    pub ends: Option<DateTime<Utc>>,
    /// The service whose reviews it takes (S07); empty: all.
    pub service: String,
    /// Revision of the sitting, by which a calendar knows the newer of two files.
    pub revision: i64,
    /// Its members and guests, the chair first.
    pub seats: Vec<Seat>,
    /// E-mail addresses of those, in the same order; empty where unknown.
    pub addresses: Vec<String>,
    /// Its items, in the order in which they are to be heard.
    pub items: Vec<Invitation>,
}

/// Who is asked to come for one item.
#[derive(Debug, Clone, PartialEq)]
pub struct Invitation {
    /// The review.
    pub review: ReviewId,
    /// Its reference.
    pub reference: String,
    /// The case's pseudonym.
    pub case: String,
    /// When it is to be heard; none where nobody keeps the time.
    pub starts: Option<DateTime<Utc>>,
    /// Until when.
    pub ends: Option<DateTime<Utc>>,
    /// Who.
    pub invitees: Vec<Invitee>,
}

/// Somebody who is asked to come for an item; without a name the role is a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitee {
    /// As what: reviewer, or a role in words.
    pub role: String,
    /// Who; none: nobody holds the role.
    pub person: Option<PersonId>,
    /// Name; empty: nobody holds the role.
    pub name: String,
    /// E-mail address; empty when unknown.
    pub email: String,
}
