//! What the panel room looks like to the chair, a member and somebody who has left, over a made-up council that is always the same.

use crate::support::driver::Robot;
use crate::support::world::World;
use closeloop::app::command::Command;
use closeloop::domain::deed::{Deed, PanelDeed};
use closeloop::domain::interest::InterestKind;
use closeloop::domain::panel::{Scoring, SittingWanted};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (160, 48)];
const NAMES: [&str; 4] = ["Sam Miller", "Hana Owen", "Hugo Lane", "Sita Moran"];

/// A sealed sitting of four, two items waiting; one member is recused from the second, and the others have nothing to declare.
fn planned() -> World {
    let mut world = unasked();
    for name in NAMES.into_iter().chain(["Amina Khan"]) {
        for reference in ["CR-0001", "CR-0002"] {
            let review = world.id(reference);
            let _ = world.try_(name, Deed::NothingToDeclare { review });
        }
    }
    world
}

/// The same before anybody was asked.
fn unasked() -> World {
    let mut world = World::ready();
    world.through_as("CR-0001", "completed", 9).through_as("CR-0002", "completed", 2);
    world.declare("Hana Owen", "CR-0002", InterestKind::Involvement);
    world.at("2026-11-24T10:00:00Z");
    let members = NAMES.iter().map(|name| world.person(name)).collect();
    let usual = SittingWanted::on(world.today(), "10:00", Some(world.person(NAMES[0])));
    let wanted = SittingWanted { members, scoring: Some(Scoring::Sealed), minutes_each: 20, ..usual };
    world.do_("Amina Khan", Deed::Panel(PanelDeed::Plan(wanted)));
    world
}

/// The same with the second item on the table and two scores of three in.
fn sits() -> World {
    let mut world = planned();
    let panel = world.store.reading().sittings(world.today(), 10).unwrap()[0].panel.id;
    let present = world.sitting(panel).panel.members;
    world.do_("Sam Miller", Deed::Panel(PanelDeed::Begin { panel, present }));
    let deed = world.opens(panel, "CR-0002");
    world.do_("Sam Miller", deed);
    for (name, point) in [("Sam Miller", 3), ("Hugo Lane", 6)] {
        world.at("2026-11-24T10:12:00Z");
        scores(&mut world, name, point);
    }
    world
}

fn scores(world: &mut World, name: &str, point: u8) {
    let panel = world.store.reading().sittings(world.today(), 10).unwrap()[0].panel.id;
    let review = world.id("CR-0002");
    world.do_(name, Deed::Panel(PanelDeed::Score { panel, review, scaling: Some(point), grade: None, note: String::new() }));
}

fn at_each_size(name: &str, world: fn() -> World, who: &str, keys: &str) {
    for size in SIZES {
        let mut robot = Robot::somebody(world(), size, who);
        robot.press_command(Command::ViewSitting).press(keys);
        insta::assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), robot.frame());
    }
}

#[test]
fn the_sittings_and_a_planned_one() {
    let mut robot = Robot::somebody(planned(), SIZES[1], "Amina Khan");
    insta::assert_snapshot!("sittings_120x40", robot.press_command(Command::ViewSitting).frame());
    at_each_size("sitting_planned", planned, "Amina Khan", "enter");
}

#[test]
fn whoever_reads_a_case_for_the_first_time_is_asked_first() {
    for size in SIZES {
        let mut robot = Robot::sits_down_as(unasked(), size, "Sita Moran");
        robot.press_command(Command::ViewSitting).press("enter tab");
        insta::assert_snapshot!(format!("sitting_asks_{}x{}", size.0, size.1), robot.frame());
    }
}

#[test]
fn a_member_scores_what_is_on_the_table() {
    at_each_size("sitting_member", sits, "Sita Moran", "tab");
}

#[test]
fn the_chair_sees_the_spread() {
    fn open() -> World {
        let mut world = sits();
        scores(&mut world, "Sita Moran", 2);
        world
    }
    at_each_size("sitting_spread", open, "Sam Miller", "tab");
    let mut robot = Robot::somebody(open(), SIZES[0], "Sam Miller");
    insta::assert_snapshot!("sitting_people_80x24", robot.press_command(Command::ViewSitting).press("tab tab").frame());
    insta::assert_snapshot!("sitting_decide_80x24", robot.press_command(Command::DecideItem).frame());
}

#[test]
fn somebody_who_has_left_is_told_nothing_of_the_item() {
    at_each_size("sitting_withheld", sits, "Hana Owen", "tab");
}

#[test]
fn who_leaves_is_named_at_the_door() {
    let mut world = planned();
    let panel = world.store.reading().sittings(world.today(), 10).unwrap()[0].panel.id;
    let present = world.sitting(panel).panel.members;
    world.do_("Sam Miller", Deed::Panel(PanelDeed::Begin { panel, present }));
    let mut robot = Robot::somebody(world, SIZES[0], "Sam Miller");
    robot.press_command(Command::ViewSitting).press("G").press_command(Command::PutOnTable);
    insta::assert_snapshot!("sitting_door_80x24", robot.frame());
}

#[test]
fn how_far_people_agree_is_said_in_the_room() {
    let decided = || {
        let mut world = World::ready();
        for (reference, scaling) in ["CR-0001", "CR-0002", "CR-0003"].into_iter().zip([9, 2, 10]) {
            world.through_as(reference, "returned", scaling);
        }
        world.at("2026-11-24T10:00:00Z");
        world
    };
    for size in SIZES {
        let mut robot = Robot::somebody(decided(), size, "Amina Khan");
        robot.press_command(Command::ViewSitting).press("esc").press_command(Command::ViewPanel).press_command(Command::Agreement);
        insta::assert_snapshot!(format!("agreement_{}x{}", size.0, size.1), robot.frame());
    }
    let mut robot = Robot::somebody(decided(), SIZES[0], "Amina Khan");
    robot.press_command(Command::ViewSitting).press_command(Command::Agreement).expect_line("too few to estimate");
}
