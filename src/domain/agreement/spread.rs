//! Several judgements of one question, in the order in which a panel talks about them: the most extreme first.

use super::place;
use crate::domain::grade::Judgement;
use serde::{Deserialize, Serialize};

/// The judgements of one question after the reveal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    /// The farthest from the median first, the better one first of two that are as far, then as they came.
    pub order: Vec<Standing>,
    /// Twice the median, so that it stays whole between two places: in scale points, or in grade places (0 is the worst)
    /// where not every judgement has a scaling.
    pub median_twice: u32,
    /// From the lowest to the highest, in the same unit; 0 when all agree.
    pub width: u32,
}

/// One judgement among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Place of the rater in the list that was given, from 0.
    pub rater: usize,
    /// What was given.
    pub judgement: Judgement,
    /// Twice the distance from the median.
    pub from_median_twice: u32,
}

/// Puts the judgements of one question in order; raters who gave none are left out. None when nobody gave one.
///
/// Scalings are compared where everybody gave one, else grades: half a panel's scale points say nothing about the rest.
pub fn spread(judgements: &[Option<Judgement>]) -> Option<Spread> {
    let given: Vec<(usize, Judgement)> = judgements.iter().enumerate().filter_map(|(rater, given)| Some((rater, (*given)?))).collect();
    let scaled: Option<Vec<u32>> = given.iter().map(|(_, judgement)| judgement.scaling.map(u32::from)).collect();
    let points = scaled.unwrap_or_else(|| given.iter().map(|(_, judgement)| super::count(place(judgement.grade))).collect());

    let mut sorted = points.clone();
    sorted.sort_unstable();
    let (lowest, highest) = (*sorted.first()?, *sorted.last()?);
    let median_twice = sorted[(sorted.len() - 1) / 2] + sorted[sorted.len() / 2];

    let mut order: Vec<(u32, Standing)> = given
        .into_iter()
        .zip(points)
        .map(|((rater, judgement), points)| (points, Standing { rater, judgement, from_median_twice: (2 * points).abs_diff(median_twice) }))
        .collect();
    order.sort_by_key(|(points, standing)| std::cmp::Reverse((standing.from_median_twice, *points)));
    let order = order.into_iter().map(|(_, standing)| standing).collect();
    Some(Spread { order, median_twice, width: highest - lowest })
}
