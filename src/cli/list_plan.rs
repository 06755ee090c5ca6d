//! How `closeloop list plan` says the rows of an improvement plan.

use super::list_plain::Said;
use crate::domain::query::{PlanRow, Viewer};

impl Said for PlanRow {
    fn sentence(&self, _viewer: &Viewer) -> String {
        let since = if self.carried_from.is_empty() { String::new() } else { format!(" Carried over from {}.", self.carried_from) };
        let answers = if self.answers.is_empty() { String::new() } else { format!(" Answers: {}.", self.answers.trim_end_matches('.')) };
        let meant = if self.service.is_empty() { String::new() } else { format!(" Meant for {}.", self.service) };
        let who = if self.who.is_empty() { String::new() } else { format!(" {},", self.who) };
        let late = if self.late { ", late" } else { "" };
        let notes: String = self.notes.iter().map(|note| format!(" {}.", note.replace('\n', " ").trim_end_matches('.'))).collect();
        let (text, day) = (self.text.trim_end_matches('.'), self.on.format("%-d %B %Y"));
        format!("{}, {}. {text}.{answers}{meant}{who} {day}, {}{late}.{since}{notes}", self.reference, self.kind, self.stands)
    }

    fn cells(&self, _viewer: &Viewer) -> Vec<(String, usize)> {
        vec![
            (self.reference.clone(), 8),
            (self.kind.to_string(), 9),
            (self.on.to_string(), 10),
            (self.stands.clone(), 16),
            (self.carried_from.clone(), 8),
            (self.who.clone(), 18),
            (self.text.clone(), 0),
        ]
    }
}
