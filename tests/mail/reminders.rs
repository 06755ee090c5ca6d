//! Actions that are due soon: their owner is reminded before the day as often as the profile says, and never after it.

use super::tick::{tick, to};
use crate::actions::world::{followed, followed_under};
use crate::cli::place::Place;
use crate::support::council::{file, people};
use crate::support::driver::{Robot, SMALL};
use crate::support::post::{address, settings};
use crate::support::smtp::Smtp;
use crate::support::world::{World, day};
use closeloop::domain::change::{Change, Swap};
use closeloop::domain::deed::Deed;
use closeloop::domain::id::MailId;
use closeloop::domain::interest::InterestKind;
use closeloop::runtime::clock::Clock;

/// One action of Noor Carter's, due on Thursday 3 December; everybody has an address.
fn with_mail(mut world: World) -> World {
    world.gives_addresses(|row| address(&row.name));
    world
}

/// Looks at this moment whether somebody is to be reminded, as `tick` and sessions do, and sends.
fn looks(world: &mut World, moment: &str, server: &Smtp) -> u32 {
    world.at(moment);
    if world.store.reading().something_due(world.now).unwrap() {
        world.do_("Amina Khan", Deed::RaiseDue);
    }
    world.send(server).sent
}

#[test]
fn an_owner_is_reminded_as_often_as_the_profile_says_before_the_day_and_never_after() {
    let (mut world, server) = (with_mail(followed()), Smtp::start());
    assert_eq!(looks(&mut world, "2026-11-25T10:00:00Z", &server), 0, "eight days before");
    assert_eq!(looks(&mut world, "2026-11-26T07:59:00Z", &server), 0, "too early in the day");
    assert_eq!(looks(&mut world, "2026-11-26T08:00:00Z", &server), 1, "Merton: seven days before");
    let first = server.taken().pop().unwrap();
    assert_eq!(first.to, address("Noor Carter"));
    for words in ["A-0001: an action is to be done by Thu 3 Dec 2026", "An action that you own", "A-0001.ics"] {
        assert!(first.text.contains(words), "{words} in {}", first.text);
    }
    assert!(!first.text.contains("chronology") && !first.text.contains("CR-0001"), "{}", first.text);
    for moment in ["2026-11-26T16:00:00Z", "2026-11-27T09:00:00Z", "2026-12-01T09:00:00Z"] {
        assert_eq!(looks(&mut world, moment, &server), 0, "{moment}: once for each time");
    }
    assert_eq!(looks(&mut world, "2026-12-02T09:00:00Z", &server), 1, "the day before");
    for moment in ["2026-12-03T09:00:00Z", "2026-12-04T09:00:00Z", "2027-01-04T09:00:00Z"] {
        assert_eq!(looks(&mut world, moment, &server), 0, "{moment}: never on the day or after it");
    }
    world.assert_verified();
}

#[test]
fn whoever_looks_late_sends_the_last_of_several_once() {
    let (mut world, server) = (with_mail(followed()), Smtp::start());
    assert_eq!(looks(&mut world, "2026-12-02T12:00:00Z", &server), 1);
    assert_eq!(looks(&mut world, "2026-12-02T13:00:00Z", &server), 0);
}

#[test]
fn a_later_day_reminds_anew_and_what_is_done_does_not() {
    let (mut world, server) = (with_mail(followed()), Smtp::start());
    assert_eq!(looks(&mut world, "2026-11-26T09:00:00Z", &server), 1);
    let deed = world.extend(1, "2026-12-10", None);
    world.do_("Tara Moss", deed);
    assert_eq!(looks(&mut world, "2026-12-02T09:00:00Z", &server), 0, "eight days before the new day");
    assert_eq!(looks(&mut world, "2026-12-03T09:00:00Z", &server), 1);
    world.is_done(1, "Noor Carter");
    assert_eq!(looks(&mut world, "2026-12-09T09:00:00Z", &server), 0);
}

#[test]
fn what_was_queued_and_has_changed_before_it_went_out_is_not_sent() {
    let (mut world, server) = (with_mail(followed()), Smtp::start());
    world.at("2026-11-26T09:00:00Z").do_("Amina Khan", Deed::RaiseDue);
    let deed = world.extend(1, "2026-12-10", None);
    world.do_("Tara Moss", deed);
    assert_eq!(world.send(&server).sent, 0, "it would name the old day");
    world.at("2026-12-03T09:00:00Z").do_("Amina Khan", Deed::RaiseDue);
    world.is_done(1, "Noor Carter");
    assert_eq!(world.send(&server).sent, 0);
    world.assert_verified();
}

#[test]
fn whoever_stands_in_is_reminded_as_well_and_nobody_who_is_recused_or_has_no_address() {
    let (mut world, server) = (with_mail(followed()), Smtp::start());
    world.do_(
        "Amina Khan",
        Deed::RecordAbsence {
            person: world.person("Noor Carter"),
            from: day("2026-11-23"),
            until: day("2026-11-30"),
            reason: "Leave".into(),
            deputy: Some(world.person("Tara Moss")),
        },
    );
    assert_eq!(looks(&mut world, "2026-11-26T09:00:00Z", &server), 2);
    let told: Vec<String> = server.taken().into_iter().map(|letter| letter.to).collect();
    assert_eq!(told, [address("Noor Carter"), address("Tara Moss")]);
    world.declare("Tara Moss", "CR-0001", InterestKind::Family);
    let rows = people().into_iter().filter(|row| row.name == "Noor Carter");
    let rows = rows.map(|row| closeloop::domain::intake::PersonRow { email: Some(String::new()), ..row }).collect();
    world.do_("Amina Khan", Deed::ImportPeople { rows, file: file("people.csv", 'd') });
    assert_eq!(looks(&mut world, "2026-12-02T09:00:00Z", &server), 0);
    assert_eq!(world.store.reading().letters_waiting().unwrap(), 0, "nobody chases an address for a reminder");
}

