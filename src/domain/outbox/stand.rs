//! Where a message stands, and what may happen to it next: the rules by which it is handed over once.
//!
//! Queued → claimed → sent, or put off and claimed again, or failed, or not needed. A claim is written before anybody speaks
//! to a server, so that of many who look at once only one does. Whatever comes after is written by try number: what an
//! overtaken try reports late is believed when it is good news and passed over when it is not.

use super::trouble::{Trouble, TroubleKind};
use super::wait::{GIVEN_UP_AFTER, is_stale, is_time, wait_after};
use super::{Message, NotNeeded};
use crate::domain::change::MailChange;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Where a message stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stand {
    /// Waits for its next try.
    Queued {
        /// From when on.
        next_at: DateTime<Utc>,
    },
    /// Somebody is handing it over.
    Claimed {
        /// Since when.
        at: DateTime<Utc>,
    },
    /// The server has taken it.
    Sent {
        /// When.
        at: DateTime<Utc>,
    },
    /// It failed for good.
    Failed {
        /// When.
        at: DateTime<Utc>,
        /// The address that was refused, where that is why: another one is tried.
        address: String,
    },
    /// It was not sent and need not be.
    NotNeeded {
        /// Why.
        why: NotNeeded,
    },
}

impl Stand {
    /// The word of the table's column.
    pub fn key(&self) -> &'static str {
        match self {
            Stand::Queued { .. } => "queued",
            Stand::Claimed { .. } => "claimed",
            Stand::Sent { .. } => "sent",
            Stand::Failed { .. } => "failed",
            Stand::NotNeeded { .. } => "not-needed",
        }
    }
}

/// A message with where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// The message.
    pub message: Message,
    /// Where it stands.
    pub stand: Stand,
    /// How often it was tried; the number of the last try.
    pub tries: u32,
    /// A try ended without anybody knowing whether the server took it.
    pub may_have_arrived: bool,
    /// What went wrong last.
    pub trouble: Option<Trouble>,
}

impl Letter {
    /// A message as it is queued: to be handed over at once.
    pub fn new(message: Message) -> Letter {
        let stand = Stand::Queued { next_at: message.queued_at };
        Letter { message, stand, tries: 0, may_have_arrived: false, trouble: None }
    }

    /// The letter after one of its facts: what the projection stores.
    pub fn after(mut self, change: &MailChange) -> Letter {
        match change {
            MailChange::Queued(_) => {}
            MailChange::Claimed { attempt, overtakes, at, .. } => {
                self.tries = *attempt;
                // Whoever held it before may have handed it over and died before writing that down.
                self.may_have_arrived |= *overtakes;
                self.stand = Stand::Claimed { at: *at };
            }
            MailChange::Sent { attempt, at, .. } => {
                self.tries = self.tries.max(*attempt);
                self.may_have_arrived = false;
                self.trouble = None;
                self.stand = Stand::Sent { at: *at };
            }
            MailChange::PutOff { attempt, trouble, next_at, .. } => {
                self.tries = *attempt;
                self.may_have_arrived |= trouble.kind.may_have_arrived();
                self.trouble = Some(trouble.clone());
                self.stand = Stand::Queued { next_at: *next_at };
            }
            MailChange::Failed { attempt, trouble, address, at, .. } => {
                self.tries = *attempt;
                self.may_have_arrived |= trouble.kind.may_have_arrived();
                self.trouble = Some(trouble.clone());
                self.stand = Stand::Failed { at: *at, address: address.clone() };
            }
            MailChange::NotNeeded { why, .. } => self.stand = Stand::NotNeeded { why: *why },
        }
        self
    }
}

/// What is true of the addressee and the matter at the time of sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// The person's own address in the list of people; empty: none.
    pub address: String,
    /// They work here.
    pub here: bool,
    /// They are recused from what it is about.
    pub recused: bool,
    /// What it is about is over.
    pub over: bool,
    /// What it is about is with somebody else by now.
    pub moved_on: bool,
}

/// Claims a message for a try, says that it is no longer needed, or nothing: it is not its time, somebody else has it, it
/// has no address, or it is done with. `again`: what failed before that moment is tried once more, because a person says so.
pub fn claim(now: DateTime<Utc>, letter: &Letter, reach: &Reach, by: &str, again: Option<DateTime<Utc>>) -> Option<MailChange> {
    let message = letter.message.id;
    let overtakes = match &letter.stand {
        Stand::Queued { next_at } if is_time(now, *next_at) => false,
        Stand::Claimed { at } if is_stale(now, *at) => true,
        // The list of people has another address since this one was refused.
        Stand::Failed { address, .. } if !address.is_empty() && !reach.address.is_empty() && reach.address != *address => false,
        Stand::Failed { at, .. } if again.is_some_and(|again| *at < again) => false,
        _ => return None,
    };
    let not_needed = [
        (reach.over, NotNeeded::Over),
        (reach.moved_on, NotNeeded::MovedOn),
        (reach.recused, NotNeeded::Recused),
        (!reach.here, NotNeeded::Left),
        (letter.tries == 0 && now - letter.message.queued_at >= GIVEN_UP_AFTER, NotNeeded::TooOld),
    ];
    if let Some((_, why)) = not_needed.into_iter().find(|(holds, _)| *holds) {
        return Some(MailChange::NotNeeded { message, why, at: now });
    }
    if reach.address.is_empty() {
        return None;
    }
    Some(MailChange::Claimed { message, attempt: letter.tries + 1, by: by.to_string(), overtakes, at: now })
}

/// The server has taken it. Believed whichever try says so, once.
pub fn sent(now: DateTime<Utc>, letter: &Letter, attempt: u32) -> Option<MailChange> {
    match letter.stand {
        Stand::Sent { .. } => None,
        _ => Some(MailChange::Sent { message: letter.message.id, attempt, at: now }),
    }
}

/// A try has failed: the message waits for the next one, or fails for good. Nothing where the try was overtaken.
pub fn failed(now: DateTime<Utc>, letter: &Letter, attempt: u32, trouble: Trouble, address: &str) -> Option<MailChange> {
    match letter.stand {
        Stand::Claimed { .. } if letter.tries == attempt => Some(after_try(now, letter, attempt, trouble, address)),
        _ => None,
    }
}

/// A message whose time has come waits as well, because what is in the way is in the way of all: it counts as a try, so that
/// nobody hammers at a closed door. Nothing where somebody else has it or it is not its time.
pub fn put_off(now: DateTime<Utc>, letter: &Letter, trouble: Trouble) -> Option<MailChange> {
    match &letter.stand {
        Stand::Queued { next_at } if is_time(now, *next_at) => Some(after_try(now, letter, letter.tries + 1, trouble, "")),
        _ => None,
    }
}

fn after_try(now: DateTime<Utc>, letter: &Letter, attempt: u32, trouble: Trouble, address: &str) -> MailChange {
    let message = letter.message.id;
    if trouble.kind.is_final() || now - letter.message.queued_at >= GIVEN_UP_AFTER {
        let address = if trouble.kind == TroubleKind::Address { address.to_string() } else { String::new() };
        return MailChange::Failed { message, attempt, trouble, address, at: now };
    }
    MailChange::PutOff { message, attempt, trouble, next_at: now + wait_after(attempt), at: now }
}
