//! T43: a change of role holds at the next action of a session that is open.

use super::scope::{council, expected};
use crate::support::driver::{LARGE, Robot};
use closeloop::domain::deed::{Deed, PeopleDeed};
use closeloop::domain::person::PersonWanted;

fn becomes(robot: &mut Robot, who: &str, role: &str) {
    let person = robot.world.person(who);
    let seen = robot.world.store.reading().person_revision(person).unwrap().unwrap();
    let wanted = PersonWanted { role: Some(role.into()), ..Default::default() };
    robot.world.do_("Amina Khan", Deed::People(PeopleDeed::Change { person, seen, wanted }));
}

#[test]
fn t43_who_is_demoted_mid_session_sees_and_does_no_more_than_their_new_role_at_the_next_key() {
    let mut robot = Robot::somebody(council(), LARGE, "Sam Miller");
    let before = robot.station.app.overview.open.to_string();
    let sam = robot.world.person("Sam Miller");
    assert_eq!(before, expected(&robot.world, sam).len().to_string());
    becomes(&mut robot, "Sam Miller", "LADO");
    robot.look_around();
    let after = robot.station.app.overview.open.to_string();
    let left = expected(&robot.world, sam).len().to_string();
    assert_ne!(before, left);
    assert_eq!(after, left, "what he saw as a service manager is off the screen: {}", robot.frame());
    assert!(robot.frame().contains("Local authority designated officer"), "{}", robot.frame());
}

#[test]
fn t43_who_leaves_mid_session_is_shown_nothing_more() {
    let mut robot = Robot::somebody(council(), LARGE, "Sam Miller");
    let person = robot.world.person("Sam Miller");
    let seen = robot.world.store.reading().person_revision(person).unwrap().unwrap();
    let on = robot.world.today() - chrono::Duration::days(1);
    robot.world.do_("Amina Khan", Deed::People(PeopleDeed::End { person, seen, on }));
    robot.look_around();
    assert!(robot.station.over, "the session ends");
    let why = robot.station.turned_out.clone().unwrap();
    assert!(why.contains("last day here was") && why.contains("--back"), "{why}");
}
