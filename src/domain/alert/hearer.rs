//! Whoever is named to hear of an alert later, in a gap or in the place of somebody who has left, can take their part: they are here,
//! log in, and have no part in the case themselves. M10, M11.

use super::Alert;
use crate::domain::error::RuleError;
use crate::domain::framework::EscalationRule;
use crate::domain::id::PersonId;
use std::collections::BTreeSet;

/// Whoever is to hear, and what is true of them at this moment.
#[derive(Debug, Clone, Copy)]
pub struct Hearer<'a> {
    /// Who.
    pub person: PersonId,
    /// They work here today.
    pub here: bool,
    /// They have a login: whoever has none acknowledges nothing.
    pub logs_in: bool,
    /// They hold the case that was reviewed.
    pub holds_case: bool,
    /// They review it, alone or with others.
    pub reviews_it: bool,
    /// Whoever is recused from the review.
    pub recused: &'a BTreeSet<PersonId>,
    /// Who could hear in the role instead, in words: a sentence; empty: nobody is known.
    pub instead: &'a str,
}

/// Refuses whoever cannot take the part of a place on the list: everybody who acts on an alert does so under their own login, and
/// where the place acknowledges or gives assurance nobody does so on their own work. M10, M11.
pub(super) fn may_hear(alert: &Alert, place: usize, hearer: &Hearer<'_>, rule: &EscalationRule) -> Result<(), RuleError> {
    let instead = |otherwise: &str| if hearer.instead.is_empty() { otherwise.to_string() } else { hearer.instead.to_string() };
    if !hearer.here {
        return Err(RuleError::new("Whoever is named is not here, or has left.", instead("Name somebody who can act today.")));
    }
    if hearer.recused.contains(&hearer.person) {
        return Err(RuleError::new("They have an interest in the case and are recused.", instead("Name somebody else.")));
    }
    let assures = !rule.assurance.is_empty() && alert.assurers().contains(&place);
    let own_work = match (hearer.holds_case, hearer.reviews_it) {
        _ if !assures && rule.acknowledge_within.is_none() => None,
        (true, _) => Some("hold"),
        (_, true) => Some("review"),
        _ => None,
    };
    if let Some(does) = own_work {
        let (id, acts) = if assures { ("M11", "reviews the record and gives assurance") } else { ("M10", "acknowledges and acts on it") };
        let what = format!("They {does} this case themselves, and whoever hears here {acts}.");
        return Err(RuleError::under(id, what, instead("Name somebody else.")));
    }
    if alert.place_of(hearer.person).is_some() {
        let remedy = match alert.at(place).is_some_and(|one| one.person.is_none()) {
            true => "Name somebody else, or explain the gap and say that they act for both.",
            false => "Name somebody else: each acknowledges in one role.",
        };
        return Err(RuleError::new("They are on the list of this alert already, for another role.", remedy));
    }
    if !hearer.logs_in {
        let what = "They have no login, so that they could never acknowledge it or record anything about it.";
        return Err(RuleError::under("M10", what, instead("Name somebody who logs in, or give them a login first.")));
    }
    Ok(())
}
