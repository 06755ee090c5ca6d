//! The edges of a screen: too small, first run, pasted text, questions that want their word.

use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::World;
use closeloop::app::command::Command;
use closeloop::app::msg::Msg;

#[test]
fn a_screen_that_is_too_small_says_so_and_loses_nothing() {
    let mut robot = Robot::sits_down(World::ready(), SMALL);
    robot.opens("CR-0001").press("l l enter").type_text("Half a thought");
    robot.resize(79, 24).expect_line("This window is too small.").expect_line("closeloop needs 80 x 24.").expect_no("Half a thought");
    robot.resize(40, 3).expect_line("This window is too small.").resize(1, 1);
    robot.resize(80, 24).expect_line("Half a thought").resize(200, 60).expect_line("Half a thought");
}

#[test]
fn a_database_without_a_framework_says_what_to_do() {
    for size in [SMALL, LARGE] {
        let mut robot = Robot::sits_down(World::empty(), size);
        robot.expect_line("closeloop init --framework merton").expect_line("closeloop demo").expect_line("no framework chosen yet");
        robot.press("n").expect_notice("Choose a framework first.").press("5 o").expect_notice("Choose a framework first");
        robot.press("1 2 3 4 8 esc ? esc : esc").expect_no_dialog().press("1").expect_line("Welcome");
        robot.press("q");
        assert!(robot.station.over);
    }
}

#[test]
fn a_header_that_cannot_be_read_is_not_taken_for_an_empty_database() {
    let world = World::drawn();
    rusqlite::Connection::open(world.path()).unwrap().execute_batch("ALTER TABLE strip RENAME TO gone").unwrap();
    let mut robot = Robot::sits_down(world, SMALL);
    robot.expect_line("could not be read; r reads it again").expect_no("Welcome").expect_no("no framework chosen yet");
}

#[test]
fn a_long_sentence_is_said_whole_and_the_cursor_stays_in_sight() {
    let mut robot = Robot::sits_down(World::drawn(), SMALL);
    robot.press("G").press_command(Command::Undo).expect_notice("Nothing that you did since closeloop started can be undone.");
    let last = robot.app().queue.current().unwrap().reference.clone();
    let long = "Nothing was saved, because the disk is full. ".repeat(6);
    robot.station.take(Msg::DraftTrouble(long.trim().into()));
    robot.expect_notice("Nothing was saved, because the disk is full.").expect_row_selected(&last);
}

#[test]
fn the_keys_shown_below_are_whole_and_help_is_always_among_them() {
    for keys in ["", "2", "5", "8", "enter"] {
        let mut robot = Robot::sits_down(World::drawn(), SMALL);
        let frame = robot.press(keys).frame();
        let foot = frame.lines().last().unwrap_or_default();
        assert!(foot.ends_with("? help") && foot.contains(": commands") && !foot.contains('\u{2026}'), "after {keys:?}: {foot}");
    }
}

#[test]
fn queue_and_cycle_say_a_next_date_in_the_same_words() {
    let mut world = World::ready();
    world.through("CR-0001", "returned");
    let mut robot = Robot::sits_down(world, LARGE);
    let opens = robot.world.review("CR-0001").review.next.opens_on.unwrap();
    let said = format!("from {}", opens.format("%-d %b"));
    for keys in ["1", "5"] {
        let frame = robot.press(keys).frame();
        assert!(frame.lines().any(|line| line.contains("CR-0001") && line.contains(&said)), "{frame}");
    }
}

#[test]
fn an_empty_register_says_how_people_come_into_it() {
    let mut robot = Robot::sits_down(World::drawn(), SMALL);
    robot.press("8 /").type_text("nobodyiscalledthis").press("enter").expect_line("Nobody matches the filter.").expect_no("Manager");
}

#[test]
fn who_a_child_is_stays_with_its_review_when_the_cursor_moves_on() {
    let mut robot = Robot::sits_down(World::drawn(), SMALL);
    let shown = robot.app().queue.current().unwrap().reference.clone();
    robot.press("x ctrl-s").expect_line(&format!("{shown} is ")).press("j").expect_line(&format!("{shown} is "));
}

#[test]
fn text_pasted_into_a_list_does_nothing() {
    let mut robot = Robot::sits_down(World::drawn(), SMALL);
    let before = robot.frame();
    let after = robot.paste("a\nq\nn\nsubmit\n\u{1b}[2J").frame();
    assert_eq!(before, after);
    assert!(!robot.station.over);
}

#[test]
fn text_pasted_into_a_form_is_inserted_and_safe() {
    let mut robot = Robot::sits_down(World::ready(), SMALL);
    robot.opens("CR-0001").press("l l enter").paste("First line\nsecond\u{1b}[31m line\u{202e}").expect_line("First line");
    robot.expect_line("second").press("ctrl-s").expect_no_dialog();
    let saved = robot.world.review("CR-0001").answers["n/strengths"].value.text().to_string();
    assert!(saved.starts_with("First line\nsecond") && !saved.contains(['\u{1b}', '\u{202e}']), "{saved:?}");
}

