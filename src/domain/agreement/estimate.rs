//! What a coefficient may say: a value with its interval, or plainly that there is none, and why.

use super::bootstrap::Interval;
use crate::domain::count::counted;
use serde::{Deserialize, Serialize};

/// Fewer pairs than this are shown as a table and never as a coefficient (house rule: 20).
pub const FEWEST_PAIRS: u32 = 20;

/// Fewer cases than this give no coefficient, however many scores each has. One file scored by twelve people holds 66
/// pairs, and alpha of a single case is 0 by construction; of three cases every ninth resample is a single case over
/// and over, which reaches into a 95% interval. Of five it is one in 625.
pub const FEWEST_CASES: u32 = 5;

/// Which agreement a figure is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Pairs where the second grade was given with the first in sight.
    ModerationAgreement,
    /// Scores given unseen by one another.
    InterRaterReliability,
}

impl Measure {
    /// What people call it, to begin a sentence with.
    pub fn words(self) -> &'static str {
        match self {
            Measure::ModerationAgreement => "Moderation agreement",
            Measure::InterRaterReliability => "Inter-rater reliability",
        }
    }

    /// Who agreed or did not.
    fn who(self) -> &'static str {
        match self {
            Measure::ModerationAgreement => "The panel and the reviewers",
            Measure::InterRaterReliability => "Those who judged the same work apart",
        }
    }
}

/// What a number of things counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counted {
    /// Two grades of one case.
    Pairs,
    /// Cases with at least two grades.
    Cases,
}

impl Counted {
    fn say(self, n: u32) -> String {
        match self {
            Counted::Pairs => counted(n, "pair", "pairs"),
            Counted::Cases => counted(n, "case", "cases"),
        }
    }
}

/// A coefficient, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Estimate {
    /// There is enough to estimate from.
    Value {
        /// The coefficient: 1 is perfect agreement, 0 what chance alone would give, below 0 worse than chance.
        value: f64,
        /// Lower end of the 95% interval.
        low: f64,
        /// Upper end of the 95% interval.
        high: f64,
        /// Cases with at least two grades.
        n: u32,
        /// Seed of the resampling, so that anybody can repeat the interval.
        seed: u64,
        /// Resamples that the interval stands on; those in which a single grade was left have no value.
        resamples: u32,
    },
    /// Too few to estimate.
    TooFew {
        /// How many there are.
        n: u32,
        /// How many there must be.
        needed: u32,
        /// Of what.
        of: Counted,
    },
    /// One grade was used throughout. Nothing then tells agreement from habit, however perfect it looks.
    Undefined,
}

impl Estimate {
    /// Says that there is too little, if there is.
    pub(super) fn too_few(pairs: u32, cases: u32) -> Option<Estimate> {
        if pairs < FEWEST_PAIRS {
            Some(Estimate::TooFew { n: pairs, needed: FEWEST_PAIRS, of: Counted::Pairs })
        } else if cases < FEWEST_CASES {
            Some(Estimate::TooFew { n: cases, needed: FEWEST_CASES, of: Counted::Cases })
        } else {
            None
        }
    }

    /// Joins a coefficient and its interval; without either, one grade was used.
    pub(super) fn of(value: Option<f64>, interval: Option<Interval>, n: u32, seed: u64) -> Estimate {
        match (value, interval) {
            (Some(value), Some(Interval { low, high, resamples })) => Estimate::Value { value, low, high, n, seed, resamples },
            _ => Estimate::Undefined,
        }
    }

    /// A few words for a table's cell: `0.72 (0.51 to 0.88)`.
    pub fn words(&self) -> String {
        match self {
            Estimate::Value { value, low, high, .. } => {
                format!("{} ({} to {})", two_places(*value), two_places(*low), two_places(*high))
            }
            Estimate::TooFew { .. } => "too few to estimate".to_string(),
            Estimate::Undefined => "undefined: one grade used".to_string(),
        }
    }
}

/// An estimate together with what it is an estimate of, so that neither kind can be read as the other.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Which agreement.
    pub measure: Measure,
    /// How much, or why that cannot be said.
    pub estimate: Estimate,
}

impl Figure {
    /// What it means for the panel, in one plain sentence; none where nothing can be said. The steps between are the usual ones of the
    /// field (0.4, 0.6 and 0.8); where the interval reaches chance, no step is claimed.
    pub fn meaning(&self) -> Option<String> {
        let Estimate::Value { value, low, high, .. } = &self.estimate else { return None };
        let who = self.measure.who();
        if *low <= 0.0 && *high >= 0.0 {
            return Some(format!("{who} may have agreed no more than chance alone would give: the figure is too uncertain to tell."));
        }
        let how = match value {
            value if *value < 0.0 => "less",
            value if *value < 0.4 => "a little more",
            value if *value < 0.6 => "clearly more",
            value if *value < 0.8 => "far more",
            _ => "very much more",
        };
        Some(format!("{who} agreed {how} than chance alone would give."))
    }

    /// The whole of it in sentences: what it means, the figure, the seed.
    pub fn sentence(&self) -> String {
        let (name, words) = (self.measure.words(), self.estimate.words());
        match &self.estimate {
            Estimate::Value { value, low, high, n, seed, resamples } => format!(
                "{} {name} {}, 95% interval {} to {}, from {} ({} of whole cases, seed {seed}).",
                self.meaning().unwrap_or_default(),
                two_places(*value),
                two_places(*low),
                two_places(*high),
                Counted::Cases.say(*n),
                counted(resamples, "resample", "resamples"),
            ),
            Estimate::TooFew { n, needed, of } => {
                let are = if *n == 1 { "is" } else { "are" };
                format!("{name}: {words}. There {are} {}, and it takes {needed}.", of.say(*n))
            }
            Estimate::Undefined => format!("{name} {words}."),
        }
    }
}

/// A coefficient or a mean with two decimal places; a nought never has a sign.
pub(super) fn two_places(value: f64) -> String {
    let text = format!("{value:.2}");
    if text == "-0.00" { "0.00".to_string() } else { text }
}
