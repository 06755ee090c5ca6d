//! What somebody may do at this moment: read anew from the tables for every question and every deed, so that a change of role, a
//! deputy's last day or a leaver's holds at the next one, whatever a session believed when it began.

use super::library::Library;
use crate::domain::access::{Access, Right};
use crate::domain::deed::Actor;
use crate::domain::error::RuleError;
use crate::domain::person::Person;
use crate::domain::query::Viewer;
use crate::store::{Reading, StoreError, StoreResult};
use chrono::NaiveDate;

/// The rule under which somebody is told that they are on no list, or have left.
pub const RULE: &str = "T43";

/// What a person may do today; everything for nobody in particular: the program by itself, and whoever keeps a database in which
/// nobody has a login yet.
pub fn of(reading: Reading<'_>, library: &mut Library, person: Option<&Person>, today: NaiveDate) -> StoreResult<Access> {
    let Some(person) = person else { return Ok(Access::whole()) };
    if reading.setting("framework")?.is_none() {
        return Ok(Access::whole());
    }
    if !person.is_here(today) {
        return Err(gone(person));
    }
    let framework = library.current(reading)?;
    Ok(Access::of(&framework, person, &reading.stands_in_for(person.id, today)?))
}

/// Who acts, as the list of people knows them now, and what they may do.
pub fn standing(reading: Reading<'_>, library: &mut Library, actor: &Actor, today: NaiveDate) -> StoreResult<(Actor, Access)> {
    let Some(id) = actor.person else { return Ok((actor.clone(), Access::whole())) };
    let Some(person) = reading.person_as_kept(id)? else { return Err(unknown(&actor.login)) };
    // Their login was taken away or is another by now: what a session under it wrote would be nobody's.
    if person.login != actor.login {
        return Err(not_theirs(&actor.login, &person));
    }
    let access = of(reading, library, Some(&person), today)?;
    let (role, name) = (person.role.clone(), person.name.clone());
    Ok((Actor { login: actor.login.clone(), session: actor.session.clone(), role, name, person: Some(id) }, access))
}

/// Somebody who looks, with how far they see today.
pub fn seeing(reading: Reading<'_>, library: &mut Library, viewer: &Viewer) -> StoreResult<Viewer> {
    let person = match viewer.person {
        Some(id) => Some(reading.person(id)?.ok_or_else(|| unknown(""))?),
        None => None,
    };
    let sight = of(reading, library, person.as_ref(), viewer.today)?.sight();
    Ok(Viewer { sight, ..viewer.clone() })
}

/// What a viewer may do today.
pub fn of_viewer(reading: Reading<'_>, library: &mut Library, viewer: &Viewer) -> StoreResult<Access> {
    let person = viewer.person.map(|id| reading.person(id)).transpose()?.flatten();
    of(reading, library, person.as_ref(), viewer.today)
}

/// Somebody before a report: it is of the whole council, so that who makes reports is not asked which cases they see.
pub fn before_a_report(reading: Reading<'_>, library: &mut Library, viewer: &Viewer) -> StoreResult<Viewer> {
    let may = of_viewer(reading, library, viewer)?.may(Right::Report);
    if may { Ok(viewer.of_all()) } else { seeing(reading, library, viewer) }
}

/// Whether somebody may do a thing, and if not, the sentence that says why and who may.
pub fn must(reading: Reading<'_>, library: &mut Library, access: &Access, right: Right) -> StoreResult<()> {
    if access.may(right) {
        return Ok(());
    }
    Ok(access.must(&*library.current(reading)?, right)?)
}

/// The sentence for somebody who has left.
pub fn gone(person: &Person) -> StoreError {
    let last = person.left_on.map(|last| last.format("%-d %B %Y").to_string()).unwrap_or_default();
    let (what, command) = match person.login.as_str() {
        "" => (format!("{}\u{2019}s last day here was {last}: who has left comes in no more.", person.name), "people list".to_string()),
        login => {
            let what =
                format!("The login {login} belongs to {}, whose last day here was {last}: who has left comes in no more.", person.name);
            (what, format!("people change {login} --back"))
        }
    };
    let ask = format!("If that is wrong or they are back, ask the Insights team, who keep the list of people: `closeloop {command}`.");
    StoreError::Refused(RuleError::under(RULE, what, ask))
}

/// The sentence for a login that somebody had when their session began, and has no longer.
fn not_theirs(login: &str, person: &Person) -> StoreError {
    let (now, remedy) = match person.login.as_str() {
        "" => ("they have none now".to_string(), "If that is wrong, ask the Insights team, who keep the list of people.".to_string()),
        other => (format!("theirs is {other} now"), format!("Come in again as {other}.")),
    };
    let what = format!("The login {login} is no longer {}\u{2019}s: {now}.", person.name);
    StoreError::Refused(RuleError::under(RULE, what, remedy))
}

/// The sentence for a login that is nobody's on the list of people, or no longer.
pub fn unknown(login: &str) -> StoreError {
    let whose = if login.is_empty() { "Whoever asks".to_string() } else { format!("The login {login}") };
    StoreError::Refused(RuleError::under(
        RULE,
        format!("{whose} is nobody in the list of people."),
        "Ask the Insights team to add you with your login: `closeloop people add`, or `closeloop import people FILE`.",
    ))
}

/// The sentence for whoever keeps the machine and works as `root`, which is nobody: they work in the name of somebody who is listed.
///
/// `service` names the account that every session runs under, where the database has one (T43).
pub fn root_is_nobody(service: Option<&str>) -> StoreError {
    let command = match service {
        Some(account) => format!("`runuser -u {account} -- closeloop --as LOGIN \u{2026}`"),
        None => "`runuser -u LOGIN -g GROUP -- closeloop \u{2026}`, with the group of the data".to_string(),
    };
    StoreError::Refused(RuleError::under(
        RULE,
        "root keeps this machine and is nobody in the list of people.",
        format!("Do it as somebody who is on it and may: {command}."),
    ))
}
