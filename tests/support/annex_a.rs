//! Writes made-up Annex A workbooks of any size: the same seed gives the same children. Nobody in them exists: workers are
//! put together from colours and trees, children are numbers.

use chrono::{Days, NaiveDate};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use std::path::Path;

/// The day that the made-up lists show.
pub fn list_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 9, 30).unwrap()
}

const COLOURS: [&str; 10] = ["Amber", "Azure", "Coral", "Crimson", "Ivory", "Jade", "Olive", "Russet", "Scarlet", "Violet"];
const TREES: [&str; 12] =
    ["Alder", "Ashe", "Birch", "Cedar", "Elmwood", "Hazel", "Hornbeam", "Larch", "Maple", "Oakley", "Rowan", "Willow"];
const TEAMS: [&str; 8] = [
    "North Locality 1",
    "North Locality 2",
    "South Locality 1",
    "South Locality 2",
    "Assessment Team",
    "Children in Care Team",
    "Children with Disabilities Team",
    "Leaving Care Team",
];

struct Sheet {
    list: u8,
    start: &'static str,
    end: &'static str,
    share: u32,
}

/// The lists of the frame with the share of all children (in percent) that each holds.
const LISTS: [Sheet; 5] = [
    Sheet { list: 4, start: "Continuous Assessment Start Date", end: "Continuous Assessment Date of Authorisation", share: 20 },
    Sheet { list: 6, start: "CIN Start Date", end: "CIN Closure Date", share: 45 },
    Sheet { list: 7, start: "Child Protection Plan Start Date", end: "Child Protection Plan End Date", share: 10 },
    Sheet { list: 8, start: "Date Started to be Looked After", end: "Date Ceased to be Looked After", share: 15 },
    Sheet { list: 9, start: "", end: "", share: 10 },
];

/// Writes a workbook of `children` rows over the five lists of the frame, with the other lists beside them.
pub fn write(path: &Path, children: u32, seed: u64) -> Result<(), XlsxError> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    for number in [1, 2, 3, 5, 10, 11] {
        let sheet = book.add_worksheet();
        sheet.set_name(format!("List {number}"))?;
        sheet.write_string(0, 0, "Child Unique ID")?;
    }
    let mut next_id = 1_000_000;
    let mut left = children;
    for (at, list) in LISTS.iter().enumerate() {
        let rows = if at + 1 == LISTS.len() { left } else { children * list.share / 100 };
        left -= rows;
        let sheet = book.add_worksheet();
        sheet.set_name(format!("List {}", list.list))?;
        headings(sheet, list)?;
        for row in 1..=rows {
            next_id += 1 + rng.next_u32() % 9;
            child(sheet, list, row, next_id, &date, &mut rng)?;
        }
    }
    book.save(path)
}

fn headings(sheet: &mut Worksheet, list: &Sheet) -> Result<(), XlsxError> {
    let shared = ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age", "Does the Child have a Disability"];
    let own = [list.start, list.end, "Note 1", "Note 2", "Note 3", "Allocated Team", "Allocated Worker"];
    for (column, heading) in shared.iter().chain(&own).enumerate() {
        sheet.write_string(0, u16::try_from(column).unwrap(), *heading)?;
    }
    Ok(())
}

fn child(sheet: &mut Worksheet, list: &Sheet, row: u32, id: u32, date: &Format, rng: &mut ChaCha8Rng) -> Result<(), XlsxError> {
    let mut below = |limit: u32| rng.next_u32() % limit;
    let (youngest, oldest) = if list.list == 9 { (18, 24) } else { (1, 17) };
    let days_old = youngest * 366 + below((oldest - youngest) * 365);
    let born = list_day() - Days::new(u64::from(days_old));
    let start = list_day() - Days::new(u64::from(1 + below(days_old.min(900))));
    sheet.write_number(row, 0, id)?;
    sheet.write_string(row, 1, if below(2) == 0 { "a) Male" } else { "b) Female" })?;
    sheet.write_string(row, 2, "s) NOBT")?;
    sheet.write_number_with_format(row, 3, serial(born), date)?;
    sheet.write_number(row, 4, f64::from(days_old) / 365.25)?;
    sheet.write_string(row, 5, if below(12) == 0 { "a) Yes" } else { "b) No" })?;
    if !list.start.is_empty() {
        sheet.write_number_with_format(row, 6, serial(start), date)?;
        if below(20) == 0 {
            sheet.write_number_with_format(row, 7, serial(list_day() - Days::new(1)), date)?;
        }
    }
    for note in 8..11 {
        sheet.write_string(row, note, "b) No")?;
    }
    let team = TEAMS[below(8) as usize];
    sheet.write_string(row, 11, team)?;
    if below(40) > 0 {
        let (colour, tree) = (COLOURS[below(10) as usize], TREES[below(12) as usize]);
        sheet.write_string(row, 12, format!("{colour}\u{a0}{tree}"))?;
    }
    Ok(())
}

/// A day as Excel stores it.
fn serial(day: NaiveDate) -> f64 {
    (day - NaiveDate::from_ymd_opt(1899, 12, 30).unwrap()).num_days() as f64
}
