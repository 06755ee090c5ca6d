//! What a people file changes: people and teams added or changed, absences added.
//!
//! Nobody is ever removed because a file does not name them: they are only reported. People are known by login, else by
//! e-mail address, else by name and team; a person whom so far only a list of children named is known by name alone.

use super::roll::{Match, Names, Teams};
use super::{NextIds, Oddity, PersonRow, Recorded, Register};
use crate::domain::id::{AbsenceId, PersonId, TeamId};
use crate::domain::person::{Absence, Person, Team, name_key};
use std::collections::{HashMap, HashSet};

/// What a people file changes. Nothing is written yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeopleReconciliation {
    /// Teams added, and teams that got a service.
    pub teams: Vec<Recorded<Team>>,
    /// People added and changed, in the order of the file.
    pub people: Vec<Recorded<Person>>,
    /// Absences added.
    pub absences: Vec<Recorded<Absence>>,
    /// People of the file about whom nothing changes.
    pub unchanged: usize,
    /// People still here whom the file does not name: kept.
    pub missing: Vec<PersonId>,
    /// What could not be told for sure.
    pub oddities: Vec<Oddity>,
}

impl PeopleReconciliation {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.teams.is_empty() && self.people.is_empty() && self.absences.is_empty()
    }

    /// What would change, in numbers, as an import shows before it is confirmed.
    pub fn summary(&self) -> Vec<(&'static str, usize)> {
        let (added, changed): (Vec<_>, Vec<_>) = self.people.iter().partition(|person| person.is_new());
        vec![
            ("teams added or changed", self.teams.len()),
            ("people added", added.len()),
            ("people changed", changed.len()),
            ("people unchanged", self.unchanged),
            ("absences added", self.absences.len()),
            ("people not in the file (kept)", self.missing.len()),
        ]
    }
}

/// Compares a people file with the register.
pub fn reconcile_people(existing: &Register, incoming: &[PersonRow], next: NextIds) -> PeopleReconciliation {
    let mut result = PeopleReconciliation::default();
    let mut teams = Teams::new(existing, next);
    let known = Known::new(existing);
    let mut taken = HashSet::new();
    let mut next_person = next.person;

    // First everybody without their manager, who may come later in the file.
    let mut drafts: Vec<(&PersonRow, Person, Option<&Person>)> = Vec::new();
    for row in incoming {
        let team = row.team.as_deref().and_then(|name| teams.find_or_add(name, row.service.as_deref().unwrap_or_default()));
        let before = known.find(row, team).filter(|person| taken.insert(person.id));
        let id = before.map_or(next_person, |person| person.id);
        if before.is_none() {
            next_person = PersonId(id.0 + 1);
        }
        drafts.push((row, merged(row, id, team, before), before));
    }

    let managers = Managers::new(existing, drafts.iter().map(|(_, person, _)| person));
    let found: Vec<Option<PersonId>> =
        drafts.iter().map(|(row, person, before)| managers.of(row, person, *before, &mut result.oddities)).collect();
    for ((row, mut person, before), manager) in drafts.into_iter().zip(found) {
        person.line_manager = manager;
        add_absence(existing, row, person.id, next, &mut result.absences);
        match before {
            Some(before) if *before == person => result.unchanged += 1,
            before => result.people.push(Recorded { after: person, before: before.cloned() }),
        }
    }
    result.missing = existing.people.iter().filter(|p| p.left_on.is_none() && !taken.contains(&p.id)).map(|p| p.id).collect();
    result.teams = teams.added;
    result.teams.extend(services_of_teams(existing, incoming));
    result
}

/// The person as the file now says: a column that is not there changes nothing, a blank cell clears.
fn merged(row: &PersonRow, id: PersonId, team: Option<TeamId>, before: Option<&Person>) -> Person {
    let text = |new: &Option<String>, old: fn(&Person) -> &String| match (new, before) {
        (Some(new), _) => new.clone(),
        (None, Some(before)) => old(before).clone(),
        (None, None) => String::new(),
    };
    Person {
        id,
        name: row.name.clone(),
        // A role is never cleared: without one a person may do nothing, and a blank cell is more likely an oversight.
        role: match (&row.role, before) {
            (Some(role), _) if !role.is_empty() => role.clone(),
            (_, Some(before)) => before.role.clone(),
            _ => String::new(),
        },
        team: if row.team.is_some() { team } else { before.and_then(|person| person.team) },
        service: text(&row.service, |person| &person.service),
        email: text(&row.email, |person| &person.email),
        login: text(&row.login, |person| &person.login),
        line_manager: None,
        left_on: row.left_on.unwrap_or_else(|| before.and_then(|person| person.left_on)),
    }
}

fn add_absence(existing: &Register, row: &PersonRow, person: PersonId, next: NextIds, added: &mut Vec<Recorded<Absence>>) {
    let Some((from, until)) = row.away else { return };
    if existing.absences.iter().any(|absence| absence.person == person && absence.from == from && absence.until == until) {
        return;
    }
    let id = AbsenceId(next.absence.0 + i64::try_from(added.len()).unwrap_or(i64::MAX - next.absence.0));
    added.push(Recorded::added(Absence { id, person, from, until, reason: String::new(), deputy: None }));
}

