//! How the facts of a dispute read: in a history, where nobody is named and nothing found is said, and whole, for its own page.

use super::{Drp, DrpAddressee, DrpFact, DrpKind, DrpStep};
use crate::domain::calendar::say_date;
use crate::domain::framework::within_a_sentence;
use crate::domain::id::PersonId;

impl DrpFact {
    /// What happened, without names or findings.
    pub fn sentence(&self) -> String {
        let day = say_date(self.on);
        match &self.step {
            DrpStep::Tried { .. } => format!("talked over informally, {day}"),
            DrpStep::NotTried { .. } => "no informal attempt, with the reason".to_string(),
            DrpStep::Stage { label, due, .. } => match due {
                Some(due) => format!("{label}, {day}; to be resolved by {}", say_date(*due)),
                None => format!("{label}, {day}"),
            },
            DrpStep::Senior { to, .. } => format!("went to the {}, {day}", to.role),
            DrpStep::Referred { body, .. } => format!("referred to {body}, {day}"),
            DrpStep::Answered { .. } => format!("answered, {day}"),
            DrpStep::Paused { .. } => format!("paused, {day}"),
            DrpStep::Resumed { due: Some(due), .. } => format!("goes on, {day}; to be resolved by {}", say_date(*due)),
            DrpStep::Resumed { .. } => format!("goes on, {day}"),
            DrpStep::Resolved { outcome, .. } => format!("ended, {day}: {}", outcome.label()),
        }
    }

    /// A word or two for a column.
    pub fn heading(&self) -> String {
        match &self.step {
            DrpStep::Tried { .. } => "Informal attempt".to_string(),
            DrpStep::NotTried { .. } => "No informal attempt".to_string(),
            DrpStep::Stage { label, .. } => label.clone(),
            DrpStep::Senior { to, .. } => format!("To the {}", to.role),
            DrpStep::Referred { body, .. } => format!("Referred to {body}"),
            DrpStep::Answered { .. } => "Answer".to_string(),
            DrpStep::Paused { .. } => "Paused".to_string(),
            DrpStep::Resumed { .. } => "Goes on".to_string(),
            DrpStep::Resolved { outcome, .. } => format!("Ended: {}", outcome.label()),
        }
    }

    /// What was written down in words.
    pub fn text(&self) -> &str {
        match &self.step {
            DrpStep::Tried { what: text }
            | DrpStep::NotTried { why: text }
            | DrpStep::Stage { because: text, .. }
            | DrpStep::Senior { because: text, .. }
            | DrpStep::Referred { note: text, .. }
            | DrpStep::Answered { text }
            | DrpStep::Paused { why: text }
            | DrpStep::Resumed { why: text, .. }
            | DrpStep::Resolved { text, .. } => text,
        }
    }

    /// Whom it went to.
    pub fn to(&self) -> &[DrpAddressee] {
        match &self.step {
            DrpStep::Stage { to, .. } => to,
            DrpStep::Senior { to, .. } => std::slice::from_ref(to),
            _ => &[],
        }
    }
}

impl Drp {
    /// What it is, in a word or two.
    pub fn noun(&self) -> &'static str {
        match self.kind {
            DrpKind::Dispute => "Dispute",
            DrpKind::GoodPractice => "Alert of good practice",
        }
    }
}

impl DrpAddressee {
    /// Who it is, in words: the name with the role as `role` calls it by its key, or the gap.
    pub fn said(&self, name: &dyn Fn(PersonId) -> String, role: &dyn Fn(&str) -> String) -> String {
        let role = role(&self.role);
        match (self.person, self.recused) {
            (Some(person), false) => format!("{} ({role})", name(person)),
            (Some(person), true) => format!("{} (for the {}, who is recused)", name(person), within_a_sentence(&role)),
            (None, true) => format!("nobody ({role}, who is recused)"),
            (None, false) => format!("nobody ({role})"),
        }
    }
}