#[test]
fn a_profile_names_other_days_and_who_gets_a_copy() {
    let world = followed_under(&[("remind_before = [7, 1] ", "remind_copies = [\"TM\"]\nremind_before = [10] ")]);
    let (mut world, server) = (with_mail(world), Smtp::start());
    assert_eq!(looks(&mut world, "2026-11-23T09:00:00Z", &server), 2);
    let taken = server.taken();
    assert_eq!(taken.iter().map(|letter| letter.to.clone()).collect::<Vec<_>>(), [address("Noor Carter"), address("Tara Moss")]);
    assert!(taken[1].text.contains("An action of somebody whom you manage"), "{}", taken[1].text);
    assert_eq!(looks(&mut world, "2026-12-02T09:00:00Z", &server), 0);
    let mut silent = with_mail(followed_under(&[("remind_before = [7, 1] ", "remind_before = [] ")]));
    assert_eq!(looks(&mut silent, "2026-12-02T09:00:00Z", &server), 0);
    let mut usual = with_mail(followed_under(&[("remind_before = [7, 1]  # days: by e-mail, to whoever owns it\n", "")]));
    assert_eq!(looks(&mut usual, "2026-11-27T09:00:00Z", &server), 0);
    assert_eq!(looks(&mut usual, "2026-11-28T09:00:00Z", &server), 1, "five days before, where the profile does not say");
}

#[test]
fn an_action_that_is_raised_with_little_time_left_reminds_only_of_what_is_still_to_come() {
    let (mut world, server) = (with_mail(followed()), Smtp::start());
    let Deed::RaiseAction { review, wanted } = world.action("CR-0002", "Rita Lund", "Ask the school for its view") else { panic!() };
    world.at("2026-11-16T09:00:00Z");
    let wanted = closeloop::domain::action::ActionWanted { due_on: Some(day("2026-11-19")), ..wanted };
    world.do_("Ida Ross", Deed::RaiseAction { review, wanted });
    assert_eq!(looks(&mut world, "2026-11-17T09:00:00Z", &server), 0);
    assert_eq!(looks(&mut world, "2026-11-18T09:00:00Z", &server), 1);
    assert_eq!(server.taken().pop().unwrap().to, address("Rita Lund"));
}

#[test]
fn tick_reminds_and_says_only_that_it_sent_something() {
    let server = Smtp::start();
    let mut world = with_mail(followed());
    let (actor, now) = (world.actor("Amina Khan"), world.now);
    let change = Change::SettingChanged { name: "demo".into(), value: Swap::new("amina.k".into()) };
    world.store.write(|tx| tx.write(&actor, now, &[change])).unwrap();
    world.do_("Amina Khan", Deed::RaiseDue);
    let (_folder, path) = world.into_template();
    let mut place = Place::empty();
    place.env.push(("CLOSELOOP_NOW", "2026-11-26T09:00:00Z".into()));
    std::fs::copy(path, place.db()).unwrap();
    place.file("config.toml", &to(server.port));
    assert_eq!(tick(&place, &[]).done(), "1 e-mail sent.\n");
    assert_eq!(tick(&place, &[]).done(), "");
    assert_eq!(server.taken().len(), 1);
}

#[test]
fn a_session_that_is_open_reminds_as_well_and_without_mail_nothing_is_sent() {
    let server = Smtp::start();
    let mut world = with_mail(followed());
    world.at("2026-11-26T07:00:00Z");
    let mut robot = Robot::sits_down_with_mail(world, SMALL, settings(server.port));
    robot.look_around();
    assert_eq!(server.taken().len(), 0);
    robot.station.set_clock(Clock::Fixed("2026-11-26T08:01:00Z".parse().unwrap()));
    robot.look_around();
    robot.goes_home();
    assert_eq!(server.taken()[0].to, address("Noor Carter"));

    let mut world = with_mail(followed());
    world.at("2026-11-26T08:00:00Z");
    let mut robot = Robot::sits_down(world, SMALL);
    robot.look_around();
    let world = robot.into_world();
    assert!(world.store.reading().letter(MailId(1)).unwrap().is_some(), "it waits for a machine that can send");
    assert_eq!(server.taken().len(), 1);
}

#[test]
fn the_sheet_of_an_action_says_when_its_owner_was_last_reminded_and_by_which_message() {
    let (mut world, server) = (with_mail(followed()), Smtp::start());
    let opens = |mut robot: Robot| {
        robot.press("4 4").expect_row_selected("A-0001").press("enter");
        robot
    };
    let sheet = |world: World| opens(Robot::somebody(world, SMALL, "Noor Carter"));
    let mut robot = opens(Robot::somebody_with_mail(world, SMALL, "Noor Carter", settings(server.port)));
    robot.expect_line("Reminded    not yet; by e-mail, before its day only");
    world = robot.world;
    // Where nothing can be sent nothing is promised.
    let mut robot = sheet(world);
    robot.expect_line("Reminded    not yet; e-mail is not set up, so that nobody is");
    world = robot.world;
    assert_eq!(looks(&mut world, "2026-11-26T09:00:00Z", &server), 1);
    let mut robot = sheet(world);
    robot.expect_line("Reminded    Thu 26 Nov 2026 (message 1, e-mailed 09:00)");
    world = robot.world;
    let deed = world.extend(1, "2026-12-10", None);
    world.do_("Tara Moss", deed);
    assert_eq!(looks(&mut world, "2026-11-27T09:00:00Z", &server), 0);
    let mut robot = sheet(world);
    robot.expect_line("Reminded    Thu 26 Nov 2026, for Thu 3 Dec 2026 (message 1");
}
