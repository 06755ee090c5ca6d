//! What an import brings, as plain data, and the rules by which it changes the register of people, teams and children.
//!
//! Readers of files fill these types; the rules here compare them with what is known and say what would change. This
//! module must not know files, spreadsheets, SQL or the clock. Everything is deterministic: the same file twice over
//! changes nothing the second time.

mod people;
mod roll;
mod subjects;

pub use people::{PeopleReconciliation, reconcile_people};
pub use subjects::{Beyond, Incoming, Reconciliation, reconcile, reconcile_all};

use super::framework::SubjectKind;
use super::id::{AbsenceId, PersonId, SubjectId, TeamId};
use super::person::{Absence, Person, Team};
use super::subject::Subject;
use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// Where in an import something stands, so that a person can find it and mend it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// File name, without its folder.
    pub file: String,
    /// Sheet; empty for a plain file.
    pub sheet: String,
    /// Row as the spreadsheet numbers it (line of a CSV file); none when the whole sheet is meant.
    pub row: Option<u32>,
    /// Heading of the column; empty when the whole row is meant.
    pub column: String,
}

impl Place {
    /// A whole file.
    pub fn file(name: impl Into<String>) -> Place {
        Place { file: name.into(), ..Place::default() }
    }

    /// The same place, narrowed to a column.
    pub fn at(&self, column: impl Into<String>) -> Place {
        Place { column: column.into(), ..self.clone() }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.file)?;
        if !self.sheet.is_empty() {
            write!(f, ", sheet \"{}\"", self.sheet)?;
        }
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        if !self.column.is_empty() {
            write!(f, ", column \"{}\"", self.column)?;
        }
        Ok(())
    }
}

/// Whether an extract is too old to draw from without a word: more than a year.
pub fn is_old(extract: NaiveDate, today: NaiveDate) -> bool {
    extract.checked_add_months(Months::new(12)).is_some_and(|year_after| year_after < today)
}

/// How much an oddity matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Good to know; nothing to do.
    Note,
    /// Something was left out, guessed or is missing: somebody should look at the source.
    Warning,
}

/// Something in an import that is not as it should be, and what was done about it.
///
/// Never holds a child's name or date of birth; the council's own number may stand in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Oddity {
    /// Where.
    pub place: Place,
    /// What is odd: a whole sentence.
    pub what: String,
    /// What was done with it: a whole sentence.
    pub done: String,
    /// How much it matters.
    pub severity: Severity,
}

impl Oddity {
    /// Good to know.
    pub fn note(place: Place, what: impl Into<String>, done: impl Into<String>) -> Oddity {
        Oddity { place, what: what.into(), done: done.into(), severity: Severity::Note }
    }

    /// To be looked at.
    pub fn warning(place: Place, what: impl Into<String>, done: impl Into<String>) -> Oddity {
        Oddity { place, what: what.into(), done: done.into(), severity: Severity::Warning }
    }
}

impl std::fmt::Display for Oddity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} {}", self.place, self.what, self.done)
    }
}

/// One subject of the sampling frame, as an extract says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameRow {
    /// The council's own number.
    pub council_id: String,
    /// What it is.
    pub kind: SubjectKind,
    /// Key of the case type; the word of its kind where it is no child.
    pub case_type: String,
    /// Age in whole years on the day of the list, if it can be told.
    pub age_years: Option<u8>,
    /// Whether a disability is recorded; none: the list does not say.
    pub disability: Option<bool>,
    /// Allocated team, as written.
    pub team: Option<String>,
    /// Allocated worker, as written.
    pub worker: Option<String>,
    /// When the plan, care or episode began.
    pub started_on: Option<NaiveDate>,
    /// Where it was read.
    pub source: Place,
}

/// One person of a people file. A field is none where the file has no such column, and empty where the cell is blank.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// Full name.
    pub name: String,
    /// Key of a role of the framework, or what the file says when it is none.
    pub role: Option<String>,
    /// Team.
    pub team: Option<String>,
    /// Service.
    pub service: Option<String>,
    /// Work e-mail address.
    pub email: Option<String>,
    /// Login on the jump host.
    pub login: Option<String>,
    /// Line manager, by login, e-mail address or name.
    pub line_manager: Option<String>,
    /// Last day at the council; the outer level says whether the file has the column.
    pub left_on: Option<Option<NaiveDate>>,
    /// A period away, first and last day.
    pub away: Option<(NaiveDate, NaiveDate)>,
    /// Where it was read.
    pub source: Place,
}

/// What is known before an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Register {
    /// Everybody, those who left included.
    pub people: Vec<Person>,
    /// Every team.
    pub teams: Vec<Team>,
    /// Every subject, closed ones included.
    pub subjects: Vec<Subject>,
    /// Every absence.
    pub absences: Vec<Absence>,
}

/// The first free row number of each table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextIds {
    /// For people.
    pub person: PersonId,
    /// For teams.
    pub team: TeamId,
    /// For subjects.
    pub subject: SubjectId,
    /// For absences.
    pub absence: AbsenceId,
}

/// One record to be written: what it will be, and what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded<T> {
    /// What it will be.
    pub after: T,
    /// What it was; none when it is new.
    pub before: Option<T>,
}

impl<T> Recorded<T> {
    /// A record that did not exist.
    pub fn added(after: T) -> Recorded<T> {
        Recorded { after, before: None }
    }

    /// Whether it is new.
    pub fn is_new(&self) -> bool {
        self.before.is_none()
    }
}
