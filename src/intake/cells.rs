//! What single cells mean: numbers of children, dates, ages, yes and no, as exports write them. It must not know lists.

use super::grid::Value;
use chrono::{Datelike, NaiveDate};

/// Excel counts days from here (for every day after February 1900).
const EXCEL_EPOCH: NaiveDate = match NaiveDate::from_ymd_opt(1899, 12, 30) {
    Some(date) => date,
    None => NaiveDate::MIN,
};

/// Before this year nothing about a child of today can have happened; 1900 is what an empty date looks like in Excel.
const FIRST_YEAR: i32 = 1950;

/// This many years ahead a date is a slip (2202 for 2022), not a plan.
const YEARS_AHEAD: i32 = 30;

/// What a cell says where a value is wanted.
#[derive(Debug, Clone, PartialEq)]
pub enum Said<T> {
    /// Nothing: blank, or words for nothing ("N/A", "none").
    Nothing,
    /// This.
    This(T),
    /// Something that cannot be a value of the kind; the words finish the sentence "The cell …".
    Odd(&'static str),
}

impl<T> Said<T> {
    /// The value, if there is one.
    pub fn value(self) -> Option<T> {
        match self {
            Said::This(value) => Some(value),
            Said::Nothing | Said::Odd(_) => None,
        }
    }
}

/// What error cells and formulas without result have in common, for every kind of value.
fn broken(value: &Value) -> Option<&'static str> {
    match value {
        Value::Error(_) => Some("shows an error such as #N/A"),
        Value::NoResult => Some("holds a formula whose result was not saved"),
        Value::Text(text) if is_error_text(text) => Some("shows an error such as #N/A"),
        _ => None,
    }
}

fn is_error_text(text: &str) -> bool {
    let text = text.trim();
    text.starts_with('#')
        && ["#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"]
            .iter()
            .any(|error| text.eq_ignore_ascii_case(error))
}

/// Words that people and systems write for nothing.
fn means_nothing(text: &str) -> bool {
    let key = super::columns::key(text);
    matches!(
        key.as_str(),
        "" | "na"
            | "none"
            | "null"
            | "nil"
            | "blank"
            | "notknown"
            | "unknown"
            | "notapplicable"
            | "notrecorded"
            | "notstated"
            | "notstatedrecorded"
            | "unallocated"
            | "notallocated"
            | "notyetallocated"
            | "noworker"
            | "noteam"
            | "tbc"
            | "tba"
            | "vacant"
    )
}

/// Words: a team, a worker, a reason.
pub fn words(value: &Value) -> Said<String> {
    if let Some(why) = broken(value) {
        return Said::Odd(why);
    }
    let text = value.shown();
    if means_nothing(&text) { Said::Nothing } else { Said::This(text.into_owned()) }
}

/// A person's name: "Carter, Nina" is Nina Carter.
pub fn person_name(value: &Value) -> Said<String> {
    match words(value) {
        Said::This(text) => match text.split_once(", ") {
            Some((surname, first)) if !first.contains(',') => Said::This(format!("{} {}", first.trim(), surname.trim())),
            _ => Said::This(text),
        },
        other => other,
    }
}

/// The text behind a code: "b) No" says "No", "N1 - Abuse" stays.
pub fn without_code(text: &str) -> &str {
    match text.split_once(')') {
        Some((code, rest)) if code.len() <= 2 && code.chars().all(|c| c.is_ascii_alphanumeric()) => rest.trim(),
        _ => text,
    }
}

/// The council's own number of a child. Numbers lose the ".0" that spreadsheets give them; text keeps leading zeros.
pub fn council_id(value: &Value) -> Said<String> {
    if let Some(why) = broken(value) {
        return Said::Odd(why);
    }
    let text = match value {
        // Spreadsheets are exact up to fifteen digits.
        Value::Number(n) if n.fract() == 0.0 && (0.0..1e15).contains(n) => return Said::This(format!("{n:.0}")),
        Value::Number(_) => return Said::Odd("holds a number that no record can have"),
        Value::Date(_) => return Said::Odd("holds a date"),
        other => other.shown(),
    };
    let text = match text.split_once('.') {
        Some((whole, zeros)) if !whole.is_empty() && !zeros.is_empty() && zeros.bytes().all(|b| b == b'0') && all_digits(whole) => whole,
        _ => &text,
    };
    if text.is_empty() {
        return Said::Nothing;
    }
    let rounded = text.split_once(['E', 'e']).is_some_and(|(number, power)| {
        power.strip_prefix('+').is_some_and(all_digits) && number.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    });
    if rounded {
        return Said::Odd("holds a number that Excel rounded (such as 1.62E+08), so the child cannot be told");
    }
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return Said::Odd("holds words and not a number");
    }
    let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'/' | b'.' | b'_' | b' '));
    if !plain || text.len() > 40 {
        return Said::Odd("holds more than a number: only letters, digits and - / . _ may stand in it");
    }
    Said::This(text.to_string())
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// A date: a date cell, a serial number of Excel, or text as people in England write dates.
pub fn date(value: &Value, today: NaiveDate) -> Said<NaiveDate> {
    if let Some(why) = broken(value) {
        return Said::Odd(why);
    }
    let date = match value {
        Value::Empty => return Said::Nothing,
        Value::Date(date) => Some(*date),
        Value::Number(serial) => of_serial(*serial),
        Value::Bool(_) => None,
        _ => {
            let text = value.shown();
            if means_nothing(&text) {
                return Said::Nothing;
            }
            of_text(&text)
        }
    };
    match date {
        None => Said::Odd("cannot be read as a date"),
        Some(date) if date.year() < FIRST_YEAR => Said::Odd("holds a date that is too long ago to be true"),
        Some(date) if date.year() > today.year() + YEARS_AHEAD => Said::Odd("holds a date that is too far ahead to be true"),
        Some(date) => Said::This(date),
    }
}

