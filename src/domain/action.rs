//! Actions: what needs to happen after a review, who owns it, and by when.

use super::calendar::Calendar;
use super::error::RuleError;
use super::framework::Framework;
use super::id::{ActionId, AlertId, PersonId, ReviewId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// An action, as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// Row number.
    pub id: ActionId,
    /// What people say (`A-0183`).
    pub reference: String,
    /// The review it comes from.
    pub review: ReviewId,
    /// What needs to happen.
    pub text: String,
    /// Exactly one accountable owner.
    pub owner: PersonId,
    /// Due on this day.
    pub due_on: NaiveDate,
    /// Urgent: out of an escalation, or a child's safety depends on it (M12).
    pub urgent: bool,
    /// Where it stands.
    pub state: ActionState,
    /// Where the evidence is that it was done.
    pub evidence: String,
    /// The alert out of which it was raised (M12), if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alert: Option<AlertId>,
}

/// Where an action stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionState {
    /// Not started.
    Open,
    /// Started by its owner.
    InProgress,
    /// Done, says its owner.
    Done,
    /// Somebody else has seen that it was done.
    SignedOff,
    /// Taken back before anybody worked on it, with a reason in the journal.
    Withdrawn,
}

impl ActionState {
    /// Every state, in the order of an action's life.
    pub const ALL: [ActionState; 5] =
        [ActionState::Open, ActionState::InProgress, ActionState::Done, ActionState::SignedOff, ActionState::Withdrawn];

    /// Words for the screen.
    pub fn label(self) -> &'static str {
        match self {
            ActionState::Open => "open",
            ActionState::InProgress => "in progress",
            ActionState::Done => "done, to sign off",
            ActionState::SignedOff => "signed off",
            ActionState::Withdrawn => "withdrawn",
        }
    }

    /// Still wanted from its owner.
    pub fn is_open(self) -> bool {
        matches!(self, ActionState::Open | ActionState::InProgress)
    }
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
}

/// Raises an action out of a review. F11: never due later than the framework's limit.
pub fn raise(
    today: NaiveDate,
    framework: &Framework,
    calendar: &Calendar,
    id: ActionId,
    review: ReviewId,
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
    Ok(Action {
        id,
        reference: super::id::reference("A", id.0),
        review,
        text: text.to_string(),
        owner,
        due_on,
        urgent: wanted.urgent,
        state: ActionState::Open,
        evidence: String::new(),
        alert: None,
    })
}
