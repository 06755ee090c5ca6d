//! People and their logins: who cannot come in, and which login is nobody's.

use super::Findings;
use super::keys::Keys;
use crate::domain::count::counted;
use crate::domain::person::Person;
use crate::store::{Store, StoreResult};
use chrono::{DateTime, Utc};

/// So many are named; more are counted.
const NAMED: usize = 5;

/// Looks over the list of people, and against it the logins that keys lead to, where those are known.
pub fn look_over(found: &mut Findings, store: &Store, keys: Option<&Keys>, made_up: bool, now: DateTime<Utc>) -> StoreResult<()> {
    let people = store.reading().people()?;
    let today = now.date_naive();
    let here = |person: &&Person| person.left_on.is_none_or(|last| last >= today);
    let (with, without): (Vec<&Person>, Vec<&Person>) = people.iter().filter(here).partition(|person| !person.login.is_empty());
    if people.is_empty() || with.is_empty() {
        let said = "Nobody in the list of people has a login yet: whoever starts closeloop here works as a coordinator.";
        found.mend("people", said, "closeloop import people FILE, with your own login in it.");
        return Ok(());
    }
    let said = format!("{} a login.", counted(with.len(), "person has", "people have"));
    match without.as_slice() {
        [] => found.ok("people", said),
        some => {
            let names = list(some.iter().map(|person| person.name.as_str()));
            found.look(
                "people",
                format!("{said} {} none: {names}.", counted(some.len(), "has", "have")),
                "Give a login to those who work in closeloop: closeloop people change \"NAME\" --login LOGIN. Whoever is only named \
                 needs none.",
            );
        }
    }
    if let Some(keys) = keys {
        let nobody: Vec<&String> = keys.logins.iter().filter(|key| !with.iter().any(|person| person.login == **key)).collect();
        if !nobody.is_empty() {
            let names = list(nobody.iter().map(|login| login.as_str()));
            found.mend(
                "people",
                format!("Keys lead to logins that nobody here has: {names}."),
                "Take those keys out, or give the logins to people: closeloop people change \"NAME\" --login LOGIN.",
            );
        }
        // Whose last day is known needs no key for it: it was taken out, as the README says.
        let stays = |person: &&&Person| person.left_on.is_none();
        let keyless: Vec<&&Person> = with.iter().filter(stays).filter(|person| !keys.logins.contains(&person.login)).collect();
        if keys.all && !keyless.is_empty() {
            let names = list(keyless.iter().map(|person| person.login.as_str()));
            found.look("people", format!("No key leads to these logins: {names}."), "Add a key for each who works over SSH.");
        }
    }
    let gone: Vec<&Person> = people.iter().filter(|person| !here(person) && !person.login.is_empty()).collect();
    // Where all keys are seen, one of theirs was found above; without one there is nothing left to take away.
    let seen = keys.is_some_and(|keys| keys.all);
    if !gone.is_empty() && !made_up && !seen {
        let names = list(gone.iter().map(|person| person.login.as_str()));
        found.look(
            "people",
            format!("Of those who have left, these logins are refused: {names}."),
            "Take their keys and accounts away as well.",
        );
    }
    Ok(())
}

/// A few of many, in words.
pub fn list<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let more = names.len().saturating_sub(NAMED);
    let some = names.take(NAMED).collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{some} and {more} more") } else { some }
}