fn of_serial(serial: f64) -> Option<NaiveDate> {
    if !(0.0..3_000_000.0).contains(&serial) {
        return None;
    }
    EXCEL_EPOCH.checked_add_days(chrono::Days::new(serial.trunc() as u64))
}

/// Day first, as in England, or year first, as ISO; months as numbers or names; a time behind it is left off.
pub fn of_text(text: &str) -> Option<NaiveDate> {
    if all_digits(text) && text.len() == 5 {
        return of_serial(text.parse().ok()?);
    }
    let text = text.trim_end_matches('Z');
    let text = match text.split_once('T') {
        Some((day, time)) if time.starts_with(|c: char| c.is_ascii_digit()) => &format!("{day} {time}"),
        _ => text,
    };
    let mut parts = text.split(['/', '-', '.', ' ', ',']).filter(|part| !part.is_empty());
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    let is_time = |part: &str| part.contains(':') || all_digits(part) || matches!(part.to_ascii_lowercase().as_str(), "am" | "pm");
    if !parts.all(is_time) {
        return None;
    }
    let month = month(second)?;
    if first.len() == 4 && all_digits(first) {
        return NaiveDate::from_ymd_opt(first.parse().ok()?, month, third.parse().ok()?);
    }
    let day = first.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']).parse().ok()?;
    let year: i32 = match (third.len(), all_digits(third)) {
        (4, true) => third.parse().ok()?,
        (2, true) => match third.parse::<i32>().ok()? {
            year @ 0..=68 => 2000 + year,
            year => 1900 + year,
        },
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year, month, day)
}

fn month(text: &str) -> Option<u32> {
    if all_digits(text) {
        return text.parse().ok();
    }
    let name = text.to_ascii_lowercase();
    let names = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let at = names.iter().position(|full| name.len() >= 3 && (full.starts_with(&name) || (name == "sept" && *full == "september")))?;
    u32::try_from(at + 1).ok()
}

/// Yes or no, with or without code: "a) Yes", "N", 1. "Unknown" and "not stated" say nothing.
pub fn yes_no(value: &Value) -> Said<bool> {
    if let Some(why) = broken(value) {
        return Said::Odd(why);
    }
    match value {
        Value::Bool(yes) => return Said::This(*yes),
        Value::Number(1.0) => return Said::This(true),
        Value::Number(0.0) => return Said::This(false),
        _ => {}
    }
    let shown = value.shown();
    let text = without_code(&shown);
    match super::columns::key(text).as_str() {
        "yes" | "y" | "true" | "1" => Said::This(true),
        // In the census "none" is the code for a child without disability.
        "no" | "n" | "false" | "0" | "none" | "nodisability" => Said::This(false),
        _ if means_nothing(text) => Said::Nothing,
        _ => Said::Odd("says neither yes nor no"),
    }
}

/// An age in years, with its fraction: 6.14, "12", "12 years", "7 months".
pub fn age(value: &Value) -> Said<f64> {
    if let Some(why) = broken(value) {
        return Said::Odd(why);
    }
    if let Value::Number(years) = value {
        return Said::This(*years);
    }
    let shown = value.shown();
    let text = shown.trim().to_ascii_lowercase();
    if means_nothing(&text) {
        return Said::Nothing;
    }
    if text == "unborn" || text.starts_with('<') {
        return Said::This(0.0);
    }
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-')).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let Ok(number) = number.parse::<f64>() else { return Said::Odd("cannot be read as an age") };
    match unit.trim().chars().next() {
        None | Some('y') => Said::This(number),
        Some('m') => Said::This(number / 12.0),
        Some('w') => Said::This(number / 52.0),
        Some('d') => Said::This(number / 365.0),
        Some(_) => Said::Odd("cannot be read as an age"),
    }
}

/// Whole years between birth and a day; negative before birth.
pub fn years_between(born: NaiveDate, on: NaiveDate) -> i32 {
    let years = on.year() - born.year();
    if (on.month(), on.day()) < (born.month(), born.day()) { years - 1 } else { years }
}
