//! Logins: one is one person's for ever. The journal and the proof of an alert name whoever did something by their login, so that
//! somebody else who got it later would stand there in their place.

use super::{Person, name_key};
use crate::domain::access::{Right, who_may};
use crate::domain::error::RuleError;
use crate::domain::framework::Framework;
use crate::domain::id::PersonId;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Who ever had which login, those who have it now included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LoginsHeld(BTreeMap<String, Vec<Holder>>);

/// Somebody who had a login.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Holder {
    /// None: they are not on the list any more, and their number may be another's by now.
    person: Option<PersonId>,
    name: String,
}

impl LoginsHeld {
    /// Notes that somebody has a login; an empty one is none.
    pub fn gives(&mut self, login: &str, person: &Person) {
        let holders = if login.is_empty() { return } else { self.0.entry(login.to_lowercase()).or_default() };
        if !holders.iter().any(|holder| holder.person == Some(person.id)) {
            holders.push(Holder { person: Some(person.id), name: person.name.clone() });
        }
    }

    /// Notes that what gave a login to somebody was taken back before anything was done under it: nobody had it.
    pub fn forgets(&mut self, login: &str, person: PersonId) {
        if let Some(holders) = self.0.get_mut(&login.to_lowercase()) {
            holders.retain(|holder| holder.person != Some(person));
        }
    }

    /// Notes that somebody was taken off the list who had done something under a login.
    pub fn leaves_with(&mut self, login: &str, person: PersonId) {
        let holders = self.0.get_mut(&login.to_lowercase()).into_iter().flatten();
        holders.filter(|holder| holder.person == Some(person)).for_each(|holder| holder.person = None);
    }

    /// Whether a person has a login or ever had it.
    pub fn were(&self, login: &str, person: PersonId) -> bool {
        self.0.get(&login.to_lowercase()).is_some_and(|holders| holders.iter().any(|holder| holder.person == Some(person)))
    }

    /// Whose a login is or was, where that is one person who is on the list.
    pub fn whose(&self, login: &str) -> Option<PersonId> {
        match self.0.get(&login.to_lowercase())?.as_slice() {
            [one] => one.person,
            _ => None,
        }
    }

    /// The name of somebody else whose login that is or ever was.
    fn anothers(&self, login: &str, person: PersonId) -> Option<&str> {
        let holders = self.0.get(&login.to_lowercase())?;
        holders.iter().find(|holder| holder.person != Some(person)).map(|holder| holder.name.as_str())
    }
}

/// Whether somebody gets a login that they do not have already.
pub fn gets_a_login(before: Option<&Person>, after: &Person) -> bool {
    !after.login.is_empty() && before.is_none_or(|before| before.login != after.login)
}

/// Refuses a login that is or ever was somebody else's; the same person may get theirs back. T43.
pub fn login_is_free(held: &LoginsHeld, before: Option<&Person>, after: &Person) -> Result<(), RuleError> {
    let other = held.anothers(&after.login, after.id).filter(|_| gets_a_login(before, after));
    let Some(other) = other else { return Ok(()) };
    let what = format!(
        "The login {} is or was {other}\u{2019}s: what they did stands under it, and would be {}\u{2019}s from now on.",
        after.login, after.name
    );
    Err(RuleError::under("T43", what, format!("Give {} another login that nobody had before.", after.name)).at("login"))
}

/// Refuses that somebody changes their own role or login, or takes their login away: no right may come from oneself. Who keeps the
/// list of people may give that up by a role that does not reach further than theirs in anything. T43.
///
/// `people` are all on the list, and `today` is in Europe/London.
pub fn not_of_oneself(
    framework: &Framework,
    people: &BTreeMap<PersonId, Person>,
    (before, after): (&Person, &Person),
    today: NaiveDate,
) -> Result<(), RuleError> {
    let (field, what) = if before.login != after.login {
        ("login", "Nobody changes their own login or takes it away: what they did would stand under a name that is theirs no more.")
    } else if !same_role(framework, before, after) && !only_gives_up(framework, before, after) {
        ("role", "Nobody changes their own role: it would let one person alone give themselves any right.")
    } else {
        return Ok(());
    };
    let keeps = |person: &&Person| {
        let role = framework.role(&person.role);
        person.id != after.id
            && !person.login.is_empty()
            && person.is_here(today)
            && role.is_some_and(|role| role.rights.has(Right::Administer))
    };
    let others: Vec<&str> = people.values().filter(keeps).map(|person| person.name.as_str()).collect();
    let remedy = match others.as_slice() {
        [] => {
            let roles = who_may(framework, Right::Administer);
            format!("Nobody else keeps the list of people yet: give somebody one of these roles, with a login, and ask them: {roles}.")
        }
        [one] => format!("Ask {one}, who keeps the list of people as well."),
        [one, other] => format!("Ask {one} or {other}, who keep the list of people as well."),
        [one, other, more @ ..] => format!("Ask {one}, {other} or one of {} others who keep the list of people.", more.len()),
    };
    Err(RuleError::under("T43", what, remedy).at(field))
}

fn same_role(framework: &Framework, before: &Person, after: &Person) -> bool {
    let key = |person: &Person| framework.role(&person.role).map_or(person.role.clone(), |role| role.key.clone());
    key(before) == key(after)
}

/// Whether a role takes the list of people out of somebody's hands and gives them nothing that they had not.
fn only_gives_up(framework: &Framework, before: &Person, after: &Person) -> bool {
    let Some((old, new)) = framework.role(&before.role).zip(framework.role(&after.role)) else { return false };
    let further = new.rights.list().into_iter().any(|right| !old.rights.has(right))
        || new.scope > old.scope
        || (new.insights && !old.insights)
        || (new.moderates && !old.moderates);
    old.rights.has(Right::Administer) && !new.rights.has(Right::Administer) && !further
}

/// Refuses a file that gives somebody's login to another person: two logins swapped, or one handed on. Whoever is found by their
/// login gets the name that the file gives, and that is a new name of theirs only where nobody else has it (`known`: the others on
/// the list), and nobody else of the file has theirs (`renewed`: those whom the file adds, or gives another name). T43.
pub fn not_handed_on<'a>(
    (before, after): (&Person, &Person),
    mut known: impl Iterator<Item = &'a Person>,
    mut renewed: impl Iterator<Item = &'a Person>,
) -> Result<(), RuleError> {
    if before.login.is_empty() || same_name(before, after) {
        return Ok(());
    }
    // A mailbox that several share tells nobody apart: only one that comes with the name does.
    let mailbox = |other: &Person| !after.email.is_empty() && !same_email(before, after) && same_email(after, other);
    if !known.any(|other| same_name(after, other) || mailbox(other)) && !renewed.any(|other| same_name(before, other)) {
        return Ok(());
    }
    let what = format!("The login {} is {}\u{2019}s, and the file gives it to {}.", before.login, before.name, after.name);
    let remedy = format!(
        "Give {} another login. If they are one person under a new name: `closeloop people change {} --name \"{}\"`.",
        after.name, before.login, after.name
    );
    Err(RuleError::under("T43", what, remedy).at("login"))
}

fn same_name(one: &Person, other: &Person) -> bool {
    name_key(&one.name) == name_key(&other.name)
}

fn same_email(one: &Person, other: &Person) -> bool {
    one.email.eq_ignore_ascii_case(&other.email)
}
