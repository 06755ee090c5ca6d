//! Changes of an action after it was raised: one step of its life, or one more finding that it answers.

use super::Swap;
use crate::domain::action::{ActionState, Effect, Stand, Step};
use crate::domain::calendar::say_full_date;
use crate::domain::id::{ActionId, PersonId, ReviewId, reference};
use serde::{Deserialize, Serialize};

/// One step in the life of an action: what was done, how it stood before, and how it stands after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionStepped {
    /// Which action.
    pub action: ActionId,
    /// Its review, if it comes from one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<ReviewId>,
    /// What was done.
    pub step: Step,
    /// How it stood, and stands.
    pub stand: Swap<Stand>,
    /// The step is taken back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub taken_back: bool,
}

impl ActionStepped {
    /// The change that takes it back.
    pub(super) fn reversed(self) -> ActionStepped {
        ActionStepped { stand: self.stand.reversed(), taken_back: !self.taken_back, ..self }
    }

    /// How it reads in a history.
    pub(super) fn sentence(&self, name: &dyn Fn(PersonId) -> String) -> String {
        let told = self.told(name);
        if self.taken_back { format!("Taken back: {told}") } else { told }
    }

    fn told(&self, name: &dyn Fn(PersonId) -> String) -> String {
        // Of a step that is taken back, what stood after it stands before.
        let (before, after) = match self.taken_back {
            false => (self.stand.before.as_ref(), self.stand.after.as_ref()),
            true => (self.stand.after.as_ref(), self.stand.before.as_ref()),
        };
        let action = format!("Action {}", reference("A", self.action.0));
        let due = |stand: Option<&Stand>| stand.map(|stand| say_full_date(stand.due_on)).unwrap_or_default();
        let owner = |stand: Option<&Stand>| stand.map(|stand| name(stand.owner)).unwrap_or_default();
        match &self.step {
            Step::TakenUp => format!("{action} {}", ActionState::InProgress.label()),
            Step::Done => format!("{action} done: {}", after.map(|stand| stand.evidence.as_str()).unwrap_or_default()),
            Step::SignedOff => match after.and_then(|stand| stand.life.revisit_on) {
                Some(day) => format!("{action} signed off; to be looked at again from {} on", say_full_date(day)),
                None => format!("{action} signed off"),
            },
            Step::Extended { reason, approved_by } => {
                let approved = approved_by.map(|by| format!(", approved by {}", name(by))).unwrap_or_default();
                format!("{action} due {} instead of {}{approved}: {reason}", due(after), due(before))
            }
            Step::Reassigned { why, despite } => {
                let despite = if despite.is_empty() { String::new() } else { format!(", although: {despite}") };
                format!("{action} given to {} instead of {}: {why}{despite}", owner(after), owner(before))
            }
            Step::Revisited { effect: Effect::Recurred, seen } => {
                format!("{action} recurred and is open again, due {}: {seen}", due(after))
            }
            Step::Revisited { effect, seen } => format!("{action} looked at again, {}: {seen}", effect.label()),
        }
    }
}

/// An open action answers one more finding, or no longer does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionLinked {
    /// Which action.
    pub action: ActionId,
    /// The review whose finding it answers besides its own.
    pub review: ReviewId,
    /// What was to be raised there.
    pub text: String,
    /// It does; otherwise no longer.
    pub linked: bool,
}

impl ActionLinked {
    /// How it reads in a history.
    pub(super) fn sentence(&self) -> String {
        let action = reference("A", self.action.0);
        match self.linked {
            true => format!("Action {action}, still open, answers this as well: {}", self.text),
            false => format!("Action {action} no longer answers this: {}", self.text),
        }
    }
}
