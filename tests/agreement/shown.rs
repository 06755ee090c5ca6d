//! What is said: the table, the sentences, and when a coefficient is rather not given.

use super::{cases_of, grade, judged, pair};
use crate::house_rules::source;
use crate::sampling::random;
use closeloop::domain::agreement::*;
use closeloop::domain::grade::Grade;

fn kappa_of(cases: &[Vec<Pair>]) -> Figure {
    moderation_agreement(cases, Resampling::seeded(7), &mut random(7))
}

fn alpha_of(cases: &[Scored]) -> Figure {
    inter_rater_reliability(cases, Resampling::seeded(7), &mut random(7))
}

/// Cases with one pair each, whose grades change from case to case.
fn mixed(cases: usize) -> Vec<Vec<Pair>> {
    (0..cases).map(|case| vec![pair((case % 4, (case + case % 3 / 2) % 4))]).collect()
}

#[test]
fn m08_the_shift_table_counts_each_pair_once_and_says_which_way() {
    type Row<'a> = (&'a [(usize, usize)], [u32; 5], Option<f64>, &'a str);
    let table: [Row; 5] = [
        (&[], [0, 0, 0, 0, 0], None, "No moderated grades yet."),
        (
            &[(2, 1), (2, 2), (3, 1), (1, 1)],
            [4, 2, 3, 0, 2],
            Some(-0.75),
            "On average the panel's grade is 0.75 steps worse than the reviewer's: 0 raised, 2 lowered, 2 the same, of 4 pairs.",
        ),
        (
            &[(0, 3)],
            [1, 0, 0, 1, 0],
            Some(3.0),
            "On average the panel's grade is 3.00 steps better than the reviewer's: 1 raised, 0 lowered, 0 the same, of 1 pair.",
        ),
        (
            &[(1, 2), (2, 1)],
            [2, 0, 2, 1, 1],
            Some(0.0),
            "On average the panel left grades where they were: 1 raised, 1 lowered, 0 the same, of 2 pairs.",
        ),
        (
            &[(3, 3)],
            [1, 1, 1, 0, 0],
            Some(0.0),
            "On average the panel left grades where they were: 0 raised, 0 lowered, 1 the same, of 1 pair.",
        ),
    ];
    for (pairs, counts, mean, sentence) in table {
        let shift = GradeShift::of(&pairs.iter().copied().map(pair).collect::<Vec<_>>());
        let counted = [shift.pairs(), shift.exact(), shift.within_one(), shift.raised(), shift.lowered()];
        assert_eq!((counted, shift.mean_steps(), shift.sentence().as_str()), (counts, mean, sentence));
    }
}

#[test]
fn m08_the_table_keeps_original_and_moderated_apart() {
    let moved = Pair::of(judged(Some(8), 2), judged(Some(2), 0));
    assert_eq!(moved, Pair { original: Grade::Good, moderated: Grade::Inadequate });
    let shift = GradeShift::of(&[moved]);
    assert_eq!((shift.count(Grade::Good, Grade::Inadequate), shift.count(Grade::Inadequate, Grade::Good)), (1, 0));
    assert_eq!(shift.counts()[2][0], 1);
    let within_a_grade = GradeShift::of(&[Pair::of(judged(Some(8), 2), judged(Some(6), 2))]);
    assert_eq!((within_a_grade.exact(), within_a_grade.mean_steps()), (1, Some(0.0)));
}

#[test]
fn m08_a_share_of_grades_is_said_like_every_other_share() {
    // 217 of 218 is not all of them, though it rounds to 100; a half goes up.
    let pairs = |same: usize, lower: usize| {
        GradeShift::of(&(0..same + lower).map(|at| pair((2, if at < same { 2 } else { 0 }))).collect::<Vec<_>>())
    };
    let table = [((217, 1), "217 of 218 (99 %)"), ((1, 7), "1 of 8 (13 %)"), ((4, 0), "4 of 4 (100 %)"), ((1, 400), "1 of 401 (1 %)")];
    for ((same, lower), said) in table {
        let [exact, within_one, _] = pairs(same, lower).facts();
        assert_eq!([exact.1, within_one.1], [said, said], "{same} and {lower}");
    }
}

#[test]
fn under_20_pairs_no_coefficient_is_given() {
    let figure = kappa_of(&mixed(19));
    assert_eq!(figure.estimate, Estimate::TooFew { n: 19, needed: 20, of: Counted::Pairs });
    assert_eq!(figure.estimate.words(), "too few to estimate");
    assert_eq!(figure.sentence(), "Moderation agreement: too few to estimate. There are 19 pairs, and it takes 20.");
    assert!(matches!(kappa_of(&mixed(20)).estimate, Estimate::Value { n: 20, .. }));

    let two =
        |cases: usize| (0..cases).map(|case| Scored::of_grades([Some(grade(case % 4)), None, Some(grade(case % 3))])).collect::<Vec<_>>();
    assert_eq!(alpha_of(&two(19)).sentence(), "Inter-rater reliability: too few to estimate. There are 19 pairs, and it takes 20.");
    assert!(matches!(alpha_of(&two(20)).estimate, Estimate::Value { n: 20, .. }));
    assert_eq!(alpha_of(&[]).estimate, Estimate::TooFew { n: 0, needed: 20, of: Counted::Pairs });
}

#[test]
fn s18_many_scores_of_a_few_cases_are_too_few_all_the_same() {
    let twelve = |from: u8| Scored::of_scalings((0..12).map(|rater| Some(from + rater % 3)));
    let few: Vec<Scored> = (0..4).map(twelve).collect();
    assert_eq!(alpha_of(&few).sentence(), "Inter-rater reliability: too few to estimate. There are 4 cases, and it takes 5.");
    assert!(matches!(alpha_of(&(0..5).map(twelve).collect::<Vec<_>>()).estimate, Estimate::Value { n: 5, .. }));
    // Two dozen pairs of one case are one case; a case without a pair is none.
    let one = [mixed(24).concat(), Vec::new(), Vec::new(), Vec::new(), Vec::new()];
    assert_eq!(kappa_of(&one).estimate, Estimate::TooFew { n: 1, needed: 5, of: Counted::Cases });
}

