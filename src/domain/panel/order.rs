//! The order of a sitting's items: whoever is recused goes out once and comes back once, as far as that can be had.

use crate::domain::id::{PersonId, ReviewId};
use std::collections::BTreeSet;

/// One item with the members who have to leave for it.
pub type Leaving = (ReviewId, BTreeSet<PersonId>);

/// How often somebody goes out or comes in over a whole sitting, from a full room to a full room.
pub fn comings_and_goings(items: &[Leaving]) -> usize {
    let nobody = BTreeSet::new();
    let mut out = &nobody;
    let mut moves = 0;
    for (_, leaving) in items {
        moves += out.symmetric_difference(leaving).count();
        out = leaving;
    }
    moves + out.len()
}

/// The proposed order: items with the same people out stand together, and the rest as they came in.
///
/// Greedy from a full room (the item that moves the fewest people comes next, the older one first), then every item is tried at
/// every other place as long as that saves a movement. The same is done from the order in which they came in, and what moves fewer is
/// taken: nearest first can end with somebody who goes in and out, and a proposal must never be worse than none. Items come in
/// oldest first.
pub fn run_order(items: &[Leaving]) -> Vec<ReviewId> {
    let mut left: Vec<Leaving> = items.to_vec();
    let mut run: Vec<Leaving> = Vec::with_capacity(left.len());
    let nobody = BTreeSet::new();
    while !left.is_empty() {
        let out = run.last().map_or(&nobody, |(_, leaving)| leaving);
        let nearest = left.iter().enumerate().min_by_key(|(place, (_, leaving))| (out.symmetric_difference(leaving).count(), *place));
        let Some((place, _)) = nearest else { break };
        run.push(left.remove(place));
    }
    improve(&mut run);
    let mut as_they_came = items.to_vec();
    improve(&mut as_they_came);
    if comings_and_goings(&as_they_came) < comings_and_goings(&run) {
        run = as_they_came;
    }
    run.into_iter().map(|(review, _)| review).collect()
}

/// Moves single items to better places while that saves a movement; each round saves at least one, so it ends.
fn improve(run: &mut Vec<Leaving>) {
    let mut best = comings_and_goings(run);
    let mut better = true;
    while better {
        better = false;
        for from in 0..run.len() {
            for to in 0..run.len() {
                let mut tried = run.clone();
                let item = tried.remove(from);
                tried.insert(to, item);
                let moves = comings_and_goings(&tried);
                if moves < best {
                    (best, better) = (moves, true);
                    *run = tried;
                }
            }
        }
    }
}
