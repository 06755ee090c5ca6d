//! When things happen in the made-up council: the cycles of its past, working days, and times of day.

use crate::domain::calendar::{Calendar, midnight};
use crate::domain::cycle::months;
use crate::domain::framework::{CyclePlan, Rhythm};
use chrono::{DateTime, Datelike, Duration, Months, NaiveDate, Utc};

/// How many reviews a cycle of a large council takes at most, so that the queue of open ones stays one people could have.
const CYCLE_AT_MOST: u32 = 850;
/// The table of bank holidays begins in 2012, so the past of a demo cannot be longer.
const YEARS_AT_MOST: u32 = 12;
/// Reviews that the cycle under way needs to show every state a review can be in.
const STATES: u32 = 14;

/// First days of the cycles, oldest first; the last one is under way.
pub(super) fn first_days(plan: &CyclePlan, reviews: u32, today: NaiveDate) -> Vec<NaiveDate> {
    let length = months(plan.rhythm);
    let a_year = 12 / length;
    let years = reviews.div_ceil(CYCLE_AT_MOST * a_year).clamp(1, YEARS_AT_MOST);
    let back = years * a_year;
    let current = current_start(plan, today);
    let ago = |cycles: u32| current.checked_sub_months(Months::new(cycles * length)).unwrap_or(current);
    (0..=back).rev().map(ago).collect()
}

/// The first day of the cycle under way: the one the rhythm gives where that cycle's reviews are being done today, else
/// the day that puts today into the middle of them, because a demo whose reviews have not begun shows nothing.
fn current_start(plan: &CyclePlan, today: NaiveDate) -> NaiveDate {
    let length = months(plan.rhythm);
    let (starts, ends) = plan
        .phases
        .iter()
        .find(|phase| phase.key == "review")
        .map_or((5, 20), |phase| (i64::from(phase.starts_day), i64::from(phase.ends_day)));
    let since_year = match plan.rhythm {
        Rhythm::Monthly => 0,
        Rhythm::TwoMonthly | Rhythm::Quarterly => (today.month() + 12 - plan.year_starts_in) % length,
    };
    let natural = today.with_day(1).and_then(|day| day.checked_sub_months(Months::new(since_year))).unwrap_or(today);
    let at = (today - natural).num_days() - starts;
    let whole = (ends - starts).max(1);
    if at * 10 >= whole * 4 && at * 10 <= whole * 9 { natural } else { today - Duration::days(starts + whole * 6 / 10) }
}

/// How many reviews each cycle takes; together `reviews`. The last one takes enough to show every state.
pub(super) fn sizes(cycles: usize, reviews: u32) -> Vec<u32> {
    let even = reviews / cycles as u32;
    let last = if reviews >= STATES * 3 { even.max(STATES) } else { reviews.div_ceil(3).max(even) }.min(reviews);
    let past = cycles.saturating_sub(1) as u32;
    let left = reviews - last;
    let mut sizes: Vec<u32> = (0..past).map(|place| left / past + u32::from(place >= past - left % past)).collect();
    sizes.push(last);
    sizes
}

/// A moment of a day by the clock on the wall, in minutes after midnight.
pub(super) fn at(day: NaiveDate, minutes: i64) -> DateTime<Utc> {
    // Times of work never lie in the hour that the clock change takes or gives.
    midnight(day) + Duration::minutes(minutes)
}

/// That day, or the next on which people work.
pub(super) fn workday(calendar: &Calendar, day: NaiveDate) -> NaiveDate {
    let works = |day: &NaiveDate| calendar.is_working_day(*day).unwrap_or_else(|_| day.weekday().num_days_from_monday() < 5);
    day.iter_days().take(12).find(works).unwrap_or(day)
}

/// That day, or the last before it on which people work.
pub(super) fn workday_before(calendar: &Calendar, day: NaiveDate) -> NaiveDate {
    let works = |day: &NaiveDate| calendar.is_working_day(*day).unwrap_or_else(|_| day.weekday().num_days_from_monday() < 5);
    (0..12).map(|back| day - Duration::days(back)).find(works).unwrap_or(day)
}
