//! Fair choices from a stream of uniform 64-bit numbers, made the same way on every machine.

/// A stream of uniform random numbers, handed in from outside.
pub(in crate::domain) type Random<'a> = dyn FnMut() -> u64 + 'a;

/// After so many refusals the stream is no random one (2⁻¹²⁸ at the least): take what comes and do not hang.
const PATIENCE: u32 = 128;

/// A uniform number below `n`, by rejection: numbers of the last, incomplete run of `n` are thrown away, since the mere
/// remainder would favour the low ones. 0 when `n` is 0.
pub(in crate::domain) fn below(n: u64, random: &mut Random) -> u64 {
    if n == 0 {
        return 0;
    }
    let last_of_whole_runs = u64::MAX - (u64::MAX % n + 1) % n;
    let mut drawn = random();
    for _ in 0..PATIENCE {
        if drawn <= last_of_whole_runs {
            break;
        }
        drawn = random();
    }
    drawn % n
}

/// Puts the items in random order (Fisher and Yates, from the end).
pub(super) fn shuffle<T>(items: &mut [T], random: &mut Random) {
    for last in (1..items.len()).rev() {
        let other = usize::try_from(below(last as u64 + 1, random)).unwrap_or(0);
        items.swap(last, other);
    }
}
