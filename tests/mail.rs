//! Telling people by e-mail: queued with its cause, handed over once, its fate said; every way in which that can go wrong.

mod disk;
mod disputes;
mod doorway;
mod later;
mod many;
pub mod others;
mod reminders;
mod rules;
mod sending;
mod sessions;
mod texts;
mod tick;
mod trust;
