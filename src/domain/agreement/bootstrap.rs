//! How far a coefficient might have come out otherwise: the percentile bootstrap over cases (Efron and Tibshirani 1993,
//! chapter 13).
//!
//! Whole cases are drawn again, never scores within a case: several scores of one case hang together, and taking them
//! for independent would make the interval look narrower than it is.

use crate::domain::sampling::chance::{Random, below};
use serde::{Deserialize, Serialize};

/// How often to resample, and the seed that the random numbers were made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resampling {
    /// Seed, shown with every result.
    pub seed: u64,
    /// Number of resamples.
    pub resamples: u32,
}

impl Resampling {
    /// The usual 1,000 resamples.
    pub fn seeded(seed: u64) -> Resampling {
        Resampling { seed, resamples: 1_000 }
    }
}

/// A 95% interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Resamples that had a value.
    pub resamples: u32,
}

/// The 95% percentile interval of a coefficient: as many cases as there are, drawn with replacement, again and again.
///
/// `coefficient` gets how many times each case was drawn. With B values in order, k = ⌊0.025 (B + 1)⌋ but at least 1, the
/// ends are the k-th from below and the k-th from above (Efron and Tibshirani 1993, §12.5). None when there are no cases
/// or no resample had a value. The same random numbers give the same interval on any machine: cases are chosen with
/// whole numbers.
pub fn percentile_interval(
    cases: usize,
    resamples: u32,
    random: &mut Random,
    mut coefficient: impl FnMut(&[u32]) -> Option<f64>,
) -> Option<Interval> {
    let mut times = vec![0u32; cases];
    let mut values = Vec::new();
    for _ in 0..resamples {
        times.fill(0);
        for _ in 0..cases {
            let drawn = usize::try_from(below(cases as u64, random)).unwrap_or(0);
            times[drawn] += 1;
        }
        values.extend(coefficient(&times));
    }
    values.sort_by(f64::total_cmp);
    let from_the_end = ((values.len() + 1) * 25 / 1_000).max(1);
    let low = *values.get(from_the_end - 1)?;
    let high = *values.get(values.len().checked_sub(from_the_end)?)?;
    Some(Interval { low, high, resamples: super::count(values.len()) })
}
