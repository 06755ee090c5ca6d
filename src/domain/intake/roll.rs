//! Looks up people and teams by the names that files use, adding those that nobody has heard of. It must not know
//! which import asks.

use super::{NextIds, Recorded, Register};
use crate::domain::id::{PersonId, TeamId};
use crate::domain::person::{Person, Team, name_key};
use std::collections::HashMap;

/// Teams by name: the known ones and those added on the way.
pub(super) struct Teams {
    by_key: HashMap<String, TeamId>,
    next: TeamId,
    /// Added, in order of appearance.
    pub(super) added: Vec<Recorded<Team>>,
}

impl Teams {
    pub(super) fn new(existing: &Register, next: NextIds) -> Teams {
        let mut by_key = HashMap::new();
        for team in &existing.teams {
            by_key.entry(name_key(&team.name)).or_insert(team.id);
        }
        Teams { by_key, next: next.team, added: Vec::new() }
    }

    /// The team of this name; a new one where the name says something.
    pub(super) fn find_or_add(&mut self, name: &str, service: &str) -> Option<TeamId> {
        let key = name_key(name);
        if key.is_empty() {
            return None;
        }
        if let Some(id) = self.by_key.get(&key) {
            return Some(*id);
        }
        let id = self.next;
        self.next = TeamId(id.0 + 1);
        self.by_key.insert(key, id);
        self.added.push(Recorded::added(Team { id, name: name.to_string(), service: service.to_string() }));
        Some(id)
    }
}

/// Who answers to a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Match {
    /// Nobody.
    Nobody,
    /// One person.
    One(PersonId),
    /// Several; this one is the likeliest.
    Several(PersonId),
}

/// People by name.
#[derive(Default)]
pub(super) struct Names<'a> {
    by_key: HashMap<String, Vec<&'a Person>>,
}

impl<'a> Names<'a> {
    pub(super) fn new(people: impl IntoIterator<Item = &'a Person>) -> Names<'a> {
        let mut names = Names::default();
        for person in people {
            names.by_key.entry(name_key(&person.name)).or_default().push(person);
        }
        names
    }

    /// The person of this name, those still here and of the given team first.
    pub(super) fn find(&self, name: &str, team: Option<TeamId>) -> Match {
        let found = self.by_key.get(&name_key(name)).map_or(&[][..], Vec::as_slice);
        let here = |person: &&&Person| person.left_on.is_none();
        let of_team = |person: &&&Person| team.is_some() && person.team == team;
        let mut narrowed: Vec<&&Person> = found.iter().filter(|person| here(person) && of_team(person)).collect();
        if narrowed.is_empty() {
            narrowed = found.iter().filter(here).collect();
        }
        if narrowed.is_empty() {
            narrowed = found.iter().collect();
        }
        match narrowed.as_slice() {
            [] => Match::Nobody,
            [one] => Match::One(one.id),
            [first, ..] => Match::Several(first.id),
        }
    }
}
