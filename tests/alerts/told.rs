//! Told and acknowledged: who, how, when; each for themselves; gaps filled or explained.

use super::{FIRST, acknowledge, alert, assure, close, inadequate, name, place, tell, tell_all};
use crate::support::world::{World, day, file, utc};
use closeloop::domain::alert::HowTold;
use closeloop::domain::deed::{AlertDeed, Deed};
use closeloop::domain::framework::Side;
use closeloop::domain::intake::{PersonRow, Place};
use closeloop::domain::query::{Answered, Query};

fn leaves(world: &mut World, name: &str) {
    let row = PersonRow {
        name: name.into(),
        login: Some(world.actor(name).login),
        left_on: Some(Some(day("2026-11-10"))),
        source: Place::file("leavers.csv"),
        ..PersonRow::default()
    };
    world.do_("Amina Khan", Deed::ImportPeople { rows: vec![row], file: file("leavers.csv", 'd') });
}

#[test]
fn m10_each_telling_keeps_how_when_and_by_whom() {
    let mut world = inadequate();
    world.at("2026-11-12T10:20:00Z").do_("Amina Khan", tell(&[0, 3], HowTold::Telephone));
    world.at("2026-11-12T10:30:00Z").do_("Bela Novak", tell(&[3], HowTold::InPerson));
    let stored = alert(&world);
    assert_eq!(stored.addressees[3].told_at, Some(utc("2026-11-12T10:20:00Z")), "the first telling counts");
    let told: Vec<_> = stored.addressees[3].tellings.iter().map(|told| (told.how, told.by)).collect();
    assert_eq!(told, [(HowTold::Telephone, Some(world.person("Amina Khan"))), (HowTold::InPerson, Some(world.person("Bela Novak")))]);
    assert_eq!(stored.addressees[1].told_at, None);
    assert!(stored.addressees.iter().all(|one| one.acknowledged.is_none()), "being told acknowledges nothing");
    world.assert_verified();
}

#[test]
fn m10_nobody_is_written_down_as_told_twice_in_the_same_way() {
    let mut world = inadequate();
    world.do_("Amina Khan", tell(&[0], HowTold::Email));
    let again = world.do_("Amina Khan", tell(&[0], HowTold::Email));
    assert_eq!(again.written.first, 0);
    assert_eq!(alert(&world).addressees[0].tellings.len(), 1);
}

#[test]
fn m10_nobody_was_told_before_the_alert_was_opened_or_later_than_now() {
    let mut world = inadequate();
    let at = |at: &str| Deed::Alert(AlertDeed::Tell { alert: FIRST, places: vec![0], how: HowTold::Telephone, at: Some(utc(at)) });
    for wrong in ["2026-11-12T09:59:00Z", "2026-11-12T12:00:00Z"] {
        assert!(world.refused(at(wrong)).starts_with("Nobody can have been told of AL-0001 at that time."), "{wrong}");
    }
    world.at("2026-11-12T11:00:00Z").do_("Amina Khan", at("2026-11-12T10:10:00Z"));
    assert_eq!(alert(&world).addressees[0].told_at, Some(utc("2026-11-12T10:10:00Z")));
}

#[test]
fn m10_an_acknowledgement_for_somebody_else_is_refused() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let sm = name(&world, "SM", Side::Child);
    let for_them = Deed::Alert(AlertDeed::Acknowledge { alert: FIRST, place: Some(place(&world, "SM", Side::Child)) });
    for who in ["Amina Khan", "Iris Tamm"] {
        let said = world.refused_to(who, for_them.clone());
        assert!(said.starts_with("AL-0001 is acknowledged by the SM themselves, not by somebody else for them."), "{said}");
    }
    assert!(world.refused_to("Amina Khan", acknowledge()).contains("acknowledged by the people it is addressed to"));
    world.do_(&sm, acknowledge());
    let mine = &alert(&world).addressees[place(&world, "SM", Side::Child)];
    assert!(mine.acknowledged.is_some());
    assert_eq!(alert(&world).addressees.iter().filter(|one| one.acknowledged.is_some()).count(), 1);
    assert!(world.refused_to(&sm, acknowledge()).starts_with("You have acknowledged AL-0001 already."));
    world.assert_verified();
}

#[test]
fn m10_a_gap_keeps_the_alert_open_until_it_is_filled_or_explained() {
    let mut world = World::ready();
    leaves(&mut world, "Ivo Smith");
    leaves(&mut world, "Ines Holt");
    world.through_as("CR-0001", "completed", 1);
    tell_all(&mut world, HowTold::Telephone);
    let (sm, gaps) = (name(&world, "SM", Side::Child), [1, 2]);
    assert!(gaps.iter().all(|place| alert(&world).addressees[*place].is_gap()));
    world.do_(&sm, assure(&[("safety", "Seen, and safe"), ("quality", "I agree with it")]));
    assert!(world.refused(close()).starts_with("AL-0001 stays open: nobody holds insights-sm, insights-hos and nobody has said why."));
    let explain = |because: &str| Deed::Alert(AlertDeed::ExplainGap { alert: FIRST, place: 1, because: because.into() });
    assert!(world.refused(explain(" ")).starts_with("A gap is explained in words."));
    world.do_("Amina Khan", explain("The post is vacant; the team manager acts for both"));
    assert!(world.refused(close()).contains("nobody holds insights-hos"), "the other gap is still one");
    let fill = |world: &World, place, who: &str| Deed::Alert(AlertDeed::FillGap { alert: FIRST, place, person: world.person(who) });
    let hos = name(&world, "HoS", Side::Child);
    let (gone, listed) = (fill(&world, 2, "Ivo Smith"), fill(&world, 2, &hos));
    assert!(world.refused(gone).starts_with("Whoever is named is not here"));
    assert!(world.refused(listed).starts_with("They are on the list of this alert already"));
    let dana = fill(&world, 2, "Dana Frost");
    world.do_("Amina Khan", dana.clone());
    assert!(world.refused(dana).contains("is no gap"), "a gap is filled once");
    assert!(world.refused(close()).contains("insights-hos not told yet"), "who fills a gap is told like everybody");
    world.do_("Amina Khan", tell(&[2], HowTold::InPerson));
    world.do_("Amina Khan", close());
    world.assert_verified();
}

#[test]
fn m10_whoever_is_recused_fills_no_gap() {
    let mut world = World::ready();
    leaves(&mut world, "Ivo Smith");
    world.through_as("CR-0001", "completed", 1);
    world.declare("Dana Frost", "CR-0001", closeloop::domain::interest::InterestKind::Family);
    let fill = Deed::Alert(AlertDeed::FillGap { alert: FIRST, place: 1, person: world.person("Dana Frost") });
    assert!(world.refused(fill).starts_with("They have an interest in the case and are recused."));
}

#[test]
fn m10_one_alert_for_each_review_and_trigger_whoever_raises_it_twice() {
    let mut world = World::ready();
    world.through_as("CR-0001", "completed", 1).at("2026-11-24T10:00:00Z");
    let decided = world.decide("CR-0001", 2, "It is what it is");
    world.do_("Iris Tamm", decided);
    let Answered::Alerts(page) = world.ask(Query::Alerts(super::listed::all(""))) else { panic!() };
    assert_eq!(page.rows.len(), 1, "the panel's Inadequate on top of the reviewer's opens none of its own");
}
