//! Speed as a person meets it, measured through a real terminal.

fn main() {}
