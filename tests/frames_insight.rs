//! What the insight view looks like: its pages over a made-up year, and without colour or Unicode.

use crate::support::driver::{Robot, plain};
use crate::support::world::{World, utc};
use closeloop::demo::{self, COORDINATOR, DemoWanted};
use closeloop::profiles::Catalog;
use closeloop::ui::theme::{Colour, Look};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::path::PathBuf;
use std::sync::OnceLock;
use tempfile::TempDir;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (160, 48)];

/// A made-up year, built once.
fn year() -> World {
    static YEAR: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = YEAR.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("year.db");
        let now = utc("2026-11-19T14:06:00Z");
        let wanted = DemoWanted { framework: "merton".into(), reviews: 130, seed: 7, now, faults: false };
        demo::build(&path, &Catalog::built_in(), &wanted, &mut |_, _| {}).unwrap();
        (folder, path)
    });
    let mut world = World::copy_of(path);
    world.at("2026-11-19T14:06:00Z");
    world
}

fn sits(size: (u16, u16)) -> Robot {
    let world = year();
    let name = world.store.reading().person_by_login(COORDINATOR).unwrap().unwrap().name;
    Robot::somebody(world, size, &name)
}

#[test]
fn every_page_at_every_size() {
    for size in SIZES {
        let mut robot = sits(size);
        robot.press("6");
        for page in ["cycles", "questions", "areas", "themes", "practice", "time", "coverage", "agreement", "behind"] {
            insta::assert_snapshot!(format!("insight_{page}_{}x{}", size.0, size.1), robot.frame());
            robot.press("tab");
        }
    }
}

#[test]
fn any_cell_opens_the_list_behind_it_and_esc_comes_back_to_that_cell() {
    let mut robot = sits(SIZES[1]);
    robot.press("/").type_text("late").press("enter");
    robot.press("6").press("k k l l l").expect_line("opens the records behind it");
    let before = robot.frame();
    let at = robot.app().insight.at;
    let said = robot.app().insight.cell().unwrap().count.unwrap();
    assert!(said > 1, "{before}");
    robot.press("enter").expect_notice("Behind \u{201c}2026-09, Good\u{201d}. Esc goes back to the number.");
    assert!(robot.app().queue.filter_text.contains("cycles:2026-09"));
    assert_eq!(robot.app().queue.rows.len() as u32, said);
    // A record out of that list, and back again, still leads to the cell.
    robot.press("enter").expect_line("Narrative").press("esc").expect_line("Queue").press("esc");
    assert_eq!(robot.app().insight.at, at);
    assert_eq!(robot.frame(), before);
    // The queue is as it was.
    assert_eq!(robot.app().queue.filter_text, "late");
    robot.press("6 6 6 6").expect_line("What was good").press("enter").expect_line("Narrative").press("esc").expect_line("What was good");
}

#[test]
fn a_register_opened_from_a_number_leads_back_to_it_and_holds_as_many_entries_as_it_said() {
    let mut robot = sits(SIZES[0]);
    robot.press("6").press("tab tab tab tab tab tab tab tab").expect_line("The registers of the whole council");
    let said = robot.app().insight.cell().unwrap().text.clone();
    robot.press("enter").expect_line(&format!("[Entries {said}]")).press("esc").expect_line("The registers of the whole council");
    // By the key of the registers it is left for their list, and what is opened there leads back there.
    robot.press("enter").expect_line("[Entries").press("9").expect_line("9 Registers").press("enter").expect_line("[Entries");
    robot.press("esc").expect_line("9 Registers").press("esc 6").expect_line("6 Insight");
    // From the list of registers it leads back there.
    robot.press("9").expect_line("9 Registers").press("enter").expect_line("[Entries").press("esc").expect_line("9 Registers");
}

