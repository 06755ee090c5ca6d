//! What counts as a reason: whoever reads it a year later must learn more from it than that somebody had to type something.

/// Letters that a reason has at least: "no", "n/a" or "x" is none.
const LETTERS: usize = 5;

/// Whether a reason says next to nothing.
pub fn says_little(reason: &str) -> bool {
    reason.chars().filter(|letter| letter.is_alphabetic()).count() < LETTERS
}
