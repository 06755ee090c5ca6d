//! The rest of the made-up council's year: registers with somebody behind, events held, cycles planned ahead, and one piece
//! of extra work that a board asked for. Made from the profile alone, whatever it lists.

use super::dates::{at, workday};
use super::dice::Dice;
use super::notes;
use super::phrases as bank;
use super::town::{Event, Town};
use crate::domain::calendar::local_date;
use crate::domain::cycle::{BesidePlanned, Commission, CyclePlanned, commissioners, months, reference_for};
use crate::domain::deed::Deed;
use crate::domain::framework::{DayWhen, FieldKind, Register, Span, Step, StepField};
use crate::domain::id::PersonId;
use crate::domain::register::{self, EVENTS, EntryWanted};
use crate::domain::year::{first_of, last_of};
use chrono::{DateTime, Datelike, Duration, Months, NaiveDate, Utc, Weekday};
use std::collections::BTreeMap;

/// Months of the past that registers are filled for: the year under way, and enough of the one before to look back on.
const BACK: u32 = 16;

impl Town {
    /// Puts the rest of the year into the diary.
    pub(super) fn activity(&mut self, start: DateTime<Utc>, mut dice: Dice) {
        let framework = self.framework.clone();
        let begins = local_date(start) + Duration::days(7);
        for register in register::all(&framework) {
            if register.key != EVENTS {
                self.fill_register(&register, begins, &mut dice);
            }
        }
        self.hold_events(begins, &mut dice);
        self.plan_ahead(&mut dice);
        self.ask_for_extra_work(&mut dice);
    }

    fn fill_register(&mut self, register: &Register, begins: NaiveDate, dice: &mut Dice) {
        let events: Vec<String> = self.framework.cycle.events.iter().map(|event| event.key.clone()).collect();
        let first = first_of(self.today) - Months::new(BACK);
        for month in (0..=BACK).map(|ahead| first + Months::new(ahead)).filter(|month| *month >= first_of(begins)) {
            if !register.expects.is_empty() {
                if register.months.is_empty() || register.months.contains(&month.month()) {
                    self.hand_in(register, month, dice);
                }
                continue;
            }
            let yes_no = register.fields.iter().filter(|field| field.kind == FieldKind::YesNo).count();
            let many = match (register.every, register.months.as_slice()) {
                (Some(every), _) => i64::from((month.month0() + 12 - 3) % span_months(every) == 0),
                (None, []) if yes_no > 2 => dice.range(9, 16),
                (None, []) if gathers_evidence(register, &events) => dice.range(3, 6),
                (None, []) => dice.range(0, 3),
                (None, own) => i64::from(own.contains(&month.month())) * 2,
            };
            for _ in 0..many {
                let mut values = filled(register, None, &events, dice);
                // A session looks at the outcomes of the month before last; the newest wait for the next one.
                for field in register.fields.iter().filter(|field| field.kind == FieldKind::Cycles) {
                    values.extend(self.cycle_of(month - Months::new(2)).map(|cycle| (field.key.clone(), cycle)));
                }
                if register::looks_at_cycles(register)
                    && register.fields.iter().any(|field| field.required && !values.contains_key(&field.key))
                {
                    continue;
                }
                let day = month + Duration::days(dice.range(1, 27));
                let place = dice.pick(&self.staff.services).cloned().unwrap_or_default();
                self.note(register, day, None, place, values);
            }
        }
    }

    /// Reference of the cycle that begins in a month, if one does.
    fn cycle_of(&self, month: NaiveDate) -> Option<String> {
        let begins = |cycle: &&super::town::CyclePlay| first_of(cycle.starts_on) == first_of(month);
        self.cycles.iter().find(begins).map(|cycle| reference_for(self.framework.cycle.rhythm, cycle.starts_on))
    }

