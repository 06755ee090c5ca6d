//! The `closeloop` program.

fn main() {}
