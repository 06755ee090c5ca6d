//! Picking the drawn number from each stratum's shuffled list, with no worker twice while that can be avoided.
//!
//! Places and workers are a bipartite matching: a stratum that finds no free worker may ask another to give one up and
//! take somebody else (an augmenting path, Kuhn 1955). So a worker is in the sample twice only where no choice of cases
//! with these strata could avoid it.

use super::FrameEntry;
use crate::domain::id::PersonId;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// What was picked from the shuffled lists: for each stratum one flag for each entry.
pub(super) struct Picked {
    /// Picked, by stratum and place in its list.
    pub flags: Vec<Vec<bool>>,
    /// How many cases each worker has in the sample.
    pub uses: BTreeMap<PersonId, u32>,
}

impl Picked {
    /// How many cases are beyond the first of their worker.
    pub fn repeats(&self) -> u32 {
        self.uses.values().map(|uses| uses.saturating_sub(1)).sum()
    }
}

/// Picks `places[n]` entries from list `n`, for every `n`.
pub(super) fn pick(lists: &[Vec<&FrameEntry>], places: &[u32]) -> Picked {
    let flags = lists.iter().map(|list| vec![false; list.len()]).collect();
    let mut matching = Matching { lists, flags, holder: BTreeMap::new() };
    let mut left = places.to_vec();
    for (stratum, left) in left.iter_mut().enumerate() {
        // A stratum that failed once can never succeed later: paths only ever take free workers away.
        while *left > 0 && matching.take(stratum, &mut vec![false; lists.len()]) {
            *left -= 1;
        }
    }
    let uses = matching.holder.keys().map(|worker| (*worker, 1)).collect();
    let mut picked = Picked { flags: matching.flags, uses };
    for (stratum, list) in lists.iter().enumerate() {
        picked.add(stratum, list, left[stratum]);
    }
    picked
}

impl Picked {
    /// Picks `more` further entries of a list: those first whose worker has the fewest cases, then in the list's order.
    pub fn add(&mut self, stratum: usize, list: &[&FrameEntry], more: u32) {
        let load = |uses: &BTreeMap<PersonId, u32>, entry: &FrameEntry| entry.worker.and_then(|w| uses.get(&w).copied()).unwrap_or(0);
        let mut queue: BinaryHeap<Reverse<(u32, usize)>> = list
            .iter()
            .enumerate()
            .filter(|&(place, _)| more > 0 && !self.flags[stratum][place])
            .map(|(place, entry)| Reverse((load(&self.uses, entry), place)))
            .collect();
        let mut left = more;
        while let (1.., Some(Reverse((seen, place)))) = (left, queue.pop()) {
            let now = load(&self.uses, list[place]);
            if now != seen {
                queue.push(Reverse((now, place)));
                continue;
            }
            self.flags[stratum][place] = true;
            left -= 1;
            if let Some(worker) = list[place].worker {
                *self.uses.entry(worker).or_default() += 1;
            }
        }
    }
}

struct Matching<'a> {
    lists: &'a [Vec<&'a FrameEntry>],
    flags: Vec<Vec<bool>>,
    /// Stratum and place of the one case that each worker has so far.
    holder: BTreeMap<PersonId, (usize, usize)>,
}

impl Matching<'_> {
    /// One more case of a free worker in this stratum, if there is a way. `asked` are the strata asked on this path.
    fn take(&mut self, stratum: usize, asked: &mut [bool]) -> bool {
        asked[stratum] = true;
        let lists = self.lists;
        for (place, entry) in lists[stratum].iter().enumerate() {
            let free = !self.flags[stratum][place] && entry.worker.is_none_or(|worker| !self.holder.contains_key(&worker));
            if free {
                self.flags[stratum][place] = true;
                if let Some(worker) = entry.worker {
                    self.holder.insert(worker, (stratum, place));
                }
                return true;
            }
        }
        for (place, entry) in lists[stratum].iter().enumerate() {
            let held = entry.worker.and_then(|worker| self.holder.get(&worker).map(|held| (worker, *held)));
            let Some((worker, (other, other_place))) = held else { continue };
            if !asked[other] && self.take(other, asked) {
                self.flags[other][other_place] = false;
                self.flags[stratum][place] = true;
                self.holder.insert(worker, (stratum, place));
                return true;
            }
        }
        false
    }
}
