//! M10: a telling or an acknowledgement that was a slip is taken back by whoever wrote it, as a fact of its own.

use super::{FIRST, acknowledge, alert, assure, inadequate, name, place, tell};
use crate::support::world::{World, utc};
use closeloop::domain::alert::HowTold;
use closeloop::domain::deed::{Deed, Trace};
use closeloop::domain::framework::Side;
use closeloop::runtime::clerk::Receipt;

fn undo(receipt: &Receipt) -> Deed {
    let Trace::Batch(batch) = receipt.trace else { panic!("it offers no undo: {receipt:?}") };
    Deed::Undo { batch }
}

#[test]
fn m10_a_telling_is_taken_back_by_who_wrote_it_and_its_clock_runs_again() {
    let mut world = inadequate();
    let sm = place(&world, "SM", Side::Child);
    let first = world.at("2026-11-12T10:20:00Z").do_("Amina Khan", tell(&[sm], HowTold::Telephone));
    assert_eq!(alert(&world).addressees[sm].acknowledge_by, Some(utc("2026-11-12T12:20:00Z")));
    assert!(world.refused_to("Bela Novak", undo(&first)).starts_with("That was done by somebody else."));
    let receipt = world.at("2026-11-12T10:25:00Z").do_("Amina Khan", undo(&first));
    assert_eq!(receipt.said, "Undone: 1 told of the alert by telephone");
    let one = alert(&world).addressees[sm].clone();
    assert_eq!((one.told_at, one.acknowledge_by, one.tellings.len()), (None, None, 0));
    assert!(one.is_untold());
    assert!(world.refused_to("Amina Khan", undo(&first)).starts_with("That was taken back before."));
    assert!(world.history("CR-0001").iter().any(|row| row.what == "Taken back that 1 person was told by telephone"));
    world.assert_verified();
}

#[test]
fn m10_what_they_were_told_in_another_way_stands_with_its_own_time_to_acknowledge() {
    let mut world = inadequate();
    let sm = place(&world, "SM", Side::Child);
    let wrong = world.at("2026-11-12T10:20:00Z").do_("Amina Khan", tell(&[sm], HowTold::Telephone));
    world.at("2026-11-12T10:40:00Z").do_("Bela Novak", tell(&[sm], HowTold::Email));
    let receipt = world.do_("Amina Khan", undo(&wrong));
    assert!(receipt.said.ends_with("; 1 person was told by e-mail, which stands"), "{}", receipt.said);
    let one = alert(&world).addressees[sm].clone();
    assert_eq!((one.told_at, one.acknowledge_by), (Some(utc("2026-11-12T10:40:00Z")), Some(utc("2026-11-12T12:40:00Z"))));
    world.assert_verified();
}

#[test]
fn m10_once_they_have_acknowledged_that_they_were_told_stands() {
    let mut world = inadequate();
    let sm = place(&world, "SM", Side::Child);
    let told = world.at("2026-11-12T10:20:00Z").do_("Amina Khan", tell(&[sm], HowTold::Telephone));
    let who = name(&world, "SM", Side::Child);
    world.at("2026-11-12T10:30:00Z").do_(&who, acknowledge());
    let said = world.refused_to("Amina Khan", undo(&told));
    assert!(said.starts_with("The SM has acknowledged AL-0001 since, so that they were told stands."), "{said}");
}

#[test]
fn m10_an_acknowledgement_is_taken_back_by_who_gave_it_until_assurance_is_written_down() {
    let mut world = inadequate();
    let sm = place(&world, "SM", Side::Child);
    let who = name(&world, "SM", Side::Child);
    let given = world.at("2026-11-12T10:30:00Z").do_(&who, acknowledge());
    world.at("2026-11-12T10:31:00Z").do_(&who, undo(&given));
    assert!(alert(&world).addressees[sm].acknowledged.is_none());
    assert_eq!(alert(&world).holding(world.now), 0);
    let again = world.at("2026-11-12T10:40:00Z").do_(&who, acknowledge());
    world.at("2026-11-12T11:00:00Z").do_(&who, assure(&[("safety", "Safe")]));
    let said = world.refused_to(&who, undo(&again));
    assert!(said.starts_with("Assurance on AL-0001 was written down since"), "{said}");
    world.assert_verified();
}

#[test]
fn m10_a_lapsed_acknowledgement_stands_again_where_the_new_one_is_taken_back() {
    let mut world = inadequate();
    let (sm, who) = (place(&world, "SM", Side::Child), name(&world, "SM", Side::Child));
    world.at("2026-11-12T10:30:00Z").do_(&who, acknowledge());
    let second = world.at("2026-11-12T19:00:00Z").do_(&who, acknowledge());
    world.at("2026-11-12T19:01:00Z").do_(&who, undo(&second));
    let own = alert(&world).addressees[sm].acknowledged.unwrap();
    assert_eq!(own.at, utc("2026-11-12T10:30:00Z"));
    assert!(alert(&world).lapsed(world.now));
    world.assert_verified();
}

#[test]
fn m10_what_the_program_wrote_of_mail_that_went_out_is_nobody_s_to_take_back() {
    let mut world = World::alarmed();
    let server = crate::support::smtp::Smtp::start();
    world.send(&server);
    let told = world.store.reading().last_seq("alert/1").unwrap();
    let said = world.refused_to("Amina Khan", Deed::Undo { batch: told });
    assert!(said.starts_with("That was done by somebody else.") || said.starts_with("There is nothing to undo."), "{said}");
    assert_eq!(alert(&world).id, FIRST);
}
