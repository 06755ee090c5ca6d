//! All tests in one binary: one module for each subject, each named after what it proves.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on should say where")]

mod actions;
mod agreement;
mod alerts;
mod allocation;
mod calendar;
mod choosing;
mod cli;
mod demo;
mod drp;
mod frames;
mod frames_alerts;
mod frames_drp;
mod frames_panel;
mod house_rules;
mod intake;
mod interests;
mod joint;
mod journeys;
mod keys;
mod mail;
mod panel;
mod papers;
mod plan;
mod profiles;
mod readme;
mod room;
mod rules_merton;
mod rules_registers;
mod sampling;
mod store;
mod supervision;
mod support;
mod terminal;
mod ungraded;
