//! Seeded chance for the made-up council: the same seed makes the same council on every machine.

use crate::runtime::random;

/// A stream of seeded choices.
pub(super) struct Dice {
    next: Box<dyn FnMut() -> u64>,
}

impl Dice {
    pub(super) fn new(seed: u64) -> Dice {
        Dice { next: Box::new(random::seeded(seed)) }
    }

    /// A whole number, as the draws of the council need one for their seed.
    pub(super) fn number(&mut self) -> u64 {
        (self.next)()
    }

    /// A number below `n`; 0 when there is nothing to choose from.
    pub(super) fn below(&mut self, n: usize) -> usize {
        // The remainder favours low numbers by 2⁻⁵⁰ at most, which no reader of a demo can see.
        if n == 0 { 0 } else { ((self.next)() % n as u64) as usize }
    }

    /// A number from `from` to `to`, both included.
    pub(super) fn range(&mut self, from: i64, to: i64) -> i64 {
        if to <= from { from } else { from + self.below((to - from + 1) as usize) as i64 }
    }

    /// True in `percent` of a hundred cases.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// A fraction from 0 up to 1.
    pub(super) fn fraction(&mut self) -> f64 {
        ((self.next)() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// One of several; none of none.
    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }

    /// One of several words; an empty list gives an empty word.
    pub(super) fn word(&mut self, words: &[&'static str]) -> &'static str {
        self.pick(words).copied().unwrap_or_default()
    }

    /// The place of one weight among several, in proportion.
    pub(super) fn weighted(&mut self, weights: &[u32]) -> usize {
        let total: u32 = weights.iter().sum();
        let mut left = self.below(total as usize) as u32;
        for (place, weight) in weights.iter().enumerate() {
            if left < *weight {
                return place;
            }
            left -= weight;
        }
        0
    }

    /// Several different items, in the order of the list.
    pub(super) fn some<'a>(&mut self, words: &[&'a str], how_many: usize) -> Vec<&'a str> {
        let mut left = how_many.min(words.len());
        let mut chosen = Vec::with_capacity(left);
        for (place, word) in words.iter().enumerate() {
            if self.below(words.len() - place) < left {
                chosen.push(*word);
                left -= 1;
            }
        }
        chosen
    }
}
