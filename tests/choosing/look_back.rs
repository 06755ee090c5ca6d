//! How far a review looks back. F02.

use super::{council, cycle};
use crate::support::world::{World, day};
use closeloop::domain::deed::Deed;

fn look(world: &World, reference: &str, from: Option<&str>, why: &str) -> Deed {
    let facts = world.review(reference);
    Deed::LookFurther { review: facts.review.id, seen: facts.revision, from: from.map(day), why: why.into() }
}

#[test]
fn f02_a_review_looks_back_six_months_and_further_only_with_a_reason() {
    let mut world = council("sefton");
    let id = cycle(&mut world, "2026-11-01");
    world.draw(id, 3, 7);
    assert_eq!(world.detail("TA-0001").looks_back_to, Some(day("2026-05-05")));
    let silent = look(&world, "TA-0001", Some("2025-11-05"), " ");
    let said = world.refused(silent);
    assert!(said.starts_with("Looking back further than 6 months needs its reason."), "{said}");
    let nearer = look(&world, "TA-0001", Some("2026-06-01"), "Less to read");
    let said = world.refused(nearer);
    assert!(said.contains("5 May 2026 as it is."), "{said}");
    let further = look(&world, "TA-0001", Some("2025-11-05"), "The first referral lies there");
    world.do_("Amina Khan", further);
    let detail = world.detail("TA-0001");
    assert_eq!(detail.looks_back_to, Some(day("2025-11-05")));
    assert_eq!(detail.facts.look_back.as_ref().map(|further| further.why.as_str()), Some("The first referral lies there"));
    assert!(world.history("TA-0001")[0].what.starts_with("Looks back to 5 November 2025: The first referral"));
    let usual = look(&world, "TA-0001", None, "");
    world.do_("Amina Khan", usual);
    assert_eq!(world.detail("TA-0001").looks_back_to, Some(day("2026-05-05")));
    world.assert_verified();
}

#[test]
fn f02_a_framework_without_a_window_asks_for_nothing() {
    let mut world = World::ready();
    assert_eq!(world.detail("CR-0001").looks_back_to, None);
    let further = look(&world, "CR-0001", Some("2020-01-01"), "All of it");
    assert!(world.refused(further).starts_with("This framework does not limit how far a review looks back."));
}
