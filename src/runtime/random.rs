//! The only source of randomness: a seeded one for draws and demos, and fresh seeds for those who name none.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use std::hash::{BuildHasher, Hasher, RandomState};

/// Uniform numbers from a seed; the same on every machine and with every version of this program (ChaCha, 8 rounds).
pub fn seeded(seed: u64) -> impl FnMut() -> u64 {
    let mut stream = ChaCha8Rng::seed_from_u64(seed);
    move || stream.next_u64()
}

/// A number nobody can foresee. The standard library keys each of its hashers from the operating system's randomness.
pub fn fresh() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// A seed that people can read out to each other: six digits.
pub fn fresh_seed() -> u64 {
    100_000 + fresh() % 900_000
}

/// The name of this run of the program.
pub fn session_name() -> String {
    format!("{:016x}", fresh())
}
