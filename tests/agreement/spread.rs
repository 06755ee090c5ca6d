//! The order in which a panel talks about the scores of one question.

use super::judged;
use closeloop::domain::agreement::spread;

/// Raters in order, twice the median, and the width, of scalings.
fn scalings(given: &[Option<u8>]) -> Option<(Vec<usize>, u32, u32)> {
    let judgements: Vec<_> = given.iter().map(|scaling| scaling.map(|scaling| judged(Some(scaling), 0))).collect();
    spread(&judgements).map(|spread| (spread.order.iter().map(|standing| standing.rater).collect(), spread.median_twice, spread.width))
}

#[test]
fn the_most_extreme_comes_first_and_of_two_the_better_one() {
    type Row<'a> = (&'a [Option<u8>], &'a [usize], u32, u32);
    let table: [Row; 7] = [
        (&[Some(5), Some(6), Some(1), Some(6)], &[2, 1, 3, 0], 11, 5),
        (&[Some(4), Some(6), Some(5)], &[1, 0, 2], 10, 2),
        // Between the two middle ones nobody is at the median.
        (&[Some(3), Some(8)], &[1, 0], 11, 5),
        (&[Some(7), Some(7), Some(7)], &[0, 1, 2], 14, 0),
        (&[None, Some(2), None, Some(9), Some(3)], &[3, 1, 4], 6, 7),
        (&[Some(4)], &[0], 8, 0),
        (&[Some(0), Some(10), Some(10), Some(0)], &[1, 2, 0, 3], 10, 10),
    ];
    for (given, order, median_twice, width) in table {
        assert_eq!(scalings(given), Some((order.to_vec(), median_twice, width)), "{given:?}");
    }
    assert_eq!(scalings(&[]), None);
    assert_eq!(scalings(&[None, None]), None);
}

#[test]
fn grades_are_compared_where_not_everybody_scaled() {
    let graded = spread(&[Some(judged(None, 2)), Some(judged(None, 0)), Some(judged(None, 2)), Some(judged(None, 3))]).unwrap();
    assert_eq!(
        graded.order.iter().map(|standing| (standing.rater, standing.from_median_twice)).collect::<Vec<_>>(),
        [(1, 4), (3, 2), (0, 0), (2, 0)]
    );
    assert_eq!((graded.median_twice, graded.width), (4, 3));
    let mixed = spread(&[Some(judged(Some(8), 2)), Some(judged(None, 1)), Some(judged(Some(6), 2))]).unwrap();
    assert_eq!((mixed.median_twice, mixed.width), (4, 1));
    assert_eq!(mixed.order[0].judgement, judged(None, 1));
}
