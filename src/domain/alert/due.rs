//! What has run out and is a fact as soon as somebody notices: overdue clocks, and the next steps up the line of management.
//!
//! Whoever looks first writes it down, once; the same question asked again finds nothing left. Nothing is lost when nobody has
//! the program open: the moments are stored, and the next who looks finds them.

use super::{Alert, AlertAddressee, AlertFact};
use crate::domain::action::Action;
use crate::domain::strip::{ClockOf, newly_overdue};
use chrono::{DateTime, Utc};

impl Alert {
    /// The facts that are due at this moment and not written yet. `resolved` says who a step (place in the list of steps)
    /// reaches as the roles are held now, with the time by which they are to be told.
    pub fn due_facts(&self, now: DateTime<Utc>, urgent: &[Action], resolved: &dyn Fn(usize) -> AlertAddressee) -> Vec<AlertFact> {
        let overdue = newly_overdue(&self.clocks(urgent), now, &self.known_overdue());
        let mut facts: Vec<AlertFact> =
            overdue.into_iter().map(|clock| AlertFact::Overdue { clock: clock.of, due_at: clock.due_at }).collect();
        let mut listed: Vec<_> = self.addressees.iter().filter_map(|addressee| addressee.person).collect();
        for (step, _) in self.steps_to_take().filter(|(_, from)| *from <= now) {
            let addressee = AlertAddressee { since: Some(now), ..resolved(step) };
            match addressee.person {
                Some(person) if listed.contains(&person) => facts.push(AlertFact::StepNeedless { step }),
                person => {
                    listed.extend(person);
                    facts.push(AlertFact::AddresseeAdded { addressee, step: Some(step) });
                }
            }
        }
        facts
    }

    /// The next moment at which [`Alert::due_facts`] has something to say; none: never, as things stand.
    pub fn watch_at(&self, urgent: &[Action]) -> Option<DateTime<Utc>> {
        let known = self.known_overdue();
        let clocks = self.clocks(urgent).into_iter().filter(|clock| clock.runs() && !known.contains(&(clock.of, clock.due_at)));
        clocks.map(|clock| clock.due_at).chain(self.steps_to_take().map(|(_, from)| from)).min()
    }

    fn known_overdue(&self) -> Vec<(ClockOf, DateTime<Utc>)> {
        self.overdue.iter().map(|overdue| (overdue.clock, overdue.due_at)).collect()
    }

    /// Steps that are still to be taken if nobody acknowledges, and from when: an acknowledgement puts them off until it lapses.
    fn steps_to_take(&self) -> impl Iterator<Item = (usize, DateTime<Utc>)> {
        let wanted = self.is_open() && self.assured_at().is_none();
        let own = || self.addressees.iter().filter_map(|addressee| addressee.acknowledged);
        let for_good = own().any(|acknowledged| acknowledged.holds_until.is_none());
        let until = own().filter_map(|acknowledged| acknowledged.holds_until).max();
        let steps = self.steps.iter().enumerate().filter(move |(_, step)| wanted && !for_good && step.taken_at.is_none());
        steps.map(move |(place, step)| (place, until.map_or(step.due_at, |until| until.max(step.due_at))))
    }
}
