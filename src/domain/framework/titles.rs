//! What roles are called where a person reads: the title of the framework, or a few letters where there is little room. The key is for
//! profiles and scripts.

use super::{Framework, Side, SubjectKind};

/// A part of a key with no more letters than these is an abbreviation (`qa`).
const ABBREVIATION: usize = 2;

impl Framework {
    /// The title of a role by its key (`Service manager`); the key itself where the framework knows no such role.
    pub fn role_title<'a>(&'a self, key: &'a str) -> &'a str {
        self.role(key).map_or(key, |role| &role.label)
    }

    /// The same in a few letters. A key that people write as a word of the field stays (`SM`, `CP-Chair`); one that only a profile
    /// writes is read out, with the words of the field that it is made of (`insights-hos`: `Insights HoS`; `qa-coordinator`: `QA
    /// coordinator`).
    pub fn role_in_short(&self, key: &str) -> String {
        let key = self.role(key).map_or(key, |role| &role.key);
        if key.chars().any(char::is_uppercase) {
            return key.to_string();
        }
        let part = |part: &str| match self.roles.iter().find(|role| role.key.eq_ignore_ascii_case(part) && role.key != part) {
            Some(role) => role.key.clone(),
            None if part.chars().count() <= ABBREVIATION => part.to_uppercase(),
            None => part.to_string(),
        };
        let said = key.split('-').map(part).collect::<Vec<_>>().join(" ");
        let mut letters = said.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    /// A role's title with whose it is: `child's service manager`, `Insights team manager`.
    pub fn whose_role(&self, key: &str, side: Side, subject: SubjectKind) -> String {
        let title = self.role_title(key);
        match side {
            Side::Insights => title.to_string(),
            Side::Child => format!("{} {}", owner(subject), within_a_sentence(title)),
        }
    }

    /// The same in a few letters: `child's SM`, `Insights TM`.
    pub fn whose_role_in_short(&self, key: &str, side: Side, subject: SubjectKind) -> String {
        let role = self.role_in_short(key);
        match side {
            Side::Insights => role,
            Side::Child => format!("{} {role}", owner(subject)),
        }
    }
}

fn owner(subject: SubjectKind) -> String {
    let noun = if subject.is_young() { "child" } else { subject.noun() };
    format!("{noun}\u{2019}s")
}

/// A title as it goes on in a sentence: its first letter small, unless it begins with an abbreviation.
pub fn within_a_sentence(title: &str) -> String {
    let mut letters = title.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(title.chars().skip(1)).collect(),
        _ => title.to_string(),
    }
}
