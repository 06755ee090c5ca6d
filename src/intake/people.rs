//! Reads a people file: who works for the council, in which role and team, for whom. It must not know the register:
//! what of it is new is for [`crate::domain::intake::reconcile_people`] to say.

mod checks;

use super::cells::{self, Said};
use super::columns::{self, Column, Variants};
use super::error::{IntakeError, Trouble};
use super::grid::{Grid, Row};
use super::table;
use crate::domain::framework::Role;
pub use crate::domain::intake::PersonRow;
use crate::domain::intake::{Oddity, Place};
use crate::domain::person::{LONGEST_NAME, name_key, too_long};
use crate::domain::safe_text::{safe_line, shows_nothing};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::path::Path;

/// Dates of leaving and absence may lie ahead; only slips of the pen are refused.
const FAR: NaiveDate = NaiveDate::MAX;

const NAME: usize = 0;
const ROLE: usize = 1;
const TEAM: usize = 2;
const SERVICE: usize = 3;
const EMAIL: usize = 4;
const LOGIN: usize = 5;
const MANAGER: usize = 6;
const LEFT: usize = 7;
const AWAY_FROM: usize = 8;
const AWAY_UNTIL: usize = 9;
const FIRST_NAME: usize = 10;
const SURNAME: usize = 11;

/// The headings of each column, in the order of the constants above.
const WANTED: [Variants; 12] = [
    &["name", "fullname", "staffname", "workername", "employeename", "displayname", "employee", "worker"],
    &["role", "jobtitle", "jobrole", "roletitle", "position", "post", "posttitle", "title"],
    &["team", "teamname", "allocatedteam"],
    &["service", "servicename", "servicearea", "department", "directorate", "division"],
    &["email", "emailaddress", "workemail", "mail"],
    &["login", "username", "userid", "user", "loginname", "networklogin", "samaccountname", "account"],
    &["linemanager", "manager", "reportsto", "supervisor", "managername", "linemanagername", "managerlogin", "linemanagerlogin"],
    &["lefton", "leftdate", "dateleft", "leavingdate", "leavedate", "enddate", "lastday"],
    &["awayfrom", "absentfrom", "absencefrom", "leavefrom"],
    &["awayuntil", "awayto", "absentuntil", "absentto", "absenceuntil", "absenceto", "leaveuntil", "leaveto"],
    &["firstname", "forename", "givenname"],
    &["surname", "lastname", "familyname"],
];

/// What a people file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeopleFile {
    /// The people, in the order of the file.
    pub rows: Vec<PersonRow>,
    /// Everything odd, row by row.
    pub oddities: Vec<Oddity>,
    /// Filled rows below the headings.
    pub rows_read: usize,
    /// Rows left out; each is among the oddities.
    pub left_out: usize,
}

/// Reads a people file: CSV, or the first sheet of a workbook that has a column for names.
pub fn read(path: &Path, roles: &[Role]) -> Result<PeopleFile, IntakeError> {
    let (place, grid) = table::of_file(path, |grid| header(grid).is_ok())?;
    let header = match header(&grid) {
        Ok(header) => header,
        Err(found) => {
            let what = format!("There is no column \"name\". Headings found: {}.", columns::listed(&found));
            let remedy = "Give the columns the headings name, role, team, service, email, login and line manager.";
            return Err(IntakeError::new(Trouble::NoColumn, place, what, remedy));
        }
    };
    let mut file = PeopleFile::default();
    let sheet = Sheet { place, columns: header.columns, roles };
    let mut logins: HashMap<String, (u32, String)> = HashMap::new();
    for row in grid.rows.iter().skip(header.at + 1).filter(|row| !row.is_blank()) {
        file.rows_read += 1;
        let Some(mut person) = sheet.person(row, &mut file.oddities) else {
            file.left_out += 1;
            continue;
        };
        let login = person.login.as_deref().unwrap_or_default().to_lowercase();
        match logins.get(&login).filter(|_| !login.is_empty()) {
            Some((first, name)) => {
                let what = format!("The login was given already, in row {first}.");
                // The same person once more says nothing new; somebody else is a person without a login of their own.
                let again = *name == name_key(&person.name);
                let done = match again {
                    true => "The row was left out: it names the same person.",
                    false => "The person was taken in without a login: two people cannot share one.",
                };
                file.oddities.push(Oddity::warning(sheet.at(row, LOGIN), what, done));
                if again {
                    file.left_out += 1;
                } else {
                    person.login = None;
                    file.rows.push(person);
                }
            }
            None => {
                logins.insert(login, (row.number, name_key(&person.name)));
                file.rows.push(person);
            }
        }
    }
    if file.rows.is_empty() {
        let remedy = "Write one person a row below the headings and import again.";
        return Err(IntakeError::new(Trouble::Empty, sheet.place, "There is nobody in the file.", remedy));
    }
    file.left_out += checks::twins(&mut file.rows, &mut file.oddities);
    checks::managers(&file.rows, &mut file.oddities);
    file.oddities.sort_by_key(|oddity| oddity.place.row);
    Ok(file)
}

fn header(grid: &Grid) -> Result<columns::Header, Vec<String>> {
    columns::find(grid, &WANTED, NAME).or_else(|found| columns::find(grid, &WANTED, SURNAME).map_err(|_| found))
}

