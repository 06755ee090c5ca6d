//! Whoever stands in for somebody away sees to their actions, and signs off in their place; never what that person did themselves.

use super::world::followed;
use crate::support::driver::{Robot, SMALL};
use crate::support::world::{World, day};
use closeloop::domain::deed::Deed;

fn away(world: &mut World, name: &str, deputy: &str) {
    let (person, deputy) = (world.person(name), Some(world.person(deputy)));
    let (from, until) = (world.today(), day("2026-12-20"));
    world.do_("Amina Khan", Deed::RecordAbsence { person, from, until, reason: "leave".into(), deputy });
}

#[test]
fn mine_holds_the_actions_of_those_for_whom_i_stand_in_and_says_so() {
    let mut world = followed();
    world.at("2026-12-04T10:00:00Z");
    away(&mut world, "Noor Carter", "Tess Young");
    let mut robot = Robot::somebody(world, SMALL, "Tess Young");
    robot.press("4 4 m").expect_line("/mine").expect_row_selected("A-0001").expect_line("for N. Ca");
    robot.press("n").expect_notice("A-0001 is 1 day late").expect_line("What happened, newest first");
    robot.press("enter").expect_notice("A-0001 taken up").press("d").type_text("Case note").press("ctrl-s").expect_notice("A-0001 done");
    // Once they are back it is theirs again.
    let mut back = World::open(&robot.world.path());
    back.at("2026-12-21T10:00:00Z");
    let mut robot = Robot::somebody(back, SMALL, "Tess Young");
    robot.press("4 4 m").expect_no("A-0001").expect_line("nor of anybody for whom you stand in");
}

#[test]
fn s13_a_deputy_signs_off_in_the_place_of_whom_the_profile_names_and_not_what_that_person_did() {
    let mut world = followed();
    world.is_done(1, "Noor Carter");
    let deed = world.sign_off(1);
    world.refused_to("Ida Ross", deed.clone());
    away(&mut world, "Tara Moss", "Ida Ross");
    world.do_("Ida Ross", deed);
    // The manager's own, and what she reported, are for another.
    world.raises_action("CR-0002", "Noor Carter", "Write to the school");
    let deed = world.finish(2, "Letter on file");
    world.do_("Tara Moss", deed);
    let deed = world.sign_off(2);
    let said = world.refused_to("Ida Ross", deed.clone());
    assert!(said.starts_with("A-0002 is not yours to sign off."), "{said}");
    world.do_("Sam Miller", deed);
}

#[test]
fn the_next_thing_of_a_deputy_is_what_waits_to_be_signed_off_in_their_place() {
    let mut world = followed();
    world.is_done(1, "Noor Carter");
    away(&mut world, "Tara Moss", "Ida Ross");
    let mut robot = Robot::somebody(world, SMALL, "Ida Ross");
    for _ in 0..10 {
        if robot.press("n").frame().contains("What happened, newest first") {
            robot.expect_notice("A-0001 was done and waits for you");
            return;
        }
        robot.press("esc esc");
    }
    panic!("no action comes up\n{}", robot.frame());
}
