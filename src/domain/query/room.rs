//! Read-model of the room's screen: there is no name in it, and nothing that is sealed or withheld.

use crate::domain::grade::{Grade, Judgement, ModerationOutcome};
use crate::domain::panel::{ItemStand, Scoring, SittingStand};
use chrono::{DateTime, NaiveDate, Utc};

/// What the room's screen shows. People are initials, children are references.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// The day and time of the sitting.
    pub on: NaiveDate,
    /// The time it starts.
    pub at: String,
    /// The service whose reviews it takes (S07); empty: all.
    pub service: String,
    /// Where it stands.
    pub stand: SittingStand,
    /// How its items are scored.
    pub scoring: Scoring,
    /// Items with an outcome, and all.
    pub done: (usize, usize),
    /// Minutes meant for each item; 0: nobody keeps the time.
    pub minutes_each: u16,
    /// The framework's words for the grades.
    pub grades: Vec<(Grade, String)>,
    /// The item on the table.
    pub now: Option<RoomItem>,
    /// The item that was heard last, while none is on the table.
    pub last: Option<RoomItem>,
    /// The item on the table is withheld from whoever started the screen; nothing else is said of it.
    pub withheld: bool,
    /// Reference and case type of the next item.
    pub next: Option<(String, String)>,
    /// References of those after it.
    pub later: Vec<String>,
    /// Initials of those who leave for the next item and are not out already.
    pub leave_next: Vec<String>,
    /// Initials of those who are out and come back for the next item.
    pub back_next: Vec<String>,
}

impl Room {
    /// The framework's word for a grade.
    pub fn word(&self, grade: Grade) -> &str {
        self.grades.iter().find(|(known, _)| *known == grade).map_or("", |(_, word)| word.as_str())
    }
}

/// One area of a review in a bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomScale {
    /// Title of the area.
    pub label: String,
    /// How far the bar goes, in hundredths.
    pub share: u8,
    /// The mean point (`6.5`); empty where the area has a grade and no points.
    pub value: String,
    /// The grade that the point or the area has.
    pub grade: Option<Grade>,
}

/// One item, for the room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomItem {
    /// Reference of the review.
    pub reference: String,
    /// The case's pseudonym.
    pub case: String,
    /// Label of the case type.
    pub case_type: String,
    /// Kind of review.
    pub kind: String,
    /// Age in years, if known.
    pub age_years: Option<u8>,
    /// When it was opened.
    pub since: DateTime<Utc>,
    /// Where it stands.
    pub stand: ItemStand,
    /// Initials of those who are out.
    pub out: Vec<String>,
    /// The review's scales, by area.
    pub scales: Vec<RoomScale>,
    /// Scores that are in, and how many there will be.
    pub scored: (usize, usize),
    /// Open scores, the most extreme first; empty while they are sealed.
    pub spread: Vec<Judgement>,
    /// The original judgement; none while it is scored blind.
    pub original: Option<Judgement>,
    /// The panel's, once decided.
    pub moderated: Option<Judgement>,
    /// What that did.
    pub outcome: Option<ModerationOutcome>,
}
