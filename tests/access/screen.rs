//! T43 on the screen: a command that somebody's role does not allow says so, and by which role it would be.

use super::scope::council;
use crate::support::council::PEOPLE;
use crate::support::driver::{LARGE, Robot};
use closeloop::app::available::Availability;
use closeloop::app::command::TABLE;
use closeloop::app::rights::needs;
use closeloop::domain::access::Access;

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
