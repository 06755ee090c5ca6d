//! What a deed has brought into a list, so that the cursor goes there: whoever adds something looks for it next.

use crate::domain::change::Change;
use crate::domain::id::{ActionId, EntryId, PanelId, PersonId, PlanNoteId};
use chrono::NaiveDate;

/// The one new thing out of a deed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// Somebody on the list of people, with the word they are sorted by.
    Person(PersonId, String),
    /// A sitting of the panel.
    Sitting(PanelId),
    /// An entry of a register, about this day.
    Entry(EntryId, NaiveDate),
    /// An action.
    Action(ActionId),
    /// A note in an improvement plan.
    PlanNote(PlanNoteId),
    /// A cycle that begins on this day.
    Cycle(NaiveDate),
}

impl Made {
    /// What these changes brought; none: nothing, or several of a sort, of which none is the one that was meant.
    pub fn of(changes: &[Change]) -> Option<Made> {
        let mut made = changes.iter().filter_map(|change| match change {
            Change::PersonRecorded(swap) if swap.before.is_none() => {
                swap.after.as_ref().map(|person| Made::Person(person.id, person.sorted_by()))
            }
            Change::PanelPlanned(swap) if swap.before.is_none() => swap.after.as_ref().map(|panel| Made::Sitting(panel.id)),
            Change::EntryRecorded(swap) if swap.before.is_none() => swap.after.as_ref().map(|entry| Made::Entry(entry.id, entry.on)),
            Change::ActionRecorded(swap) if swap.before.is_none() => swap.after.as_ref().map(|action| Made::Action(action.id)),
            Change::PlanNoted(swap) if swap.before.is_none() => swap.after.as_ref().map(|note| Made::PlanNote(note.id)),
            Change::CycleRecorded(swap) if swap.before.is_none() => swap.after.as_ref().map(|cycle| Made::Cycle(cycle.starts_on)),
            _ => None,
        });
        // A note that goes with an action is no second one.
        let first = made.next()?;
        made.all(|other| std::mem::discriminant(&other) != std::mem::discriminant(&first)).then_some(first)
    }
}