    /// A month of return: most people hand in what is expected of them, some do not, a few twice.
    fn hand_in(&mut self, register: &Register, month: NaiveDate, dice: &mut Dice) {
        for expected in &register.expects {
            let roles = &expected.roles;
            let people: Vec<PersonId> = self
                .people
                .values()
                .filter(|person| roles.iter().any(|role| role.eq_ignore_ascii_case(&person.role)) && person.is_here(month))
                .map(|person| person.id)
                .collect();
            if let Some(away) = people.get(people.len() / 2).filter(|_| first_of(self.today) - Months::new(6) <= month) {
                // Somebody who is away is not accused; the view says so.
                let (from, until) = (self.today - Duration::days(24), self.today + Duration::days(18));
                let told = at(workday(&self.calendar, from), 9 * 60 + 50);
                self.will_be_away(told, *away, from, until, "sick leave");
            }
            for person in people {
                // About one in six is behind: enough to be seen, few enough to be believed.
                let times = if dice.chance(16) { 0 } else { 1 + i64::from(dice.chance(8)) };
                for _ in 0..times {
                    let day = month - Duration::days(dice.range(0, 50)) + Duration::days(27);
                    let values = filled(register, expected.at_least_one.as_ref().filter(|_| dice.chance(70)), &[], dice);
                    self.note(register, day, Some(person), String::new(), values);
                }
            }
        }
    }

    /// Events of the year, noted where the profile has a place for them, else among the year's events.
    fn hold_events(&mut self, begins: NaiveDate, dice: &mut Dice) {
        let framework = self.framework.clone();
        let Some(events) = register::find(&framework, EVENTS) else { return };
        for event in &framework.cycle.events {
            if framework.registers.iter().any(|register| register.key == event.key) {
                continue;
            }
            let own = framework.registers.iter().find_map(|register| {
                let field = register.fields.iter().find(|field| match &field.kind {
                    FieldKind::Choice(choices) => choices.iter().any(|choice| choice.key == event.key),
                    _ => false,
                })?;
                Some((register, field.key.clone()))
            });
            let (register, field) = match own {
                Some((register, field)) => (register, field),
                None => (events.as_ref(), "event".to_string()),
            };
            let apart = 12 / event.times_a_year.clamp(1, 12);
            let offset = dice.below(apart as usize) as u32;
            let first = first_of(self.today) - Months::new(12);
            for month in (0..=12).map(|ahead| first + Months::new(ahead)).filter(|month| *month >= first_of(begins)) {
                let held = if event.months.is_empty() {
                    (month.month0() + offset).is_multiple_of(apart)
                } else {
                    event.months.contains(&month.month())
                };
                if held {
                    let pinned = (field.clone(), event.key.clone());
                    let values = filled(register, Some(&pinned), &[], dice);
                    let day = month + Duration::days(dice.range(5, 24));
                    self.note(register, day, None, String::new(), values);
                }
            }
        }
    }

    fn note(&mut self, register: &Register, day: NaiveDate, person: Option<PersonId>, place: String, values: BTreeMap<String, String>) {
        let on = workday(&self.calendar, day);
        // Written down some days after it happened, as people do, but never before the council began.
        let moment = at(workday(&self.calendar, on + Duration::days(2)), 15 * 60 + 20);
        let wanted = EntryWanted { register: register.key.clone(), on, person, place, values };
        self.later(moment, Event::Other(Box::new(Deed::RecordEntry(wanted))));
    }

    /// The next cycles of the year, with focus and reason, long before they are drawn.
    fn plan_ahead(&mut self, dice: &mut Dice) {
        let length = months(self.framework.cycle.rhythm);
        let Some(current) = self.cycles.last().map(|cycle| first_of(cycle.starts_on)) else { return };
        for ahead in 1..=(6 / length).max(2) {
            let starts_on = current + Months::new(ahead * length);
            if starts_on > last_of(self.today) {
                let planned = self.with_focus(starts_on, dice);
                let planned_on = at(workday(&self.calendar, self.today - Duration::days(19)), 9 * 60 + 30 + i64::from(ahead));
                self.later(planned_on, Event::Other(Box::new(Deed::OpenCycle(planned))));
            }
        }
    }

    fn with_focus(&self, starts_on: NaiveDate, dice: &mut Dice) -> CyclePlanned {
        let reasons = &self.framework.cycle.focus_reasons;
        CyclePlanned {
            starts_on,
            focus: dice.word(&bank::FOCUS).to_string(),
            focus_reason: dice.pick(reasons).map(|reason| reason.key.clone()).unwrap_or_default(),
            focus_note: String::new(),
        }
    }

