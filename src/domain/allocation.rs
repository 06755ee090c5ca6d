//! Who may review a case, and a balanced proposal of who should.
//!
//! A reviewer is independent of the case: not its worker, nobody in the worker's line of management, nobody of its team.
//! What rules a person out is found before anybody is asked, and always says why. This module must not know who asks, nor
//! how a chosen reviewer is told.

mod beside;
mod conflict;
mod first;
mod propose;

pub use beside::{Beside, Shared, propose_beside};
pub use conflict::{Check, Conflict, above_teams, check_manual, check_under, conflicts, inferred};
pub use first::{companion_for, is_companion_fit, needs_companion};
pub use propose::{Proposal, Suggestion, propose};

use super::framework::{Framework, ReviewKind};
use super::id::{PersonId, ReviewId, TeamId};
use super::interest::CaseInterests;
use super::person::{Absence, Person};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everybody by id: lines of management are followed through it.
pub type People = BTreeMap<PersonId, Person>;

/// Somebody who could review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Who.
    pub person: Person,
    /// Reviews they hold that are still open.
    pub load: u32,
    /// When they are away; periods of other people are ignored.
    pub absences: Vec<Absence>,
    /// Open reviews they may hold at most, where that was agreed.
    pub cap: Option<u32>,
    /// Reviews of this kind that are theirs in the cycle, finished ones included (Q02, Q03).
    pub in_cycle: u32,
    /// Has completed a review before; who has not is helped or paired (S06, F21).
    pub has_reviewed: bool,
}

/// The facts of a case that independence is judged by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseFacts {
    /// The review to be allocated.
    pub review: ReviewId,
    /// The allocated worker, if any.
    pub practitioner: Option<PersonId>,
    /// The case's team; the worker's own team counts as well.
    pub team: Option<TeamId>,
    /// The service, for those who look at the list.
    pub service: String,
    /// Who is recused, who stood near the case lately, and what was set aside.
    pub interests: CaseInterests,
}

/// The days in which the review is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
}

/// What everything is judged against; the same for all cases of one allocation.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// Everybody, for lines of management.
    pub people: &'a People,
    /// The framework in force.
    pub framework: &'a Framework,
    /// The kind of review, which says who may do it.
    pub kind: &'a ReviewKind,
    /// When the reviews are to be done.
    pub window: Window,
}
