//! Somebody's first review: their line manager helps (S06), or it is done together with a person of some role (F21).

use super::conflict::{Lines, away_in, line_above};
use super::{Candidate, CaseFacts, Conflict, Ground};
use crate::domain::framework::FirstReview;
use crate::domain::id::PersonId;
use crate::domain::person::Person;

/// Whether somebody has to stand beside this reviewer: they have never completed a review, and do not hold the very role
/// that pairs with new reviewers. S06, F21.
pub fn needs_companion(reviewer: &Candidate, ground: &Ground) -> bool {
    match ground.kind.first_review.as_ref() {
        None => false,
        Some(_) if reviewer.has_reviewed => false,
        Some(FirstReview::LineManager) => true,
        Some(FirstReview::Together(role)) => !holds(&reviewer.person, role, ground),
    }
}

fn holds(person: &Person, role: &str, ground: &Ground) -> bool {
    let wanted = ground.framework.role(role).map_or(role, |role| role.key.as_str());
    ground.framework.role(&person.role).is_some_and(|held| held.key == wanted)
}

/// Who stands beside `reviewer` in this case; none when they have reviewed before, the framework asks for nobody, or there
/// is nobody (no line manager on the list, no free person of the role).
///
/// Of several who could pair, one who is not away, with the fewest open reviews, then by id. S06, F21.
pub fn companion_for(case: &CaseFacts, reviewer: &Candidate, everybody: &[Candidate], ground: &Ground) -> Option<PersonId> {
    if !needs_companion(reviewer, ground) {
        return None;
    }
    match ground.kind.first_review.as_ref()? {
        FirstReview::LineManager => {
            let manager = reviewer.person.line_manager.and_then(|manager| ground.people.get(&manager))?;
            manager.is_here(ground.window.from).then_some(manager.id)
        }
        FirstReview::Together(_) => {
            let fit = |other: &&Candidate| is_companion_fit(case, &reviewer.person, &other.person, ground).is_none();
            let rank = |other: &&Candidate| (away_in(other, ground.window).is_some(), other.load, other.person.id);
            everybody.iter().filter(fit).min_by_key(rank).map(|other| other.person.id)
        }
    }
}

/// Why a person cannot stand beside a first-time reviewer in this case; none when they can. S06, F21.
pub fn is_companion_fit(case: &CaseFacts, reviewer: &Person, companion: &Person, ground: &Ground) -> Option<String> {
    if companion.id == reviewer.id {
        return Some("Nobody stands beside themselves.".into());
    }
    if !companion.is_here(ground.window.from) {
        return Some(format!("{} no longer works here.", companion.short_name()));
    }
    match ground.kind.first_review.as_ref()? {
        // The manager helps with how to review; they need not be independent of the case, since they do not judge it.
        FirstReview::LineManager if reviewer.line_manager != Some(companion.id) => {
            Some(format!("{} is not the line manager of {}.", companion.short_name(), reviewer.short_name()))
        }
        FirstReview::LineManager => None,
        FirstReview::Together(role) => {
            if !holds(companion, role, ground) {
                return Some(format!("{} is {}; a first review is done together with {role}.", companion.short_name(), companion.role));
            }
            let near: Option<Conflict> =
                Lines::of(case, ground).conflicts(companion, &line_above(companion.id, ground.people)).into_iter().next();
            near.map(|conflict| format!("{}: {}", companion.short_name(), conflict.sentence()))
        }
    }
}