#[test]
fn one_grade_throughout_is_undefined_and_never_perfect() {
    let cases = vec![vec![pair((2, 2))]; 30];
    assert_eq!(kappa_of(&cases).sentence(), "Moderation agreement undefined: one grade used.");
    let cases = vec![Scored::of_grades([Some(Grade::Good); 3]); 30];
    assert_eq!(alpha_of(&cases).sentence(), "Inter-rater reliability undefined: one grade used.");
    // Two sides with a single grade each, but not the same one, do disagree: no better than chance.
    let cases = vec![vec![pair((2, 1))]; 30];
    assert_eq!(kappa_of(&cases).estimate.words(), "0.00 (0.00 to 0.00)");
}

#[test]
fn a_value_says_its_interval_its_cases_and_its_seed() {
    let figure = moderation_agreement(
        &cases_of([[5, 1, 0, 0], [1, 9, 2, 0], [0, 3, 12, 1], [0, 0, 1, 5]]),
        Resampling::seeded(482_113),
        &mut random(482_113),
    );
    assert_eq!(
        figure.sentence(),
        "The panel and the reviewers agreed very much more than chance alone would give. Moderation agreement 0.87, 95% interval 0.75 to 0.94, from 40 cases (1000 resamples of whole cases, seed 482113)."
    );
}

#[test]
fn cases_are_resampled_whole() {
    // Each case says the same four times over; resampling pairs would make the interval half as wide.
    let once = mixed(20);
    let fourfold: Vec<Vec<Pair>> = once.iter().map(|case| case.repeat(4)).collect();
    let (Estimate::Value { low, high, .. }, Estimate::Value { low: low_4, high: high_4, .. }) =
        (kappa_of(&once).estimate, kappa_of(&fourfold).estimate)
    else {
        panic!("both have enough");
    };
    assert!(super::near(low, low_4) && super::near(high, high_4) && low < high);

    let rows =
        |times: usize| (0..20u8).map(|case| Scored::of_places(vec![vec![Some(case % 4), Some(case % 3), None]; times])).collect::<Vec<_>>();
    let width = |cases: &[Scored]| match alpha_of(cases).estimate {
        Estimate::Value { low, high, .. } => high - low,
        other => panic!("{other:?}"),
    };
    let (once, fourfold) = (width(&rows(1)), width(&rows(4)));
    // Alpha's small-sample term knows that there are more scores; the width hardly does.
    assert!((once - fourfold).abs() < 0.1 * once, "{once} {fourfold}");
}

#[test]
fn f08_only_the_random_share_is_fit_for_figures() {
    let items = [("by grade", false), ("random share", true), ("disputed", false), ("random share", true)];
    let fit = fit_for_figures(items, |item| item.1);
    assert_eq!(fit.items, [("random share", true), ("random share", true)]);
    assert_eq!(fit.left_out, 2);
    let sentences = [
        (vec![true, true, false, false], "From 2 moderated reviews; 2 more came for reasons of their own and are left out."),
        (vec![true, false], "From 1 moderated review; 1 more came for a reason of its own and is left out."),
        (vec![true], "From 1 moderated review."),
        (vec![], "From 0 moderated reviews."),
    ];
    for (items, sentence) in sentences {
        assert_eq!(fit_for_figures(items, |by_chance| *by_chance).sentence(), sentence);
    }
}

#[test]
fn nothing_about_agreement_knows_who_graded() {
    let files: Vec<_> = source::all("src").iter().filter(|file| file.path.starts_with("src/domain/agreement/")).collect();
    assert!(files.len() > 5, "the folder has moved");
    for file in files {
        for (line, code) in file.lines() {
            for word in ["PersonId", "TeamId", "person", "actor", "login"] {
                assert!(!source::word_at(code, word), "{}:{line} names {word}: agreement must not rank people", file.path);
            }
        }
    }
}

#[test]
fn f08_what_a_coefficient_means_is_said_in_one_plain_sentence() {
    let value = |value, low, high| Estimate::Value { value, low, high, n: 40, seed: 7, resamples: 1000 };
    let cases = [
        (value(0.87, 0.75, 0.94), Some("very much more than chance alone would give.")),
        (value(0.7, 0.5, 0.8), Some("far more than chance alone would give.")),
        (value(0.5, 0.3, 0.7), Some("clearly more than chance alone would give.")),
        (value(0.2, 0.1, 0.3), Some("a little more than chance alone would give.")),
        // Where the interval reaches chance no step is claimed, however high the figure.
        (value(0.6, -0.1, 0.9), Some("the figure is too uncertain to tell.")),
        (value(0.0, 0.0, 0.0), Some("the figure is too uncertain to tell.")),
        (value(-0.3, -0.5, -0.1), Some("agreed less than chance alone would give.")),
        (Estimate::Undefined, None),
    ];
    for (estimate, ends) in cases {
        let panel = Figure { measure: Measure::ModerationAgreement, estimate }.meaning();
        assert_eq!(panel.is_some(), ends.is_some());
        if let (Some(said), Some(ends)) = (panel, ends) {
            assert!(said.starts_with("The panel and the reviewers ") && said.ends_with(ends), "{said}");
        }
        let apart = Figure { measure: Measure::InterRaterReliability, estimate }.meaning();
        assert!(apart.is_none_or(|said| said.starts_with("Those who judged the same work apart ")));
    }
}
