//! Read-models of registers: how each stands, its entries, who is behind, its months side by side.

use super::{ListRow, RowKey};
use crate::domain::framework::Register;
use crate::domain::id::{EntryId, PersonId};
use crate::domain::programme::EventStand;
use crate::domain::register::{Collation, StandingRow};
use crate::domain::year::QaYear;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;

/// A register in the list of registers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RegisterRow {
    /// Its key.
    #[serde(rename = "ref")]
    pub key: String,
    /// Its name.
    pub label: String,
    /// Entries in this quality assurance year.
    pub entries: u32,
    /// Day of the newest entry, of any year.
    pub newest: Option<NaiveDate>,
    /// When the next is due, where the framework says.
    pub due: Option<NaiveDate>,
    /// People behind, of how many it expects entries of (F16); none where it expects none.
    pub behind: Option<(u32, u32)>,
    /// For the register of events: how often each was held this year, wherever that was noted, as the programme of the year counts it.
    #[serde(skip)]
    pub events: Vec<EventStand>,
}

/// One register, whole, without its entries.
#[derive(Debug, Clone, PartialEq)]
pub struct RegisterDetail {
    /// As the profile has it.
    pub register: Register,
    /// The year that is counted.
    pub year: QaYear,
    /// Who is behind (F16), furthest behind first.
    pub standings: Vec<StandingRow>,
    /// Month by month (C07).
    pub collation: Collation,
    /// Cycles whose outcomes no entry has looked at, oldest first, each with its area (F15).
    pub not_looked_at: Vec<(String, String)>,
}

/// An entry of a register.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EntryRow {
    /// The entry.
    #[serde(skip)]
    pub id: EntryId,
    /// `E-0042`.
    #[serde(rename = "ref")]
    pub reference: String,
    /// The day it is about.
    pub on: NaiveDate,
    /// The person it is about.
    #[serde(skip)]
    pub person: Option<PersonId>,
    /// Their full name; empty where it is about nobody.
    #[serde(rename = "person")]
    pub name: String,
    /// Team or service.
    pub place: String,
    /// The register's own fields.
    pub values: BTreeMap<String, String>,
    /// Who wrote it.
    pub by: String,
    /// Actions that came out of it, each with how it stands; empty: none.
    pub actions: String,
    /// Revision of the row.
    #[serde(skip)]
    pub revision: i64,
}

impl ListRow for EntryRow {
    fn id(&self) -> i64 {
        self.id.0
    }
    fn key(&self) -> RowKey {
        RowKey { value: self.on.to_string(), id: self.id.0 }
    }
    fn revision(&self) -> i64 {
        self.revision
    }
}
