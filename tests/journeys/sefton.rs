//! A month of thematic audits by keyboard: notices, an audit graded by area, returned and finalised. F01, F04, F06, F07, F21.

use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::World;
use closeloop::domain::grade::Grade;
use closeloop::domain::review::{AnswerValue, field};

/// November's audits drawn, allocated and announced in the last week of October.
fn drawn_and_announced(size: (u16, u16)) -> Robot {
    let mut world = World::run_by("sefton");
    world.at("2026-10-22T09:30:00Z");
    let mut robot = Robot::sits_down(world, size);
    robot.opens_a_cycle("1 nov 2026", "Neglect").expect_line("Sefton").draws_and_allocates(4);
    robot.press("N").expect_dialog("Who hears of it beforehand").press("ctrl-s").expect_line("people were told").press("ctrl-s");
    robot.expect_notice("written down as sent").press("esc").expect_no_dialog();
    robot
}

fn takes_the_conversations(robot: &mut Robot) {
    robot.at("2026-11-02T10:00:00Z").opens("TA-0001").steps("2026-11-02T10:00:00Z", "TA-0001 \u{b7} Book the conversation");
    robot.steps("2026-11-04T10:00:00Z", "TA-0001 \u{b7} Learning conversation");
    robot.at("2026-11-05T10:00:00Z").press("e").expect_dialog("TA-0001 \u{b7} Speak with IRO or chair");
    robot.goes_to("happened").press("right").goes_to("because").type_text("None is involved").press("ctrl-s").expect_no_dialog();
    robot.steps("2026-11-06T10:00:00Z", "TA-0001 \u{b7} Contact the family");
}

#[test]
fn f01_an_audit_is_graded_by_area_and_brought_to_finalised() {
    let mut robot = drawn_and_announced(SMALL);
    takes_the_conversations(&mut robot);
    robot.at("2026-11-12T10:00:00Z").press("e").expect_notice("First fill in what is missing").follows_the_finish_list(Grade::Good);
    robot.submits("The original judgement will be Good. It stands for good.");
    robot.steps("2026-11-16T10:00:00Z", "TA-0001 \u{b7} Return the audit");
    robot.steps("2026-11-17T10:00:00Z", "TA-0001 \u{b7} Load it onto the file");
    let review = robot.world.review("TA-0001");
    let kind = robot.world.detail("TA-0001").kind;
    for area in kind.areas.iter() {
        let given = review.answers.get(&field::area(&area.key)).map(|answer| answer.value.clone());
        assert_eq!(given, area.graded.then_some(AnswerValue::Grade(Grade::Good)), "{}", area.title);
    }
    assert_eq!(review.original.map(|judged| (judged.scaling, judged.grade)), Some((None, Grade::Good)));
    robot.resize(160, 48).is_finalised(&["Good"]);
}

#[test]
fn f06_the_finish_list_leads_to_the_area_that_has_no_grade_yet() {
    let mut robot = drawn_and_announced(LARGE);
    takes_the_conversations(&mut robot);
    robot.press("l");
    let areas = robot.world.detail("TA-0001").kind.areas.clone();
    // Everything but the grade of the last graded area.
    let last = areas.iter().filter(|area| area.graded).count() - 1;
    for (place, area) in areas.iter().enumerate() {
        robot.expect_row_selected(&area.title).press("enter").fills_in(Grade::RequiresImprovement);
        if place == last {
            robot.goes_to(&field::area(&area.key)).press("backspace");
        }
        robot.press("ctrl-s").expect_no_dialog().press("j");
    }
    let title = &areas[last].title;
    robot.press("g f").expect_line(&format!("{title}: the area has no grade.")).press("enter").expect_no_dialog();
    robot.expect_row_selected(title).press("enter").expect_dialog(&format!("TA-0001 \u{b7} {title}"));
}

#[test]
fn f07_what_is_recorded_and_not_graded_asks_for_no_grade() {
    let mut robot = drawn_and_announced(LARGE);
    robot.at("2026-11-04T10:00:00Z").opens("TA-0001").steps("2026-11-04T10:00:00Z", "TA-0001 \u{b7} Book the conversation");
    robot.press("e").expect_dialog("TA-0001 \u{b7} Learning conversation");
    assert!(robot.form().fields.iter().all(|field| !field.label.contains("rade")), "{:?}", robot.form().fields);
}

#[test]
fn f11_f12_an_audits_loop_is_closed_months_later_and_not_while_a_link_is_missing() {
    let mut robot = drawn_and_announced(LARGE);
    takes_the_conversations(&mut robot);
    robot.press("+").expect_dialog("TA-0001 \u{b7} What needs to happen").type_text("Bring the chronology up to date");
    robot.goes_to("owner").type_text("Noor Carter").press("enter ctrl-s").expect_notice("A-0001 raised");
    robot.at("2026-11-12T10:00:00Z").press("e").follows_the_finish_list(Grade::Good).submits("The original judgement will be Good.");
    robot.steps("2026-11-16T10:00:00Z", "TA-0001 \u{b7} Return the audit");
    robot.steps("2026-11-17T10:00:00Z", "TA-0001 \u{b7} Load it onto the file");
    // F12: every audit is tracked; both links are missing, and the list says which.
    robot.press("esc backspace").press("/").type_text("loop").press("enter").expect_line("actions +1: loop");
    // A month later the action is done, and seen by the team manager.
    robot.at("2026-12-14T10:00:00Z").world.is_done(1, "Noor Carter");
    let signed = robot.world.sign_off(1);
    robot.world.do_("Tara Moss", signed);
    robot.press("r").expect_line("discussion: loop").press("enter").expect_line("TA-0001");
    while !robot.frame().contains("The loop is open since") {
        robot.press("l");
    }
    robot.expect_line("not held yet");
    // Before the audit was handed in nothing can have been reflected on; in the next supervision it was.
    robot.press("F").goes_to("on").instead("2 nov 2026").goes_to("by").type_text("Tara Moss").press("enter");
    robot.goes_to("text").type_text("What helped, and what got in the way").press("ctrl-s");
    robot.expect_line("what follows it took place between").goes_to("on").instead("11 jan 2027");
    robot.at("2027-01-12T10:00:00Z").press("ctrl-s").expect_line("The loop is closed since 12 Jan 2027");
    // In June somebody looks whether it helped: what came back opens the loop again.
    robot.at("2027-06-20T10:00:00Z");
    let actions = robot.world.seen(&[1]);
    let effect = closeloop::domain::action::Effect::Recurred;
    let again = closeloop::domain::deed::ActionDeed::Revisit { actions, effect, seen: "Read the record of May".into() };
    robot.world.do_("Tara Moss", closeloop::domain::deed::Deed::Action(again));
    robot.press("r").expect_line("The loop is open since 20 Jun 2027");
    robot.world.assert_verified();
}
