//! Published worked examples, and intervals computed a second time in another language.

use super::{cases_of, near, scored};
use crate::sampling::random;
use closeloop::domain::agreement::*;

/// Landis and Koch 1977, *Biometrics* 33, 159-174, table of two neurologists' diagnoses in Winnipeg (149 patients, four ordered
/// certainties).
const NEUROLOGISTS: [[u32; 4]; 4] = [[38, 5, 0, 1], [33, 11, 3, 0], [10, 14, 5, 6], [3, 7, 3, 10]];

/// Two pathologists on 118 slides (Landis and Koch 1977, *Biometrics* 33, 363-374; the table as in Agresti 2002, table 10.8).
const PATHOLOGISTS: [[u32; 4]; 4] = [[22, 2, 2, 0], [5, 7, 14, 0], [0, 2, 36, 0], [0, 1, 17, 10]];

/// Krippendorff 2011, *Computing Krippendorff's Alpha-Reliability*, example C: four observers, twelve units, gaps.
const EXAMPLE_C: [[u8; 12]; 4] = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
    [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
];

fn example_c() -> Vec<Scored> {
    let unit = |unit: usize| EXAMPLE_C.iter().map(|observer| Some(observer[unit]).filter(|value| *value > 0)).collect();
    scored(&(0..12).map(unit).collect::<Vec<_>>())
}

/// Eight cases of up to three raters with gaps, three times over; one case of each eight has a single score.
fn gaps() -> Vec<Scored> {
    let base: [&[u8]; 8] = [&[0, 1], &[1, 1, 2], &[2, 2, 2], &[3, 2, 3], &[0, 0], &[1], &[3, 3, 2], &[2, 1, 1]];
    let cases: Vec<_> = base.iter().map(|scores| scores.iter().map(|score| Some(*score)).collect()).collect();
    scored(&[cases.clone(), cases.clone(), cases].concat())
}

#[test]
fn cohen_1968_table_1_is_0_348_with_his_weights_and_0_492_unweighted() {
    // 200 patients, two judges; the unweighted value is that of Cohen 1960, table 1.
    let table = [[88, 14, 18], [10, 40, 10], [2, 6, 12]];
    let weights = [[0, 1, 3], [1, 0, 6], [3, 6, 0]];
    let weighted = weighted_kappa(&table, |one, other| weights[one][other]).unwrap();
    let plain = weighted_kappa(&table, |one, other| u64::from(one != other)).unwrap();
    assert_eq!((format!("{weighted:.3}"), format!("{plain:.3}")), ("0.348".to_string(), "0.492".to_string()));
}

#[test]
fn quadratic_kappa_of_four_grades_is_as_computed_with_exact_fractions() {
    for (table, numerator, denominator) in [(NEUROLOGISTS, 6_905.0, 13_163.0), (PATHOLOGISTS, 2_781.0, 3_548.0)] {
        assert!(near(weighted_kappa(&table, quadratic).unwrap(), numerator / denominator));
    }
}

#[test]
fn krippendorff_2011_example_c_is_0_815_with_the_ordinal_metric() {
    // Nominal 0.743, ordinal 0.815, interval 0.849: taking the square of the steps for "ordinal" would give the last.
    let alpha = alpha(&example_c()).unwrap();
    assert_eq!(format!("{alpha:.3}"), "0.815");
    assert!(near(alpha, 108_577.0 / 133_160.0), "as computed with exact fractions");
}

#[test]
fn an_interval_is_that_of_the_same_resamples_computed_elsewhere() {
    // Python, exact fractions, splitmix64 from 7, choice by rejection.
    let figure = moderation_agreement(&cases_of(PATHOLOGISTS), Resampling::seeded(7), &mut random(7));
    let Estimate::Value { value, low, high, n, seed, resamples } = figure.estimate else { panic!("{figure:?}") };
    assert!(near(value, 2_781.0 / 3_548.0) && near(low, 0.6965961962288792) && near(high, 0.8494054659777127), "{low} {high}");
    assert_eq!((n, seed, resamples), (118, 7, 1_000));

    let figure = inter_rater_reliability(&gaps(), Resampling::seeded(7), &mut random(7));
    let Estimate::Value { value, low, high, n, .. } = figure.estimate else { panic!("{figure:?}") };
    assert!(near(value, 343.0 / 475.0) && near(low, 0.5378153876990649) && near(high, 0.8059016510998369), "{low} {high}");
    assert_eq!(n, 21, "a case with a single score is none");
}

#[test]
fn resamples_with_a_single_grade_are_left_out_and_not_taken_for_agreement() {
    // Nineteen times the same, and once another: every third resample misses the one.
    let figure = moderation_agreement(&cases_of([[0; 4], [0, 1, 0, 0], [0, 0, 19, 0], [0; 4]]), Resampling::seeded(7), &mut random(7));
    let Estimate::Value { resamples, .. } = figure.estimate else { panic!("{figure:?}") };
    assert_eq!(resamples, 638);
}
