//! The frameworks that come with the program, as text.

/// Every built-in framework as its id and its text; the first is the one the program was made for.
pub fn builtin() -> &'static [(&'static str, &'static str)] {
    &[
        ("merton", include_str!("../../assets/frameworks/merton.toml")),
        ("sandwell", include_str!("../../assets/frameworks/sandwell.toml")),
        ("sefton", include_str!("../../assets/frameworks/sefton.toml")),
        ("central-bedfordshire", include_str!("../../assets/frameworks/central-bedfordshire.toml")),
        ("quarterly-learning", include_str!("../../assets/frameworks/quarterly-learning.toml")),
    ]
}
