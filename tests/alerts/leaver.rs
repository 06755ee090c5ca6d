//! Somebody with a part in an alert has left: it says so, who can act instead, and by which key.

use super::{FIRST, acknowledge, alert, inadequate, name, tell_all};
use crate::support::driver::{LARGE, Robot};
use crate::support::world::World;
use closeloop::domain::action::{ActionWanted, Near};
use closeloop::domain::alert::HowTold;
use closeloop::domain::deed::{AlertDeed, Deed};
use closeloop::domain::framework::Side;
use closeloop::domain::query::Held;

/// Assured by the service manager, with an urgent action of Noor Carter.
fn with_an_urgent_action() -> World {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let (sm, owner) = (name(&world, "SM", Side::Child), Some(world.person("Noor Carter")));
    let urgent =
        vec![ActionWanted { text: "A new plan".into(), owner, due_on: None, urgent: true, kind: String::new(), near: Near::Anyway }];
    let answers = super::answers(&[("safety", "Safe"), ("quality", "Weak")]);
    world.do_(&sm, Deed::Alert(AlertDeed::Assure { alert: FIRST, answers, urgent }));
    world
}

#[test]
fn m12_an_urgent_action_of_a_leaver_is_given_to_somebody_else_from_the_alert() {
    let mut world = with_an_urgent_action();
    world.leaves("Noor Carter");
    let by = super::listed::detail(&mut world).needs[0].1.clone();
    assert_eq!(by, "Noor Carter, who has left: Alex Main, who managed them, or the Insights team gives it to somebody else");
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("3 3 enter").expect_line("Noor Carter, who has left").expect_line("o opens A-0001; there a gives it to somebody else.");
    robot.press("o").expect_line("Next: give it to somebody else").press("a").expect_dialog("A-0001 \u{b7} Another owner");
    robot.type_text("rita").goes_to("why").type_text("She has the case now").press("ctrl-s").press("esc");
    robot.expect_line("by Rita Lund").expect_no("who has left");
}

#[test]
fn m11_where_the_one_who_assures_has_left_whoever_is_named_to_stand_in_does_it() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let sm = name(&world, "SM", Side::Child);
    world.leaves(&sm);
    let found = super::listed::detail(&mut world);
    assert!(found.needs[0].1.ends_with("(child\u{2019}s SM), who has left") && found.next_is_gone(), "{:?}", found.needs);
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("3 3 enter").expect_line("Nobody can until somebody stands in");
    robot.press("esc 8 /").type_text("all ").type_text(&sm).press("enter").expect_row_selected(&sm).press("a");
    robot.expect_dialog(&format!("{sm} is away")).goes_to("until").instead("+30").goes_to("deputy").type_text("hana owen");
    robot.press("ctrl-s").expect_notice("H. Owen stands in");
    let mut world = robot.into_world();
    let answers = super::answers(&[("safety", "Safe"), ("quality", "Weak")]);
    world.do_("Hana Owen", Deed::Alert(AlertDeed::Assure { alert: FIRST, answers, urgent: Vec::new() }));
    assert!(alert(&world).assured_at().is_some());
    world.refused_to("Ida Ross", acknowledge());
}

#[test]
fn t43_leaving_at_the_question_of_an_alert_leads_back_to_the_sheet_it_was_opened_from() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let sm = name(&world, "SM", Side::Child);
    let mut robot = Robot::sits_down(world, LARGE).with_the_question();
    robot.press("8 /").type_text(&sm).press("enter").expect_row_selected(&sm).press("enter").expect_dialog(&sm);
    for _ in 0..40 {
        if robot.app().held_at_hand().is_some_and(|row| matches!(row.what, Held::Strip(_))) {
            break;
        }
        robot.press("j");
    }
    robot.press("enter").expect_line("do you have an interest").press("esc").expect_dialog(&sm);
}

#[test]
fn m10_an_addressee_who_has_left_is_marked_with_how_somebody_stands_in() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let sm = name(&world, "SM", Side::Child);
    let tm = name(&world, "TM", Side::Child);
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("3 3 enter").expect_line("not yet").expect_no("has left");
    let mut world = robot.into_world();
    world.leaves(&tm);
    assert_ne!(sm, tm);
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("3 3 enter").expect_line("has left");
    for _ in 0..10 {
        let flat = robot.frame().replace('\u{2502}', " ").split_whitespace().collect::<Vec<_>>().join(" ");
        if flat.contains("on them (/all) names who stands in") {
            return;
        }
        robot.press("j");
    }
    panic!("no row says who stands in:\n{}", robot.frame());
}
