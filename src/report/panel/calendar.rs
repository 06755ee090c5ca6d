//! The sitting as a calendar file (RFC 5545): one event for the whole of it, and one for each item with those asked for it. Times are
//! UTC, so that no calendar has to know a time zone; nothing of a child but the review's reference and the pseudonym is in it.

use super::agenda::reference;
use crate::domain::query::InvitationsDetail;
use crate::domain::safe_text::safe_line;
use crate::report::ReportError;
use crate::report::calendar::{confidential, file};
use chrono::{DateTime, Utc};
use icalendar::{Component, Event, EventLike, Property};

/// The calendar file. `now` stamps it; the names of its events stay the same whenever it is made anew, so that a calendar moves them
/// instead of adding others. Refused where the sitting has no time.
pub fn calendar(detail: &InvitationsDetail, now: DateTime<Utc>) -> Result<String, ReportError> {
    let starts = detail.starts.ok_or_else(|| ReportError::NoTime(detail.at.clone()))?;
    let mut calendar = file("moderation panel");
    let event = |part: &str, summary: &str, from: DateTime<Utc>, until: Option<DateTime<Utc>>| {
        let mut event = confidential(&format!("panel-{}{part}@{}.closeloop", detail.panel.0, detail.framework), now);
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
        let part = format!("-{}", item.reference.to_lowercase());
        let mut one = event(&part, &format!("Moderation panel: {} ({})", item.reference, item.case), from, item.ends);
        for invitee in &item.invitees {
            attendee(&mut one, &invitee.name, &invitee.email);
        }
        calendar.push(one.done());
    }
    Ok(calendar.done().to_string())
}

/// Adds somebody who is asked to come; without an address a calendar cannot hold them, and the list names them.
fn attendee(event: &mut Event, name: &str, address: &str) {
    let (name, address) = (safe_line(name), safe_line(address));
    if address.is_empty() {
        return;
    }
    // A quote cannot stand within a quoted name, whatever is put before it.
    let quoted = format!("\"{}\"", name.replace('"', "'"));
    let mut asked = Property::new("ATTENDEE", format!("mailto:{address}"));
    asked.add_parameter("CN", &quoted).add_parameter("ROLE", "REQ-PARTICIPANT");
    event.append_multi_property(asked);
}
