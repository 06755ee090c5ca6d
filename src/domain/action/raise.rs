//! How an action begins.

use super::{Action, ActionState, Life, Source};
use crate::domain::calendar::Calendar;
use crate::domain::error::RuleError;
use crate::domain::framework::Framework;
use crate::domain::id::{ActionId, PersonId, reference};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What happens where an action much like it is open already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Near {
    /// It is not raised, and whoever asks is told of the other one.
    #[default]
    Ask,
    /// It is raised all the same.
    Anyway,
    /// It is not raised: the open one answers this finding as well.
    Link(ActionId),
}

/// What a person writes down to raise an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionWanted {
    /// What needs to happen.
    pub text: String,
    /// Who is accountable; must be chosen.
    pub owner: Option<PersonId>,
    /// By when; none: the framework's usual time.
    pub due_on: Option<NaiveDate>,
    /// A child's safety depends on it.
    pub urgent: bool,
    /// What sort of action it is, by its key in the profile; empty: not said.
    #[serde(default)]
    pub kind: String,
    /// What happens where one much like it is open.
    #[serde(default)]
    pub near: Near,
}

/// Raises an action out of whatever showed that it is needed. F11: never due later than the framework's limit.
pub fn raise(
    today: NaiveDate,
    framework: &Framework,
    calendar: &Calendar,
    id: ActionId,
    source: Source,
    wanted: &ActionWanted,
) -> Result<Action, RuleError> {
    let text = wanted.text.trim();
    if text.is_empty() {
        return Err(RuleError::new("An action needs to say what has to happen.", "Write it as something its owner can do."));
    }
    let Some(owner) = wanted.owner else {
        return Err(RuleError::new("An action needs one owner.", "Choose the person who is accountable for it."));
    };
    let usual = if wanted.urgent { framework.actions.urgent_due } else { framework.actions.default_due };
    let due_on = match wanted.due_on {
        Some(day) => day,
        None => calendar.due_on(today, usual).map_err(RuleError::from)?,
    };
    if due_on < today {
        return Err(RuleError::new(
            format!("{} has passed: an action cannot be due before it is raised.", due_on.format("%-d %B %Y")),
            "Give a day from today on.",
        ));
    }
    if let Some(limit) = framework.actions.limit {
        let last = calendar.due_on(today, limit).map_err(RuleError::from)?;
        if due_on > last {
            return Err(RuleError::under(
                "F11",
                format!("An action is to be done within {limit}, so by {}.", last.format("%-d %B %Y")),
                "Give an earlier day; a longer time needs an approved extension later.",
            ));
        }
    }
    let kinds = &framework.actions.kinds;
    if !wanted.kind.is_empty() && !kinds.iter().any(|kind| kind.key == wanted.kind) {
        let known: Vec<&str> = kinds.iter().map(|kind| kind.key.as_str()).collect();
        let remedy = if known.is_empty() { "Leave it empty.".to_string() } else { format!("Choose one of: {}.", known.join(", ")) };
        return Err(RuleError::new(format!("\u{201c}{}\u{201d} is no kind of action here.", wanted.kind), remedy));
    }
    Ok(Action {
        id,
        reference: reference("A", id.0),
        source,
        text: text.to_string(),
        kind: wanted.kind.clone(),
        owner,
        due_on,
        urgent: wanted.urgent,
        state: ActionState::Open,
        evidence: String::new(),
        life: Life::default(),
        raised_at: None,
        alert: None,
    })
}
