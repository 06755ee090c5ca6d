//! A dispute by keyboard: raised, talked over, formal, outside, late on day 21, to the Director, resolved. M14, C05, F18.

use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::World;
use closeloop::domain::deed::{Deed, DrpDeed};
use closeloop::domain::drp::{DrpKind, DrpWanted, StepWanted};
use closeloop::domain::id::DrpId;
use closeloop::domain::interest::InterestKind;

const REF: &str = "CR-0001";

/// Opens the form of what happened from the sheet, chooses by the first letters of the words, writes, and saves.
fn happened(robot: &mut Robot, choose: &str, words: &str) {
    robot.press("enter").expect_dialog("DR-0001 \u{b7} What happened").press(choose).goes_to("text").type_text(words).press("ctrl-s");
    robot.expect_dialog("DR-0001 \u{b7} dispute about CR-0001").expect_line(words);
}

#[test]
fn m14_c05_a_dispute_from_raised_to_day_20_late_to_the_director_outside_and_resolved() {
    let mut world = World::ready();
    world.at("2026-11-30T09:00:00Z");
    let mut robot = Robot::somebody(world, SMALL, "Ida Ross");
    robot.opens(REF).press("D").expect_dialog("CR-0001 \u{b7} Raise a dispute").expect_line("20 working days");
    robot.goes_to("what").type_text("The plan drifts").goes_to("wanted").type_text("A date for the move").press("ctrl-s");
    robot.expect_no_dialog().expect_notice("DR-0001 raised by I. Ross").expect_line("reviewer Iris Tamm   DR-0001 open").press("esc");
    robot
        .expect_line("! 1 dispute open")
        .press("3")
        .expect_line("DR-0001")
        .expect_line("informal")
        .expect_line("next: talk it over informally");

    robot.press("enter").expect_dialog("DR-0001 \u{b7} dispute about CR-0001").expect_line("none yet: the formal part has 20 working");
    robot.expect_line("Enter writes down what happened next: first it is talked over informally");
    happened(&mut robot, "t", "With the manager, no date was given");
    robot.expect_line("Informal attempt");

    robot.at("2026-12-02T16:00:00Z");
    happened(&mut robot, "m", "Nothing has changed");
    robot.expect_line("Stage 1: formal").expect_line("day 0 of 20, due Mon 4 Jan 2027");
    robot.at("2026-12-16T10:00:00Z");
    happened(&mut robot, "r", "Whether the plan is lawful");
    robot.expect_line("day 10 of 20").expect_line("Cafcass, Wed 16 Dec 2026");

    // The last day, and the sum of it: Christmas, a weekend, the day for Boxing Day, New Year.
    robot.at("2027-01-04T12:00:00Z").expect_line("day 20 of 20, due Mon 4 Jan 2027 (today)").expect_line("nearest today (DR-0001)");
    robot.press("w").expect_dialog("DR-0001 \u{b7} formal part").expect_line("20 working days; 13 days skipped.").press("end esc");

    // Over its time: a fact, once, whoever looks first.
    robot.at("2027-01-05T08:00:00Z").expect_line("day 21 of 20, due Mon 4 Jan 2027 (1 d late)").expect_line("it is over its time");
    robot.look_around();
    let mut colleague = Robot::somebody(World::open(&robot.world.path()), SMALL, "Amina Khan");
    colleague.at("2027-01-05T08:05:00Z").look_around();
    let noticed = |robot: &Robot| robot.world.history(REF).iter().filter(|row| row.what == "DR-0001: over its time").count();
    assert_eq!(noticed(&robot), 1);
    robot.press("esc").expect_line("1 d late").expect_line("next: resolve it: it is over its time").press("enter");

    happened(&mut robot, "g", "It is over its time");
    robot.expect_line("with the director of children's services, above its stages").expect_line("Dana Frost (Director)");
    happened(&mut robot, "a", "The move is on 18 January");
    robot.press("enter").press("e").goes_to("text").type_text("The date is set").press("ctrl-s");
    robot.expect_line("ended Tue 5 Jan 2027: what was asked for was done").expect_line("It has ended: nothing is left to do.");
    robot.press("enter").expect_notice("DR-0001 has ended; nothing follows.");

    // The proof says every one of these, with the rule; and the list keeps it among those that are over.
    robot.press("O").expect_dialog("Proof of DR-0001").expect_line("M14, C05: raised by the independent reviewing officer");
    robot.expect_line("closeloop alert proof DR-0001 --out DR-0001.docx").press("esc esc");
    robot
        .expect_line("No Inadequate alert is open.")
        .press("/")
        .type_text("all")
        .press("enter")
        .expect_line("DR-0001")
        .expect_line("closed");
    robot.press("C").expect_dialog("Practice alerts by month, service and team").expect_line("2027-01").expect_line("2026-11");
    assert_eq!(noticed(&robot), 1);
    robot.world.assert_verified();
}

#[test]
fn m14_the_coordinator_raises_one_about_any_case_and_takes_it_back() {
    let mut robot = Robot::sits_down(World::ready(), SMALL);
    robot.press("3 D").expect_dialog("Raise a dispute").type_text("M-0040").goes_to("raised-by").type_text("ian");
    robot.goes_to("what").type_text("No visit for weeks").goes_to("wanted").type_text("A visit").goes_to("informal").press("n");
    robot.goes_to("not-tried").type_text("The worker has left").press("ctrl-s");
    robot.expect_no_dialog().expect_notice("DR-0001 raised by I. Reid").expect_line("informal").expect_line("DR-0001");
    robot.press("u").expect_notice("Undone").expect_line("No Inadequate alert is open.");
    assert!(robot.world.drp(DrpId(1)).taken_back);
    robot.world.assert_verified();
}

