//! The data set for analysts as CSV files: the tables' rows in, bytes of files out, and the dictionary that explains them.
//!
//! Comma, CRLF and UTF-8 as RFC 4180 has them. No cell can run as a formula in a spreadsheet: one that would begin so is led by
//! an apostrophe, as spreadsheets themselves mark text.

use super::ReportError;
use super::cell::guarded;
use crate::domain::dataset::{DataTable, TABLES, codes_of};
use crate::domain::framework::Framework;
use std::collections::BTreeSet;

/// Name of the file that explains the others.
pub const DICTIONARY: &str = "dictionary.csv";

/// Name of the file that puts the codes of the others into words.
pub const CODES: &str = "codes.csv";

/// One table as it grows.
pub struct CsvTable {
    writer: csv::Writer<Vec<u8>>,
}

impl CsvTable {
    /// An empty one with its heading row.
    pub fn new(table: &DataTable) -> Result<CsvTable, ReportError> {
        CsvTable::with_head(table.columns.iter().map(|column| column.name))
    }

    fn with_head<'a>(names: impl Iterator<Item = &'a str>) -> Result<CsvTable, ReportError> {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        writer.write_record(names).map_err(form)?;
        Ok(CsvTable { writer })
    }

    /// Adds a row; what is not known is an empty cell.
    pub fn row(&mut self, cells: &[Option<String>]) -> Result<(), ReportError> {
        self.writer.write_record(cells.iter().map(|cell| cell.as_deref().map(guarded).unwrap_or_default())).map_err(form)
    }

    /// The bytes of its file.
    pub fn finish(self) -> Result<Vec<u8>, ReportError> {
        self.writer.into_inner().map_err(form)
    }
}

/// The dictionary: each table and column, what it holds and what it means.
pub fn dictionary() -> Result<Vec<u8>, ReportError> {
    let mut file = CsvTable::with_head(["table", "column", "holds", "meaning"].into_iter())?;
    for table in &TABLES {
        let mut line =
            |column: &str, holds: &str, meaning: &str| file.row(&[table.name, column, holds, meaning].map(|cell| Some(cell.to_string())));
        line("", "", table.about)?;
        for column in table.columns {
            line(column.name, column.kind.label(), column.about)?;
        }
    }
    let codes = [
        ("", "", "What the codes in the other tables mean, in the framework's words"),
        ("column", "word", "Column that the code stands in"),
        ("code", "word", "The code as it stands there"),
        ("words", "word", "What it means"),
    ];
    for (column, holds, meaning) in codes {
        file.row(&["codes", column, holds, meaning].map(|cell| Some(cell.to_string())))?;
    }
    file.finish()
}

/// The words behind the codes that the tables keep: those of a framework.
pub fn codes(framework: &Framework) -> Result<Vec<u8>, ReportError> {
    let mut file = CsvTable::with_head(["column", "code", "words"].into_iter())?;
    let mut known = BTreeSet::new();
    for (column, code, words) in codes_of(framework) {
        if known.insert((column, code.clone())) {
            file.row(&[column.to_string(), code, words].map(Some))?;
        }
    }
    file.finish()
}

fn form(error: impl std::fmt::Display) -> ReportError {
    ReportError::Form { form: "CSV", what: error.to_string() }
}
