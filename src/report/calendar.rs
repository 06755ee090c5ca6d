//! What every calendar file of ours begins with (RFC 5545). Times are UTC, so that no calendar has to know a time zone.

use chrono::{DateTime, Utc};
use icalendar::{Calendar, Component, Event, Property};

/// What a calendar does with a file: it takes in what is there, and knows by the number of each event whether it is newer.
pub const PUBLISH: &str = "PUBLISH";

/// What a calendar does with a file: it takes out what is there.
pub const CANCEL: &str = "CANCEL";

/// An empty calendar file; `about` names what makes it.
pub(super) fn file(about: &str, method: &str) -> Calendar {
    let mut calendar = Calendar::empty();
    let product = format!("-//closeloop//{about}//EN");
    for (name, value) in [("VERSION", "2.0"), ("PRODID", &product), ("CALSCALE", "GREGORIAN"), ("METHOD", method)] {
        calendar.append_property(Property::new(name, value));
    }
    calendar
}

/// An event under a name that stays the same whenever it is made anew, so that a calendar moves it instead of adding another;
/// shown as what it is to nobody who may see no more than "busy".
pub(super) fn confidential(name: &str, now: DateTime<Utc>) -> Event {
    let mut event = Event::new();
    event.uid(name).timestamp(now).add_property("CLASS", "CONFIDENTIAL");
    event
}
