//! Notes of improvement plans as changes: what they are about, how they read, and how one is taken back.

use super::Swap;
use crate::domain::plan::PlanNote;

/// The object of a note: of one about an action that action, so that it is read in its history.
pub(super) fn object(swap: &Swap<PlanNote>) -> String {
    let note = swap.after.as_ref().or(swap.before.as_ref());
    match note.map(|note| (note.action, note.id)) {
        Some((Some(action), _)) => format!("action/{}", action.0),
        Some((None, note)) => format!("plan-note/{}", note.0),
        None => "plan-note".to_string(),
    }
}

/// How it reads in a history.
pub(super) fn sentence(swap: &Swap<PlanNote>) -> String {
    match &swap.after {
        Some(note) if note.taken_back => format!("Taken back: {}", note.what.sentence()),
        Some(note) => note.what.sentence(),
        None => "A note of the plan taken back".to_string(),
    }
}

/// The change that takes it back. A new note stays, marked as taken back: its number is nobody else's.
pub(super) fn reversed(swap: Swap<PlanNote>) -> Swap<PlanNote> {
    match swap {
        Swap { before: None, after: Some(noted) } => {
            let gone = PlanNote { taken_back: true, ..noted.clone() };
            Swap { before: Some(noted), after: Some(gone) }
        }
        swap => swap.reversed(),
    }
}
