//! Whoever becomes an addressee later is written to then: a gap that is filled, the next step up the line, noticed by whomever.

use super::tick::{demo, tick, to};
use crate::support::driver::{Robot, SMALL};
use crate::support::post::{address, settings};
use crate::support::smtp::Smtp;
use crate::support::world::World;
use closeloop::domain::deed::{Actor, AlertDeed, Deed};
use closeloop::domain::id::AlertId;
use closeloop::runtime::clock::Clock;

#[test]
fn m10_whoever_fills_a_gap_is_written_to_at_that_moment() {
    let (mut world, server) = (World::with_addresses(), Smtp::start());
    let rows = crate::support::council::people().into_iter().filter(|row| row.name == "Ivo Smith").map(|row| {
        let left_on = Some(Some(crate::support::world::day("2026-11-06")));
        closeloop::domain::intake::PersonRow { left_on, ..row }
    });
    world.do_("Amina Khan", Deed::ImportPeople { rows: rows.collect(), file: crate::support::council::file("leavers.csv", 'e') });
    world.through_as("CR-0001", "completed", 1);
    assert_eq!(world.send(&server).sent, 5);
    let place = world.mail_says().iter().position(|said| said == "nobody holds the role").unwrap();
    let person = world.person("Bela Novak");
    let deed = Deed::Alert(AlertDeed::FillGap { alert: AlertId(1), place, person });
    let receipt = world.do_("Amina Khan", deed);
    assert!(receipt.queued);
    assert_eq!(world.send(&server).sent, 1);
    let last = server.taken().pop().unwrap();
    assert_eq!((last.to, last.text.contains("an open alert has come to you")), (address("Bela Novak"), true));
    assert_eq!(world.told(), [true; 6]);
    world.assert_verified();
}

#[test]
fn the_next_step_up_the_line_is_raised_and_mailed_by_tick() {
    let server = Smtp::start();
    let mut place = demo(&to(server.port));
    assert_eq!(tick(&place, &[]).done(), "6 e-mails sent.\n");
    place.env.retain(|(name, _)| *name != "CLOSELOOP_NOW");
    place.env.push(("CLOSELOOP_NOW", "2026-11-12T16:01:00Z".into()));
    let said = tick(&place, &[]).done();
    assert!(said.contains("become due.\n") && said.ends_with("1 e-mail sent.\n"), "{said}");
    assert_eq!(server.taken().pop().unwrap().to, address("Dana Frost"));
    // Once; but that nobody has acknowledged yet is said every time, for whom and since when.
    let waits = "AL-0001 waits since Thu 12 Nov 12:00: acknowledge, by Sam Miller (child\u{2019}s SM).\n";
    for _ in 0..2 {
        assert_eq!(tick(&place, &[]).done(), waits);
    }
}

#[test]
fn a_session_that_notices_first_mails_whoever_is_next() {
    let server = Smtp::start();
    let mut world = World::alarmed();
    world.send(&server);
    world.at("2026-11-12T15:59:00Z");
    let mut robot = Robot::sits_down_with_mail(world, SMALL, settings(server.port));
    robot.look_around();
    assert_eq!(server.taken().len(), 6, "nothing is due yet");
    robot.station.set_clock(Clock::Fixed("2026-11-12T16:01:00Z".parse().unwrap()));
    robot.look_around();
    let world = robot.goes_home();
    assert_eq!(server.taken().pop().unwrap().to, address("Dana Frost"));
    assert!(world.told().iter().all(|told| *told), "{:?}", world.told());
    assert!(world.history("CR-0001").iter().any(|row| row.actor == Actor::BY_ITSELF));
    world.assert_verified();
}
