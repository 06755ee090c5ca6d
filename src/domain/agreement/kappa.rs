//! Moderation agreement: Cohen's kappa for pairs of grades, weighted by how far apart they are (Cohen 1968).
//!
//! The panel has the reviewer's grade in sight, so that this is no reliability: it says how far moderation agreed.

use super::bootstrap::{Resampling, percentile_interval};
use super::count;
use super::estimate::{Estimate, Figure, Measure};
use super::shift::{GradeShift, Pair};
use crate::domain::sampling::chance::Random;

/// The weight of a disagreement between two grades: the square of the steps between them, so that Good against
/// Inadequate weighs four times as much as Good against Requires improvement.
pub fn quadratic(one: usize, other: usize) -> u64 {
    let steps = one.abs_diff(other) as u64;
    steps * steps
}

/// Cohen's weighted kappa of a table of counts (Cohen 1968): κ = 1 − N Σ v n / Σ v r c, with the disagreement weights v,
/// the counts n of the N pairs, and the sums r and c of their row and column.
///
/// None when no disagreement is to be expected: both sides used one and the same grade only, or there is no pair.
pub fn weighted_kappa<const GRADES: usize>(counts: &[[u32; GRADES]; GRADES], weight: impl Fn(usize, usize) -> u64) -> Option<f64> {
    let row = |row: usize| counts[row].iter().map(|count| u64::from(*count)).sum::<u64>();
    let column = |column: usize| counts.iter().map(|row| u64::from(row[column])).sum::<u64>();
    let (rows, columns): ([u64; GRADES], [u64; GRADES]) = (std::array::from_fn(row), std::array::from_fn(column));
    let (mut observed, mut expected) = (0, 0);
    for one in 0..GRADES {
        for other in 0..GRADES {
            observed += weight(one, other) * u64::from(counts[one][other]);
            expected += weight(one, other) * rows[one] * columns[other];
        }
    }
    let pairs: u64 = rows.iter().sum();
    (expected > 0).then(|| 1.0 - (pairs * observed) as f64 / expected as f64)
}

/// Quadratic-weighted kappa of sighted pairs, with its interval; each case holds its pairs, of which there is usually one.
///
/// `random` gives uniform numbers made from the resampling's seed. Fewer than 20 pairs, or pairs of fewer than 5 cases,
/// are too few to estimate.
pub fn moderation_agreement<C: AsRef<[Pair]>>(cases: &[C], resampling: Resampling, random: &mut Random) -> Figure {
    // A case without a pair says nothing, and must not thin out the resamples.
    let cases: Vec<&[Pair]> = cases.iter().map(AsRef::as_ref).filter(|pairs| !pairs.is_empty()).collect();
    let pairs = GradeShift::of(cases.iter().copied().flatten());
    let estimate = Estimate::too_few(pairs.pairs(), count(cases.len())).unwrap_or_else(|| {
        let interval = percentile_interval(cases.len(), resampling.resamples, random, |times| {
            let mut resample = GradeShift::default();
            for (case, times) in cases.iter().zip(times) {
                case.iter().for_each(|pair| resample.add(pair, *times));
            }
            weighted_kappa(resample.counts(), quadratic)
        });
        Estimate::of(weighted_kappa(pairs.counts(), quadratic), interval, count(cases.len()), resampling.seed)
    });
    Figure { measure: Measure::ModerationAgreement, estimate }
}
