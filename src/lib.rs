//! closeloop: the terminal workstation of a children's services Insights team, from the sample to the closed loop.
//!
//! The code is a diamond: [`domain`] holds rules and plain data and knows nobody; everything else may name `domain`.

pub mod app;
#[cfg(feature = "broken")]
pub mod broken;
pub mod cli;
pub mod config;
pub mod demo;
pub mod domain;
pub mod intake;
pub mod notify;
pub mod profiles;
pub mod report;
pub mod runtime;
pub mod store;
pub mod surroundings;
pub mod ui;
