//! Reads delimited text (CSV, or with semicolons or tabs) into a grid. It must not know what the columns mean.

use super::error::{IntakeError, Trouble};
use super::grid::{Grid, Row, Value};
use super::source::{self, Format};
use super::text::decode;
use crate::domain::intake::Place;
use std::path::Path;

/// Reads one file among others of a folder; an empty one is an empty table.
pub fn of_file(path: &Path) -> Result<Grid, IntakeError> {
    let source = match source::load(path) {
        Err(error) if error.trouble == Trouble::Empty => return Ok(Grid::default()),
        other => other?,
    };
    if source.format != Format::Text {
        let remedy = "Import the workbook by itself, or save each of its lists as a CSV file in the folder.";
        return Err(IntakeError::new(Trouble::Unreadable, Place::file(source.name), "This is a workbook among CSV files.", remedy));
    }
    grid(&source.name, &source.bytes)
}

/// Reads text of any of the usual encodings as a table.
pub fn grid(name: &str, bytes: &[u8]) -> Result<Grid, IntakeError> {
    let text = decode(bytes);
    let separator = delimiter(&text);
    if let Some(line) = unclosed_quote(&text, separator) {
        return Err(IntakeError::new(
            Trouble::Unreadable,
            Place { row: Some(line), ..Place::file(name) },
            "A quotation mark that opens here is never closed: every row after it would be read as one cell.",
            "Take it away or close it, and import the file again.",
        ));
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut grid = Grid::default();
    for record in reader.records() {
        let record = record.map_err(|error| not_csv(name, &error))?;
        let number = record.position().map_or(0, |position| u32::try_from(position.line()).unwrap_or(u32::MAX));
        let cells = record.iter().map(|cell| if cell.is_empty() { Value::Empty } else { Value::Text(cell.to_string()) });
        grid.rows.push(Row { number, cells: cells.collect() });
    }
    Ok(grid)
}

/// The separator that the first lines use most: Excel writes semicolons in some languages, tabs as "Unicode text".
fn delimiter(text: &str) -> u8 {
    let count = |wanted: char| text.lines().take(10).flat_map(str::chars).filter(|c| *c == wanted).count();
    let (commas, semicolons, tabs) = (count(','), count(';'), count('\t'));
    if tabs > commas && tabs > semicolons {
        b'\t'
    } else if semicolons > commas {
        b';'
    } else {
        b','
    }
}

/// The line in which a quoted cell begins that no quotation mark ends. The reader takes the rest of the file for its text
/// without a word, and every child after it would be gone.
fn unclosed_quote(text: &str, separator: u8) -> Option<u32> {
    let (mut line, mut opened, mut cell_begins) = (1, None, true);
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match (byte, opened) {
            // Two of them inside a quoted cell stand for one.
            (b'"', Some(_)) if bytes.next_if_eq(&b'"').is_none() => opened = None,
            (b'"', None) if cell_begins => opened = Some(line),
            _ => {}
        }
        cell_begins = opened.is_none() && (byte == separator || byte == b'\n' || byte == b'\r');
        line += u32::from(byte == b'\n');
    }
    opened
}

fn not_csv(name: &str, error: &csv::Error) -> IntakeError {
    let row = error.position().map(|position| u32::try_from(position.line()).unwrap_or(u32::MAX));
    IntakeError::new(
        Trouble::Unreadable,
        Place { row, ..Place::file(name) },
        "This line cannot be read as a row of a table.",
        "Open the file in Excel, save it as CSV UTF-8 and import it again.",
    )
}
