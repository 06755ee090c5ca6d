//! What an alert waits for now, in the order in which it matters, and who can do it: the last word of every strip.

use super::{Alert, KeptKind};
use crate::domain::action::Action;
use crate::domain::count::counted;
use crate::domain::framework::EscalationRule;
use crate::domain::id::{ActionId, PersonId};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// One thing that is wanted before an alert can close.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Need {
    /// Roles that nobody holds are to be filled or explained (places). M10.
    FillGaps(Vec<usize>),
    /// Somebody is to be named who hears in the place of those who have left (places); whoever knows who is here adds it. M10.
    Follow(Vec<usize>),
    /// Addressees are to be told (places). M10.
    Tell(Vec<usize>),
    /// Somebody is to be told in words (places of whom it may be). F10.
    SayInWords(Vec<usize>),
    /// Somebody is to acknowledge (places of whom it may be); lapsed: somebody did, and nothing followed. M10, M11.
    Acknowledge {
        /// Who.
        places: Vec<usize>,
        /// An acknowledgement has lapsed.
        lapsed: bool,
    },
    /// The record is to be reviewed and assurance given (places of whom it may be). M11, M18, S11.
    Assure(Vec<usize>),
    /// The dispute is to be decided. M13, S12.
    Decide,
    /// Urgent actions are to be done. M12.
    DoUrgent(Vec<(ActionId, PersonId)>),
    /// What the framework asks for afterwards is to be recorded. F10, C04.
    Keep(KeptKind),
    /// Nothing is left but to close it.
    Close,
}

impl Alert {
    /// Everything that is wanted, the most pressing first; the last is always to close it. Empty once it is closed.
    pub fn needs(&self, now: DateTime<Utc>, rule: &EscalationRule, urgent: &[Action]) -> Vec<Need> {
        if !self.is_open() {
            return Vec::new();
        }
        let mut needs = Vec::new();
        let places = |wanted: &dyn Fn(&super::AlertAddressee) -> bool| -> Vec<usize> {
            self.addressees.iter().enumerate().filter(|(_, one)| wanted(one)).map(|(place, _)| place).collect()
        };
        let some = |places: Vec<usize>| Some(places).filter(|places| !places.is_empty());
        needs.extend(some(places(&|one| one.is_untold())).map(Need::Tell));
        needs.extend(some(places(&|one| one.is_gap())).map(Need::FillGaps));
        if self.wants_words(rule) {
            needs.extend(
                some(places(&|one| one.side == crate::domain::framework::Side::Child && one.person.is_some() && one.followed.is_none()))
                    .map(Need::SayInWords),
            );
        }
        if self.assured_at().is_none() && !rule.assurance.is_empty() {
            let who = self.assurers();
            if rule.acknowledge_within.is_some() && self.holding(now) == 0 {
                needs.push(Need::Acknowledge { places: who.clone(), lapsed: self.lapsed(now) });
            }
            needs.push(Need::Assure(who));
        }
        needs.extend(self.dispute.as_ref().filter(|dispute| dispute.is_open()).map(|_| Need::Decide));
        let undone: Vec<(ActionId, PersonId)> =
            urgent.iter().filter(|action| action.urgent && action.state.is_open()).map(|action| (action.id, action.owner)).collect();
        if !undone.is_empty() {
            needs.push(Need::DoUrgent(undone));
        }
        let kept = |kind: &KeptKind| self.kept.iter().any(|kept| kept.kind == *kind);
        needs.extend(KeptKind::ALL.into_iter().filter(|kind| kind.is_asked(self, rule) && !kept(kind)).map(Need::Keep));
        needs.push(Need::Close);
        needs
    }

    /// What is wanted once it is known who has left: nobody tells them any more, somebody is named who hears in their place. Where
    /// the next thing waits for them alone that says so itself. M10.
    pub fn needs_without(&self, needs: Vec<Need>, gone: &BTreeSet<PersonId>) -> Vec<Need> {
        let left = |place: &usize| {
            self.at(*place).is_some_and(|one| {
                one.followed.is_none() && one.acknowledged.is_none() && one.person.is_some_and(|person| gone.contains(&person))
            })
        };
        let places: Vec<usize> = (0..self.addressees.len()).filter(left).collect();
        if places.is_empty() || !self.is_open() {
            return needs;
        }
        let told = |need: Need| match need {
            Need::Tell(places) => Some(places.into_iter().filter(|place| !left(place)).collect::<Vec<_>>())
                .filter(|places| !places.is_empty())
                .map(Need::Tell),
            other => Some(other),
        };
        let mut needs: Vec<Need> = needs.into_iter().filter_map(told).collect();
        let waits_for_them = match needs.first() {
            Some(Need::Acknowledge { places, .. } | Need::Assure(places)) => !places.is_empty() && places.iter().all(left),
            _ => false,
        };
        if !waits_for_them {
            let after = needs
                .iter()
                .take_while(|need| matches!(need, Need::Tell(_) | Need::FillGaps(_) | Need::SayInWords(_) | Need::Acknowledge { .. }))
                .count();
            needs.insert(after, Need::Follow(places));
        }
        needs
    }

