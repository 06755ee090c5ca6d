//! Reads bank holidays: GOV.UK's own JSON, or CSV with the columns date and title. It must not know working days.

use super::cells::{self, Said};
use super::columns::{self, Variants};
use super::delimited;
use super::error::{IntakeError, Trouble};
use super::grid::Grid;
use super::source::{self, Format};
use super::{text, workbook};
use crate::domain::intake::Place;
use crate::domain::safe_text::safe_line;
use chrono::NaiveDate;
use serde_json::Value as Json;
use std::path::Path;

/// The part of GOV.UK's table that counts for English councils.
const DIVISION: &str = "england-and-wales";

const REMEDY: &str = "Save https://www.gov.uk/bank-holidays.json as it is and import that.";

const DATE: Variants = &["date", "holidaydate", "bankholidaydate", "day"];
const TITLE: Variants = &["title", "name", "bankholiday", "holiday", "holidayname", "description"];

/// Dates are judged against a day only to find slips of the pen; holiday tables are published years ahead.
const FAR: NaiveDate = NaiveDate::MAX;

/// Reads a file of bank holidays: day and name, sorted by day, each day once.
pub fn read(path: &Path) -> Result<Vec<(NaiveDate, String)>, IntakeError> {
    let source = source::load(path)?;
    let name = source.name.clone();
    if source.format != Format::Text {
        let mut book = workbook::open(source)?;
        let first = book.sheet_names().into_iter().next().unwrap_or_default();
        return of_grid(&name, &book.grid(&first)?);
    }
    let content = text::decode(&source.bytes);
    if content.trim_start().starts_with(['{', '[']) {
        return of_json(&name, &content);
    }
    of_grid(&name, &delimited::grid(&name, &source.bytes)?)
}

/// Reads GOV.UK's JSON from text, such as the table built into the program.
pub fn parse_json(text: &str) -> Result<Vec<(NaiveDate, String)>, IntakeError> {
    of_json("bank-holidays.json", text)
}

/// The table that comes with the program: GOV.UK's own, with the years before it.
pub fn built_in() -> Result<Vec<(NaiveDate, String)>, IntakeError> {
    parse_json(include_str!("../../assets/bank-holidays.json"))
}

fn of_json(name: &str, content: &str) -> Result<Vec<(NaiveDate, String)>, IntakeError> {
    let refuse = |trouble, what: String| Err(IntakeError::new(trouble, Place::file(name), what, REMEDY));
    let Ok(json) = serde_json::from_str::<Json>(content) else {
        return refuse(Trouble::Unreadable, "This is not JSON that can be read.".to_string());
    };
    let Some(events) = json.get(DIVISION).and_then(|division| division.get("events")).and_then(Json::as_array) else {
        let found: Vec<String> = json.as_object().map(|o| o.keys().map(|k| safe_line(k).into_owned()).collect()).unwrap_or_default();
        return refuse(Trouble::NoLists, format!("The part \"{DIVISION}\" is not in it. Found: {}.", columns::listed(&found)));
    };
    let mut days = Vec::with_capacity(events.len());
    for (at, event) in events.iter().enumerate() {
        let field = |key: &str| event.get(key).and_then(Json::as_str).unwrap_or_default();
        let Ok(date) = NaiveDate::parse_from_str(field("date"), "%Y-%m-%d") else {
            return refuse(Trouble::BadValue, format!("Holiday number {} has no date such as \"2026-12-25\".", at + 1));
        };
        days.push((date, safe_line(field("title")).into_owned()));
    }
    sorted(name, days)
}

fn of_grid(name: &str, grid: &Grid) -> Result<Vec<(NaiveDate, String)>, IntakeError> {
    let header = columns::find(grid, &[DATE, TITLE], 0).map_err(|found| {
        let what = format!("There is no column \"date\". Headings found: {}.", columns::listed(&found));
        IntakeError::new(Trouble::NoColumn, Place::file(name), what, "Give the two columns the headings date and title.")
    })?;
    let (Some(date_column), title_column) = (&header.columns[0], &header.columns[1]) else { return sorted(name, Vec::new()) };
    let mut days = Vec::new();
    for row in grid.rows.iter().skip(header.at + 1).filter(|row| !row.is_blank()) {
        let title = title_column.as_ref().map_or(String::new(), |column| row.cell(column.index).shown().into_owned());
        match cells::date(row.cell(date_column.index), FAR) {
            Said::This(date) => days.push((date, title)),
            Said::Nothing | Said::Odd(_) => {
                let place = Place { row: Some(row.number), column: date_column.heading.clone(), ..Place::file(name) };
                let remedy = "Write it as 25/12/2026 or 2026-12-25 and import again.";
                return Err(IntakeError::new(Trouble::BadValue, place, "The date cannot be read.", remedy));
            }
        }
    }
    sorted(name, days)
}

fn sorted(name: &str, mut days: Vec<(NaiveDate, String)>) -> Result<Vec<(NaiveDate, String)>, IntakeError> {
    if days.is_empty() {
        return Err(IntakeError::new(Trouble::Empty, Place::file(name), "There is no holiday in it.", REMEDY));
    }
    days.sort();
    days.dedup_by(|second, first| second.0 == first.0);
    Ok(days)
}
