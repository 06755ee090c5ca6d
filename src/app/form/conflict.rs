//! Two people at the same form: what somebody else saved while a form was open is shown beside what was typed, and
//! nothing that was typed is lost.

use super::press::fill;
use super::report::SURE;
use super::{Form, Input};

/// A field that two people changed: what stood there, what is saved now, and the revision of that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The field.
    pub key: String,
    /// What stood there when the form opened, as shown.
    pub before: String,
    /// What somebody else saved meanwhile, as shown.
    pub theirs: String,
    /// Revision of what they saved: saving again puts ours in its place.
    pub revision: i64,
}

impl Form {
    /// Compares the form with what is stored now, given as the form that would open now. What only they changed is taken
    /// over; what both changed is a conflict, and the cursor goes to the first of them unless it stands on one.
    ///
    /// A form that only asks whether somebody is sure stays refused: what they would be sure of is not what they read.
    pub fn meet(&mut self, now: &Form) {
        if now.get(SURE).is_some() {
            return;
        }
        self.conflicts.clear();
        for field in &mut self.fields {
            let Some(stored) = now.get(&field.key) else { continue };
            let before = self.opened.get(&field.key).cloned().unwrap_or_default();
            let (mine, theirs) = (field.input.value(), stored.input.value());
            if stored.seen == field.seen && theirs == before {
                continue;
            }
            if mine == before || mine == theirs {
                fill(&mut field.input, &theirs);
                field.seen = stored.seen;
                self.opened.insert(field.key.clone(), theirs);
            } else {
                let (before, theirs) = (field.input.words(&before), field.input.words(&theirs));
                self.conflicts.push(Conflict { key: field.key.clone(), before, theirs, revision: stored.seen });
            }
        }
        self.seen = now.seen;
        let first = self.conflicts.first().and_then(|first| self.fields.iter().position(|field| field.key == first.key));
        if let Some(first) = first.filter(|_| self.conflict().is_none()) {
            self.at = first;
        }
        let said = match self.conflicts.len() {
            0 => "Nothing of yours was touched, and theirs is filled in: save again.",
            1 => "Both are shown; saving again puts yours in its place.",
            _ => "Each is shown beside yours as you go through them; saving again puts yours in their place.",
        };
        self.error = self.error.take().map(|error| format!("{error} {said}"));
    }

    /// The conflict of the field under the cursor.
    pub fn conflict(&self) -> Option<&Conflict> {
        let field = self.field()?;
        self.conflicts.iter().find(|conflict| conflict.key == field.key)
    }

    /// The revision that saving a field is based on: that of what they saved, once both have been shown.
    pub(super) fn based_on(&self, key: &str, seen: i64) -> i64 {
        self.conflicts.iter().find(|conflict| conflict.key == key).map_or(seen, |conflict| conflict.revision)
    }
}

impl Input {
    /// A stored value as people read it: a choice by its label.
    fn words(&self, value: &str) -> String {
        let label = match self {
            Input::Choice { options, .. } => options.iter().find(|(key, _)| key == value).map(|(_, label)| label.clone()),
            _ => None,
        };
        label.unwrap_or_else(|| if value.is_empty() { "nothing".to_string() } else { value.to_string() })
    }
}
