//! An addressee who has left is followed by somebody who is here, in the same role: their own row stays with what they were told and
//! said, and a row of its own begins for whoever comes after them. M10.

use super::hearer::{Hearer, may_hear};
use super::tell::open_still;
use super::{Alert, AlertAddressee, AlertEvent, AlertFact, Doer};
use crate::domain::calendar::Calendar;
use crate::domain::error::RuleError;
use crate::domain::framework::EscalationRule;
use crate::domain::id::PersonId;
use crate::domain::line::{above, who_hands_over};
use crate::domain::person::Person;
use crate::domain::strip::ClockOf;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Whoever has left, and who hears in their place since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Followed {
    /// The place of whoever follows them.
    pub by: usize,
    /// Since when.
    pub at: DateTime<Utc>,
}

/// Who is to hear instead, and what is true of them and of whoever has left.
#[derive(Debug, Clone, Copy)]
pub struct Following<'a> {
    /// Who is to hear.
    pub hearer: Hearer<'a>,
    /// Whoever is on the list has left.
    pub left: bool,
    /// Who could do it, where it is not for whoever asks ([`may_name_a_follower`]).
    pub not_theirs: Option<&'a str>,
    /// Why this person, in words.
    pub because: &'a str,
}

/// Whether it is for somebody to say who follows whoever has left: for those who managed them, and the Insights team. Refused with who
/// could. M10.
pub fn may_name_a_follower(people: &BTreeMap<PersonId, Person>, gone: PersonId, doer: &Doer, today: NaiveDate) -> Result<(), String> {
    let managed = || above(people, gone).iter().any(|manager| doer.stands_for(*manager));
    if doer.leads || managed() { Ok(()) } else { Err(who_hands_over(people, gone, today)) }
}

/// Names who hears in the place of an addressee who has left. Done by whoever managed them, or the Insights team; whoever is recused
/// hears nothing. M10.
pub fn follow(
    now: DateTime<Utc>,
    alert: &Alert,
    place: usize,
    wanted: &Following<'_>,
    doer: &Doer,
    rule: &EscalationRule,
    calendar: &Calendar,
) -> Result<AlertEvent, RuleError> {
    let Some(one) = alert.at(place).filter(|one| one.person.is_some() && one.followed.is_none()) else {
        let what = format!("{} has nobody at that place whom somebody could follow.", alert.reference);
        return Err(RuleError::new(what, "Look at its list."));
    };
    if !alert.is_open() {
        return Err(RuleError::new(format!("{} is closed.", alert.reference), "Its list stays as it was."));
    }
    if !wanted.left {
        let what = format!("The {} of {} has not left.", one.role, alert.reference);
        return Err(RuleError::under("M10", what, "Where they are away, say who stands in for them."));
    }
    if let Some(who) = wanted.not_theirs {
        let what = format!("Who hears of {} as {} is not yours to say.", alert.reference, one.role);
        return Err(RuleError::under("M10", what, format!("Ask: {who}.")));
    }
    may_hear(alert, place, &wanted.hearer, rule)?;
    if wanted.because.is_empty() {
        return Err(RuleError::under("M10", "It is not said why they hear.", "Say why it is them: who has taken over."));
    }
    let tell_by = rule.tell_by(now, calendar)?;
    let next = AlertAddressee { tell_by, since: Some(now), ..AlertAddressee::new(&one.role, one.side, Some(wanted.hearer.person)) };
    let because = wanted.because.to_string();
    Ok(alert.event(now, doer.person, AlertFact::Followed { place, addressee: next, because }))
}

impl Alert {
    /// The place at which a place's part goes on: its own, or that of whoever follows, however often that was.
    pub fn followed_to(&self, place: usize) -> usize {
        let mut at = place;
        // Whoever follows stands further down the list, so that this ends.
        while let Some(next) = self.at(at).and_then(|one| one.followed.as_ref()).filter(|next| next.by > at) {
            at = next.by;
        }
        at
    }
}

/// Takes back who hears instead, as long as they were not told, have not acknowledged, and nothing was written down of their place.
/// Refused where somebody stands below them by now, and on a closed alert. M10.
pub fn unfollow(now: DateTime<Utc>, alert: &Alert, place: usize, doer: &Doer) -> Result<AlertEvent, RuleError> {
    open_still(alert)?;
    let Some(by) = alert.at(place).and_then(|one| one.followed.as_ref()).map(|followed| followed.by) else {
        return Err(RuleError::new("That was taken back before.", ""));
    };
    let reference = &alert.reference;
    let stands = |what: String| Err(RuleError::under("M10", what, "Nothing has to be put right."));
    if alert.at(by).is_some_and(|one| one.told_at.is_some() || one.acknowledged.is_some()) {
        return stands(format!("Somebody was told of {reference} or acknowledged since, so that who hears stands."));
    }
    if by + 1 != alert.addressees.len() {
        return stands(format!("Somebody was added to the list of {reference} since, so that who hears stands."));
    }
    // Their place is free then for whoever comes next, who would be called late for it.
    if alert.overdue.iter().any(|late| late.clock == ClockOf::Tell(by)) {
        return stands(format!("It was written down since that they had not been told of {reference} in time, so that who hears stands."));
    }
    Ok(alert.event(now, doer.person, AlertFact::FollowingTakenBack { place }))
}
