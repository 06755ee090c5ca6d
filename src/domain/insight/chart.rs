//! A share over the cycles as a chart: dots around their median while there are few, control limits once there are enough.

use super::runs::{POINTS_FOR_RUNS, Reading, Signal, round_limits, round_median};
use super::share::Share;
use serde::{Deserialize, Serialize};

/// From so many points on a chart has control limits; before, they would be drawn from too little (`peers.md` §6: until about 12).
/// Six on one side of their own median, which make a shift, there can only be among twelve.
pub const POINTS_FOR_LIMITS: usize = 13;

/// The lines through a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lines {
    /// The median of the points.
    Median,
    /// The mean of all that was counted, and three sigma on either side of it.
    Limits,
}

/// One point of a chart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plotted {
    /// What it stands for (a cycle's name).
    pub name: String,
    /// What was counted.
    pub share: Share,
    /// The limits here, as proportions from 0 to 1; they lie wider where fewer were counted.
    pub limits: Option<(f64, f64)>,
}

/// A share as it runs over the cycles, oldest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    /// The points; a cycle of which nothing was counted has none.
    pub points: Vec<Plotted>,
    /// The line in the middle, as a proportion from 0 to 1; none: there is no point.
    pub centre: Option<f64>,
    /// Which lines it has.
    pub lines: Lines,
    /// What chance seldom does.
    pub signals: Vec<Signal>,
}

impl Chart {
    /// The chart of these shares.
    ///
    /// Up to twelve points: dots and their median, with the rules of run charts. From thirteen on: a p-chart, whose limits are the mean
    /// share with three standard errors of each point's own count on either side (Shewhart 1931; Montgomery, *Statistical Quality
    /// Control*, ch. 7), kept within 0 and 1.
    pub fn of(shares: impl IntoIterator<Item = (String, Share)>) -> Chart {
        let mut points: Vec<Plotted> =
            shares.into_iter().filter(|(_, share)| share.of > 0).map(|(name, share)| Plotted { name, share, limits: None }).collect();
        let lines = if points.len() >= POINTS_FOR_LIMITS { Lines::Limits } else { Lines::Median };
        let centre = match lines {
            Lines::Median => median(points.iter().filter_map(|point| point.share.proportion()).collect()),
            Lines::Limits => points.iter().fold(Share::default(), |all, point| all.and(point.share)).proportion(),
        };
        if let (Lines::Limits, Some(mean)) = (lines, centre) {
            for point in &mut points {
                let sigma = (mean * (1.0 - mean) / f64::from(point.share.of)).sqrt();
                point.limits = Some(((mean - 3.0 * sigma).max(0.0), (mean + 3.0 * sigma).min(1.0)));
            }
        }
        let readings: Vec<Reading> = points
            .iter()
            .filter_map(|point| Some(Reading { value: point.share.proportion()?, centre: centre?, limits: point.limits }))
            .collect();
        let signals = match lines {
            Lines::Median => round_median(&readings),
            Lines::Limits => round_limits(&readings),
        };
        Chart { points, centre, lines, signals }
    }

    /// Whether it has too few points off its median for the run rules to tell chance from anything else.
    pub(super) fn is_short(&self) -> bool {
        let off = |point: &&Plotted| point.share.proportion() != self.centre;
        self.lines == Lines::Median && self.points.iter().filter(off).count() < POINTS_FOR_RUNS
    }
}

/// The middle value; of an even number the mean of the two in the middle.
fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    let upper = *values.get(half)?;
    match half.checked_sub(1).and_then(|below| values.get(below)) {
        Some(lower) if values.len().is_multiple_of(2) => Some((lower + upper) / 2.0),
        _ => Some(upper),
    }
}
