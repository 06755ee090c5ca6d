//! Who declared what, in the register of people: for the Insights team as far as they may know the case, and for each their own.

use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::World;
use closeloop::domain::deed::Deed;
use closeloop::domain::filter::Filter;
use closeloop::domain::interest::InterestKind;
use closeloop::domain::query::{Answered, From, Query, Window};

/// Whose interest, on which review, as somebody reads it in the register.
fn told(world: &mut World, who: &str) -> Vec<(String, Option<String>)> {
    let window = Window { filter: Filter::default(), sort: (), reversed: false, from: From::Start, limit: 500 };
    let Answered::People(page) = world.answer_to(who, &Query::People(window)).unwrap() else { panic!() };
    let of = |row: &closeloop::domain::query::PersonRow| {
        row.interests.iter().map(|interest| (row.name.clone(), interest.review.clone())).collect::<Vec<_>>()
    };
    page.rows.iter().flat_map(of).collect()
}

#[test]
fn who_declared_what_is_told_to_those_who_may_know_it_and_to_nobody_else() {
    let mut world = World::ready();
    world.declare("Ida Ross", "CR-0001", InterestKind::Family);
    world.declare("Bela Novak", "CR-0001", InterestKind::Complaint);
    world.declare("Cara Poole", "CR-0002", InterestKind::Involvement);
    let on = |name: &str, reference: &str| (name.to_string(), Some(reference.to_string()));
    let own = |name: &str| (name.to_string(), None);
    let all = [on("Bela Novak", "CR-0001"), on("Cara Poole", "CR-0002"), on("Ida Ross", "CR-0001")];
    assert_eq!(told(&mut world, "Amina Khan"), all);
    // Whoever is recused from the case is told nothing of it, not even who else is.
    assert_eq!(told(&mut world, "Bela Novak"), [own("Bela Novak"), on("Cara Poole", "CR-0002")]);
    // Outside the Insights team each reads of their own, and of the case nothing.
    assert_eq!(told(&mut world, "Ida Ross"), [own("Ida Ross")]);
    assert_eq!(told(&mut world, "Sam Miller"), []);
    let interest = world.store.reading().interests_in(&world.review("CR-0001").review).unwrap()[0].id;
    world.do_("Amina Khan", Deed::WithdrawInterest { interest, because: "It was another family".into() });
    assert_eq!(told(&mut world, "Amina Khan").len(), 2, "what was withdrawn no longer recuses anybody");
}

#[test]
fn the_register_writes_out_the_interests_of_the_person_under_the_cursor() {
    for size in [SMALL, LARGE] {
        let mut world = World::ready();
        world.declare("Ida Ross", "CR-0001", InterestKind::Family);
        let mut robot = Robot::sits_down(world, size);
        robot.press("8").expect_no("is recused").press("/").type_text("ida").press("enter");
        robot.expect_line("Ida Ross is recused: CR-0001, family of the child");
    }
}

#[test]
fn of_many_interests_the_newest_are_written_out_and_the_others_counted() {
    let mut world = World::ready();
    for reference in ["CR-0001", "CR-0002", "CR-0003", "CR-0004", "CR-0005"] {
        world.declare("Ida Ross", reference, InterestKind::Family);
    }
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("8 /").type_text("ida").press("enter").expect_line("Ida Ross is recused: CR-0005, family of the child");
    robot.expect_line("and 2 earlier.").expect_no("CR-0002");
}
