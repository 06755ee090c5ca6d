//! Who is behind with what a register expects of each person. F16.
//!
//! The year is cut at the months of return: what is due by now is the share of those parts that are over. A part counts
//! for a person who was here for at least half of its days; who joined, left or is away is not accused, and it says so.

use crate::domain::framework::{Expectation, FieldKind, Register};
use crate::domain::id::PersonId;
use crate::domain::year::{QaYear, last_of};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// What is known of a person's year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presence {
    /// Who.
    pub person: PersonId,
    /// Full name.
    pub name: String,
    /// Role key, as the framework writes it.
    pub role: String,
    /// Team, or service where there is no team.
    pub place: String,
    /// First day on the council's list, where it lies after the list was first taken in.
    pub since: Option<NaiveDate>,
    /// Last day, once known.
    pub left_on: Option<NaiveDate>,
    /// First and last days of absences.
    pub away: Vec<(NaiveDate, NaiveDate)>,
}

/// How a person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// So many entries behind.
    Behind(u32),
    /// Nothing is due yet that is missing.
    OnTrack,
    /// Everything the year asks for is there.
    Done,
    /// A programme of their own sets the number.
    OwnProgramme,
    /// Away, or gone: not asked.
    NotAsked,
}

/// One person of those whom a register expects entries of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingRow {
    /// Who.
    pub person: PersonId,
    /// Full name.
    pub name: String,
    /// Role key.
    pub role: String,
    /// Team or service.
    pub place: String,
    /// Entries this year.
    pub entries: u32,
    /// Entries due by today.
    pub due: u32,
    /// Entries the whole year asks for.
    pub a_year: u32,
    /// The choice that one of them has to have, in words, and whether one has.
    pub at_least_one: Option<(String, bool)>,
    /// How they stand.
    pub standing: Standing,
    /// Why less is asked of them, in words; empty otherwise.
    pub because: String,
}

/// How everybody of the expected roles stands today, those furthest behind first.
///
/// `entries` holds for each person the noted values of their entries in that year.
pub fn standings(
    register: &Register,
    people: &[Presence],
    entries: &BTreeMap<PersonId, Vec<BTreeMap<String, String>>>,
    year: QaYear,
    today: NaiveDate,
) -> Vec<StandingRow> {
    let parts = parts(register, year);
    let mut rows = Vec::new();
    for expected in &register.expects {
        for person in people.iter().filter(|person| expected.roles.iter().any(|role| role.eq_ignore_ascii_case(&person.role))) {
            // Who left before the year began has no part in it.
            if person.left_on.is_some_and(|last| last < year.starts) {
                continue;
            }
            let own = entries.get(&person.person).map(Vec::as_slice).unwrap_or_default();
            rows.push(row(register, expected, person, own, &parts, today));
        }
    }
    rows.sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| a.name.cmp(&b.name)));
    rows
}

/// Furthest behind first, then what is still to come, then the rest.
fn order(row: &StandingRow) -> (u8, u32) {
    match row.standing {
        Standing::Behind(by) => (0, u32::MAX - by),
        Standing::OnTrack => (1, row.entries),
        Standing::OwnProgramme => (2, row.entries),
        Standing::Done => (3, 0),
        Standing::NotAsked => (4, 0),
    }
}

/// The parts of the year, each ended by a month of return; a month each where the register has none.
fn parts(register: &Register, year: QaYear) -> Vec<(NaiveDate, NaiveDate)> {
    let mut parts = Vec::new();
    let mut from = year.starts;
    for month in year.months() {
        if register.months.is_empty() || register.months.contains(&month.month()) {
            let ends = last_of(month);
            parts.push((from, ends));
            from = ends + chrono::Duration::days(1);
        }
    }
    parts
}

fn row(
    register: &Register,
    expected: &Expectation,
    person: &Presence,
    own: &[BTreeMap<String, String>],
    parts: &[(NaiveDate, NaiveDate)],
    today: NaiveDate,
) -> StandingRow {
    let counted: Vec<&(NaiveDate, NaiveDate)> = parts.iter().filter(|part| here_for_half(person, **part)).collect();
    let share = |of: usize| (expected.times_a_year as usize * of / parts.len().max(1)) as u32;
    let over = counted.iter().filter(|(_, ends)| *ends < today).count();
    let (due, a_year) = (share(over), share(counted.len()));
    let entries = own.len() as u32;
    let at_least_one = expected.at_least_one.as_ref().map(|(field, choice)| {
        let has = own.iter().any(|values| values.get(field) == Some(choice));
        (label(register, field, choice), has)
    });
    // One of the right kind can still be the last; once all are due it is one more that is missing.
    let kind_missing = at_least_one.as_ref().is_some_and(|(_, has)| !has) && a_year > 0;
    let lacking = due.saturating_sub(entries).max(u32::from(kind_missing && due >= a_year));
    let away = person.away.iter().find(|(from, until)| *from <= today && today <= *until);
    let gone = person.left_on.filter(|last| *last < today);
    let fewer = counted.len() < parts.len();
    let because = match (gone, away, person.since) {
        (Some(last), ..) => format!("left {}", last.format("%-d %b")),
        (None, Some((_, until)), _) => format!("away until {}", until.format("%-d %b")),
        (None, None, Some(since)) if fewer => format!("on the list since {}", since.format("%-d %b")),
        (None, None, _) if fewer => "away for part of the year".to_string(),
        _ => String::new(),
    };
    let standing = match (gone.is_some() || away.is_some(), expected.times_a_year, lacking) {
        (true, ..) => Standing::NotAsked,
        (false, 0, _) => Standing::OwnProgramme,
        (false, _, 0) if entries >= a_year && !kind_missing => Standing::Done,
        (false, _, 0) => Standing::OnTrack,
        (false, _, by) => Standing::Behind(by),
    };
    let (name, role, place) = (person.name.clone(), person.role.clone(), person.place.clone());
    StandingRow { person: person.person, name, role, place, entries, due, a_year, at_least_one, standing, because }
}

fn label(register: &Register, field: &str, choice: &str) -> String {
    let asked = register.fields.iter().find(|known| known.key == field);
    match asked.map(|field| &field.kind) {
        Some(FieldKind::Choice(choices)) => {
            choices.iter().find(|known| known.key == choice).map_or_else(|| choice.to_string(), |known| known.label.clone())
        }
        _ => choice.to_string(),
    }
}

/// Whether somebody was here for at least half of the days of a part of the year.
fn here_for_half(person: &Presence, (from, until): (NaiveDate, NaiveDate)) -> bool {
    let here = from.iter_days().take_while(|day| *day <= until).filter(|day| {
        person.since.is_none_or(|since| since <= *day)
            && person.left_on.is_none_or(|last| *day <= last)
            && !person.away.iter().any(|(first, last)| first <= day && day <= last)
    });
    here.count() as i64 * 2 > (until - from).num_days()
}
