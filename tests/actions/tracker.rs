//! The tracker by keyboard: an action's whole life, the clock moved by months, and what it looks like.

use super::world::followed;
use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::World;
use closeloop::domain::action::{ActionState, ActionWanted, Effect, Near};
use closeloop::domain::deed::Deed;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (160, 48)];

/// Hands the council to somebody else.
pub fn then(robot: Robot, name: &str, moment: &str) -> Robot {
    // What lies in the log is copied too.
    let copy = robot.world.folder().join("handed-over.db");
    let raw = rusqlite::Connection::open(robot.world.path()).unwrap();
    raw.execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
    raw.close().unwrap();
    let mut world = World::copy_of(&copy);
    world.at(moment);
    Robot::somebody(world, SMALL, name)
}

/// Presses the key of the next thing until it is an action: what is late by itself comes first.
fn brought_to_an_action(robot: &mut Robot) -> &mut Robot {
    for _ in 0..10 {
        if robot.press("n").frame().contains("What happened, newest first") {
            return robot;
        }
        robot.press("esc esc");
    }
    panic!("no action comes up\n{}", robot.frame());
}

#[test]
fn an_action_s_whole_life_is_driven_by_keyboard() {
    let mut robot = Robot::somebody(followed(), SMALL, "Noor Carter");
    robot.press("4 4").expect_row_selected("A-0001").press("enter").expect_dialog("A-0001 from CR-0001");
    robot.expect_line("Next: take it up, by Noor Carter. Enter does it.").press("enter").expect_notice("A-0001 taken up");
    robot.expect_line("Next: report it as done, with the evidence, by Noor Carter.");
    robot.press("e").expect_dialog("A-0001 \u{b7} Give longer").instead("15 Dec 2026").goes_to("reason").type_text("The school is closed");
    robot.press("ctrl-s").expect_notice("A-0001 due 15 December").at("2026-12-10T10:00:00Z");
    robot.press("enter").expect_dialog("A-0001 \u{b7} Done").press("ctrl-s").expect_line("is still empty");
    robot.type_text("Chronology of 9 December").press("ctrl-s").expect_notice("somebody else signs it off");
    robot.press("s").expect_line("no right to");

    let mut robot = then(robot, "Tara Moss", "2026-12-11T10:00:00Z");
    brought_to_an_action(&mut robot).expect_notice("A-0001 was done and waits for you").expect_line("Evidence    Chronology of 9 December");
    robot.press("enter").expect_dialog("A-0001 \u{b7} Sign off").press("ctrl-s").expect_line("is still empty");
    robot.press("right ctrl-s").expect_notice("looked at again from 11 June 2027 on").expect_line("Next: look whether it helped from");
    robot.press("enter").expect_dialog("A-0001 \u{b7} Looked at again").press("right").goes_to("seen").type_text("x").press("ctrl-s");
    robot.expect_line("A-0001 is looked at again 6 months after it was signed off");

    let mut robot = then(robot, "Tara Moss", "2027-06-14T10:00:00Z");
    brought_to_an_action(&mut robot)
        .expect_notice("to be looked at again since 11 June")
        .press("enter")
        .expect_dialog("A-0001 \u{b7} Looked at again");
    robot.press("right right right").goes_to("seen").type_text("Four months without an entry").press("ctrl-s");
    robot
        .expect_notice("A-0001 recurred: open again")
        .expect_line("Next: take it up, by Noor Carter.")
        .expect_line("recurred, and open again");
    assert_eq!(robot.world.stored_action(1).state, ActionState::Open);
    robot.press("esc u").expect_notice("Undone").press("4 4 f f f f").expect_row_selected("A-0001").expect_line("to revisit");
    robot.press("v right").goes_to("seen").type_text("Kept up ever since").press("ctrl-s").expect_notice("looked at again: sustained");
    let action = robot.world.stored_action(1);
    assert_eq!((action.state, action.life.effect), (ActionState::SignedOff, Some(Effect::Sustained)));
    robot.world.assert_verified();
}

#[test]
fn marked_rows_are_given_away_and_signed_off_together_and_taken_back_at_once() {
    let mut world = followed();
    world.raises_action("CR-0002", "Noor Carter", "See the child alone");
    world.raises_action("CR-0003", "Noor Carter", "Write to the school");
    let mut robot = Robot::somebody(world, SMALL, "Tara Moss");
    robot.press("4 4 space space").expect_line("2 marked").press("a").expect_dialog("2 actions \u{b7} Another owner");
    robot.type_text("Rita").goes_to("why").type_text("Takes the cases over").press("ctrl-s").expect_notice("2 actions given away");
    robot.expect_no("marked").expect_line("R. Lund").press("u").expect_notice("Undone").expect_no("R. Lund");
    robot
        .press("* d")
        .expect_dialog("3 actions \u{b7} Done")
        .type_text("Audit of the team")
        .press("ctrl-s")
        .expect_notice("3 actions done");
    robot.press("* s").expect_no_dialog().expect_notice("None of these 3 can be signed off. You said yourself");
    robot.press("esc").expect_no("marked");
    robot.press("s").expect_no_dialog().expect_notice("You said yourself that A-0003 was done: somebody else has to see it.");
    robot.press("t").expect_notice("only an open one is taken up");
}

