//! Somebody who has left is followed on the list of an alert by somebody who is here: who may say so is looked up here. M10.

use super::alerts::Stored;
use super::{Asked, Desk, refuse};
use crate::domain::alert::{self, Following};
use crate::domain::change::Change;
use crate::domain::id::{AlertId, PersonId};
use crate::domain::line::above;
use crate::runtime::answers::actions::who_hands_over;

impl Desk<'_, '_> {
    pub(super) fn follow_addressee(&mut self, id: AlertId, place: usize, person: PersonId, because: &str) -> Asked {
        let Stored { alert: stored, framework, calendar, doer, .. } = self.stored(id)?;
        let Some(before) = stored.at(place).and_then(|one| one.person) else {
            return Err(refuse(format!("{} has nobody at that place.", stored.reference), "Where the role is a gap, fill it."));
        };
        let people = self.reading().people_by_id()?;
        let here = |id: PersonId| people.get(&id).is_some_and(|one| one.is_here(self.today));
        let managers = above(&people, before);
        let recused = self.reading().recused_from(stored.review)?;
        let following = Following {
            person,
            here: here(person),
            left: !here(before),
            managed: managers.iter().any(|manager| doer.stands_for(*manager)),
            who: &who_hands_over(&people, before, self.today),
            because,
            recused: &recused,
        };
        let event = alert::follow(self.now, &stored, place, &following, &doer, &framework.escalation, &calendar)?;
        let name = |id: PersonId| people.get(&id).map_or_else(|| "somebody".to_string(), |one| one.name.clone());
        let role = stored.at(place).map_or("", |one| one.role.as_str());
        let said = format!("{}: {} hears of it as {role}, in the place of {}", stored.reference, name(person), name(before));
        Ok((vec![Change::Alert(event)], said))
    }
}
