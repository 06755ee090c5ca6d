//! Cycles as changes: how one that was opened, or that looks again at an earlier area, reads in a history.

use super::Swap;
use crate::domain::cycle::Cycle;

/// What became of a cycle: opened, looked again at or no longer, or changed in another way.
pub(super) fn sentence(swap: &Swap<Cycle>) -> String {
    let (before, after) = match (&swap.before, &swap.after) {
        (Some(before), Some(after)) => (before, after),
        (Some(before), None) => return format!("Cycle {} taken back", before.reference),
        (None, Some(after)) => return format!("Cycle {} opened", after.reference),
        (None, None) => return "Cycle taken back".to_string(),
    };
    let reference = &after.reference;
    match (before.again == after.again, after.again, &before.let_go, &after.let_go) {
        (false, Some(_), ..) => format!("{reference} looks again at an earlier area"),
        (false, None, ..) => format!("{reference} looks again at nothing earlier"),
        (true, _, None, Some(why)) => format!("Nobody looks again at {reference}: {why}"),
        (true, _, Some(_), None) => format!("The revisit of {reference} is asked for again"),
        _ => "Cycle changed".to_string(),
    }
}
