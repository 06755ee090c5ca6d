//! Practice alerts counted for the safeguarding unit's monthly report: by month, service and team. F18.

use super::DrpKind;
use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use std::collections::BTreeMap;

/// What counting needs of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tallied {
    /// Which of the two.
    pub kind: DrpKind,
    /// Team and service when it was raised; empty where there was none.
    pub place: (String, String),
    /// The day it was raised.
    pub raised_on: NaiveDate,
    /// The day its formal part began.
    pub formal_on: Option<NaiveDate>,
    /// The day it ended.
    pub ended_on: Option<NaiveDate>,
    /// The first day on which its formal part was over its time, where it was.
    pub late_from: Option<NaiveDate>,
}

/// One line: a team in a month.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PracticeCount {
    /// The month (`2026-11`).
    #[serde(rename = "ref")]
    pub month: String,
    /// Service; empty where it is not known.
    pub service: String,
    /// Team; empty where it is not known.
    pub team: String,
    /// Concerns raised in the month.
    pub raised: u32,
    /// Concerns that became formal in it.
    pub formal: u32,
    /// Concerns that ended in it…
    pub ended: u32,
    /// …of these, without ever having been formal.
    pub ended_informally: u32,
    /// Concerns still open when it ended.
    pub open_at_end: u32,
    /// Of those that ended in it or were open then: over their time.
    pub late: u32,
    /// Alerts of good practice raised in it.
    pub good_practice: u32,
}

/// Counts each month from the first to the last, newest first; within a month by service and team. Months and teams about
/// which there is nothing to say are left out. F18.
pub fn count_months(all: &[Tallied], first: NaiveDate, last: NaiveDate) -> Vec<PracticeCount> {
    let mut rows = Vec::new();
    let mut at = (last.year(), last.month());
    while at >= (first.year(), first.month()) {
        rows.extend(one_month(all, at));
        at = if at.1 == 1 { (at.0 - 1, 12) } else { (at.0, at.1 - 1) };
    }
    rows
}

fn one_month(all: &[Tallied], this: (i32, u32)) -> Vec<PracticeCount> {
    let month = |day: NaiveDate| (day.year(), day.month());
    let within = |day: Option<NaiveDate>| day.is_some_and(|day| month(day) == this);
    let mut teams: BTreeMap<(&str, &str), PracticeCount> = BTreeMap::new();
    for one in all.iter().filter(|one| month(one.raised_on) <= this) {
        let raised = within(Some(one.raised_on));
        let (dispute, ended) = (one.kind == DrpKind::Dispute, within(one.ended_on));
        let open = one.ended_on.is_none_or(|day| month(day) > this);
        if !(raised || dispute && (ended || open)) {
            continue;
        }
        let line = teams.entry((&one.place.1, &one.place.0)).or_insert_with(|| PracticeCount {
            month: format!("{:04}-{:02}", this.0, this.1),
            service: one.place.1.clone(),
            team: one.place.0.clone(),
            ..PracticeCount::default()
        });
        line.good_practice += u32::from(raised && !dispute);
        line.raised += u32::from(raised && dispute);
        line.formal += u32::from(dispute && within(one.formal_on));
        line.ended += u32::from(dispute && ended);
        line.ended_informally += u32::from(dispute && ended && one.formal_on.is_none());
        line.open_at_end += u32::from(dispute && open);
        // Over its time by the month's end, and not only by now.
        let over = one.late_from.is_some_and(|day| month(day) <= this);
        line.late += u32::from(dispute && over && (ended || open));
    }
    teams.into_values().collect()
}
