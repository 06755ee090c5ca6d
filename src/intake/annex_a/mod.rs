//! Reads Annex A: the child-level lists that every English council makes for Ofsted, which are a cycle's sampling frame.
//!
//! Lists 4 (assessments), 6 (children in need), 7 (child protection plans), 8 (children in care) and 9 (care leavers) make the
//! frame, as far as the framework has a case type for them; the others are named and not read. One workbook, or a folder
//! with one CSV file a list. Each row that is read ends in exactly one way, and [`Counts`] says how many in each: in the
//! frame, ended, merged into another row of the same child, or left out. An assessment that was authorised is not a case
//! that was closed: it stays in the frame unless its status or a closure date says so.
//!
//! Only what a cycle needs is kept; dates of birth give the age and are forgotten. It must not know the register.

pub(super) mod day;
pub(super) mod lists;
pub(super) mod merge;
mod row;
mod tables;

use super::error::{IntakeError, Trouble};
use super::grid::Grid;
use super::{columns, source};
use crate::domain::framework::CaseType;
pub use crate::domain::intake::{FrameRow, Oddity, Place, Severity};
use chrono::NaiveDate;
use lists::Field;
use row::{Entry, List};
use std::collections::HashMap;
use std::path::Path;
use tables::Table;

/// What an extract says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Extract {
    /// The day the lists were made, where the extract tells: its title rows, its ages, its name, in this order.
    pub frame_date: Option<NaiveDate>,
    /// The sampling frame: every child once.
    pub rows: Vec<FrameRow>,
    /// The council's numbers of children whose plan, care or case ended, and who are open in no other list.
    pub closed: Vec<String>,
    /// Keys of the case types whose lists were read and had rows: only here does "not named" mean "gone".
    pub covered: Vec<String>,
    /// Everything odd, in the order of the sheets and rows.
    pub oddities: Vec<Oddity>,
    /// Every sheet or file that was found.
    pub sheets: Vec<SheetSummary>,
    /// What became of the rows that were read.
    pub counts: Counts,
}

/// One sheet or file of an extract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetSummary {
    /// Name of the sheet or file.
    pub name: String,
    /// Which list it is, if it is one.
    pub list: Option<u8>,
    /// Filled rows below the headings; 0 for a sheet that is not needed.
    pub rows_read: usize,
    /// Whether it was read.
    pub used: bool,
}

/// What became of the rows that were read: the last four add up to the first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows read.
    pub read: usize,
    /// Rows in the frame.
    pub in_frame: usize,
    /// Rows of children whose plan, care or case ended.
    pub ended: usize,
    /// Further rows of children who are in the frame by another row.
    pub merged: usize,
    /// Rows left out because the child cannot be told.
    pub left_out: usize,
}

/// Reads an extract: a workbook, a CSV file of one list, or a folder of CSV files.
///
/// `progress` hears (done, total) in steps; the total is known from the first call on.
pub fn read(path: &Path, case_types: &[CaseType], today: NaiveDate, progress: &mut dyn FnMut(u64, u64)) -> Result<Extract, IntakeError> {
    let is_needed = |list: Option<u8>| list.is_some_and(|list| case_types.iter().any(|case| case.annex_a_list == Some(list)));
    let mut tables = tables::open(path)?;
    let found = tables.found();
    let needed = found.iter().filter(|table| is_needed(table.list)).count();
    if needed == 0 {
        return Err(no_lists(path, &found, case_types));
    }
    let total = needed as u64 + 1;
    let mut done = 0;
    progress(done, total);

    let mut extract = Extract::default();
    let mut entries = Vec::new();
    let mut title_dates = Vec::new();
    for table in &found {
        let list = table.list.filter(|_| is_needed(table.list));
        let mut rows_read = 0;
        if let Some(list) = list {
            let grid = tables.grid(table)?;
            let in_list = read_list(list, table, &grid, today, &mut entries, &mut title_dates, &mut extract)?;
            rows_read = in_list;
            cover(list, in_list, case_types, &mut extract);
            done += 1;
            progress(done, total);
        }
        extract.sheets.push(SheetSummary { name: table.name.clone(), list: table.list, rows_read, used: list.is_some() });
    }
    if extract.counts.read == 0 {
        let remedy = "Export the lists again, with their rows, and import the new file.";
        return Err(IntakeError::new(Trouble::Empty, Place::file(source::shown_name(path)), "The lists hold no rows.", remedy));
    }
    report_repeated_lists(&found, &extract.sheets, path, &mut extract.oddities);
    frame_date(path, &entries, &title_dates, today, &mut extract);
    merge::merge(entries, case_types, today, &mut extract);
    in_order_of_file(&found, &mut extract.oddities);
    progress(total, total);
    Ok(extract)
}

