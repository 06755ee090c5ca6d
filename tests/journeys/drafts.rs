//! A line that drops in the middle of a text: what was typed is offered back, and never put over newer text in silence.

use crate::support::driver::{Robot, SMALL};
use crate::support::world::World;
use closeloop::app::record::Section;
use closeloop::domain::review::AnswerValue;

fn typing() -> Robot {
    let mut robot = Robot::sits_down(World::ready(), SMALL);
    robot.opens("CR-0001").press("l l enter").expect_dialog("CR-0001 \u{b7} Strengths").type_text("She is heard\nat school");
    robot
}

fn strengths(robot: &Robot) -> Option<String> {
    robot.world.review("CR-0001").answers.get("n/strengths").map(|answer| answer.value.text().to_string())
}

#[test]
fn a_text_that_was_not_saved_is_offered_and_opens_in_its_form() {
    let mut robot = typing().loses_the_line();
    robot.expect_dialog("Text that was typed and not saved").expect_line("She is heard");
    assert_eq!(strengths(&robot), None, "nothing is put back by itself");
    robot.press("enter").expect_dialog("CR-0001 \u{b7} Strengths").expect_line("She is heard").expect_line("at school");
    robot.press("ctrl-s").expect_no_dialog().expect_row_selected("Strengths");
    assert_eq!(robot.app().record.as_ref().unwrap().section, Section::Narrative, "the person is where the text was typed");
    assert_eq!(strengths(&robot).as_deref(), Some("She is heard\nat school"));
    robot.loses_the_line().expect_no_dialog();
}

#[test]
fn t43_what_somebody_typed_under_an_earlier_login_is_offered_under_the_one_they_have_now_and_to_nobody_else() {
    use closeloop::domain::deed::{Deed, PeopleDeed};
    use closeloop::domain::person::PersonWanted;
    let mut robot = Robot::somebody(World::ready(), SMALL, "Iris Tamm");
    robot.opens("CR-0001").press("l l enter").expect_dialog("CR-0001 \u{b7} Strengths").type_text("She is heard");
    let mut world = robot.goes_home();
    let wanted = PersonWanted { login: Some("iris.new".into()), ..Default::default() };
    let person = world.person("Iris Tamm");
    let seen = world.store.reading().person_revision(person).unwrap().unwrap();
    world.do_("Ivo Smith", Deed::People(PeopleDeed::Change { person, seen, wanted }));
    let mut other = Robot::sits_down(world, SMALL);
    other.expect_no_dialog();
    let mut robot = Robot::somebody_again(other.goes_home(), SMALL, "Iris Tamm");
    robot.expect_dialog("Text that was typed and not saved").expect_line("She is heard");
}

#[test]
fn over_newer_text_both_are_shown_and_nothing_is_overwritten_in_silence() {
    let mut robot = typing();
    let newer = robot.world.edit("CR-0001", "n/strengths", Some(AnswerValue::Text("Courage".into())));
    robot.world.do_("Amina Khan", newer);
    let mut robot = robot.loses_the_line();
    robot.press("enter").expect_line("Saved meanwhile:").expect_line("Courage").expect_line("She is heard");
    robot.expect_notice("Somebody saved newer text since your draft of 09:30.");
    assert_eq!(strengths(&robot).as_deref(), Some("Courage"));
    robot.press("esc").expect_no_dialog();
    assert_eq!(strengths(&robot).as_deref(), Some("Courage"));
}

#[test]
fn a_draft_can_be_thrown_away() {
    let mut robot = typing().loses_the_line();
    robot.press("D").expect_notice("It cannot be undone.").press("k").expect_dialog("Text that was typed and not saved");
    robot.press("D").expect_dialog("Text that was typed and not saved").expect_notice("It cannot be undone.");
    robot.press("D").expect_no_dialog().expect_notice("The draft was thrown away.");
    robot.loses_the_line().expect_no_dialog();
}

#[test]
fn a_form_that_was_left_offers_its_text_when_it_is_opened_again() {
    let mut robot = typing();
    robot.press("esc").expect_notice("What you typed is kept as a draft").press("enter").expect_line("She is heard");
}

#[test]
fn a_draft_of_a_form_without_a_record_comes_back_too() {
    let mut robot = Robot::sits_down(World::council(), SMALL);
    robot.press("5 o").goes_to("focus").type_text("Neglect in teenage years");
    let mut robot = robot.loses_the_line();
    robot.press("enter").expect_dialog("Open a cycle").expect_line("Neglect in teenage years");
}

#[test]
fn what_was_being_written_about_an_alert_is_offered_back_with_the_alert_and_let_go_with_its_case() {
    let mut world = World::ready();
    world.through("CR-0001", "family-contact").at("2026-11-12T10:00:00Z").fill("CR-0001", 2);
    let mut robot = Robot::sits_down(world, SMALL);
    robot.opens("CR-0001").press("f enter").type_text("submit").press("enter").expect_no_dialog();
    robot.press("esc esc 3 enter d").expect_dialog("AL-0001 \u{b7} Dispute the level of concern").type_text("The visits were made");
    let mut robot = robot.loses_the_line();
    robot.expect_dialog("Text that was typed and not saved").expect_line("The visits were");
    robot.press("enter").expect_dialog("AL-0001 \u{b7} Dispute the level of concern").expect_line("The visits were made");
    // Whoever is recused meanwhile is offered nothing of it.
    robot.world.declare("Amina Khan", "CR-0001", closeloop::domain::interest::InterestKind::Family);
    robot.loses_the_line().expect_no_dialog().expect_no("The visits were made");
}
