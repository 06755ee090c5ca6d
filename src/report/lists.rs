//! Lists in the files of figures: a worksheet each, and in comma-separated values a row for each cell.

use super::cell::guarded;
use super::paper::List;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// The number by which spreadsheets know A4 paper.
const A4: u8 = 9;

/// No column is wider than so many letters; longer texts go on in a second line.
const WIDEST: usize = 60;

/// Adds a list to a workbook as a sheet of its own.
pub(super) fn sheet(book: &mut Workbook, list: &List) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap();
    let sheet = book.add_worksheet().set_name(list.name)?;
    for (column, name) in (0..).zip(list.columns) {
        sheet.write_string_with_format(0, column, *name, &bold)?;
        let longest = list.rows.iter().filter_map(|row| row.get(usize::from(column))).map(|cell| cell.chars().count()).max();
        let wide = longest.unwrap_or(0).max(name.chars().count()).clamp(8, WIDEST) + 2;
        sheet.set_column_width(column, wide as f64)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?.set_footer("&C&P / &N");
    let last = u32::try_from(list.rows.len()).unwrap_or(u32::MAX);
    if let Some(columns) = u16::try_from(list.columns.len()).ok().filter(|columns| *columns > 0 && last > 0) {
        sheet.autofilter(0, 0, last, columns - 1)?;
    }
    for (row, cells) in (1..).zip(&list.rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell.parse::<u32>() {
                Ok(number) => sheet.write_number(row, column, number)?,
                Err(_) => sheet.write_string_with_format(row, column, guarded(cell), &wrapped)?,
            };
        }
    }
    Ok(())
}

/// The cells of a list as rows of figures: the list, what the row is about, the column, the value. Empty cells are none.
pub(super) fn rows(list: &List) -> Vec<[&str; 4]> {
    let mut out = Vec::new();
    for cells in &list.rows {
        let Some((about, others)) = cells.split_first() else { continue };
        let named = list.columns.iter().skip(1).zip(others).filter(|(_, cell)| !cell.is_empty());
        out.extend(named.map(|(column, cell)| [list.name, about.as_str(), *column, cell.as_str()]));
    }
    out
}
