//! Understands one row of a list: whose, since when, whether the case is still open. Ages wait until the date of the
//! lists is known. It must not know the other rows.

use super::lists::Field;
use crate::domain::intake::{Oddity, Place};
use crate::domain::person::{LONGEST_NAME, too_long};
use crate::intake::cells::{self, Said};
use crate::intake::columns::{Column, key};
use crate::intake::grid::{Row, Value};
use chrono::{Days, NaiveDate};

/// A plan may begin this long before birth: an unborn child can have one.
const BEFORE_BIRTH: Days = Days::new(280);

/// One list with its columns, while its rows are read.
pub struct List {
    /// 4, 6, 7, 8 or 9.
    pub number: u8,
    /// File and sheet.
    pub place: Place,
    /// Where the columns are, in the order of [`Field::ALL`].
    pub columns: Vec<Option<Column>>,
    /// Today.
    pub today: NaiveDate,
}

/// Whether the case is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Open: in the sampling frame.
    Open,
    /// Ended; the words finish the sentence "Child 1 …".
    Ended(String),
}

/// One row, understood.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The council's number.
    pub council_id: String,
    /// Which list.
    pub list: u8,
    /// Date of birth: used for the age and then forgotten.
    pub born: Option<NaiveDate>,
    /// The age column.
    pub age: Option<f64>,
    /// Heading of the age column, for reports.
    pub age_heading: String,
    /// Disability.
    pub disability: Option<bool>,
    /// Team.
    pub team: Option<String>,
    /// Worker.
    pub worker: Option<String>,
    /// Start.
    pub started_on: Option<NaiveDate>,
    /// Open or ended.
    pub standing: Standing,
    /// Where it stands.
    pub place: Place,
}

impl List {
    /// The column of a field, if the list has it.
    pub fn column(&self, field: Field) -> Option<&Column> {
        let at = Field::ALL.iter().position(|other| *other == field)?;
        self.columns.get(at)?.as_ref()
    }

    fn cell<'r>(&self, row: &'r Row, field: Field) -> &'r Value {
        self.column(field).map_or(&Value::Empty, |column| row.cell(column.index))
    }

    fn place_of(&self, place: &Place, field: Field) -> Place {
        place.at(self.column(field).map_or("", |column| column.heading.as_str()))
    }

    /// Understands a row; none when it has to be left out, which is then among the oddities.
    pub fn read(&self, row: &Row, oddities: &mut Vec<Oddity>) -> Option<Entry> {
        let place = Place { row: Some(row.number), ..self.place.clone() };
        let council_id = match cells::council_id(self.cell(row, Field::Id)) {
            Said::This(id) => id,
            Said::Nothing => {
                oddities.push(Oddity::warning(self.place_of(&place, Field::Id), "The row has no number of a child.", "It was left out."));
                return None;
            }
            Said::Odd(why) => {
                let what = format!("The cell {why}.");
                oddities.push(Oddity::warning(self.place_of(&place, Field::Id), what, "The row was left out."));
                return None;
            }
        };
        let mut noted = Notes { list: self, place: &place, id: &council_id, oddities };
        let born = noted.date(row, Field::Born, "date of birth");
        let age = noted.value(row, Field::Age, cells::age, "The age column was not used.");
        let disability = noted.value(row, Field::Disability, cells::yes_no, "Whether there is a disability stays unknown.");
        let team = noted.team_or_worker(row, Field::Team, cells::words, "team");
        let worker = noted.team_or_worker(row, Field::Worker, cells::person_name, "worker");
        let started_on = noted.start(row, born);
        let standing = noted.standing(row);
        let age_heading = self.column(Field::Age).map_or(String::new(), |column| column.heading.clone());
        Some(Entry { council_id, list: self.number, born, age, age_heading, disability, team, worker, started_on, standing, place })
    }
}

/// Reads the cells of one row and notes what is odd.
struct Notes<'a> {
    list: &'a List,
    place: &'a Place,
    id: &'a str,
    oddities: &'a mut Vec<Oddity>,
}

