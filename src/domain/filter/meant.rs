//! What was probably meant by a filter that finds nothing: words near one with a meaning of its own, and values that the framework does
//! not have, with those that it has.

use super::{FLAGS, Filter, Found, Term};
use crate::domain::framework::Framework;
use crate::domain::near::near_miss;

/// So many values are named at most.
const NAMED: usize = 12;

impl Filter {
    /// Why a filter may find nothing, sentence by sentence; empty: it may be that nothing is like that. Names of people and teams are
    /// not looked through: a part of one is what people type.
    pub fn perhaps_meant(&self, framework: &Framework) -> Vec<String> {
        self.terms.iter().filter_map(|term| perhaps(term, framework)).collect()
    }
}

fn perhaps(term: &Term, framework: &Framework) -> Option<String> {
    let kinds = &framework.kinds;
    let (what, value, known): (&str, &str, Vec<&str>) = match term {
        // The number that a case has in the council's own system is no word of the list: who asks by it is written down.
        Term::Word(word) if word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_digit()) => {
            return Some(format!("A number of the case system is found with \u{201c}child:{word}\u{201d}."));
        }
        Term::Word(word) => {
            let near = near_miss(word, FLAGS.into_iter().chain(Found::FLAGS))?;
            return Some(format!("\u{201c}{word}\u{201d} was looked for as a word; did you mean {near}?"));
        }
        Term::Type(value) => ("type of case", value, framework.case_types.iter().map(|case| case.key.as_str()).collect()),
        Term::Found(Found::Kind(value)) => ("kind of review", value, kinds.iter().map(|kind| kind.key.as_str()).collect()),
        Term::Found(Found::Theme(value) | Found::Strength(value) | Found::Improve(value)) => {
            ("theme", value, framework.themes.iter().map(|theme| theme.key.as_str()).collect())
        }
        Term::Found(Found::Area(value, _)) => {
            ("area", value, kinds.iter().flat_map(|kind| &kind.areas).map(|area| area.key.as_str()).collect())
        }
        Term::Step(value) => {
            let labels: Vec<&str> = kinds.iter().flat_map(|kind| &kind.steps).map(|step| step.label.as_str()).collect();
            // A part of one is enough.
            if labels.iter().any(|label| label.to_lowercase().contains(&value.to_lowercase())) {
                return None;
            }
            ("step", value, labels)
        }
        Term::Found(Found::Did(value) | Found::Barrier(value) | Found::Before(value) | Found::InTime(value, _)) => {
            ("step", value, kinds.iter().flat_map(|kind| &kind.steps).map(|step| step.key.as_str()).collect())
        }
        _ => return None,
    };
    let begins = |known: &&str| known.to_lowercase().starts_with(&value.to_lowercase());
    // The beginning of a type is enough.
    let is_known = known.iter().any(|one| one.eq_ignore_ascii_case(value)) || matches!(term, Term::Type(_)) && known.iter().any(begins);
    (!is_known).then(|| none_such(what, value, known))
}

/// That there is no such thing, which one may have been meant, and which there are.
pub(super) fn none_such<'a>(what: &str, value: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let mut all: Vec<&str> = Vec::new();
    for one in known {
        if !all.contains(&one) {
            all.push(one);
        }
    }
    let meant = near_miss(value, all.iter().copied()).map(|near| format!("; did you mean {near}?")).unwrap_or_else(|| ".".into());
    let more = all.len().saturating_sub(NAMED);
    let and = if more > 0 { format!(" and {more} more") } else { String::new() };
    all.truncate(NAMED);
    format!("There is no {what} \u{201c}{value}\u{201d}{meant} There are: {}{and}.", all.join(", "))
}
