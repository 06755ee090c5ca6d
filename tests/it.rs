//! Every test of closeloop, in one binary: linking twice is slow on two cores.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod intake;
