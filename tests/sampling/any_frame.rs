//! What holds for every frame and every request: 10,000 random small frames.

use super::{day, entry, random, request};
use closeloop::domain::id::{PersonId, SubjectId};
use closeloop::domain::sampling::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn entries() -> impl Strategy<Value = Vec<FrameEntry>> {
    let one = (0i64..40, 0usize..4, proptest::option::weighted(0.9, 0i64..8), 0u8..6, proptest::bool::weighted(0.3));
    proptest::collection::vec(one, 1..40).prop_map(|rows| {
        let build = |(subject, stratum, worker, reviewed, skip): (i64, usize, Option<i64>, u8, bool)| FrameEntry {
            worker: worker.map(PersonId),
            last_reviewed: (reviewed == 0).then(|| day("2026-02-02")),
            drawn_last_cycle_worker: skip,
            ..entry(subject, ["CP", "CiC", "CIN", ""][stratum], 0)
        };
        rows.into_iter().map(build).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(10_000) })]

    #[test]
    fn any_draw_keeps_its_rules(frame in entries(), size in 1u32..30, seed: u64, skip_workers: bool) {
        let request = DrawRequest { seed, skip_workers, ..request(size) };
        // A subject listed twice counts as it was listed first, which may be the reviewed line.
        let first = |subject: SubjectId| frame.iter().find(|entry| entry.subject == subject).unwrap();
        let Ok(card) = draw(&frame, &request, &mut random(seed)) else {
            prop_assert!(frame.iter().all(|entry| first(entry.subject).last_reviewed.is_some()));
            return Ok(());
        };
        prop_assert_eq!(&draw(&frame, &request, &mut random(seed)).unwrap(), &card);

        let how_many = |what| card.relaxed.iter().filter(|relaxed| relaxed.what == what).map(|relaxed| relaxed.how_many).sum::<u32>();
        let chosen: BTreeSet<_> = card.chosen.iter().map(|chosen| chosen.subject).collect();
        prop_assert_eq!(chosen.len(), card.chosen.len(), "nobody twice");
        prop_assert!(card.reserves.iter().all(|reserve| !chosen.contains(&reserve.subject)));
        prop_assert!(card.left_out.iter().all(|left| !chosen.contains(&left.subject)));

        prop_assert!(chosen.iter().all(|subject| first(*subject).last_reviewed.is_none()));
        let again = chosen.iter().filter(|subject| skip_workers && first(**subject).drawn_last_cycle_worker).count();
        prop_assert_eq!(again as u32, how_many(RelaxedWhat::WorkersOfLastCycle));
        prop_assert_eq!(card.chosen.len() as u32 + how_many(RelaxedWhat::Size), size);

        let workers: Vec<_> = chosen.iter().filter_map(|subject| first(*subject).worker).collect();
        let repeats = workers.len() - workers.iter().collect::<BTreeSet<_>>().len();
        prop_assert_eq!(repeats as u32, how_many(RelaxedWhat::SameWorkerTwice));

        prop_assert_eq!(card.strata.iter().map(|s| s.in_frame).sum::<u32>(), card.in_frame);
        prop_assert_eq!(card.strata.iter().map(|s| s.wanted).sum::<u32>(), size);
        prop_assert_eq!(card.strata.iter().map(|s| s.drawn).sum::<u32>() as usize, card.chosen.len());
        for stratum in &card.strata {
            let here = card.chosen.iter().filter(|chosen| chosen.stratum == stratum.name).count();
            prop_assert_eq!(here as u32, stratum.drawn);
            let share = f64::from(size) * f64::from(stratum.in_frame) / f64::from(card.in_frame);
            prop_assert!((f64::from(stratum.wanted) - share).abs() < 1.0, "in proportion within one");
            if card.relaxed.iter().all(|relaxed| relaxed.what == RelaxedWhat::SameWorkerTwice) {
                prop_assert_eq!(stratum.wanted, stratum.drawn);
            }
        }
    }

    #[test]
    fn sharing_never_loses_a_place(weights in proptest::collection::vec(0u32..50, 0..8), caps in proptest::collection::vec(0u32..20, 8), seats in 0u32..100) {
        let shares = apportion(&weights, &caps, seats);
        let room: u32 = weights.iter().zip(&caps).filter(|(weight, _)| **weight > 0).map(|(_, cap)| *cap).sum();
        prop_assert_eq!(shares.iter().sum::<u32>(), seats.min(room));
        prop_assert!(shares.iter().zip(&caps).all(|(share, cap)| share <= cap));
    }
}
