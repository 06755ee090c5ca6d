//! How `closeloop list reports` says a report: what it is, how far it has come, and what is due.

use super::list_plain::Said;
use crate::domain::calendar::say_due;
use crate::domain::query::{ReportRow, Viewer};

impl ReportRow {
    /// The word for how far it has come, with its version where that is not the first.
    fn stands_said(&self) -> String {
        let version = if self.version > 1 { format!(" {}", self.version) } else { String::new() };
        format!("{}{version}", self.stands())
    }
}

impl Said for ReportRow {
    fn sentence(&self, viewer: &Viewer) -> String {
        let reference = if self.reference.is_empty() { String::new() } else { format!("{}. ", self.reference) };
        format!("{reference}{}", self.say(viewer.today))
    }

    fn cells(&self, viewer: &Viewer) -> Vec<(String, usize)> {
        let due = self.due.map(|due| say_due(viewer.today, due)).unwrap_or_default();
        let counted = self.built_on.map(|day| day.to_string()).unwrap_or_default();
        vec![
            (if self.reference.is_empty() { "-".to_string() } else { self.reference.clone() }, 8),
            (self.cycle_reference.clone(), 8),
            (self.kind.clone(), 22),
            (self.stands_said(), 12),
            (due, 11),
            (counted, 10),
            (self.went_to.clone(), 0),
        ]
    }
}
