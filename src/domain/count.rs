//! What many sentences share: one and several told apart, so that nobody reads "1 people", words joined, a large first letter.

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

/// Any of several: `A, B or C`; `nobody` where there is none.
pub fn one_of(words: &[impl AsRef<str>]) -> String {
    if words.is_empty() { "nobody".to_string() } else { joined(words, "or") }
}

/// Several together: `A, B and C`; empty where there is none.
pub fn all_of(words: &[impl AsRef<str>]) -> String {
    joined(words, "and")
}

/// The words with a large first letter, as a sentence begins.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn joined(words: &[impl AsRef<str>], with: &str) -> String {
    match words {
        [] => String::new(),
        [only] => only.as_ref().to_string(),
        [others @ .., last] => {
            let others: Vec<&str> = others.iter().map(AsRef::as_ref).collect();
            format!("{} {with} {}", others.join(", "), last.as_ref())
        }
    }
}
