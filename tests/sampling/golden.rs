//! The draw as the program makes it, seed and all: a frame of 20,000 cases whose sample is written down here for good.

use super::{entry, request};
use closeloop::domain::id::{PersonId, TeamId};
use closeloop::domain::sampling::*;
use closeloop::runtime::random::seeded;
use std::time::Instant;

/// A council of this size has some 1,000 workers; one in ten cases was reviewed lately, one in eight workers drawn before.
pub fn frame(cases: i64) -> Vec<FrameEntry> {
    let types = ["cic", "cp", "cin", "cwd", "assessment", "care-experienced"];
    let one = |n: i64| FrameEntry {
        team: Some(TeamId(n % 97)),
        worker: (n % 41 != 0).then_some(PersonId(n * 7 % 1_013)),
        last_reviewed: (n % 10 == 3).then(|| super::day("2026-05-04")),
        drawn_last_cycle_worker: n * 7 % 1_013 % 8 == 1,
        ..entry(n, types[(n * n % 11 % 6) as usize], 0)
    };
    (1..=cases).map(one).collect()
}

#[test]
fn the_same_seed_draws_the_same_hundred_of_20_000_on_any_machine() {
    let frame = frame(20_000);
    let begun = Instant::now();
    let card = draw(&frame, &request(100), &mut seeded(4_711)).unwrap();
    let took = begun.elapsed();
    let chosen: Vec<i64> = card.chosen.iter().map(|chosen| chosen.subject.0).collect();
    assert_eq!(chosen.len(), 100);
    // Written down once: a change here means that old samples can no longer be repeated.
    assert_eq!(chosen[..10], FIRST);
    assert_eq!((chosen.iter().sum::<i64>(), chosen.iter().fold(0, |hash: i64, n| (hash * 31 + n) % 1_000_003)), SUMS);
    let strata: Vec<(&str, u32)> = card.strata.iter().map(|stratum| (stratum.name.as_str(), stratum.drawn)).collect();
    assert_eq!(strata, STRATA);
    assert!(card.relaxed.is_empty());
    // Tests are built without optimisation and the machine is shared: the aim of half a second is measured by `cargo bench`.
    assert!(took.as_secs() < 5, "{took:?}");
}

const FIRST: [i64; 10] = [13638, 3676, 6052, 10485, 5095, 904, 18764, 14731, 12868, 12784];
const SUMS: (i64, i64) = (951_066, 749_303);
const STRATA: [(&str, u32); 5] = [("assessment", 18), ("care-experienced", 18), ("cic", 9), ("cp", 18), ("cwd", 37)];
