//! Disputes of the reviewing officers, practice alerts, alerts of good practice: M14, C05, F18.

mod counts;
mod followed;
mod raised;
mod senior;
mod twenty_days;
mod withheld;
