//! Telling people by e-mail: queued with its cause, handed over once, its fate said; every way in which that can go wrong.

mod doorway;
mod rules;
mod sending;
mod texts;
