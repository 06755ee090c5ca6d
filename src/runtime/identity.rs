//! Who sits at this terminal: the user of the operating system, looked up in the council's list of people.
//!
//! The environment is not believed.

use super::library::Library;
use super::random;
use crate::domain::deed::Actor;
use crate::domain::error::RuleError;
use crate::store::{Reading, StoreError, StoreResult};
use chrono::NaiveDate;

/// Role of somebody who works before anybody has a login.
const FIRST: &str = "coordinator";

/// The login of the user of this process.
pub fn login() -> Option<String> {
    let uid = rustix::process::getuid().as_raw();
    let passwd = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    of_passwd(&passwd, uid).filter(|login| !login.is_empty())
}

/// The login of a user number in a text like `/etc/passwd`.
pub fn of_passwd(passwd: &str, uid: u32) -> Option<String> {
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        let (name, number) = (fields.next()?, fields.nth(1)?);
        (number.parse() == Ok(uid)).then(|| name.to_string())
    })
}

/// Who acts under a login: the person who has it; before anybody has one, a coordinator without a row.
pub fn actor(reading: Reading<'_>, login: &str, today: NaiveDate) -> StoreResult<Actor> {
    let session = random::session_name();
    if let Some(person) = reading.person_by_login(login)? {
        if let Some(last) = person.left_on.filter(|last| *last < today) {
            return Err(refuse(
                format!("The login {login} belongs to somebody whose last day was {}.", last.format("%-d %B %Y")),
                "If they are back, import the list of people anew: `closeloop import people FILE`.",
            ));
        }
        return Ok(Actor { login: login.to_string(), person: Some(person.id), name: person.name, role: person.role, session });
    }
    if reading.anybody_has_a_login()? {
        return Err(refuse(
            format!("The login {login} is nobody in the list of people."),
            "Ask the Insights team to add you with your login: `closeloop import people FILE`.",
        ));
    }
    Ok(Actor { login: login.to_string(), person: None, name: login.to_string(), role: FIRST.to_string(), session })
}

/// The role of an actor in the words of the framework in force.
pub fn role_in_words(reading: Reading<'_>, library: &mut Library, actor: &Actor) -> String {
    let framework = library.current(reading).ok();
    let label = framework.as_ref().and_then(|framework| framework.role(&actor.role)).map(|role| role.label.clone());
    label.unwrap_or_else(|| actor.role.clone())
}

fn refuse(what: String, remedy: &str) -> StoreError {
    StoreError::Refused(RuleError::new(what, remedy))
}