#[test]
fn m14_what_a_rule_refuses_is_said_in_the_form_and_nothing_typed_is_lost() {
    let mut robot = Robot::sits_down(World::ready(), SMALL);
    robot.opens(REF).press("D").goes_to("what").type_text("The plan drifts").goes_to("wanted").type_text("A date").press("ctrl-s");
    robot
        .expect_line("Amina Khan is insights coordinator; a dispute is raised by the")
        .expect_line("Ida Ross or")
        .expect_line("Ian Reid could.");
    robot.goes_to("raised-by").type_text("ida").press("ctrl-s").expect_notice("DR-0001 raised by I. Ross");
    // What is typed about one that is not saved waits as a draft, and opens over its own sheet again.
    robot.press("esc 3 enter enter t").goes_to("text").type_text("With the worker").press("esc esc").expect_no_dialog();
    robot.press("ctrl-d enter").expect_dialog("DR-0001 \u{b7} What happened").expect_line("With the worker").press("ctrl-s");
    robot.expect_dialog("DR-0001 \u{b7} dispute about CR-0001").expect_line("With the worker");
}

#[test]
fn f18_sefton_s_officers_raise_practice_alerts_by_that_name() {
    let mut world = World::run_by("sefton");
    world.at("2026-11-19T09:00:00Z");
    let mut robot = Robot::somebody(world, LARGE, "Cara Poole");
    robot.press("3 D").expect_dialog("Raise a practice alert").type_text("S-0001").goes_to("what").type_text("Visits are not written up");
    robot.goes_to("wanted").type_text("That they are").goes_to("informal").press("right").goes_to("tried").type_text("A clear talk");
    robot.press("ctrl-s").expect_notice("DR-0001 raised by C. Poole").expect_line("! 1 practice alert open");
    robot
        .press("enter")
        .expect_dialog("DR-0001 \u{b7} practice alert about S-0001")
        .press("enter m")
        .goes_to("text")
        .type_text("Nothing changed");
    robot.press("ctrl-s").expect_line("Formal practice alert").press("esc C").expect_line("2026-11");
    robot.world.assert_verified();
}

#[test]
fn m14_the_next_thing_is_the_dispute_whose_time_ends_today_and_opens_it() {
    let mut world = World::ready();
    let id = world.raises("Ida Ross", REF, "The plan drifts");
    world.notes("Ida Ross", id, StepWanted::Tried, "Talked");
    world.notes("Ida Ross", id, StepWanted::Next, "Nothing has changed");
    world.at("2026-12-03T09:00:00Z");
    let mut robot = Robot::somebody(world, SMALL, "Ida Ross");
    robot.press("n").expect_notice("Next: resolve it, DR-0001, today").expect_dialog("DR-0001 \u{b7} dispute about CR-0001");
    // Whoever it stands with is reminded too; somebody with no part in it is not.
    let mut robot = Robot::somebody(World::open(&robot.world.path()), SMALL, "Cara Poole");
    robot.at("2026-12-03T09:00:00Z").press("n").expect_notice("Nothing needs you now.").expect_no_dialog();
}

#[test]
fn m10_the_proof_of_an_alert_is_a_key_away_in_the_list_and_on_its_own_screen() {
    let mut world = World::ready();
    world.through_as(REF, "completed", 2);
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("3 O").expect_dialog("Proof of AL-0001").expect_line("M10: opened in the same moment as the grade").press("esc");
    robot
        .press("enter O")
        .expect_dialog("Proof of AL-0001")
        .expect_line("closeloop alert proof AL-0001 --out AL-0001.docx")
        .press("esc esc");
    robot.press("1 O").expect_notice("Put the cursor on an alert or a dispute first.");
}

#[test]
fn a_framework_without_the_process_says_so() {
    let mut robot = Robot::sits_down(World::run_by("quarterly-learning"), SMALL);
    robot.press("3 D").expect_notice("This framework has no dispute resolution process.");
    robot.press("C").expect_notice("This framework has no dispute resolution process.");
}

#[test]
fn whoever_is_recused_sees_no_strip_no_count_and_no_next_thing_of_it() {
    let mut world = World::ready();
    world.at("2026-11-19T09:00:00Z");
    world.declare("Bela Novak", REF, InterestKind::Family);
    let subject = world.review(REF).review.subject;
    let without_review =
        DrpWanted { review: None, subject: Some(subject), kind: DrpKind::GoodPractice, ..world.dispute(REF, "Warm words") };
    let id = world.raises("Ida Ross", REF, "The plan drifts");
    world.notes("Ida Ross", id, StepWanted::Tried, "Talked");
    world.notes("Ida Ross", id, StepWanted::Next, "Nothing has changed");
    world.do_("Ida Ross", Deed::Drp(DrpDeed::Raise(without_review)));
    let mut robot = Robot::somebody(world, LARGE, "Bela Novak");
    robot.expect_no("dispute").press("3 3").expect_no("DR-000").expect_line("No Inadequate alert is open.");
    robot.press("/").type_text("all").press("enter").expect_no("DR-000").press("C").expect_line("No dispute, practice alert or alert of");
    let World { folder, .. } = robot.world;
    drop(folder);
}
