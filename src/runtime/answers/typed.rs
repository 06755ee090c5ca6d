//! What people typed as what is stored, and what they are told where nothing is left.

use crate::domain::error::RuleError;
use crate::domain::filter::{Filter, Found, Term};
use crate::domain::framework::Framework;
use crate::store::StoreError;

/// The filter with short forms of case types (`type:ce`), which are what screens show, as the keys that are stored; and with the fields
/// in which the framework writes down what families said.
pub(super) fn with_keys(filter: &Filter, framework: &Framework) -> Filter {
    let key_of = |typed: &str| framework.case_types.iter().find(|known| known.short.eq_ignore_ascii_case(typed)).map(|known| &known.key);
    let terms = filter.terms.iter().map(|term| match term {
        Term::Type(typed) => Term::Type(key_of(typed).unwrap_or(typed).clone()),
        Term::Found(Found::Said(step, _)) => Term::Found(Found::Said(step.clone(), framework.words_of_families())),
        other => other.clone(),
    });
    Filter { terms: terms.collect() }
}

/// What is said of a review whose record is erased.
pub(super) fn erased(day: chrono::NaiveDate) -> StoreError {
    let what = format!("This record was erased on {}, as two people decided.", day.format("%-d %B %Y"));
    StoreError::Refused(RuleError::new(what, "Nothing is left of it but that it took place; its history says when."))
}