struct Sheet<'a> {
    place: Place,
    columns: Vec<Option<Column>>,
    roles: &'a [Role],
}

impl Sheet<'_> {
    fn column(&self, field: usize) -> Option<&Column> {
        self.columns.get(field)?.as_ref()
    }

    fn at(&self, row: &Row, field: usize) -> Place {
        let column = self.column(field).map_or(String::new(), |column| column.heading.clone());
        Place { row: Some(row.number), column, ..self.place.clone() }
    }

    fn person(&self, row: &Row, oddities: &mut Vec<Oddity>) -> Option<PersonRow> {
        let name = self.name(row);
        if shows_nothing(&name) || !name.chars().any(char::is_alphabetic) {
            let hidden = !name.is_empty() && shows_nothing(&name);
            let what = if hidden { "The name holds only characters that cannot be seen." } else { "The row has no name." };
            oddities.push(Oddity::warning(self.at(row, NAME), what, "The row was left out."));
            return None;
        }
        if too_long(&name) {
            let what = format!("The name is longer than {LONGEST_NAME} characters.");
            oddities.push(Oddity::warning(self.at(row, NAME), what, "The row was left out."));
            return None;
        }
        let role = self.text(row, ROLE, oddities).map(|role| checks::role(&role, self.roles, self.at(row, ROLE), oddities));
        let email = self.text(row, EMAIL, oddities).map(|email| self.email(row, email, oddities));
        let left_on = self.column(LEFT).map(|_| self.date(row, LEFT, oddities));
        Some(PersonRow {
            name,
            role,
            team: self.text(row, TEAM, oddities),
            service: self.text(row, SERVICE, oddities),
            email,
            login: self.text(row, LOGIN, oddities),
            line_manager: self.text(row, MANAGER, oddities),
            left_on,
            away: self.away(row, oddities),
            source: Place { row: Some(row.number), ..self.place.clone() },
        })
    }

    fn name(&self, row: &Row) -> String {
        let read = |field| self.column(field).and_then(|column| cells::person_name(row.cell(column.index)).value()).unwrap_or_default();
        let whole = read(NAME);
        // Some exports split the name and call one half of it "name".
        if self.column(SURNAME).is_some() && self.column(NAME).is_none_or(|_| whole.is_empty()) {
            return safe_line(&format!("{} {}", read(FIRST_NAME), read(SURNAME))).into_owned();
        }
        whole
    }

    fn text(&self, row: &Row, field: usize, oddities: &mut Vec<Oddity>) -> Option<String> {
        let column = self.column(field)?;
        match cells::words(row.cell(column.index)) {
            Said::This(text) if too_long(&text) => {
                let what = format!("The cell is longer than {LONGEST_NAME} characters.");
                oddities.push(Oddity::warning(self.at(row, field), what, "What is known already was kept."));
                None
            }
            Said::This(text) if shows_nothing(&text) => {
                let what = "The cell holds only characters that cannot be seen.";
                oddities.push(Oddity::warning(self.at(row, field), what, "What is known already was kept."));
                None
            }
            Said::This(text) => Some(text),
            Said::Nothing => Some(String::new()),
            Said::Odd(why) => {
                oddities.push(Oddity::warning(self.at(row, field), format!("The cell {why}."), "What is known already was kept."));
                None
            }
        }
    }

    fn email(&self, row: &Row, email: String, oddities: &mut Vec<Oddity>) -> String {
        let looks_right = email.split_once('@').is_some_and(|(who, host)| !who.is_empty() && host.contains('.'));
        let plain = !email.contains([' ', ',', ';', '<', '>']) && email.is_ascii();
        if email.is_empty() || (looks_right && plain) {
            return email;
        }
        oddities.push(Oddity::warning(self.at(row, EMAIL), "This is not one e-mail address.", "The person was taken in without one."));
        String::new()
    }

    fn date(&self, row: &Row, field: usize, oddities: &mut Vec<Oddity>) -> Option<NaiveDate> {
        match cells::date(row.cell(self.column(field)?.index), FAR) {
            Said::This(date) => Some(date),
            Said::Nothing => None,
            Said::Odd(why) => {
                oddities.push(Oddity::warning(self.at(row, field), format!("The cell {why}."), "It was taken as blank."));
                None
            }
        }
    }

    fn away(&self, row: &Row, oddities: &mut Vec<Oddity>) -> Option<(NaiveDate, NaiveDate)> {
        let (from, until) = (self.date(row, AWAY_FROM, oddities), self.date(row, AWAY_UNTIL, oddities));
        match (from, until) {
            (Some(from), Some(until)) if from <= until => Some((from, until)),
            (Some(_), Some(_)) => {
                let what = "The absence ends before it begins.";
                oddities.push(Oddity::warning(self.at(row, AWAY_UNTIL), what, "It was not taken in."));
                None
            }
            (None, None) => None,
            _ => {
                let what = "Of the absence only one day is given, the first or the last.";
                oddities.push(Oddity::warning(self.at(row, AWAY_FROM), what, "It was not taken in: write both days."));
                None
            }
        }
    }
}
