//! The sitting as a calendar file (RFC 5545): one event for the whole of it, and one for each item with those asked for it. Times are
//! UTC, so that no calendar has to know a time zone; nothing of a child but the review's reference and the pseudonym is in it.

use super::agenda::reference;
use crate::domain::query::InvitationsDetail;
use crate::domain::safe_text::safe_line;
use crate::report::ReportError;
use crate::report::calendar::{CANCEL, PUBLISH, confidential, file};
use chrono::{DateTime, Utc};
use icalendar::{Component, Event, EventLike, EventStatus, Property};

/// The calendar file. `now` stamps it; the names of its events stay the same whenever it is made anew, so that a calendar moves them
/// instead of adding others. Refused where the sitting has no time.
pub fn calendar(detail: &InvitationsDetail, now: DateTime<Utc>) -> Result<String, ReportError> {
    let starts = detail.starts.ok_or_else(|| ReportError::NoTime(detail.at.clone()))?;
    let mut calendar = file(ABOUT, PUBLISH);
    let event = |part: &str, summary: &str, from: DateTime<Utc>, until: Option<DateTime<Utc>>| {
        let mut event = confidential(&name(detail, part), now);
        event.summary(summary).starts(from).sequence(u32::try_from(detail.revision).unwrap_or(0));
        if let Some(until) = until {
            event.ends(until);
        }
        event
    };
    let service = if detail.service.is_empty() { String::new() } else { format!(" ({})", detail.service) };
    let mut whole = event("", &format!("Moderation panel {}{service}", reference(detail.panel)), starts, detail.ends);
    let order = detail.items.iter().map(|item| format!("{} ({})", item.reference, item.case)).collect::<Vec<_>>();
    if !order.is_empty() {
        whole.description(&format!("Cases, in this order:\n{}", order.join("\n")));
    }
    for (seat, address) in detail.seats.iter().zip(&detail.addresses) {
        attendee(&mut whole, &seat.name, address);
    }
    calendar.push(whole.done());
    for item in &detail.items {
        let Some(from) = item.starts else { continue };
        let mut one = event(&part(&item.reference), &format!("Moderation panel: {} ({})", item.reference, item.case), from, item.ends);
        for invitee in &item.invitees {
            attendee(&mut one, &invitee.name, &invitee.email);
        }
        calendar.push(one.done());
    }
    Ok(calendar.done().to_string())
}

/// What makes the file.
const ABOUT: &str = "moderation panel";

/// The name of the event of a sitting, or of a part of it: the same for good, so that whatever is sent later is about it.
fn name(detail: &InvitationsDetail, part: &str) -> String {
    format!("panel-{}{part}@{}.closeloop", detail.panel.0, detail.framework)
}

/// The part that is one case.
fn part(reference: &str) -> String {
    format!("-{}", reference.to_lowercase())
}

/// The file that goes with a message about a sitting to one person: it puts right, or takes out, the events that the invitation gave
/// them, and says nothing but references and times. `detail` holds their own part of it, `sits` is for a member, who comes for
/// the whole of it; `addresses` are that of the message and theirs. With the method of the file.
pub fn told(
    detail: &InvitationsDetail,
    sits: bool,
    called_off: bool,
    addresses: (&str, &str),
    now: DateTime<Utc>,
) -> (String, &'static str) {
    let method = if called_off { CANCEL } else { PUBLISH };
    let mut calendar = file(ABOUT, method);
    let mut push = |part: &str, summary: String, from: Option<DateTime<Utc>>, until: Option<DateTime<Utc>>| {
        let mut event = confidential(&name(detail, part), now);
        event.summary(&summary).sequence(u32::try_from(detail.revision).unwrap_or(0));
        from.map(|from| event.starts(from));
        until.map(|until| event.ends(until));
        if called_off {
            event.status(EventStatus::Cancelled);
        }
        event.add_property("ORGANIZER", format!("mailto:{}", safe_line(addresses.0)));
        attendee(&mut event, "", addresses.1);
        calendar.push(event.done());
    };
    if sits {
        push("", format!("Moderation panel {}", reference(detail.panel)), detail.starts, detail.ends);
    }
    for item in &detail.items {
        // When nobody keeps the time, they come for the whole of it.
        let (from, until) = (item.starts.or(detail.starts), item.ends.or(detail.ends));
        push(&part(&item.reference), format!("Moderation panel: {}", item.reference), from, until);
    }
    (calendar.done().to_string(), method)
}

/// Adds somebody who is asked to come; without an address a calendar cannot hold them, and the list names them.
fn attendee(event: &mut Event, name: &str, address: &str) {
    let (name, address) = (safe_line(name), safe_line(address));
    if address.is_empty() {
        return;
    }
    let mut asked = Property::new("ATTENDEE", format!("mailto:{address}"));
    if !name.is_empty() {
        // A quote cannot stand within a quoted name, whatever is put before it.
        asked.add_parameter("CN", &format!("\"{}\"", name.replace('"', "'")));
    }
    asked.add_parameter("ROLE", "REQ-PARTICIPANT");
    event.append_multi_property(asked);
}
