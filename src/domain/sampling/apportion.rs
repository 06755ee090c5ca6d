//! Sharing places among strata in proportion to their weights: Hamilton's method of largest remainders, with caps.

/// Shares `seats` among strata in proportion to `weights`, none above its cap.
///
/// Hamilton: quota `q = seats · w / Σw`; everybody gets `⌊q⌋`, and what is left goes to the largest remainders; ties go to
/// the larger weight, then to the earlier stratum. A stratum whose share is above its cap gets the cap, and the rest is
/// shared again among the others. A stratum without weight gets nothing. The sum is `seats`, or less only when the caps of
/// all strata with weight are reached. `caps` shorter than `weights` counts as nothing to give.
pub fn apportion(weights: &[u32], caps: &[u32], seats: u32) -> Vec<u32> {
    let cap = |place: usize| caps.get(place).copied().unwrap_or(0);
    let mut given = vec![0; weights.len()];
    let mut open: Vec<(usize, u32)> = weights.iter().copied().enumerate().filter(|&(place, w)| w > 0 && cap(place) > 0).collect();
    let mut left = seats;
    while left > 0 && !open.is_empty() {
        let shares = hamilton(&open, left);
        let over: Vec<usize> = shares.iter().filter(|&&(place, share)| share > cap(place)).map(|&(place, _)| place).collect();
        if over.is_empty() {
            for (place, share) in shares {
                given[place] = share;
            }
            break;
        }
        for place in over {
            given[place] = cap(place);
            left -= given[place];
            open.retain(|&(other, _)| other != place);
        }
    }
    given
}

fn hamilton(open: &[(usize, u32)], seats: u32) -> Vec<(usize, u32)> {
    let total: u64 = open.iter().map(|&(_, weight)| u64::from(weight)).sum::<u64>().max(1);
    // Whole numbers throughout: a quota in floating point could round differently elsewhere.
    let parts = |weight: u32| (u64::from(seats) * u64::from(weight) / total, u64::from(seats) * u64::from(weight) % total);
    let mut shares: Vec<(usize, u32)> =
        open.iter().map(|&(place, weight)| (place, u32::try_from(parts(weight).0).unwrap_or(u32::MAX))).collect();
    let spare = seats.saturating_sub(shares.iter().map(|&(_, share)| share).sum());
    let mut queue: Vec<usize> = (0..open.len()).collect();
    queue.sort_by_key(|&n| (std::cmp::Reverse((parts(open[n].1).1, open[n].1)), open[n].0));
    for n in queue.into_iter().take(spare as usize) {
        shares[n].1 += 1;
    }
    shares
}
