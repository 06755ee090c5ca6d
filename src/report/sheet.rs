//! The figures of a report as a workbook or as comma-separated values: no formula, no hidden sheet, and no cell that a spreadsheet
//! would take for a formula.

use super::cell::guarded;
use super::document::TEAM;
use super::paper::List;
use super::paper::numbers::{COLUMNS, Number};
use super::paper::suppressed::is_left_out;
use super::{ReportError, within};
use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

/// The number by which spreadsheets know A4 paper.
const A4: u8 = 9;

/// No column is wider than so many letters; longer texts go on in a second line.
const WIDEST: usize = 70;

/// All columns together are no wider, so that a printed page stays readable.
const PAGE: usize = 150;

/// Height of a line, in points.
const LINE: f64 = 15.0;

/// None is narrower than its heading with the sign of its filter.
const SIGN: usize = 3;

/// A workbook: first what the figures are about and what is left out of them, then the figures, then each list on a sheet of its own.
pub fn xlsx(title: &str, about: &[(String, String)], numbers: &[Number], lists: &[List]) -> Result<Vec<u8>, ReportError> {
    workbook(title, about, numbers, lists).map_err(|error| ReportError::Form { form: "spreadsheet", what: error.to_string() })
}

fn workbook(title: &str, about: &[(String, String)], numbers: &[Number], lists: &[List]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The day of the figures and not of the clock: the same figures are the same file.
    let day = about.iter().find_map(|(_, value)| day(value)).unwrap_or_default();
    let made = ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or(1970), day.month() as u8, day.day() as u8)?;
    book.set_properties(&DocProperties::new().set_title(title).set_author(TEAM).set_creation_datetime(&made));
    told(book.add_worksheet().set_name("About")?, title, about)?;
    let rows: Vec<[&str; 4]> = numbers.iter().map(|one| [one.table, one.row.as_str(), one.column.as_str(), one.value.as_str()]).collect();
    table(book.add_worksheet().set_name("Figures")?, title, &COLUMNS, &rows)?;
    for list in lists {
        table(book.add_worksheet().set_name(list.name)?, title, list.columns, &list.rows)?;
    }
    book.save_to_buffer()
}

/// What the figures are about.
fn told(sheet: &mut Worksheet, title: &str, about: &[(String, String)]) -> Result<(), XlsxError> {
    let (large, name) = (Format::new().set_bold().set_font_size(14).set_indent(1), beside(FormatAlign::Left).set_bold());
    on_paper(sheet, title)?;
    sheet.set_column_width(0, 24)?.set_column_width(1, 100)?;
    sheet.write_string_with_format(0, 0, guarded(title), &large)?;
    for (row, (known, value)) in (2..).zip(about) {
        sheet.write_string_with_format(row, 0, guarded(known), &name)?;
        put(sheet, row, 1, value, FormatAlign::Left)?;
        high(sheet, row, lines(value, 100))?;
    }
    Ok(())
}

/// How many lines a text takes in a column so many figures wide; letters are a little narrower than figures.
fn lines(text: &str, wide: usize) -> usize {
    (text.chars().count() * 9).div_ceil(wide * 10)
}

/// Makes a row as high as its lines: not every program does.
fn high(sheet: &mut Worksheet, row: u32, lines: usize) -> Result<(), XlsxError> {
    if lines > 1 {
        sheet.set_row_height(row, LINE * lines as f64)?;
    }
    Ok(())
}

