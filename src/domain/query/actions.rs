//! Actions as screens and files show them: a row of the tracker, and one action whole.

use super::{Count, HistoryRow, MailStand};
use crate::domain::action::{Action, ActionState, Effect};
use crate::domain::calendar::{local_date, say_date, say_full_date};
use crate::domain::filter::Within;
use crate::domain::id::{ActionId, CycleId, MailId, ReviewId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

/// An action.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ActionRow {
    /// The action.
    #[serde(skip)]
    pub id: ActionId,
    /// `A-0183`.
    #[serde(rename = "ref")]
    pub reference: String,
    /// Its review, if it comes from one.
    #[serde(skip)]
    pub review: Option<ReviewId>,
    /// The cycle of whose improvement plan it is, if of one.
    #[serde(skip)]
    pub cycle: Option<CycleId>,
    /// Reference of the review; empty where it comes from none.
    pub review_ref: String,
    /// Reference of what it comes from: its review, its cycle, its entry.
    #[serde(rename = "from")]
    pub source_ref: String,
    /// What needs to happen.
    pub text: String,
    /// What sort of action it is, by its key in the profile; empty: nobody said.
    pub kind: String,
    /// Owner, short.
    pub owner: String,
    /// Whoever looks stands in for the owner, who is away.
    #[serde(skip)]
    pub stands_in: bool,
    /// By when.
    pub due: NaiveDate,
    /// A child's safety depends on it.
    pub urgent: bool,
    /// Where it stands.
    pub state: ActionState,
    /// Where it can be seen that it was done.
    pub evidence: String,
    /// The day it was raised.
    pub raised_on: Option<NaiveDate>,
    /// The day it was said to be done; none while it is not, or where the journal's detail was erased.
    pub done_on: Option<NaiveDate>,
    /// The day somebody else had seen that it was.
    pub signed_off_on: Option<NaiveDate>,
    /// Who that was, short; empty where nobody has, or an older journal does not say.
    pub signed_off_by: String,
    /// From this day on it is looked at again.
    pub revisit_on: Option<NaiveDate>,
    /// Whether it helped, as judged last.
    pub effect: Option<Effect>,
    /// How often what it was raised for came back.
    pub recurred: u32,
    /// The day the list is sorted by: when it is due, or among those to look at again when that is.
    #[serde(skip)]
    pub sorted: NaiveDate,
    /// Revision of the row.
    #[serde(skip)]
    pub revision: i64,
}

impl ActionRow {
    /// Whether it was done after its day. What was done is never late any more: it was in time, or done late.
    pub fn done_late(&self) -> bool {
        !self.state.is_open() && self.done_on.is_some_and(|day| day > self.due)
    }

    /// Where it stands, in the words of the tracker.
    pub fn stands(&self, today: NaiveDate) -> String {
        match (self.state, self.effect, self.revisit_on) {
            (ActionState::Open, ..) if self.recurred > 0 => "open again".to_string(),
            (ActionState::Done, ..) => "to sign off".to_string(),
            (ActionState::SignedOff, Some(effect), _) => effect.label().to_string(),
            (ActionState::SignedOff, None, Some(day)) if day <= today => "to revisit".to_string(),
            (state, ..) => state.label().to_string(),
        }
    }
}

/// By what the tracker groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupBy {
    /// Who is accountable.
    Owner,
    /// The owner's team.
    Team,
    /// The themes of the review it comes from.
    Theme,
    /// The review it comes from.
    Review,
    /// Where it stands: the columns of the board.
    Column,
}

impl GroupBy {
    /// By what it groups, as its heading says it: where one action counts in several groups they add up to more than there are.
    pub fn counts_as(self) -> &'static str {
        match self {
            GroupBy::Theme => "theme, an action under each of its own",
            by => by.label(),
        }
    }

    /// Words, to go on "grouped by".
    pub fn label(self) -> &'static str {
        match self {
            GroupBy::Owner => "owner",
            GroupBy::Team => "team",
            GroupBy::Theme => "theme",
            GroupBy::Review => "review",
            GroupBy::Column => "where they stand",
        }
    }
}

