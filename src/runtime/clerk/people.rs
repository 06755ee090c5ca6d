//! Deeds about the list of people, one at a time: added, changed, ended.

use super::{Asked, Desk, line, refuse};
use crate::domain::change::{Change, Swap};
use crate::domain::deed::PeopleDeed;
use crate::domain::id::{PersonId, TeamId};
use crate::domain::intake::Recorded;
use crate::domain::person::{
    self, LoginsHeld, Person, PersonWanted, Register, gets_a_login, keep_an_administrator, login_is_free, name_key, not_handed_on,
    not_of_oneself,
};
use crate::domain::query::held_in_words;
use crate::runtime::identity::SERVICE_ACCOUNT;
use crate::store::{Numbered, StoreResult};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::Arc;

impl Desk<'_, '_> {
    pub(super) fn about_people(&mut self, deed: PeopleDeed) -> Asked {
        match deed {
            PeopleDeed::Add(wanted) => self.write_person(None, &wanted),
            PeopleDeed::Change { person, seen, wanted } => {
                let before = self.person_as_seen(person, seen)?;
                self.write_person(Some(before), &wanted)
            }
            PeopleDeed::End { person, seen, on } => {
                let before = self.person_as_seen(person, seen)?;
                let after = person::ended(&before, on, self.today)?;
                let said = format!("{}\u{2019}s last day is {}{}", after.name, on.format("%-d %B %Y"), self.still_held(person)?);
                self.list_changed(Some(before), after, None, said)
            }
        }
    }

    fn person_as_seen(&self, id: PersonId, seen: i64) -> StoreResult<Person> {
        let found = self.reading().person(id)?.zip(self.reading().person_revision(id)?);
        let Some((person, revision)) = found else {
            return Err(refuse("There is no such person.", "Look in the list of people."));
        };
        if revision != seen {
            return Err(self.stale(&person.name, revision)?);
        }
        Ok(person)
    }

    fn write_person(&mut self, before: Option<Person>, wanted: &PersonWanted) -> Asked {
        let ids = match &before {
            Some(before) => before.id,
            None => PersonId(self.tx.next(Numbered::Person)?),
        };
        let ids = (ids, TeamId(self.tx.next(Numbered::Team)?));
        let framework = self.library.current(self.reading())?;
        let (people, teams) = (self.reading().people_by_id()?, self.reading().teams()?);
        let register = Register { framework: &framework, people: &people, teams: &teams, today: self.today };
        let (after, team) = person::written(&register, before.as_ref(), ids, &safe(wanted))?;
        if before.as_ref() == Some(&after) {
            return Ok((Vec::new(), format!("{}: nothing to change", after.name)));
        }
        let role = framework.role(&after.role).map_or(after.role.clone(), |role| role.label.clone());
        let own = self.actor.person == Some(after.id);
        let said = match &before {
            Some(before) if own && before.role != after.role => format!("You are {role} from now on"),
            None => format!("{} added as {role}{}", after.name, namesakes(&people, &after, self.today)),
            Some(before) if before.role != after.role => format!("{} is {role} from now on", after.name),
            Some(_) => format!("{} changed", after.name),
        };
        self.list_changed(before, after, team, said)
    }

    /// The changes, once it is sure that somebody is left who may make the next ones.
    fn list_changed(&mut self, before: Option<Person>, after: Person, team: Option<person::Team>, said: String) -> Asked {
        let mut people = Arc::unwrap_or_clone(self.reading().people_by_id()?);
        if let Some(before) = before.as_ref().filter(|_| self.actor.person == Some(after.id)) {
            not_of_oneself(&*self.library.current(self.reading())?, &people, (before, &after), self.today)?;
        }
        if gets_a_login(before.as_ref(), &after) {
            login_is_free(&self.reading().logins_held()?, before.as_ref(), &after)?;
        }
        people.insert(after.id, after.clone());
        self.keep_an_administrator(&people)?;
        if self.actor.person.is_none() && !after.login.is_empty() && after.login != self.actor.login {
            let known = self.reading().person_by_login(&self.actor.login)?.is_some();
            let service = self.reading().setting(SERVICE_ACCOUNT)?.is_some();
            if !known && !service {
                return Err(refuse(
                    format!("Nobody on the list has your login ({}): with this you would be locked out.", self.actor.login),
                    "Add yourself first, with your login and role.",
                ));
            }
        }
        let mut changes: Vec<Change> = team.map(|team| Change::TeamRecorded(Swap::new(team))).into_iter().collect();
        changes.push(Change::PersonRecorded(Swap { before, after: Some(after) }));
        Ok((changes, said))
    }

    /// Refuses a list of people that nobody could change any more.
    pub(super) fn keep_an_administrator(&mut self, people: &BTreeMap<PersonId, Person>) -> StoreResult<()> {
        let framework = self.library.current(self.reading())?;
        Ok(keep_an_administrator(&framework, people, self.today)?)
    }

    /// Refuses what a file may not say of anybody: another role or login for whoever imports it, a login that is or was somebody
    /// else's. Nobody gives a right up by a file: that is asked about first, one at a time. T43.
    pub(super) fn may_be_imported(&mut self, rows: &[Recorded<Person>]) -> StoreResult<()> {
        let people = self.reading().people_by_id()?;
        let framework = self.library.current(self.reading())?;
        // One pass over the journal for the whole file, and none where it gives nobody a login.
        let gives = rows.iter().any(|row| gets_a_login(row.before.as_ref(), &row.after));
        let held = if gives { self.reading().logins_held()? } else { LoginsHeld::default() };
        for Recorded { before, after } in rows {
            login_is_free(&held, before.as_ref(), after)?;
            let Some(before) = before else { continue };
            if self.actor.person == Some(after.id) {
                not_of_oneself(&framework, &people, (before, after), self.today)?;
            }
            let known = people.values().filter(|other| other.id != after.id);
            let other_name =
                |row: &&Recorded<Person>| row.before.as_ref().is_none_or(|old| name_key(&old.name) != name_key(&row.after.name));
            let renewed = rows.iter().filter(other_name).map(|row| &row.after).filter(|other| other.id != after.id);
            not_handed_on((before, after), known, renewed)?;
        }
        Ok(())
    }

    /// What somebody who goes still has to do, so that it can be given to others.
    fn still_held(&self, person: PersonId) -> StoreResult<String> {
        let held = held_in_words(&self.reading().held_by(person, &self.seer())?);
        Ok(match held.is_empty() {
            true => String::new(),
            false => format!("; still theirs, to be given to others: {held}"),
        })
    }
}

/// Says of somebody who is added that others here have that name: it may be the same person twice.
fn namesakes(people: &BTreeMap<PersonId, Person>, added: &Person, today: NaiveDate) -> String {
    let same = |person: &&Person| person.is_here(today) && name_key(&person.name) == name_key(&added.name);
    let others: Vec<&str> = people
        .values()
        .filter(same)
        .map(|person| if person.login.is_empty() { "without a login" } else { person.login.as_str() })
        .collect();
    match others.is_empty() {
        true => String::new(),
        false => format!("; somebody of that name is on the list already ({}): undo this if it is the same person", others.join(", ")),
    }
}

fn safe(wanted: &PersonWanted) -> PersonWanted {
    let clean = |text: &Option<String>| text.as_deref().map(line);
    PersonWanted {
        name: clean(&wanted.name),
        role: clean(&wanted.role),
        team: clean(&wanted.team),
        service: clean(&wanted.service),
        email: clean(&wanted.email),
        login: clean(&wanted.login),
        line_manager: wanted.line_manager,
        back: wanted.back,
    }
}