#[test]
fn m19_what_a_page_says_stands_whole_or_one_key_shows_it() {
    for size in SIZES {
        let mut robot = sits(size);
        robot.press("6");
        for _ in 0..9 {
            let says = robot.app().insight.shown().unwrap().grid.says.clone();
            let words = |text: &str| text.replace(['\u{2502}', '\n'], " ").split_whitespace().collect::<Vec<_>>().join(" ");
            let frame = words(&robot.frame());
            assert!(frame.contains("w in full") || says.iter().all(|said| frame.contains(said.as_str())), "{says:?}\n{frame}");
            robot.press("w");
            let sheet = words(&robot.frame());
            assert!(says.iter().all(|said| sheet.contains(said.as_str())), "{says:?}\n{sheet}");
            robot.press("esc tab");
        }
    }
}

#[test]
fn nought_and_what_is_worked_out_say_why_they_do_not_open() {
    let mut robot = sits(SIZES[1]);
    robot.press("6").press("l l l l l l l enter").expect_notice("worked out from others");
}

#[test]
fn window_kind_and_service_narrow_what_is_counted() {
    let mut robot = sits(SIZES[1]);
    robot.press("6").expect_line("last 12 cycles").press("y").expect_line("last 24 cycles").press("y").expect_line("this year");
    robot.press("y f").expect_line("Collaborative review").press("v").expect_line("Care Experienced");
    robot.press("/").expect_notice("choose a kind of review or a service");
}

#[test]
fn m19_themes_are_coded_with_one_key_in_the_record_and_for_all_that_are_marked() {
    let mut robot = sits(SIZES[1]);
    robot.press("1").press("space space").press("t").expect_dialog("Themes of 2 reviews").press("right ctrl-s").expect_notice("coded");
    robot.press("enter");
    let reference = robot.app().record.as_ref().unwrap().detail.facts.review.reference.clone();
    robot.press("t").expect_dialog(&format!("{reference} \u{b7} Themes")).press("ctrl-s").expect_line("Nothing was changed");
    robot.press("tab right ctrl-s").expect_notice(&format!("Themes of {reference} coded"));
    robot.press("m").expect_dialog("Practice to share").type_text("The plan was drawn with the child").press("ctrl-s");
    robot.expect_notice("marked as good practice").press("u").expect_notice("Undone");
    robot.world.assert_verified();
}

#[test]
fn without_unicode_the_chart_and_the_shades_are_letters() {
    let mut robot = sits(SIZES[1]);
    robot.press("6");
    let mut terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
    let look = Look { ascii: true, colour: Colour::None };
    terminal
        .draw(|frame| {
            closeloop::ui::draw(robot.app(), look, frame);
        })
        .unwrap();
    let frame = plain(terminal.backend().buffer());
    assert!(frame.is_ascii(), "{frame}");
    assert!(frame.contains('@') && frame.contains("o"), "{frame}");
}

#[test]
fn the_reports_at_every_size() {
    for size in SIZES {
        let mut robot = sits(size);
        robot.press("7");
        insta::assert_snapshot!(format!("reports_{}x{}", size.0, size.1), robot.frame());
        robot.press("/").type_text("stands:published plan");
        insta::assert_snapshot!(format!("reports_filtered_{}x{}", size.0, size.1), robot.frame());
        robot.press("enter enter");
        insta::assert_snapshot!(format!("report_open_{}x{}", size.0, size.1), robot.frame());
    }
}

#[test]
fn m22_a_passage_that_reads_like_a_name_is_asked_about_before_it_is_kept_for_good() {
    let mut robot = sits(SIZES[1]);
    robot.press("enter m").expect_dialog("Practice to share").type_text("Mrs Jones was told the plan clearly").press("ctrl-s");
    robot.expect_dialog("Does this name somebody?").expect_line("Mrs Jones").press("esc").expect_dialog("Practice to share");
    robot.press("ctrl-s").expect_dialog("Does this name somebody?").type_text("mark").press("enter").expect_no_dialog();
    robot.expect_notice("marked as good practice");
}
