//! An action whose owner has left: it says so, who gives it to somebody else, and the key that does it; and forms about several.

use super::world::followed;
use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::World;
use closeloop::domain::id::ActionId;
use closeloop::domain::query::{ActionLife, ActionNext, Answered, Query};

fn life(world: &mut World, viewer: &str) -> ActionLife {
    match world.answer_to(viewer, &Query::Action(ActionId(1))).unwrap() {
        Answered::Action(life) => *life,
        other => panic!("an action answers with an action, not {other:?}"),
    }
}

#[test]
fn an_action_of_a_leaver_waits_for_whoever_gives_it_to_somebody_else() {
    let mut world = followed();
    assert_eq!(life(&mut world, "Alex Main").next, Some(ActionNext::TakeUp));
    world.leaves("Noor Carter");
    let found = life(&mut world, "Tara Moss");
    assert_eq!((found.next, found.yours), (Some(ActionNext::HandOver), true));
    let today = world.today();
    let says = "Next: give it to somebody else: Noor Carter has left, by Alex Main, who managed them, or the Insights team.";
    assert_eq!(found.says_next(today), says);
    assert!(!life(&mut world, "Ida Ross").yours);
    // Where their manager has left as well, the next of the line.
    world.leaves("Alex Main");
    assert!(life(&mut world, "Tara Moss").next_by.starts_with("Tara Moss, who managed them"));
    let deed = world.give_to(1, "Rita Lund", "");
    world.do_("Tara Moss", deed);
    let found = life(&mut world, "Tara Moss");
    assert_eq!((found.next, found.next_by.as_str()), (Some(ActionNext::TakeUp), "Rita Lund"));
}

#[test]
fn the_key_that_the_sheet_names_gives_it_away() {
    let mut world = followed();
    world.leaves("Noor Carter");
    let mut robot = Robot::sits_down(world, SMALL);
    robot.press("4 4 enter").expect_line("Noor Carter (has left)").expect_line("Next: give it to somebody else: Noor Carter has left");
    robot.press("enter").expect_dialog("A-0001 \u{b7} Another owner").type_text("rita").goes_to("why").type_text("She has the case now");
    robot.press("ctrl-s").expect_notice("A-0001 given to Rita Lund").expect_line("Next: take it up, by Rita Lund.");
}

#[test]
fn of_several_marked_actions_the_key_says_how_many_are_not_theirs_and_why() {
    let mut world = followed();
    world.raises_action("CR-0002", "Tara Moss", "Write to the school");
    world.raises_action("CR-0003", "Tom Ward", "Ask the health visitor");
    let mut robot = Robot::somebody(world, LARGE, "Tara Moss");
    robot.press("4 4 * d").expect_no_dialog();
    robot.expect_notice("1 of 3 cannot be done. A-0003 is Tom Ward\u{2019}s: it is not yours to report as done.");
    assert_eq!(robot.app().notice.as_ref().unwrap().level, closeloop::app::Level::Trouble);
    // What is left are her own and that of somebody whom she manages: one form for both.
    robot.press("*").press("g space").press("space d").expect_dialog("2 actions \u{b7} Done");
}
