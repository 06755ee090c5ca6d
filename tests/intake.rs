//! Imports: the boundary that makes text safe, Annex A, people, holidays, and what an import would change.

mod bad_files;
mod holidays;
#[path = "support/annex_a.rs"]
mod made_up;
mod messy_lists;
mod people;
mod reconcile;
mod safe_text;
mod sample;
mod ssd;
mod subjects;

use chrono::NaiveDate;
use closeloop::domain::framework::CaseType;
use closeloop::domain::intake::Oddity;
use closeloop::intake::IntakeError;
use closeloop::intake::annex_a::{Extract, read};
use std::path::{Path, PathBuf};

pub fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap()
}

pub fn today() -> NaiveDate {
    day("2026-11-21")
}

/// Most intensive first, as profiles have them.
pub fn case_types() -> Vec<CaseType> {
    let case = |key: &str, annex_a_list: Option<u8>| CaseType {
        key: key.to_string(),
        label: key.to_string(),
        short: key.to_string(),
        annex_a_list,
        supervision: None,
    };
    vec![case("cic", Some(8)), case("cp", Some(7)), case("cin", Some(6)), case("cwd", None), case("asm", Some(4)), case("ce", Some(9))]
}

pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

pub fn annex_a(path: &Path) -> Result<Extract, IntakeError> {
    let extract = read(path, &case_types(), today(), &mut |_, _| {})?;
    let counts = extract.counts;
    assert_eq!(counts.read, counts.in_frame + counts.ended + counts.merged + counts.left_out, "every row ends in one way");
    assert_eq!(counts.in_frame, extract.rows.len());
    assert_eq!(counts.read, extract.sheets.iter().map(|sheet| sheet.rows_read).sum::<usize>());
    Ok(extract)
}

/// Reads one list given as CSV.
pub fn csv_list(list: u8, text: &str) -> Extract {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join(format!("list_{list}.csv")), text).unwrap();
    annex_a(dir.path()).unwrap()
}

/// The oddities of a row, as (what, done).
pub fn of_row(oddities: &[Oddity], row: u32) -> Vec<(&str, &str)> {
    oddities.iter().filter(|o| o.place.row == Some(row)).map(|o| (o.what.as_str(), o.done.as_str())).collect()
}
