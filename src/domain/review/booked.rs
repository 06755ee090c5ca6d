//! A day that was arranged for the next step: a conversation that is booked happens then, whatever day its time limit gives. M04.

use super::{ReviewFacts, StepRecord};
use crate::domain::framework::{DayWhen, FieldKind, ReviewKind, Step, StepDuty, StepField};
use chrono::NaiveDate;
use serde::Serialize;

/// The last letters of the key of a line that says at what time: of `booked-for` it is `booked-for-at`.
const TIME: &str = "-at";

/// What was arranged for a step that has not been recorded yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Booked {
    /// The day.
    pub on: NaiveDate,
    /// The time of day (`10:00`), where somebody wrote one down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

impl Booked {
    /// Whether the day is over and nothing was recorded.
    pub fn is_over(&self, today: NaiveDate) -> bool {
        self.on < today
    }

    /// The day and the time: `Tue 1 Dec 10:00`.
    pub fn when(&self) -> String {
        let day = self.on.format("%a %-d %b");
        self.at.as_ref().map_or_else(|| day.to_string(), |at| format!("{day} {at}"))
    }

    /// Behind the name of its step: `on Tue 1 Dec 10:00`, and afterwards `was booked for Tue 24 Nov, not recorded yet`.
    pub fn said(&self, today: NaiveDate) -> String {
        if self.is_over(today) { format!("was booked for {}, not recorded yet", self.when()) } else { format!("on {}", self.when()) }
    }

    /// In fewer words: `booked Tue 1 Dec 10:00`, `was booked Tue 24 Nov`.
    pub fn in_short(&self, today: NaiveDate) -> String {
        if self.is_over(today) { format!("was booked {}", self.on.format("%a %-d %b")) } else { format!("booked {}", self.when()) }
    }

    /// In as few words as say it: `booked 1 Dec 10:00`, `was booked 24 Nov`.
    pub fn in_a_word(&self, today: NaiveDate) -> String {
        let day = self.on.format("%-d %b");
        match &self.at {
            _ if self.is_over(today) => format!("was booked {day}"),
            Some(at) => format!("booked {day} {at}"),
            None => format!("booked {day}"),
        }
    }
}

/// The steps of a kind for which a day can be arranged, each with the step right before it that asks for the day. Only conversations are
/// booked: no other step waits for a day on which two people meet.
pub fn bookable(kind: &ReviewKind) -> impl Iterator<Item = (&Step, &Step)> {
    let pairs = kind.steps.iter().zip(kind.steps.iter().skip(1));
    pairs
        .filter(|(before, next)| matches!(next.duty, StepDuty::Record | StepDuty::FamilyContact) && before.fields.iter().any(books))
        .map(|(before, next)| (next, before))
}

fn books(field: &StepField) -> bool {
    field.kind == FieldKind::Date && field.when == DayWhen::Ahead
}

/// Whether a line of a step's form says at what time the day beside it is arranged for: only a time in figures is shown in lists.
pub fn says_when(step: &Step, field: &StepField) -> bool {
    field.kind == FieldKind::Line && step.fields.iter().any(|day| books(day) && field.key == format!("{}{TIME}", day.key))
}

/// What the record of a step arranged for the one after it.
pub fn booked_by(step: &Step, record: &StepRecord) -> Option<Booked> {
    let asked = step.fields.iter().find(|field| books(field))?;
    let on = record.values.get(&asked.key)?.trim().parse().ok()?;
    let at = record.values.get(&format!("{}{TIME}", asked.key)).and_then(|words| time_in(words));
    Some(Booked { on, at })
}

/// What is arranged for the next step of a review.
pub fn booked(kind: &ReviewKind, facts: &ReviewFacts) -> Option<Booked> {
    let (_, before) = bookable(kind).find(|(next, _)| facts.review.next.step.as_ref() == Some(&next.key))?;
    booked_by(before, facts.steps.get(&before.key)?)
}

/// The first time of day in a few words: `10:00` of "10:00, at the office".
fn time_in(words: &str) -> Option<String> {
    words.split([' ', ',', ';']).find_map(|word| {
        let (hour, minute) = word.split_once([':', '.'])?;
        let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.get(..2)?.parse().ok()?);
        (hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))
    })
}
