//! What the list of people looks like: somebody with what they hold, and the forms about them.

use crate::support::driver::Robot;
use crate::support::world::World;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (160, 48)];

fn at_each_size(name: &str, keys: &str) {
    for size in SIZES {
        let mut robot = Robot::sits_down(World::ready(), size);
        robot.press("8 /").type_text("tara").press("enter").press(keys);
        insta::assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), robot.frame());
    }
}

#[test]
fn somebody_with_what_they_hold() {
    at_each_size("people_one", "enter");
}

#[test]
fn what_is_written_of_somebody() {
    at_each_size("people_change", "c tab");
}

#[test]
fn somebodys_last_day() {
    at_each_size("people_end", "-");
}
