//! Actions: what needs to happen after a review, who owns it, by when, and whether it helped.
//!
//! An action is not closed when somebody says so: somebody else has to see that it was done, and later that it helped. `raise`
//! is how one begins, `life` its rules from then on, `who` says who may do what, `near` tells two that ask for the same.

mod effects;
mod life;
mod near;
mod raise;
mod remind;
mod source;
mod who;

pub use effects::{EffectRow, Judged, JudgedBy, Ledger};
pub use life::{Extension, Handover};
pub use near::{Open, much_like};
pub use raise::{ActionWanted, Near, raise};
pub use remind::{REMIND_AT_MOST, may_remind};
pub use source::Source;
pub use who::{ActionAct, Around};

use super::calendar::local_date;
use super::id::{ActionId, AlertId, PersonId, ReviewId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// An action, as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// Row number.
    pub id: ActionId,
    /// What people say (`A-0183`).
    pub reference: String,
    /// Where it comes from: a review, the plan of a cycle, an entry of a register.
    #[serde(flatten)]
    pub source: Source,
    /// What needs to happen.
    pub text: String,
    /// Exactly one accountable owner.
    pub owner: PersonId,
    /// What sort of action it is, by its key in the profile; empty: nobody said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// Due on this day.
    pub due_on: NaiveDate,
    /// Urgent: out of an escalation, or a child's safety depends on it (M12).
    pub urgent: bool,
    /// Where it stands.
    pub state: ActionState,
    /// Where the evidence is that it was done.
    pub evidence: String,
    /// What became of it since it was raised.
    #[serde(default, skip_serializing_if = "Life::is_untold")]
    pub life: Life,
    /// The alert out of which it was raised (M12), if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alert: Option<AlertId>,
    /// When it was raised: known of what is stored, from its row in the journal.
    #[serde(skip)]
    pub raised_at: Option<DateTime<Utc>>,
}

/// What became of an action: who said that it was done, who saw it, and whether it helped.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Life {
    /// It was said to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<Said>,
    /// Somebody else has seen that it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed_off: Option<Said>,
    /// From this day on it is looked at again (F14); none: the framework sets no day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revisit_on: Option<NaiveDate>,
    /// Whether it helped, as judged last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<Effect>,
    /// How often what it was raised for came back.
    #[serde(skip_serializing_if = "is_never")]
    pub recurred: u32,
    /// The day it was opened again: its time begins anew.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reopened_on: Option<NaiveDate>,
}

fn is_never(count: &u32) -> bool {
    *count == 0
}

impl Life {
    /// Nothing has become of it yet.
    pub fn is_untold(&self) -> bool {
        *self == Life::default()
    }
}

/// When somebody said something, and who.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// When.
    pub at: DateTime<Utc>,
    /// Who; none: told by an older journal, or by somebody who is on no list of people.
    pub by: Option<PersonId>,
}

/// Whether an action helped, seen months later (F14, S13: did the improvement last?).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// What was put right has lasted.
    Sustained,
    /// Some of it has.
    Partly,
    /// What it was raised for has come back: it is open again.
    Recurred,
    /// What can be seen does not say.
    CannotTell,
}

impl Effect {
    /// Every one, the best first.
    pub const ALL: [Effect; 4] = [Effect::Sustained, Effect::Partly, Effect::Recurred, Effect::CannotTell];

    /// Words for the screen.
    pub fn label(self) -> &'static str {
        match self {
            Effect::Sustained => "sustained",
            Effect::Partly => "partly sustained",
            Effect::Recurred => "recurred",
            Effect::CannotTell => "cannot tell",
        }
    }

    /// The word in forms and files.
    pub fn key(self) -> &'static str {
        match self {
            Effect::Sustained => "sustained",
            Effect::Partly => "partly",
            Effect::Recurred => "recurred",
            Effect::CannotTell => "cannot-tell",
        }
    }

    /// The one of this word.
    pub fn of_key(key: &str) -> Option<Effect> {
        Effect::ALL.into_iter().find(|effect| effect.key() == key)
    }
}

/// How an action stands: all of it that a step of its life may change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stand {
    /// Where it stands.
    pub state: ActionState,
    /// Its one accountable owner.
    pub owner: PersonId,
    /// Due on this day.
    pub due_on: NaiveDate,
    /// Where the evidence is.
    pub evidence: String,
    /// What became of it.
    #[serde(default, skip_serializing_if = "Life::is_untold")]
    pub life: Life,
}

/// One step in the life of an action, as its history tells it; how it stands after it is told beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Its owner has begun.
    TakenUp,
    /// It was said to be done.
    Done,
    /// Somebody else has seen that it was.
    SignedOff,
    /// It has longer.
    Extended {
        /// Why.
        reason: String,
        /// Who approved it, past the framework's limit (F11).
        approved_by: Option<PersonId>,
    },
    /// It has another owner.
    Reassigned {
        /// Why.
        why: String,
        /// Why all the same, where the new owner is away or has left.
        despite: String,
    },
    /// Somebody looked whether it helped.
    Revisited {
        /// Whether it did.
        effect: Effect,
        /// What was seen.
        seen: String,
    },
}

impl Action {
    /// Leaves out what says that it came out of an alert, for whoever is to score the case blind: that there is one tells the
    /// grade.
    pub fn keep_alert_back(&mut self) {
        (self.urgent, self.alert) = (false, None);
    }

    /// The review it comes from, if it comes from one.
    pub fn review(&self) -> Option<ReviewId> {
        self.source.review()
    }

    /// How it stands.
    pub fn stand(&self) -> Stand {
        let Action { state, owner, due_on, evidence, life, .. } = self.clone();
        Stand { state, owner, due_on, evidence, life }
    }

    /// The day its time began: the one it was raised on, or opened again.
    pub fn began_on(&self) -> Option<NaiveDate> {
        self.life.reopened_on.or(self.raised_at.map(local_date))
    }

    /// Whether somebody should look today whether it helped (F14).
    pub fn is_to_revisit(&self, today: NaiveDate) -> bool {
        self.state == ActionState::SignedOff && self.life.effect.is_none() && self.life.revisit_on.is_some_and(|day| day <= today)
    }
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
