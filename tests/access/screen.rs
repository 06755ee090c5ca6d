//! T43 on the screen: a command that somebody's role does not allow says so, and by which role it would be.

use super::scope::council;
use crate::support::council::PEOPLE;
use crate::support::driver::{LARGE, Robot};
use closeloop::app::available::Availability;
use closeloop::app::command::TABLE;
use closeloop::app::rights::needs;
use closeloop::domain::access::Access;
use closeloop::domain::deed::{Deed, PanelDeed};
use closeloop::domain::panel::SittingWanted;

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
