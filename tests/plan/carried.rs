//! What earlier plans left open stands in the plans that follow, and says from where.

use super::support::{concern, note, plan, seen, training, wider};
use crate::support::world::{World, day};
use closeloop::domain::deed::Deed;
use closeloop::domain::plan::{Noted, PlanDeed, Resolved};

#[test]
fn c06_what_is_open_is_carried_into_every_later_plan_until_it_is_not() {
    let mut world = World::ready();
    world.at("2026-11-19T14:00:00Z");
    for (finding, text) in [("Chronologies stop early", "Workshop on chronologies"), ("Fathers are missing", "Find the fathers")] {
        let deed = wider(&world, 1, "Tom Ward", finding, text);
        world.do_("Amina Khan", deed);
    }
    world.do_("Amina Khan", note(1, None, day("2026-11-19"), concern("Letters come late")));
    world.do_("Amina Khan", note(1, None, day("2026-11-19"), training("Plans with outcomes")));
    let told = Noted::Narrative { place: "North".into(), achievements: "In time".into(), challenges: "".into(), mitigation: "".into() };
    world.do_("Amina Khan", note(1, None, day("2026-11-19"), told));
    world.is_done(2, "Tom Ward");
    let deed = world.sign_off(2);
    world.do_("Sam Miller", deed);
    world.at("2026-12-02T10:00:00Z");
    let next = world.open_cycle("2026-12-01");
    let carried = |world: &mut World, cycle: i64| {
        let rows = plan(world, cycle).rows;
        rows.iter().map(|row| (row.kind, row.carried_from.clone(), row.open)).collect::<Vec<_>>()
    };
    let from = |kind: &'static str| (kind, "2026-11".to_string(), true);
    assert_eq!(
        carried(&mut world, next.0),
        [from("concern"), from("action"), from("training")],
        "not the one signed off, nor what was told"
    );
    assert!(carried(&mut world, 1).iter().all(|(_, from, _)| from.is_empty()), "nothing goes back into the plan before");
    // It is resolved in the later plan, and stands in neither of them as open.
    let (note, seen) = seen(&plan(&mut world, next.0).rows[0]);
    let resolved = Resolved { on: day("2026-12-02"), how: "The post room scans them".into() };
    world.do_("Amina Khan", Deed::Plan(PlanDeed::Resolve { note, seen, resolved }));
    assert_eq!(carried(&mut world, next.0), [from("action"), from("training")]);
    world.assert_verified();
}
