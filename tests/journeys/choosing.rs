//! Naming a case, looking further back, notices, and what allocating asks: by the keys a person presses.

use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::{World, day};
use closeloop::domain::cycle::CyclePlanned;
use closeloop::domain::deed::Deed;

/// A council under a framework with its cycle open, and the cases drawn if it is wanted.
fn council(id: &str, starts_on: &str, draw: bool) -> World {
    let text = closeloop::profiles::builtin().iter().find(|(known, _)| *known == id).unwrap().1;
    let mut world = World::under(text);
    world.at("2026-10-22T09:30:00Z");
    let framework = world.library.current(world.store.reading()).unwrap();
    let focus_reason = framework.cycle.focus_reasons[0].key.clone();
    let planned = CyclePlanned { starts_on: day(starts_on), focus: "Neglect".into(), focus_reason, focus_note: String::new() };
    world.do_("Amina Khan", Deed::OpenCycle(planned));
    if draw {
        let id = world.store.reading().current_cycle(world.today()).unwrap().unwrap();
        world.draw(id, 3, 7);
    }
    world
}

#[test]
fn f03_a_showcase_is_named_with_a_few_keys_and_marked_in_cycle_and_queue() {
    let mut robot = Robot::sits_down(council("sefton", "2026-11-01", true), LARGE);
    robot.press("5 +").expect_dialog("Name a case for November 2026").goes_to("case").type_text("noor").expect_line("North Court");
    robot.press("down enter").goes_to("by").type_text("sam mill").press("enter");
    robot.goes_to("why").type_text("Direct work the team can learn from").press("ctrl-s").expect_no_dialog();
    robot.expect_notice("opened for").expect_line("showcase").expect_line("not in the sample\u{2019}s figures: 1 as showcase");
    robot.press("1 /").type_text("showcase").press("enter").expect_line("TA-0004").expect_no("TA-0001");
    robot.press("enter").expect_line("showcase of good").expect_line("Direct work");
    robot.press("c").expect_dialog("out again").type_text("The family moved").press("ctrl-s").expect_notice("TA-0004 is taken out again");
    robot.world.assert_verified();
}

#[test]
fn f03_only_those_who_may_name_a_case_so_are_offered() {
    let mut robot = Robot::sits_down(council("sefton", "2026-11-01", true), LARGE);
    robot.press("5 +").goes_to("how").expect_line("showcase of good practice");
    // Sam Miller manages; Noor Carter does not.
    robot.goes_to("by").type_text("miller").expect_line("Sam Miller, SM");
    robot.press("ctrl-u").type_text("carter").expect_no("Noor Carter, SW");
    // Whoever approved a case that is added by hand may be anybody…
    robot.goes_to("how").press("a").expect_line("added by hand");
    robot.goes_to("by").press("ctrl-u").type_text("carter").expect_line("Noor Carter, SW").press("enter");
    // …and is not kept where they may not have named it.
    robot.goes_to("how").press("s").goes_to("by").expect_no("Noor Carter, SW");
}

#[test]
fn a_named_case_without_a_case_or_a_reason_is_refused_at_its_field_on_the_smallest_screen() {
    let mut robot = Robot::sits_down(council("sefton", "2026-11-01", false), SMALL);
    robot.press("5 + ctrl-s").expect_dialog("Name a case").expect_line("is still empty");
    robot.goes_to("case").type_text("M-0001 is nobody").expect_line("no open case matches");
    robot.press("esc").expect_no_dialog();
}

#[test]
fn f02_looking_further_back_asks_for_its_reason() {
    let mut robot = Robot::sits_down(council("sefton", "2026-11-01", true), LARGE);
    robot.opens("TA-0001").expect_line("Looks back").press("L").expect_dialog("How far it looks back");
    robot.type_text("1 Oct 2025").press("ctrl-s").expect_line("needs its reason");
    robot.goes_to("why").type_text("The first referral").press("ctrl-s").expect_no_dialog().expect_line("1 Oct 2025");
    robot.press("f").expect_line("further than usual: The first referral");
    robot.press("esc esc u").expect_notice("Undone");
}

#[test]
fn f04_all_that_are_left_are_written_down_at_once_and_a_gap_by_itself() {
    let mut robot = Robot::sits_down(council("sefton", "2026-11-01", true), LARGE);
    robot.press("5").expect_line("Notice beforehand: 0 of 11 told").press("N").expect_dialog("Who hears of it beforehand");
    robot
        .expect_line("not on record")
        .press("ctrl-s")
        .expect_line("people were told")
        .press("ctrl-s")
        .expect_notice("written down as sent");
    robot.expect_dialog("Who hears of it beforehand").expect_line("by e-mail");
    // Of an assessment three hear; of the child in care the reviewing officer too, and nobody knows who that is.
    robot
        .press("j j j j j j enter")
        .expect_dialog("TA-0002 \u{b7} Independent reviewing officer")
        .goes_to("how")
        .type_text("None is involved")
        .press("ctrl-s");
    robot.expect_line("None is involved").press("esc").expect_no_dialog();
    robot.world.assert_verified();
}

#[test]
fn q02_what_allocating_asks_is_filled_in_before_it_is_done() {
    let text = closeloop::profiles::builtin().iter().find(|(known, _)| *known == "quarterly-learning").unwrap().1;
    let text = text.replace("key = \"why-proposed\", label", "key = \"what-to-learn\", label");
    let mut world = World::under(&text);
    world.at("2026-10-05T09:30:00Z");
    let planned =
        CyclePlanned { starts_on: day("2026-10-01"), focus: String::new(), focus_reason: String::new(), focus_note: String::new() };
    world.do_("Amina Khan", Deed::OpenCycle(planned));
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("5 + left").goes_to("case").type_text("noor").press("enter").goes_to("by").type_text("tara").press("enter");
    robot.goes_to("why").type_text("Much to learn").press("ctrl-s").expect_no_dialog().expect_line("proposed");
    robot.press("a").expect_dialog("Proposed reviewers").press("ctrl-s").expect_dialog("Before they are allocated");
    robot.type_text("How the plan held").press("ctrl-s").expect_no_dialog().expect_notice("goes to S. Moran");
    assert_eq!(robot.world.review("LA-0001").steps["allocated"].values["what-to-learn"], "How the plan held");
}

#[test]
fn q03_the_draw_proposes_the_service_next_in_turn_and_asks_why_another() {
    let mut robot = Robot::sits_down(council("quarterly-learning", "2026-10-01", false), LARGE);
    robot.press("5 d").expect_line("Only its cases are drawn.").goes_to("size").instead("4");
    robot.goes_to("service").press("right").press("ctrl-s").type_text("draw").press("enter").expect_line("is next in turn, not");
    robot
        .goes_to("why-service")
        .type_text("A complaint")
        .press("ctrl-s")
        .type_text("draw")
        .press("enter")
        .expect_no_dialog()
        .expect_line("out of turn");
    robot.press("c").expect_line("From service").expect_line("A complaint");
}