#[test]
fn what_stands_for_good_wants_its_word() {
    let mut world = World::ready();
    world.through("CR-0001", "family-contact").at("2026-11-12T10:00:00Z").fill("CR-0001", 7);
    let mut robot = Robot::sits_down(world, SMALL);
    robot.opens("CR-0001").press("f enter").expect_dialog("Submit CR-0001").press("enter enter").expect_dialog("Submit CR-0001");
    robot.paste("submit").press("enter").expect_dialog("Submit CR-0001").type_text("submi").press("enter").expect_dialog("Submit CR-0001");
    assert!(robot.world.review("CR-0001").submitted_at.is_none());
    robot.press("esc esc").expect_no_dialog();
    assert!(robot.world.review("CR-0001").submitted_at.is_none());
}

#[test]
fn every_view_fits_the_smallest_screen_and_grows() {
    let mut robot = Robot::sits_down(World::ready(), SMALL);
    for size in [SMALL, (120, 32), (120, 31), LARGE, (250, 80)] {
        robot
            .resize(size.0, size.1)
            .press("1")
            .expect_line("CR-0001")
            .press("5")
            .expect_line("What blocks it")
            .press("8")
            .expect_line("Amina Khan");
    }
}

#[test]
fn a_paste_that_does_not_fit_is_refused_whole_and_said() {
    let mut robot = Robot::sits_down(World::ready(), SMALL);
    let long = "word ".repeat(13_000);
    robot.opens("CR-0001").press("l l enter").paste(&long).paste(&long).expect_line("Nothing was pasted");
    robot.press("ctrl-s").expect_no_dialog();
    assert_eq!(robot.world.review("CR-0001").answers["n/strengths"].value.text(), long.trim_end());
}

#[test]
fn a_point_typed_over_another_takes_its_place() {
    let mut robot = Robot::sits_down(World::ready(), SMALL);
    robot
        .opens("CR-0001")
        .press("l enter")
        .type_text("1")
        .press("tab")
        .type_text("5")
        .press("backtab")
        .type_text("0")
        .press("ctrl-s")
        .expect_no_dialog();
    let review = robot.world.review("CR-0001");
    let points: Vec<String> = review.answers.values().map(|answer| answer.value.said()).collect();
    assert!(points.contains(&"0".to_string()) && points.contains(&"5".to_string()) && points.len() == 2, "{points:?}");
}

#[test]
fn a_key_that_means_nothing_here_says_so() {
    let mut robot = Robot::sits_down(World::drawn(), SMALL);
    robot.press("o").expect_notice("o does nothing here. Elsewhere it is \u{201c}open review\u{201d}. ? shows the keys that do.");
}

#[test]
fn undo_after_what_stands_for_good_says_what_stands() {
    let mut world = World::ready();
    world.through("CR-0001", "family-contact").at("2026-11-12T10:00:00Z").fill("CR-0001", 7);
    let mut robot = Robot::sits_down(world, SMALL);
    robot.opens("CR-0001").press("f enter").type_text("submit").press("enter").expect_no_dialog();
    robot.press("u").expect_notice("That stands for good and is not undone: CR-0001 submitted as Good");
}

#[test]
fn a_key_that_means_nothing_says_so_in_a_box_too_and_leaves_the_keys_in_sight() {
    let mut robot = Robot::sits_down(World::drawn(), SMALL);
    robot.press("o").expect_notice("o does nothing here.").expect_line("? help");
    robot.press("w n").expect_notice("n does nothing in this box. Elsewhere it is").press("esc").expect_no("in this box");
}

#[test]
fn whoever_works_over_ssh_is_told_to_import_nothing() {
    for (guest, told, not) in
        [(false, "closeloop import annex-a FILE", "whoever administers"), (true, "whoever administers closeloop", "import annex-a")]
    {
        let world = World::staffed(closeloop::profiles::builtin().iter().find(|(id, _)| *id == "merton").unwrap().1);
        let mut robot = Robot::sits_down(world, LARGE);
        robot.station.app.guest = guest;
        robot.press("5").expect_line("No cycle has been opened.").expect_line(told).expect_no(not);
        robot
            .press("esc")
            .expect_line(&format!("The sampling frame is empty: {}", if guest { "whoever" } else { "closeloop" }))
            .expect_no(not);
    }
}

/// A box that leaves hardly anything beside it runs over the whole width: two frames side by side are read as one that is broken.
#[test]
fn no_frame_of_a_box_runs_beside_that_of_a_pane() {
    for wide in [80, 100, 104, 110, 114, 118, 120, 122, 132, 136, 138, 160] {
        let mut robot = Robot::sits_down(World::ready(), (wide, 40));
        for keys in ["C", "?", "R", ":", "A", "H"] {
            robot.press(keys);
            let frame = robot.frame();
            assert!(!frame.contains("\u{256d}\u{256d}") && !frame.contains("\u{256e}\u{256e}"), "{wide}, {keys}:\n{frame}");
            robot.press("esc");
        }
    }
}

#[test]
fn two_columns_never_read_as_one() {
    let mut world = World::ready();
    let raised = world.action("CR-0001", "Noor Carter", "Seen alone");
    world.do_("Amina Khan", raised);
    let mut robot = Robot::sits_down(world, LARGE);
    // What ends on the right and what begins on the left stand two cells apart.
    let head = robot.press("4 4").frame().lines().find(|line| line.contains("What needs to happen")).map(str::to_string).unwrap();
    assert!(head.contains("Due  "), "{head}");
}