/// A table on a sheet of its own: columns as wide as what they hold, a heading that stays in sight and stands on every page that is
/// printed, and a filter. Whole numbers, shares (`61 %`) and days (`5 Nov 2026`) are cells that a spreadsheet reckons with.
pub(super) fn table<R: AsRef<[T]>, T: AsRef<str>>(
    sheet: &mut Worksheet,
    title: &str,
    columns: &[&str],
    rows: &[R],
) -> Result<(), XlsxError> {
    on_paper(sheet, title)?;
    sheet.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    if let (Some(last), Some(right)) = (u32::try_from(rows.len()).ok().filter(|rows| *rows > 0), (columns.len() as u16).checked_sub(1)) {
        sheet.autofilter(0, 0, last, right)?;
    }
    let column = |at: usize| rows.iter().filter_map(move |row| row.as_ref().get(at)).map(AsRef::as_ref);
    let longest = |(at, name): (usize, &&str)| {
        let cells = column(at).map(|cell: &str| cell.chars().count());
        cells.max().unwrap_or(0).max(name.chars().count() + SIGN).min(WIDEST)
    };
    let widths = within(columns.iter().enumerate().map(longest).collect(), PAGE);
    // What stands for a number that is left out is level with the numbers, and so is their heading.
    let counts = |at: usize| {
        let said = |cell: &str| whole(cell).is_some() || cell.is_empty() || is_left_out(cell);
        column(at).all(said) && column(at).any(|cell| whole(cell).is_some())
    };
    let sides: Vec<_> = (0..columns.len()).map(|at| if counts(at) { FormatAlign::Right } else { FormatAlign::Left }).collect();
    for (at, ((name, side), width)) in (0..).zip(columns.iter().zip(&sides).zip(&widths)) {
        let head = beside(*side).set_bold().set_background_color(Color::RGB(0xE7_E6_E6)).set_border_bottom(FormatBorder::Thin);
        sheet.write_string_with_format(0, at, *name, &head.set_text_wrap())?;
        sheet.set_column_width(at, *width as f64 + 3.0)?;
    }
    for (row, cells) in (1..).zip(rows) {
        let cells = cells.as_ref();
        for ((at, cell), side) in (0..).zip(cells).zip(&sides) {
            put(sheet, row, at, cell.as_ref(), *side)?;
        }
        high(sheet, row, cells.iter().zip(&widths).map(|(cell, width)| lines(cell.as_ref(), *width)).max().unwrap_or(1))?;
    }
    Ok(())
}

/// How a sheet is printed: as wide as a page, with the name of the report and the number of the page below.
fn on_paper(sheet: &mut Worksheet, title: &str) -> Result<(), XlsxError> {
    // An ampersand begins a mark of its own; a foot takes 255 signs in all.
    let named: String = title.chars().take(100).collect::<String>().replace('&', "&&");
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_footer(format!("&L{named}&RPage &P of &N"));
    Ok(())
}

/// A whole number; not a reference that begins with noughts.
fn whole(text: &str) -> Option<u32> {
    text.parse().ok().filter(|_| text == "0" || !text.starts_with(['0', '+']))
}

/// A cell at this side of its column, with room to the next one, so that a number and a day do not run together.
fn beside(side: FormatAlign) -> Format {
    let at = Format::new().set_align(FormatAlign::Top).set_align(side);
    if side == FormatAlign::Left { at.set_indent(1) } else { at }
}

/// One cell, as what it is: a number, a share, a day, or a text at this side of its column.
fn put(sheet: &mut Worksheet, row: u32, column: u16, text: &str, side: FormatAlign) -> Result<(), XlsxError> {
    if let Some(number) = whole(text) {
        sheet.write_number_with_format(row, column, number, &beside(FormatAlign::Right).set_num_format("#,##0"))?;
    } else if let Some(percent) = text.strip_suffix('%').and_then(|number| whole(number.trim_end())) {
        sheet.write_number_with_format(row, column, f64::from(percent) / 100.0, &beside(FormatAlign::Right).set_num_format("0%"))?;
    } else if let Some(day) = day(text) {
        let day = ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or(1970), day.month() as u8, day.day() as u8)?;
        sheet.write_datetime_with_format(row, column, &day, &beside(FormatAlign::Left).set_num_format("d mmm yyyy"))?;
    } else {
        sheet.write_string_with_format(row, column, guarded(text), &beside(side).set_text_wrap())?;
    }
    Ok(())
}

/// A day as papers write it, its month in full or in three letters.
fn day(text: &str) -> Option<NaiveDate> {
    ["%d %b %Y", "%d %B %Y"].iter().find_map(|form| NaiveDate::parse_from_str(text, form).ok())
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
    for cells in lists.iter().flat_map(cells_of) {
        out.write_record(cells.map(guarded)).map_err(|error| wrong(&error))?;
    }
    out.into_inner().map_err(|error| wrong(&error))
}

/// The cells of a list as rows of figures: the list, what the row is about, the column, the value. Empty cells are none.
fn cells_of(list: &List) -> Vec<[&str; 4]> {
    let mut out = Vec::new();
    for cells in &list.rows {
        let Some((about, others)) = cells.split_first() else { continue };
        let named = list.columns.iter().skip(1).zip(others).filter(|(_, cell)| !cell.is_empty());
        out.extend(named.map(|(column, cell)| [list.name, about.as_str(), *column, cell.as_str()]));
    }
    out
}
