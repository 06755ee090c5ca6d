//! The rules and plain data of quality assurance in children's services.
//!
//! Every rule of the frameworks is a pure function here: `(now, actor, framework, state, input)` in, changes or a
//! refusal out. This layer names std, chrono, `thiserror` and serde's derives only; `calendar` adds chrono-tz for the
//! one time zone, `safe_text` alone adds `unicode-normalization`. It must never know a file, a clock, a source of
//! randomness, SQL, or a screen: those are handed in by the layers around it.

pub mod access;
pub mod action;
pub mod agreement;
pub mod alert;
pub mod allocation;
pub mod calendar;
pub mod change;
pub mod check;
pub mod count;
pub mod cycle;
pub mod dataset;
pub mod deed;
pub mod drp;
pub mod error;
pub mod fields;
pub mod filter;
pub mod framework;
pub mod grade;
pub mod id;
pub mod insight;
pub mod intake;
pub mod interest;
pub mod joint;
pub mod line;
pub mod look;
pub mod named;
pub mod near;
pub mod notice;
pub mod outbox;
pub mod panel;
pub mod person;
pub mod plan;
pub mod programme;
pub mod query;
pub mod reason;
pub mod register;
pub mod report;
pub mod retention;
pub mod review;
pub mod revisit;
pub mod safe_text;
pub mod sample;
pub mod sampling;
pub mod strip;
pub mod subject;
pub mod supervision;
pub mod theme;
pub mod tracking;
pub mod year;
