//! Lines of management: who is above whom, and who holds a role for a given case.

use super::framework::{Addressee, Side};
use super::id::{PersonId, TeamId};
use super::person::{Absence, Person};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Everybody above a person, nearest first. A loop in the data ends the walk instead of hanging it.
pub fn above(people: &BTreeMap<PersonId, Person>, person: PersonId) -> Vec<PersonId> {
    let mut chain = Vec::new();
    let mut at = people.get(&person).and_then(|person| person.line_manager);
    while let Some(manager) = at {
        if manager == person || chain.contains(&manager) {
            break;
        }
        chain.push(manager);
        at = people.get(&manager).and_then(|person| person.line_manager);
    }
    chain
}

/// Who acts for a person on a day: the person, or while they are away whoever stands in, if that one is there.
pub fn acting(people: &BTreeMap<PersonId, Person>, absences: &[Absence], person: PersonId, day: NaiveDate) -> PersonId {
    let away = |who: PersonId| absences.iter().find(|absence| absence.person == who && absence.covers(day));
    let deputy = away(person).and_then(|absence| absence.deputy);
    let there = |deputy: &PersonId| people.get(deputy).is_some_and(|deputy| deputy.is_here(day)) && away(*deputy).is_none();
    deputy.filter(there).unwrap_or(person)
}

/// Who gives to somebody else what was somebody's who has left: the nearest of their line who is here, or the Insights team.
pub fn who_hands_over(people: &BTreeMap<PersonId, Person>, gone: PersonId, today: NaiveDate) -> String {
    let manager = above(people, gone).into_iter().filter_map(|id| people.get(&id)).find(|person| person.is_here(today));
    manager.map_or_else(|| "the Insights team".to_string(), |manager| format!("{}, who managed them, or the Insights team", manager.name))
}

/// Who holds a role for a case on a day: on the child's side the nearest above the practitioner, else the holder in the same
/// team, else the only one in the same service; on the Insights side the first who has that role. None is a gap (M10).
pub fn holder(
    people: &BTreeMap<PersonId, Person>,
    today: NaiveDate,
    addressee: &Addressee,
    practitioner: Option<PersonId>,
    team: Option<TeamId>,
    service: &str,
) -> Option<PersonId> {
    let has_role = |person: &Person| person.is_here(today) && person.role.eq_ignore_ascii_case(&addressee.role);
    let mut holders: Vec<&Person> = people.values().filter(|person| has_role(person)).collect();
    holders.sort_by_key(|person| person.id);
    match addressee.side {
        Side::Insights => holders.first().map(|person| person.id),
        Side::Child => {
            let chain = practitioner.map(|practitioner| above(people, practitioner)).unwrap_or_default();
            chain
                .into_iter()
                .find(|id| people.get(id).is_some_and(has_role))
                .or_else(|| holders.iter().find(|person| team.is_some() && person.team == team).map(|person| person.id))
                .or_else(|| {
                    let mut same = holders.iter().filter(|person| !service.is_empty() && person.service.eq_ignore_ascii_case(service));
                    match (same.next(), same.next()) {
                        (Some(only), None) => Some(only.id),
                        _ => None,
                    }
                })
        }
    }
}
