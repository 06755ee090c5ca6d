//! One accountable owner, who acts for them, and how an action changes hands.

use super::world::followed;
use crate::support::world::{World, day, file};
use closeloop::domain::deed::Deed;
use closeloop::domain::intake::{PersonRow, Place};
use closeloop::domain::interest::InterestKind;

fn away(world: &mut World, name: &str, deputy: Option<&str>) {
    let (person, deputy) = (world.person(name), deputy.map(|name| world.person(name)));
    let (from, until) = (world.today(), day("2026-11-20"));
    world.do_("Amina Khan", Deed::RecordAbsence { person, from, until, reason: "leave".into(), deputy });
}

#[test]
fn only_the_owner_or_whoever_acts_for_them_reports() {
    let mut world = followed();
    for stranger in ["Ida Ross", "Tom Ward", "Amina Khan"] {
        let deed = world.finish(1, "Case note");
        let said = world.refused_to(stranger, deed);
        let who = "Noor Carter can, whoever stands in for them, or whoever manages them.";
        assert_eq!(said, format!("A-0001 is Noor Carter\u{2019}s: it is not yours to report as done. {who}"), "{stranger}");
    }
    // Two steps up the line.
    let deed = world.take_up(1);
    world.do_("Tara Moss", deed);
    // Whoever stands in, but only while they do.
    let deed = world.finish(1, "Case note");
    world.refused_to("Tess Young", deed.clone());
    away(&mut world, "Noor Carter", Some("Tess Young"));
    world.do_("Tess Young", deed);
}

#[test]
fn giving_it_to_somebody_away_or_gone_warns_and_to_the_recused_is_refused() {
    let mut world = followed();
    away(&mut world, "Tom Ward", Some("Tess Young"));
    let deed = world.give_to(1, "Tom Ward", "");
    let said = world.refused_to("Tara Moss", deed);
    assert_eq!(said, "Tom Ward is away until Fri 20 Nov 2026; Tess Young stands in. Choose somebody else, or write down why all the same.");
    let deed = world.give_to(1, "Tom Ward", "Back before it is due");
    world.do_("Tara Moss", deed);
    assert_eq!(world.stored_action(1).owner, world.person("Tom Ward"));
    let told = world.history("CR-0001").remove(0).what;
    assert_eq!(told, "Action A-0001 given to T. Ward instead of N. Carter: Takes the case over, although: Back before it is due");

    let row = PersonRow {
        name: "Tess Young".into(),
        login: Some("tess.y".into()),
        left_on: Some(Some(day("2026-11-04"))),
        source: Place::file("leavers.csv"),
        ..PersonRow::default()
    };
    world.do_("Amina Khan", Deed::ImportPeople { rows: vec![row], file: file("leavers.csv", 'd') });
    let deed = world.give_to(1, "Tess Young", "");
    assert!(world.refused_to("Tara Moss", deed).starts_with("Tess Young left on Wed 4 Nov 2026."));

    world.declare("Sam Miller", "CR-0001", InterestKind::Involvement);
    let deed = world.give_to(1, "Sam Miller", "They know the case");
    assert_eq!(world.refused_to("Tara Moss", deed), "Sam Miller is recused from the review of A-0001. Choose somebody else.");
    world.assert_verified();
}

#[test]
fn there_is_one_owner_and_a_stranger_gives_nothing_away() {
    let mut world = followed();
    let deed = world.give_to(1, "Noor Carter", "");
    assert_eq!(world.refused_to("Tara Moss", deed), "A-0001 is Noor Carter\u{2019}s already. Choose somebody else.");
    let deed = world.give_to(1, "Rita Lund", "");
    let said = world.refused_to("Ida Ross", deed);
    assert!(said.starts_with("A-0001 is Noor Carter\u{2019}s: it is not yours to give away. Noor Carter, whoever manages them,"), "{said}");
    world.is_done(1, "Noor Carter");
    let deed = world.give_to(1, "Rita Lund", "");
    assert!(world.refused_to("Tara Moss", deed).starts_with("A-0001 is done, to sign off: only an open one changes hands."));
}
