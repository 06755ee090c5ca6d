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
    /// What is left of each secret when everything told is taken from it; nothing left: it can be worked out.
    secrets: Vec<Vec<u64>>,
    /// The same for sums that come to nought: once one can be worked out, each count in it is known to be nought.
    noughts: Vec<(Vec<u64>, Vec<usize>)>,
}

impl Ledger {
    /// Whether a sum can be worked out from what was told.
    pub fn tells(&self, wanted: &[i32]) -> bool {
        is_nothing(&self.left_of(wanted))
    }

    /// Keeps a sum secret from now on; one that can be worked out already is none.
    pub fn guard(&mut self, secret: &[i32]) {
        let left = self.left_of(secret);
        if !is_nothing(&left) {
            self.secrets.push(left);
        }
    }

    /// Says that a sum, of which nothing is taken off, comes to nought.
    pub fn comes_to_nought(&mut self, sum: &[i32]) {
        let counts: Vec<usize> = (0..sum.len()).filter(|at| sum.get(*at).is_some_and(|factor| *factor != 0)).collect();
        let left = self.left_of(sum);
        self.noughts.push((left, counts));
        self.follow_noughts();
    }

    /// Tells a sum, unless a secret could then be worked out; says whether it is told.
    pub fn take(&mut self, sum: &[i32]) -> bool {
        if self.tells(sum) {
            return true;
        }
        let mut after = self.clone();
        after.learn(sum);
        let silent = !after.secrets.iter().any(|left| is_nothing(left));
        if silent {
            *self = after;
        }
        silent
    }

    /// Takes a sum for told.
    pub fn learn(&mut self, sum: &[i32]) {
        let left = self.left_of(sum);
        self.put(left);
        self.follow_noughts();
    }

    fn put(&mut self, left: Vec<u64>) {
        let Some(at) = left.iter().position(|value| *value != 0) else { return };
        let scale = inverse(left[at]);
        let row: Vec<u64> = left.iter().map(|value| times(*value, scale)).collect();
        let known = self.rows.iter_mut().map(|(_, known)| known);
        for other in known.chain(&mut self.secrets).chain(self.noughts.iter_mut().map(|(left, _)| left)) {
            subtract(other, &row, at);
        }
        self.rows.push((at, row));
    }

    fn follow_noughts(&mut self) {
        while let Some(found) = self.noughts.iter().position(|(left, _)| is_nothing(left)) {
            let (left, counts) = self.noughts.swap_remove(found);
            for count in counts {
                let one: Sum = (0..left.len()).map(|place| i32::from(place == count)).collect();
                let left = self.left_of(&one);
                self.put(left);
            }
        }
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

fn is_nothing(left: &[u64]) -> bool {
    left.iter().all(|value| *value == 0)
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
