//! Registers and the year, key by key: noting entries one after another, reading who is behind, planning ahead.

use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::World;
use closeloop::profiles::builtin;

fn under(id: &str) -> World {
    let text = builtin().iter().find(|(known, _)| *known == id).unwrap().1;
    let mut world = World::under(text);
    world.at("2026-11-19T14:00:00Z");
    world
}

#[test]
fn f16_three_observations_are_noted_and_the_screen_says_who_is_behind() {
    let mut robot = Robot::sits_down(under("sefton"), SMALL);
    // Two keys from anywhere: the register by its letter.
    robot.press("+").expect_dialog("Note an entry in which register?").expect_line("a  Practice observations");
    robot.press("a").expect_dialog("Practice observations");
    for (who, choice) in [("noor", "right"), ("paul", "right right right"), ("tara", "right right")] {
        robot.goes_to("person").type_text(who).goes_to("v/observed").press(choice);
        robot.goes_to("v/observer").type_text("Practice lead").press("ctrl-s");
        robot.expect_notice("Practice observations: noted for 19 November").expect_dialog("Practice observations");
    }
    robot.press("esc").expect_no_dialog();
    robot.press("9").expect_row_selected("Practice observations").expect_line("10 of 13");
    robot.press("enter").expect_line("[Entries 3]").expect_line("Noor Carter");
    robot.press("tab").expect_line("who is behind").expect_line("! 1 behind").expect_line("no: Direct work");
    let frame = robot.frame();
    let line = |name: &str| frame.lines().find(|line| line.contains(name)).unwrap_or_default().to_string();
    assert!(line("Rita Lund").contains("0 of 2") && line("Rita Lund").contains("! 1 behind"), "{frame}");
    assert!(!frame.contains("Noor Carter") || line("Noor Carter").contains("1 to come"), "{frame}");
    robot.press("s s s s").expect_notice("Sorted by fewest entries").press("s").press("end");
    robot.expect_line("10 behind, 0 done");
    robot.world.assert_verified();
}

#[test]
fn an_entry_is_put_right_taken_back_and_the_undo_brings_it_again() {
    let mut robot = Robot::sits_down(under("merton"), LARGE);
    robot.press("9 +").expect_dialog("Other quality assurance activity").press("tab right").goes_to("v/subject").type_text("Chronologies");
    robot.press("ctrl-s").expect_notice("noted for").press("esc").press("enter").expect_line("Dip sample: Chronologies");
    robot.press("enter").expect_dialog("Other quality assurance activity \u{b7} E-0001").goes_to("v/subject").instead("Genograms");
    robot.press("ctrl-s").expect_no_dialog().expect_notice("E-0001 put right").expect_line("Dip sample: Genograms");
    robot.press("-").expect_notice("E-0001 taken back").expect_line("Nothing has been noted this year");
    robot.press("u").expect_notice("Undone").expect_line("Dip sample: Genograms");
    robot.press("/").type_text("weather").press("enter").expect_line("Nothing matches.").press("esc").expect_line("Genograms");
    robot.press("/").type_text("grade:good").press("enter").expect_line("Nothing matches.").press("esc").expect_line("Genograms");
    robot.press("/").type_text("weathr:x").press("enter").expect_line("The filter is not understood").press("esc").expect_line("Genograms");
    robot.press("esc").expect_line("9 Registers of other activity").press("esc").expect_line("1 Queue");
    robot.world.assert_verified();
}

#[test]
fn what_cannot_be_noted_is_said_in_the_form() {
    let mut robot = Robot::sits_down(under("sefton"), SMALL);
    robot.press("9 + ctrl-s").expect_line("\u{201c}Whose work\u{201d} is still empty. Fill it in.");
    robot.type_text("noor").goes_to("on").instead("+1").goes_to("v/observed").press("right").goes_to("v/observer").type_text("AP");
    robot.press("ctrl-s").expect_line("lies ahead: an entry says what has happened.").press("esc");
    robot.expect_line("0 entries this year");
}

#[test]
fn f22_the_year_is_planned_ahead_and_extra_work_counted_apart() {
    let mut robot = Robot::sits_down(under("sefton"), SMALL);
    robot.press("5 5").expect_line("5 Year 2026/27").expect_line("not planned yet").expect_row_selected("Nov 2026");
    robot.press("j j o").expect_dialog("Plan a cycle").goes_to("focus").type_text("Neglect").goes_to("reason").press("right ctrl-s");
    robot.expect_notice("Cycle 2027-01 planned").expect_row_selected("planned").expect_line("1 planned");
    robot.expect_line("Thematic audit: Neglect (A trend in the field)");
    robot.press("x").expect_dialog("Extra work").goes_to("by").press("right").goes_to("why").type_text("Three went missing");
    robot.goes_to("due").type_text("+30").goes_to("focus").type_text("Missing").goes_to("reason").press("right ctrl-s");
    robot.expect_no_dialog().expect_notice("Cycle 2026-11-x1 opened").expect_line("1 planned \u{b7} 1 extra");
    robot.expect_line("2026-11-x1 extra for 19 Dec").press("enter").expect_line("5 Cycle Extra, November 2026");
    robot.press("y").expect_line("5 Year 2026/27").press("tab").expect_line("5 Cycle").press("tab [").expect_line("5 Year 2025/26");
    robot.press("t").expect_dialog("Events of the year").press("tab right ctrl-s").expect_notice("Events of the year: noted");
    robot.press("esc ]").expect_line("1 extra, \u{2713} Pra").press("esc").expect_line("1 Queue");
    robot.world.assert_verified();
}

#[test]
fn c07_the_months_of_a_register_stand_side_by_side() {
    let mut robot = Robot::sits_down(under("central-bedfordshire"), SMALL);
    robot.press("9 +").expect_dialog("Conference and review monitoring forms").goes_to("v/meeting").press("right right");
    for field in ["v/on-time", "v/reports-shared", "v/child-took-part", "v/parents-prepared"] {
        robot.goes_to(field).press("right");
    }
    robot.goes_to("v/practice").type_text("Prepared well").press("ctrl-s esc enter backtab").expect_line("month by month");
    robot.expect_line("Apr May Jun Jul Aug Sep Oct Nov").expect_line("Held in time").expect_line("Review conference");
}

#[test]
fn f23_a_month_with_several_cycles_offers_them_all() {
    use closeloop::domain::cycle::{BesidePlanned, Commission, CyclePlanned};
    use closeloop::domain::deed::Deed;
    let mut world = under("sefton");
    for focus in ["Missing", "Fathers"] {
        let starts_on = crate::support::world::day("2026-11-17");
        let planned = CyclePlanned { starts_on, focus: focus.into(), focus_reason: "trend".into(), focus_note: String::new() };
        let extra = Some(Commission { by: "improvement-board".into(), why: "Asked for".into(), due_on: None });
        world.do_("Amina Khan", Deed::OpenBeside(BesidePlanned { planned, kind: "thematic-audit".into(), extra }));
    }
    let mut robot = Robot::sits_down(world, SMALL);
    robot.press("5 5 enter").expect_dialog("Which cycle of this month?").expect_line("2026-11-x1").expect_line("2026-11-x2");
    robot.press("j enter").expect_no_dialog().expect_line("5 Cycle Extra").expect_line("Focus: Fathers");
}