/// A group of actions with its counts; of a column of the board also the first of its rows.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupRow {
    /// Which actions.
    pub within: Within,
    /// What it is called.
    pub label: String,
    /// How many.
    pub total: Count,
    /// Late ones among them.
    pub late: u32,
    /// Due from today on within a week.
    pub week: u32,
    /// Done, to be signed off.
    pub to_sign_off: u32,
    /// The first rows, of a column of the board alone.
    pub rows: Vec<ActionRow>,
}

/// What an action waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionNext {
    /// Somebody to give it to another owner: its own has left, and nobody stands in.
    HandOver,
    /// Its owner to begin.
    TakeUp,
    /// Its owner to say that it is done.
    Finish,
    /// Somebody else to see that it was.
    SignOff,
    /// Somebody to look whether it helped.
    Revisit,
}

impl ActionNext {
    /// What an action that stands like this waits for; none: nothing is left.
    pub fn of(action: &Action) -> Option<ActionNext> {
        match action.state {
            ActionState::Open => Some(ActionNext::TakeUp),
            ActionState::InProgress => Some(ActionNext::Finish),
            ActionState::Done => Some(ActionNext::SignOff),
            ActionState::SignedOff if action.life.effect.is_none() => Some(ActionNext::Revisit),
            ActionState::SignedOff | ActionState::Withdrawn => None,
        }
    }

    /// In words, to go on "Next: ".
    pub fn label(self) -> &'static str {
        match self {
            ActionNext::HandOver => "give it to somebody else",
            ActionNext::TakeUp => "take it up",
            ActionNext::Finish => "report it as done, with the evidence",
            ActionNext::SignOff => "see that it was done, and sign it off",
            ActionNext::Revisit => "look whether it helped",
        }
    }
}

/// One action, whole: how it stands, what is next and by whom, and everything that happened to it.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionLife {
    /// The action.
    pub action: Action,
    /// Revision of its row.
    pub revision: i64,
    /// Owner's name.
    pub owner: String,
    /// Who acts for the owner while they are away; or that they are away or have left. Empty: they are here.
    pub owner_is: String,
    /// What it comes from, in words: the reference of its review, or the plan or entry it stands in.
    pub source: String,
    /// Further reviews whose findings it answers.
    pub answers_too: Vec<String>,
    /// The last day the framework allows without approval (F11).
    pub limit: Option<NaiveDate>,
    /// When its owner was last reminded, by which message, and how many days before its day; none: nobody was yet.
    pub reminded: Option<Reminded>,
    /// What is next; none: nothing is left.
    pub next: Option<ActionNext>,
    /// By whom, in words.
    pub next_by: String,
    /// Whoever looks may do it.
    pub yours: bool,
    /// Who said that it was done, and who saw it: names, empty where nobody did.
    pub done_by: String,
    /// See `done_by`.
    pub signed_off_by: String,
    /// Everything that happened to it, newest first.
    pub history: Vec<HistoryRow>,
}

/// A reminder of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminded {
    /// When the message was queued.
    pub at: DateTime<Utc>,
    /// Its number in the outbox.
    pub message: MailId,
    /// The day that it names: another one than now, where the action was given longer since.
    pub due_on: Option<NaiveDate>,
    /// Where it stands.
    pub stand: MailStand,
}

impl Reminded {
    /// In a line: `Thu 26 Nov 2026 (message 12, e-mailed Thu 26 Nov 08:00)`. `due_on` is the day of the action as it is now.
    pub fn say(&self, due_on: NaiveDate, mail_set_up: bool, now: DateTime<Utc>) -> String {
        let other = self.due_on.filter(|day| *day != due_on).map(|day| format!(", for {}", say_full_date(day))).unwrap_or_default();
        format!("{}{other} (message {}, {})", say_full_date(local_date(self.at)), self.message.0, self.stand.say(mail_set_up, now))
    }
}

impl ActionLife {
    /// The sentence of what is next: "Next: see that it was done, and sign it off, by Team manager."
    pub fn says_next(&self, today: NaiveDate) -> String {
        let Some(next) = self.next else { return "Nothing is left to do.".to_string() };
        let from = match (next, self.action.life.revisit_on) {
            (ActionNext::Revisit, Some(day)) if day > today => format!(" from {} {} on", say_date(day), day.format("%Y")),
            _ => String::new(),
        };
        let since = match next {
            ActionNext::HandOver => format!(": {} has left", self.owner),
            _ => String::new(),
        };
        format!("Next: {}{since}{from}, by {}.", next.label(), self.next_by)
    }
}
