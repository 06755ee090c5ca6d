//! What a visit to a service led to (S19, Q05): its own actions, and what the plan holds for that service; of nobody else's plan.

use super::services::{kept, year};
use super::{material, said};
use crate::support::world::{World, day};
use closeloop::domain::action::{ActionWanted, Near};
use closeloop::domain::deed::Deed;
use closeloop::domain::id::CycleId;
use closeloop::domain::plan::{Noted, PlanDeed, PlanNote};
use closeloop::domain::query::{Answered, Query};
use closeloop::domain::report::{Material, Narrative};
use closeloop::profiles::builtin;

#[test]
fn s19_q05_the_action_plan_of_a_visit_is_that_services_own() {
    for (framework, kind) in [("quarterly-learning", "learning-visit"), ("sandwell", "peer-review-report")] {
        let facts = kept(framework, kind);
        let service = facts.visits[0].service.clone();
        assert!(facts.of_visits && !facts.actions.is_empty(), "{framework}");
        assert!(facts.actions.iter().all(|action| action.review == facts.visits[0].review), "{framework}: {:?}", facts.actions);
        assert!(!facts.plan.is_empty() && facts.plan.iter().all(|line| line.service == service), "{framework}: {:?}", facts.plan);
        // The plan of its cycle holds more than that.
        let folder = tempfile::tempdir().unwrap();
        let store = year(framework, folder.path());
        let (cycle, _) = store.reading().cycles().unwrap().into_iter().find(|(cycle, _)| cycle.id == facts.cycle).unwrap();
        assert!(store.reading().wider_actions(&cycle).unwrap().len() > facts.plan.len(), "{framework}");
        let text = said(&facts, &Narrative::new());
        assert!(text.contains(&format!("What the improvement plan holds for {service}:")), "{framework}: {text}");
    }
}

#[test]
fn s19_q05_where_nothing_came_of_a_visit_the_report_says_so() {
    let facts = Material { since: None, ..kept("quarterly-learning", "learning-visit") };
    let service = facts.visits[0].service.clone();
    let bare = Material { actions: Vec::new(), plan: Vec::new(), ..facts.clone() };
    let text = |facts: &Material| said(facts, &Narrative::new()).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text(&bare).contains(&format!("Nothing has been agreed for {service} yet: no action came out of the visit")),
        "{}",
        text(&bare)
    );
    let own = Material { plan: Vec::new(), ..facts.clone() };
    assert!(text(&own).contains(&format!("holds nothing besides that is meant for {service} alone.")), "{}", text(&own));
    // One that was kept before holds everybody's lines, and says so.
    let before = Material { of_visits: false, ..facts.clone() };
    assert!(text(&before).contains("for this service and for others:"), "{}", text(&before));
    let none = Material { visits: Vec::new(), ..bare };
    assert!(text(&none).contains("No visit has been written up in this period"), "{}", text(&none));
    assert!(!text(&none).contains("No wider action has been written into the plan"), "{}", text(&none));
}

fn wanted(world: &World) -> ActionWanted {
    let owner = Some(world.person("Noor Carter"));
    ActionWanted { text: "Same induction for all".into(), owner, due_on: None, urgent: false, kind: String::new(), near: Near::Anyway }
}

#[test]
fn s19_a_wider_action_says_which_service_it_is_meant_for_and_only_one_that_there_is() {
    let mut world = World::under(builtin().iter().find(|(id, _)| *id == "sandwell").unwrap().1);
    world.at("2026-11-19T14:00:00Z");
    let cycle = super::content::opened(&mut world);
    let service = world.store.reading().services().unwrap()[0].clone();
    let raise = |world: &World, service: &str| {
        let (finding, service) = ("Agency workers are not told".to_string(), service.to_string());
        Deed::Plan(PlanDeed::Raise { cycle, finding, service, wanted: wanted(world) })
    };
    let refused = raise(&world, "Nowhere");
    let said = world.refused_to("Amina Khan", refused);
    assert!(said.contains("No team on record belongs to a service called Nowhere."), "{said:?}");
    for service in [service.as_str(), ""] {
        let deed = raise(&world, service);
        world.do_("Amina Khan", deed);
    }
    let Answered::Plan(plan) = world.ask(Query::Plan(CycleId(cycle.0))) else { panic!() };
    let of: Vec<&str> = plan.rows.iter().map(|row| row.service.as_str()).collect();
    assert_eq!((of.contains(&service.as_str()), of.contains(&""), plan.services.contains(&service)), (true, true, true));
    // A report of visits shows neither as long as that service was not visited; the plan's own report shows both.
    assert!(material(&mut world, cycle, "peer-review-report").plan.is_empty());
    assert_eq!(material(&mut world, cycle, "qa-report").plan.len(), 2);
    world.assert_verified();
}

#[test]
fn t1_a_note_without_a_service_is_written_as_it_always_was() {
    let what = Noted::Answers { finding: "Late".into(), service: String::new() };
    let id = closeloop::domain::id::PlanNoteId(1);
    let note = PlanNote { id, cycle: CycleId(1), action: None, on: day("2026-11-02"), by: None, what, taken_back: false };
    let text = serde_json::to_string(&note).unwrap();
    assert!(text.contains(r#""what":{"answers":{"finding":"Late"}}"#), "{text}");
    assert_eq!(serde_json::from_str::<PlanNote>(&text).unwrap(), note);
}
