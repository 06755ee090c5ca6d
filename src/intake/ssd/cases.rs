//! Cases out of four tables, each child once: by the most intensive open case, with the worker and team of today. It must
//! not know files.

use super::lookup::Lookup;
use super::sheet::Sheet;
use super::tables::{Fact, Table};
use super::{Told, count};
use crate::domain::framework::CaseType;
use crate::domain::intake::{FrameRow, Oddity, Place};
use crate::intake::ages;
use crate::intake::annex_a::Extract;
use crate::intake::annex_a::merge::{case_of, kind_of};
use crate::intake::cells;
use crate::intake::columns::key;
use crate::intake::grid::{Grid, Row};
use chrono::NaiveDate;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// Two episodes of care that lie no further apart than this are one period: the next begins as the one before ends.
const SAME_PERIOD_DAYS: i64 = 1;

/// One row of a table of cases.
pub struct Case {
    person: String,
    table: Table,
    started_on: Option<NaiveDate>,
    ended_on: Option<NaiveDate>,
    open: bool,
    team: Option<String>,
    worker: Option<String>,
    place: Place,
}

/// Reads the rows of one table and gives back how many there were.
pub fn read(sheet: &Sheet, grid: &Grid, today: NaiveDate, cases: &mut Vec<Case>, extract: &mut Extract) -> usize {
    let (mut rows, mut ended) = (0, 0);
    for row in sheet.rows(grid) {
        rows += 1;
        match case(sheet, row, today, &mut extract.oddities) {
            None => extract.counts.left_out += 1,
            Some(case) => {
                ended += usize::from(!case.open);
                cases.push(case);
            }
        }
    }
    extract.counts.read += rows;
    if rows == 0 {
        let what = format!("The table {} has headings and no rows.", sheet.table.name());
        extract.oddities.push(Oddity::warning(sheet.place.clone(), what, "The children of this table stay as they are."));
    }
    if ended > 0 {
        let what = format!("{ended} of the {rows} rows have ended.");
        extract.oddities.push(Oddity::note(sheet.place.clone(), what, "By these rows nobody is in the frame."));
    }
    rows
}

fn case(sheet: &Sheet, row: &Row, today: NaiveDate, oddities: &mut Vec<Oddity>) -> Option<Case> {
    let person = sheet.number(row, Fact::Person, oddities)?;
    let of = format!("Child {person}");
    let mut started_on = sheet.day(row, Fact::Start, &of, oddities);
    if started_on.is_some_and(|day| day > today) {
        sheet.warn(row, Fact::Start, format!("{of}: the start date is in the future."), "It was taken as not given.", oddities);
        started_on = None;
    }
    let ended_on = sheet.day(row, Fact::End, &of, oddities);
    if let (Some(start), Some(end)) = (started_on, ended_on)
        && end < start
    {
        sheet.warn(row, Fact::End, format!("{of}: the case ends before it begins."), "It was taken as ended.", oddities);
    }
    let reason = sheet.words(row, Fact::Reason).filter(|reason| !matches!(key(cells::without_code(reason)).as_str(), "" | "0" | "open"));
    let by_reason = ended_on.is_none() && reason.is_some();
    if by_reason {
        let what = format!("{of}: there is a reason for ending, but no end date.");
        sheet.warn(row, Fact::Reason, what, "The case was taken as ended.", oddities);
    }
    Some(Case {
        table: sheet.table,
        started_on,
        ended_on,
        open: !by_reason && ended_on.is_none_or(|day| day > today),
        team: sheet.words(row, Fact::Team),
        worker: sheet.maybe_number(row, Fact::Worker),
        place: sheet.place_of(row),
        person,
    })
}

/// Fills the extract from all cases: the frame, the closed, and what is odd.
pub fn bring_together(cases: Vec<Case>, lookup: &Lookup, case_types: &[CaseType], today: NaiveDate, extract: &mut Extract) {
    let rank = |case: &Case| case.table.list().and_then(|list| case_of(list, case_types)).map_or(usize::MAX, |(rank, _)| rank);
    let mut by_child: HashMap<&str, Vec<&Case>> = HashMap::with_capacity(cases.len());
    for case in &cases {
        by_child.entry(case.person.as_str()).or_default().push(case);
    }
    let mut strangers = Told::new();
    let mut seen = Told::new();
    for case in &cases {
        if !seen.insert(case.person.clone()) {
            continue;
        }
        let Some(all) = by_child.get(case.person.as_str()) else { continue };
        extract.counts.ended += all.iter().filter(|case| !case.open).count();
        let mut open: Vec<&Case> = all.iter().copied().filter(|case| case.open).collect();
        open.sort_by_key(|case| (rank(case), Reverse(case.started_on)));
        let Some(kept) = open.first() else {
            extract.closed.push(case.person.clone());
            continue;
        };
        for (at, other) in open.iter().enumerate() {
            count(&mut extract.counts, at == 0);
            if at > 0 && other.table == kept.table {
                let what = format!("Child {} is open in more than one row of this table.", kept.person);
                let done = format!("The child was taken once, from row {}.", kept.place.row.unwrap_or_default());
                extract.oddities.push(Oddity::warning(other.place.clone(), what, done));
            }
        }
        if let Some((_, case_type)) = kept.table.list().and_then(|list| case_of(list, case_types)) {
            let row = frame_row(kept, &open, all, lookup, case_type, today, &mut strangers, extract);
            extract.rows.push(row);
        }
    }
}

