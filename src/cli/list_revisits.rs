//! How `closeloop list revisits` and `closeloop show` say what is looked at again, and what was found then beside what is found now.

use super::Failure;
use super::context::Desk;
use super::list_plain::Said;
use crate::domain::query::{Again, Answered, Query, RevisitRow, Viewer};
use crate::domain::revisit::ThenNow;

impl Said for RevisitRow {
    fn sentence(&self, _viewer: &Viewer) -> String {
        let by = if self.by.is_empty() { String::new() } else { format!(" ({})", self.by) };
        format!(
            "{}, {} {}. Looked at until {}, again from {}: {}{by}.",
            self.reference,
            self.of,
            self.what,
            self.seen_on.format("%-d %B %Y"),
            self.due_on.format("%-d %B %Y"),
            self.stand
        )
    }

    fn cells(&self, _viewer: &Viewer) -> Vec<(String, usize)> {
        vec![
            (self.reference.clone(), 10),
            (self.of.to_string(), 4),
            (self.seen_on.to_string(), 10),
            (self.due_on.to_string(), 10),
            (self.stand.to_string(), 8),
            (self.by.clone(), 12),
            (self.what.clone(), 0),
        ]
    }
}

/// Then and now of a review or a cycle.
pub(super) fn then_now(desk: &mut Desk, again: Again) -> Result<Option<ThenNow>, Failure> {
    // Whoever shows it has the record open, and that look is written down.
    Ok(match desk.ask_for_list(&Query::ThenNow(again))? {
        Answered::ThenNow(found) => found.map(|found| *found),
        _ => None,
    })
}

/// The same in lines.
pub(super) fn lines(found: &ThenNow) -> Vec<String> {
    let mut lines = vec![format!("Then {}, now {}.", found.then, found.now)];
    lines.extend(Some(found.note.clone()).filter(|note| !note.is_empty()));
    let said = |text: &str| if text.is_empty() { "-".to_string() } else { text.to_string() };
    for part in &found.parts {
        lines.push(format!("{}:", part.heading));
        for row in &part.rows {
            let moved = if row.moved.label().is_empty() { String::new() } else { format!(" ({})", row.moved.label()) };
            lines.push(format!("  {}: then {}, now {}{moved}", row.what, said(&row.then), said(&row.now)));
        }
    }
    lines
}
