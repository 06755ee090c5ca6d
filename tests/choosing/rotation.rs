//! One service after another. Q03.

use super::{cycle, text_of};
use crate::support::world::World;
use closeloop::domain::deed::{Deed, DrawWanted};
use closeloop::domain::sampling::{next_in_turn, turn};

fn names(list: &[&str]) -> Vec<String> {
    list.iter().map(|name| name.to_string()).collect()
}

#[test]
fn q03_the_service_whose_turn_lies_longest_back_is_next() {
    let services = names(&["Court", "Care", "Disability"]);
    for (earlier, next) in [
        (&[][..], Some("Court")),
        (&["Court"], Some("Care")),
        (&["Court", "Care"], Some("Disability")),
        (&["Court", "Care", "Disability"], Some("Court")),
        (&["Court", "Disability"], Some("Care")),
        (&["Court", "Care", "Disability", "court", "Disability"], Some("Care")),
        (&["Closed service"], Some("Court")),
    ] {
        assert_eq!(next_in_turn(&services, &names(earlier)).as_deref(), next, "{earlier:?}");
    }
    assert_eq!(next_in_turn(&[], &[]), None);
}

#[test]
fn q03_out_of_turn_needs_a_reason() {
    let services = names(&["Court", "Care"]);
    assert!(turn(&services, &[], Some("Care"), " ").unwrap_err().to_string().starts_with("Court is next in turn, not Care."));
    let chosen = turn(&services, &[], Some("care"), "A complaint").unwrap();
    assert_eq!(chosen.sentence(), "Care, out of turn (Court was next): A complaint");
    assert_eq!(turn(&services, &[], None, "").unwrap().sentence(), "Court, next in turn");
    assert!(turn(&services, &[], Some("Parks"), "x").unwrap_err().to_string().contains("Choose one of: Court, Care."));
    assert!(turn(&[], &[], None, "").is_err());
}

#[test]
fn q03_a_draw_takes_only_cases_of_the_service_whose_turn_it_is_and_the_card_says_which() {
    let mut world = World::under(text_of("quarterly-learning"));
    world.at("2026-11-05T09:30:00Z");
    let services = world.store.reading().services().unwrap();
    let mut seen = Vec::new();
    for starts in ["2026-01-01", "2026-04-01"] {
        let id = cycle(&mut world, starts);
        world.draw(id, 4, 7);
        let card = world.store.reading().sample(id).unwrap().unwrap().drawn;
        let its = card.request.turn.clone().unwrap();
        for (review, _) in world.store.reading().drawn_subjects(id).unwrap() {
            let names = world.store.reading().names_of(review).unwrap().unwrap();
            assert_eq!(names.team.1, its.service);
        }
        seen.push(its.service);
        let viewer = world.viewer();
        let again = closeloop::runtime::clerk::draw_again(world.store.reading(), &mut world.library, id, &viewer).unwrap().unwrap();
        assert!(again.same_frame && again.same_draw);
    }
    assert_eq!(seen, services[..2], "one after another");
    let id = cycle(&mut world, "2026-07-01");
    let out_of_turn = DrawWanted { service: Some(services[1].clone()), seed: Some(1), ..DrawWanted::usual(id, 3) };
    let said = world.refused(Deed::Draw(out_of_turn.clone()));
    assert!(said.contains("is next in turn, not"), "{said}");
    world.do_("Amina Khan", Deed::Draw(DrawWanted { why_service: "A complaint".into(), ..out_of_turn }));
    let card = world.store.reading().sample(id).unwrap().unwrap().drawn;
    assert!(card.request.turn.unwrap().sentence().ends_with("A complaint"));
    world.assert_verified();
}
