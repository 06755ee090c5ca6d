//! One person of the council as a screen shows them: what they may do, what they hold, who stands in; and what a form about them
//! offers to choose from.

use crate::domain::action::ActionState;
use crate::domain::count::{all_of, counted};
use crate::domain::id::{ActionId, PanelId, PersonId, ReviewId};
use crate::domain::person::Person;
use crate::domain::strip::StripOf;
use chrono::NaiveDate;

/// One person, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonDetail {
    /// As the list of people has them.
    pub person: Person,
    /// Revision of the row.
    pub revision: i64,
    /// Their role in words; what the import said when it is no role of the framework.
    pub role: String,
    /// Their team; empty when they have none.
    pub team: String,
    /// Their service: their own, else that of their team.
    pub service: String,
    /// Their line manager; empty when they have none.
    pub manager: String,
    /// What their role lets them do, in words.
    pub may: Vec<&'static str>,
    /// How far they see, in words.
    pub sees: &'static str,
    /// When they are away, and who stands in, in sentences.
    pub away: Vec<String>,
    /// For whom they stand in, and until when.
    pub stands_in: Vec<String>,
    /// What is theirs to do, and would have to be given to somebody else; what is withheld from whoever looks is not among it.
    pub held: Vec<HeldRow>,
    /// Cases that the extract has in their name, as far as whoever looks may know.
    pub cases: u32,
    /// Why their last day cannot be noted; none: it can.
    pub stays: Option<String>,
}

/// Something that is somebody's to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRow {
    /// What it is.
    pub what: Held,
    /// What people say (`CR-0412`, `A-0183`, the name of somebody managed).
    pub reference: String,
    /// In a few words.
    pub said: String,
    /// The day by which it is due, if it has one.
    pub due: Option<NaiveDate>,
}

/// What somebody may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// An open review that they lead.
    Lead(ReviewId),
    /// A review that they lead and the panel sent back to be completed: its reviewer stays, others write in it.
    Back(ReviewId),
    /// An open review that they do with its lead.
    Beside(ReviewId),
    /// An open review of a first-time reviewer, beside whom they stand (S06, F21).
    Companion(ReviewId),
    /// An open action that they own, with its revision.
    Action {
        /// Which.
        action: ActionId,
        /// Revision as read.
        revision: i64,
        /// Where it stands.
        state: ActionState,
        /// The review it comes from, if one.
        review: Option<ReviewId>,
    },
    /// A part in an open alert or dispute.
    Strip(StripOf),
    /// A seat at a sitting that is not over.
    Seat(PanelId),
    /// Somebody whose line manager they are.
    Manages(PersonId),
}

impl Held {
    /// Whether a key gives it to somebody else at once; otherwise it opens where that is done.
    pub fn changes_hands(self) -> bool {
        matches!(self, Held::Lead(_) | Held::Companion(_) | Held::Action { .. } | Held::Manages(_))
    }

    /// Whether all of its sort can be given to others at once.
    pub fn goes_together(self) -> bool {
        matches!(self, Held::Lead(_) | Held::Action { .. })
    }

    /// Of which sort, for headings and counts: one and several.
    pub fn noun(self) -> (&'static str, &'static str) {
        match self {
            Held::Lead(_) => ("open review", "open reviews"),
            Held::Back(_) => ("review that the panel sent back", "reviews that the panel sent back"),
            Held::Beside(_) | Held::Companion(_) => ("review beside its lead", "reviews beside their lead"),
            Held::Action { .. } => ("open action", "open actions"),
            Held::Strip(_) => ("part in an open alert or dispute", "parts in open alerts or disputes"),
            Held::Seat(_) => ("seat at a sitting of the panel", "seats at sittings of the panel"),
            Held::Manages(_) => ("person whom they manage", "people whom they manage"),
        }
    }
}

/// What is held, counted by sort, in a sentence: `2 open reviews and 1 open action`; empty where nothing is.
pub fn held_in_words(held: &[HeldRow]) -> String {
    let mut counts: Vec<((&'static str, &'static str), usize)> = Vec::new();
    for row in held {
        let noun = row.what.noun();
        match counts.iter_mut().find(|(known, _)| *known == noun) {
            Some((_, count)) => *count += 1,
            None => counts.push((noun, 1)),
        }
    }
    let parts: Vec<String> = counts.into_iter().map(|((one, several), count)| counted(count, one, several)).collect();
    all_of(&parts)
}

/// What a form about somebody is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonChoices {
    /// The person with the revision of their row; none: somebody new.
    pub person: Option<(Person, i64)>,
    /// Every team by name, with its row number.
    pub teams: Vec<(crate::domain::id::TeamId, String)>,
    /// Every service that a team or a person names.
    pub services: Vec<String>,
    /// Everybody who is here, with role and team: one of them may be the line manager.
    pub people: Vec<(PersonId, String)>,
}