#[allow(clippy::too_many_arguments, reason = "one row is put together from all that was read")]
fn frame_row(
    kept: &Case,
    open: &[&Case],
    all: &[&Case],
    lookup: &Lookup,
    case_type: &CaseType,
    today: NaiveDate,
    strangers: &mut Told,
    extract: &mut Extract,
) -> FrameRow {
    let id = &kept.person;
    let born = lookup.born(id);
    let told = ages::Told { id, place: &kept.place, born, age: None, age_heading: "" };
    let age_years = ages::of_child(&told, extract.frame_date.unwrap_or(today), &mut extract.oddities);
    let (team, worker) = holder(kept, open, lookup, extract);
    let worker = worker.map(|number| match lookup.name(&number) {
        Some(name) => name.clone(),
        None => {
            if lookup.knows_professionals && strangers.insert(number.clone()) {
                let what = format!("Professional {number} is not in the table of professionals.");
                extract.oddities.push(Oddity::warning(kept.place.clone(), what, "They are named by their number."));
            }
            number
        }
    });
    for (missing, what) in [(team.is_none(), "team"), (worker.is_none(), "worker")] {
        if missing {
            let done = format!("The child stays in the frame without a {what}.");
            extract.oddities.push(Oddity::warning(kept.place.clone(), format!("Child {id} has no allocated {what}."), done));
        }
    }
    let mut started_on = if kept.table == Table::Care { period_began(kept, all) } else { kept.started_on };
    if let (Some(start), Some(born)) = (started_on, born)
        && start < born
        && kept.table == Table::Care
    {
        let what = format!("Child {id}: care began before birth.");
        extract.oddities.push(Oddity::warning(kept.place.clone(), what, "The start was taken as not given."));
        started_on = None;
    }
    FrameRow {
        council_id: id.clone(),
        kind: kind_of(kept.table.list().unwrap_or_default()),
        case_type: case_type.key.clone(),
        age_years,
        disability: None,
        team,
        worker,
        started_on,
        source: kept.place.clone(),
    }
}

/// Team and worker of today: the row's own where it is a care leaver's, else the open involvement, else the referral's.
fn holder(kept: &Case, open: &[&Case], lookup: &Lookup, extract: &mut Extract) -> (Option<String>, Option<String>) {
    let own = (kept.table == Table::Leavers).then_some((kept.team.clone(), kept.worker.clone()));
    let involved = lookup.holder(&kept.person).map(|(one, as_good)| {
        let plain = own.as_ref().is_some_and(|(_, worker)| worker.is_some());
        if as_good > 1 && !plain {
            let what = format!(
                "Child {}: {as_good} workers are involved since the same day, and their roles do not say who holds the case.",
                kept.person
            );
            extract.oddities.push(Oddity::warning(kept.place.clone(), what, "One of them was taken."));
        }
        (one.team.clone(), one.worker.clone())
    });
    let referred = open.iter().find(|case| case.table == Table::Need).map(|case| (case.team.clone(), case.worker.clone()));
    let ways = [own, involved, referred];
    let team = ways.iter().flatten().find_map(|(team, _)| team.clone());
    let worker = ways.iter().flatten().find_map(|(_, worker)| worker.clone());
    (team, worker)
}

/// When the period of care began that an open episode belongs to: placements follow each other, the child stays in care.
fn period_began(kept: &Case, all: &[&Case]) -> Option<NaiveDate> {
    let mut began = kept.started_on?;
    let ends: BTreeMap<NaiveDate, NaiveDate> = all
        .iter()
        .filter(|case| case.table == Table::Care && !case.open)
        .filter_map(|case| Some((case.ended_on?, case.started_on?)))
        .collect();
    for (ended, started) in ends.iter().rev() {
        if *ended <= began && (began - *ended).num_days() <= SAME_PERIOD_DAYS && *started < began {
            began = *started;
        }
    }
    Some(began)
}