    /// One piece of work that a board asked for lately, where the framework has such work. F23, Q04.
    fn ask_for_extra_work(&mut self, dice: &mut Dice) {
        let framework = self.framework.clone();
        if !framework.cycle.extra_work {
            return;
        }
        let sampled = framework.sampled_kind().map(|kind| kind.key.clone());
        let may = || framework.kinds.iter().filter(|kind| !commissioners(&framework, kind).is_empty());
        let kind = may().find(|kind| Some(&kind.key) != sampled.as_ref()).or_else(|| may().next());
        let Some((kind, board)) = kind.and_then(|kind| Some((kind, *commissioners(&framework, kind).first()?))) else { return };
        let starts_on = self.today - Duration::days(2);
        let planned = CyclePlanned { focus: "Children missing from home or care".into(), ..self.with_focus(starts_on, dice) };
        let commission = Commission {
            by: board.key.clone(),
            why: "Three children went missing within a month: is return home interviewing reaching them?".into(),
            due_on: Some(workday(&self.calendar, self.today + Duration::days(33))),
        };
        let wanted = BesidePlanned { planned, kind: kind.key.clone(), extra: Some(commission) };
        let asked = at(workday(&self.calendar, starts_on - Duration::days(4)), 16 * 60 + 45);
        self.later(asked, Event::Other(Box::new(Deed::OpenBeside(wanted))));
    }
}

/// Whether a register gathers evidence of several sorts for a report, none of which is an event of the year. S16, S24, F19.
fn gathers_evidence(register: &Register, events: &[String]) -> bool {
    register.fields.iter().any(|field| match &field.kind {
        FieldKind::Choice(choices) => choices.len() > 1 && !choices.iter().any(|choice| events.contains(&choice.key)),
        _ => false,
    }) && register.fields.iter().any(|field| ["used", "changed", "learning"].contains(&field.key.as_str()))
}

/// The fields of an entry; one choice may be pinned. Events of the year happen when they happen, never by chance.
fn filled(register: &Register, pinned: Option<&(String, String)>, events: &[String], dice: &mut Dice) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    for field in &register.fields {
        let value = match (&field.kind, pinned) {
            (_, Some((key, value))) if *key == field.key => value.clone(),
            (FieldKind::Choice(choices), _) => {
                let usual: Vec<&String> = choices.iter().map(|choice| &choice.key).filter(|key| !events.contains(*key)).collect();
                dice.pick(&usual).map(|key| (*key).clone()).unwrap_or_default()
            }
            (FieldKind::YesNo, _) => if dice.chance(78) { "yes" } else { "no" }.to_string(),
            (FieldKind::Line | FieldKind::Text, _) if field.required || dice.chance(70) => dice.word(notes::of(&field.key)).to_string(),
            (FieldKind::Line | FieldKind::Text | FieldKind::Date | FieldKind::Cycles, _) => continue,
        };
        values.insert(field.key.clone(), value);
    }
    values
}

/// What a step of a review asks for, filled in on a day.
pub(super) fn step_values(step: &Step, on: NaiveDate) -> BTreeMap<String, String> {
    let value = |field: &StepField| match &field.kind {
        FieldKind::Line | FieldKind::Text | FieldKind::Cycles => {
            notes::of(&field.key)[field.key.len() % notes::of(&field.key).len()].to_string()
        }
        FieldKind::Date if field.when == DayWhen::Ahead => weekday(on + Duration::days(3)).to_string(),
        FieldKind::Date => on.to_string(),
        FieldKind::YesNo => "yes".to_string(),
        FieldKind::Choice(choices) => choices.first().map(|choice| choice.key.clone()).unwrap_or_default(),
    };
    let mut values: BTreeMap<String, String> =
        step.fields.iter().filter(|field| field.required).map(|field| (field.key.clone(), value(field))).collect();
    if let Some(asked) = step.fields.iter().find(|field| field.key.ends_with("-for-at")) {
        let times = ["09:30", "10:00", "11:15", "14:00", "15:30"];
        values.insert(asked.key.clone(), times[on.num_days_from_ce() as usize % times.len()].to_string());
    }
    values
}

/// The day itself, or the Monday after it: nobody is met at the weekend.
fn weekday(day: NaiveDate) -> NaiveDate {
    match day.weekday() {
        Weekday::Sat => day + Duration::days(2),
        Weekday::Sun => day + Duration::days(1),
        _ => day,
    }
}

fn span_months(span: Span) -> u32 {
    match span {
        Span::Months(months) => months.max(1),
        Span::Weeks(_) | Span::Days(_) | Span::WorkingDays(_) | Span::Hours(_) => 1,
    }
}
