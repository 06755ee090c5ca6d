//! What follows from an interest for alerts, co-reviewers and actions: nothing reaches the recused, and somebody is told.

use crate::support::world::{DRAWN_AT, World, merton_text};
use closeloop::domain::deed::{Allocation, Deed};
use closeloop::domain::filter::Filter;
use closeloop::domain::id::{AlertId, PersonId};
use closeloop::domain::interest::InterestKind;
use closeloop::domain::line::above;
use closeloop::domain::query::{From, Window};

const REF: &str = "CR-0001";

fn manager(world: &World, role: &str) -> (PersonId, String) {
    let people = world.store.reading().people_by_id().unwrap();
    let practitioner = world.review(REF).review.practitioner.unwrap();
    let found = above(&people, practitioner).into_iter().find(|id| people[id].role == role).unwrap();
    (found, people[&found].name.clone())
}

#[test]
fn m10_a_recused_manager_is_not_told_of_an_alert_and_the_next_up_the_line_is() {
    let mut world = World::ready();
    let ((recused, name), (next, next_name)) = (manager(&world, "SM"), manager(&world, "HoS"));
    world.declare(&name, REF, InterestKind::Complaint);
    world.through_as(REF, "family-contact", 2).at("2026-11-12T10:00:00Z").fill(REF, 2);
    let deed = world.submit(REF);
    let said = world.do_("Amina Khan", deed).said;
    let short = closeloop::domain::person::short_name;
    let wanted = format!("{} (SM) is recused, {} is to hear of it", short(&name), short(&next_name));
    assert!(said.contains(&wanted), "{said}");
    let alert = world.store.reading().alert(AlertId(1)).unwrap().unwrap();
    assert!(alert.addressees.iter().all(|addressee| addressee.person != Some(recused)));
    let passed = alert.addressees.iter().find(|addressee| addressee.recused).unwrap();
    assert_eq!((passed.role.as_str(), passed.person, passed.instead_of), ("SM", Some(next), Some(recused)));
    world.assert_verified();
}

#[test]
fn a_co_reviewer_who_is_recused_later_is_taken_off_and_a_slip_of_the_hand_is_undone() {
    let text = merton_text().replacen("conduct = \"single\"", "conduct = \"pair\"", 1);
    let mut world = World::under(&text);
    let cycle = world.at(DRAWN_AT).open_cycle("2026-11-01");
    world.draw(cycle, 1, 7);
    let facts = world.review(REF);
    let (lead, partner) = (world.person("Ida Ross"), world.person("Ian Reid"));
    let wanted = Allocation { others: vec![(partner, String::new())], ..Allocation::to(facts.review.id, facts.revision, Some(lead)) };
    world.do_("Amina Khan", Deed::Allocate(vec![wanted]));
    let receipt = world.declare("Ian Reid", REF, InterestKind::Family);
    assert!(receipt.said.ends_with("; CR-0001 needs somebody else beside its lead"), "{}", receipt.said);
    assert!(world.review(REF).joint.others.is_empty());
    assert_eq!(world.detail(REF).missing.iter().filter(|missing| missing.what.contains("no partner")).count(), 1);
    world.do_("Ian Reid", Deed::Undo { batch: receipt.written.first });
    assert_eq!(world.review(REF).joint.others, [partner]);
    world.assert_verified();
}

#[test]
fn actions_of_a_recused_owner_are_found_by_a_word() {
    let mut world = World::ready();
    for owner in ["Tara Moss", "Tom Ward"] {
        let deed = world.action(REF, owner, &format!("Chronology by {owner}"));
        world.do_("Amina Khan", deed);
    }
    let ownerless = |world: &World| {
        let window = Window { filter: Filter::parse("ownerless").0, sort: (), reversed: false, from: From::Start, limit: 9 };
        let rows = world.store.reading().actions(&window, &world.viewer()).unwrap().rows;
        rows.into_iter().map(|row| row.text).collect::<Vec<_>>()
    };
    assert_eq!(ownerless(&world), Vec::<String>::new());
    let said = world.declare("Tara Moss", REF, InterestKind::Involvement).said;
    assert!(said.ends_with("1 open action needs another owner (filter the actions by ownerless)"), "{said}");
    assert_eq!(ownerless(&world), ["Chronology by Tara Moss"]);
}
