//! Whoever adds something looks for it next: the cursor of the list that shows it goes there by itself.

use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::{World, day, file};
use closeloop::domain::deed::{Deed, PanelDeed};
use closeloop::domain::intake::{PersonRow, Place};
use closeloop::domain::panel::SittingWanted;

fn adds(robot: &mut Robot, name: &str) {
    robot.press("+").expect_dialog("Somebody new on the list of people").type_text(name).goes_to("role").press("right").press("ctrl-s");
    robot.expect_no_dialog().expect_notice(&format!("{name} added as"));
}

#[test]
fn after_adding_somebody_the_cursor_is_on_them_among_namesakes_and_whatever_the_list_was_narrowed_to() {
    let mut robot = Robot::sits_down(World::ready(), SMALL);
    robot.press("8").expect_row_selected("Ruth Adams");
    adds(&mut robot, "Vera Zoller");
    robot.expect_row_selected("Vera Zoller");
    adds(&mut robot, "Aron Abel");
    robot.expect_row_selected("Aron Abel");
    // Of two with one name it is the new one.
    adds(&mut robot, "Tara Moss");
    let newest = robot.app().people.current().unwrap().id;
    assert_eq!(newest, robot.world.store.reading().people().unwrap().last().unwrap().id);
    // The list was narrowed to somebody else.
    robot.press("/").type_text("carter").press("enter").expect_row_selected("Noor Carter");
    adds(&mut robot, "Milo Quist");
    robot.expect_row_selected("Milo Quist").expect_line("Pia Stone");
    // From then on the cursor is theirs to move, and a save elsewhere leaves it where it is.
    robot.press("g").expect_row_selected("Aron Abel").press("ctrl-r").expect_row_selected("Aron Abel");
}

#[test]
fn among_hundreds_of_people_who_were_never_read_the_cursor_goes_there_all_the_same() {
    let mut world = World::ready();
    let row = |number: u32| PersonRow {
        name: format!("Pat {}{}", char::from(b'a' + u8::try_from(number % 26).unwrap()), "x".repeat(1 + (number / 26) as usize)),
        role: Some("SW".into()),
        source: Place::file("many.csv"),
        ..PersonRow::default()
    };
    world.do_("Amina Khan", Deed::ImportPeople { rows: (0..390).map(row).collect(), file: file("many.csv", 'e') });
    let mut robot = Robot::sits_down(world, SMALL);
    robot.press("8");
    assert!(robot.app().people.more.1, "not all of them were read");
    adds(&mut robot, "Pat Zzz");
    robot.expect_row_selected("Pat Zzz").press("k k").expect_no("nobody in the list");
    adds(&mut robot, "Pat Mm");
    robot.expect_row_selected("Pat Mm").press("j").press("k").expect_row_selected("Pat Mm");
    robot.press("g").expect_no("Pat Mm");
}

#[test]
fn after_planning_a_sitting_the_cursor_is_on_it() {
    let mut world = World::ready();
    let chair = Some(world.person("Iris Tamm"));
    for on in ["2026-12-01", "2026-12-15"] {
        world.do_("Amina Khan", Deed::Panel(PanelDeed::Plan(SittingWanted::on(day(on), "10:00", chair))));
    }
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("0").expect_row_selected("1 Dec");
    robot.press("o").expect_dialog("Plan a sitting").goes_to("on").instead("2026-12-08").goes_to("chair").type_text("iris").press("ctrl-s");
    robot.expect_no_dialog().expect_row_selected("8 Dec");
}

#[test]
fn after_raising_an_action_the_cursor_is_on_it_in_the_record_and_in_the_plan() {
    let mut world = World::ready();
    world.through("CR-0001", "contact");
    for text in ["Bring the chronology up to date", "Write to the school"] {
        world.raises_action("CR-0001", "Tara Moss", text);
    }
    let mut robot = Robot::sits_down(world, LARGE);
    robot.opens("CR-0001").press("tab tab tab tab").expect_line("A-0001");
    robot.press("+").type_text("Visit the grandparents").goes_to("owner").type_text("tara").press("ctrl-s");
    robot.expect_no_dialog().expect_notice("A-0003").expect_row_selected("A-0003");
    robot.press("esc 5 p");
    for text in ["Workshop on chronologies", "A checklist for visits"] {
        robot.press("+").expect_dialog("Wider action").type_text("Chronologies stop early").goes_to("text").type_text(text);
        robot.goes_to("owner").type_text("Tom Ward").press("enter ctrl-s").expect_row_selected(text);
    }
    robot
        .press("c")
        .expect_dialog("General concern")
        .type_text("Letters come late")
        .press("ctrl-s")
        .expect_row_selected("Letters come late");
}

#[test]
fn after_noting_an_entry_the_cursor_is_on_it_also_where_an_older_day_was_given() {
    let text = closeloop::profiles::builtin().iter().find(|(known, _)| *known == "merton").unwrap().1;
    let mut world = World::under(text);
    world.at("2026-11-19T14:00:00Z");
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("9 enter");
    for (on, what) in [("2026-11-18", "Chronologies"), ("2026-11-02", "Genograms"), ("2026-11-10", "Visits")] {
        robot
            .press("+")
            .expect_dialog("Other quality assurance activity")
            .goes_to("on")
            .instead(on)
            .press("tab right")
            .goes_to("v/subject")
            .type_text(what);
        robot.press("ctrl-s").expect_notice("noted for").press("esc").expect_no_dialog();
        robot.expect_row_selected(what);
    }
}

#[test]
fn a_choice_is_found_by_the_letters_of_any_of_its_words_and_shows_what_there_is() {
    let mut robot = Robot::sits_down(World::ready(), SMALL);
    robot.press("8 +").goes_to("role").type_text("coo").expect_line("Insights coordinator");
    // One letter alone goes on to the next that begins with it, as before; an arrow begins anew.
    robot.press("right").type_text("h").expect_line("Head of service");
    // What does not fit beside the field stands below it.
    robot.press("esc").press("5 o").goes_to("reason").expect_line("Performance data");
}
