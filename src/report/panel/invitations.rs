//! Who is asked to come to a sitting, as a list to copy from. M07.

use crate::domain::calendar::local;
use crate::domain::query::{InvitationsDetail, Invitee};
use crate::report::Document;
use chrono::{DateTime, Utc};

/// The list: members and guests for the whole of it, and for each item who is asked by the profile.
pub fn invitations(detail: &InvitationsDetail) -> Document {
    let service = if detail.service.is_empty() { String::new() } else { format!(", {}", detail.service) };
    let title = format!("Invitations to the moderation panel, {}, {}{service}", detail.on.format("%A %-d %B %Y"), detail.at);
    let mut paper = Document::new(title);
    paper.heading(1, "For the whole sitting");
    if detail.seats.is_empty() {
        paper.text("It has no members yet.");
    }
    let seats = detail.seats.iter().zip(&detail.addresses);
    let rows = seats.map(|(seat, address)| vec![seat.name.clone(), seat.role.clone(), seat.kind.label().to_string(), address.clone()]);
    paper.table(&["Name", "Role", "As", "E-mail"], rows.collect());
    paper.heading(1, "For one case");
    let mut rows = Vec::new();
    for item in &detail.items {
        let time = |at: Option<DateTime<Utc>>| at.map(|at| local(at).format("%H:%M").to_string()).unwrap_or_default();
        for Invitee { role, name, email, .. } in &item.invitees {
            let name = if name.is_empty() { "nobody holds this role".to_string() } else { name.clone() };
            rows.push(vec![time(item.starts), item.reference.clone(), item.case.clone(), role.clone(), name, email.clone()]);
        }
    }
    if rows.is_empty() {
        paper.text("Nobody is invited for a single case.");
    }
    paper.table(&["At", "Ref", "Case", "As", "Name", "E-mail"], rows);
    paper
}
