//! The rules and plain data of quality assurance in children's services.
//!
//! Every rule of the frameworks is a pure function here: `(now, actor, framework, state, input)` in, changes or a
//! refusal out. This layer names std, chrono, `thiserror` and serde's derives only; `calendar` adds chrono-tz for the
//! one time zone. It must never know a file, a clock, a source of randomness, SQL, or a screen: those are handed in by
//! the layers around it.

pub mod allocation;
pub mod calendar;
pub mod error;
pub mod framework;
pub mod grade;
pub mod id;
pub mod person;
pub mod sampling;
pub mod subject;
pub mod supervision;
