//! A share: how many of how many, and how sure one can be of it.

use serde::{Deserialize, Serialize};

/// The normal quantile of a two-sided 95 % interval.
pub const Z_95: f64 = 1.959_963_984_540_054;

/// How many of how many, such as the reviews that were Good or better.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Share {
    /// How many.
    pub n: u32,
    /// Of how many.
    pub of: u32,
}

impl Share {
    /// So many of so many.
    pub fn new(n: u32, of: u32) -> Share {
        Share { n, of }
    }

    /// As a proportion from 0 to 1; none of nothing.
    pub fn proportion(self) -> Option<f64> {
        (self.of > 0).then(|| f64::from(self.n) / f64::from(self.of))
    }

    /// In whole per cent, halves up; none of nothing. 100 is all of them and 0 is none: what is hardly less or more is said as 99 or 1,
    /// since beside "3 late" nobody believes "100 % in time".
    pub fn percent(self) -> Option<u32> {
        let rounded = |of: u64| ((u64::from(self.n) * 200 + of) / (2 * of)) as u32;
        (self.of > 0).then(|| match self.n {
            0 => 0,
            n if n >= self.of => rounded(self.of.into()),
            _ => rounded(self.of.into()).clamp(1, 99),
        })
    }

    /// The lower and upper end of the 95 % score interval, as proportions from 0 to 1 (Wilson 1927); none of nothing.
    ///
    /// Unlike the textbook interval around the share it stays within 0 and 1, and says something where all or none of few were.
    pub fn wilson(self) -> Option<(f64, f64)> {
        let share = self.proportion()?;
        let of = f64::from(self.of);
        let z2 = Z_95 * Z_95;
        let middle = share + z2 / (2.0 * of);
        let half = Z_95 * (share * (1.0 - share) / of + z2 / (4.0 * of * of)).sqrt();
        let scale = 1.0 + z2 / of;
        // All or none end exactly where a proportion ends; rounding would leave 1e-17 beside it.
        let low = if self.n == 0 { 0.0 } else { ((middle - half) / scale).max(0.0) };
        let high = if self.n == self.of { 1.0 } else { ((middle + half) / scale).min(1.0) };
        Some((low, high))
    }

    /// Whether this share is higher than another beyond what chance would make of so few: Newcombe's 95 % interval of the difference,
    /// made of the two score intervals (1998), lies wholly on one side of nought. None: it cannot be told apart, or one is of nothing.
    pub fn clearly_above(self, other: Share) -> Option<bool> {
        let ((a, b), ((a_low, a_high), (b_low, b_high))) = (self.proportion().zip(other.proportion())?, self.wilson().zip(other.wilson())?);
        let low = (a - b) - ((a - a_low).powi(2) + (b_high - b).powi(2)).sqrt();
        let high = (a - b) + ((a_high - a).powi(2) + (b - b_low).powi(2)).sqrt();
        match (low > 0.0, high < 0.0) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        }
    }

    /// Whether this share lies above another with no overlap of their 95 % intervals; none: they overlap, or one is of nothing.
    pub fn apart_from(self, other: Share) -> Option<bool> {
        let ((low, high), (other_low, other_high)) = self.wilson().zip(other.wilson())?;
        if low > other_high {
            return Some(true);
        }
        (high < other_low).then_some(false)
    }

    /// Two shares taken together.
    pub fn and(self, other: Share) -> Share {
        Share { n: self.n + other.n, of: self.of + other.of }
    }
}
