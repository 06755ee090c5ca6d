//! The tracker on paper: a list for a meeting, and the due days as a calendar file. Nobody looked at is named in it; owners are.

use super::Document;
use super::calendar::{PUBLISH, confidential, file};
use crate::domain::action::ActionState;
use crate::domain::calendar::say_full_date;
use crate::domain::count::counted;
use crate::domain::query::ActionRow;
use chrono::{DateTime, NaiveDate, Utc};
use icalendar::{Component, EventLike};

/// Actions with their owner and day, as somebody filtered them: those that are late first, then by day, so that a meeting can go
/// through them one by one. `filter` is what was typed; empty: those still open.
pub fn list(council: &str, rows: &[ActionRow], filter: &str, today: NaiveDate) -> Document {
    let mut paper = Document::new("Actions to follow");
    paper.running.stands = format!("As of {}", say_full_date(today));
    paper.running.on = Some(today);
    let which = if filter.is_empty() { "still open or to be signed off".to_string() } else { format!("matching \u{201c}{filter}\u{201d}") };
    paper.facts([("Council", council.to_string()), ("As of", say_full_date(today)), ("Which", which)]);
    let late = |row: &&ActionRow| row.state.is_open() && row.due < today;
    let to_sign = rows.iter().filter(|row| row.state == ActionState::Done).count();
    let said = format!(
        "{}, {} of them late, {to_sign} to be signed off.",
        counted(rows.len(), "action", "actions"),
        rows.iter().filter(late).count()
    );
    paper.text(said);
    for (heading, part) in [
        ("Late", rows.iter().filter(late).collect::<Vec<_>>()),
        ("To be signed off", rows.iter().filter(|row| row.state == ActionState::Done).collect()),
        ("Due", rows.iter().filter(|row| row.state.is_open() && row.due >= today).collect()),
        ("Others", rows.iter().filter(|row| !row.state.is_open() && row.state != ActionState::Done).collect()),
    ] {
        if part.is_empty() {
            continue;
        }
        paper.heading(1, heading);
        let cells = part.iter().map(|row| {
            let urgent = if row.urgent { "urgent: " } else { "" };
            vec![
                row.reference.clone(),
                format!("{urgent}{}", row.text),
                row.owner.clone(),
                row.due.format("%-d %b %Y").to_string(),
                row.source_ref.clone(),
                row.stands(today),
            ]
        });
        paper.table(&["Ref", "What needs to happen", "Owner", "Due", "From", "State"], cells.collect());
    }
    paper
}

/// The due days as a calendar file: one entry a day long (a day without an end lasts that day, RFC 5545 3.6.1) for each action that is still wanted from its owner. Its name stays the
/// same, so that a calendar moves it instead of adding another; what is to happen is not in it, since calendars are shared.
pub fn calendar(rows: &[ActionRow], framework: &str, now: DateTime<Utc>) -> String {
    let mut calendar = file("actions", PUBLISH);
    for row in rows.iter().filter(|row| row.state.is_open()) {
        let mut entry = confidential(&format!("action-{}@{framework}.closeloop", row.id.0), now);
        entry.summary(&format!("{} is due ({})", row.reference, row.owner)).starts(row.due);
        entry.sequence(u32::try_from(row.revision).unwrap_or(0));
        entry.add_property("TRANSP", "TRANSPARENT");
        calendar.push(entry.done());
    }
    calendar.done().to_string()
}
