//! The tests of reliability that no subject of their own holds: shared locks, crowds, power cuts, hostile text and files.
//!
//! Each is named after its number in the plan (T01 to T48) and prints one line for the card; others of them stand beside what
//! they test, under the same names. `tests/reliability/run` runs them all in full and makes the card.

mod audit;
mod bidi;
mod card;
mod cells;
pub mod contention;
mod crowd;
mod lint;
mod lists;
mod locks;
mod model;
mod pastes;
mod places;
pub mod power;
mod syntax;
pub mod traced;
mod two_sessions;

use crate::house_rules::source;

/// The numbers of the plan that have to have a test of their own in every run, be it with small counts.
const NUMBERS: [u32; 25] = [1, 3, 4, 5, 9, 10, 12, 13, 19, 20, 22, 23, 25, 30, 31, 33, 34, 35, 36, 37, 38, 40, 41, 42, 48];

#[test]
fn every_number_of_the_plan_has_its_test() {
    let has = |number: u32| {
        let name = format!("fn t{number:02}_");
        source::all("tests").iter().any(|source| source.code.contains(&name))
    };
    let missing: Vec<u32> = NUMBERS.into_iter().filter(|number| !has(*number)).collect();
    assert_eq!(missing, Vec::<u32>::new());
    assert!(!has(99), "a number without a test is seen");
}
