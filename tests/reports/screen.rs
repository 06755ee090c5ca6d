//! The reports on the screen, key by key: built, written, approved, published, presented.

use super::reviewed;
use crate::support::driver::{LARGE, Robot, SMALL};
use closeloop::domain::deed::{Deed, ReportDeed};
use closeloop::domain::id::ReportId;
use closeloop::domain::report::ReportState;

#[test]
fn m20_m21_a_report_is_built_written_signed_and_taken_to_a_board_by_keys() {
    let (world, cycle) = reviewed();
    let mut robot = Robot::sits_down(world, SMALL);
    robot.press("7").expect_line("7 Reports").expect_row_selected("Collaborative review report").expect_line("to build");
    robot.press("enter").expect_notice("It has not been built: b builds it.");
    robot
        .press("b")
        // Two of seven are complete: it is asked first, and no key alone builds it.
        .expect_dialog("Collaborative review report")
        .expect_line("2 of 7 reviews are on the record so far.")
        .type_text("build")
        .press("enter")
        .expect_notice("RP-0001 built, version 1; provisional")
        .expect_line("RP-0001 draft")
        .expect_line("Next: write its text. (e)");
    robot.press("p").expect_notice("The Insights head of service approves it first.");
    robot.press("e").expect_dialog("Collaborative review report").goes_to("s/key-findings").type_text("Plans say too little of the child");
    robot
        .press("ctrl-s")
        .expect_no_dialog()
        .expect_notice("Text of RP-0001 saved")
        .expect_line("Next: the Insights head of service approves it. (a)");
    // Who may not approve it hears so before anything is filled in.
    robot.press("a").expect_no_dialog().expect_notice("Only the Insights head of service approves this report.");
    let world = robot.into_world();
    let mut robot = Robot::sits_down_as(world, LARGE, "Ines Holt");
    robot.press("7").expect_line("draft").press("G");
    robot.press("enter").expect_line("Plans say too little of the child").press("a y ctrl-s").expect_notice("RP-0001 approved");
    robot.press("e").expect_notice("It is approved: build a new version to correct it.");
    robot
        .press("p y ctrl-s")
        .expect_notice("RP-0001 published; it stands for good; the phase \u{201c}Report\u{201d} of November 2026 is still to be ticked in the cycle view")
        .expect_line("Next: write down where it was presented. (t)");
    robot
        .press("t ctrl-s")
        .expect_line("is still empty")
        .press("space ctrl-s")
        .expect_notice("RP-0001: Departmental Management Team (DMT) on 21 November");
    // A new version is built with this key; the other writes the file.
    robot.expect_line("a correction is a new version. (b)");
    robot.press("esc").expect_line("published").expect_line("Departmental Management Team").press("esc").expect_line("1 Queue");
    let world = robot.into_world();
    let report = world.store.reading().newest_report(cycle, "collaborative-review").unwrap().unwrap().0;
    assert_eq!(report.state(), ReportState::Published);
    world.assert_verified();
}

#[test]
fn m20_a_draft_whose_reviews_have_ended_since_says_so_before_it_is_approved_and_before_it_is_published() {
    let (world, _) = reviewed();
    let mut robot = Robot::sits_down_as(world, LARGE, "Ines Holt");
    robot.press("7 b").type_text("build").press("enter").expect_line("RP-0001 draft").expect_no("ended since");
    robot.press("a").expect_line("It is provisional: 5 reviews are still under way.").expect_no("Since it was counted").press("esc");
    let third = robot.world.references()[2].clone();
    robot.world.through(&third, "finalised");
    robot.press("esc 7 G enter").expect_line("Next: count it anew, 1 of its reviews has ended since it was counted. (b)");
    robot.press("a").expect_line("Since it was counted").expect_line("b counts it anew first").press("y ctrl-s");
    robot.expect_notice("RP-0001 approved").press("p").expect_line("Since it was counted");
    robot.expect_line("undo its approval").press("esc u").expect_line("RP-0001 draft");
    robot.press("b").type_text("build").press("enter").expect_no("ended since").press("a").expect_no("Since it was counted");
    robot.world.assert_verified();
}

/// What Bela writes into the one report there is, by another screen.
fn bela_writes(robot: &mut Robot, sections: &[(&str, &str)]) {
    let world = &mut robot.world;
    let (report, revision) = world.store.reading().report(ReportId(1)).unwrap().unwrap();
    let mut narrative = report.narrative;
    narrative.extend(sections.iter().map(|(key, text)| ((*key).to_string(), (*text).to_string())));
    world.do_("Bela Novak", Deed::Report(ReportDeed::Write { report: report.id, seen: revision, narrative }));
}

