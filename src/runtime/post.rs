//! Sending what is queued: claim one message, hand it over outside of any transaction, write down what became of it.
//!
//! `closeloop tick` does one round of this, a session that queued something goes on with it in a thread ([`Sender`]). Any number
//! of them may run at once.
//!
//! What is promised. A message is handed over by one process at a time, because it is claimed in a write transaction first.
//! It goes out once, unless the mail server has taken it and nobody could write that down: the server or this process died,
//! or the disk was full, between the server's taking it and its answer being written (RFC 1047: no mail protocol closes that gap).
//! Then it is tried again under the same Message-ID, by which mail systems drop the second copy, and until the answer is
//! written every screen says that it may have arrived. It is never lost: a claim that is 10 minutes old is taken over.

mod sender;

pub use sender::Sender;

use super::clerk::outbox::{self, Claimed};
use super::clock::{self, Clock};
use super::library::Library;
use crate::domain::deed::Actor;
use crate::domain::outbox::{Matter, Settings, Trouble, TroubleKind};
use crate::notify::{Attached, Line, Outgoing, Post, Texts};
use crate::report::calendar::PUBLISH;
use crate::report::deadline;
use crate::store::{Store, StoreError, StoreResult};
use chrono::{DateTime, Utc};
use std::time::Duration;
use thiserror::Error;

/// Whoever took so long to get a message to the point of no return keeps it back: it is soon somebody else's
/// ([`crate::domain::outbox::STALE_AFTER`], minus the most that the last step may take).
const IN_TIME: Duration = Duration::from_secs(5 * 60);

/// How often writing down what happened is tried while others are writing; each try waits for its turn.
const TRIES: u32 = 6;

/// Everything that sending needs besides the database.
pub struct Office {
    post: Post,
    texts: Texts,
}

/// Why a round could not go on.
#[derive(Debug, Error)]
pub enum PostError {
    /// The database could not be read or written; nothing was sent that is not written down.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A message went out, and that could not be written down.
    #[error("The e-mail about {reference} was sent, but that could not be written down, so it may be sent once more. {error}")]
    NotWritten {
        /// What the message is about.
        reference: String,
        /// Why not.
        error: StoreError,
    },
}

/// What one round came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Round {
    /// Messages that a server has taken.
    pub sent: u32,
    /// Messages that could not be handed over, by what they are about and why, in order.
    pub not_sent: Vec<(String, Trouble)>,
    /// Messages put off unseen because of what was in the way of all.
    pub put_off: u32,
}

impl Office {
    /// Reads what the settings name, so that a mistake in them is found before anything is claimed. `made_up`: the database
    /// is a demo.
    pub fn open(settings: &Settings, made_up: bool) -> Result<Office, String> {
        settings.check(made_up).map_err(|error| error.to_string())?;
        let said = |trouble: Trouble| format!("E-mail cannot be sent: {}. {}", trouble.because(), trouble.kind.remedy());
        Ok(Office { post: Post::open(settings).map_err(said)?, texts: Texts::open(settings.texts.as_deref()).map_err(said)? })
    }

    /// What a claimed message says, with a calendar file: the one that is given, else the time by which something is due.
    fn letter(&self, claimed: &Claimed, calendar: Option<Attached>) -> Result<Outgoing, Trouble> {
        let message = &claimed.message;
        let (subject, text) = self.texts.say(message.cause.news, &message.said)?;
        let (said, name) = (&message.said, message.name());
        let entry = match (said.last_day, said.by) {
            // The day of a sitting is nothing that is due.
            _ if matches!(message.cause.matter, Matter::Sitting(_)) => None,
            (Some(day), _) => Some(deadline::last_day(&name, &said.reference, day, message.queued_at)),
            (None, Some(by)) => Some(deadline::calendar(&name, &said.reference, by, message.queued_at)),
            (None, None) => None,
        };
        let due = entry.map(|text| Attached { name: format!("{}.ics", said.reference), text, method: PUBLISH });
        let attached = calendar.or(due);
        Ok(Outgoing { name, to: claimed.address.clone(), subject, text, attached, at: message.queued_at })
    }
}

/// One round: every message whose time has come, one after the other, until none is left, `go_on` says no, or something is in
/// the way of all. `again`: messages that failed for good before that moment are tried once more.
pub fn send_due(
    store: &mut Store,
    library: &mut Library,
    actor: &Actor,
    clock: Clock,
    office: &Office,
    again: Option<DateTime<Utc>>,
    go_on: &dyn Fn() -> bool,
) -> Result<Round, PostError> {
    let mut round = Round::default();
    let mut line = office.post.line();
    while go_on() {
        let began = clock::moment();
        let Some(claimed) = outbox::claim(store, actor, clock.now(), again)? else { break };
        let in_time = || clock::since(began) < IN_TIME;
        // What is wrong with one sitting keeps its own message back, and none that comes after it.
        let calendar = outbox::calendar_of_sitting(store, library, &claimed, &office.post.address(), clock.now());
        let calendar = calendar.map_err(|error| Trouble::new(TroubleKind::Unbuilt, error.to_string()));
        match calendar.and_then(|calendar| hand_over(office, &mut line, &claimed, calendar, &in_time)) {
            Ok(()) => {
                let written = patiently(|| outbox::sent(store, library, actor, clock.now(), &claimed));
                written.map_err(|error| PostError::NotWritten { reference: claimed.message.said.reference.clone(), error })?;
                round.sent += 1;
            }
            Err(trouble) => {
                let touched = patiently(|| outbox::failed(store, actor, clock.now(), &claimed, &trouble))?;
                let over = trouble.kind.is_everybodys();
                round.put_off += touched.saturating_sub(1);
                round.not_sent.push((claimed.message.said.reference, trouble));
                if over {
                    break;
                }
            }
        }
    }
    Ok(round)
}

fn hand_over(
    office: &Office,
    line: &mut Line<'_>,
    claimed: &Claimed,
    calendar: Option<Attached>,
    in_time: &dyn Fn() -> bool,
) -> Result<(), Trouble> {
    line.send(&office.letter(claimed, calendar)?, in_time)
}

/// Writes something that must not be lost because somebody else is writing at that moment.
fn patiently<T>(mut write: impl FnMut() -> StoreResult<T>) -> StoreResult<T> {
    let mut tries = 1;
    loop {
        match write() {
            Err(StoreError::Busy(_)) if tries < TRIES => tries += 1,
            result => return result,
        }
    }
}
