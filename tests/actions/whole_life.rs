//! An action's whole life with the clock moved by months: reminded, done, signed off, recurred, done again, sustained; and the ledger
//! tells both looks.

use super::tracker::then;
use super::world::followed;
use crate::support::driver::{Robot, SMALL};
use crate::support::post::{address, settings};
use crate::support::smtp::Smtp;
use closeloop::domain::action::{ActionState, Effect, Judged};

#[test]
fn f14_s13_an_action_is_reminded_of_done_seen_recurred_done_again_and_sustained() {
    let server = Smtp::start();
    let mut world = followed();
    world.gives_addresses(|row| address(&row.name));
    world.at("2026-11-26T09:00:00Z");
    // Whoever is at work first on the day lets the reminder go out.
    let mut robot = Robot::sits_down_with_mail(world, SMALL, settings(server.port));
    robot.look_around();
    let world = robot.goes_home();
    let taken = server.taken();
    assert_eq!((taken.len(), taken[0].to.as_str()), (1, address("Noor Carter").as_str()));

    let mut world = world;
    world.at("2026-11-27T09:00:00Z");
    let mut robot = Robot::somebody(world, SMALL, "Noor Carter");
    robot.press("4 4 m").expect_row_selected("A-0001").press("t").expect_notice("A-0001 taken up");
    robot.press("d").expect_dialog("A-0001 \u{b7} Done").press("ctrl-s").expect_line("is still empty");
    robot.type_text("Chronology of 27 November").press("ctrl-s").expect_notice("A-0001 done");
    robot.press("s").expect_no_dialog().expect_line("no right to");

    let mut robot = then(robot, "Tara Moss", "2026-11-30T09:00:00Z");
    robot.press("4 4 s right ctrl-s").expect_notice("A-0001 signed off");
    let mut robot = then(robot, "Tara Moss", "2027-03-01T09:00:00Z");
    robot.press("4 4 /").type_text("done").press("enter v right").goes_to("seen").type_text("x").press("ctrl-s");
    robot.expect_line("A-0001 is looked at again 6 months after it was signed off");

    let mut robot = then(robot, "Tara Moss", "2027-06-01T09:00:00Z");
    robot
        .press("4 4 f f f f")
        .expect_row_selected("A-0001")
        .press("v right right right")
        .goes_to("seen")
        .type_text("Four months without an entry");
    robot.press("ctrl-s").expect_notice("A-0001 recurred: open again, due 29 June");

    // Its new day is reminded of anew, and nothing after it is done.
    let mut world = robot.goes_home();
    for (moment, wanted) in [("2027-06-21T09:00:00Z", 0), ("2027-06-22T09:00:00Z", 1), ("2027-06-23T09:00:00Z", 0)] {
        world.at(moment);
        if world.store.reading().something_due(world.now).unwrap() {
            world.do_("Amina Khan", closeloop::domain::deed::Deed::RaiseDue);
        }
        assert_eq!(world.send(&server).sent, wanted, "{moment}");
    }
    let mut robot = Robot::somebody(world, SMALL, "Noor Carter");
    robot.press("4 4 m").expect_line("open again").press("d").type_text("Chronology, and a date each month for it").press("ctrl-s");
    robot.expect_notice("A-0001 done");
    let mut robot = then(robot, "Tara Moss", "2027-06-28T09:00:00Z");
    robot.press("4 4 s right ctrl-s").expect_notice("A-0001 signed off");
    let mut robot = then(robot, "Tara Moss", "2027-12-29T09:00:00Z");
    robot
        .press("4 4 f f f f v right")
        .goes_to("seen")
        .type_text("Kept up since June")
        .press("ctrl-s")
        .expect_notice("looked at again: sustained");
    robot.press("L").expect_dialog("What lasted of what was done").press("esc K backspace").expect_line("Looked at 1");

    let action = robot.world.stored_action(1);
    assert_eq!((action.state, action.life.effect, action.life.recurred), (ActionState::SignedOff, Some(Effect::Sustained), 1));
    let viewer = robot.world.seen_by("Tara Moss");
    let (kinds, _) = robot.world.store.reading().effects(&viewer).unwrap();
    assert_eq!(kinds, [(String::new(), Judged { sustained: 1, partly: 0, recurred: 1, cannot_tell: 0 })], "both looks are told");
    robot.world.assert_verified();
}
