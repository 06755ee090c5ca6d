//! What published counts tell together: linear reasoning over everything that was told, whatever report it stood in.
//!
//! Counts are sums of a few that nobody can split further (reviews of one cycle, kind and answer). Whoever holds all the papers can
//! add and subtract what stands in them; a count is told away when it lies in the span of the told ones. Before another is told, the
//! ledger says whether a small one could then be worked out. Sums are done modulo a large prime, which for whole numbers this small
//! comes to the same as with fractions.

/// 2^61 - 1.
const PRIME: u64 = (1 << 61) - 1;

/// A sum of counts: how often each of them goes into it.
pub type Sum = Vec<i32>;

/// Everything that has been told, as sums over the same counts.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// Place of the first count that is not nought, and the sum scaled so that it is one; no other sum holds that count.
    rows: Vec<(usize, Vec<u64>)>,
}

impl Ledger {
    /// Whether a sum can be worked out from what was told.
    pub fn tells(&self, wanted: &[i32]) -> bool {
        self.left_of(wanted).iter().all(|left| *left == 0)
    }

    /// Tells a sum, unless one of the secrets could then be worked out; says whether it was told. A sum that comes to nought tells
    /// that each count in it is nought.
    pub fn take(&mut self, sum: &[i32], nought: bool, secrets: &[Sum]) -> bool {
        if self.tells(sum) {
            return true;
        }
        let mut after = self.clone();
        if nought {
            for at in (0..sum.len()).filter(|at| sum.get(*at).is_some_and(|factor| *factor != 0)) {
                after.learn(&(0..sum.len()).map(|place| i32::from(place == at)).collect::<Sum>());
            }
        } else {
            after.learn(sum);
        }
        let silent = secrets.iter().all(|secret| !after.tells(secret));
        if silent {
            *self = after;
        }
        silent
    }

    /// Takes a sum for told.
    pub fn learn(&mut self, sum: &[i32]) {
        let left = self.left_of(sum);
        let Some(at) = left.iter().position(|value| *value != 0) else { return };
        let scale = inverse(left[at]);
        let row: Vec<u64> = left.iter().map(|value| times(*value, scale)).collect();
        for (_, known) in &mut self.rows {
            subtract(known, &row, at);
        }
        self.rows.push((at, row));
    }

    /// What is left of a sum when everything that was told is taken from it.
    fn left_of(&self, sum: &[i32]) -> Vec<u64> {
        let mut left: Vec<u64> = sum.iter().map(|value| i64::from(*value).rem_euclid(PRIME as i64) as u64).collect();
        for (at, row) in &self.rows {
            subtract(&mut left, row, *at);
        }
        left
    }
}

/// Takes a row so often from another that nothing is left of it at its first place.
fn subtract(from: &mut [u64], row: &[u64], at: usize) {
    let often = from.get(at).copied().unwrap_or(0);
    if often == 0 {
        return;
    }
    for (value, taken) in from.iter_mut().zip(row) {
        *value = (*value + PRIME - times(*taken, often)) % PRIME;
    }
}

fn times(a: u64, b: u64) -> u64 {
    (u128::from(a) * u128::from(b) % u128::from(PRIME)) as u64
}

/// One over a number, by Fermat.
fn inverse(of: u64) -> u64 {
    let (mut power, mut base, mut left) = (1, of, PRIME - 2);
    while left > 0 {
        if left & 1 == 1 {
            power = times(power, base);
        }
        base = times(base, base);
        left >>= 1;
    }
    power
}
