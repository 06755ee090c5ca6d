//! What holds for any grades: order does not matter, perfect is 1, and other formulas give the same.

use super::{grade, near, pair, scored};
use crate::sampling::random;
use closeloop::domain::agreement::*;
use proptest::prelude::*;

type Places = Vec<(usize, usize)>;
type Rows = Vec<Vec<Option<u8>>>;

fn pairs() -> impl Strategy<Value = Places> {
    proptest::collection::vec((0usize..4, 0usize..4), 20..60)
}

/// Up to five raters on one scale, with gaps.
fn rows() -> impl Strategy<Value = Rows> {
    proptest::collection::vec(proptest::collection::vec(proptest::option::weighted(0.8, 0u8..6), 5), 8..30)
}

fn kappa(pairs: &Places) -> Option<f64> {
    let pairs: Vec<Pair> = pairs.iter().copied().map(pair).collect();
    weighted_kappa(GradeShift::of(&pairs).counts(), quadratic)
}

fn same(one: Option<f64>, other: Option<f64>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => near(one, other),
        (one, other) => one.is_none() && other.is_none(),
    }
}

/// Alpha by its definition, pair by pair and without coincidences: what differs within a case against what differs
/// between any two scores.
fn by_definition(rows: &Rows) -> Option<f64> {
    let cases: Vec<Vec<u8>> =
        rows.iter().map(|row| row.iter().flatten().copied().collect()).filter(|row: &Vec<u8>| row.len() > 1).collect();
    let all = cases.concat();
    let mut at = [0.0; 6];
    all.iter().for_each(|score| at[usize::from(*score)] += 1.0);
    let lying = |from: u8, to: u8| at[usize::from(from)..=usize::from(to)].iter().sum::<f64>();
    let distance = |one: u8, other: u8| match one.abs_diff(other) {
        0 => 0.0,
        _ => (lying(one.min(other), one.max(other)) - (lying(one, one) + lying(other, other)) / 2.0).powi(2),
    };
    let over = |scores: &[u8]| scores.iter().flat_map(|one| scores.iter().map(move |other| distance(*one, *other))).sum::<f64>();
    let within: f64 = cases.iter().map(|case| over(case) / (case.len() - 1) as f64).sum();
    let between = over(&all) / (all.len().max(1) - 1) as f64;
    (between > 0.0).then(|| 1.0 - within / between)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn perfect_agreement_is_one_or_undefined(places in proptest::collection::vec(0usize..4, 20..60), raters in 2usize..6) {
        let one_grade = places.iter().all(|place| *place == places[0]);
        let expected = (!one_grade).then_some(1.0);
        prop_assert_eq!(kappa(&places.iter().map(|place| (*place, *place)).collect()), expected);
        let cases: Vec<Scored> = places.iter().map(|place| Scored::of_grades(vec![Some(grade(*place)); raters])).collect();
        prop_assert_eq!(alpha(&cases), expected);
    }

    #[test]
    fn the_order_of_cases_and_of_raters_does_not_matter(
        (pairs, shuffled) in pairs().prop_flat_map(|pairs| (Just(pairs.clone()), Just(pairs).prop_shuffle())),
        (rows, moved) in rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
        by in 0usize..5,
    ) {
        prop_assert!(same(kappa(&pairs), kappa(&shuffled)));
        prop_assert!(same(kappa(&pairs), kappa(&pairs.iter().map(|(one, other)| (*other, *one)).collect())));
        let turned: Rows = moved.into_iter().map(|mut row| { row.rotate_left(by); row }).collect();
        prop_assert!(same(alpha(&scored(&rows)), alpha(&scored(&turned))));
    }

    #[test]
    fn only_the_order_of_the_scale_matters_to_alpha(rows in rows()) {
        let stretched: Rows = rows.iter().map(|row| row.iter().map(|score| score.map(|score| score * score + 1)).collect()).collect();
        prop_assert!(same(alpha(&scored(&rows)), alpha(&scored(&stretched))));
    }

    #[test]
    fn alpha_is_that_of_its_definition(rows in rows()) {
        prop_assert!(same(alpha(&scored(&rows)), by_definition(&rows)));
    }

    #[test]
    fn kappa_is_that_of_means_and_variances(pairs in pairs()) {
        // Fleiss and Cohen 1973: with quadratic weights, the mean square against variances and the gap between the means.
        let n = pairs.len() as f64;
        let mean = |of: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|(one, other)| of(*one as f64, *other as f64)).sum::<f64>() / n;
        let (one, other) = (mean(&|one, _| one), mean(&|_, other| other));
        let spread = mean(&|a, b| (a - one).powi(2) + (b - other).powi(2)) + (one - other).powi(2);
        let expected = (spread > 1e-12).then(|| 1.0 - mean(&|one, other| (one - other).powi(2)) / spread);
        prop_assert!(same(kappa(&pairs), expected));
    }

    #[test]
    fn alpha_of_two_is_kappa_but_for_its_small_sample_term(pairs in pairs()) {
        // With both raters' grades spread alike, and every grade as frequent as the others (so that the ordinal metric
        // counts steps), 1 − α = (1 − κ)(n − 1)/n with n = 2N scores (Krippendorff 2018, chapter 12): close for large n.
        let mut even: Places = pairs.iter().flat_map(|(one, other)| [(*one, *other), (*other, *one)]).collect();
        let given = |even: &Places, place| even.iter().filter(|(one, _)| *one == place).count();
        let most = (0..4).map(|place| given(&even, place)).max().unwrap();
        for place in 0..4 {
            even.extend(vec![(place, place); most - given(&even, place)]);
        }
        let both: Vec<Scored> = even.iter().map(|(one, other)| Scored::of_grades([Some(grade(*one)), Some(grade(*other))])).collect();
        let (alpha, kappa, n) = (alpha(&both).unwrap(), kappa(&even).unwrap(), 2.0 * even.len() as f64);
        prop_assert!(near(1.0 - alpha, (1.0 - kappa) * (n - 1.0) / n));
    }

    #[test]
    fn the_table_adds_up(pairs in pairs()) {
        let shift = GradeShift::of(&pairs.iter().copied().map(pair).collect::<Vec<_>>());
        prop_assert_eq!(shift.pairs() as usize, pairs.len());
        prop_assert_eq!(shift.raised() + shift.lowered() + shift.exact(), shift.pairs());
        prop_assert!(shift.exact() <= shift.within_one() && shift.within_one() <= shift.pairs());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) })]

    #[test]
    fn the_same_seed_gives_the_same_interval(rows in rows(), seed: u64) {
        let resampling = Resampling { seed, resamples: 100 };
        let once = inter_rater_reliability(&scored(&rows), resampling, &mut random(seed));
        prop_assert_eq!(once, inter_rater_reliability(&scored(&rows), resampling, &mut random(seed)));
        if let Estimate::Value { low, high, seed: kept, .. } = once.estimate {
            prop_assert!(low <= high);
            prop_assert_eq!(kept, seed);
        }
    }
}
