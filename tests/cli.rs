//! The command line as scripts use it: the real program, its two streams and its exit status.

mod actions;
mod anchors;
mod backups;
mod cycles;
mod demos;
mod doctor;
mod doctor_door;
mod doctor_keys;
mod export;
mod figures;
mod frameworks;
mod imports;
mod lists;
mod looks;
mod panel;
pub mod place;
mod proofs;
mod screens;
mod served;
mod shielded;
mod start;
mod ungraded;
