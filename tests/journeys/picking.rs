//! Finding a person or a case by typing: what is saved is what the screen shows.

use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::World;

#[test]
fn typing_over_a_chosen_person_saves_nobody_whom_the_screen_does_not_show() {
    let mut robot = Robot::sits_down(World::ready(), SMALL);
    robot.opens("CR-0001").press("+").expect_dialog("What needs to happen").goes_to("text").type_text("Bring the chronology");
    robot.goes_to("owner").type_text("noor").press("enter").expect_line("Noor Carter");
    robot.goes_to("owner").type_text("zzz").press("tab").expect_line("nobody matches").press("ctrl-s").expect_line("name holds that");
    assert!(robot.world.store.reading().actions_of(robot.world.id("CR-0001")).unwrap().is_empty());
    robot.goes_to("owner").press("ctrl-u").type_text("tara").press("ctrl-s").expect_no_dialog().expect_notice("A-0001 raised");
    let actions = robot.world.store.reading().actions_of(robot.world.id("CR-0001")).unwrap();
    assert_eq!(actions[0].owner, robot.world.person("Tara Moss"));
}

#[test]
fn emptying_the_field_empties_the_choice() {
    let mut robot = Robot::sits_down(World::ready(), LARGE);
    robot.opens("CR-0001").press("+").goes_to("text").type_text("Bring the chronology");
    robot.goes_to("owner").type_text("noor").press("enter").goes_to("owner").press("ctrl-u").press("ctrl-s");
    robot.expect_line("is still empty");
}

#[test]
fn a_window_too_small_to_read_takes_no_key_but_leaving() {
    let mut robot = Robot::sits_down(World::ready(), LARGE);
    robot.resize(10, 3).press("+ u a").type_text("typed blindly").paste("pasted blindly");
    robot.resize(120, 40).expect_no_dialog().expect_no("blindly");
    robot.opens("CR-0001").press("+").goes_to("text").type_text("Seen").resize(79, 24).type_text("unseen").press("ctrl-s").resize(120, 40);
    robot.expect_dialog("What needs to happen").expect_line("Seen").expect_no("unseen");
}
