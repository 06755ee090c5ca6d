//! Cases found Inadequate: due after their months, left out when closed or withheld, and then beside now.

use super::{rolling, row};
use crate::support::world::World;
use closeloop::domain::deed::Deed;
use closeloop::domain::interest::InterestKind;
use closeloop::domain::named::{NamedWanted, Whom};
use closeloop::domain::query::{Again, Query};
use closeloop::domain::review::Chosen;

/// CR-0001 is found Inadequate in November, the others are left alone.
fn inadequate() -> World {
    let mut world = rolling();
    world.raises_action("CR-0001", "Noor Carter", "Visit today");
    world.through_as("CR-0001", "completed", 2);
    world
}

/// Its case is named again in May 2027 as CR-0008, after Iris Tamm and Sam Miller reviewed the record.
fn named_again(world: &mut World) {
    world.at("2027-05-25T09:00:00Z");
    let cycle = world.open_cycle("2027-05-25");
    let whom = Whom::Known(world.review("CR-0001").review.subject);
    let wanted = NamedWanted {
        cycle,
        kind: "collaborative-review".into(),
        whom,
        how: Chosen::Revisit,
        by: Some(world.person("Sam Miller")),
        why: "Found Inadequate in CR-0001".into(),
        practitioner: None,
    };
    world.do_("Amina Khan", Deed::OpenNamed(wanted));
    world.allocate_all();
}

#[test]
fn q02_a_case_found_inadequate_is_due_after_its_months_and_done_by_a_later_review() {
    let mut world = inadequate();
    let cases = |world: &mut World| world.stands_again().into_iter().filter(|row| row.contains("case")).collect::<Vec<_>>();
    assert_eq!(cases(&mut world), ["CR-0001 case ahead "]);
    world.at("2027-05-14T09:00:00Z");
    assert_eq!(cases(&mut world), ["CR-0001 case due "]);
    named_again(&mut world);
    assert_eq!(cases(&mut world), ["CR-0001 case planned CR-0008"]);
    world.completes("CR-0008", 7);
    assert_eq!(cases(&mut world), ["CR-0001 case done CR-0008"]);
}

#[test]
fn q02_whoever_is_recused_finds_neither_the_case_nor_then_and_now() {
    let mut world = inadequate();
    named_again(&mut world);
    world.completes("CR-0008", 7);
    assert!(world.revisits("Tara Moss").iter().any(|row| row.reference == "CR-0001"));
    world.declare("Tara Moss", "CR-0001", InterestKind::Family);
    assert!(world.revisits("Tara Moss").iter().all(|row| row.reference != "CR-0001" && row.by != "CR-0008"));
    let query = Query::ThenNow(Again::Review(world.id("CR-0008")));
    assert!(world.answer_to("Tara Moss", &query).is_err());
}

#[test]
fn s13_then_and_now_of_a_case_stand_side_by_side() {
    let mut world = inadequate();
    named_again(&mut world);
    world.completes("CR-0008", 7);
    let again = Again::Review(world.id("CR-0008"));
    let found = world.then_now("Amina Khan", again);
    assert!(found.then.starts_with("CR-0001") && found.now.starts_with("CR-0008"), "{found:?}");
    assert_eq!(row(&found, "Judgement"), ("Inadequate 2", "Good 7", "better"));
    assert_eq!(row(&found, "Raised"), ("1", "0", ""));
    let scaled = found.parts.iter().flat_map(|part| &part.rows).find(|row| row.then == "2" && row.now == "7");
    assert_eq!(scaled.map(|row| row.moved.label()), Some("better"));
    assert!(row(&found, "Loop").0.starts_with("open since"), "{found:?}");
}

#[test]
fn the_look_for_cases_reads_no_table_whole() {
    let world = inadequate();
    let raw = rusqlite::Connection::open(world.path()).unwrap();
    let sql = "EXPLAIN QUERY PLAN SELECT r.id FROM review r INDEXED BY review_inadequate_since JOIN subject s ON s.id = r.subject
         LEFT JOIN review l ON l.id = (SELECT min(n.id) FROM review n WHERE n.subject = r.subject AND n.id > r.id AND n.state <> 'withdrawn')
         WHERE r.grade = 0 AND r.submitted_at IS NOT NULL AND r.state <> 'withdrawn' AND r.submitted_at >= ?1 AND r.submitted_at < ?2
         AND s.open = 1 ORDER BY r.submitted_at, r.id";
    let mut statement = raw.prepare(sql).unwrap();
    let plan: Vec<String> = statement.query_map([0, 1], |row| row.get(3)).unwrap().collect::<Result<_, _>>().unwrap();
    assert!(plan.iter().all(|step| !step.starts_with("SCAN")), "{plan:?}");
    assert!(plan.iter().any(|step| step.contains("review_inadequate_since")), "{plan:?}");
}