/// Reads the rows of one list and gives back how many there were.
fn read_list(
    number: u8,
    table: &Table,
    grid: &Grid,
    today: NaiveDate,
    entries: &mut Vec<Entry>,
    title_dates: &mut Vec<NaiveDate>,
    extract: &mut Extract,
) -> Result<usize, IntakeError> {
    let place = table.place.clone();
    if grid.rows.iter().all(super::grid::Row::is_blank) {
        let done = "The children of this list stay as they are.";
        extract.oddities.push(Oddity::warning(place, format!("The list of {} is empty.", lists::label(number)), done));
        return Ok(0);
    }
    let wanted = lists::wanted(number);
    let header = columns::find(grid, &wanted, 0).map_err(|headings| no_id_column(number, place.clone(), &headings))?;
    title_dates.extend(day::of_titles(&grid.rows[..header.at], today));
    for at in &header.repeated {
        if let Some(column) = header.columns.get(*at).and_then(Option::as_ref) {
            let what = "The list has more than one column with this heading.";
            extract.oddities.push(Oddity::warning(place.at(&column.heading), what, "The first of them was used."));
        }
    }
    for row in &grid.unknown_cells_after {
        let place = Place { row: Some(*row), ..place.clone() };
        let what = "In this row or the next filled one a cell shows an error that this program does not know.";
        extract.oddities.push(Oddity::warning(place, what, "The cell was taken as blank."));
    }
    let list = List { number, place, columns: header.columns, today };
    report_missing_columns(&list, &mut extract.oddities);
    let mut count = 0;
    for row in grid.rows.iter().skip(header.at + 1).filter(|row| !row.is_blank()) {
        count += 1;
        match list.read(row, &mut extract.oddities) {
            Some(entry) => entries.push(entry),
            None => extract.counts.left_out += 1,
        }
    }
    extract.counts.read += count;
    if count == 0 {
        let what = format!("The list of {} has headings and no rows.", lists::label(number));
        extract.oddities.push(Oddity::warning(list.place, what, "The children of this list stay as they are."));
    }
    Ok(count)
}

fn cover(list: u8, rows: usize, case_types: &[CaseType], extract: &mut Extract) {
    let of_list = case_types.iter().find(|case| case.annex_a_list == Some(list));
    if let Some(case) = of_list.filter(|case| rows > 0 && !extract.covered.contains(&case.key)) {
        extract.covered.push(case.key.clone());
    }
}

fn report_missing_columns(list: &List, oddities: &mut Vec<Oddity>) {
    let missing = |field: Field| list.column(field).is_none();
    let mut report = |what: &str, done: &str| {
        let what = format!("The list of {} has no column for {what}.", lists::label(list.number));
        oddities.push(Oddity::warning(list.place.clone(), what, done));
    };
    if missing(Field::Team) {
        report("the allocated team", "Its children come in without a team.");
    }
    if missing(Field::Worker) {
        report("the allocated worker", "Its children come in without a worker.");
    }
    if missing(Field::Born) && missing(Field::Age) {
        report("date of birth or age", "The ages stay unknown.");
    }
    if missing(Field::Start) && list.number != 9 {
        report("the start date", "The start stays unknown.");
    }
    let may_end = matches!(list.number, 6..=8);
    if may_end && missing(Field::End) && missing(Field::Status) && missing(Field::Reason) {
        report("the end date", "Every row was taken as open.");
    }
}

