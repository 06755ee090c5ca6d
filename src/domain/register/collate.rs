//! A register month by month: how many entries, and how each yes-no and choice was answered. C07.

use super::super::framework::{FieldKind, Register};
use crate::domain::year::{QaYear, first_of};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A register's year, month by month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Collation {
    /// First days of the months.
    pub months: Vec<NaiveDate>,
    /// All entries first, then one row for each answer that can be counted.
    pub rows: Vec<CollationRow>,
}

/// One line of the collation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollationRow {
    /// Label of the field; empty for all entries.
    pub field: String,
    /// The answer that is counted.
    pub answer: String,
    /// How many in each month.
    pub counts: Vec<u32>,
    /// How many in the year.
    pub total: u32,
}

/// Counts entries of a year by month; words are not counted, only choices and yes-no.
pub fn collate<'a>(
    register: &Register,
    year: QaYear,
    entries: impl Iterator<Item = (NaiveDate, &'a BTreeMap<String, String>)>,
) -> Collation {
    let months = year.months();
    let empty =
        |field: &str, answer: &str| CollationRow { field: field.into(), answer: answer.into(), counts: vec![0; months.len()], total: 0 };
    let mut keys = vec![(String::new(), String::new())];
    let mut rows = vec![empty("", "all entries")];
    for field in &register.fields {
        let answers: Vec<(String, String)> = match &field.kind {
            FieldKind::YesNo => ["yes", "no"].map(|word| (word.to_string(), word.to_string())).to_vec(),
            FieldKind::Choice(choices) => choices.iter().map(|choice| (choice.key.clone(), choice.label.clone())).collect(),
            FieldKind::Line | FieldKind::Text | FieldKind::Date | FieldKind::Cycles => continue,
        };
        for (key, label) in answers {
            keys.push((field.key.clone(), key));
            rows.push(empty(&field.label, &label));
        }
    }
    for (on, values) in entries {
        let Some(month) = months.iter().position(|month| *month == first_of(on)) else { continue };
        for ((field, answer), row) in keys.iter().zip(&mut rows) {
            if field.is_empty() || values.get(field) == Some(answer) {
                row.counts[month] += 1;
                row.total += 1;
            }
        }
    }
    Collation { months, rows }
}