/// Teams that the list of children named without a service get the one that the people file gives their members.
fn services_of_teams(existing: &Register, incoming: &[PersonRow]) -> Vec<Recorded<Team>> {
    let mut service_of: HashMap<String, &str> = HashMap::new();
    for row in incoming {
        if let (Some(team), Some(service)) = (row.team.as_deref(), row.service.as_deref().filter(|service| !service.is_empty())) {
            service_of.entry(name_key(team)).or_insert(service);
        }
    }
    let without = existing.teams.iter().filter(|team| team.service.is_empty());
    without
        .filter_map(|team| {
            let service = service_of.get(&name_key(&team.name))?;
            Some(Recorded { after: Team { service: (*service).to_string(), ..team.clone() }, before: Some(team.clone()) })
        })
        .collect()
}

/// Logins and addresses do not differ by case.
fn plain(text: &str) -> String {
    text.trim().to_lowercase()
}

/// The people who are known already.
struct Known<'a> {
    by_login: HashMap<String, &'a Person>,
    by_email: HashMap<String, &'a Person>,
    by_name: HashMap<String, Vec<&'a Person>>,
}

impl<'a> Known<'a> {
    fn new(existing: &'a Register) -> Known<'a> {
        let mut known = Known { by_login: HashMap::new(), by_email: HashMap::new(), by_name: HashMap::new() };
        for person in &existing.people {
            if !person.login.is_empty() {
                known.by_login.entry(plain(&person.login)).or_insert(person);
            }
            if !person.email.is_empty() {
                known.by_email.entry(plain(&person.email)).or_insert(person);
            }
            known.by_name.entry(name_key(&person.name)).or_default().push(person);
        }
        known
    }

    fn find(&self, row: &PersonRow, team: Option<TeamId>) -> Option<&'a Person> {
        let login = row.login.as_deref().map(plain).filter(|login| !login.is_empty());
        let email = row.email.as_deref().map(plain).filter(|email| !email.is_empty());
        if let Some(person) = login.as_ref().and_then(|login| self.by_login.get(login)) {
            return Some(person);
        }
        // Two different logins are two people, even with one shared mailbox or one name.
        let may_be = |person: &&&Person| login.is_none() || person.login.is_empty() || Some(plain(&person.login)) == login;
        if let Some(person) = email.as_ref().and_then(|email| self.by_email.get(email)).filter(|person| may_be(person)) {
            return Some(person);
        }
        let may_be =
            |person: &&&Person| may_be(person) && (email.is_none() || person.email.is_empty() || Some(plain(&person.email)) == email);
        let namesakes: Vec<&&Person> = self.by_name.get(&name_key(&row.name))?.iter().filter(may_be).collect();
        let same_team = namesakes.iter().find(|person| row.team.is_none() || person.team == team);
        let only_listed = || namesakes.iter().find(|person| person.login.is_empty() && person.email.is_empty() && namesakes.len() == 1);
        same_team.or_else(only_listed).map(|person| **person)
    }
}

/// Finds line managers among the people of the file and those already known.
struct Managers<'a> {
    by_login: HashMap<String, PersonId>,
    by_email: HashMap<String, PersonId>,
    names: Names<'a>,
}

impl<'a> Managers<'a> {
    fn new(existing: &'a Register, drafts: impl Iterator<Item = &'a Person>) -> Managers<'a> {
        let drafts: Vec<&Person> = drafts.collect();
        let replaced: HashSet<PersonId> = drafts.iter().map(|person| person.id).collect();
        let everybody: Vec<&Person> =
            drafts.into_iter().chain(existing.people.iter().filter(|person| !replaced.contains(&person.id))).collect();
        let mut managers = Managers { by_login: HashMap::new(), by_email: HashMap::new(), names: Names::new(everybody.iter().copied()) };
        for person in everybody {
            if !person.login.is_empty() {
                managers.by_login.entry(plain(&person.login)).or_insert(person.id);
            }
            if !person.email.is_empty() {
                managers.by_email.entry(plain(&person.email)).or_insert(person.id);
            }
        }
        managers
    }

    fn of(&self, row: &PersonRow, person: &Person, before: Option<&Person>, oddities: &mut Vec<Oddity>) -> Option<PersonId> {
        let Some(written) = row.line_manager.as_deref() else { return before.and_then(|before| before.line_manager) };
        if written.is_empty() {
            return None;
        }
        let place = row.source.at("line manager");
        let key = plain(written);
        let direct = self.by_login.get(&key).or_else(|| self.by_email.get(&key)).copied();
        match direct.map_or_else(|| self.names.find(written, person.team), Match::One) {
            Match::One(id) | Match::Several(id) if id == person.id => {
                let what = "The person is written as their own line manager.";
                oddities.push(Oddity::warning(place, what, "The person was taken in without a line manager."));
                None
            }
            Match::One(id) => Some(id),
            Match::Several(id) => {
                let what = "The line manager's name belongs to several people.";
                oddities.push(Oddity::warning(place, what, "The likeliest was taken; write the manager's login instead."));
                Some(id)
            }
            Match::Nobody => {
                let what = "The line manager is nobody in this file or already known.";
                oddities.push(Oddity::warning(place, what, "The person was taken in without a line manager."));
                None
            }
        }
    }
}
