//! A quarter of learning by keyboard: a proposed case that is never graded, and a drawn one that two judge apart and agree. Q01-Q03, Q06.

use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::walk::WORDS;
use crate::support::world::World;
use closeloop::domain::deed::Deed;
use closeloop::domain::grade::Grade;
use closeloop::domain::joint::OwnWanted;
use closeloop::domain::review::PanelStand;

/// The quarter from October, opened.
fn quarter(size: (u16, u16)) -> Robot {
    let mut world = World::run_by("quarterly-learning");
    world.at("2026-10-05T09:30:00Z");
    let mut robot = Robot::sits_down(world, size);
    robot.opens_a_cycle("1 oct 2026", "Drift").expect_line("October-December 2026");
    robot
}

/// The case of somebody of this name, proposed by the team's manager and given to a service manager from another line.
fn proposed(robot: &mut Robot) {
    robot.press("+").expect_dialog("Name a case").press("left").expect_line("Learning audit");
    robot.goes_to("case").type_text("noor").press("enter").goes_to("by").type_text("tara").press("enter");
    robot.goes_to("why").type_text("Much to learn").press("ctrl-s").expect_no_dialog().expect_notice("LA-0001");
    robot.press("a").expect_dialog("Proposed reviewers").expect_line("1 of 1 have a reviewer").press("ctrl-s").expect_no_dialog();
}

#[test]
fn q02_a_proposed_case_is_audited_without_a_grade_and_brought_to_finalised() {
    let mut robot = quarter(SMALL);
    proposed(&mut robot);
    let auditor = robot.world.review("LA-0001").reviewer;
    assert_eq!(auditor, Some(robot.world.person("Sita Moran")), "the only service manager outside the line of the case");
    robot.opens("LA-0001").expect_line("Worker's own audit").expect_no("Judgement").expect_no("Grade ");
    robot.steps("2026-10-12T10:00:00Z", "LA-0001 \u{b7} Worker's own audit");
    robot.at("2026-10-19T10:00:00Z").press("e").expect_dialog("LA-0001 \u{b7} Meet in person");
    robot.goes_to("v/in-person").press("n").fills_in(Grade::Good).press("ctrl-s").expect_dialog("LA-0001").expect_line("stood in the way");
    robot.goes_to("v/in-person").press("y").press("ctrl-s").expect_no_dialog();
    robot.steps("2026-10-20T10:00:00Z", "LA-0001 \u{b7} Hear the family");
    robot.at("2026-10-26T10:00:00Z").follows_the_finish_list(Grade::Good).submits("The form will be closed as it stands.");
    robot.expect_no("waits for the panel").press("f").expect_no_dialog().expect_no("judgement").expect_no("grade");
    robot.steps("2026-10-28T10:00:00Z", "LA-0001 \u{b7} Feed back");
    robot.steps("2026-10-30T10:00:00Z", "LA-0001 \u{b7} File it");
    let review = robot.world.review("LA-0001");
    assert_eq!((review.original, review.moderated, review.panel), (None, None, PanelStand::NotNeeded));
    assert_eq!(review.steps["self-audit"].values["own-view"], WORDS);
    robot.is_finalised(&["Much to learn"]);
}

#[test]
fn q02_a_finding_of_the_audit_becomes_an_action_of_the_individual_plan() {
    let mut robot = quarter(LARGE);
    proposed(&mut robot);
    robot.opens("LA-0001").press("+").expect_dialog("What needs to happen").type_text("Write the plan with the family");
    robot.goes_to("owner").type_text("noor").press("enter").press("ctrl-s").expect_no_dialog().expect_notice("A-0001 raised");
    robot.press("4 4").expect_line("Write the plan with the family");
}

/// A drawn case whose pair is complete; the lead sits at the screen. The reference, and who is the partner.
fn paired() -> (Robot, String, String) {
    let mut robot = quarter(LARGE);
    robot.press("d").expect_dialog("Draw the sample").expect_line("Only its cases are drawn.").press("esc").draws_and_allocates(2);
    let reference = robot.world.references()[0].clone();
    let lead = robot.world.review(&reference).reviewer.unwrap();
    let name = robot.world.store.reading().person(lead).unwrap().unwrap().name;
    let mut robot = Robot::somebody(robot.world, LARGE, &name);
    let beside = robot.world.review(&reference).joint.others;
    let [partner] = beside[..] else { panic!("a pair is two: {beside:?}") };
    let partner = robot.world.store.reading().person(partner).unwrap().unwrap().name;
    robot.opens(&reference).press("l l l").expect_line(&partner);
    (robot, reference, partner)
}

#[test]
fn q03_a_pair_judges_apart_agrees_and_brings_the_case_to_finalised() {
    let (mut robot, reference, partner) = paired();
    robot.steps("2026-10-12T10:00:00Z", &format!("{reference} \u{b7} Meet holder and manager"));
    robot.at("2026-10-13T10:00:00Z").press("e").expect_dialog("Speak with the IRO").goes_to("happened").press("right");
    robot.goes_to("because").type_text("None is involved").press("ctrl-s").expect_no_dialog();
    robot.steps("2026-10-14T10:00:00Z", &format!("{reference} \u{b7} Ask the family"));
    robot.at("2026-10-20T10:00:00Z").press("l l l enter").expect_dialog("Your own judgement").saves(Grade::Good);
    robot.expect_notice("sealed until 1 more").press("f").expect_line("1 of 2 own judgements are in.").press("esc");
    let (grade, reasons) = (Some(Grade::RequiresImprovement), "The plan drifted in summer".to_string());
    let deed = Deed::JudgeAlone { review: robot.world.id(&reference), own: OwnWanted { grade, reasons, ..OwnWanted::default() } };
    robot.world.do_(&partner, deed);
    robot.look_around().expect_line("The plan drifted in summer").follows_the_finish_list(Grade::Good).submits("Good");
    robot.steps("2026-10-28T10:00:00Z", &format!("{reference} \u{b7} Feed back"));
    robot.steps("2026-10-30T10:00:00Z", &format!("{reference} \u{b7} File it"));
    let review = robot.world.review(&reference);
    assert_eq!(review.original.map(|judged| judged.grade), Some(Grade::Good));
    assert!(review.answers.contains_key(closeloop::domain::review::field::WHY_AGREED), "why they agreed is kept");
    robot.is_finalised(&["Good"]);
}
