//! Interests: who is recused, and that nothing of what is withheld reaches them, whichever way they ask.

mod doorway;
mod passed_over;
mod rules;
mod sealed;
pub mod withheld;
