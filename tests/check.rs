//! The look over the records: every kind of fault is found where it was planted and nowhere else, and is set aside with a reason.

mod planted;
mod set_aside;
mod severity;

use crate::support::world::World;
use closeloop::domain::check::{Finding, FindingKind};
use closeloop::runtime::looking::looking;

impl World {
    /// What is amiss, as somebody sees it.
    fn amiss(&mut self, who: &str) -> Vec<Finding> {
        let viewer = self.seen_by(who);
        let looking = looking(self.store.reading(), &mut self.library).unwrap();
        self.store.reading().findings(&FindingKind::ALL, &looking, &viewer).unwrap()
    }
}