#[test]
fn two_who_write_one_report_see_mine_theirs_and_what_was_before_section_by_section() {
    let (world, _) = reviewed();
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("7 b").type_text("build").press("enter").expect_line("RP-0001 draft");
    // Counted anew only after a question: a word typed in the wrong place must not do it.
    robot.press("b").expect_line("is a draft with figures of").press("esc").expect_line("RP-0001 draft");
    robot.press("e").goes_to("s/key-findings").type_text("Plans").press("ctrl-s").expect_no_dialog();
    robot.press("e").goes_to("s/key-findings").type_text(" say too little of the child");
    bela_writes(&mut robot, &[("key-findings", "Plans are late"), ("family-feedback", "They feel heard")]);
    robot.press("ctrl-s").expect_line("Bela Novak changed RP-0001").expect_line("saving again puts");
    robot.expect_line("Saved meanwhile:").expect_line("Plans are late").expect_line("Before that:");
    robot.expect_line("Plans say too little of the child");
    robot.press("ctrl-s").expect_no_dialog().expect_notice("Text of RP-0001 saved");
    let narrative = robot.world.store.reading().report(ReportId(1)).unwrap().unwrap().0.narrative;
    assert_eq!(narrative["key-findings"], "Plans say too little of the child");
    assert_eq!(narrative["family-feedback"], "They feel heard", "what only they wrote is kept");
    robot.world.assert_verified();
}

#[test]
fn nobody_approves_a_text_that_was_changed_under_their_eyes() {
    let (world, _) = reviewed();
    let mut robot = Robot::sits_down(world, SMALL);
    robot.press("7 b").type_text("build").press("enter").expect_line("RP-0001 draft");
    let mut robot = Robot::sits_down_as(robot.into_world(), LARGE, "Ines Holt");
    robot.press("7 G enter").expect_line("RP-0001 draft").press("a y");
    bela_writes(&mut robot, &[("key-findings", "Nobody read this")]);
    for _ in 0..2 {
        robot.press("ctrl-s").expect_dialog("Collaborative review report").expect_line("Bela Novak changed RP-0001");
    }
    assert_eq!(robot.world.store.reading().report(ReportId(1)).unwrap().unwrap().0.state(), ReportState::Draft);
    robot.press("esc").expect_line("Nobody read this").press("a y ctrl-s").expect_notice("RP-0001 approved");
}

#[test]
fn t43_who_manages_a_team_writes_no_report_of_the_council_and_hears_so_at_the_key() {
    let (world, _) = reviewed();
    let mut robot = Robot::sits_down(world, SMALL);
    robot.press("7 b").type_text("build").press("enter").expect_line("RP-0001 draft");
    for who in ["Tara Moss", "Sam Miller"] {
        let mut other = Robot::sits_down_as(robot.into_world(), LARGE, who);
        other.press("7");
        for key in ["b", "e", "p", "t"] {
            other.press(key).expect_no_dialog().expect_notice("is written by the Insights team");
        }
        let mut world = other.into_world();
        let seen = super::seen(&world, ReportId(1));
        let deed = ReportDeed::Write { report: ReportId(1), seen, narrative: Default::default() };
        assert!(world.refused_to(who, Deed::Report(deed)).contains("is written by the Insights team"));
        robot = Robot::sits_down(world, SMALL);
    }
}

/// M20: whoever approves is told by the header, by the key for what is next, and finds the cursor on it.
#[test]
fn m20_a_head_of_service_who_comes_only_to_approve_is_led_to_what_waits_for_them() {
    let (mut world, cycle) = reviewed();
    let report = super::build(&mut world, "Amina Khan", cycle, "collaborative-review");
    let mut ines = Robot::somebody(world, LARGE, "Ines Holt");
    // Nothing is written in it yet: nobody approves an empty page.
    ines.expect_no("to approve");
    let mut world = ines.into_world();
    let narrative = closeloop::domain::report::Narrative::from([("key-findings".to_string(), "Plans are vague.".to_string())]);
    let deed = Deed::Report(ReportDeed::Write { report: report.id, seen: super::seen(&world, report.id), narrative });
    world.do_("Amina Khan", deed);
    let mut amina = Robot::sits_down(world, LARGE);
    amina.expect_no("to approve").press("7 /").type_text("stands:draft").press("enter").expect_no("to approve").expect_line("e write");
    // Whoever may not is told who it is.
    amina.press("enter a").expect_notice("Only the Insights head of service approves this report.").expect_notice("That is: Ines Holt.");
    let mut ines = Robot::somebody(amina.into_world(), LARGE, "Ines Holt");
    ines.expect_line("1 report to approve (7)").press("7").expect_row_selected("to approve").expect_line("a approve");
    ines.press("a y ctrl-s").expect_notice("RP-0001 approved").press("esc esc").expect_no("to approve");
}
