//! Charts: which lines they have, and each rule that makes a signal, with the nearest case that makes none.

use closeloop::domain::insight::{Chart, Lines, Share, Signal};

/// A chart of so many of a hundred in each cycle.
fn chart(values: &[u32]) -> Chart {
    Chart::of(values.iter().enumerate().map(|(at, n)| (format!("cycle {at}"), Share::new(*n, 100))))
}

#[test]
fn twelve_points_have_a_median_and_thirteen_have_limits() {
    let twelve = chart(&[50, 60, 40, 55, 45, 52, 48, 58, 42, 51, 49, 50]);
    assert_eq!((twelve.lines, twelve.centre), (Lines::Median, Some(0.5)));
    assert!(twelve.points.iter().all(|point| point.limits.is_none()));
    let thirteen = chart(&[50, 60, 40, 55, 45, 52, 48, 58, 42, 51, 49, 50, 50]);
    assert_eq!((thirteen.lines, thirteen.centre), (Lines::Limits, Some(0.5)));
    // Half of a hundred: one sigma is 5 points, so the limits lie at 35 and 65.
    let (low, high) = thirteen.points[0].limits.unwrap();
    assert!((low - 0.35).abs() < 1e-9 && (high - 0.65).abs() < 1e-9, "{low} {high}");
}

#[test]
fn limits_are_wider_where_fewer_were_counted_and_never_leave_the_scale() {
    let shares = (0..13).map(|at| (String::new(), if at == 0 { Share::new(9, 10) } else { Share::new(90, 100) }));
    let chart = Chart::of(shares);
    let width = |at: usize| chart.points[at].limits.map(|(low, high)| high - low).unwrap();
    assert!(width(0) > width(1));
    assert!(chart.points.iter().all(|point| point.limits.is_some_and(|(low, high)| low >= 0.0 && high <= 1.0)));
    assert_eq!(chart.points[0].limits.unwrap().1, 1.0);
}

#[test]
fn a_cycle_of_which_nothing_was_counted_has_no_point() {
    let chart = Chart::of([("a".to_string(), Share::new(0, 0)), ("b".to_string(), Share::new(3, 4))]);
    assert_eq!(chart.points.len(), 1);
    assert_eq!(Chart::of([]).centre, None);
}

fn shifts(values: &[u32]) -> Vec<Signal> {
    chart(values).signals.into_iter().filter(|signal| matches!(signal, Signal::Shift { .. })).collect()
}

fn trends(values: &[u32]) -> Vec<Signal> {
    chart(values).signals.into_iter().filter(|signal| matches!(signal, Signal::Trend { .. })).collect()
}

#[test]
fn six_on_one_side_of_the_median_are_a_shift_and_five_are_none() {
    let six = [60, 61, 60, 62, 61, 60, 40, 41, 40, 42, 43, 41];
    assert_eq!(shifts(&six), [Signal::Shift { from: 0, to: 5, above: true }, Signal::Shift { from: 6, to: 11, above: false }]);
    assert!(shifts(&[60, 61, 60, 62, 61, 40, 60, 41, 40, 42, 43, 41]).is_empty(), "five and five are none");
}

#[test]
fn a_point_on_the_median_neither_counts_nor_ends_a_run() {
    // Seven with one on the mean of a chart with limits: still seven in a row on one side.
    let around = [55, 56, 55, 50, 57, 55, 56, 55, 44, 45, 44, 43, 44, 41];
    assert_eq!(chart(&around).centre, Some(0.5));
    assert_eq!(shifts(&around), [Signal::Shift { from: 0, to: 7, above: true }]);
}

#[test]
fn five_that_all_rise_are_a_trend_and_equal_neighbours_count_once() {
    assert_eq!(trends(&[10, 20, 30, 40, 50]), [Signal::Trend { from: 0, to: 4, rising: true }]);
    assert!(trends(&[10, 20, 30, 40, 39]).is_empty());
    assert_eq!(trends(&[50, 40, 40, 30, 20, 10]), [Signal::Trend { from: 0, to: 5, rising: false }]);
    assert!(trends(&[50, 40, 40, 30, 20, 20]).is_empty(), "four distinct ones are none");
    // A turn ends one trend, and the turning point begins the next.
    let both = trends(&[10, 20, 30, 40, 50, 40, 30, 20, 10]);
    assert_eq!(both, [Signal::Trend { from: 0, to: 4, rising: true }, Signal::Trend { from: 4, to: 8, rising: false }]);
}

