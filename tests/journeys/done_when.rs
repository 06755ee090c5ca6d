//! The whole way of issue 2 by keyboard at 80x24: from an imported Annex A to a review that is finalised.

use crate::support::driver::{Robot, SMALL};
use crate::support::world::{World, file, merton_text, utc};
use closeloop::app::command::Command;
use closeloop::domain::deed::Deed;
use closeloop::intake::annex_a;
use std::path::Path;

/// Merton's framework, the people, and the public sample of Annex A.
fn imported() -> World {
    let mut world = World::staffed(merton_text());
    world.now = utc("2026-11-05T09:30:00Z");
    let framework = closeloop::profiles::parse(merton_text(), "merton").unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/annex_a_sample.xlsx");
    let extract = annex_a::read(&path, &framework.case_types, world.today(), &mut |_, _| {}).unwrap();
    let annex_a::Extract { rows, closed, covered, frame_date, .. } = extract;
    world.do_("Amina Khan", Deed::ImportFrame { rows, closed, covered, frame_date, file: file("annex_a_sample.xlsx", 'c') });
    world
}

fn opens_draws_and_allocates(robot: &mut Robot) {
    robot.expect_line("Open a cycle: press 5").press("5").expect_line("No cycle has been opened. Press o");
    robot.press("o").expect_dialog("Open a cycle").expect_line("1 Nov 2026");
    robot.goes_to("focus").type_text("Neglect").goes_to("reason").type_text("p").press("ctrl-s");
    robot.expect_no_dialog().expect_notice("Cycle 2026-11 opened").expect_line("5 Cycle November 2026");
    robot.press("d").expect_dialog("Draw the sample of November 2026").expect_line("22 cases in the frame");
    robot.instead("6").press("ctrl-s").expect_dialog("Draw the sample of 2026-11").expect_line("6 cases will be drawn");
    robot.type_text("draw").press("enter").expect_notice("6 cases drawn with seed").expect_line("nobody yet");
    robot.press("a").expect_dialog("Proposed reviewers").expect_line("6 of 6 have a reviewer");
    robot.press("ctrl-s").expect_notice("6 reviews allocated").expect_no("nobody yet");
}

fn takes_every_step_up_to_the_form(robot: &mut Robot) {
    robot.press("1").expect_row_selected("CR-0001").press("enter").expect_line("CR-0001").expect_row_selected("Book the conversation");
    robot.at("2026-11-06T10:00:00Z").press("e").expect_dialog("CR-0001 \u{b7} Book the conversation");
    robot.goes_to("v/how").type_text("i").goes_to("v/booked-for").type_text("9 nov").press("ctrl-s").expect_no_dialog();
    robot.at("2026-11-09T10:00:00Z").press("e").expect_dialog("CR-0001 \u{b7} Learning conversation");
    robot.goes_to("v/who").type_text("The worker and I").goes_to("v/reflections").type_text("She would visit sooner");
    robot.press("ctrl-s").expect_no_dialog();
    robot.at("2026-11-10T10:00:00Z").press("e").expect_dialog("CR-0001 \u{b7} Speak with the family");
    robot.goes_to("v/who").type_text("a").goes_to("v/how").type_text("b").goes_to("v/said").type_text("They listened to us");
    robot.press("ctrl-s").expect_no_dialog();
}

fn fills_in_the_form_and_submits(robot: &mut Robot) {
    robot.at("2026-11-12T10:00:00Z").press("e").expect_notice("First fill in what is missing");
    for area in ["Assessment", "Plan", "Voice", "Relationships", "Multi-agency", "Supervision"] {
        robot.expect_row_selected(area).press("enter").expect_dialog("CR-0001").answer_all("7", "It names neglect early");
        robot.press("ctrl-s").expect_no_dialog().press("j");
    }
    robot.press("l");
    for heading in ["Strengths", "Areas for improvement", "Impact", "Child\u{2019}s voice"] {
        let plain = heading.replace('\u{2019}', "'");
        robot.expect_row_selected(&plain).press("enter").type_text("Seen in the record\nand told by the child").press("ctrl-s");
        robot.expect_no_dialog().press("j");
    }
    robot.press("l enter").expect_dialog("CR-0001 \u{b7} Overall judgement").type_text("7").press("ctrl-s").expect_no_dialog();
    robot.press("+").expect_dialog("CR-0001 \u{b7} What needs to happen").type_text("Chronology brought up to date");
    robot.goes_to("owner").type_text("noor").expect_row_selected("Noor Carter").press("enter").goes_to("due").type_text("+14");
    robot.press("ctrl-s").expect_no_dialog().expect_notice("A-0001 raised, due 26 November");
    robot.press("f").expect_line("Everything is there.").press("enter").expect_dialog("Submit CR-0001").expect_line("Good, scaling 7");
    robot.press("enter").expect_dialog("Submit CR-0001").type_text("submit").press("enter").expect_no_dialog();
    robot.expect_notice("Good");
}

fn returns_and_finalises(robot: &mut Robot) {
    robot.at("2026-11-16T10:00:00Z").press("e").expect_dialog("CR-0001 \u{b7} Return the review");
    robot.goes_to("v/reflection-offered").type_text("y").press("ctrl-s").expect_no_dialog();
    robot.at("2026-11-18T10:00:00Z").press("e").expect_no_dialog().expect_notice("opens on 21 November");
    robot.at("2026-11-21T10:00:00Z").press("e").expect_dialog("CR-0001 \u{b7} Put it on Mosaic");
    robot.goes_to("v/added-on").type_text("today").goes_to("v/tm-assurance").type_text("Read and agreed").press("ctrl-s");
    robot.expect_no_dialog().expect_line("finalised");
}

#[test]
fn a_coordinator_brings_a_case_of_the_sample_to_finalised() {
    let mut robot = Robot::sits_down(imported(), SMALL);
    opens_draws_and_allocates(&mut robot);
    takes_every_step_up_to_the_form(&mut robot);
    fills_in_the_form_and_submits(&mut robot);
    returns_and_finalises(&mut robot);
    robot.world.assert_verified();
    let history = robot.world.history("CR-0001");
    assert!(history.iter().any(|row| row.actor.contains("Khan")), "{history:#?}");
    let said: Vec<&str> = history.iter().map(|row| row.what.as_str()).collect();
    for wanted in ["llocated", "Book the conversation", "Learning conversation", "Speak with the family", "ubmitted", "eturned", "inalised"]
    {
        assert!(said.iter().any(|line| line.contains(wanted)), "{wanted} is not in the history: {said:#?}");
    }
    robot.press_command(Command::PreviousSection).press_command(Command::PreviousSection);
    robot.resize(160, 48).press("l l l").is_finalised(&["Good"]);
    assert!(robot.app().record.is_some());
}
