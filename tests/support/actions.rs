//! Actions of the small council: raised, and brought on by whoever may.

use super::world::World;
use closeloop::domain::action::{Action, Effect, Extension, Handover};
use closeloop::domain::deed::{ActionDeed, Deed, Seen};
use closeloop::domain::id::ActionId;

impl World {
    /// These actions as they stand now.
    pub fn seen(&self, numbers: &[i64]) -> Seen {
        let seen = |number: &i64| (ActionId(*number), self.store.reading().action_as_seen(ActionId(*number)).unwrap().unwrap().1);
        numbers.iter().map(seen).collect()
    }

    /// An action as it is stored.
    pub fn stored_action(&self, number: i64) -> Action {
        self.store.reading().action(ActionId(number)).unwrap().unwrap()
    }

    pub fn take_up(&self, number: i64) -> Deed {
        Deed::Action(ActionDeed::TakeUp(self.seen(&[number])))
    }

    pub fn finish(&self, number: i64, evidence: &str) -> Deed {
        Deed::Action(ActionDeed::Finish { actions: self.seen(&[number]), evidence: evidence.into() })
    }

    pub fn sign_off(&self, number: i64) -> Deed {
        Deed::Action(ActionDeed::SignOff(self.seen(&[number])))
    }

    pub fn extend(&self, number: i64, due: &str, approver: Option<&str>) -> Deed {
        let wanted = Extension {
            due_on: super::world::day(due),
            reason: "The school is closed until then".into(),
            approver: approver.map(|name| self.person(name)),
        };
        Deed::Action(ActionDeed::Extend { actions: self.seen(&[number]), wanted })
    }

    pub fn give_to(&self, number: i64, owner: &str, despite: &str) -> Deed {
        let wanted = Handover { owner: self.person(owner), why: "Takes the case over".into(), despite: despite.into() };
        Deed::Action(ActionDeed::Reassign { actions: self.seen(&[number]), wanted })
    }

    pub fn revisit(&self, number: i64, effect: Effect) -> Deed {
        Deed::Action(ActionDeed::Revisit { actions: self.seen(&[number]), effect, seen: "Read three months of the record".into() })
    }

    /// Raises an action out of a review for somebody.
    pub fn raises_action(&mut self, reference: &str, owner: &str, text: &str) {
        let deed = self.action(reference, owner, text);
        self.do_("Ida Ross", deed);
    }

    /// The last day of somebody was yesterday.
    pub fn leaves(&mut self, name: &str) {
        let person = self.person(name);
        let seen = self.store.reading().person_revision(person).unwrap().unwrap();
        let on = self.today() - chrono::Days::new(1);
        self.do_("Amina Khan", Deed::People(closeloop::domain::deed::PeopleDeed::End { person, seen, on }));
    }

    /// Done by its owner, on the record.
    pub fn is_done(&mut self, number: i64, owner: &str) {
        let deed = self.finish(number, "Case note of the visit");
        self.do_(owner, deed);
    }
}
