//! Saying how many: the one place that knows one from several, so that nobody reads "1 people".

/// A number with its noun: `1 person`, `3 people`.
pub fn counted(count: impl ToString, one: &str, several: &str) -> String {
    let count = count.to_string();
    let noun = if count == "1" { one } else { several };
    format!("{count} {noun}")
}
