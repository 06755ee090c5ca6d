//! A time by which something is due, as a calendar file that goes with a message: a reference and a moment, nothing else.

use super::calendar::{PUBLISH, confidential, file};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use icalendar::{Component, EventLike};

/// How long before its end the entry begins, so that it takes up room in a calendar.
const BEFORE: TimeDelta = TimeDelta::minutes(30);

/// The calendar file. `name` is the entry's for good; `written_at` stamps it.
pub fn calendar(name: &str, reference: &str, due: DateTime<Utc>, written_at: DateTime<Utc>) -> String {
    let mut calendar = file("deadlines", PUBLISH);
    let mut entry = confidential(&format!("{name}@closeloop"), written_at);
    entry.summary(&format!("{reference} is due")).starts(due - BEFORE).ends(due);
    // A deadline leaves the time before it free for others to book.
    entry.add_property("TRANSP", "TRANSPARENT");
    calendar.push(entry.done());
    calendar.done().to_string()
}

/// The same where whole days are counted: an entry on the last day, the whole of it (M14).
pub fn last_day(name: &str, reference: &str, day: NaiveDate, written_at: DateTime<Utc>) -> String {
    let mut calendar = file("deadlines", PUBLISH);
    let mut entry = confidential(&format!("{name}@closeloop"), written_at);
    entry.summary(&format!("{reference}: last day")).starts(day);
    entry.add_property("TRANSP", "TRANSPARENT");
    calendar.push(entry.done());
    calendar.done().to_string()
}
