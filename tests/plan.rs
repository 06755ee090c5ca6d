//! The improvement plan of a cycle: what may be noted in it, what is carried over, and how it is worked with by keyboard.

mod carried;
mod frames;
mod journey;
mod notes;
mod support;
