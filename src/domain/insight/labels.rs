//! What the labels of hidden counts tell beside their sum: "fewer than 5" and "fewer than 5" of eight together can only be four and four.

use super::ledger::{Ledger, Sum};
use super::suppress::Cell;

/// So many hidden counts are looked through in every combination. Of more only those are looked at together that lie within a sum that
/// is said, less one other such sum that may lie within it.
const EVERY: usize = 6;

/// Takes the label "small" off hidden counts where it would tell with their sum: all of them are then left out and no more is said.
/// `sums` are the counts of the cells with their values. Which labels go depends on nothing but how many are hidden and their sum, so
/// that a missing label tells nothing either.
pub fn unlabel(cells: &mut [Cell], sums: &[(Sum, u32)], ledger: &Ledger, below: u32) {
    let hidden: Vec<usize> = (0..cells.len()).filter(|at| cells[*at].count().is_none()).collect();
    for set in sets(&hidden, sums) {
        let Some((sum, value)) = together(&set, sums) else { continue };
        if labels_tell(set.len(), value, below) && ledger.tells(&sum) {
            set.into_iter().for_each(|at| cells[at] = Cell::Beside);
        }
    }
}

/// Whether so many hidden counts of this sum could, with their labels, be worked out: some small one could only be one number.
///
/// A small one is from 1 to just under the limit; one left out beside it is nought or reaches the limit.
pub fn labels_tell(many: usize, sum: u32, below: u32) -> bool {
    let Ok(many) = u32::try_from(many) else { return false };
    // Below a limit of three the word "small" is the number itself.
    below > 2 && many > 1 && (1..=many).any(|small| possible(small, many - small, sum, below) == 1)
}

/// How many numbers a small one can be among so many small ones and so many left out beside them.
fn possible(small: u32, beside: u32, sum: u32, below: u32) -> usize {
    let others = small - 1;
    let fits = |left: u32| (others..=others * (below - 1)).contains(&left);
    let with_large = |left: u32| beside > 0 && left >= others + below;
    (1..below).filter(|value| sum.checked_sub(*value).is_some_and(|left| fits(left) || with_large(left))).count()
}

/// Sets of two or more hidden cells whose sum may be known.
fn sets(hidden: &[usize], sums: &[(Sum, u32)]) -> Vec<Vec<usize>> {
    if hidden.len() <= EVERY {
        let all = 0_u32..1 << hidden.len();
        let chosen = |mask: u32| (0..hidden.len()).filter(|bit| mask & (1 << bit) != 0).map(|bit| hidden[bit]).collect();
        return all.filter(|mask| mask.count_ones() > 1).map(chosen).collect();
    }
    let within = |at: usize, of: usize| sums[at].0.iter().zip(&sums[of].0).all(|(one, of)| *one == 0 || *of != 0);
    let mut found = Vec::new();
    for whole in 0..sums.len() {
        for less in (0..sums.len()).map(Some).chain([None]) {
            let outside = |at: usize| less.is_none_or(|less| apart(&sums[at].0, &sums[less].0));
            let set: Vec<usize> = hidden.iter().copied().filter(|at| *at != whole && within(*at, whole) && outside(*at)).collect();
            if set.len() > 1 && !found.contains(&set) {
                found.push(set);
            }
        }
    }
    found
}

/// The sum of several that share no count; none: they do.
fn together(set: &[usize], sums: &[(Sum, u32)]) -> Option<(Sum, u32)> {
    let mut all = (vec![0; sums.first()?.0.len()], 0);
    for (sum, value) in set.iter().filter_map(|at| sums.get(*at)) {
        if !apart(&all.0, sum) {
            return None;
        }
        all.0.iter_mut().zip(sum).for_each(|(all, factor)| *all += factor);
        all.1 += value;
    }
    Some(all)
}

fn apart(one: &[i32], other: &[i32]) -> bool {
    one.iter().zip(other).all(|(one, other)| *one == 0 || *other == 0)
}
