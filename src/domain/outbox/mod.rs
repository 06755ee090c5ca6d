//! The outbox: messages to people, written in the same transaction as their cause and handed over afterwards.
//!
//! A message is one person and one cause, for good: whoever queues it again changes nothing. It holds a reference and a
//! time; what is wanted stands in a text; neither ever holds a name or a finding. What may be handed over when is decided here
//! ([`claim`], [`sent`], [`failed`], [`put_off`]), how long to wait after a failure ([`wait_after`]), and which failures end it
//! ([`TroubleKind`]). This module knows no mail server.

mod settings;
mod sitting;
mod stand;
mod trouble;
mod wait;

pub use settings::{Security, Server, Settings, Way};
pub use sitting::is_needless;
pub use stand::{Letter, Reach, Stand, claim, failed, put_off, sent};
pub use trouble::{Trouble, TroubleKind};
pub use wait::{GIVEN_UP_AFTER, LONGEST_WAIT, STALE_AFTER, is_stale, is_time, wait_after};

use super::alert::Alert;
use super::drp::{Drp, DrpKind};
use super::id::{ActionId, AlertId, DrpId, MailId, PanelId, PersonId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// What a message is about: the thing whose state decides whether it still has to go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Matter {
    /// An alert.
    Alert(AlertId),
    /// A dispute, or an alert of good practice (M14, C05).
    Drp(DrpId),
    /// An action.
    Action(ActionId),
    /// A sitting of the panel.
    Sitting(PanelId),
}

impl Matter {
    /// The alert, if it is one.
    pub fn alert(self) -> Option<AlertId> {
        match self {
            Matter::Alert(alert) => Some(alert),
            Matter::Drp(_) | Matter::Action(_) | Matter::Sitting(_) => None,
        }
    }

    /// How the keys of its causes begin (`drp/3`).
    pub fn key(self) -> String {
        match self {
            Matter::Alert(alert) => format!("alert/{}", alert.0),
            Matter::Drp(drp) => format!("drp/{}", drp.0),
            Matter::Action(action) => format!("action/{}", action.0),
            Matter::Sitting(panel) => format!("sitting/{}", panel.0),
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
    /// A dispute came to this person, who has to answer it at the stage where it stands now (M14, C05).
    DisputeToAnswer,
    /// An alert of good practice came to this person.
    GoodPractice,
    /// An action is due soon.
    ActionDue,
    /// A sitting at which this person was to be is called off (M07).
    SittingCalledOff,
    /// A sitting that was called off takes place after all.
    SittingStands,
    /// A sitting has another day or time.
    SittingMoved,
}

impl News {
    /// Every one.
    pub const ALL: [News; 8] = [
        News::AlertOpened,
        News::AlertPassedOn,
        News::DisputeToAnswer,
        News::GoodPractice,
        News::ActionDue,
        News::SittingCalledOff,
        News::SittingStands,
        News::SittingMoved,
    ];

    /// The name of its text, and its part of the key.
    pub fn key(self) -> &'static str {
        match self {
            News::AlertOpened => "alert-opened",
            News::AlertPassedOn => "alert-passed-on",
            News::DisputeToAnswer => "dispute-to-answer",
            News::GoodPractice => "good-practice",
            News::ActionDue => "action-due",
            News::SittingCalledOff => "sitting-called-off",
            News::SittingStands => "sitting-stands",
            News::SittingMoved => "sitting-moved",
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

    /// About a dispute that came to somebody at that moment: it may come to them again, from another stage.
    pub fn of_drp(drp: DrpId, kind: DrpKind, at: DateTime<Utc>) -> Cause {
        let news = match kind {
            DrpKind::Dispute => News::DisputeToAnswer,
            DrpKind::GoodPractice => News::GoodPractice,
        };
        Cause { matter: Matter::Drp(drp), news, occasion: occasion(at) }
    }

    /// About an action, so many days before this day of its: another day is another occasion.
    pub fn of_action(action: ActionId, due: NaiveDate, days: u32) -> Cause {
        Cause { matter: Matter::Action(action), news: News::ActionDue, occasion: format!("{due}/{days}") }
    }

    /// About a sitting of which that became true at that moment: it may be called off, moved or stand again more than once.
    pub fn of_sitting(panel: PanelId, news: News, at: DateTime<Utc>) -> Cause {
        Cause { matter: Matter::Sitting(panel), news, occasion: occasion(at) }
    }

    /// The words by which one person is never written to twice (`alert/12/alert-opened`).
    pub fn key(&self) -> String {
        let once = format!("{}/{}", self.matter.key(), self.news.key());
        if self.occasion.is_empty() { once } else { format!("{once}/{}", self.occasion) }
    }
}

/// A moment as an occasion of which there may be more than one.
pub fn occasion(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%S%3f").to_string()
}

/// All that a message may say: made by the program, holding nothing that anybody wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// What it is about, as people say it (`AL-0012`).
    pub reference: String,
    /// When that began.
    pub since: DateTime<Utc>,
    /// By when something has to be done, where the framework sets a time; of a sitting when it begins.
    pub by: Option<DateTime<Utc>>,
    /// When a sitting was to begin before it was called off or moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<DateTime<Utc>>,
    /// That time in the framework's words (`24 hours`); empty where it sets none.
    pub within: String,
    /// How soon somebody who hears of it is to acknowledge, in the framework's words (`2 hours`); empty where it sets no time.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub acknowledge: String,
    /// The last day for what has to be done, where whole days are counted (M14).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_day: Option<NaiveDate>,
    /// The stage that a dispute stands at, in the framework's words; of an action not empty where it is only for information; empty
    /// for anything else.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub stage: String,
}

impl Said {
    /// Something of this name, which began then, with no time set.
    pub fn new(reference: impl Into<String>, since: DateTime<Utc>) -> Said {
        Said {
            reference: reference.into(),
            since,
            by: None,
            was: None,
            within: String::new(),
            acknowledge: String::new(),
            last_day: None,
            stage: String::new(),
        }
    }
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
    Said { by: alert.review_due_at, within: alert.review_within.clone(), ..Said::new(alert.reference.clone(), alert.opened_at) }
}

/// What a message about a dispute says. `since`: it came to whoever is written to at that moment. M14, C05.
pub fn said_of_drp(drp: &Drp, stage: String, since: DateTime<Utc>) -> Said {
    let last_day = drp.stand().due.filter(|_| drp.kind == DrpKind::Dispute);
    let within = drp.within.filter(|_| drp.kind == DrpKind::Dispute).map(|within| within.to_string()).unwrap_or_default();
    Said { within, last_day, stage, ..Said::new(drp.reference.clone(), since) }
}

/// Why a message was not sent after all. Nobody has to do anything about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotNeeded {
    /// What it is about is over.
    Over,
    /// What it is about has come to somebody else meanwhile.
    MovedOn,
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
            NotNeeded::Over => "it was closed or taken back before",
            NotNeeded::MovedOn => "it went on to somebody else before",
            NotNeeded::Recused => "they are recused since",
            NotNeeded::Left => "they no longer work here",
            NotNeeded::TooOld => "it waited for 5 days",
        }
    }
}
