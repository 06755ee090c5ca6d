//! Two actions that ask for the same: told by the words they share, so that one case is not followed up twice.

use crate::domain::id::ActionId;
use std::collections::BTreeSet;

/// An open action that a new one is compared with: of the same review, or of the same case and owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Which.
    pub id: ActionId,
    /// `A-0012`.
    pub reference: String,
    /// What has to happen.
    pub text: String,
}

/// Words shorter than this carry little of the meaning (and, the, plan's s).
const LEAST_OF_A_WORD: usize = 4;

/// Of the words of the shorter text so many of a hundred must stand in the longer one. Two thirds: of a sentence of six words
/// that tell something, four.
const SHARE: usize = 66;

/// Whether two texts ask for much the same. The share is that of the overlap coefficient (Szymkiewicz 1934, Simpson 1943):
/// common words over those of the shorter text, so that a sentence added to the end hides nothing.
pub fn much_like(left: &str, right: &str) -> bool {
    let (left, right) = (words(left), words(right));
    let shorter = left.len().min(right.len());
    // One word in common says nothing: "Chronology" alone may mean any of several things.
    if shorter < 2 {
        return left == right && shorter == 1;
    }
    left.intersection(&right).count() * 100 >= shorter * SHARE
}

/// The words that tell something, in a form in which one and several are the same.
fn words(text: &str) -> BTreeSet<String> {
    let plain: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).flat_map(char::to_lowercase).collect();
    let told = plain.split_whitespace().filter(|word| word.chars().count() >= LEAST_OF_A_WORD);
    told.map(|word| word.strip_suffix('s').unwrap_or(word).to_string()).collect()
}
