//! Which strands of work a framework has, who may do them, and how long its cycles are. C02, C03, Q01.

use super::{council, cycle, naming, text_of};
use crate::support::world::{World, day, file, utc};
use closeloop::domain::cycle::{BesidePlanned, Commission, CyclePlanned, commissioners};
use closeloop::domain::deed::{Allocation, Deed};
use closeloop::domain::intake::PersonRow;
use closeloop::domain::review::Chosen;

#[test]
fn c02_each_strand_can_be_opened_beside_the_others_in_one_month() {
    let mut world = World::run_by("central-bedfordshire");
    world.now = utc("2026-11-05T09:30:00Z");
    let framework = world.library.current(world.store.reading()).unwrap();
    for (kind, commissioned) in
        [("practice-evaluation", false), ("thematic-audit", false), ("multi-agency-audit", true), ("peer-audit", false)]
    {
        let extra = commissioned.then(|| Commission {
            by: commissioners(&framework, framework.kind(kind).unwrap())[0].key.clone(),
            why: "The board asked what partners see".into(),
            due_on: Some(day("2027-02-01")),
        });
        let planned =
            CyclePlanned { starts_on: day("2026-11-01"), focus: String::new(), focus_reason: String::new(), focus_note: String::new() };
        world.do_("Amina Khan", Deed::OpenBeside(BesidePlanned { planned, kind: kind.into(), extra }));
    }
    let mut prefixes = Vec::new();
    for (cycle, _) in world.store.reading().cycles().unwrap() {
        let wish = naming(&world, cycle.id, &cycle.kind, Chosen::Added, 0);
        world.do_("Amina Khan", Deed::OpenNamed(wish));
        prefixes.extend(
            world.store.reading().cycle_reviews(cycle.id, &world.viewer()).unwrap().into_iter().map(|row| row.reference[..2].to_string()),
        );
    }
    prefixes.sort();
    assert_eq!(prefixes, ["MA", "PA", "PE", "TD"], "each strand has its own reviews; moderation is the fifth");
    world.assert_verified();
}

#[test]
fn c03_evaluators_hold_one_of_the_roles_named_and_nobody_else_evaluates() {
    let mut world = council("central-bedfordshire");
    let roles = [("TM", true), ("PM", true), ("IRO", true), ("CSW", true), ("AuditManager", true), ("HoS", true), ("AD", true)];
    let roles = roles.into_iter().chain([("SW", false), ("FCRO", false), ("LD", false), ("audit-coordinator", false)]);
    let rows = roles.clone().map(|(role, _)| PersonRow {
        name: format!("Evaluator {role}"),
        role: Some(role.into()),
        team: Some("Elsewhere".into()),
        service: Some("Elsewhere".into()),
        ..Default::default()
    });
    world.do_("Amina Khan", Deed::ImportPeople { rows: rows.collect(), file: file("evaluators.csv", 'f') });
    let id = cycle(&mut world, "2026-11-01");
    world.draw(id, 1, 7);
    for (role, may) in roles {
        let facts = world.review("PE-0001");
        let to = Allocation::to(facts.review.id, facts.revision, Some(world.person(&format!("Evaluator {role}"))));
        let deed = Deed::Allocate(vec![to]);
        if may {
            world.do_("Amina Khan", deed);
        } else {
            let said = world.refused(deed);
            assert!(said.contains(&format!("Is {role}; these may review: TM, PM")), "{role}: {said}");
        }
    }
}

#[test]
fn q01_a_cycle_is_a_quarter_and_the_next_begins_when_it_ends() {
    let mut world = World::under(text_of("quarterly-learning"));
    world.now = utc("2026-10-05T09:30:00Z");
    cycle(&mut world, "2026-10-01");
    let planned =
        CyclePlanned { starts_on: day("2026-12-01"), focus: String::new(), focus_reason: String::new(), focus_note: String::new() };
    let said = world.refused(Deed::OpenCycle(planned));
    assert!(said.contains("The cycle 2026-q4 is open already, since 1 October 2026."), "{said}");
    cycle(&mut world, "2027-01-01");
    let titles: Vec<String> = world.store.reading().cycles().unwrap().into_iter().map(|(cycle, _)| cycle.title).collect();
    assert_eq!(titles, ["January-March 2027", "October-December 2026"]);
}
