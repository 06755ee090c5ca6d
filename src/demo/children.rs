//! The made-up caseload: children who come, move between plans and workers, and go, as extracts would tell it.
//!
//! It must not know reviews: a child leaves the caseload whether or not somebody looks at the case.

use super::dice::Dice;
use super::people::{SERVICES, Staff, Team};
use crate::domain::framework::{CaseType, SubjectKind};
use crate::domain::intake::{FrameRow, Place};
use chrono::{Duration, NaiveDate};

/// How the caseload divides, by key of the case type, in parts of a hundred; a type not named here gets a few.
const SHARES: [(&str, u32); 6] = [("assessment", 19), ("cin", 30), ("cp", 12), ("cic", 22), ("cwd", 7), ("care-experienced", 10)];

/// The caseload on a day.
pub(super) struct Caseload {
    open: Vec<FrameRow>,
    case_types: Vec<CaseType>,
    size: usize,
    next_number: u64,
}

impl Caseload {
    pub(super) fn new(case_types: &[CaseType], size: usize) -> Caseload {
        Caseload { open: Vec::new(), case_types: case_types.to_vec(), size, next_number: 4_100_000 }
    }

    /// Lets time pass since the last extract: `turnover` percent of the children go, and as many come. Gives back the
    /// children in the frame and the numbers of those whose case ended.
    pub(super) fn extract(&mut self, day: NaiveDate, turnover: usize, staff: &Staff, dice: &mut Dice) -> (Vec<FrameRow>, Vec<String>) {
        let mut ended = Vec::new();
        let mut kept = Vec::with_capacity(self.size);
        for mut child in std::mem::take(&mut self.open) {
            if dice.chance(turnover) {
                // An extract names some of those who went; others it simply no longer names.
                if dice.chance(60) {
                    ended.push(child.council_id);
                }
                continue;
            }
            if dice.chance(turnover / 2) {
                assign(&mut child, staff, dice);
            }
            if dice.chance(turnover / 4) {
                self.move_on(&mut child, day, staff, dice);
            }
            kept.push(child);
        }
        self.open = kept;
        while self.open.len() < self.size {
            let child = self.newcomer(day, staff, dice);
            self.open.push(child);
        }
        (self.open.clone(), ended)
    }

    fn newcomer(&mut self, day: NaiveDate, staff: &Staff, dice: &mut Dice) -> FrameRow {
        let weights: Vec<u32> = self.case_types.iter().map(|case_type| share(&case_type.key)).collect();
        let case_type = self.case_types.get(dice.weighted(&weights)).map(|case_type| case_type.key.clone()).unwrap_or_default();
        self.next_number += 1 + dice.below(9) as u64;
        let age = match case_type.as_str() {
            "care-experienced" => dice.range(18, 24),
            "cic" => dice.range(1, 17),
            _ => dice.range(0, 17),
        };
        let disability = match case_type.as_str() {
            "cwd" => true,
            _ => dice.chance(11),
        };
        let kind = if case_type == "care-experienced" { SubjectKind::CareExperienced } else { SubjectKind::Child };
        let mut child = FrameRow {
            council_id: self.next_number.to_string(),
            kind,
            started_on: Some(day - Duration::days(begun_days_ago(&case_type, dice))),
            case_type,
            age_years: (!dice.chance(2)).then_some(age as u8),
            disability: (!dice.chance(4)).then_some(disability),
            team: None,
            worker: None,
            source: Place::file("extract"),
        };
        assign(&mut child, staff, dice);
        child
    }

    /// A child moves to another plan, as after an assessment or a conference.
    fn move_on(&self, child: &mut FrameRow, day: NaiveDate, staff: &Staff, dice: &mut Dice) {
        let to = match child.case_type.as_str() {
            "assessment" => dice.word(&["cin", "cin", "cp"]),
            "cin" => dice.word(&["cp", "cic"]),
            "cp" => dice.word(&["cin", "cic"]),
            _ => return,
        };
        if self.case_types.iter().any(|case_type| case_type.key == to) {
            child.case_type = to.to_string();
            child.started_on = Some(day - Duration::days(dice.range(1, 20)));
            assign(child, staff, dice);
        }
    }
}

/// Gives every child a practitioner of their team, nothing thrown: by the number of the case.
pub(super) fn find_holders(rows: &mut [FrameRow], staff: &Staff) {
    for row in rows.iter_mut().filter(|row| row.worker.is_none()) {
        let team = staff.teams.iter().find(|team| Some(&team.name) == row.team.as_ref());
        let number = row.council_id.parse::<usize>().unwrap_or_default();
        row.worker = team.and_then(|team| team.workers.get(number % team.workers.len().max(1))).cloned();
    }
}

fn share(case_type: &str) -> u32 {
    SHARES.iter().find(|(key, _)| *key == case_type).map_or(4, |(_, share)| *share)
}

fn begun_days_ago(case_type: &str, dice: &mut Dice) -> i64 {
    match case_type {
        "assessment" => dice.range(1, 44),
        "cin" | "cp" => dice.range(10, 420),
        _ => dice.range(30, 1_500),
    }
}

/// Gives the child a team of the right service and one of its workers; now and then nobody is allocated yet.
fn assign(child: &mut FrameRow, staff: &Staff, dice: &mut Dice) {
    let service = SERVICES.iter().position(|(_, types)| types.contains(&child.case_type.as_str())).unwrap_or(1);
    let teams: Vec<&Team> = staff.teams.iter().filter(|team| team.service == service).collect();
    let Some(team) = dice.pick(&teams) else { return };
    child.team = Some(team.name.clone());
    child.worker = if dice.chance(3) { None } else { dice.pick(&team.workers).cloned() };
}
