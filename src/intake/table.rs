//! The one table of a file: delimited text, or the first sheet of a workbook that has the headings looked for. It must not
//! know what the columns mean.

use super::error::IntakeError;
use super::grid::Grid;
use super::source::{self, Format};
use super::{delimited, workbook};
use crate::domain::intake::Place;
use crate::domain::safe_text::safe_line;
use std::path::Path;

/// Reads the table of a file; of a workbook the first sheet that `is_it`, or else the first of all, to be refused by its
/// headings.
pub fn of_file(path: &Path, is_it: impl Fn(&Grid) -> bool) -> Result<(Place, Grid), IntakeError> {
    let source = source::load(path)?;
    let place = Place::file(&source.name);
    if source.format == Format::Text {
        let grid = delimited::grid(&source.name, &source.bytes)?;
        return Ok((place, grid));
    }
    let mut book = workbook::open(source)?;
    let mut first = None;
    for sheet in book.sheet_names() {
        let grid = book.grid(&sheet)?;
        let place = Place { sheet: safe_line(&sheet).into_owned(), ..place.clone() };
        if is_it(&grid) {
            return Ok((place, grid));
        }
        first.get_or_insert((place, grid));
    }
    Ok(first.unwrap_or((place, Grid::default())))
}
