//! Finding a person or a case by typing: what is saved is what the screen shows.

use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::World;
use closeloop::app::form::Input;
use closeloop::domain::id::PersonId;

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

#[test]
fn of_several_who_match_equally_nobody_is_taken_before_somebody_is_pointed_at() {
    let mut robot = Robot::sits_down(World::ready(), SMALL);
    robot.opens("CR-0001").press("+").goes_to("text").type_text("Bring the chronology").goes_to("owner");
    // Hana Owen, Hugo Lane and every head of service: as likely meant, one as the other.
    robot.press("ctrl-u").type_text("h").press("tab").expect_line("several match; choose one");
    robot.press("ctrl-s").expect_line("people match that equally").goes_to("owner").press("down enter").expect_no("several match");
    robot.press("ctrl-s").expect_no_dialog().expect_notice("A-0001 raised");
}

#[test]
fn each_word_typed_has_a_word_of_the_name_to_itself_and_beginnings_come_first() {
    let people = ["Blodwen Fennelden, TM", "Oda Blodwenson, SM", "Blodwen Otterferry, TM"];
    let people = people.into_iter().enumerate().map(|(place, name)| (PersonId(place as i64), name.to_string())).collect();
    let mut input = Input::Person { people, typed: String::new(), chosen: None, at: 0 };
    let mut found = |words: &str| -> Vec<i64> {
        let Input::Person { typed, .. } = &mut input else { panic!() };
        *typed = words.into();
        input.matching().into_iter().map(|(id, _)| id.0).collect()
    };
    assert_eq!(found("Blodwen O"), [2, 1, 0], "in order, then in another, then letters within");
    assert_eq!(found("blod"), [0, 1, 2]);
    assert_eq!(found("otter"), [2]);
    assert_eq!(found("ferry"), [2]);
    assert!(found("zzz").is_empty());
}

#[test]
fn whoever_the_case_is_likely_about_is_offered_before_all_others() {
    let mut world = World::ready();
    world.through_as("CR-0001", "completed", 2);
    let (worker, reviewer) = {
        let facts = world.review("CR-0001");
        (facts.review.practitioner.unwrap(), facts.reviewer.unwrap())
    };
    let manager = world.store.reading().person(worker).unwrap().unwrap().line_manager.unwrap();
    let mut robot = Robot::sits_down(world, SMALL);
    let offered = |robot: &Robot, key: &str| -> Vec<PersonId> {
        let field = robot.form().fields.iter().find(|field| field.key == key).unwrap().clone();
        let Input::Person { people, .. } = field.input else { panic!() };
        people.into_iter().map(|(person, _)| person).collect()
    };
    robot.opens("CR-0001").press("+").expect_dialog("What needs to happen");
    let first = offered(&robot, "owner");
    assert_eq!(first[..2], [worker, manager]);
    // After them the manager of the team that held the case, and the reviewer.
    assert!(first[2..4].contains(&reviewer), "{first:?}");
    assert_eq!(first.iter().collect::<std::collections::BTreeSet<_>>().len(), first.len(), "nobody twice");
    // The same where an urgent action comes out of an alert.
    let sm = robot.world.store.reading().alert(closeloop::domain::id::AlertId(1)).unwrap().unwrap();
    let holder = sm.addressees.iter().find(|one| one.role == "SM").and_then(|one| one.person).unwrap();
    let name = robot.world.store.reading().person(holder).unwrap().unwrap().name;
    let mut own = Robot::somebody(robot.into_world(), SMALL, &name);
    own.press("3 enter s").expect_dialog("Assurance on CR-0001");
    assert_eq!(offered(&own, "u1-owner")[..2], [worker, manager]);
}
