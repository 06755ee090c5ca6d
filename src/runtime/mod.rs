//! The shell that joins the layers: the doorway for deeds, the answers to queries, the clock, the event loop.
//!
//! Only this layer may name `app`, `ui`, `store`, `profiles` and the terminal together.

pub mod access;
pub mod anchor;
pub mod answers;
pub mod clerk;
pub mod clock;
mod counting;
mod counts;
pub mod display;
pub mod doctor;
pub mod drafts;
mod due_sums;
mod erasing;
pub mod identity;
pub mod idle;
pub mod input;
pub mod library;
pub mod line;
pub mod looking;
pub mod notes;
pub mod post;
pub mod presence;
pub mod random;
pub mod run;
pub mod screen;
pub mod shield;
pub mod signals;
pub mod terminal;
pub mod who_is_in;
pub mod witness;
pub mod workstation;
