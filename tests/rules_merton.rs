//! Merton's rules through the doorway, each test named after the rule it would fail without.

mod judgement;
mod panel_and_alerts;
mod sample;
mod stale;
mod steps;
mod undo;