#[test]
fn too_few_and_too_many_runs_are_told_from_ten_points_on() {
    let few = chart(&[10, 11, 12, 11, 10, 90, 91, 92, 91, 90]).signals;
    assert!(few.contains(&Signal::FewRuns { runs: 2, least: 3 }), "{few:?}");
    let many = chart(&[10, 90, 11, 91, 12, 92, 11, 91, 10, 90]).signals;
    assert!(many.contains(&Signal::ManyRuns { runs: 10, most: 9 }), "{many:?}");
    let chance = chart(&[10, 90, 91, 12, 92, 11, 91, 90, 10, 11]).signals;
    assert!(chance.is_empty(), "{chance:?}");
    assert!(chart(&[10, 11, 12, 11, 90, 91, 92, 91, 90]).signals.is_empty(), "nine say nothing");
}

#[test]
fn with_limits_a_point_outside_seven_in_a_row_and_six_that_rise_are_signals() {
    let outside = chart(&[50, 52, 48, 51, 49, 50, 52, 48, 51, 49, 52, 50, 90]).signals;
    assert!(outside.contains(&Signal::Outside { at: 12, above: true }), "{outside:?}");
    let seven = chart(&[55, 56, 55, 57, 55, 56, 55, 44, 45, 55, 44, 43, 42, 43]).signals;
    assert!(seven.contains(&Signal::Shift { from: 0, to: 6, above: true }), "{seven:?}");
    let six = chart(&[55, 56, 55, 57, 55, 56, 44, 45, 55, 44, 43, 42, 44]).signals;
    assert!(!six.iter().any(|signal| matches!(signal, Signal::Shift { .. })), "{six:?}");
    let rising = chart(&[50, 45, 46, 47, 48, 49, 51, 45, 52, 46, 51, 47, 50]).signals;
    assert_eq!(rising, [Signal::Trend { from: 1, to: 6, rising: true }]);
    let five = chart(&[50, 45, 46, 47, 48, 49, 45, 52, 46, 51, 47, 50, 48]).signals;
    assert!(five.is_empty(), "{five:?}");
}

#[test]
fn too_few_points_are_never_said_to_move_as_chance_would_have_it() {
    // The last two lie far below the rest: no rule of run charts can say so of five points.
    let few = Chart::of([(13, 20), (12, 20), (14, 21), (10, 42), (8, 20)].map(|(n, of)| (format!("{n} of {of}"), Share::new(n, of))));
    let says = few.says();
    assert!(says[0].starts_with("Too few points for the run rules to tell"), "{says:?}");
    assert_eq!(says[1..], ["10 of 42 lies clearly lower than 14 of 21: their 95 % intervals do not overlap."]);
    let rise = chart(&[50, 52, 51, 80]).says();
    assert_eq!(rise[1..], ["cycle 3 lies clearly higher than cycle 2: their 95 % intervals do not overlap."]);
    assert_eq!(chart(&[50, 52, 51]).says().len(), 1, "what overlaps is not told");
    // Nine off the median are too few, ten are enough.
    assert!(chart(&[50, 60, 40, 55, 45, 52, 48, 58, 42]).says()[0].starts_with("Too few points"));
    let ten = chart(&[50, 60, 40, 41, 55, 45, 52, 53, 47, 51]);
    assert_eq!(ten.says(), ["No signal: the points move around the median as chance would have it."]);
    let last = chart(&[50, 60, 40, 41, 55, 45, 52, 53, 51, 20]).says();
    assert_eq!(last[0], "The run rules find no signal.", "{last:?}");
    assert!(last[1].contains("clearly lower"), "{last:?}");
    // A trend of five is told, however few the points are.
    assert!(chart(&[40, 42, 44, 46, 48]).says()[0].starts_with("A trend"));
}
