//! Told, and acknowledged: two facts, the second of which only the person themselves can state.

use super::{Acknowledged, Alert, AlertAddressee, AlertEvent, AlertFact, Doer, Telling};
use crate::domain::calendar::Calendar;
use crate::domain::change::Change;
use crate::domain::error::RuleError;
use crate::domain::framework::EscalationRule;
use chrono::{DateTime, TimeDelta, Utc};

/// Writes down that addressees (places in the list) were told. M10: whoever is recorded as told was told at a known time and
/// in a known way. Those who were told in that way before are left out; none: nothing is left to write. Refused for a gap, for
/// a place that is not in the list, and for a time before the alert was opened or after now.
pub fn tell(
    now: DateTime<Utc>,
    alert: &Alert,
    places: &[usize],
    telling: Telling,
    rule: &EscalationRule,
    calendar: &Calendar,
) -> Result<Option<Change>, RuleError> {
    if let Some(place) = places.iter().find(|place| alert.at(**place).is_none_or(|addressee| addressee.person.is_none())) {
        let role = alert.at(*place).map_or_else(|| format!("Addressee {}", place + 1), |addressee| format!("The {}", addressee.role));
        return Err(RuleError::under(
            "M10",
            format!("{role} of {} is a gap: there is nobody to tell.", alert.reference),
            "Fill it first, or explain it.",
        ));
    }
    if telling.at < alert.opened_at || telling.at > now + TimeDelta::minutes(1) {
        return Err(RuleError::new(
            format!("Nobody can have been told of {} at that time.", alert.reference),
            "Give a time between its opening and now.",
        ));
    }
    if !alert.is_open() {
        return Err(RuleError::new(format!("{} is closed.", alert.reference), "Look at its history for who was told."));
    }
    let same = |addressee: &AlertAddressee| addressee.tellings.iter().any(|told| told.how == telling.how);
    let mut addressees: Vec<usize> = places.iter().copied().filter(|place| alert.at(*place).is_some_and(|one| !same(one))).collect();
    addressees.sort_unstable();
    addressees.dedup();
    if addressees.is_empty() {
        return Ok(None);
    }
    let acknowledge_by = match rule.acknowledge_within {
        Some(span) => Some(calendar.due(telling.at, span).map_err(RuleError::from)?.at),
        None => None,
    };
    let Telling { how, at, by } = telling;
    Ok(Some(Change::AlertTold { alert: alert.id, review: alert.review, addressees, at, how: Some(how), by, acknowledge_by }))
}

/// Acknowledges an alert for oneself. M10: an acknowledgement says "I know and I act", so nobody can say it for somebody else.
/// `place` is the addressee that was meant; none: one's own. A lapsed acknowledgement may be given anew.
pub fn acknowledge(
    now: DateTime<Utc>,
    alert: &Alert,
    place: Option<usize>,
    doer: &Doer,
    rule: &EscalationRule,
    calendar: &Calendar,
) -> Result<AlertEvent, RuleError> {
    let own = doer.person.and_then(|person| alert.place_of(person));
    let Some(own) = own.filter(|own| place.is_none_or(|meant| meant == *own)) else {
        let whose = place
            .and_then(|place| alert.at(place))
            .map_or("the people it is addressed to".to_string(), |one| format!("the {} themselves", one.role));
        return Err(RuleError::under(
            "M10",
            format!("{} is acknowledged by {whose}, not by somebody else for them.", alert.reference),
            "Ask them to acknowledge it; that you told them is a fact of its own.",
        ));
    };
    if !alert.is_open() {
        return Err(RuleError::new(format!("{} is closed.", alert.reference), "Nothing is left to acknowledge."));
    }
    if alert.at(own).is_some_and(|addressee| addressee.holds(now)) {
        return Err(RuleError::new(
            format!("You have acknowledged {} already.", alert.reference),
            "What follows is the review of the record.",
        ));
    }
    let holds_until = match rule.lapses_after {
        Some(span) => Some(calendar.due(now, span).map_err(RuleError::from)?.at),
        None => None,
    };
    let first_at = alert.at(own).and_then(|addressee| addressee.acknowledged).map(|lapsed| lapsed.first());
    Ok(alert.event(now, doer.person, AlertFact::Acknowledged { place: own, holds_until, first_at }))
}

/// Takes back that addressees were told, as whoever wrote it down asks for. What they were told in another way stands, and with
/// it a time to acknowledge of its own. Refused where one of them has acknowledged since, and on a closed alert. M10.
pub fn untell(
    now: DateTime<Utc>,
    alert: &Alert,
    places: &[usize],
    telling: Telling,
    rule: &EscalationRule,
    calendar: &Calendar,
) -> Result<AlertEvent, RuleError> {
    open_still(alert)?;
    let mut left = Vec::with_capacity(places.len());
    for (place, one) in places.iter().filter_map(|place| Some((*place, alert.at(*place)?))) {
        if one.acknowledged.is_some_and(|own| own.at >= telling.at) {
            return Err(RuleError::under(
                "M10",
                format!("The {} has acknowledged {} since, so that they were told stands.", one.role, alert.reference),
                "Nothing has to be put right.",
            ));
        }
        let Some(which) = one.tellings.iter().rposition(|told| *told == telling) else { continue };
        let first = one.tellings.iter().enumerate().find(|(at, _)| *at != which).map(|(_, told)| told.at);
        let acknowledge_by = match (first, rule.acknowledge_within) {
            (Some(first), Some(span)) => Some(calendar.due(first, span).map_err(RuleError::from)?.at),
            _ => None,
        };
        left.push((place, acknowledge_by));
    }
    if left.is_empty() {
        return Err(RuleError::new("That was taken back before.", ""));
    }
    Ok(alert.event(now, telling.by, AlertFact::TellingTakenBack { how: telling.how, at: telling.at, places: left }))
}

/// Takes back one's own acknowledgement; `before` is an earlier one that had lapsed when it was given. Refused once the record
/// was reviewed, and on a closed alert. M10, M11.
pub fn unacknowledge(
    now: DateTime<Utc>,
    alert: &Alert,
    place: usize,
    before: Option<Acknowledged>,
    doer: &Doer,
) -> Result<AlertEvent, RuleError> {
    open_still(alert)?;
    let own = alert.at(place).filter(|one| one.person.is_some() && one.person == doer.person).and_then(|one| one.acknowledged);
    let Some(own) = own else {
        return Err(RuleError::under("M10", "That acknowledgement is not yours to take back, or does not stand any more.", ""));
    };
    if alert.assurance.as_ref().is_some_and(|assurance| assurance.at >= own.at) {
        return Err(RuleError::under(
            "M11",
            format!("Assurance on {} was written down since, so your acknowledgement stands.", alert.reference),
            "Nothing has to be put right.",
        ));
    }
    Ok(alert.event(now, doer.person, AlertFact::AcknowledgementTakenBack { place, before }))
}

pub(super) fn open_still(alert: &Alert) -> Result<(), RuleError> {
    if alert.is_open() {
        return Ok(());
    }
    Err(RuleError::new(format!("{} is closed.", alert.reference), "What led to it stays as it was written."))
}
