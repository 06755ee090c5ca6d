//! Answers about one person: what they may do, what they hold, and what a form about them offers.

use super::{Answers, missing};
use crate::domain::access::Access;
use crate::domain::id::PersonId;
use crate::domain::person::{ended, keep_an_administrator};
use crate::domain::query::{Held, PersonChoices, PersonDetail};
use crate::store::StoreResult;
use std::collections::BTreeSet;
use std::sync::Arc;

impl Answers<'_> {
    /// One person, whole.
    pub(super) fn person(&mut self, id: PersonId) -> StoreResult<PersonDetail> {
        let (reading, today) = (self.reading, self.viewer.today);
        let (person, revision) = reading.person(id)?.zip(reading.person_revision(id)?).ok_or_else(|| missing("person"))?;
        let framework = self.library.current(reading)?;
        let access = Access::of(&framework, &person, &[]);
        let team = reading.teams()?.into_iter().find(|team| person.team == Some(team.id));
        let days = |first: chrono::NaiveDate, last: chrono::NaiveDate| {
            let until = last.format("until %-d %B");
            if first > today { format!("from {} {until}", first.format("%-d %B")) } else { until.to_string() }
        };
        let away = reading.away_from(id, today)?.into_iter().map(|(first, last, why, deputy)| {
            let why = if why.is_empty() { String::new() } else { format!(", {why}") };
            let deputy = if deputy.is_empty() { "; nobody stands in".to_string() } else { format!("; {deputy} stands in") };
            format!("{}{why}{deputy}", days(first, last))
        });
        let stands_in = reading.deputy_for(id, today)?.into_iter().map(|(name, first, last)| format!("{name}, {}", days(first, last)));
        let stays = match ended(&person, today, today) {
            Err(refused) => Some(refused.to_string()),
            Ok(gone) => {
                let mut people = Arc::unwrap_or_clone(reading.people_by_id()?);
                people.insert(id, gone);
                keep_an_administrator(&framework, &people, today).err().map(|refused| refused.to_string())
            }
        };
        let mut held = reading.held_by(id, self.viewer)?;
        for row in held.iter_mut().filter(|row| matches!(row.what, Held::Manages(_))) {
            row.said = framework.role(&row.said).map_or_else(|| row.said.clone(), |role| role.label.clone());
        }
        let manager = person.line_manager.map(|manager| reading.person(manager)).transpose()?.flatten();
        Ok(PersonDetail {
            revision,
            role: framework.role(&person.role).map_or_else(|| person.role.clone(), |role| role.label.clone()),
            service: if person.service.is_empty() {
                team.as_ref().map(|team| team.service.clone()).unwrap_or_default()
            } else {
                person.service.clone()
            },
            team: team.map(|team| team.name).unwrap_or_default(),
            manager: manager.map(|manager| manager.name).unwrap_or_default(),
            may: access.rights().list().into_iter().map(|right| right.words()).collect(),
            sees: access.scope().map_or("nothing", |scope| scope.words()),
            away: away.collect(),
            stands_in: stands_in.collect(),
            held,
            cases: reading.cases_of(id, self.viewer)?,
            stays,
            person,
        })
    }

    /// What a form about somebody is made from.
    pub(super) fn person_choices(&mut self, id: Option<PersonId>) -> StoreResult<PersonChoices> {
        let (reading, today) = (self.reading, self.viewer.today);
        let person = match id {
            Some(id) => Some(reading.person(id)?.zip(reading.person_revision(id)?).ok_or_else(|| missing("person"))?),
            None => None,
        };
        let (teams, people) = (reading.teams()?, reading.people()?);
        let mut services: BTreeSet<String> = teams.iter().map(|team| team.service.clone()).collect();
        services.extend(people.iter().map(|person| person.service.clone()));
        services.remove("");
        let team_of = |team| teams.iter().find(|known| Some(known.id) == team).map_or(String::new(), |team| format!(", {}", team.name));
        let here = people.iter().filter(|other| other.is_here(today) && Some(other.id) != id);
        Ok(PersonChoices {
            people: here.map(|other| (other.id, format!("{}, {}{}", other.name, other.role, team_of(other.team)))).collect(),
            services: services.into_iter().collect(),
            teams: teams.into_iter().map(|team| (team.id, team.name)).collect(),
            person,
        })
    }
}
