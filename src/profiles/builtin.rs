//! The frameworks that come with the program, as text.

/// Every built-in framework as its id and its text; the first is the one the program was made for.
pub fn builtin() -> &'static [(&'static str, &'static str)] {
    &[("merton", include_str!("../../assets/frameworks/merton.toml"))]
}
