//! The figures of a report as a workbook or as comma-separated values: no formula, no hidden sheet, and no cell that a spreadsheet
//! would take for a formula.

use super::ReportError;
use super::cell::guarded;
use super::lists;
use super::paper::List;
use super::paper::numbers::{COLUMNS, Number};
use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// The number by which spreadsheets know A4 paper.
const A4: u8 = 9;

/// A workbook of two sheets: the figures, and what they are about.
pub fn xlsx(title: &str, about: &[(String, String)], numbers: &[Number], lists: &[List]) -> Result<Vec<u8>, ReportError> {
    workbook(title, about, numbers, lists).map_err(|error| ReportError::Form { form: "spreadsheet", what: error.to_string() })
}

fn workbook(title: &str, about: &[(String, String)], numbers: &[Number], lists: &[List]) -> Result<Vec<u8>, XlsxError> {
    let bold = Format::new().set_bold();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Figures")?;
    for (column, name) in (0..).zip(COLUMNS) {
        sheet.write_string_with_format(0, column, name, &bold)?;
    }
    // As wide as its longest question: not every program makes a row higher for a text that goes on below.
    let longest = numbers.iter().map(|number| number.row.chars().count()).max().unwrap_or(0).clamp(40, 120);
    for (column, width) in [(0, 28.0), (1, longest as f64), (2, 24.0), (3, 12.0)] {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    // On paper: as wide as a page, its heading on every one.
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?.set_footer("&C&P / &N");
    if let Some(last) = u32::try_from(numbers.len()).ok().filter(|rows| *rows > 0) {
        sheet.autofilter(0, 0, last, 3)?;
    }
    for (row, number) in (1..).zip(numbers) {
        sheet.write_string(row, 0, guarded(number.table))?;
        sheet.write_string(row, 1, guarded(&number.row))?;
        sheet.write_string(row, 2, guarded(&number.column))?;
        match number.value.parse::<u32>() {
            Ok(value) => sheet.write_number(row, 3, value)?,
            Err(_) => sheet.write_string(row, 3, guarded(&number.value))?,
        };
    }
    for list in lists {
        lists::sheet(&mut book, list)?;
    }
    let sheet = book.add_worksheet().set_name("About")?;
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    sheet.write_string_with_format(0, 0, guarded(title), &bold)?;
    sheet.set_column_width(0, 28.0)?.set_column_width(1, 90.0)?;
    for (row, (name, value)) in (1..).zip(about) {
        sheet.write_string(row, 0, guarded(name))?;
        sheet.write_string(row, 1, guarded(value))?;
    }
    book.save_to_buffer()
}

/// The figures as comma-separated values, and below them each cell of the lists as a row.
pub fn csv(numbers: &[Number], lists: &[List]) -> Result<Vec<u8>, ReportError> {
    let wrong = |error: &dyn std::fmt::Display| ReportError::Form { form: "CSV", what: error.to_string() };
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(COLUMNS).map_err(|error| wrong(&error))?;
    for number in numbers {
        let cells = [guarded(number.table), guarded(&number.row), guarded(&number.column), guarded(&number.value)];
        out.write_record(cells).map_err(|error| wrong(&error))?;
    }
    for cells in lists.iter().flat_map(lists::rows) {
        out.write_record(cells.map(guarded)).map_err(|error| wrong(&error))?;
    }
    out.into_inner().map_err(|error| wrong(&error))
}
