//! The year's programme: month by month what is planned, running, late and done, which events were held, which registers
//! collect, and what came in outside the plan. S02, S20, S26, F22, F19, F23, M26, Q05.
//!
//! Nothing of it is stored: it follows from the framework, the cycles and the registers.

use super::cycle::{Cycle, CycleCounts, CycleState, months as months_of, progress};
use super::framework::{Framework, Rhythm, YearEvent};
use super::id::CycleId;
use super::revisit::Revisit;
use super::year::{QaYear, first_of, last_of};
use chrono::{Datelike, NaiveDate};

/// What the programme is made from.
#[derive(Debug, Clone, Copy)]
pub struct YearFacts<'a> {
    /// The framework that plans the year.
    pub framework: &'a Framework,
    /// Which year.
    pub year: QaYear,
    /// Today.
    pub today: NaiveDate,
    /// Every cycle, in any order.
    pub cycles: &'a [(Cycle, CycleCounts)],
    /// Entries of registers: register key, day, how many.
    pub entries: &'a [(String, NaiveDate, u32)],
    /// Events noted as held in any register: event key and day.
    pub held: &'a [(String, NaiveDate)],
    /// What is looked at again, areas and cases (F14).
    pub revisits: &'a [Revisit],
}

/// A year, month by month.
#[derive(Debug, Clone, PartialEq)]
pub struct Programme {
    /// Which year.
    pub year: QaYear,
    /// Its twelve months.
    pub months: Vec<ProgrammeMonth>,
    /// The year's events.
    pub events: Vec<EventStand>,
}

/// One month of the programme.
#[derive(Debug, Clone, PartialEq)]
pub struct ProgrammeMonth {
    /// Its first day.
    pub first: NaiveDate,
    /// What the rhythm makes of it.
    pub part: MonthPart,
    /// Cycles that begin in it: the drawn one first, extra work last.
    pub cycles: Vec<ProgrammeCycle>,
    /// The rhythm begins a cycle in it and there is none.
    pub gap: bool,
    /// Events that belong in it or were held in it: label, days held, belongs here.
    pub events: Vec<MonthEvent>,
    /// Registers with entries in it, or that collect in it: label, entries, collects.
    pub registers: Vec<(String, u32, bool)>,
    /// What is due in it to be looked at again (F14).
    pub revisits: Vec<Revisit>,
}

/// What the rhythm of cycles makes of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MonthPart {
    /// A cycle begins and fills it.
    Whole,
    /// Reviews are done; the report comes in the month after (S02).
    Activity,
    /// The report is written and learning shared (S02).
    Report,
    /// Within a longer cycle, which part of how many.
    Part(u32, u32),
}

impl MonthPart {
    /// In a word or two; empty where there is nothing to tell apart.
    pub fn label(self) -> String {
        match self {
            MonthPart::Whole => String::new(),
            MonthPart::Activity => "activity".into(),
            MonthPart::Report => "report".into(),
            MonthPart::Part(part, of) => format!("{part} of {of}"),
        }
    }
}

/// A cycle in the programme.
#[derive(Debug, Clone, PartialEq)]
pub struct ProgrammeCycle {
    /// The cycle.
    pub id: CycleId,
    /// What people type.
    pub reference: String,
    /// Label of its kind of review.
    pub kind: String,
    /// Focus.
    pub focus: String,
    /// Why this focus, in the words of the framework (F22, S26), and in its own.
    pub why: (String, String),
    /// Where it stands.
    pub state: CycleState,
    /// Label of the first phase that is late; empty where none is.
    pub late: String,
    /// Its reviews.
    pub counts: CycleCounts,
    /// Outside the plan: which board asked, why, and for when.
    pub extra: Option<(String, String, Option<NaiveDate>)>,
    /// Beside the drawn cycle of its months.
    pub beside: bool,
}

/// An event in its month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthEvent {
    /// Its name.
    pub label: String,
    /// The days on which it was held in this month.
    pub held: Vec<NaiveDate>,
    /// The month is over, it belonged here, and nothing was noted.
    pub missed: bool,
}

/// How often an event was held this year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventStand {
    /// Its name.
    pub label: String,
    /// Days on which it was held.
    pub held: Vec<NaiveDate>,
    /// How many times that makes: days in one of its months are one time.
    pub times: u32,
    /// How many times a year it is wanted.
    pub times_a_year: u32,
}

impl Programme {
    /// How many planned, running, late and done cycles of the plan; extra work is counted apart, last.
    pub fn counts(&self) -> ([u32; 4], u32) {
        let mut counts = [0; 4];
        let mut extra = 0;
        for cycle in self.months.iter().flat_map(|month| &month.cycles) {
            match cycle.extra {
                Some(_) => extra += 1,
                None => counts[cycle.state as usize] += 1,
            }
        }
        (counts, extra)
    }
}

/// The programme of a year.
pub fn programme(facts: &YearFacts<'_>) -> Programme {
    let events: Vec<(&YearEvent, Vec<NaiveDate>)> = facts.framework.cycle.events.iter().map(|event| (event, held(facts, event))).collect();
    let months = facts.year.months();
    let rows = months.iter().enumerate().map(|(place, first)| month(facts, &events, place as u32, *first));
    Programme {
        year: facts.year,
        months: rows.collect(),
        events: events
            .iter()
            .map(|(event, held)| EventStand {
                label: event.label.clone(),
                held: held.clone(),
                times: times(event, held),
                times_a_year: event.times_a_year,
            })
            .collect(),
    }
}

