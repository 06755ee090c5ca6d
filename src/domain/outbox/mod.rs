//! The outbox: messages to people, written in the same transaction as their cause and handed over afterwards.
//!
//! A message is one person and one cause, for good: whoever queues it again changes nothing. It holds a reference and a
//! time; what is wanted stands in a text; neither ever holds a name or a finding. What may be handed over when is decided here
//! ([`claim`], [`sent`], [`failed`], [`put_off`]), how long to wait after a failure ([`wait_after`]), and which failures end it
//! ([`TroubleKind`]). This module knows no mail server.

mod settings;
mod stand;
mod trouble;
mod wait;

pub use settings::{Security, Server, Settings, Way};
pub use stand::{Letter, Reach, Stand, claim, failed, put_off, sent};
pub use trouble::{Trouble, TroubleKind};
pub use wait::{GIVEN_UP_AFTER, LONGEST_WAIT, STALE_AFTER, is_stale, is_time, wait_after};

use super::alert::Alert;
use super::id::{AlertId, MailId, PersonId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a message is about: the thing whose state decides whether it still has to go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Matter {
    /// An alert.
    Alert(AlertId),
}

impl Matter {
    /// The alert, if it is one.
    pub fn alert(self) -> Option<AlertId> {
        match self {
            Matter::Alert(alert) => Some(alert),
        }
    }

    fn key(self) -> String {
        match self {
            Matter::Alert(alert) => format!("alert/{}", alert.0),
        }
    }
}

/// What is to be said about it; each has its text in `assets/mail/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum News {
    /// An alert was opened, and this person has to know of it (M10, S10, F10).
    AlertOpened,
    /// An open alert came to this person later: a gap was filled, or nobody before them answered.
    AlertPassedOn,
}

impl News {
    /// Every one.
    pub const ALL: [News; 2] = [News::AlertOpened, News::AlertPassedOn];

    /// The name of its text, and its part of the key.
    pub fn key(self) -> &'static str {
        match self {
            News::AlertOpened => "alert-opened",
            News::AlertPassedOn => "alert-passed-on",
        }
    }
}

/// Why somebody is written to. With the person it names a message for good.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cause {
    /// What it is about.
    pub matter: Matter,
    /// What is said.
    pub news: News,
    /// Which time, where the same is said more than once by right (`2026-12-01` of a reminder each month); empty for once.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub occasion: String,
}

impl Cause {
    /// Once, about an alert.
    pub fn of_alert(alert: AlertId, news: News) -> Cause {
        Cause { matter: Matter::Alert(alert), news, occasion: String::new() }
    }

    /// The words by which one person is never written to twice (`alert/12/alert-opened`).
    pub fn key(&self) -> String {
        let once = format!("{}/{}", self.matter.key(), self.news.key());
        if self.occasion.is_empty() { once } else { format!("{once}/{}", self.occasion) }
    }
}

/// All that a message may say: made by the program, holding nothing that anybody wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// What it is about, as people say it (`AL-0012`).
    pub reference: String,
    /// When that began.
    pub since: DateTime<Utc>,
    /// By when something has to be done, where the framework sets a time.
    pub by: Option<DateTime<Utc>>,
    /// That time in the framework's words (`24 hours`); empty where it sets none.
    pub within: String,
}

/// A message, as it was queued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Row number.
    pub id: MailId,
    /// To whom. The address is that of the list of people at the time of sending.
    pub person: PersonId,
    /// Why.
    pub cause: Cause,
    /// What.
    pub said: Said,
    /// When it was queued.
    pub queued_at: DateTime<Utc>,
    /// The run of the program that queued it, a random name: with the row number it names the message for ever.
    pub run: String,
}

impl Message {
    /// What stands before the @ of its Message-ID: the same at every try and for no other message, also of another database,
    /// so that a mail system which gets it twice can tell (RFC 5322 §3.6.4).
    pub fn name(&self) -> String {
        let run: String = self.run.chars().filter(char::is_ascii_alphanumeric).collect();
        format!("{run}.{}", self.id.0)
    }
}

/// What a message about an alert says.
pub fn said_of(alert: &Alert) -> Said {
    Said { reference: alert.reference.clone(), since: alert.opened_at, by: alert.review_due_at, within: alert.review_within.clone() }
}

/// Why a message was not sent after all. Nobody has to do anything about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotNeeded {
    /// What it is about is over.
    Over,
    /// The person is recused since.
    Recused,
    /// The person no longer works here.
    Left,
    /// It waited so long that it would say something stale.
    TooOld,
}

impl NotNeeded {
    /// Words for a strip, after "not sent: ".
    pub fn label(self) -> &'static str {
        match self {
            NotNeeded::Over => "it was closed before",
            NotNeeded::Recused => "they are recused since",
            NotNeeded::Left => "they no longer work here",
            NotNeeded::TooOld => "it waited for 5 days",
        }
    }
}
