//! Read-models of disputes and alerts of good practice.

use super::MailStand;
use crate::domain::drp::{DayOf, Drp, DrpAddressee, DrpKind, DrpStand, StepWanted};
use crate::domain::framework::{DrpRule, Framework};
use crate::domain::id::PersonId;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use std::sync::Arc;

/// One, whole.
#[derive(Debug, Clone, PartialEq)]
pub struct DrpDetail {
    /// As stored.
    pub drp: Drp,
    /// Revision of its row.
    pub revision: i64,
    /// The framework it runs under…
    pub framework: Arc<Framework>,
    /// …and that framework's process.
    pub rule: DrpRule,
    /// Where it stands.
    pub stand: DrpStand,
    /// Which day of its formal part it is; none where no days are counted.
    pub day: Option<DayOf>,
    /// It is over its time.
    pub late: bool,
    /// The case's pseudonym.
    pub case: String,
    /// Label of the case type.
    pub case_type: String,
    /// Reference of the review it came out of.
    pub review: Option<String>,
    /// Names of everybody it speaks of.
    pub names: BTreeMap<PersonId, String>,
    /// Who was told by e-mail that it came to them, in order, and where each message stands.
    pub mail: Vec<DrpMail>,
    /// What may be written down next.
    pub possible: Vec<StepWanted>,
}

/// A message to somebody who has to answer a dispute, or is to hear of good practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrpMail {
    /// To whom.
    pub person: PersonId,
    /// When it came to them.
    pub since: DateTime<Utc>,
    /// Where the message stands.
    pub stand: MailStand,
}

impl DrpDetail {
    /// Somebody it went to: the name, and the title of the role.
    pub fn said(&self, to: &DrpAddressee) -> String {
        to.said(&|person| self.name(person), &|key| self.framework.role_title(key).to_string())
    }

    /// The same with the role in a few letters.
    pub fn said_in_short(&self, to: &DrpAddressee) -> String {
        to.said(&|person| self.name(person), &|key| self.framework.role_in_short(key))
    }

    /// Where the last message stands to each of those with whom it is now: by name.
    pub fn told(&self) -> Vec<(String, &MailStand)> {
        let with = self.stand.to.iter().filter_map(|to| to.person);
        with.filter_map(|person| {
            let last = self.mail.iter().rev().find(|mail| mail.person == person)?;
            Some((self.name(person), &last.stand))
        })
        .collect()
    }

    /// The name of somebody it speaks of.
    pub fn name(&self, person: PersonId) -> String {
        self.names.get(&person).cloned().unwrap_or_default()
    }

    /// What is wanted next, in a few words; empty once it has ended.
    pub fn next_words(&self) -> &'static str {
        match (self.drp.kind, &self.stand) {
            (_, stand) if stand.resolved.is_some() || self.drp.taken_back => "",
            (DrpKind::GoodPractice, _) => "pass it on",
            (_, stand) if stand.paused_since.is_some() => "go on with it",
            (_, stand) if !stand.informal_settled && stand.is_informal() => "talk it over informally",
            (_, stand) if stand.is_informal() => "resolve it, or move it on",
            _ if self.late => "resolve it: it is over its time",
            _ => "resolve it",
        }
    }
}