#[test]
fn of_several_that_are_marked_those_lose_their_mark_that_it_is_not_for_and_the_key_goes_on_with_the_others() {
    let mut world = followed();
    world.raises_action("CR-0002", "Noor Carter", "See the child alone");
    world.raises_action("CR-0003", "Noor Carter", "Write to the school");
    let mut robot = Robot::somebody(world, SMALL, "Tara Moss");
    robot.press("4 4 d").expect_dialog("Done").type_text("The case notes").press("ctrl-s").expect_notice("A-0001 done");
    robot.press("* d").expect_no_dialog();
    robot.expect_notice("1 of 3 cannot be done. A-0001 is done").expect_notice("Its mark is off now: d again goes on with the other 2.");
    robot.expect_line("2 marked").press("d").expect_dialog("2 actions \u{b7} Done").type_text("The audit of the team").press("ctrl-s");
    robot.expect_notice("2 actions done").expect_no("marked");
}

#[test]
fn all_are_marked_however_many_the_screen_has_lines_for_and_it_is_filled_when_it_grows() {
    let mut world = followed();
    for word in 0..150 {
        let deed = world.action("CR-0002", "Noor Carter", &format!("Errand {word:03}"));
        let Deed::RaiseAction { review, wanted } = deed else { unreachable!() };
        world.do_("Ida Ross", Deed::RaiseAction { review, wanted: ActionWanted { near: Near::Anyway, ..wanted } });
    }
    let mut robot = Robot::somebody(world, SMALL, "Tara Moss");
    let shown = |robot: &mut Robot| robot.frame().lines().filter(|line| line.contains("Errand ")).count();
    robot.press("4").resize(LARGE.0, LARGE.1).expect_line("151");
    let among_four = shown(&mut robot);
    robot.press("4");
    assert!(shown(&mut robot) > among_four + 10 && among_four > 10, "{among_four} lines, then {}", shown(&mut robot));
    robot.press("* a").expect_dialog("151 actions \u{b7} Another owner");
    robot.type_text("Rita").goes_to("why").type_text("Takes the cases over").press("ctrl-s").expect_notice("151 actions given away");
    // What was read to be marked is not read again for ever.
    robot.expect_no("marked").press("4 4");
    assert!(robot.app().actions.rows.len() < 151, "{} rows", robot.app().actions.rows.len());
    robot.press("G").expect_line("Errand 149");
    robot.world.assert_verified();
}

#[test]
fn the_list_shows_whose_and_which_by_one_key_each() {
    let mut world = followed();
    world.raises_action("CR-0002", "Tara Moss", "Read the whole record");
    world.raises_action("CR-0003", "Tess Young", "Write to the school");
    world.is_done(2, "Tara Moss");
    world.at("2026-12-05T10:00:00Z");
    let mut robot = Robot::somebody(world, SMALL, "Tara Moss");
    robot.press("4 4").expect_line("A-0003").press("m").expect_line("/mine").expect_line("A-0002").expect_no("A-0001");
    robot.press("m").expect_line("/myteam").expect_line("A-0001").expect_line("A-0002").expect_no("A-0003");
    robot.press("f").expect_line("/myteam late").expect_line("A-0001").expect_no("A-0002");
    robot.press("f f").expect_line("/myteam signoff").expect_line("A-0002").expect_no("A-0001");
    robot.press("f").expect_line("/myteam revisit").expect_line("No").press("f m").expect_no("/myteam").expect_line("A-0003");
}

#[test]
fn the_review_of_an_action_is_one_key_away() {
    let mut robot = Robot::sits_down(followed(), SMALL);
    robot.press("4 4 o").expect_line("Bring the chronology up to date").expect_line("Steps").press("esc");
    robot.press("enter").expect_dialog("A-0001").press("o").expect_no_dialog().expect_line("Steps");
}

#[test]
fn the_tracker_and_an_action_look_like_this() {
    for size in SIZES {
        let mut world = followed();
        world.raises_action("CR-0002", "Tara Moss", "Read the whole record and write a decision");
        world.raises_action("CR-0003", "Tess Young", "Write to the school about attendance");
        world.is_done(2, "Tara Moss");
        world.is_done(1, "Noor Carter");
        let deed = world.sign_off(1);
        world.do_("Tara Moss", deed);
        world.at("2027-05-10T10:00:00Z");
        let deed = world.revisit(1, Effect::Recurred);
        world.do_("Tara Moss", deed);
        let mut robot = Robot::somebody(world, size, "Tara Moss");
        let name = |what: &str| format!("{what}_{}x{}", size.0, size.1);
        insta::assert_snapshot!(name("tracker"), robot.press("4 4").frame());
        while robot.app().actions.current().is_some_and(|row| row.reference != "A-0001") {
            robot.press("j");
        }
        insta::assert_snapshot!(name("action"), robot.press("enter").frame());
    }
}

#[test]
fn who_may_not_do_it_hears_so_at_the_key_and_types_nothing() {
    let mut world = followed();
    // Noor Carter owns it; Cara Poole neither acts for her nor signs anything off.
    let raised = world.action("CR-0002", "Noor Carter", "School asked about attendance");
    world.do_("Amina Khan", raised);
    let open = world.store.reading().actions_of(world.id("CR-0002")).unwrap().into_iter().find(|action| action.state.is_open()).unwrap();
    let mut robot = Robot::somebody(world, LARGE, "Cara Poole");
    for (reference, key, said) in [
        (open.reference.as_str(), "d", "it is not yours to report as done."),
        (&open.reference, "e", "it is not yours to give longer."),
        (&open.reference, "a", "it is not yours to give away."),
    ] {
        robot.press("4 / ctrl-u").type_text(&format!("all {reference}")).press("enter").expect_row_selected(reference);
        robot.press(key).expect_no_dialog().expect_notice(said);
    }
}
