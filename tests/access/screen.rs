//! T43 on the screen: a command that somebody's role does not allow says so, and by which role it would be.

use super::scope::council;
use crate::support::council::PEOPLE;
use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::World;
use closeloop::app::available::Availability;
use closeloop::app::command::TABLE;
use closeloop::app::rights::needs;
use closeloop::domain::access::Access;
use closeloop::domain::deed::{Deed, PanelDeed};
use closeloop::domain::panel::SittingWanted;
use closeloop::domain::query::{Answered, OutOfSight, Query};

#[test]
fn t43_the_screen_refuses_exactly_what_the_role_does_not_allow() {
    let framework = closeloop::profiles::parse(crate::support::world::merton_text(), "merton").unwrap();
    for (name, _, _, _, login, _) in PEOPLE {
        if login.is_empty() {
            continue;
        }
        let robot = Robot::somebody(council(), LARGE, name);
        let person = robot.world.store.reading().person_by_login(login).unwrap().unwrap();
        let access = Access::of(&framework, &person, &[]);
        for command in TABLE.iter().map(|row| row.command) {
            let Some(right) = needs(command) else { continue };
            let said = match robot.station.app.availability(command) {
                Availability::Yes => String::new(),
                Availability::No(why) => why,
            };
            assert_eq!(!access.may(right), said.contains("no right to"), "{name} {command:?}: {said}");
            assert!(access.may(right) || said.contains("Ask: "), "{said}");
        }
    }
}

#[test]
fn t43_the_panel_room_of_who_sees_one_team_does_not_say_that_nothing_waits() {
    let mut world = council();
    let tess = world.person("Tess Young");
    let seen = super::scope::expected(&world, tess);
    let other = world.references().into_iter().find(|reference| !seen.contains(&world.id(reference))).unwrap();
    world.through_as(&other, "completed", 1);
    let wanted = SittingWanted::on("2026-11-24".parse().unwrap(), "10:00", Some(world.person("Iris Tamm")));
    world.do_("Amina Khan", Deed::Panel(PanelDeed::Plan(wanted)));
    let mut amina = Robot::sits_down(world, LARGE);
    amina.press("0 enter").expect_line(&other).expect_line("0 of 1 done");
    let mut tess = Robot::somebody(amina.into_world(), LARGE, "Tess Young");
    tess.press("0").expect_line("none you see").press("enter").expect_line("Nothing that you see (your team) waits");
    tess.expect_line("none you see").expect_no(&other).expect_no("of 0 done").expect_no("appears here by itself");
    tess.press("enter").expect_notice("It may hear other cases");
}

#[test]
fn t43_whoever_sees_no_open_review_is_not_told_that_there_is_none_nor_to_do_what_is_not_theirs() {
    let world = council();
    let blind = |login: &str, name: &str| !login.is_empty() && super::scope::expected(&world, world.person(name)).is_empty();
    let (name, ..) = PEOPLE.iter().find(|(name, _, _, _, login, _)| blind(login, name)).unwrap();
    let mut robot = Robot::somebody(world, LARGE, name);
    robot.press("1").expect_line("No review that you see (").expect_no("open one, draw its sample").expect_no("No review is open");
    robot.press("5").expect_line("The sample is drawn; none of it is among what you see").expect_no("to draw the sample");
}

#[test]
fn t43_before_the_first_cycle_whoever_may_not_open_one_is_told_who_does() {
    let mut hana = Robot::somebody(World::as_written_with_cases(crate::support::world::merton_text()), LARGE, "Hana Owen");
    hana.expect_line("No cycle is open").expect_no("press 5").press("5").expect_line("Who opens one: Insights coordinator");
    hana.expect_no("to open one");
    let mut amina = Robot::somebody(hana.into_world(), LARGE, "Amina Khan");
    amina.expect_line("Open a cycle: press 5").press("5").expect_line("to open one");
}

#[test]
fn t43_how_far_a_cycle_has_come_is_the_whole_council_s_and_is_called_so_to_whoever_sees_a_part() {
    let of_nobody =
        |world: &World, login: &str, name: &str| !login.is_empty() && super::scope::expected(world, world.person(name)).is_empty();
    for size in [SMALL, LARGE] {
        let world = council();
        let all = world.references().len();
        let (name, ..) = PEOPLE.iter().find(|(name, _, _, _, login, _)| of_nobody(&world, login, name)).unwrap();
        let mut robot = Robot::somebody(world, size, name);
        robot.expect_line(", whole council]").press("5").expect_line("Whole council").expect_line("0 reviews that you see");
        // Of the plan of the year it is no different: what is drawn is not said to be undrawn because none of it is theirs.
        robot.press("y").expect_line("whole council").expect_line(&format!("0 of {all}")).expect_no("not drawn");
        let mut amina = Robot::sits_down(robot.into_world(), size);
        amina.expect_no("whole council").press("5").expect_line("Done").expect_no("that you see");
        amina.press("y").expect_no("whole council").expect_line(&format!("0 of {all}"));
    }
}

#[test]
fn t43_whoever_sees_a_part_sees_all_phases_where_others_do() {
    let world = council();
    let of_nobody = |login: &str, name: &str| !login.is_empty() && super::scope::expected(&world, world.person(name)).is_empty();
    let (name, ..) = PEOPLE.iter().find(|(name, _, _, _, login, _)| of_nobody(login, name)).unwrap();
    // Too narrow for the count and whose it is, wide enough for the strip.
    let mut robot = Robot::somebody(world, (135, 40), name);
    robot
        .expect_line(" only")
        .expect_line("Plan \u{2713} Sample \u{2713}")
        .expect_line("Moderate Return Finalise Report Close")
        .expect_no("whole council");
}

#[test]
fn t43_whoever_sees_a_part_is_not_told_that_nothing_waits_or_is_open() {
    let world = council();
    let of_nobody = |login: &str, name: &str| !login.is_empty() && super::scope::expected(&world, world.person(name)).is_empty();
    let (name, ..) = PEOPLE.iter().find(|(name, _, _, _, login, _)| of_nobody(login, name)).unwrap();
    let mut robot = Robot::somebody(world, LARGE, name);
    for (pane, said) in [("2", "Nothing that you see ("), ("3", "lert that you see ("), ("4", "No action that you see (")] {
        robot.press(pane).press(pane).expect_line(said);
    }
}

#[test]
fn t43_a_case_on_the_table_that_is_none_of_theirs_is_not_called_one_they_are_recused_from() {
    let on_the_table = || {
        let mut world = council();
        let seen = super::scope::expected(&world, world.person("Tess Young"));
        let other = world.references().into_iter().find(|reference| !seen.contains(&world.id(reference))).unwrap();
        world.through_as(&other, "completed", 1);
        let panel = world.sits();
        let deed = world.opens(panel, &other);
        world.do_("Iris Tamm", deed);
        (world, panel, other)
    };
    let (mut world, panel, _) = on_the_table();
    let Answered::Sitting(detail) = world.answer_to("Tess Young", &Query::Sitting(panel)).unwrap() else { panic!() };
    assert_eq!((detail.withheld, detail.item.is_none(), detail.sitting.item), (Some(OutOfSight::Beyond), true, None));
    for size in [SMALL, LARGE] {
        let (world, _, other) = on_the_table();
        let mut robot = Robot::somebody(world, size, "Tess Young");
        robot.press("0").expect_line("a case that is not yours").expect_line("none of the cases that you see");
        robot.expect_no("recused").expect_no(&other);
    }
}
