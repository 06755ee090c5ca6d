//! What happens to a message of the outbox, as facts of the journal. They hold a row number and a time, never a text.

use crate::domain::count::counted;
use crate::domain::id::MailId;
use crate::domain::outbox::{Message, NotNeeded, Trouble};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One fact about a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MailChange {
    /// It was queued, in the transaction of its cause.
    Queued(Message),
    /// A process took it up to hand it over.
    Claimed {
        /// Which.
        message: MailId,
        /// Which try.
        attempt: u32,
        /// Which run of the program.
        by: String,
        /// Another one held it before and was never heard of again.
        overtakes: bool,
        /// When.
        at: DateTime<Utc>,
    },
    /// The server has taken it.
    Sent {
        /// Which.
        message: MailId,
        /// At which try.
        attempt: u32,
        /// When.
        at: DateTime<Utc>,
    },
    /// A try failed; the next one has its time.
    PutOff {
        /// Which.
        message: MailId,
        /// Which try.
        attempt: u32,
        /// Why.
        trouble: Trouble,
        /// When it is tried again.
        next_at: DateTime<Utc>,
        /// When.
        at: DateTime<Utc>,
    },
    /// It failed for good.
    Failed {
        /// Which.
        message: MailId,
        /// At which try.
        attempt: u32,
        /// Why.
        trouble: Trouble,
        /// The address that was refused, where that is why; another one is tried.
        address: String,
        /// When.
        at: DateTime<Utc>,
    },
    /// It was not sent and need not be.
    NotNeeded {
        /// Which.
        message: MailId,
        /// Why.
        why: NotNeeded,
        /// When.
        at: DateTime<Utc>,
    },
}

impl MailChange {
    /// The message.
    pub fn message(&self) -> MailId {
        match self {
            MailChange::Queued(message) => message.id,
            MailChange::Claimed { message, .. }
            | MailChange::Sent { message, .. }
            | MailChange::PutOff { message, .. }
            | MailChange::Failed { message, .. }
            | MailChange::NotNeeded { message, .. } => *message,
        }
    }

    /// The kind, as the journal stores it.
    pub fn kind(&self) -> &'static str {
        match self {
            MailChange::Queued(_) => "mail-queued",
            MailChange::Claimed { .. } => "mail-claimed",
            MailChange::Sent { .. } => "mail-sent",
            MailChange::PutOff { .. } => "mail-put-off",
            MailChange::Failed { .. } => "mail-failed",
            MailChange::NotNeeded { .. } => "mail-not-needed",
        }
    }

    /// The object it is about.
    pub fn object(&self) -> String {
        format!("mail/{}", self.message().0)
    }

    /// How it reads in a history.
    pub fn sentence(&self) -> String {
        match self {
            MailChange::Queued(message) => format!("E-mail about {} queued", message.said.reference),
            MailChange::Claimed { overtakes: true, .. } => "E-mail taken over from a process that is gone".to_string(),
            MailChange::Claimed { .. } => "E-mail taken up to be sent".to_string(),
            MailChange::Sent { attempt: 1, .. } => "E-mail sent".to_string(),
            MailChange::Sent { attempt, .. } => format!("E-mail sent at the {}", nth(*attempt)),
            MailChange::PutOff { attempt, trouble, .. } => {
                format!("E-mail not sent after {}: {}", counted(attempt, "try", "tries"), trouble.because())
            }
            MailChange::Failed { attempt, trouble, .. } => {
                format!("E-mail given up after {}: {}", counted(attempt, "try", "tries"), trouble.because())
            }
            MailChange::NotNeeded { why, .. } => format!("E-mail not sent: {}", why.label()),
        }
    }
}

fn nth(attempt: u32) -> String {
    let ending = match (attempt % 10, attempt % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{attempt}{ending} try")
}
