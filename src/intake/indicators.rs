//! Reads performance indicators: a row for each indicator and period. M27. It must not know which indicators a framework expects.

use super::cells::{self, Said};
use super::columns::{self, Variants};
use super::delimited;
use super::error::{IntakeError, Trouble};
use super::grid::Grid;
use super::source::{self, Format};
use super::workbook;
use crate::domain::intake::Place;
use crate::domain::theme::Indicator;
use chrono::NaiveDate;
use std::path::Path;

const KEY: Variants = &["indicator", "name", "measure", "key"];
const VALUE: Variants = &["value", "result", "figure"];
const FROM: Variants = &["from", "periodfrom", "start", "startdate"];
const UNTIL: Variants = &["until", "to", "periodto", "end", "enddate"];
const SOURCE: Variants = &["source", "where"];

const REMEDY: &str = "Give the columns indicator, from, until, value and source.";

/// Periods are judged against a day only to find slips of the pen; a target for next year may be among them.
const FAR: NaiveDate = NaiveDate::MAX;

/// Reads a file of indicators, in its order.
pub fn read(path: &Path) -> Result<Vec<Indicator>, IntakeError> {
    let source = source::load(path)?;
    let name = source.name.clone();
    let grid = if source.format == Format::Text {
        delimited::grid(&name, &source.bytes)?
    } else {
        let mut book = workbook::open(source)?;
        let first = book.sheet_names().into_iter().next().unwrap_or_default();
        book.grid(&first)?
    };
    of_grid(&name, &grid)
}

fn of_grid(name: &str, grid: &Grid) -> Result<Vec<Indicator>, IntakeError> {
    let header = columns::find(grid, &[KEY, VALUE, FROM, UNTIL, SOURCE], 0).map_err(|found| {
        let what = format!("There is no column \"indicator\". Headings found: {}.", columns::listed(&found));
        IntakeError::new(Trouble::NoColumn, Place::file(name), what, REMEDY)
    })?;
    let mut rows = Vec::new();
    for row in grid.rows.iter().skip(header.at + 1).filter(|row| !row.is_blank()) {
        let column = |place: usize| header.columns.get(place).and_then(Option::as_ref);
        let text = |place: usize| column(place).map_or(String::new(), |column| row.cell(column.index).shown().trim().to_string());
        let refuse = |place: usize, what: &str| {
            let heading = column(place).map(|column| column.heading.clone());
            let at = Place { row: Some(row.number), column: heading.unwrap_or_default(), ..Place::file(name) };
            IntakeError::new(Trouble::BadValue, at, what, REMEDY)
        };
        let day = |place: usize| {
            let said = column(place).map(|column| cells::date(row.cell(column.index), FAR));
            match said {
                Some(Said::This(day)) => Ok(day),
                _ => Err(refuse(place, "The date cannot be read; write it as 2026-10-31.")),
            }
        };
        let (key, value) = (text(0), text(1));
        if key.is_empty() {
            return Err(refuse(0, "The row names no indicator."));
        }
        if value.is_empty() {
            return Err(refuse(1, "The row has no value."));
        }
        let (from, until) = (day(2)?, day(3)?);
        if until < from {
            return Err(refuse(3, "The period ends before it begins."));
        }
        rows.push(Indicator { key, from, until, value, source: text(4) });
    }
    if rows.is_empty() {
        return Err(IntakeError::new(Trouble::Empty, Place::file(name), "There is no value in it.", REMEDY));
    }
    Ok(rows)
}
