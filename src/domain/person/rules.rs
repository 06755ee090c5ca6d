//! Keeping the list of people one at a time: who may be written how, and who has to remain.

use super::{Person, Team, name_key, too_long};
use crate::domain::access::{Right, who_may};
use crate::domain::error::RuleError;
use crate::domain::framework::Framework;
use crate::domain::id::{PersonId, TeamId};
use crate::domain::line::above;
use crate::domain::near::near_miss;
use chrono::{Months, NaiveDate};
use std::collections::BTreeMap;

/// What is to be written of somebody; what is not named stays, an empty text clears.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonWanted {
    /// Full name.
    pub name: Option<String>,
    /// Role: its key, its words, or another title of it.
    pub role: Option<String>,
    /// Team, by name; one that nobody knows is added.
    pub team: Option<String>,
    /// Service.
    pub service: Option<String>,
    /// Work e-mail address.
    pub email: Option<String>,
    /// Login on the jump host.
    pub login: Option<String>,
    /// Line manager; an inner none takes them away.
    pub line_manager: Option<Option<PersonId>>,
    /// They are back: the last day that was noted is taken away.
    pub back: bool,
}

/// Everybody and every team, as the rules look at them.
#[derive(Debug)]
pub struct Register<'a> {
    /// The framework in force.
    pub framework: &'a Framework,
    /// Everybody.
    pub people: &'a BTreeMap<PersonId, Person>,
    /// Every team.
    pub teams: &'a [Team],
    /// Today in Europe/London.
    pub today: NaiveDate,
}

/// Somebody as they are to be written, and the team that has to be added for it.
pub fn written(
    register: &Register<'_>,
    before: Option<&Person>,
    (id, new_team): (PersonId, TeamId),
    wanted: &PersonWanted,
) -> Result<(Person, Option<Team>), RuleError> {
    let blank = Person {
        id,
        name: String::new(),
        role: String::new(),
        team: None,
        service: String::new(),
        email: String::new(),
        login: String::new(),
        line_manager: None,
        left_on: None,
    };
    let mut after = before.cloned().unwrap_or(blank);
    let text = |new: &Option<String>, old: &str| new.as_deref().map_or_else(|| old.to_string(), |new| new.trim().to_string());
    after.name = text(&wanted.name, &after.name);
    after.service = text(&wanted.service, &after.service);
    after.email = text(&wanted.email, &after.email);
    after.login = text(&wanted.login, &after.login);
    if let Some(role) = wanted.role.as_deref().or(before.is_none().then_some("")) {
        after.role = known_role(register.framework, role)?;
    }
    after.line_manager = wanted.line_manager.unwrap_or(after.line_manager);
    if wanted.back {
        after.left_on = None;
    }
    let mut added = None;
    if let Some(team) = wanted.team.as_deref().map(str::trim) {
        let known = register.teams.iter().find(|known| name_key(&known.name) == name_key(team));
        after.team = match known {
            _ if team.is_empty() => None,
            Some(known) => Some(known.id),
            None => {
                added = Some(Team { id: new_team, name: team.to_string(), service: after.service.clone() });
                Some(new_team)
            }
        };
    }
    check(register, before, &after)?;
    Ok((after, added))
}

fn known_role(framework: &Framework, typed: &str) -> Result<String, RuleError> {
    if let Some(role) = framework.role(typed) {
        return Ok(role.key.clone());
    }
    let keys = || framework.roles.iter().map(|role| role.key.as_str());
    let words = framework.roles.iter().flat_map(|role| [role.key.as_str(), role.label.as_str()]);
    let remedy = match near_miss(typed, words) {
        Some(near) => format!("Did you mean {near}?"),
        None => format!("Known are: {}.", keys().collect::<Vec<_>>().join(", ")),
    };
    let what = if typed.trim().is_empty() {
        "Everybody on the list of people has a role: it says what they may do.".to_string()
    } else {
        format!("{} has no role \u{201c}{typed}\u{201d}.", framework.title)
    };
    Err(RuleError::under("T43", what, remedy).at("role"))
}

