//! A session that opens an alert sends its messages itself, in a thread of its own, while the person goes on.

use crate::support::driver::{LARGE, Robot};
use crate::support::post::settings;
use crate::support::smtp::Smtp;
use crate::support::world::World;
use closeloop::domain::deed::Actor;
use closeloop::runtime::clock::Clock;
use closeloop::runtime::post::Sender;

fn ready_to_submit() -> World {
    let mut world = World::with_addresses();
    world.through("CR-0001", "family-contact").at("2026-11-12T10:00:00Z");
    world.fill("CR-0001", 1);
    world
}

#[test]
fn m10_an_inadequate_typed_in_the_queue_is_mailed_from_that_session() {
    let server = Smtp::start();
    let mut robot = Robot::sits_down_with_mail(ready_to_submit(), LARGE, settings(server.port));
    assert!(robot.app().mail_set_up);
    robot.opens("CR-0001").press("f enter").expect_dialog("Submit CR-0001").type_text("submit").press("enter").expect_no_dialog();
    // Leaving waits for what is being handed over.
    let world = robot.goes_home();
    assert_eq!(server.taken().len(), 6);
    assert_eq!(world.told(), [true; 6]);
    world.assert_verified();
}

#[test]
fn a_session_without_settings_queues_and_sends_nothing() {
    let mut robot = Robot::sits_down(ready_to_submit(), LARGE);
    assert!(!robot.app().mail_set_up);
    robot.opens("CR-0001").press("f enter").expect_dialog("Submit CR-0001").type_text("submit").press("enter").expect_no_dialog();
    let world = robot.goes_home();
    assert_eq!(world.told(), [false; 6]);
    assert_eq!(
        world.mail().iter().map(|stand| stand.say(false, world.now)).collect::<Vec<_>>(),
        vec!["e-mail is not set up: telephone"; 6]
    );
}

#[test]
fn what_keeps_a_session_from_sending_is_said_to_it_and_tick_goes_on() {
    let mut world = World::alarmed();
    let mut sender = Sender::new(&world.path(), settings(1), "session", Clock::Fixed(world.now));
    sender.wake();
    let mut said = None;
    while said.is_none() {
        std::thread::yield_now();
        said = sender.trouble();
    }
    let said = said.unwrap();
    assert!(said.starts_with("An e-mail about AL-0001 could not be sent: the mail server cannot be reached"), "{said}");
    drop(sender);
    let server = Smtp::start();
    assert_eq!(world.at("2026-11-12T10:01:00Z").send(&server).sent, 6);
    assert!(world.history("CR-0001").iter().any(|row| row.actor == Actor::BY_ITSELF));
}
