//! Every test of the program in one binary: linking twice is slow.

mod profiles;
