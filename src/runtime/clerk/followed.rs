//! Somebody who has left is followed on the list of an alert by somebody who is here: who may say so is looked up here. M10.

use super::alerts::Stored;
use super::{Asked, Desk, refuse};
use crate::domain::alert::{self, Alert, Following, Hearer, may_name_a_follower};
use crate::domain::change::Change;
use crate::domain::id::{AlertId, PersonId};
use crate::domain::line::above;
use crate::domain::person::Person;
use crate::domain::review::ReviewFacts;
use std::collections::{BTreeMap, BTreeSet};

/// So many of those who could hear instead are named at most.
const NAMED: usize = 2;

impl Desk<'_, '_> {
    pub(super) fn follow_addressee(&mut self, id: AlertId, place: usize, person: PersonId, because: &str) -> Asked {
        let Stored { alert: stored, facts, framework, calendar, doer, .. } = self.stored(id)?;
        let Some(before) = stored.at(place).and_then(|one| one.person) else {
            return Err(refuse(format!("{} has nobody at that place.", stored.reference), "Where the role is a gap, fill it."));
        };
        let people = self.reading().people_by_id()?;
        let recused = self.reading().recused_from(stored.review)?;
        let instead = self.who_could_hear(&people, &stored, &facts, place, &recused);
        let not_theirs = may_name_a_follower(&people, before, &doer, self.today).err();
        let following = Following {
            hearer: self.hearer(&people, &facts, person, &recused, &instead),
            left: !people.get(&before).is_some_and(|one| one.is_here(self.today)),
            not_theirs: not_theirs.as_deref(),
            because,
        };
        let event = alert::follow(self.now, &stored, place, &following, &doer, &framework.escalation, &calendar)?;
        let name = |id: PersonId| people.get(&id).map_or_else(|| "somebody".to_string(), |one| one.name.clone());
        let role = stored.at(place).map_or("", |one| one.role.as_str());
        let said = format!("{}: {} hears of it as {role}, in the place of {}", stored.reference, name(person), name(before));
        Ok((vec![Change::Alert(event)], said))
    }

    /// Whoever is named to hear of an alert, with what is true of them.
    pub(super) fn hearer<'a>(
        &self,
        people: &BTreeMap<PersonId, Person>,
        facts: &ReviewFacts,
        person: PersonId,
        recused: &'a BTreeSet<PersonId>,
        instead: &'a str,
    ) -> Hearer<'a> {
        let known = people.get(&person);
        Hearer {
            person,
            here: known.is_some_and(|one| one.is_here(self.today)),
            logs_in: known.is_some_and(|one| !one.login.is_empty()),
            holds_case: facts.review.practitioner == Some(person),
            reviews_it: reviews(facts, person),
            recused,
            instead,
        }
    }

    /// Who could hear in a role of an alert: those who hold it and can take its part, else the nearest who is here of the line above
    /// whoever is on the list; empty where nobody is known.
    pub(super) fn who_could_hear(
        &self,
        people: &BTreeMap<PersonId, Person>,
        alert: &Alert,
        facts: &ReviewFacts,
        place: usize,
        recused: &BTreeSet<PersonId>,
    ) -> String {
        let Some(one) = alert.at(place) else { return String::new() };
        let could = |person: &&Person| {
            person.is_here(self.today)
                && !person.login.is_empty()
                && facts.review.practitioner != Some(person.id)
                && !reviews(facts, person.id)
                && !recused.contains(&person.id)
                && alert.place_of(person.id).is_none()
        };
        let holders = people.values().filter(|person| person.role.eq_ignore_ascii_case(&one.role)).filter(could);
        let mut names: Vec<String> = holders.take(NAMED).map(|person| person.name.clone()).collect();
        if names.is_empty() {
            let line = one.person.map(|before| above(people, before)).unwrap_or_default();
            names.extend(line.into_iter().filter_map(|id| people.get(&id)).find(could).map(|person| person.name.clone()));
        }
        if names.is_empty() { String::new() } else { format!("Name somebody else, such as {}.", names.join(" or ")) }
    }
}

/// Whether somebody reviews a case, alone or with others.
fn reviews(facts: &ReviewFacts, person: PersonId) -> bool {
    facts.reviewer == Some(person) || facts.joint.others.contains(&person)
}
