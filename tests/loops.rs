//! The loop of a review: which reviews are tracked, what closes a loop, who may write down what follows, and what it opens again.

mod files;
mod keys;
mod right_person;
mod rules;

use crate::support::world::World;
use closeloop::domain::deed::{Deed, FollowUpWanted};
use closeloop::domain::query::LoopDetail;
use closeloop::domain::tracking::{FollowUpOf, Improved};

/// Merton's council, CR-0001 scaled so, with one action of Noor Carter's, returned on 16 November.
fn returned(scaling: u8) -> World {
    let mut world = World::ready();
    world.raises_action("CR-0001", "Noor Carter", "Bring the chronology up to date");
    world.through_as("CR-0001", "returned", scaling);
    world
}

impl World {
    /// The deed that writes down today what somebody did after CR-0001.
    fn follow(&self, what: FollowUpOf, by: &str) -> Deed {
        Deed::FollowUp(FollowUpWanted {
            review: self.id("CR-0001"),
            what,
            on: self.today(),
            by: Some(self.person(by)),
            whom: None,
            team: false,
            improved: (what == FollowUpOf::Assurance).then_some(Improved::Yes),
            text: "Read together, step by step".into(),
        })
    }

    fn loop_of(&mut self) -> LoopDetail {
        self.detail("CR-0001").follows
    }

    /// `stand` of the loop, with the links that are missing.
    fn stands(&mut self) -> String {
        let follows = self.loop_of();
        let missing = follows.links.iter().filter(|(link, _)| link.done_on.is_none()).map(|(link, _)| link.link.label());
        format!("{}: {}", follows.stand().key(), missing.collect::<Vec<_>>().join(", "))
    }

    /// The one action is done and signed off.
    fn action_complete(&mut self) {
        self.is_done(1, "Noor Carter");
        let deed = self.sign_off(1);
        self.do_("Tara Moss", deed);
    }
}
