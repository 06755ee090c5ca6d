//! Where the mail to the addressees of an alert stands, as a strip says it.

use crate::domain::calendar::{local, local_date, say_date};
use crate::domain::count::counted;
use crate::domain::id::PersonId;
use crate::domain::outbox::{Letter, NotNeeded, Stand, Trouble};
use chrono::{DateTime, Utc};
use serde::Serialize;

/// The mail to one addressee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MailRow {
    /// Place in the alert's list of addressees.
    pub place: usize,
    /// To whom; none: the role is a gap.
    pub person: Option<PersonId>,
    /// Where it stands.
    pub stand: MailStand,
}

/// Where the mail to one addressee stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MailStand {
    /// Nobody holds the role.
    Gap,
    /// There is no message: the alert is older than the outbox.
    None,
    /// The list of people has no address: it waits for one.
    NoAddress,
    /// It waits for its first try.
    Queued {
        /// Since when.
        since: DateTime<Utc>,
    },
    /// It is being handed over.
    Sending {
        /// Since when.
        since: DateTime<Utc>,
        /// Which try.
        attempt: u32,
        /// An earlier try may have arrived.
        may_have_arrived: bool,
    },
    /// The mail server has taken it.
    Sent {
        /// When.
        at: DateTime<Utc>,
    },
    /// It was tried and is tried again.
    PutOff {
        /// How often it was tried.
        tries: u32,
        /// What went wrong last.
        trouble: Option<Trouble>,
        /// When it is tried again.
        next_at: DateTime<Utc>,
        /// It may have arrived all the same.
        may_have_arrived: bool,
    },
    /// It failed for good.
    Failed {
        /// How often it was tried.
        tries: u32,
        /// Why.
        trouble: Option<Trouble>,
        /// It may have arrived all the same.
        may_have_arrived: bool,
    },
    /// It was not sent and need not be.
    NotNeeded {
        /// Why.
        why: NotNeeded,
    },
}

impl MailStand {
    /// Where a message stands to somebody with this address.
    pub fn of(letter: Option<&Letter>, address: &str) -> MailStand {
        let Some(letter) = letter else { return MailStand::None };
        let Letter { message, tries, may_have_arrived, trouble, .. } = letter.clone();
        match &letter.stand {
            Stand::Queued { .. } if address.is_empty() => MailStand::NoAddress,
            Stand::Queued { .. } if tries == 0 => MailStand::Queued { since: message.queued_at },
            Stand::Queued { next_at } => MailStand::PutOff { tries, trouble, next_at: *next_at, may_have_arrived },
            Stand::Claimed { at } => MailStand::Sending { since: *at, attempt: tries, may_have_arrived },
            Stand::Sent { at } => MailStand::Sent { at: *at },
            Stand::Failed { .. } => MailStand::Failed { tries, trouble, may_have_arrived },
            Stand::NotNeeded { why } => MailStand::NotNeeded { why: *why },
        }
    }

    /// Whether somebody had better be telephoned.
    pub fn wants_a_call(&self, mail_set_up: bool) -> bool {
        match self {
            MailStand::Sent { .. } | MailStand::Sending { .. } | MailStand::NotNeeded { .. } => false,
            MailStand::Queued { .. } => !mail_set_up,
            MailStand::Gap | MailStand::None | MailStand::NoAddress | MailStand::PutOff { .. } | MailStand::Failed { .. } => true,
        }
    }

    /// In a few words. `mail_set_up`: this machine's configuration says how to send.
    pub fn say(&self, mail_set_up: bool, now: DateTime<Utc>) -> String {
        let perhaps = |held: &bool| if *held { "; may have arrived" } else { "" };
        match self {
            MailStand::Gap => "nobody holds the role".to_string(),
            MailStand::None => "no e-mail".to_string(),
            MailStand::NoAddress => "no e-mail address: telephone".to_string(),
            MailStand::Queued { .. } if !mail_set_up => "e-mail is not set up: telephone".to_string(),
            MailStand::Queued { since } => format!("e-mail waits since {}", clock(*since, now)),
            MailStand::Sending { may_have_arrived, .. } => format!("e-mail on its way{}", perhaps(may_have_arrived)),
            MailStand::Sent { at } => format!("e-mailed {}", clock(*at, now)),
            MailStand::PutOff { tries, trouble, next_at, may_have_arrived } => format!(
                "e-mail failed {}: {}; next try {}{}",
                counted(tries, "time", "times"),
                reason(trouble),
                clock(*next_at, now),
                perhaps(may_have_arrived)
            ),
            MailStand::Failed { trouble, may_have_arrived, .. } => {
                format!("e-mail failed: {}: telephone{}", reason(trouble), perhaps(may_have_arrived))
            }
            MailStand::NotNeeded { why } => format!("e-mail not sent: {}", why.label()),
        }
    }
}

fn reason(trouble: &Option<Trouble>) -> &'static str {
    trouble.as_ref().map_or("nobody said why", |trouble| trouble.kind.label())
}

/// A moment as a strip has room for it: the time today, with the day otherwise.
fn clock(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let time = local(at).format("%H:%M");
    if local_date(at) == local_date(now) { time.to_string() } else { format!("{} {time}", say_date(local_date(at))) }
}
