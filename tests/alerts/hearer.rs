//! Who can be named to hear later, in a gap or in the place of somebody who has left: whoever can take that part. M10, M11.

use super::{FIRST, alert, inadequate, name, place, tell_all};
use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::World;
use closeloop::domain::alert::HowTold;
use closeloop::domain::deed::{AlertDeed, Deed, PeopleDeed};
use closeloop::domain::framework::Side;
use closeloop::domain::id::PersonId;

fn named(world: &World, person: PersonId) -> String {
    world.store.reading().person(person).unwrap().unwrap().name
}

/// The case's own practitioner and its reviewer.
fn of_the_case(world: &World) -> (PersonId, PersonId) {
    let facts = world.facts(world.id("CR-0001"));
    (facts.review.practitioner.unwrap(), facts.reviewer.unwrap())
}

#[test]
fn m11_nobody_without_a_login_and_nobody_of_the_case_itself_hears_in_the_place_of_a_leaver() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let (sm, at) = (name(&world, "SM", Side::Child), place(&world, "SM", Side::Child));
    world.leaves(&sm);
    let other = if sm == "Sam Miller" { "Sita Moran" } else { "Sam Miller" };
    let (practitioner, reviewer) = of_the_case(&world);
    for (person, expected) in [
        (world.person("Pia Stone"), "They have no login"),
        (practitioner, "They hold this case themselves, and whoever hears here reviews the record and gives assurance."),
        (reviewer, "They review this case themselves, and whoever hears here reviews the record and gives assurance."),
    ] {
        let deed = Deed::Alert(AlertDeed::Follow { alert: FIRST, place: at, person, because: "Covers".into() });
        let said = world.refused(deed);
        assert!(said.contains(expected) && said.contains(&format!("such as {other}")), "{said}");
    }
    assert!(alert(&world).at(at).unwrap().followed.is_none());
}

#[test]
fn m10_the_same_holds_where_a_gap_is_filled() {
    let mut world = World::ready();
    world.leaves("Ivo Smith");
    world.through_as("CR-0001", "completed", 1);
    let gap = alert(&world).addressees.iter().position(|one| one.is_gap()).unwrap();
    let (practitioner, reviewer) = of_the_case(&world);
    for (person, expected) in [
        (world.person("Pia Stone"), "They have no login"),
        (practitioner, "They hold this case themselves, and whoever hears here acknowledges"),
        (reviewer, "They review this case themselves, and whoever hears here acknowledges"),
    ] {
        let said = world.refused(Deed::Alert(AlertDeed::FillGap { alert: FIRST, place: gap, person }));
        assert!(said.contains(expected), "{said}");
    }
    let person = world.person("Dana Frost");
    world.do_("Amina Khan", Deed::Alert(AlertDeed::FillGap { alert: FIRST, place: gap, person }));
    world.assert_verified();
}

#[test]
fn m10_on_the_last_day_of_somebody_the_alert_and_their_sheet_say_from_when_another_is_named() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let sm = name(&world, "SM", Side::Child);
    let person = world.person(&sm);
    let seen = world.store.reading().person_revision(person).unwrap().unwrap();
    let on = world.today();
    world.do_("Amina Khan", Deed::People(PeopleDeed::End { person, seen, on }));
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("3 enter f").expect_no_dialog();
    robot.expect_notice(&format!("The last day of {sm} is Thu 12 Nov 2026: who hears instead is named from Fri 13 Nov 2026 on."));
    robot.press("esc 8 /").type_text(&sm).press("enter").expect_row_selected(&sm).press("enter").expect_dialog(&sm);
    for _ in 0..40 {
        if robot.app().held_at_hand().is_some_and(|row| matches!(row.what, closeloop::domain::query::Held::Strip(_))) {
            break;
        }
        robot.press("j");
    }
    robot.expect_line("opens it: from 13 November on somebody else is named there.");
    // And from that day on it is so.
    let mut world = robot.into_world();
    world.at("2026-11-13T09:00:00Z");
    Robot::sits_down(world, LARGE).press("3 enter f").expect_dialog("AL-0001 \u{b7}");
}

#[test]
fn m10_who_was_told_is_asked_of_those_first_who_were_not_and_nothing_new_is_no_tick() {
    let mut world = inadequate();
    let (all, last) = (alert(&world).addressees.len(), alert(&world).addressees.len() - 1);
    let places: Vec<usize> = (0..all - 1).collect();
    world.do_("Amina Khan", super::tell(&places, HowTold::Telephone));
    let left = named(&world, alert(&world).at(last).unwrap().person.unwrap());
    let mut robot = Robot::sits_down(world, SMALL);
    robot.press("3 enter").expect_line("Now   tell 1 person").press("t");
    assert!(robot.form().value("who") == last.to_string(), "{}", robot.form().value("who"));
    robot.expect_line(&left).expect_line(&format!("1 of {all}"));
    // Somebody who was told before is chosen all the same: nothing is written down, and no tick says that it was.
    robot.goes_to("who").press("right").expect_line(&format!("2 of {all}")).press("ctrl-s");
    robot.expect_notice("they were told by telephone before");
    assert_eq!(robot.app().notice.as_ref().map(|notice| notice.level), Some(closeloop::app::Level::Trouble));
}

#[test]
fn m10_what_is_said_of_e_mail_in_the_place_of_a_leaver_is_true() {
    let mut world = inadequate();
    let sm = name(&world, "SM", Side::Child);
    world.leaves(&sm);
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("3 enter f").expect_dialog("AL-0001 \u{b7} In the place of").expect_line("E-mail is not set up: telephone them.");
    let world = robot.into_world();
    let mail = crate::support::post::settings(1);
    Robot::sits_down_with_mail(world, LARGE, mail).press("3 enter f").expect_line("An e-mail goes to them.");
}

#[test]
fn m10_somebody_who_has_left_is_told_no_more_and_that_another_is_named_is_wanted() {
    let mut world = inadequate();
    let sm = name(&world, "SM", Side::Child);
    world.leaves(&sm);
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("3 enter").expect_line("Now   tell 5 people").expect_line("name who hears instead of 1 person who left");
    let mut world = robot.into_world();
    let untold: Vec<usize> = (0..6).filter(|at| *at != place(&world, "SM", Side::Child)).collect();
    world.do_("Amina Khan", super::tell(&untold, HowTold::Telephone));
    // Where the next thing waits for them alone that says so with the key.
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("3 enter").expect_line("Nobody can until somebody follows whoever left: f on their row names who does.");
}

#[test]
fn m10_nobody_is_asked_to_tell_themselves() {
    let mut world = inadequate();
    let hos = place(&world, "HoS", Side::Child);
    let untold: Vec<usize> = (0..alert(&world).addressees.len()).filter(|at| *at != hos).collect();
    world.do_("Amina Khan", super::tell(&untold, HowTold::Telephone));
    let who = name(&world, "HoS", Side::Child);
    let mut robot = Robot::somebody(world, LARGE, &who);
    robot.press("3 enter").expect_line("Now   you know of it: a acknowledges").expect_no("telephone Hana");
    let mut robot = Robot::somebody(robot.goes_home(), LARGE, "Amina Khan");
    robot.press("3 enter").expect_line("Now   tell 1 person: telephone Hana Owen");
}
