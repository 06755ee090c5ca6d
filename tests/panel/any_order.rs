//! Whatever comes: the order of items, the random share and the order of the reveal keep their promises.

use closeloop::domain::grade::{Grade, Judgement};
use closeloop::domain::id::{PersonId, ReviewId};
use closeloop::domain::panel::{comings_and_goings, run_order, spread};
use closeloop::domain::sampling::draw_share;
use closeloop::runtime::random::seeded;
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Up to twelve items with up to four of six people out for each.
fn items() -> impl Strategy<Value = Vec<(ReviewId, BTreeSet<PersonId>)>> {
    vec(btree_set(1i64..7, 0..5), 0..13).prop_map(|sets| {
        let item = |(place, set): (usize, BTreeSet<i64>)| (ReviewId(place as i64 + 1), set.into_iter().map(PersonId).collect());
        sets.into_iter().enumerate().map(item).collect()
    })
}

fn judgements() -> impl Strategy<Value = Vec<(usize, Judgement)>> {
    let one = (proptest::option::of(0u8..=10), 0i64..4);
    vec(one, 0..9).prop_map(|all| {
        let scaled = all.first().is_some_and(|(point, _)| point.is_some());
        let judgement = |(point, rank): (Option<u8>, i64)| Judgement {
            scaling: scaled.then(|| point.unwrap_or(5)),
            grade: Grade::from_rank(rank).unwrap(),
        };
        all.into_iter().map(judgement).enumerate().collect()
    })
}

proptest! {
    #[test]
    fn the_run_order_holds_every_item_once_and_moves_nobody_more_than_before(items in items()) {
        let order = run_order(&items);
        let mut sorted = order.clone();
        sorted.sort();
        let mut all: Vec<ReviewId> = items.iter().map(|(review, _)| *review).collect();
        let mut run = items.clone();
        run.sort_by_key(|(review, _)| order.iter().position(|other| other == review));
        prop_assert!(comings_and_goings(&run) <= comings_and_goings(&items), "{order:?}");
        all.sort();
        prop_assert_eq!(sorted, all);
        prop_assert_eq!(run_order(&items), order, "the same items give the same order");
    }

    #[test]
    fn the_share_is_kept_in_every_block(percent in 1u32..=100, seed in any::<u64>(), block in 0u32..6) {
        let first = draw_share(percent, seed, 0, seeded);
        let length = first.length;
        let drawn: Vec<_> = (block * length..(block + 1) * length).map(|before| draw_share(percent, seed, before, seeded)).collect();
        let taken = drawn.iter().filter(|one| one.taken).count() as u32;
        prop_assert!((taken * 100).abs_diff(percent * length) <= length, "{taken} of {length} is not {percent} %");
        for (place, one) in drawn.iter().enumerate() {
            prop_assert_eq!((one.percent, one.seed, one.length, one.block), (percent, seed, length, block + 1));
            prop_assert_eq!(one.place as usize, place + 1);
            let before = (one.block - 1) * length + one.place - 1;
            prop_assert_eq!(&draw_share(percent, seed, before, seeded), one);
        }
    }

    #[test]
    fn the_reveal_shows_every_score_once_the_most_extreme_first(scores in judgements()) {
        let shown = spread(&scores);
        let mut back = shown.clone();
        back.sort_by_key(|(place, _)| *place);
        prop_assert_eq!(&back, &scores);
        if let (Some(first), Some(height)) = (shown.first(), shown.iter().map(|(_, one)| height(one)).max()) {
            let low = shown.iter().map(|(_, one)| self::height(one)).min().unwrap_or(height);
            prop_assert!([low, height].contains(&self::height(&first.1)), "the first is an end of the spread");
        }
    }
}

fn height(judgement: &Judgement) -> i64 {
    judgement.scaling.map_or(judgement.grade.rank(), i64::from)
}

#[test]
fn chance_decides_the_places_of_a_block() {
    let places = |seed: u64| (0..3).position(|before| draw_share(33, seed, before, seeded).taken).unwrap();
    let found: BTreeSet<usize> = (0..40).map(places).collect();
    assert_eq!(found, BTreeSet::from([0, 1, 2]), "nobody can count on being passed over");
    // And in every block anew: whoever knows one block does not know the next.
    let of_block = |block: u32| (0..3).position(|place| draw_share(33, 7, block * 3 + place, seeded).taken).unwrap();
    let found: BTreeSet<usize> = (0..20).map(of_block).collect();
    assert_eq!(found, BTreeSet::from([0, 1, 2]), "blocks repeat themselves");
}

#[test]
fn every_percentage_keeps_its_share() {
    for percent in 1..=100 {
        let length = draw_share(percent, 7, 0, seeded).length;
        let taken = (0..length).filter(|before| draw_share(percent, 7, *before, seeded).taken).count() as u32;
        assert!((taken * 100).abs_diff(percent * length) <= length, "{percent} %: {taken} of {length}");
        assert!(taken > 0 && length <= 100, "{percent} %: {taken} of {length}");
    }
}

#[test]
fn whoever_leaves_for_two_cases_leaves_once() {
    let out = |people: &[i64]| people.iter().copied().map(PersonId).collect::<BTreeSet<_>>();
    let items = [(1, out(&[9])), (2, out(&[])), (3, out(&[9])), (4, out(&[]))].map(|(id, out)| (ReviewId(id), out));
    let order = run_order(&items);
    assert_eq!(order.iter().map(|review| review.0).collect::<Vec<_>>(), [2, 4, 1, 3]);
    assert_eq!(comings_and_goings(&items), 4);
}