/// How many times an event was held: where it has months of its own, each counts once however many days it took.
fn times(event: &YearEvent, held: &[NaiveDate]) -> u32 {
    let mut days = held.to_vec();
    if !event.months.is_empty() {
        days.iter_mut().for_each(|day| *day = first_of(*day));
        days.dedup();
    }
    days.len() as u32
}

/// The days of the year on which an event was held: noted in a register, or a cycle of the kind of review that it is.
fn held(facts: &YearFacts<'_>, event: &YearEvent) -> Vec<NaiveDate> {
    let noted = facts.held.iter().filter(|(key, _)| *key == event.key).map(|(_, day)| *day);
    let own_register = facts.entries.iter().filter(|(register, ..)| *register == event.key).map(|(_, day, _)| *day);
    let visits = facts.cycles.iter().filter(|(cycle, counts)| {
        cycle.kind == event.key && cycle.state(*counts, facts.today) != CycleState::Planned && cycle.starts_on <= facts.today
    });
    let mut days: Vec<NaiveDate> = noted.chain(own_register).chain(visits.map(|(cycle, _)| cycle.starts_on)).collect();
    days.retain(|day| facts.year.holds(*day));
    days.sort();
    days.dedup();
    days
}

fn month(facts: &YearFacts<'_>, events: &[(&YearEvent, Vec<NaiveDate>)], place: u32, first: NaiveDate) -> ProgrammeMonth {
    let rhythm = facts.framework.cycle.rhythm;
    let length = months_of(rhythm);
    let part = match (rhythm, place % length) {
        (Rhythm::Monthly, _) => MonthPart::Whole,
        (Rhythm::TwoMonthly, 0) => MonthPart::Activity,
        (Rhythm::TwoMonthly, _) => MonthPart::Report,
        (Rhythm::Quarterly, part) => MonthPart::Part(part + 1, length),
    };
    let mut cycles: Vec<ProgrammeCycle> = facts
        .cycles
        .iter()
        .filter(|(cycle, _)| first_of(cycle.starts_on) == first)
        .map(|(cycle, counts)| row(facts, cycle, *counts))
        .collect();
    cycles.sort_by_key(|cycle| (cycle.extra.is_some(), cycle.beside, cycle.reference.clone()));
    let slot_ends = last_of(first + chrono::Months::new(length - 1));
    let drawn = |cycle: &Cycle| !cycle.beside && first <= cycle.starts_on && cycle.starts_on <= slot_ends;
    let over = last_of(first) < facts.today;
    let in_month = events.iter().filter_map(|(event, held)| {
        let here: Vec<NaiveDate> = held.iter().copied().filter(|day| first_of(*day) == first).collect();
        let belongs = event.months.contains(&first.month());
        (belongs || !here.is_empty()).then(|| MonthEvent {
            label: event.label.clone(),
            missed: belongs && over && here.is_empty(),
            held: here,
        })
    });
    let registers = super::register::all(facts.framework).into_iter().filter_map(|register| {
        let entries = facts
            .entries
            .iter()
            .filter(|(key, day, _)| *key == register.key && first_of(*day) == first)
            .map(|(.., many)| many)
            .sum::<u32>();
        let collects = register.months.contains(&first.month());
        (entries > 0 || collects).then(|| (register.label.clone(), entries, collects))
    });
    ProgrammeMonth {
        first,
        part,
        gap: place.is_multiple_of(length) && !facts.cycles.iter().any(|(cycle, _)| drawn(cycle)),
        cycles,
        events: in_month.collect(),
        registers: registers.collect(),
        revisits: facts.revisits.iter().filter(|revisit| first_of(revisit.due_on) == first).cloned().collect(),
    }
}

fn row(facts: &YearFacts<'_>, cycle: &Cycle, counts: CycleCounts) -> ProgrammeCycle {
    let framework = facts.framework;
    let reason = framework.cycle.focus_reasons.iter().find(|reason| reason.key == cycle.focus_reason);
    let board =
        |key: &str| framework.boards.iter().find(|board| board.key == key).map_or_else(|| key.to_string(), |board| board.label.clone());
    let late = progress(cycle, counts, facts.today).into_iter().find(|phase| phase.late).map(|phase| phase.label);
    let state = cycle.state(counts, facts.today);
    ProgrammeCycle {
        id: cycle.id,
        reference: cycle.reference.clone(),
        kind: framework.kind(&cycle.kind).map_or_else(|| cycle.kind.clone(), |kind| kind.label.clone()),
        focus: cycle.focus.clone(),
        why: (reason.map_or_else(|| cycle.focus_reason.clone(), |reason| reason.label.clone()), cycle.focus_note.clone()),
        late: late.filter(|_| state == CycleState::Late).unwrap_or_default(),
        state,
        counts,
        extra: cycle.extra.as_ref().map(|extra| (board(&extra.by), extra.why.clone(), extra.due_on)),
        beside: cycle.beside,
    }
}
