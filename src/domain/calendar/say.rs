//! Dates and clocks as people say them: `today`, `in 3 d`, `2 d late`, `3 h 12 m left`, `Thu 19 Nov`.
//!
//! Roundings always go the careful way: what is left is rounded down, so nobody is told of time that is not there.

use super::london::{local, midnight};
use chrono::{DateTime, Datelike, NaiveDate, Utc};

/// Days from which a coming date is said in weeks.
const WEEKS_FROM: i64 = 14;
/// Days late from which lateness is said in weeks; before, the exact number matters.
const WEEKS_LATE_FROM: i64 = 100;

/// A due date seen from today: `today`, `tomorrow`, `in 3 d`, `in 5 wk`, `2 d late`, `15 wk late`.
pub fn say_due(today: NaiveDate, day: NaiveDate) -> String {
    let days = (day - today).num_days();
    match days {
        0 => "today".to_string(),
        1 => "tomorrow".to_string(),
        _ if days >= WEEKS_FROM => format!("in {} wk", days / 7),
        _ if days > 0 => format!("in {days} d"),
        _ if -days >= WEEKS_LATE_FROM => format!("{} wk late", -days / 7),
        _ => format!("{} d late", -days),
    }
}

/// A review's next date seen from today: as [`say_due`], or `from 21 Nov` while the step has not opened yet.
pub fn say_next(today: NaiveDate, due: NaiveDate, opens: Option<NaiveDate>) -> String {
    match opens.filter(|opens| *opens > today) {
        Some(opens) => format!("from {}", opens.format("%-d %b")),
        None => say_due(today, due),
    }
}

/// A clock seen from now: `3 h 12 m left`, `45 m left`, `3 d 4 h left`, `2 h late`, `3 d late`. Days (of 24 hours) from 48
/// hours on; elapsed time throughout.
pub fn say_hours_left(now: DateTime<Utc>, at: DateTime<Utc>) -> String {
    let left = at - now;
    let minutes = left.num_minutes().abs();
    let (hours, rest) = (minutes / 60, minutes % 60);
    if left <= chrono::TimeDelta::zero() {
        return match hours {
            0 if minutes == 0 => "just late".to_string(),
            0 => format!("{minutes} m late"),
            1..48 => format!("{hours} h late"),
            _ => format!("{} d late", hours / 24),
        };
    }
    match (hours, rest) {
        (0, 0) => "under 1 m left".to_string(),
        (0, _) => format!("{minutes} m left"),
        (1..48, 0) => format!("{hours} h left"),
        (1..48, _) => format!("{hours} h {rest} m left"),
        _ if hours % 24 == 0 => format!("{} d left", hours / 24),
        _ => format!("{} d {} h left", hours / 24, hours % 24),
    }
}

/// A deadline seen from now, by its own kind: one that runs to the end of a day in days (`in 3 d`, `today`, `2 d late`), every
/// other as a clock.
pub fn say_ends(now: DateTime<Utc>, at: DateTime<Utc>) -> String {
    last_day(at).map_or_else(|| say_hours_left(now, at), |day| say_due(local(now).date(), day))
}

/// The last day of a deadline that runs to the end of a day; none: it runs out at a time of day.
pub fn last_day(at: DateTime<Utc>) -> Option<NaiveDate> {
    local(at).date().pred_opt().filter(|day| day.succ_opt().map(midnight) == Some(at))
}

/// The moment of a deadline, to go on “by”: `Thu 19 Nov 14:06`, or `the end of Thu 19 Nov`, which nobody takes for the day after.
pub fn say_end(at: DateTime<Utc>) -> String {
    last_day(at).map_or_else(|| say_stamp(at), |day| format!("the end of {}", say_date(day)))
}

/// `Thu 19 Nov`.
pub fn say_date(day: NaiveDate) -> String {
    day.format("%a %-d %b").to_string()
}

/// `Thu 19 Nov` of the year that `today` lies in, `Wed 17 Dec 2025` of any other: the year is not plain from what stands around it.
pub fn say_date_seen(today: NaiveDate, day: NaiveDate) -> String {
    if day.year() == today.year() { say_date(day) } else { say_full_date(day) }
}

/// `19 November` of the year that `today` lies in, `17 December 2027` of any other: within a sentence.
pub fn say_day(today: NaiveDate, day: NaiveDate) -> String {
    day.format(if day.year() == today.year() { "%-d %B" } else { "%-d %B %Y" }).to_string()
}

/// `Thu 19 Nov 2026`, where the year is not plain from what stands around it.
pub fn say_full_date(day: NaiveDate) -> String {
    day.format("%a %-d %b %Y").to_string()
}

/// The first day after somebody's last, or after any other.
pub fn day_after(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(day)
}

/// `Thu 19 Nov 14:06`, in England's time.
pub fn say_stamp(at: DateTime<Utc>) -> String {
    local(at).format("%a %-d %b %H:%M").to_string()
}

/// `31 December 2028`, for sentences.
pub(super) fn in_full(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}
