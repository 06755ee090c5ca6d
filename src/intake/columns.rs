//! Finds columns by their headings, whatever their case, spaces and punctuation, under title rows or none. It must not
//! know what the columns are for.

use super::grid::{Grid, Row, Value};

/// The header row is looked for among this many filled rows: exports put titles and notes above it, but not pages of them.
const TITLE_ROWS: usize = 30;

/// One column to look for: the headings it goes by, written as [`key`] writes them. The likeliest come first, and an
/// earlier one wins when a sheet has several.
pub type Variants = &'static [&'static str];

/// A column that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its place, from 0.
    pub index: usize,
    /// Its heading, safe to show.
    pub heading: String,
}

/// The header row of a grid.
#[derive(Debug)]
pub struct Header {
    /// Place of the header among the rows of the grid.
    pub at: usize,
    /// For each column looked for, where it is.
    pub columns: Vec<Option<Column>>,
    /// Columns (by their place among those looked for) whose heading is there more than once: the first one counts.
    pub repeated: Vec<usize>,
}

/// A heading without case, spaces and punctuation: "CIN Start Date " and "cin_start_date" are `cinstartdate`.
pub fn key(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Finds the header row: the first row with the column that must be there (`must`, a place in `wanted`).
/// When there is none, the headings of the likeliest row come back, to be shown.
pub fn find<S: AsRef<str>, V: AsRef<[S]>>(grid: &Grid, wanted: &[V], must: usize) -> Result<Header, Vec<String>> {
    let filled = grid.rows.iter().enumerate().filter(|(_, row)| !row.is_blank()).take(TITLE_ROWS);
    let mut likeliest: Vec<String> = Vec::new();
    for (at, row) in filled {
        let texts: Vec<(usize, String)> = row
            .cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| matches!(cell, Value::Text(_)) && !cell.is_blank())
            .map(|(index, cell)| (index, cell.shown().into_owned()))
            .collect();
        let keys: Vec<(usize, String)> = texts.iter().map(|(index, text)| (*index, key(text))).collect();
        let place_of = |variants: &V| variants.as_ref().iter().find_map(|variant| keys.iter().position(|(_, key)| key == variant.as_ref()));
        if texts.len() > likeliest.len() && looks_like_headings(row) {
            likeliest = texts.iter().map(|(_, text)| text.clone()).collect();
        }
        if wanted.get(must).and_then(place_of).is_none() {
            continue;
        }
        let places: Vec<Option<usize>> = wanted.iter().map(place_of).collect();
        let repeats = |place: usize| keys.iter().filter(|(_, key)| *key == keys[place].1).count() > 1;
        let repeated = places.iter().enumerate().filter(|(_, place)| place.is_some_and(repeats)).map(|(i, _)| i).collect();
        let column = |place: usize| Column { index: texts[place].0, heading: texts[place].1.clone() };
        return Ok(Header { at, columns: places.iter().map(|place| place.map(column)).collect(), repeated });
    }
    Err(likeliest)
}

/// Whether a row may be shown as headings: one with numbers or dates in it is somebody's record.
fn looks_like_headings(row: &Row) -> bool {
    row.cells.iter().all(|cell| match cell {
        Value::Text(text) => text.chars().filter(char::is_ascii_digit).count() < 3,
        Value::Empty => true,
        _ => false,
    })
}

/// Headings as a list in a sentence; long lists are cut.
pub fn listed(headings: &[String]) -> String {
    const SHOWN: usize = 12;
    if headings.is_empty() {
        return "nothing".to_string();
    }
    let mut out = headings.iter().take(SHOWN).map(|heading| format!("\"{}\"", short(heading))).collect::<Vec<_>>().join(", ");
    if headings.len() > SHOWN {
        out.push_str(&format!(" and {} more", headings.len() - SHOWN));
    }
    out
}

fn short(text: &str) -> String {
    if text.chars().count() <= 60 { text.to_string() } else { text.chars().take(59).chain(['…']).collect() }
}
