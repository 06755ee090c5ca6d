//! Instants and the civil time of Europe/London; the only place that names the time zone.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Europe::London;

/// Date and time on a clock on a wall in England at this instant.
pub fn local(at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&London).naive_local()
}

/// The date in England at this instant.
pub fn local_date(at: DateTime<Utc>) -> NaiveDate {
    local(at).date()
}

/// The instant at which that day starts in England.
pub fn midnight(day: NaiveDate) -> DateTime<Utc> {
    let start = day.and_time(NaiveTime::MIN);
    // British clocks change at 01:00 UTC, so midnight exists exactly once; were that ever changed, the earlier instant
    // is the one that calls nothing in time that is late.
    London.from_local_datetime(&start).earliest().map_or(start.and_utc(), |at| at.with_timezone(&Utc))
}

/// The instant at which a clock on a wall in England shows this time on this day: the first of two when clocks go back, none when
/// they leap over it.
pub fn instant(day: NaiveDate, time: NaiveTime) -> Option<DateTime<Utc>> {
    London.from_local_datetime(&day.and_time(time)).earliest().map(|at| at.with_timezone(&Utc))
}

/// How far clocks in England are ahead of UTC at this instant, in minutes.
pub(super) fn minutes_ahead(at: DateTime<Utc>) -> i64 {
    (local(at) - at.naive_utc()).num_minutes()
}
