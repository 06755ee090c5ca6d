//! Cells of files that a spreadsheet opens: none of them may run.

use crate::domain::safe_text::safe_line;

/// What a spreadsheet takes for the beginning of a formula, in the width of any script; the last two begin a call in old ones.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}', '|', '%'];

/// A text as one safe line that no spreadsheet runs: one that would begin a formula is led by an apostrophe, as spreadsheets
/// themselves mark text. A negative number stays one.
pub fn guarded(text: &str) -> String {
    let safe = safe_line(text).into_owned();
    let number = safe.starts_with('-') && safe.parse::<f64>().is_ok_and(f64::is_finite);
    if safe.starts_with(FORMULA) && !number { format!("'{safe}") } else { safe }
}
