//! Revisits: what was audited is looked at again after the framework's months, by whom, and what was found then beside now.

mod areas;
mod cases;
mod keys;

use crate::support::world::{DRAWN_AT, World, day, merton_text};
use closeloop::domain::cycle::{BesidePlanned, CyclePlanned};
use closeloop::domain::deed::Deed;
use closeloop::domain::id::CycleId;
use closeloop::domain::query::{Again, Answered, Query, RevisitRow};
use closeloop::domain::revisit::{RevisitDeed, ThenNow};

/// Merton's council under a profile that has areas and cases looked at again after six months: November 2026 is drawn and allocated.
fn rolling() -> World {
    let months = "[tracking]\nrevisit_areas_after = \"6 months\"\nrevisit_cases_after = \"6 months\"\n";
    let mut world = World::under(&merton_text().replace("[tracking]\n", months));
    world.at(DRAWN_AT);
    let cycle = world.open_cycle("2026-11-01");
    world.draw(cycle, 7, 7);
    world.allocate_all();
    world
}

impl World {
    fn revisits(&mut self, who: &str) -> Vec<RevisitRow> {
        match self.answer_to(who, &Query::Revisits).unwrap() {
            Answered::Revisits(rows) => rows,
            other => panic!("{other:?}"),
        }
    }

    /// Reference, kind and stand of each, in order.
    fn stands_again(&mut self) -> Vec<String> {
        self.revisits("Amina Khan").iter().map(|row| format!("{} {} {} {}", row.reference, row.of, row.stand, row.by)).collect()
    }

    fn cycle_called(&self, reference: &str) -> CycleId {
        self.store.reading().cycle_by_reference(reference).unwrap().unwrap()
    }

    /// The deed that plans a cycle which looks again at November's area.
    fn plans_again(&self, starts: &str) -> Deed {
        let planned = CyclePlanned {
            starts_on: day(starts),
            focus: "Neglect".into(),
            focus_reason: "performance-data".into(),
            focus_note: String::new(),
        };
        let wanted = Box::new(BesidePlanned { planned, kind: "collaborative-review".into(), extra: None });
        Deed::Revisit(RevisitDeed::Plan { first: self.cycle_called("2026-11"), wanted })
    }

    /// Brings a review through its steps up to submission, today.
    fn completes(&mut self, reference: &str, scaling: u8) {
        for step in ["contact", "learning-conversation", "family-contact"] {
            let deed = self.step(reference, step);
            self.do_("Amina Khan", deed);
        }
        self.fill(reference, scaling);
        let deed = self.submit(reference);
        self.do_("Amina Khan", deed);
    }

    fn then_now(&mut self, who: &str, again: Again) -> ThenNow {
        match self.answer_to(who, &Query::ThenNow(again)).unwrap() {
            Answered::ThenNow(Some(found)) => *found,
            other => panic!("{other:?}"),
        }
    }
}

/// What stands in a row of then and now: then, now, and which way it went.
fn row<'a>(found: &'a ThenNow, what: &str) -> (&'a str, &'a str, &'a str) {
    let rows = found.parts.iter().flat_map(|part| &part.rows);
    let row = rows.into_iter().find(|row| row.what == what).unwrap_or_else(|| panic!("no row {what} in {found:#?}"));
    (&row.then, &row.now, row.moved.label())
}
