//! Every test of the program in one binary: linking twice is slow.

// A test that cannot go on has failed, and its panic is the message; the program itself never panics on purpose.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod profiles;
