//! The day that an extract shows: from its title rows or its name. It must not know the lists' rows.

use crate::intake::cells::of_text;
use crate::intake::grid::{Row, Value};
use chrono::{Datelike, NaiveDate};

/// The latest day, not after today, that stands in the rows above the headings ("As at 31 March 2026").
pub fn of_titles(rows: &[Row], today: NaiveDate) -> Option<NaiveDate> {
    let dates = rows.iter().flat_map(|row| &row.cells).flat_map(|cell| match cell {
        Value::Date(date) => vec![*date],
        Value::Text(_) => in_text(&cell.shown()),
        _ => Vec::new(),
    });
    dates.filter(|date| plausible(*date, today)).max()
}

/// The day in a file name: `annex-a-2026-03-31.xlsx`, `AnnexA_31.03.2026`, `20260331`.
pub fn of_name(name: &str, today: NaiveDate) -> Option<NaiveDate> {
    let words: Vec<&str> = name.split(|c: char| !c.is_ascii_digit()).filter(|word| !word.is_empty()).collect();
    let joined = words.windows(3).filter_map(|w| if w[0].len() == 4 || w[2].len() == 4 { of_text(&w.join("-")) } else { None });
    let whole = words.iter().filter(|word| word.len() == 8).filter_map(|word| {
        of_text(&format!("{}-{}-{}", &word[..4], &word[4..6], &word[6..]))
            .or_else(|| of_text(&format!("{}-{}-{}", &word[..2], &word[2..4], &word[4..])))
    });
    joined.chain(whole).filter(|date| plausible(*date, today)).max()
}

fn in_text(text: &str) -> Vec<NaiveDate> {
    let words: Vec<&str> = text.split([' ', ',', ':', '(', ')']).filter(|word| !word.is_empty()).collect();
    let single = words.iter().filter(|word| word.len() > 5).filter_map(|word| of_text(word));
    single.chain(words.windows(3).filter_map(|w| of_text(&w.join(" ")))).collect()
}

fn plausible(date: NaiveDate, today: NaiveDate) -> bool {
    date <= today && date.year() >= 2010
}