impl Notes<'_> {
    fn warn(&mut self, field: Field, what: String, done: &str) {
        self.oddities.push(Oddity::warning(self.list.place_of(self.place, field), what, done));
    }

    fn note(&mut self, field: Field, what: String, done: &str) {
        self.oddities.push(Oddity::note(self.list.place_of(self.place, field), what, done));
    }

    fn value<T>(&mut self, row: &Row, field: Field, read: fn(&Value) -> Said<T>, done: &str) -> Option<T> {
        match read(self.list.cell(row, field)) {
            Said::This(value) => Some(value),
            Said::Nothing => None,
            Said::Odd(why) => {
                self.warn(field, format!("Child {}: the cell {why}.", self.id), done);
                None
            }
        }
    }

    fn date(&mut self, row: &Row, field: Field, what: &str) -> Option<NaiveDate> {
        match cells::date(self.list.cell(row, field), self.list.today) {
            Said::This(date) => Some(date),
            Said::Nothing => None,
            Said::Odd(why) => {
                self.warn(field, format!("Child {}: the {what} {why}.", self.id), "It was taken as not given.");
                None
            }
        }
    }

    /// A child without worker or team stays in the frame; that nobody holds the case is itself a finding.
    fn team_or_worker(&mut self, row: &Row, field: Field, read: fn(&Value) -> Said<String>, what: &str) -> Option<String> {
        self.list.column(field)?;
        let done = format!("The child stays in the frame without a {what}.");
        let why = match read(self.list.cell(row, field)) {
            Said::This(text) if too_long(&text) => {
                let what = format!("Child {}: the name of the allocated {what} is longer than {LONGEST_NAME} characters.", self.id);
                self.warn(field, what, &done);
                return None;
            }
            Said::This(text) => return Some(text),
            Said::Nothing => String::new(),
            Said::Odd(why) => format!(" (the cell {why})"),
        };
        self.warn(field, format!("Child {} has no allocated {what}{why}.", self.id), &done);
        None
    }

    fn start(&mut self, row: &Row, born: Option<NaiveDate>) -> Option<NaiveDate> {
        let start = self.date(row, Field::Start, "start date")?;
        if start > self.list.today {
            self.warn(Field::Start, format!("Child {}: the start date is in the future.", self.id), "It was taken as not given.");
            return None;
        }
        let Some(born) = born.filter(|born| start < *born) else { return Some(start) };
        // Nobody is in care before birth; assessments and plans for an unborn child are good practice.
        let may_be_unborn = self.list.number != 8 && born.checked_sub_days(BEFORE_BIRTH).is_some_and(|earliest| start >= earliest);
        if may_be_unborn {
            self.note(Field::Start, format!("Child {}: the start date is before birth.", self.id), "It was kept: the child was unborn.");
            Some(start)
        } else {
            self.warn(Field::Start, format!("Child {}: the start date lies long before birth.", self.id), "It was taken as not given.");
            None
        }
    }

    fn standing(&mut self, row: &Row) -> Standing {
        let what = match self.list.number {
            7 => "plan",
            8 => "period of care",
            _ => "case",
        };
        match cells::date(self.list.cell(row, Field::End), self.list.today) {
            Said::This(end) if end <= self.list.today => return Standing::Ended(format!("{what} ended on {}", end.format("%-d %b %Y"))),
            Said::This(_) => {
                self.note(Field::End, format!("Child {}: the end date is in the future.", self.id), "The case is still open.");
                return Standing::Open;
            }
            Said::Nothing => {}
            Said::Odd(why) => {
                self.warn(Field::End, format!("Child {}: the end date {why}.", self.id), "The case was taken as still open.");
            }
        }
        for field in [Field::Status, Field::Reason] {
            let Some(said) = cells::words(self.list.cell(row, field)).value() else { continue };
            let closed = if field == Field::Status { says_closed(&said) } else { gives_reason(&said) };
            if closed {
                let done = "It was taken as ended.";
                self.note(field, format!("Child {}: the {what} is marked as ended, without an end date.", self.id), done);
                return Standing::Ended(format!("{what} is marked as ended"));
            }
        }
        Standing::Open
    }
}

/// "e) Closed episode", "Closed", "Plan ended"; but not "Not closed", "To be closed", "Pending: closed at panel".
fn says_closed(status: &str) -> bool {
    let status = cells::without_code(status).to_lowercase();
    let has = |wanted: &[&str]| status.split(|c: char| !c.is_alphanumeric()).any(|word| wanted.contains(&word));
    has(&["closed", "ended", "ceased"]) && !has(&["not", "never", "be", "pending", "awaiting", "due", "until"])
}

/// A reason for closing is given only for what is closed, but for words that deny it.
fn gives_reason(reason: &str) -> bool {
    !matches!(key(cells::without_code(reason)).as_str(), "" | "open" | "notclosed" | "stillopen" | "no" | "caseopen" | "ongoing" | "0")
}
