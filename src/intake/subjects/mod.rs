//! Reads a council's own list of subjects, CSV or workbook, by a mapping that says which column says what: foster carers,
//! adopters, care experienced young people, services, and children where there is no Annex A (S05, S25).
//!
//! No more is kept than choosing a sample needs; of adults not even the age. It must not know the register.

mod map;
mod row;

pub use map::{Field, Mapping, parse};

use super::columns::{self, Header};
use super::error::{IntakeError, Trouble};
use super::grid::{Grid, Row};
use super::table;
use crate::domain::framework::{CaseType, SubjectKind};
use crate::domain::intake::{Beyond, FrameRow, Oddity, Place};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::path::Path;

/// What the framework in use knows.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// Its case types, most intensive first.
    pub case_types: &'a [CaseType],
    /// Whom it looks at.
    pub subjects: &'a [SubjectKind],
    /// Today.
    pub today: NaiveDate,
}

/// What a list says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct List {
    /// How it was read.
    pub mapping: Mapping,
    /// The subjects in the frame, each once, in the order of the file.
    pub rows: Vec<FrameRow>,
    /// The council's numbers of children who have ended.
    pub closed: Vec<String>,
    /// Case types (keys; words of kinds) that the file names whole.
    pub covered: Vec<String>,
    /// Those who are no children and have ended, and the services of teams.
    pub beyond: Beyond,
    /// Everything odd, row by row.
    pub oddities: Vec<Oddity>,
    /// Filled rows below the headings.
    pub rows_read: usize,
    /// Rows of subjects who have ended.
    pub ended: usize,
    /// Rows left out; each is among the oddities.
    pub left_out: usize,
}

/// Reads a list. Without a mapping the usual headings are looked for; the one that was used comes back in the list.
/// `kind` is what everybody in the file is, whatever the mapping says.
pub fn read(path: &Path, mapping: Option<Mapping>, kind: Option<SubjectKind>, ground: &Ground<'_>) -> Result<List, IntakeError> {
    let wanted = wanted(mapping.as_ref());
    let (place, grid) = table::of_file(path, |grid| columns::find(grid, &wanted, 0).is_ok())?;
    let header = columns::find(&grid, &wanted, 0).map_err(|found| no_number(place.clone(), mapping.as_ref(), &found))?;
    let mut mapping = match mapping {
        Some(given) => {
            check_columns(&place, &grid, &header, &given)?;
            given
        }
        None => {
            let columns = Field::ALL.iter().zip(&header.columns);
            let found = columns.filter_map(|(field, column)| Some((*field, column.as_ref()?.heading.clone())));
            Mapping { columns: found.collect(), ..Mapping::default() }
        }
    };
    mapping.kind = kind.or(mapping.kind);
    if mapping.kind.is_none() && !mapping.columns.contains_key(&Field::Kind) {
        mapping.kind = Some(SubjectKind::Child);
    }
    check_case_types(&place, &mapping)?;

    let mut list = List { mapping, ..List::default() };
    let reader = row::Reader { place: place.clone(), header: &header, mapping: &list.mapping.clone(), ground };
    reader.repeated(&mut list.oddities);
    let mut seen: HashMap<(SubjectKind, String), u32> = HashMap::new();
    for row in grid.rows.iter().skip(header.at + 1).filter(|row| !row.is_blank()) {
        list.rows_read += 1;
        match reader.read(row, &mut list.oddities) {
            None => list.left_out += 1,
            Some(read) => take(read, row, &reader, &mut seen, &mut list),
        }
    }
    if list.rows_read == 0 {
        let remedy = "Write one subject a row below the headings and import again.";
        return Err(IntakeError::new(Trouble::Empty, place, "There is nobody in the file.", remedy));
    }
    if list.mapping.whole {
        list.covered = covered(&list);
    }
    list.oddities.sort_by_key(|oddity| oddity.place.row);
    Ok(list)
}

