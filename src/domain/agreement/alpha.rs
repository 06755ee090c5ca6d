//! Inter-rater reliability: Krippendorff's alpha with the ordinal metric (Krippendorff 2011; 2018, chapter 12), for scores
//! that were given unseen by one another: sealed scores of a panel, and benchmarking reviews (S18).

use super::bootstrap::{Resampling, percentile_interval};
use super::estimate::{Estimate, Figure, Measure};
use super::{count, place};
use crate::domain::grade::Grade;
use crate::domain::sampling::chance::Random;
use std::collections::BTreeSet;

/// The scores of one case: for each question one score from each rater, or none from those who gave none.
///
/// All questions of all cases share one scale. Where one file is all there is (a benchmarking review), let each of its
/// questions be a case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scored {
    questions: Vec<Vec<Option<u8>>>,
}

impl Scored {
    /// Places on any ordered scale, question by question.
    pub fn of_places(questions: Vec<Vec<Option<u8>>>) -> Scored {
        Scored { questions }
    }

    /// One question, graded.
    pub fn of_grades(grades: impl IntoIterator<Item = Option<Grade>>) -> Scored {
        let place_of = |grade: Grade| u8::try_from(place(grade)).unwrap_or(0);
        Scored { questions: vec![grades.into_iter().map(|grade| grade.map(place_of)).collect()] }
    }

    /// One question, scaled 0-10.
    pub fn of_scalings(scalings: impl IntoIterator<Item = Option<u8>>) -> Scored {
        Scored { questions: vec![scalings.into_iter().collect()] }
    }
}

/// What a case adds to the sums of alpha; all of them add up, so that a resample is a weighted sum of cases.
struct Share {
    /// Pairable scores at each place in use.
    scores: Vec<u32>,
    /// Two different places, and how often they met within a question: Krippendorff's coincidences, both ways round.
    met: Vec<(usize, usize, f64)>,
    /// Pairs of scores for one question.
    pairs: u32,
}

impl Share {
    /// None where no question has two scores: a score that nothing can be compared with does not count.
    fn of(case: &Scored, places: &[u8]) -> Option<Share> {
        let mut share = Share { scores: vec![0; places.len()], met: Vec::new(), pairs: 0 };
        for question in &case.questions {
            let given: Vec<u32> =
                places.iter().map(|place| count(question.iter().filter(|score| **score == Some(*place)).count())).collect();
            let raters: u32 = given.iter().sum();
            if raters < 2 {
                continue;
            }
            share.pairs += raters * (raters - 1) / 2;
            for (one, here) in given.iter().enumerate() {
                share.scores[one] += here;
                for (other, there) in given.iter().enumerate().skip(one + 1).filter(|(_, there)| *here > 0 && **there > 0) {
                    share.met.push((one, other, f64::from(2 * here * there) / f64::from(raters - 1)));
                }
            }
        }
        (share.pairs > 0).then_some(share)
    }
}

/// All cases that count, taken apart once.
struct Shares {
    cases: Vec<Share>,
    places: usize,
}

impl Shares {
    fn of(cases: &[Scored]) -> Shares {
        let places: BTreeSet<u8> = cases.iter().flat_map(|case| case.questions.iter().flatten().flatten().copied()).collect();
        let places: Vec<u8> = places.into_iter().collect();
        Shares { cases: cases.iter().filter_map(|case| Share::of(case, &places)).collect(), places: places.len() }
    }

    /// α = 1 − (n − 1) Σ o δ² / Σ n_c n_k δ², each case taken so many times. None when only one place was used.
    fn alpha(&self, times: &[u32]) -> Option<f64> {
        let mut scores = vec![0.0; self.places];
        for (case, times) in self.cases.iter().zip(times) {
            for (sum, given) in scores.iter_mut().zip(&case.scores) {
                *sum += f64::from(given * times);
            }
        }
        let all: f64 = scores.iter().sum();
        let mut expected = 0.0;
        for one in 0..self.places {
            for other in one + 1..self.places {
                expected += 2.0 * scores[one] * scores[other] * ordinal(&scores, one, other);
            }
        }
        let met = self.cases.iter().zip(times).filter(|(_, times)| **times > 0);
        let observed: f64 = met
            .flat_map(|(case, times)| case.met.iter().map(move |(one, other, met)| (*one, *other, met * f64::from(*times))))
            .map(|(one, other, met)| met * ordinal(&scores, one, other))
            .sum();
        (expected > 0.0).then(|| 1.0 - (all - 1.0) * observed / expected)
    }
}

/// The ordinal metric (Krippendorff 2011): the square of how many scores lie from one place to the other, the two places
/// themselves counted by half. It is not the square of the steps, which would be the interval metric.
fn ordinal(scores: &[f64], one: usize, other: usize) -> f64 {
    let between: f64 = scores[one..=other].iter().sum::<f64>() - (scores[one] + scores[other]) / 2.0;
    between * between
}

/// Krippendorff's alpha with the ordinal metric, any number of raters and missing scores allowed, without regard to how
/// few there are. None when only one place of the scale was used, or nobody scored what another did.
pub fn alpha(cases: &[Scored]) -> Option<f64> {
    let shares = Shares::of(cases);
    shares.alpha(&vec![1; shares.cases.len()])
}

/// Alpha with its interval. `random` gives uniform numbers made from the resampling's seed.
///
/// Fewer than 20 pairs of scores, or fewer than 5 cases with two scores, are too few to estimate.
pub fn inter_rater_reliability(cases: &[Scored], resampling: Resampling, random: &mut Random) -> Figure {
    let shares = Shares::of(cases);
    let n = count(shares.cases.len());
    let pairs = shares.cases.iter().map(|case| case.pairs).sum();
    let estimate = Estimate::too_few(pairs, n).unwrap_or_else(|| {
        let interval = percentile_interval(shares.cases.len(), resampling.resamples, random, |times| shares.alpha(times));
        Estimate::of(shares.alpha(&vec![1; shares.cases.len()]), interval, n, resampling.seed)
    });
    Figure { measure: Measure::InterRaterReliability, estimate }
}
