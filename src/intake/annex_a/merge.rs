//! Brings the rows of all lists together: each child once, by its most intensive open case; the ended reported; ages
//! worked out. It must not know files.

use super::lists::label;
use super::row::{Entry, Standing};
use super::{Counts, Extract};
use crate::domain::framework::{CaseType, SubjectKind};
use crate::domain::intake::{FrameRow, Oddity};
use crate::intake::cells::years_between;
use chrono::{Days, NaiveDate};
use std::collections::HashMap;

/// Annex A knows nobody older: care leavers are supported to 25.
const OLDEST: i32 = 25;

/// Children by whom the date of the lists is told from the ages: with fewer it could be chance.
const ENOUGH_AGES: usize = 3;

/// The case type of a list and how intensive it is (0 most).
fn case_of(list: u8, case_types: &[CaseType]) -> Option<(usize, &CaseType)> {
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
                let age_years = age(entry, as_of, &mut extract.oddities);
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
        kind: if entry.list == 9 { SubjectKind::CareExperienced } else { SubjectKind::Child },
        case_type: case.key.clone(),
        age_years,
        disability: entry.disability,
        team: entry.team.clone(),
        worker: entry.worker.clone(),
        started_on: entry.started_on,
        source: entry.place.clone(),
    }
}

/// Whole years on the day of the lists, from the date of birth where there is one.
fn age(entry: &Entry, as_of: NaiveDate, oddities: &mut Vec<Oddity>) -> Option<u8> {
    let id = &entry.council_id;
    let written = entry.age.filter(|age| age.is_finite()).map(|age| age.floor().clamp(-1000.0, 1000.0) as i32);
    let worked_out = entry.born.map(|born| years_between(born, as_of));
    if let (Some(worked_out), Some(written)) = (worked_out, written)
        && (worked_out - written).abs() > 1
    {
        let what = format!("Child {id}: the age and the date of birth disagree by more than a year.");
        oddities.push(Oddity::warning(entry.place.at(&entry.age_heading), what, "The age was worked out from the date of birth."));
    }
    let Some(years) = worked_out.or(written) else {
        let what = format!("Child {id} has neither a date of birth nor an age.");
        oddities.push(Oddity::warning(entry.place.clone(), what, "The age stays unknown."));
        return None;
    };
    if worked_out.is_none() {
        let what = format!("Child {id} has no date of birth.");
        oddities.push(Oddity::note(entry.place.clone(), what, "The age was taken from the age column."));
    }
    if years < 0 {
        let what = format!("Child {id} would be born after the day of the list: unborn, or a slip.");
        oddities.push(Oddity::warning(entry.place.clone(), what, "The child stays in the frame; the age stays unknown."));
        return None;
    }
    if years > OLDEST {
        let what = format!("Child {id} would be older than {OLDEST}.");
        oddities.push(Oddity::warning(entry.place.clone(), what, "The row stays in the frame; the age stays unknown."));
        return None;
    }
    u8::try_from(years).ok()
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
