//! What a line of points says beyond chance, and what it does not.
//!
//! Two sets of rules: those of a run chart around its median (Perla, Provost and Murray 2011), for the first points; and those of a
//! chart with control limits (NHS England, Making Data Count), once there are enough. A signal asks "what changed here?"; it judges
//! nobody.

use serde::{Deserialize, Serialize};

/// One point as the rules look at it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// What was measured.
    pub value: f64,
    /// The line in the middle.
    pub centre: f64,
    /// The limits around it, where there are any.
    pub limits: Option<(f64, f64)>,
}

/// Something that chance seldom does. Places count from 0; the last one belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signal {
    /// So many points in a row on one side of the middle.
    Shift {
        /// The first of them.
        from: usize,
        /// The last of them.
        to: usize,
        /// Above the middle; otherwise below.
        above: bool,
    },
    /// So many points in a row that each rise, or each fall.
    Trend {
        /// The first of them.
        from: usize,
        /// The last of them.
        to: usize,
        /// Rising; otherwise falling.
        rising: bool,
    },
    /// The line crosses its median less often than chance would have it.
    FewRuns {
        /// How many runs there are.
        runs: u32,
        /// How many there would be at least.
        least: u32,
    },
    /// The line crosses its median more often than chance would have it.
    ManyRuns {
        /// How many runs there are.
        runs: u32,
        /// How many there would be at most.
        most: u32,
    },
    /// A point outside the control limits.
    Outside {
        /// Which.
        at: usize,
        /// Above the upper one; otherwise below the lower one.
        above: bool,
    },
}

/// Points in a row on one side of the median that make a shift (Perla 2011).
const SHIFT_ROUND_MEDIAN: usize = 6;
/// Points in a row, the first included, that make a trend in a run chart (Perla 2011).
const TREND_ROUND_MEDIAN: usize = 5;
/// Points in a row on one side of the mean that make a shift in a chart with limits (Making Data Count).
const SHIFT_ROUND_MEAN: usize = 7;
/// Points in a row, the first included, that make a trend in a chart with limits (Making Data Count).
const TREND_ROUND_MEAN: usize = 6;

/// How many runs chance allows at the 5 % level for so many points off the median (Swed and Eisenhart 1943, as printed by Perla 2011):
/// points, least, most. Beyond the last line a chart has control limits.
const RUNS: [(usize, u32, u32); 3] = [(POINTS_FOR_RUNS, 3, 9), (11, 3, 10), (12, 3, 11)];

/// From so many points off the median on the rules can say that nothing but chance is seen.
pub(super) const POINTS_FOR_RUNS: usize = 10;

/// The signals of a run chart: shift, trend, and too few or too many runs.
pub(super) fn round_median(points: &[Reading]) -> Vec<Signal> {
    let mut found = shifts(points, SHIFT_ROUND_MEDIAN);
    found.extend(trends(points, TREND_ROUND_MEDIAN));
    found.extend(number_of_runs(points));
    found
}

/// The signals of a chart with limits: a point outside, shift and trend.
pub(super) fn round_limits(points: &[Reading]) -> Vec<Signal> {
    let mut found: Vec<Signal> = points
        .iter()
        .enumerate()
        .filter_map(|(at, point)| {
            let (low, high) = point.limits?;
            (point.value < low || point.value > high).then_some(Signal::Outside { at, above: point.value > high })
        })
        .collect();
    found.extend(shifts(points, SHIFT_ROUND_MEAN));
    found.extend(trends(points, TREND_ROUND_MEAN));
    found
}

/// On which side of the middle a point lies; none: on it.
fn side(point: &Reading) -> Option<bool> {
    if point.value == point.centre { None } else { Some(point.value > point.centre) }
}

/// Runs on one side of the middle: the side and the places of the points. One that lies on the middle belongs to no run and ends none.
fn runs(points: &[Reading]) -> Vec<(bool, Vec<usize>)> {
    let mut found: Vec<(bool, Vec<usize>)> = Vec::new();
    for (at, point) in points.iter().enumerate() {
        let Some(above) = side(point) else { continue };
        match found.last_mut() {
            Some((side, places)) if *side == above => places.push(at),
            _ => found.push((above, vec![at])),
        }
    }
    found
}

fn shifts(points: &[Reading], enough: usize) -> Vec<Signal> {
    let long = runs(points).into_iter().filter(|(_, places)| places.len() >= enough);
    long.filter_map(|(above, places)| Some(Signal::Shift { from: *places.first()?, to: *places.last()?, above })).collect()
}

/// Stretches that rise or fall all the way. Of neighbours that are equal only the first counts; they end nothing.
fn trends(points: &[Reading], enough: usize) -> Vec<Signal> {
    let mut distinct: Vec<usize> = Vec::new();
    for (at, point) in points.iter().enumerate() {
        if distinct.last().is_none_or(|last| points.get(*last).is_none_or(|last| last.value != point.value)) {
            distinct.push(at);
        }
    }
    let value = |place: usize| distinct.get(place).and_then(|at| points.get(*at)).map_or(f64::NAN, |point| point.value);
    let mut found = Vec::new();
    let mut from = 0;
    for place in 1..=distinct.len() {
        let goes_on = place < distinct.len() && (place < from + 2 || (value(place) > value(place - 1)) == (value(from + 1) > value(from)));
        if goes_on {
            continue;
        }
        if place - from >= enough {
            let ends = distinct.get(from).zip(distinct.get(place - 1));
            found.extend(ends.map(|(first, last)| Signal::Trend { from: *first, to: *last, rising: value(from + 1) > value(from) }));
        }
        // The point at which it turned is the first of what follows.
        from = place - 1;
    }
    found
}

fn number_of_runs(points: &[Reading]) -> Option<Signal> {
    let useful = points.iter().filter(|point| side(point).is_some()).count();
    let (_, least, most) = RUNS.into_iter().find(|(points, ..)| *points == useful)?;
    let runs = u32::try_from(runs(points).len()).unwrap_or(u32::MAX);
    if runs < least {
        Some(Signal::FewRuns { runs, least })
    } else if runs > most {
        Some(Signal::ManyRuns { runs, most })
    } else {
        None
    }
}
