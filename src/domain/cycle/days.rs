//! The last days of phases: nobody works at a weekend or on a bank holiday, so a phase that would end then ends on the working day before.

use super::Cycle;
use crate::domain::calendar::Calendar;
use chrono::NaiveDate;

/// The cycle with phases that end on working days. None ends before it starts, and where the table of bank holidays does not reach a day it
/// stays as it is: nobody knows then.
pub fn on_working_days(cycle: Cycle, calendar: &Calendar) -> Cycle {
    let ends = |starts: NaiveDate, ends: NaiveDate| {
        let back = std::iter::successors(Some(ends), NaiveDate::pred_opt).take_while(|day| *day >= starts);
        back.into_iter().find(|day| calendar.is_working_day(*day).unwrap_or(true)).unwrap_or(ends)
    };
    let phases = cycle.phases.iter().map(|phase| super::PhaseDates { ends: ends(phase.starts, phase.ends), ..phase.clone() });
    Cycle { phases: phases.collect(), ..cycle }
}

/// What to say of the phases that end sooner than the framework counts: `Review ends on the working day before, Fri 20 Nov`; of several how
/// many, since the view of the cycle shows their days. Empty where none does.
pub fn moved(before: &Cycle, after: &Cycle) -> String {
    let moved: Vec<_> = before.phases.iter().zip(&after.phases).filter(|(before, after)| before.ends != after.ends).collect();
    match moved.as_slice() {
        [] => String::new(),
        [(_, phase)] => format!("{} ends on the working day before, {}", phase.label, phase.ends.format("%a %-d %b")),
        several => format!("{} phases end on the working day before", several.len()),
    }
}
