//! A random share that holds at any time: permuted blocks, drawn as reviews come in. F08.

use super::chance::{Random, shuffle};
use serde::{Deserialize, Serialize};

/// The receipt of one draw for a random share: enough to draw it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareDrawn {
    /// The share that is wanted, in percent.
    pub percent: u32,
    /// The number that the draw is seeded with.
    pub seed: u64,
    /// Which block of the cycle this review fell into, from 1.
    pub block: u32,
    /// Its place in the block, from 1.
    pub place: u32,
    /// Length of a block, in reviews.
    pub length: u32,
    /// Whether it was taken.
    pub taken: bool,
}

impl ShareDrawn {
    /// On the record, in a sentence.
    pub fn sentence(&self) -> String {
        let ShareDrawn { percent, seed, block, place, length, .. } = self;
        let drawn = if self.taken { "drawn" } else { "not drawn" };
        format!("{drawn} for the random {percent} %: place {place} of {length} in block {block}, starting number {seed}")
    }
}

/// Draws whether the review that comes in as number `before + 1` of its cycle belongs to the share.
///
/// Every block of reviews gives the same number, at places that chance decides (permuted blocks; Hill, 1951), so the share holds at
/// any time of the month and nobody can count on being passed over. `stream` gives the random numbers of a seed.
pub fn draw_share<R: FnMut() -> u64>(percent: u32, seed: u64, before: u32, stream: impl Fn(u64) -> R) -> ShareDrawn {
    let percent = percent.min(100);
    let (takes, length) = block_of(percent);
    let (block, place) = (before / length, before % length);
    let mut numbers = stream(seed);
    let numbers: &mut Random<'_> = &mut numbers;
    let mut places: Vec<u32> = (0..length).collect();
    // The blocks are shuffled one after the other from one stream: each draw can be repeated from the seed alone.
    for _ in 0..=block {
        shuffle(&mut places, numbers);
    }
    let taken = places.iter().take(takes as usize).any(|chosen| *chosen == place);
    ShareDrawn { percent, seed, block: block + 1, place: place + 1, length, taken }
}

/// The shortest block that keeps a percentage within one point, as (taken, length): 33 gives one of three. A share that is not
/// nothing takes some of every block, and one that is not everything leaves some.
fn block_of(percent: u32) -> (u32, u32) {
    (1..=100)
        .map(|length| ((percent * length + 50) / 100, length))
        .filter(|(takes, length)| (*takes > 0 || percent == 0) && (takes < length || percent == 100))
        .find(|(takes, length)| (takes * 100).abs_diff(percent * length) <= *length)
        .unwrap_or((percent, 100))
}
