//! Reads sheets of a workbook (`.xlsx`, `.xlsb`, `.xls`, `.ods`) into grids. It must not know what the sheets mean.
//!
//! Sheets of the two zipped Excel kinds are streamed, cell by cell: a stray cell in row 1,048,576, which real exports
//! have, then costs one row and not a million.

use super::error::{IntakeError, Trouble};
use super::grid::{Grid, Row, Value};
use super::source::{Source, password};
use crate::domain::intake::Place;
use crate::domain::safe_text::safe_line;
use calamine::{Data, Ods, OdsError, Reader, SheetType, Sheets, Xls, XlsError, Xlsb, XlsbError, Xlsx, XlsxError};
use std::cell::Cell;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Columns past this are not read: no heading that is looked for stands so far to the right.
const MAX_COLUMNS: u32 = 512;

type Bytes = Cursor<Vec<u8>>;

/// An open workbook.
pub struct Workbook {
    name: String,
    sheets: Sheets<Bytes>,
}

/// Opens a workbook.
pub fn open(source: Source) -> Result<Workbook, IntakeError> {
    let Source { name, bytes, format } = source;
    if format == super::source::Format::Archive {
        guarded(&name, "", || super::unpacked::within_limits(&name, &bytes))??;
    }
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let opened = guarded(&name, "", || match format {
        super::source::Format::Compound => Xls::new(Cursor::new(bytes)).map(Sheets::Xls).map_err(calamine::Error::Xls),
        _ if ending == "ods" => Ods::new(Cursor::new(bytes)).map(Sheets::Ods).map_err(calamine::Error::Ods),
        _ if ending == "xlsb" => Xlsb::new(Cursor::new(bytes)).map(Sheets::Xlsb).map_err(calamine::Error::Xlsb),
        _ => Xlsx::new(Cursor::new(bytes)).map(Sheets::Xlsx).map_err(calamine::Error::Xlsx),
    })?;
    match opened {
        Ok(sheets) => Ok(Workbook { name, sheets }),
        Err(error) => Err(explain(&name, "", &error)),
    }
}

impl Workbook {
    /// The names of its worksheets, as stored.
    pub fn sheet_names(&self) -> Vec<String> {
        let worksheets = self.sheets.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        worksheets.map(|sheet| sheet.name.clone()).collect()
    }

    /// Reads one sheet.
    pub fn grid(&mut self, sheet: &str) -> Result<Grid, IntakeError> {
        let name = self.name.clone();
        let read = guarded(&name, sheet, || match &mut self.sheets {
            Sheets::Xlsx(book) => stream_xlsx(book, sheet).map_err(calamine::Error::Xlsx),
            Sheets::Xlsb(book) => stream_xlsb(book, sheet).map_err(calamine::Error::Xlsb),
            other => dense(other, sheet),
        })?;
        read.map_err(|error| explain(&name, sheet, &error))
    }
}

/// The libraries index into what a file says about itself; a damaged one may make them panic, and that must stay here.
fn guarded<T>(name: &str, sheet: &str, work: impl FnOnce() -> T) -> Result<T, IntakeError> {
    GUARDED.set(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(false);
    done.map_err(|_| damaged(name, sheet))
}

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is reading a workbook: a fault there is the file's, and will be told as a sentence.
pub fn is_guarded() -> bool {
    GUARDED.get()
}

fn stream_xlsx(book: &mut Xlsx<Bytes>, sheet: &str) -> Result<Grid, XlsxError> {
    let mut cells = book.worksheet_cells_reader(sheet)?;
    let mut grid = Grid::default();
    loop {
        match cells.next_cell_with_formula_metadata() {
            Ok(None) => return Ok(grid),
            Ok(Some(cell)) => {
                let value = match value(Data::from(cell.value)) {
                    Value::Empty if cell.formula.is_some() => Value::NoResult,
                    value => value,
                };
                put(&mut grid, cell.pos, value);
            }
            // An error value that Excel learnt after this reader was written (#SPILL!, #CALC!).
            Err(XlsxError::CellError(_)) => {
                let row = grid.rows.last().map_or(1, |row| row.number);
                grid.unknown_cells_after.push(row);
            }
            Err(error) => return Err(error),
        }
    }
}

fn stream_xlsb(book: &mut Xlsb<Bytes>, sheet: &str) -> Result<Grid, XlsbError> {
    let mut cells = book.worksheet_cells_reader(sheet)?;
    let mut grid = Grid::default();
    while let Some(cell) = cells.next_cell()? {
        let pos = cell.get_position();
        put(&mut grid, pos, value(Data::from(cell.get_value().clone())));
    }
    Ok(grid)
}

fn dense(book: &mut Sheets<Bytes>, sheet: &str) -> Result<Grid, calamine::Error> {
    let range = book.worksheet_range(sheet)?;
    let (first_row, first_column) = range.start().unwrap_or_default();
    let mut grid = Grid::default();
    for (row, column, data) in range.used_cells() {
        let at = |offset: usize, first: u32| u32::try_from(offset).unwrap_or(u32::MAX).saturating_add(first);
        put(&mut grid, (at(row, first_row), at(column, first_column)), value(data.clone()));
    }
    Ok(grid)
}

fn put(grid: &mut Grid, (row, column): (u32, u32), value: Value) {
    if value == Value::Empty || column >= MAX_COLUMNS {
        return;
    }
    let number = row.saturating_add(1);
    if grid.rows.last().is_none_or(|last| last.number != number) {
        grid.rows.push(Row { number, cells: Vec::new() });
    }
    if let Some(last) = grid.rows.last_mut() {
        let column = column as usize;
        if last.cells.len() <= column {
            last.cells.resize(column + 1, Value::Empty);
        }
        last.cells[column] = value;
    }
}

fn value(data: Data) -> Value {
    match data {
        Data::Empty => Value::Empty,
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            if text.is_empty() {
                Value::Empty
            } else {
                Value::Text(text)
            }
        }
        Data::Int(number) => Value::Number(number as f64),
        Data::Float(number) => Value::Number(number),
        Data::Bool(yes) => Value::Bool(yes),
        Data::Error(error) => Value::Error(error.to_string()),
        // Beyond these days there is no calendar, and the conversion would overflow.
        Data::DateTime(stamp) if stamp.is_datetime() && (-100_000.0..3_000_000.0).contains(&stamp.as_f64()) => {
            stamp.as_datetime().map_or(Value::Number(stamp.as_f64()), |stamp| Value::Date(stamp.date()))
        }
        Data::DateTime(stamp) => Value::Number(stamp.as_f64()),
    }
}

fn explain(name: &str, sheet: &str, error: &calamine::Error) -> IntakeError {
    use calamine::Error;
    match error {
        Error::Xlsx(XlsxError::Password)
        | Error::Xlsb(XlsbError::Password)
        | Error::Xls(XlsError::Password)
        | Error::Ods(OdsError::Password) => password(name),
        _ => damaged(name, sheet),
    }
}

fn damaged(name: &str, sheet: &str) -> IntakeError {
    let place = Place { sheet: safe_line(sheet).into_owned(), ..Place::file(name) };
    IntakeError::new(
        Trouble::Unreadable,
        place,
        "This cannot be read as a workbook: it is damaged or of another kind.",
        "Open it in Excel; if it opens, save it as an Excel workbook (.xlsx) and import that; if not, export it again.",
    )
}
