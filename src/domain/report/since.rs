//! The memory between two reports of a kind: what the last one promised, and what became of it. S17, S22, M23.

use super::{Material, PlanAction};
use crate::domain::action::{ActionState, Effect};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What became of what the last report of the kind promised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Since {
    /// Reference of that report.
    pub reference: String,
    /// Its cycle's title.
    pub title: String,
    /// The day its figures were counted.
    pub counted_on: NaiveDate,
    /// How many actions were open in it.
    pub promised: u32,
    /// Of these, done by now.
    pub happened: u32,
    /// Not done, and past the day that was promised.
    pub slipped: Vec<Standing>,
    /// Done, but what they were raised for came back.
    pub recurred: Vec<Standing>,
    /// Looked at again since then, and what was put right has lasted.
    pub sustained: u32,
    /// Withdrawn since.
    pub withdrawn: u32,
    /// Not done, and not yet due.
    pub to_come: u32,
}

/// An action of the last report as it stands now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// As it stood then.
    pub then: PlanAction,
    /// As it stands now.
    pub now: PlanAction,
}

/// Keeps the actions of the roles with these titles; of none all stay.
pub fn keep_of(whose: &[String], actions: &mut Vec<PlanAction>) {
    actions.retain(|action| whose.is_empty() || whose.contains(&action.owner));
}

/// Compares what the last report promised with how its actions stand now. An action that is not there any more counts as withdrawn.
pub fn since(reference: &str, last: &Material, now: &[PlanAction], today: NaiveDate) -> Since {
    let mut found = Since {
        reference: reference.into(),
        title: last.title.clone(),
        counted_on: last.counted_on,
        promised: 0,
        happened: 0,
        slipped: Vec::new(),
        recurred: Vec::new(),
        sustained: 0,
        withdrawn: 0,
        to_come: 0,
    };
    for then in &last.actions {
        let now = now.iter().find(|action| action.id == then.id);
        let came_back = now.is_some_and(|now| now.recurred > then.recurred || now.effect == Some(Effect::Recurred));
        if came_back && let Some(now) = now {
            found.recurred.push(Standing { then: then.clone(), now: now.clone() });
        }
        found.sustained += u32::from(then.effect.is_none() && now.is_some_and(|now| now.effect == Some(Effect::Sustained)));
        if !then.state.is_open() {
            continue;
        }
        found.promised += 1;
        match now {
            None => found.withdrawn += 1,
            Some(now) if now.state == ActionState::Withdrawn => found.withdrawn += 1,
            Some(now) if matches!(now.state, ActionState::Done | ActionState::SignedOff) => found.happened += 1,
            // A later day that was given since does not unsay the one that was promised.
            Some(now) if then.due_on < today => found.slipped.push(Standing { then: then.clone(), now: now.clone() }),
            Some(_) => found.to_come += 1,
        }
    }
    found
}
