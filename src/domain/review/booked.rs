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

/// The hours in which people are met: of two readings of a time without a.m. or p.m., the one within them is meant.
const WORK: std::ops::Range<u32> = 8..18;

/// Numbers of hours, and the few minutes that are said in words, as people write them.
const WORDS: [&str; 12] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// The first time of day in a few words: `10:00` of "10:00, at the office", `14:30` of "2.30pm" or "half past two". What could be the
/// morning as well as the evening is no time: nobody is told one that was guessed.
pub fn time_in(words: &str) -> Option<String> {
    let plain = words.to_lowercase().replace("a.m", "am").replace("p.m", "pm").replace(['\u{2019}', '\''], "");
    let tokens: Vec<&str> =
        plain.split([' ', ',', ';', '(', ')']).map(|token| token.trim_matches('.')).filter(|token| !token.is_empty()).collect();
    let place = |place: usize| tokens.get(place).copied().unwrap_or_default();
    let found = (0..tokens.len()).find_map(|at| time_at(place(at), place(at + 1), place(at + 2), place(at + 3)));
    found.map(|(hour, minute)| format!("{hour:02}:{minute:02}"))
}

/// The time that begins with this word, by those after it.
fn time_at(word: &str, second: &str, third: &str, fourth: &str) -> Option<(u32, u32)> {
    if matches!(word, "noon" | "midday") {
        return Some((12, 0));
    }
    let quarters = match word {
        "half" => Some(30),
        "quarter" => Some(15),
        _ => None,
    };
    match (quarters, second) {
        (Some(minutes), "past") => return of_hours(hour_named(third)?, minutes, half_of_day(third, fourth), false),
        (Some(15), "to") => return of_hours((hour_named(third)? + 10) % 12 + 1, 45, half_of_day(third, fourth), false),
        _ => {}
    }
    if matches!(second, "oclock" | "am" | "pm") && !word.contains([':', '.']) {
        return of_hours(hour_named(word)?, 0, half_of_day(second, third), false);
    }
    let half = half_of_day(word, second);
    let figures = word.trim_end_matches("am").trim_end_matches("pm");
    match figures.split_once([':', '.']) {
        Some((hour, minute)) => {
            let minute = minute.get(..2).filter(|digits| digits.chars().all(|digit| digit.is_ascii_digit()))?.parse().ok()?;
            of_hours(hour.parse().ok()?, minute, half, hour.len() == 2 && hour.starts_with('0'))
        }
        // A number by itself may be that of a room.
        None if figures.len() < word.len() => of_hours(figures.parse().ok()?, 0, half, false),
        None => None,
    }
}

/// The hour that is named in figures or words.
fn hour_named(word: &str) -> Option<u32> {
    let figures = word.trim_end_matches("am").trim_end_matches("pm");
    let named = WORDS.iter().position(|name| *name == word).map(|place| place as u32 + 1);
    named.or_else(|| figures.parse().ok()).filter(|hour| (1..=12).contains(hour))
}

/// Whether the morning or the evening is named, at the end of a word or in the one after it: true for the evening.
fn half_of_day(word: &str, after: &str) -> Option<bool> {
    match (word.trim_start_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, ':' | '.')), after) {
        ("pm", _) | (_, "pm") => Some(true),
        ("am", _) | (_, "am") => Some(false),
        _ => None,
    }
}

/// The time of these figures; none: there is none, or it could be either half of the day.
fn of_hours(hour: u32, minute: u32, evening: Option<bool>, exact: bool) -> Option<(u32, u32)> {
    if hour > 23 || minute > 59 {
        return None;
    }
    let hour = match evening {
        Some(_) if hour > 12 || hour == 0 => hour,
        Some(evening) => hour % 12 + if evening { 12 } else { 0 },
        None if exact || hour > 12 || hour == 0 => hour,
        None => {
            let mut both = [hour % 12, hour % 12 + 12].into_iter().filter(|hour| WORK.contains(hour));
            both.next().filter(|_| both.next().is_none())?
        }
    };
    Some((hour, minute))
}
