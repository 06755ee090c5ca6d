//! What many reviews say together: shares with their uncertainty, how they run over the cycles, and what may leave the team.
//!
//! Pure sums over counts. This module must not know whose reviews were counted: nothing here can rank people, and what a viewer may
//! not see was left out before anything was counted.

pub mod figures;
pub mod labels;
pub mod ledger;
pub mod pages;

mod chart;
mod runs;
mod share;
mod suppress;
mod words;

pub use chart::{Chart, Lines, POINTS_FOR_LIMITS, Plotted};
pub use runs::{Reading, Signal};
pub use share::{Share, Z_95};
pub use suppress::{Cell, Table};
