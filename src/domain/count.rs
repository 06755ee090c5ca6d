//! Saying how many: the one place that knows one from several, so that nobody reads "1 people".

/// A number with its noun: `1 person`, `3 people`.
pub fn counted(count: impl ToString, one: &str, several: &str) -> String {
    let count = count.to_string();
    let noun = if count == "1" { one } else { several };
    format!("{count} {noun}")
}

/// One of a kind: `a child`, `an adopter`.
pub fn one(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}
