//! The tables of an extract, be it a workbook, one CSV file or a folder of them. It must not know their columns.
//!
//! A CSV file is a list when its name says so: `list_6.csv`, `List 6.csv`, `AnnexA-list6-2026-03-31.csv`, `6.csv`,
//! `children in need.csv`. Other files of a folder are named as not needed, hidden ones passed over.

use super::lists;
use crate::domain::intake::Place;
use crate::domain::safe_text::safe_line;
use crate::intake::delimited;
use crate::intake::error::IntakeError;
use crate::intake::grid::Grid;
use crate::intake::source::{self, Format};
use crate::intake::workbook::{self, Workbook};
use std::path::{Path, PathBuf};

/// One sheet or file.
#[derive(Debug, Clone)]
pub struct Table {
    /// Name, safe to show.
    pub name: String,
    /// Which list it is.
    pub list: Option<u8>,
    /// File and sheet.
    pub place: Place,
    /// Place among the sheets or files.
    at: usize,
}

/// Where the tables come from.
pub enum Tables {
    /// Sheets of a workbook: its shown name and the stored names of its sheets.
    Book { name: String, book: Box<Workbook>, sheets: Vec<String> },
    /// One file of delimited text.
    File { name: String, bytes: Vec<u8> },
    /// Files of a folder, in the order of their names.
    Folder { files: Vec<PathBuf> },
}

/// Opens a workbook, a text file or a folder.
pub fn open(path: &Path) -> Result<Tables, IntakeError> {
    if path.is_dir() {
        return Ok(Tables::Folder { files: source::files_of(path)? });
    }
    let source = source::load(path)?;
    if source.format == Format::Text {
        return Ok(Tables::File { name: source.name, bytes: source.bytes });
    }
    let name = source.name.clone();
    let book = Box::new(workbook::open(source)?);
    let sheets = book.sheet_names();
    Ok(Tables::Book { name, book, sheets })
}

impl Tables {
    /// Every sheet or file, in order.
    pub fn found(&self) -> Vec<Table> {
        match self {
            Tables::Book { name, sheets, .. } => {
                let table = |(at, sheet): (usize, &String)| {
                    let shown = safe_line(sheet).into_owned();
                    let place = Place { sheet: shown.clone(), ..Place::file(name) };
                    Table { list: lists::number(&shown), name: shown, place, at }
                };
                sheets.iter().enumerate().map(table).collect()
            }
            Tables::File { name, .. } => vec![of_file(name.clone(), 0)],
            Tables::Folder { files } => files.iter().enumerate().map(|(at, path)| of_file(source::shown_name(path), at)).collect(),
        }
    }

    /// Reads one of them.
    pub fn grid(&mut self, table: &Table) -> Result<Grid, IntakeError> {
        match self {
            Tables::Book { book, sheets, .. } => match sheets.get(table.at) {
                Some(sheet) => book.grid(sheet),
                None => Ok(Grid::default()),
            },
            Tables::File { name, bytes } => delimited::grid(name, bytes),
            Tables::Folder { files } => {
                let Some(path) = files.get(table.at) else { return Ok(Grid::default()) };
                delimited::of_file(path)
            }
        }
    }
}

/// Only text files can be lists of a folder: a workbook or a letter beside them is not needed.
fn of_file(name: String, at: usize) -> Table {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
    let is_text = ["csv", "txt", "tsv"].iter().any(|text| ending.eq_ignore_ascii_case(text));
    let list = if is_text { lists::number(stem) } else { None };
    Table { list, place: Place::file(&name), name, at }
}
