//! What the tests of plans share.

use crate::support::world::World;
use chrono::NaiveDate;
use closeloop::domain::action::{ActionWanted, Near};
use closeloop::domain::deed::Deed;
use closeloop::domain::id::{ActionId, CycleId};
use closeloop::domain::plan::{Noted, PlanDeed};
use closeloop::domain::query::{Answered, PlanDetail, PlanItem, PlanRow, Query};

pub fn plan(world: &mut World, cycle: i64) -> PlanDetail {
    match world.ask(Query::Plan(CycleId(cycle))) {
        Answered::Plan(detail) => *detail,
        other => panic!("{other:?}"),
    }
}

pub fn note(cycle: i64, action: Option<i64>, on: NaiveDate, what: Noted) -> Deed {
    Deed::Plan(PlanDeed::Note { cycle: CycleId(cycle), action: action.map(ActionId), on, what })
}

pub fn wider(world: &World, cycle: i64, owner: &str, finding: &str, text: &str) -> Deed {
    let wanted = ActionWanted {
        text: text.into(),
        owner: Some(world.person(owner)),
        due_on: None,
        urgent: false,
        kind: String::new(),
        near: Near::Ask,
    };
    Deed::Plan(PlanDeed::Raise { cycle: CycleId(cycle), finding: finding.into(), service: String::new(), wanted })
}

/// The row of this kind, and of its note the number and revision.
pub fn of_kind<'a>(plan: &'a PlanDetail, kind: &str) -> &'a PlanRow {
    plan.rows.iter().find(|row| row.kind == kind).unwrap_or_else(|| panic!("no {kind} in {:?}", plan.rows))
}

pub fn seen(row: &PlanRow) -> (closeloop::domain::id::PlanNoteId, i64) {
    match row.item {
        PlanItem::Note(note, seen) => (note, seen),
        PlanItem::Action(_) => panic!("{row:?}"),
    }
}

pub fn training(what: &str) -> Noted {
    Noted::Training { what: what.into(), sent: None }
}

pub fn concern(what: &str) -> Noted {
    Noted::Concern { what: what.into(), resolved: None }
}

pub fn presented(board: &str) -> Noted {
    Noted::Presented { board: board.into(), said: "Agreed".into() }
}
