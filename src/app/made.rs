//! The cursor goes to what was just added, in the list that shows it: whoever adds something looks for it next.

use super::{App, View};
use crate::domain::deed::Made;
use crate::domain::query::RowKey;
use crate::domain::year::first_of;

impl App {
    /// The list on the screen that shows the new thing takes its cursor there once it is read again.
    pub(super) fn goes_to(&mut self, made: Made) {
        match made {
            Made::Person(person, sorted_by) if self.view == View::Register => {
                // What the list was narrowed to may leave out whoever was just added.
                self.people.set_filter("");
                self.people.wanted = Some(RowKey { value: sorted_by, id: person.0 });
            }
            Made::Entry(entry, on) if self.registers.shows_entries() => {
                self.registers.entries.wanted = Some(RowKey { value: on.to_string(), id: entry.0 });
            }
            Made::Sitting(panel) => self.sitting.wanted = Some(panel),
            Made::Action(action) if self.view == View::Record => {
                if let Some(record) = &mut self.record {
                    record.wanted = Some(action);
                }
            }
            Made::Action(_) | Made::PlanNote(_) if self.view == View::Plan => self.plan.wanted = Some(made),
            Made::Cycle(on) => {
                let months = self.year.programme.as_ref().map(|programme| programme.months.as_slice()).unwrap_or_default();
                self.year.at = months.iter().position(|month| month.first == first_of(on)).unwrap_or(self.year.at);
            }
            Made::Person(..) | Made::Entry(..) | Made::Action(_) | Made::PlanNote(_) => {}
        }
    }
}
