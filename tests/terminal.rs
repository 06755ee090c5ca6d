//! The program in a real terminal: hang-ups, signals, odd and frozen terminals, faults, and what it dares to write.
//!
//! Everything drives the real binary in a pseudo-terminal. Nothing sleeps for a fixed time and hopes: a test reads until
//! the screen shows what it waits for.

mod burst;
pub mod desk;
mod frozen;
mod hang_up;
mod odd;
mod oracle;
mod signals;
mod written;
