//! Which moderated reviews may stand for the rest (F08).
//!
//! A panel that takes what was graded Outstanding or Inadequate, or what somebody disputes, sees the cases on which people
//! differ most. Figures from those say nothing about the others; only cases that came by chance do.

use super::count;
use crate::domain::count::counted;

/// The items fit for figures, and how many were left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit<T> {
    /// Those that came by chance, in the order given.
    pub items: Vec<T>,
    /// Those that came for a reason of their own.
    pub left_out: u32,
}

impl<T> Fit<T> {
    /// What the figures stand on, in a sentence.
    pub fn sentence(&self) -> String {
        let items = counted(self.items.len(), "moderated review", "moderated reviews");
        match self.left_out {
            0 => format!("From {items}."),
            1 => format!("From {items}; 1 more came for a reason of its own and is left out."),
            more => format!("From {items}; {more} more came for reasons of their own and are left out."),
        }
    }
}

/// Keeps the items that came by chance; `by_chance` says so from why an item is before the panel (the random share of
/// F08, or every review where a framework moderates all, as S07).
pub fn fit_for_figures<T>(items: impl IntoIterator<Item = T>, by_chance: impl Fn(&T) -> bool) -> Fit<T> {
    let (items, others): (Vec<T>, Vec<T>) = items.into_iter().partition(|item| by_chance(item));
    Fit { items, left_out: count(others.len()) }
}
