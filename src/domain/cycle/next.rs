//! When the next cycle begins, as the rhythm of the framework has it. S02, Q01, F04.

use super::months;
use crate::domain::framework::Framework;
use crate::domain::year::{first_of, last_of};
use chrono::{Datelike, Days, Months, NaiveDate};

/// Days into its first month that a cycle is still begun on the first of it.
pub const STILL_EARLY: u64 = 7;

/// The first day to propose for the next cycle: the first of the next stretch of the rhythm that has none yet. Today where
/// that stretch has begun lately and nothing would be late from the start.
///
/// `taken` are the first days of the cycles that there are; those beside the drawn ones take no place.
pub fn next_first_day(framework: &Framework, taken: &[NaiveDate], today: NaiveDate) -> NaiveDate {
    let length = months(framework.cycle.rhythm);
    let into = (today.month() + 12 - framework.cycle.year_starts_in.clamp(1, 12)) % length;
    let mut first = first_of(today) - Months::new(into);
    let free = |first: NaiveDate| {
        let ends = last_of(first + Months::new(length - 1));
        !taken.iter().any(|day| first <= *day && *day <= ends)
    };
    if free(first) && into == 0 {
        if today < first + Days::new(STILL_EARLY) {
            return first;
        }
        // Where the first phases come before the first day, the list of this month was due last month (F04).
        if framework.cycle.phases.iter().all(|phase| phase.ends_day >= 0) {
            return today;
        }
    }
    first = first + Months::new(length);
    while !free(first) {
        first = first + Months::new(length);
    }
    first
}

/// In which months the framework's own cycles begin (1-12), from the first of its year.
pub fn begins_in(framework: &Framework) -> Vec<u32> {
    let length = months(framework.cycle.rhythm);
    (0..12 / length).map(|place| (framework.cycle.year_starts_in.clamp(1, 12) + place * length - 1) % 12 + 1).collect()
}
