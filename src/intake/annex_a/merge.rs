//! Brings the rows of all lists together: each child once, by its most intensive open case; the ended reported; ages
//! worked out. It must not know files.

use super::lists::label;
use super::row::{Entry, Standing};
use super::{Counts, Extract};
use crate::domain::framework::{CaseType, SubjectKind};
use crate::domain::intake::{FrameRow, Oddity};
use crate::intake::ages;
use chrono::{Days, NaiveDate};
use std::collections::HashMap;

/// Children by whom the date of the lists is told from the ages: with fewer it could be chance.
const ENOUGH_AGES: usize = 3;

/// Who is on a list of Annex A.
pub fn kind_of(list: u8) -> SubjectKind {
    if list == 9 { SubjectKind::CareExperienced } else { SubjectKind::Child }
}

/// The case type of a list and how intensive it is (0 most).
pub fn case_of(list: u8, case_types: &[CaseType]) -> Option<(usize, &CaseType)> {
    case_types.iter().enumerate().find(|(_, case)| case.annex_a_list == Some(list))
}

/// Fills an extract from the entries of all lists, which come in the order they were read.
pub fn merge(entries: Vec<Entry>, case_types: &[CaseType], today: NaiveDate, extract: &mut Extract) {
    let as_of = extract.frame_date.unwrap_or(today);
    let mut by_child: HashMap<&str, Vec<usize>> = HashMap::with_capacity(entries.len());
    for (at, entry) in entries.iter().enumerate() {
        by_child.entry(entry.council_id.as_str()).or_default().push(at);
    }
    let rank = |entry: &Entry| case_of(entry.list, case_types).map_or(usize::MAX, |(rank, _)| rank);
    for (at, entry) in entries.iter().enumerate() {
        let Some(rows) = by_child.get(entry.council_id.as_str()) else { continue };
        let open = rows.iter().copied().filter(|row| entries[*row].standing == Standing::Open);
        // The most intensive list; within it the newest start; then the row that comes first.
        let kept = open.min_by_key(|row| (rank(&entries[*row]), std::cmp::Reverse(entries[*row].started_on), *row));
        match (kept, &entry.standing) {
            (Some(kept), Standing::Open) if kept == at => {
                let age_years = ages::of_child(
                    &ages::Told {
                        id: &entry.council_id,
                        place: &entry.place,
                        born: entry.born,
                        age: entry.age,
                        age_heading: &entry.age_heading,
                    },
                    as_of,
                    &mut extract.oddities,
                );
                let Some((_, case)) = case_of(entry.list, case_types) else { continue };
                extract.rows.push(frame_row(entry, case, age_years));
                extract.counts.in_frame += 1;
            }
            (Some(kept), _) => merged(entry, &entries[kept], &mut extract.counts, &mut extract.oddities),
            (None, Standing::Ended(how)) => {
                if rows.first() == Some(&at) {
                    extract.closed.push(entry.council_id.clone());
                }
                extract.counts.ended += 1;
                let what = format!("Child {}: the {how} ({}).", entry.council_id, label(entry.list));
                extract.oddities.push(Oddity::note(entry.place.clone(), what, "The child is not in the frame by this row."));
            }
            // No row of the child is open, yet this one is: cannot be.
            (None, Standing::Open) => {}
        }
    }
}

fn merged(entry: &Entry, kept: &Entry, counts: &mut Counts, oddities: &mut Vec<Oddity>) {
    counts.merged += 1;
    let id = &entry.council_id;
    let row = kept.place.row.unwrap_or_default();
    let sheet = if kept.place.sheet.is_empty() { &kept.place.file } else { &kept.place.sheet };
    let done = format!("The child was taken once, from {sheet}, row {row} ({}).", label(kept.list));
    let oddity = match (&entry.standing, entry.list == kept.list) {
        (Standing::Ended(how), _) => {
            Oddity::note(entry.place.clone(), format!("Child {id}: the {how} here, and the child is open in another row."), done)
        }
        (Standing::Open, true) => {
            Oddity::warning(entry.place.clone(), format!("Child {id} is open in more than one row of this list."), done)
        }
        (Standing::Open, false) => Oddity::note(entry.place.clone(), format!("Child {id} is also open in a more intensive list."), done),
    };
    oddities.push(oddity);
}

fn frame_row(entry: &Entry, case: &CaseType, age_years: Option<u8>) -> FrameRow {
    FrameRow {
        council_id: entry.council_id.clone(),
        kind: kind_of(entry.list),
        case_type: case.key.clone(),
        age_years,
        disability: entry.disability,
        team: entry.team.clone(),
        worker: entry.worker.clone(),
        started_on: entry.started_on,
        source: entry.place.clone(),
    }
}

/// The day on which the ages of the lists were worked out: what birth dates and ages with fractions agree on.
pub fn date_of_ages(entries: &[Entry], today: NaiveDate) -> Option<NaiveDate> {
    let day = |entry: &Entry| {
        let (born, age) = (entry.born?, entry.age?);
        if age.fract() == 0.0 || !(0.0..30.0).contains(&age) {
            return None;
        }
        born.checked_add_days(Days::new((age * 365.25).round() as u64))
    };
    let mut days: Vec<NaiveDate> = entries.iter().filter_map(day).collect();
    days.sort_unstable();
    let middle = *days.get(days.len() / 2)?;
    // Systems divide by 365, 365.25 or count leap days: a few days apart is agreement.
    let agreeing = days.iter().filter(|day| (**day - middle).num_days().abs() <= 5).count();
    (agreeing >= ENOUGH_AGES && agreeing * 2 > days.len() && middle <= today).then_some(middle)
}
