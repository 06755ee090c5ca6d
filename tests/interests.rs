//! Interests: who is recused, and that nothing of what is withheld reaches them, whichever way they ask.

mod card;
mod doorway;
mod passed_over;
mod register;
mod rules;
mod sealed;
mod withheld;
