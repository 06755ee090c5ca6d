//! Which team or service somebody means who types a part of its name (F16).

/// Parts of fewer letters than these are too short to mean anything by.
const LETTERS: usize = 3;

/// The one of the `known` names that `typed` means, else what was typed: not everything that is looked at is on the list of people.
///
/// A whole name is meant whatever its capitals, and before any longer one. A part of three letters or more is meant where a
/// single name begins with it, or has a word that does; one that fits two names is left as it stands, never guessed at.
pub fn place_meant<'a>(known: &'a [String], typed: &'a str) -> &'a str {
    let low = typed.to_lowercase();
    if let Some(whole) = known.iter().find(|name| name.to_lowercase() == low) {
        return whole;
    }
    if low.chars().count() < LETTERS {
        return typed;
    }
    let begins = |name: &&String| {
        let name = name.to_lowercase();
        name.starts_with(&low) || name.split(' ').any(|word| word.starts_with(&low))
    };
    let mut parts = known.iter().filter(begins);
    match (parts.next(), parts.next()) {
        (Some(only), None) => only,
        _ => typed,
    }
}
