//! Reasons that people give in words of their own: whether one says anything.

/// Letters that a reason has at least: “no”, “x” or “n/a” is none.
const LETTERS: usize = 5;

/// Whether a text says enough to count as a reason.
pub fn says_why(text: &str) -> bool {
    text.chars().filter(|letter| letter.is_alphabetic()).count() >= LETTERS
}
