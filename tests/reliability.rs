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
