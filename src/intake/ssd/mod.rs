//! Reads the Standard Safeguarding Dataset: a folder with one CSV file a table, as councils run it on their case systems.
//!
//! Episodes of need, child protection plans, episodes of care and care leavers make the sampling frame, as far as the
//! framework has a case type for them; people, professionals and involvements are looked things up in. The dataset holds
//! years of history: a row that has ended is counted and not told one by one. Each row of a case table ends in exactly one
//! way, as in [`annex_a`](super::annex_a), whose [`Extract`] this gives too. It must not know the register.

mod cases;
mod lookup;
mod sheet;
mod tables;

use super::annex_a::{Counts, Extract, SheetSummary, day, merge::case_of};
use super::error::{IntakeError, Trouble};
use super::{columns, delimited, source};
use crate::domain::framework::CaseType;
use crate::domain::intake::{Oddity, Place};
use chrono::NaiveDate;
use lookup::Lookup;
use sheet::Sheet;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use tables::Table;

/// Reads a folder of the dataset's tables.
///
/// `progress` hears (done, total) in steps; the total is known from the first call on.
pub fn read(folder: &Path, case_types: &[CaseType], today: NaiveDate, progress: &mut dyn FnMut(u64, u64)) -> Result<Extract, IntakeError> {
    let name = source::shown_name(folder);
    if folder.is_file() {
        let remedy = "Name the folder that holds the tables, one CSV file each.";
        return Err(IntakeError::new(Trouble::NotAFile, Place::file(name), "This is one file; the dataset is a folder.", remedy));
    }
    let files = source::files_of(folder)?;
    let found: Vec<(PathBuf, String, Option<Table>)> = files
        .into_iter()
        .map(|path| {
            let name = source::shown_name(&path);
            let table = Table::of_file(&name);
            (path, name, table)
        })
        .collect();
    let needed = |table: Table| table.list().is_none_or(|list| case_of(list, case_types).is_some());
    if !found.iter().any(|(_, _, table)| table.is_some_and(|table| table.list().is_some() && needed(table))) {
        return Err(no_cases(&name, &found, case_types));
    }
    let total = found.iter().filter(|(_, _, table)| table.is_some_and(needed)).count() as u64 + 1;
    let mut done = 0;
    progress(done, total);

    let mut extract = Extract::default();
    frame_date(&name, today, &mut extract);
    let mut lookup = Lookup::default();
    let mut cases = Vec::new();
    // In the order of the tables, since cases are completed from what is looked up; told in the order of the files.
    let mut summaries: Vec<SheetSummary> = found.iter().map(|(_, name, _)| unused(name)).collect();
    for table in Table::ALL.into_iter().filter(|table| needed(*table)) {
        let mut files = found.iter().enumerate().filter(|(_, (_, _, of))| *of == Some(table)).peekable();
        if files.peek().is_none() {
            report_missing(table, &name, &mut extract.oddities);
        }
        let mut first: Option<&str> = None;
        for (at, (path, file, _)) in files {
            if let Some(first) = first {
                let what = format!("\"{file}\" and \"{first}\" are both the table {}.", table.name());
                let done = format!("Both were read; if one is an old copy, take it out of {name}.");
                extract.oddities.push(Oddity::warning(Place::file(file), what, done));
            }
            first.get_or_insert(file);
            let grid = delimited::of_file(path)?;
            let sheet = Sheet::find(table, Place::file(file), &grid, today, &mut extract.oddities)?;
            let rows_read = match &sheet {
                None => 0,
                Some(sheet) => match table {
                    Table::People => lookup.people(sheet, &grid, &mut extract.oddities),
                    Table::Professionals => lookup.professionals(sheet, &grid, &mut extract.oddities),
                    Table::Involvements => lookup.involvements(sheet, &grid, today, &mut extract.oddities),
                    Table::Need | Table::Plans | Table::Care | Table::Leavers => cases::read(sheet, &grid, today, &mut cases, &mut extract),
                },
            };
            cover(table, rows_read, case_types, &mut extract);
            summaries[at] = SheetSummary { name: file.clone(), list: table.list(), rows_read, used: true };
            done += 1;
            progress(done, total);
        }
    }
    extract.sheets = summaries;
    if extract.counts.read == 0 {
        let remedy = "Export the tables again, with their rows, and import the new folder.";
        return Err(IntakeError::new(Trouble::Empty, Place::file(name), "The tables of cases hold no rows.", remedy));
    }
    cases::bring_together(cases, &lookup, case_types, today, &mut extract);
    let order = |place: &Place| found.iter().position(|(_, name, _)| *name == place.file);
    extract.oddities.sort_by_cached_key(|oddity| (order(&oddity.place).map_or(0, |at| at + 1), oddity.place.row));
    progress(total, total);
    Ok(extract)
}

fn unused(name: &str) -> SheetSummary {
    SheetSummary { name: name.to_string(), list: None, rows_read: 0, used: false }
}

fn cover(table: Table, rows: usize, case_types: &[CaseType], extract: &mut Extract) {
    let case = table.list().and_then(|list| case_of(list, case_types)).map(|(_, case)| case);
    if let Some(case) = case.filter(|case| rows > 0 && !extract.covered.contains(&case.key)) {
        extract.covered.push(case.key.clone());
    }
}

fn frame_date(folder: &str, today: NaiveDate, extract: &mut Extract) {
    extract.frame_date = day::of_name(folder, today);
    let (what, done) = match extract.frame_date {
        Some(date) => {
            (format!("The day of the extract is in the folder's name: {}.", date.format("%-d %b %Y")), "Ages are given on that day.")
        }
        None => ("Nothing tells on which day the extract was made.".to_string(), "Ages are given as of today."),
    };
    extract.oddities.push(Oddity::note(Place::file(folder), what, done));
}

fn report_missing(table: Table, folder: &str, oddities: &mut Vec<Oddity>) {
    let done = match table {
        Table::People => "The ages stay unknown.",
        Table::Professionals => "Workers are named by their numbers.",
        Table::Involvements => "Teams and workers are those of the referral, where it has any.",
        Table::Need | Table::Plans | Table::Care | Table::Leavers => "The children of this table stay as they are.",
    };
    let what = format!("The table {} is not in the folder.", table.name());
    oddities.push(Oddity::warning(Place::file(folder), what, done));
}

fn no_cases(folder: &str, found: &[(PathBuf, String, Option<Table>)], case_types: &[CaseType]) -> IntakeError {
    let wanted: Vec<&str> = Table::CASES
        .into_iter()
        .filter(|table| table.list().is_some_and(|list| case_of(list, case_types).is_some()))
        .map(Table::name)
        .collect();
    let names: Vec<String> = found.iter().map(|(_, name, _)| name.clone()).collect();
    let what = format!("None of the tables of cases is in this folder: {}. Found: {}.", wanted.join(", "), columns::listed(&names));
    let remedy = "Name the CSV files after their tables, such as ssd_cp_plans.csv, and import the folder again.";
    IntakeError::new(Trouble::NoLists, Place::file(folder), what, remedy)
}

/// Counts what became of one more row.
fn count(counts: &mut Counts, in_frame: bool) {
    if in_frame { counts.in_frame += 1 } else { counts.merged += 1 }
}

/// The numbers that are named more than once, each told once.
type Told = HashSet<String>;
