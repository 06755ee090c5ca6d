//! The clocks of an alert: which run, since when, until when. All of it follows from stored facts; nothing ticks.

use super::Alert;
use crate::domain::action::Action;
use crate::domain::calendar::midnight;
use crate::domain::strip::{Clock, ClockOf, nearest};
use chrono::{DateTime, Utc};

impl Alert {
    /// Every clock of it, those that ended too, in the order of an alert's life. `urgent` are the urgent actions out of it.
    pub fn clocks(&self, urgent: &[Action]) -> Vec<Clock> {
        let mut clocks = Vec::new();
        let places = || self.addressees.iter().enumerate();
        for (place, addressee) in places() {
            // A gap keeps its clock until somebody is named and told, or it is said why nobody is.
            let (explained, followed) = (addressee.explained.as_ref().map(|gap| gap.at), addressee.followed.as_ref().map(|next| next.at));
            let known = [addressee.told_at, addressee.acknowledged.map(|own| own.first()), explained, followed];
            clocks.extend(addressee.tell_by.map(|due_at| self.clock(ClockOf::Tell(place), self.since(addressee), due_at, &known)));
        }
        // Nobody else is pressed any longer once somebody who has to act has said that they do.
        let assurers = self.assurers();
        // What whoever has left said before somebody followed them stands.
        let acts = |(place, _): &(usize, &super::AlertAddressee)| assurers.contains(&self.followed_to(*place));
        let at_it = places().filter(acts).filter_map(|(_, one)| one.acknowledged).map(|own| own.first()).min();
        // Of several that run out together the one of whoever has to act comes first.
        let mut told: Vec<(usize, &super::AlertAddressee)> = places().collect();
        told.sort_by_key(|(place, _)| !assurers.contains(place));
        for (place, addressee) in told {
            let (Some(told_at), Some(due_at)) = (addressee.told_at, addressee.acknowledge_by) else { continue };
            let followed = addressee.followed.as_ref().map(|next| next.at);
            let known = [addressee.acknowledged.map(|own| own.first()), self.assured_at(), at_it, followed];
            clocks.push(self.clock(ClockOf::Acknowledge(place), told_at, due_at, &known));
        }
        for (place, addressee) in places() {
            let Some(own) = addressee.acknowledged else { continue };
            // That it lapsed is no deadline that goes on running: once it is written down the strip says so by where it stands.
            let of = ClockOf::FollowUp(place);
            let lapsed = |due_at| self.overdue.iter().any(|known| (known.clock, known.due_at) == (of, due_at)).then_some(due_at);
            clocks.extend(own.holds_until.map(|due_at| self.clock(of, own.at, due_at, &[self.assured_at(), lapsed(due_at)])));
        }
        clocks.extend(self.review_due_at.map(|due_at| self.clock(ClockOf::Review, self.opened_at, due_at, &[self.assured_at()])));
        if let Some(dispute) = &self.dispute {
            let decided = dispute.decision.as_ref().map(|decision| decision.at);
            clocks.extend(dispute.due_at.map(|due_at| self.clock(ClockOf::Dispute, dispute.at, due_at, &[decided])));
        }
        for action in urgent.iter().filter(|action| action.urgent && action.state.is_open()) {
            let since = self.assurance.as_ref().map_or(self.opened_at, |assurance| assurance.at);
            let due_at = action.due_on.succ_opt().map_or(DateTime::<Utc>::MAX_UTC, midnight);
            clocks.push(self.clock(ClockOf::Urgent(action.id), since, due_at, &[]));
        }
        clocks
    }

    fn clock(&self, of: ClockOf, starts: DateTime<Utc>, due_at: DateTime<Utc>, ends: &[Option<DateTime<Utc>>]) -> Clock {
        // What came before it began does not end it before its time.
        let ended_at = ends.iter().copied().chain([self.closed_at]).flatten().min().map(|ended| ended.max(starts));
        Clock { of, starts, due_at, ended_at }
    }

    /// The nearest moment at which a clock of it runs out or ran out; none: nothing runs.
    pub fn next_at(&self, urgent: &[Action]) -> Option<DateTime<Utc>> {
        nearest(&self.clocks(urgent)).map(|clock| clock.due_at)
    }
}
