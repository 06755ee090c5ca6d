//! How far people agree about grades, said honestly: with its uncertainty, and not at all when there is too little.
//!
//! Two kinds of agreement are kept apart. Where the panel saw the reviewer's grade first (a sighted pair) the second
//! grade leans on the first: that is *moderation agreement* ([`moderation_agreement`]), with the table of what moved
//! ([`GradeShift`]). Only scores that were given unseen (sealed scores, benchmarking reviews) are *inter-rater
//! reliability* ([`inter_rater_reliability`]). Cases that came before the panel because of their grade would bend both;
//! [`fit_for_figures`] leaves them out.
//!
//! This module must not know who graded: raters are positions in a list, and nothing here can rank people.

mod alpha;
mod bootstrap;
mod estimate;
mod fit;
mod kappa;
mod shift;
mod spread;

pub use alpha::{Scored, alpha, inter_rater_reliability};
pub use bootstrap::{Interval, Resampling, percentile_interval};
pub use estimate::{Counted, Estimate, FEWEST_CASES, FEWEST_PAIRS, Figure, Measure};
pub use fit::{Fit, fit_for_figures};
pub use kappa::{moderation_agreement, quadratic, weighted_kappa};
pub use shift::{GradeShift, Pair};
pub use spread::{Spread, Standing, spread};

use super::grade::Grade;

/// The seed where nobody names one: the figures of a report do not change because it was made twice.
pub const SEED: u64 = 20_261_124;

/// The place of a grade in a table that runs from the worst to the best: 0 to 3.
fn place(grade: Grade) -> usize {
    usize::try_from(grade.rank()).unwrap_or(0)
}

/// A count as it is kept in figures.
fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
