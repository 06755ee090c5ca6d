//! Alerts by the rules' numbers: who hears, four facts that are never mixed, clocks, assurance, disputes, what follows.

mod assured;
mod by_grade;
mod disputed;
mod due;
mod hearer;
mod leaver;
mod listed;
mod named;
pub mod raised;
mod taken_back;
mod told;
mod upgraded;

use crate::support::world::World;
use closeloop::domain::alert::{Alert, HowTold, KeptKind, Written};
use closeloop::domain::deed::{AlertDeed, Deed};
use closeloop::domain::framework::Side;
use closeloop::domain::id::AlertId;

pub use raised::raise;

/// The first alert of a council.
pub const FIRST: AlertId = AlertId(1);

/// A review scaled 1 on the 12th at ten: its alert is open, nobody has been told.
pub fn inadequate() -> World {
    let mut world = World::ready();
    world.through_as("CR-0001", "completed", 1);
    world
}

pub fn alert(world: &World) -> Alert {
    world.store.reading().alert(FIRST).unwrap().unwrap()
}

/// The place of a role of the child's own line.
pub fn place(world: &World, role: &str, side: Side) -> usize {
    alert(world).addressees.iter().position(|one| one.role == role && one.side == side).unwrap_or_else(|| panic!("no {role} is told"))
}

/// The name of who is addressed in a role.
pub fn name(world: &World, role: &str, side: Side) -> String {
    let person = alert(world).addressees[place(world, role, side)].person.unwrap_or_else(|| panic!("{role} is a gap"));
    world.store.reading().person(person).unwrap().unwrap().name
}

pub fn tell(places: &[usize], how: HowTold) -> Deed {
    Deed::Alert(AlertDeed::Tell { alert: FIRST, places: places.to_vec(), how, at: None })
}

/// Tells everybody who is named.
pub fn tell_all(world: &mut World, how: HowTold) {
    let places: Vec<usize> = (0..alert(world).addressees.len()).filter(|place| alert(world).addressees[*place].person.is_some()).collect();
    world.do_("Amina Khan", tell(&places, how));
}

pub fn acknowledge() -> Deed {
    Deed::Alert(AlertDeed::Acknowledge { alert: FIRST, place: None })
}

pub fn answers(given: &[(&str, &str)]) -> Vec<Written> {
    given.iter().map(|(key, text)| Written { key: key.to_string(), text: text.to_string() }).collect()
}

pub fn assure(given: &[(&str, &str)]) -> Deed {
    Deed::Alert(AlertDeed::Assure { alert: FIRST, answers: answers(given), urgent: Vec::new() })
}

pub fn dispute(because: &str) -> Deed {
    Deed::Alert(AlertDeed::Dispute { alert: FIRST, because: because.into() })
}

pub fn decide(stands: bool, because: &str) -> Deed {
    Deed::Alert(AlertDeed::Decide { alert: FIRST, stands, because: because.into() })
}

pub fn keep(world: &World, kind: KeptKind, note: &str) -> Deed {
    Deed::Alert(AlertDeed::Keep { alert: FIRST, kind, on: world.today(), note: note.into() })
}

pub fn close() -> Deed {
    Deed::Alert(AlertDeed::Close { alert: FIRST, words: String::new() })
}