fn check(register: &Register<'_>, before: Option<&Person>, after: &Person) -> Result<(), RuleError> {
    if after.name.is_empty() {
        return Err(RuleError::new("A person needs a name.", "Write it in full, as the council does.").at("name"));
    }
    let texts = [("name", &after.name), ("login", &after.login), ("email", &after.email)];
    if let Some((field, _)) = texts.into_iter().find(|(_, text)| too_long(text)) {
        let what = "That is too long for a name, a login or an address.";
        return Err(RuleError::new(what, "Look whether two fields ran together.").at(field));
    }
    if after.login.chars().any(|letter| letter.is_whitespace() || letter.is_control()) {
        let what = format!("\u{201c}{}\u{201d} is no login: it has a space in it.", after.login);
        return Err(RuleError::new(what, "Write it as the jump host knows it, such as amina.k.").at("login"));
    }
    if !after.email.is_empty() && !after.email.contains('@') {
        return Err(RuleError::new(
            format!("\u{201c}{}\u{201d} is no e-mail address.", after.email),
            "Write the whole address, or leave it empty.",
        )
        .at("email"));
    }
    let others = || register.people.values().filter(|other| other.id != after.id);
    if !after.login.is_empty()
        && let Some(other) = others().find(|other| other.login.eq_ignore_ascii_case(&after.login))
    {
        let what = format!("The login {} is {}\u{2019}s already.", after.login, other.name);
        return Err(RuleError::new(what, "One login is one person: take it away from them first.").at("login"));
    }
    if before.is_none()
        && after.login.is_empty()
        && let Some(other) = others().find(|other| name_key(&other.name) == name_key(&after.name) && other.team == after.team)
    {
        let what = format!("{} is on the list already, in the same team.", other.name);
        return Err(RuleError::new(what, "Change what is written of them, or give the new one a login to tell them apart."));
    }
    manager(register, after).map_err(|refused| refused.at("manager"))
}

fn manager(register: &Register<'_>, after: &Person) -> Result<(), RuleError> {
    let Some(manager) = after.line_manager else { return Ok(()) };
    if manager == after.id {
        return Err(RuleError::new(format!("{} cannot be their own line manager.", after.name), "Choose somebody else, or nobody."));
    }
    let Some(found) = register.people.get(&manager) else {
        return Err(RuleError::new("That line manager is not on the list of people.", "Add them first."));
    };
    if above(register.people, manager).contains(&after.id) {
        let what = format!("{} is managed by {} already, directly or further up.", found.name, after.name);
        return Err(RuleError::new(what, "Two people cannot manage each other: change the other one first."));
    }
    Ok(())
}

/// Somebody whose last day is noted.
pub fn ended(before: &Person, on: NaiveDate, today: NaiveDate) -> Result<Person, RuleError> {
    if before.left_on.is_some_and(|last| last < today) {
        return Err(RuleError::new(format!("{} has left already.", before.name), "There is nothing to change."));
    }
    let far = Months::new(24);
    if on < today - far || on > today + far {
        let whence = if on < today { "more than two years ago" } else { "more than two years ahead" };
        let what = format!("{} is {whence}.", on.format("%-d %B %Y"));
        return Err(RuleError::new(what, "Give the last day that is meant.").at("on"));
    }
    Ok(Person { left_on: Some(on), ..before.clone() })
}

/// Refuses a change after which nobody who has a login could change the list of people any more.
pub fn keep_an_administrator(framework: &Framework, after: &BTreeMap<PersonId, Person>, today: NaiveDate) -> Result<(), RuleError> {
    let mut with_login = after.values().filter(|person| !person.login.is_empty() && person.is_here(today)).peekable();
    let administers = |person: &Person| framework.role(&person.role).is_some_and(|role| role.rights.has(Right::Administer));
    // A last day that is known, even far ahead, would lock the door on that evening.
    if with_login.peek().is_none() || with_login.any(|person| person.left_on.is_none() && administers(person)) {
        return Ok(());
    }
    Err(RuleError::under(
        "T43",
        "Nobody could change the list of people any more: somebody with a login has to remain who may.",
        format!("Give somebody who stays one of these roles first, with a login: {}.", who_may(framework, Right::Administer)),
    ))
}
