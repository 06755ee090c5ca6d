//! Registers of other quality assurance activity: dated entries with the fields that the profile asks for.
//! F16, C07, C08, C12, C14, M26, F19, S24, S25.
//!
//! A framework's own registers are joined by one that every framework with events of the year has: the events that
//! were held. This module must not know who may write or where entries are kept.

mod behind;
mod collate;
mod looked;
mod place;

pub use behind::{Presence, Standing, StandingRow, standings};
pub use collate::{Collation, CollationRow, collate};
pub use looked::{check_cycles, looks_at_cycles, not_looked_at, references};
pub use place::place_meant;

use super::calendar::Calendar;
use super::error::RuleError;
use super::fields;
use super::framework::{Choice, DayWhen, FieldKind, Framework, Register, StepField};
use super::id::{EntryId, PersonId};
use super::person::Person;
use super::year::{QaYear, last_of};
use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// One dated entry of a register, as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Row number.
    pub id: EntryId,
    /// Key of the register in the framework.
    pub register: String,
    /// The day it is about.
    pub on: NaiveDate,
    /// The person whose work it is about (F16), if it is about one.
    pub person: Option<PersonId>,
    /// Team or service, as people write it; empty where it is about none.
    pub place: String,
    /// The register's own fields: key and what was noted.
    pub values: BTreeMap<String, String>,
    /// What was noted in the words people read, by which it is found.
    pub words: String,
    /// Name of who wrote it.
    pub by: String,
    /// Taken back: it stays in the journal and counts nowhere.
    pub taken_back: bool,
}

/// What a person notes down.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EntryWanted {
    /// Key of the register.
    pub register: String,
    /// The day it is about.
    pub on: NaiveDate,
    /// The person whose work it is about.
    pub person: Option<PersonId>,
    /// Team or service; empty: that of the person.
    pub place: String,
    /// The register's own fields.
    pub values: BTreeMap<String, String>,
}

/// Key of the register in which the year's events are noted as held (M26, F19, S18, Q05).
pub const EVENTS: &str = "year-events";

/// Every register of a framework: its own, and the events of the year where it names any.
pub fn all(framework: &Framework) -> Vec<Cow<'_, Register>> {
    let mut registers: Vec<Cow<'_, Register>> = framework.registers.iter().map(Cow::Borrowed).collect();
    let events = &framework.cycle.events;
    if !events.is_empty() && !framework.registers.iter().any(|register| register.key == EVENTS) {
        let choices = events.iter().map(|event| Choice { key: event.key.clone(), label: event.label.clone() }).collect();
        let field = |key: &str, label: &str, kind: FieldKind, required: bool| StepField {
            key: key.into(),
            label: label.into(),
            kind,
            required,
            when: DayWhen::Any,
            no_disputes: false,
        };
        registers.push(Cow::Owned(Register {
            key: EVENTS.into(),
            label: "Events of the year".into(),
            every: None,
            months: Vec::new(),
            own_work: true,
            fields: vec![
                field("event", "Which event was held", FieldKind::Choice(choices), true),
                field("outcome", "What came of it", FieldKind::Text, false),
            ],
            expects: Vec::new(),
        }));
    }
    registers
}

/// The register with this key.
pub fn find<'a>(framework: &'a Framework, key: &str) -> Option<Cow<'a, Register>> {
    all(framework).into_iter().find(|register| register.key == key)
}

/// Checks what is to be noted down. `person` is the row of the person it is about.
///
/// Refuses a day ahead, a person missing where the register expects entries of people (F16), somebody who had left by
/// then, and answers that do not fit the register's fields.
pub fn check(register: &Register, wanted: &EntryWanted, person: Option<&Person>, today: NaiveDate) -> Result<(), RuleError> {
    if wanted.on > today {
        return Err(RuleError::new(
            format!("{} lies ahead: an entry says what has happened.", wanted.on.format("%-d %B %Y")),
            "Give the day on which it happened.",
        ));
    }
    match person {
        None if !register.expects.is_empty() => {
            return Err(RuleError::under(
                "F16",
                format!("\u{201c}{}\u{201d} is kept person by person, and nobody is named.", register.label),
                "Name the person it is about.",
            ));
        }
        Some(person) if !person.is_here(wanted.on) => {
            return Err(RuleError::new(
                format!("{} had left by {}.", person.name, wanted.on.format("%-d %B %Y")),
                "Give an earlier day, or another person.",
            ));
        }
        _ => {}
    }
    fields::check(&register.fields, &wanted.values, &register.label, None)
}

/// When the next entry of a register is due: so long after the newest, or by the end of the first month of collection
/// that has none. None where entries come as they come.
///
/// Counted from the first day of the year where nothing has been noted yet. Where entries are expected of people, each
/// stands for themselves ([`standings`]) and only the next month of collection is named.
pub fn next_due(register: &Register, newest: Option<NaiveDate>, year: QaYear, today: NaiveDate, calendar: &Calendar) -> Option<NaiveDate> {
    if let Some(every) = register.every {
        // What is kept every month is due by the end of a month, not on the day of the month of the last entry.
        return Some(match newest {
            Some(newest) => last_of(calendar.due_on(newest, every).ok()?),
            None => last_of(calendar.due_on(year.starts, every).ok()?.pred_opt()?),
        });
    }
    let each_for_themselves = !register.expects.is_empty();
    let open = |month: &NaiveDate| match each_for_themselves {
        true => last_of(*month) >= today,
        false => newest.is_none_or(|newest| newest < *month),
    };
    let ahead = (0..25).map(|month| year.starts + Months::new(month)).filter(|month| register.months.contains(&month.month()));
    ahead.into_iter().find(open).map(last_of)
}

/// The words of an entry, for a filter: what was noted, in the labels people read.
pub fn words(register: &Register, values: &BTreeMap<String, String>) -> String {
    let said = register.fields.iter().filter_map(|field| values.get(&field.key).map(|value| fields::said(field, value)));
    said.collect::<Vec<_>>().join(" ")
}
