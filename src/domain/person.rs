//! People and teams: who works for the council, in which role, for whom, and when they are away.

mod logins;
mod rules;

pub use logins::{LoginsHeld, gets_a_login, login_is_free, not_handed_on, not_of_oneself};
pub use rules::{PersonWanted, Register, ended, keep_an_administrator, written};

use super::id::{AbsenceId, PersonId, TeamId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Most characters of a name or a login; what is longer is a slip of the pen or another column. The tables hold to it too.
pub const LONGEST_NAME: usize = 200;

/// Whether a name or a login is too long to be one.
pub fn too_long(text: &str) -> bool {
    text.chars().count() > LONGEST_NAME
}

/// A person who works for the council.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Row number.
    pub id: PersonId,
    /// Full name as the council writes it.
    pub name: String,
    /// Key of a role in the framework (`TM`); what the import said when it is no role of the framework.
    pub role: String,
    /// Team, if any.
    pub team: Option<TeamId>,
    /// Service, for those above teams or when the team names none.
    pub service: String,
    /// Work e-mail address; empty when unknown.
    pub email: String,
    /// Login on the jump host; empty when the person has none.
    pub login: String,
    /// Line manager.
    pub line_manager: Option<PersonId>,
    /// Last day at the council, once gone.
    pub left_on: Option<NaiveDate>,
}

impl Person {
    /// Whether the person works here on that day: a last day that is known but lies ahead changes nothing yet.
    pub fn is_here(&self, day: NaiveDate) -> bool {
        self.left_on.is_none_or(|last| last >= day)
    }

    /// Surname first, without case: how lists of people are ordered.
    pub fn sorted_by(&self) -> String {
        let key = name_key(&self.name);
        match key.rsplit_once(' ') {
            Some((first, surname)) => format!("{surname} {first}"),
            None => key,
        }
    }

    /// Surname with initial (`N. Carter`), as narrow columns show it.
    pub fn short_name(&self) -> String {
        short_name(&self.name)
    }
}

/// Shortens a full name to initial and surname; one-word names stay whole.
pub fn short_name(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().unwrap_or_default();
    match (first.chars().next(), words.next_back()) {
        (Some(initial), Some(surname)) => format!("{initial}. {surname}"),
        _ => first.to_string(),
    }
}

/// The initials of a full name (`NC`): all that minutes say of whoever leaves for an item.
pub fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}

/// The form of a name by which two spellings are the same person: case, spaces and punctuation do not count.
pub fn name_key(name: &str) -> String {
    let letters = name.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).flat_map(char::to_lowercase);
    letters.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A team of practitioners.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// Row number.
    pub id: TeamId,
    /// Name as the council writes it.
    pub name: String,
    /// The service it belongs to; empty when nobody has said.
    pub service: String,
}

/// A period in which a person is away and gets no new reviews.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// Row number.
    pub id: AbsenceId,
    /// Who.
    pub person: PersonId,
    /// First day away.
    pub from: NaiveDate,
    /// Last day away.
    pub until: NaiveDate,
    /// Why, in a word or two.
    pub reason: String,
    /// Who stands in meanwhile, if somebody does.
    #[serde(default)]
    pub deputy: Option<PersonId>,
}

impl Absence {
    /// Whether the person is away on that day.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.until
    }
}
