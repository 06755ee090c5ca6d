//! Agreement: the table of shifts, the two coefficients, their intervals, and what is rather left unsaid.

mod any_grades;
mod shown;
mod spread;
mod worked;

use closeloop::domain::agreement::*;
use closeloop::domain::grade::{Grade, Judgement};

/// A grade by its place, worst first.
fn grade(place: usize) -> Grade {
    Grade::from_rank(place as i64).unwrap()
}

fn pair((original, moderated): (usize, usize)) -> Pair {
    Pair { original: grade(original), moderated: grade(moderated) }
}

/// Every pair of a table, as a case of its own, row by row.
fn cases_of(table: [[u32; 4]; 4]) -> Vec<[Pair; 1]> {
    let places = (0..4).flat_map(|original| (0..4).map(move |moderated| (original, moderated)));
    places.flat_map(|places| vec![[pair(places)]; table[places.0][places.1] as usize]).collect()
}

fn judged(scaling: Option<u8>, place: usize) -> Judgement {
    Judgement { scaling, grade: grade(place) }
}

/// Cases of one question each, as places on a scale.
fn scored(cases: &[Vec<Option<u8>>]) -> Vec<Scored> {
    cases.iter().map(|scores| Scored::of_places(vec![scores.clone()])).collect()
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-9
}
