//! Which counts of one table are told, from the smallest parts upwards.
//!
//! The parts are the reviews of one kind in one cycle. A part tells first, then what is made of several: every kind of a cycle, then
//! longer and longer stretches, each of fixed and nested cycles. A report tells what was decided at its own size, and a shorter one
//! what was decided below it, so that all reports together tell no more than one list in which no small count can be worked out.

use crate::domain::insight::Cell;
use crate::domain::insight::labels::unlabel;
use crate::domain::insight::ledger::{Ledger, Sum};

/// A sum over the counts of a part: the places of those that go into it.
pub(super) type Places = Vec<usize>;

/// One table: the same counts of every part, and what is said of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    /// The counts, part by part; as many in each.
    pub parts: Vec<Vec<u32>>,
    /// What is said, by its column. The first `heads` are told before the others, of which the larger ones come first.
    pub says: Vec<(String, Places)>,
    /// How many of them are told first.
    pub heads: usize,
    /// What is not said and must not be worked out where it is small.
    pub silent: Vec<Places>,
    /// Differences of a part that are known anyway: what is in the first places, less what is in the second.
    pub known: Vec<(Places, Places)>,
    /// Sums of a part that a reader takes for nought, and rightly, where they are: entries without an answer.
    pub presumed: Vec<Places>,
}

/// Stretches of one size: the parts in each, and whether it is told, by a report that there is, and over. One that still grows tells
/// only what its parts tell, for what is added tomorrow could be had by subtraction.
pub(super) type Scale = Vec<(Vec<usize>, bool)>;

impl Sheet {
    fn sum(&self, group: &[usize], places: &[usize]) -> (Sum, u32) {
        let wide = self.parts.first().map_or(0, Vec::len);
        let mut sum = vec![0; wide * self.parts.len()];
        let mut value = 0;
        for part in group {
            for place in places {
                if let Some(factor) = sum.get_mut(part * wide + place) {
                    *factor = 1;
                }
                value += self.parts.get(*part).and_then(|counts| counts.get(*place)).copied().unwrap_or(0);
            }
        }
        (sum, value)
    }

    /// What is told of the wanted parts together, in the order of `says`. They are one of the stretches; the others are reckoned with
    /// because another report tells of them.
    pub(super) fn tell(&self, scales: &[Scale], wanted: &[usize], below: u32) -> Vec<Cell> {
        if below == 0 {
            return self.says.iter().map(|(_, places)| Cell::Shown(self.sum(wanted, places).1)).collect();
        }
        let small = |value: u32| (1..below).contains(&value);
        let mut ledger = Ledger::default();
        for part in 0..self.parts.len() {
            for (places, less) in &self.known {
                let (mut sum, less) = (self.sum(&[part], places).0, self.sum(&[part], less).0);
                sum.iter_mut().zip(less).for_each(|(factor, less)| *factor -= less);
                ledger.learn(&sum);
            }
            for (sum, _) in self.presumed.iter().map(|places| self.sum(&[part], places)).filter(|(_, value)| *value == 0) {
                ledger.learn(&sum);
            }
        }
        let mut found = Vec::new();
        for scale in scales {
            for (group, over) in scale {
                let said: Vec<(Sum, u32)> = self.says.iter().map(|(_, places)| self.sum(group, places)).collect();
                let silent = self.silent.iter().map(|places| self.sum(group, places));
                for (sum, value) in said.iter().cloned().chain(silent) {
                    match value {
                        0 => ledger.comes_to_nought(&sum),
                        // What was told already is no secret, small or not: it was known anyway.
                        value if small(value) => ledger.guard(&sum),
                        _ => {}
                    }
                }
                let mut order: Vec<usize> = (0..said.len()).collect();
                order.sort_by_key(|place| (*place >= self.heads, if *place < self.heads { 0 } else { u32::MAX - said[*place].1 }, *place));
                let mut cells = vec![Cell::Beside; said.len()];
                for place in order {
                    let (sum, value) = &said[place];
                    let told = ledger.tells(sum);
                    cells[place] = match small(*value) {
                        true if !told => Cell::Small,
                        _ if told || (*over && ledger.take(sum)) => Cell::Shown(*value),
                        _ => Cell::Beside,
                    };
                }
                if group == wanted {
                    unlabel(&mut cells, &said, &ledger, below);
                    found = cells;
                }
            }
        }
        found
    }
}

/// Every sum of two or more of so many neighbours, and of all but all of them.
pub(super) fn subsets(of: std::ops::Range<usize>) -> Vec<Places> {
    let many = of.len();
    (1_u32..(1 << many) - 1)
        .filter(|mask| mask.count_ones() >= 2)
        .map(|mask| (0..many).filter(|bit| mask & (1 << bit) != 0).map(|bit| of.start + bit).collect())
        .collect()
}