fn report_repeated_lists(found: &[Table], sheets: &[SheetSummary], path: &Path, oddities: &mut Vec<Oddity>) {
    let mut seen: HashMap<u8, &str> = HashMap::new();
    for (table, sheet) in found.iter().zip(sheets).filter(|(_, sheet)| sheet.used) {
        let Some(list) = table.list else { continue };
        if let Some(first) = seen.get(&list) {
            let what = format!("\"{}\" and \"{first}\" are both the list of {}.", sheet.name, lists::label(list));
            let done = format!("Both were read; if one is an old copy, take it out of {}.", source::shown_name(path));
            oddities.push(Oddity::warning(table.place.clone(), what, done));
        } else {
            seen.insert(list, &table.name);
        }
    }
}

fn frame_date(path: &Path, entries: &[Entry], titles: &[NaiveDate], today: NaiveDate, extract: &mut Extract) {
    let name = source::shown_name(path);
    let said = "The day of the lists is written above them";
    let by_titles = titles.iter().max().map(|date| (*date, said));
    let by_ages = || merge::date_of_ages(entries, today).map(|date| (date, "By birth dates and ages the lists were made"));
    let by_name = || day::of_name(&name, today).map(|date| (date, "The day of the lists is in the name"));
    let place = Place::file(&name);
    if let Some((date, how)) = by_titles.or_else(by_ages).or_else(by_name) {
        extract.frame_date = Some(date);
        let what = format!("{how}: {}.", date.format("%-d %b %Y"));
        extract.oddities.push(Oddity::note(place, what, "Ages are given on that day."));
    } else {
        extract.oddities.push(Oddity::note(place, "Nothing tells on which day the lists were made.", "Ages are given as of today."));
    }
}

/// What concerns the whole extract comes first, then sheet by sheet and row by row.
fn in_order_of_file(found: &[Table], oddities: &mut [Oddity]) {
    let order = |place: &Place| found.iter().position(|table| table.place.file == place.file && table.place.sheet == place.sheet);
    let places: HashMap<(String, String), usize> = oddities
        .iter()
        .map(|oddity| &oddity.place)
        .filter_map(|place| Some(((place.file.clone(), place.sheet.clone()), order(place)? + 1)))
        .collect();
    oddities.sort_by_cached_key(|oddity| {
        let sheet = places.get(&(oddity.place.file.clone(), oddity.place.sheet.clone())).copied().unwrap_or_default();
        (sheet, oddity.place.row)
    });
}

fn no_lists(path: &Path, found: &[Table], case_types: &[CaseType]) -> IntakeError {
    let mut wanted: Vec<u8> = case_types.iter().filter_map(|case| case.annex_a_list).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let wanted: Vec<String> = wanted.iter().map(|list| format!("{list} ({})", lists::label(*list))).collect();
    let names: Vec<String> = found.iter().map(|table| table.name.clone()).collect();
    IntakeError::new(
        Trouble::NoLists,
        Place::file(source::shown_name(path)),
        format!("None of the lists that make the frame is here. Wanted: {}. Found: {}.", wanted.join(", "), columns::listed(&names)),
        "Name the sheets or files after their lists (\"List 6\" or \"list_6.csv\") and import again.",
    )
}

fn no_id_column(list: u8, place: Place, headings: &[String]) -> IntakeError {
    IntakeError::new(
        Trouble::NoColumn,
        place,
        format!(
            "The list of {} has no column with the child's number (\"Child Unique ID\"). Headings found: {}.",
            lists::label(list),
            columns::listed(headings)
        ),
        "Give the column that heading, save the file and import again.",
    )
}