fn take(read: row::Read, row: &Row, reader: &row::Reader<'_>, seen: &mut HashMap<(SubjectKind, String), u32>, list: &mut List) {
    let young = read.row.kind.is_young();
    let family = if young { SubjectKind::Child } else { read.row.kind };
    if let Some(first) = seen.get(&(family, read.row.council_id.clone())) {
        let what = format!("The number was given already, in row {first}.");
        list.oddities.push(Oddity::warning(reader.at(row, Field::Number), what, "The row was left out."));
        list.left_out += 1;
        return;
    }
    seen.insert((family, read.row.council_id.clone()), row.number);
    if let (Some(team), Some(service)) = (&read.row.team, read.service)
        && !list.beyond.services.iter().any(|(known, _)| known == team)
    {
        list.beyond.services.push((team.clone(), service));
    }
    match (read.ended, young) {
        (false, _) => list.rows.push(read.row),
        (true, true) => list.closed.push(read.row.council_id),
        (true, false) => list.beyond.ended.push((read.row.kind, read.row.council_id)),
    }
    list.ended += usize::from(read.ended);
}

/// The case types of which the file names everybody: those that stand in it.
fn covered(list: &List) -> Vec<String> {
    let mut covered: Vec<String> = list.rows.iter().map(|row| row.case_type.clone()).collect();
    covered.extend(list.beyond.ended.iter().map(|(kind, _)| kind.key().to_string()));
    covered.sort();
    covered.dedup();
    covered
}

/// The headings to look for, the number's first.
fn wanted(mapping: Option<&Mapping>) -> Vec<Vec<String>> {
    let of = |field: Field| match mapping {
        Some(mapping) => mapping.columns.get(&field).map(|heading| columns::key(heading)).into_iter().collect(),
        None => field.usual().iter().map(|heading| (*heading).to_string()).collect(),
    };
    Field::ALL.into_iter().map(of).collect()
}

/// Every column that the mapping names and the file has not, all at once.
fn check_columns(place: &Place, grid: &Grid, header: &Header, mapping: &Mapping) -> Result<(), IntakeError> {
    let Some(row) = grid.rows.get(header.at) else { return Ok(()) };
    let headings: Vec<String> = row.cells.iter().map(|cell| cell.shown().into_owned()).filter(|heading| !heading.is_empty()).collect();
    let missing = Field::ALL.iter().zip(&header.columns).filter(|(_, column)| column.is_none());
    let problems: Vec<String> = missing
        .filter_map(|(field, _)| Some((field, mapping.columns.get(field)?)))
        .map(|(field, heading)| no_column(*field, heading, &headings))
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(map::refusal(place.clone(), &problems)) }
}

fn no_column(field: Field, heading: &str, headings: &[String]) -> String {
    let known: Vec<&str> = headings.iter().map(String::as_str).collect();
    let near = map::meant(heading, &known);
    let near = if near.is_empty() { format!(" Headings found: {}.", columns::listed(headings)) } else { near };
    format!("[columns] {} = \"{heading}\": there is no such column.{near}", field.key())
}

fn check_case_types(place: &Place, mapping: &Mapping) -> Result<(), IntakeError> {
    let says = mapping.case_type.is_some() || mapping.columns.contains_key(&Field::CaseType);
    if mapping.kind == Some(SubjectKind::Child) && !says {
        let what = "Nothing says which case type the children of this file have.";
        let remedy = "Write case_type into the mapping, or name its column under [columns]; for carers and others give --kind.";
        return Err(IntakeError::new(Trouble::NoColumn, place.clone(), what, remedy));
    }
    Ok(())
}

fn no_number(place: Place, mapping: Option<&Mapping>, found: &[String]) -> IntakeError {
    if let Some(heading) = mapping.and_then(|mapping| mapping.columns.get(&Field::Number)) {
        return map::refusal(place, &[no_column(Field::Number, heading, found)]);
    }
    let what = format!("There is no column with the council's own number. Headings found: {}.", columns::listed(found));
    let remedy = "Give it the heading \"number\", or say in a mapping which it is: --map MAP.toml.";
    IntakeError::new(Trouble::NoColumn, place, what, remedy)
}