    /// F10: whether somebody of the child's line still has to be spoken with: an immediate concern is told in words first.
    pub fn wants_words(&self, rule: &EscalationRule) -> bool {
        let child = |one: &&super::AlertAddressee| one.side == crate::domain::framework::Side::Child;
        rule.told_in_words
            && self.trigger == super::AlertTrigger::Concern
            && !self.addressees.iter().filter(child).any(super::AlertAddressee::told_in_words)
    }
}

impl Need {
    /// The rule it comes from.
    pub fn rule(&self) -> &'static str {
        match self {
            Need::FillGaps(_) | Need::Follow(_) | Need::Tell(_) | Need::Acknowledge { .. } => "M10",
            Need::SayInWords(_) => "F10",
            Need::Assure(_) => "M11",
            Need::Decide => "M13",
            Need::DoUrgent(_) => "M12",
            Need::Keep(kind) => kind.rule(),
            Need::Close => "M18",
        }
    }

    /// What is to be done, as a strip has room for it.
    pub fn to_do(&self) -> String {
        match self {
            Need::FillGaps(places) => format!("name somebody or explain {}", counted(places.len(), "gap", "gaps")),
            Need::Follow(places) => format!("name who hears instead of {} who left", counted(places.len(), "person", "people")),
            Need::Tell(places) => format!("tell {}", counted(places.len(), "person", "people")),
            Need::SayInWords(_) => "tell them in words".to_string(),
            Need::Acknowledge { lapsed: true, .. } => "acknowledge again".to_string(),
            Need::Acknowledge { .. } => "acknowledge".to_string(),
            Need::Assure(_) => "review the record".to_string(),
            Need::Decide => "decide the dispute".to_string(),
            Need::DoUrgent(actions) => format!("do {}", counted(actions.len(), "urgent action", "urgent actions")),
            Need::Keep(KeptKind::SignOff) => "sign the actions off".to_string(),
            Need::Keep(KeptKind::Supervision) => "record the supervision".to_string(),
            Need::Keep(KeptKind::Reflection) => "record the reflective discussion".to_string(),
            Need::Close => "close it".to_string(),
        }
    }

    /// The same for whoever cannot do it themselves, and sees that those do who can.
    pub fn remind(&self, by: &str) -> String {
        format!("remind {by} to {}", self.to_do())
    }

    /// What is missing, to go on "it stays open: ".
    pub fn missing(&self, alert: &Alert, rule: &EscalationRule) -> String {
        let roles = |places: &[usize]| {
            let names = places.iter().filter_map(|place| alert.at(*place)).map(|one| one.role.clone());
            names.collect::<Vec<_>>().join(", ")
        };
        match self {
            Need::FillGaps(places) => format!("nobody holds {} and nobody has said why", roles(places)),
            Need::Follow(places) => format!("nobody hears in the place of whoever left as {}", roles(places)),
            Need::Tell(places) => format!("{} not told yet", roles(places)),
            Need::SayInWords(_) => "nobody of the child\u{2019}s line was told in words".to_string(),
            Need::Acknowledge { lapsed: true, .. } => "the acknowledgement lapsed and nothing followed it".to_string(),
            Need::Acknowledge { .. } => "nobody has acknowledged it".to_string(),
            Need::Assure(_) => match alert.unanswered(rule).first() {
                Some(question) => format!("\u{201c}{}\u{201d} is not answered", question.label),
                None => "the record was not reviewed".to_string(),
            },
            Need::Decide => "the dispute about the level of concern is not decided".to_string(),
            Need::DoUrgent(actions) => format!("{} not done", counted(actions.len(), "urgent action", "urgent actions")),
            Need::Keep(kind) => format!("\u{201c}{}\u{201d} is not recorded", kind.label()),
            Need::Close => "nobody has closed it".to_string(),
        }
    }

    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Need::FillGaps(_) => "Name somebody for the role, or explain the gap.",
            Need::Follow(_) => "Name who hears in their place.",
            Need::Tell(_) => "Tell them, and record how.",
            Need::SayInWords(_) => "Ring them or go to them, and record it.",
            Need::Acknowledge { .. } | Need::Assure(_) => "Ask whoever reviews the record to record what they found.",
            Need::Decide => "Ask whoever decides it to do so.",
            Need::DoUrgent(_) => "See that they are done, and record it in the tracker.",
            Need::Keep(_) => "Record it with its day and what came of it.",
            Need::Close => "Close it.",
        }
    }
}
