//! The tracker in groups that fold and as a board, by keyboard alone; and what it writes into files.

use super::world::followed;
use crate::support::council::{file, people};
use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::World;
use closeloop::domain::action::{Effect, Near};
use closeloop::domain::deed::Deed;
use closeloop::domain::filter::{Column, Filter, Within};
use closeloop::domain::intake::PersonRow;
use closeloop::domain::interest::InterestKind;
use closeloop::domain::query::{Answered, GroupBy, GroupRow, Query};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (160, 48)];

/// Five actions: two of Noor Carter's, late; one to sign off; one taken up; one signed off long ago and looked at again.
fn spread() -> World {
    let mut world = followed();
    world.raises_action("CR-0002", "Noor Carter", "Write to the school about attendance");
    world.raises_action("CR-0003", "Tess Young", "See the child alone and write it down");
    world.raises_action("CR-0003", "Tara Moss", "Read the whole record and write a decision");
    world.raises_action("CR-0004", "Tom Ward", "Agree the contingency plan with the family");
    world.is_done(3, "Tess Young");
    let deed = world.take_up(4);
    world.do_("Tara Moss", deed);
    world.is_done(5, "Tom Ward");
    let deed = world.sign_off(5);
    world.do_("Tara Moss", deed);
    world.at("2027-05-10T10:00:00Z");
    let deed = world.revisit(5, Effect::Sustained);
    world.do_("Tara Moss", deed);
    world
}

fn groups(world: &mut World, by: GroupBy, filter: &str) -> Vec<GroupRow> {
    let Answered::ActionGroups(_, groups, _) = world.ask(Query::ActionGroups(by, Filter::parse(filter).0, 400)) else { panic!() };
    groups
}

#[test]
fn groups_count_what_is_late_and_to_be_signed_off_as_far_as_the_filter_goes() {
    let mut world = spread();
    let told = |groups: Vec<GroupRow>| -> Vec<(String, u64, u32, u32)> {
        groups.into_iter().map(|group| (group.label, group.total.n, group.late, group.to_sign_off)).collect()
    };
    let owners = told(groups(&mut world, GroupBy::Owner, ""));
    assert_eq!(
        owners,
        [("Noor Carter".into(), 2, 2, 0), ("Tara Moss".into(), 1, 1, 0), ("Tess Young".into(), 1, 0, 1)],
        "the most late first"
    );
    assert_eq!(told(groups(&mut world, GroupBy::Team, "")), [("North Court".into(), 3, 3, 0), ("Permanence".into(), 1, 0, 1)]);
    let reviews = told(groups(&mut world, GroupBy::Review, ""));
    assert_eq!(reviews[0], ("CR-0003".into(), 2, 1, 1));
    assert_eq!(told(groups(&mut world, GroupBy::Theme, "")), [("no theme".into(), 4, 3, 1)]);
    assert_eq!(told(groups(&mut world, GroupBy::Owner, "late owner:carter")), [("Noor Carter".into(), 2, 2, 0)]);
    assert_eq!(told(groups(&mut world, GroupBy::Owner, "all case:nothing")), []);
    let columns: Vec<(Within, u64)> =
        groups(&mut world, GroupBy::Column, "").into_iter().map(|group| (group.within, group.total.n)).collect();
    let of = Within::Column;
    let wanted = [(Column::Open, 2), (Column::InProgress, 1), (Column::Done, 1), (Column::SignedOff, 0), (Column::LookedAt, 1)];
    assert_eq!(columns, wanted.map(|(column, count)| (of(column), count)));
}

#[test]
fn only_so_many_groups_are_read_and_said_to_be_more() {
    let mut world = spread();
    let mut read = |at_most: usize| {
        let query = Query::ActionGroups(GroupBy::Owner, Filter::default(), at_most);
        let Answered::ActionGroups(_, groups, more) = world.ask(query) else { panic!() };
        (groups.into_iter().map(|group| group.label).collect::<Vec<_>>(), more)
    };
    assert_eq!(read(2), (vec!["Noor Carter".to_string(), "Tara Moss".to_string()], true));
    let (all, more) = read(3);
    assert_eq!((all.len(), more), (3, false));
}

#[test]
fn what_is_withheld_is_in_no_group() {
    let mut world = spread();
    world.declare("Sam Miller", "CR-0003", InterestKind::Family);
    for by in [GroupBy::Owner, GroupBy::Team, GroupBy::Theme, GroupBy::Review, GroupBy::Column] {
        let query = Query::ActionGroups(by, Filter::default(), 400);
        let Ok(Answered::ActionGroups(_, groups, _)) = world.answer_to("Sam Miller", &query) else { panic!() };
        let open: u64 = groups.iter().filter(|group| group.within != Within::Column(Column::LookedAt)).map(|group| group.total.n).sum();
        assert_eq!(open, 2, "{by:?}");
        let said = format!("{groups:?}");
        assert!(!said.contains("CR-0003") && !said.contains("Tess Young") && !said.contains("Read the whole record"), "{said}");
    }
}

#[test]
fn groups_fold_and_unfold_and_commands_work_within() {
    let mut robot = Robot::somebody(spread(), SMALL, "Tara Moss");
    robot.press("4 4 b").expect_line("3 groups by owner").expect_row_selected("Noor Carter").expect_no("A-0001");
    robot.press("d").expect_notice("There is no action here.");
    robot.press("enter").expect_line("A-0001").expect_line("A-0002").expect_row_selected("Noor Carter");
    robot.press("j").expect_row_selected("A-0001").press("j j").expect_row_selected("Tara Moss").press("k").expect_row_selected("A-0002");
    robot.press("d").expect_dialog("A-0002 \u{b7} Done").type_text("Letter on file").press("ctrl-s").expect_notice("A-0002 done");
    robot.expect_line("1 to sign off").press("h").expect_no("A-0002").expect_row_selected("Noor Carter");
    robot.press("enter j space h").expect_notice("1 mark is gone with the group");
    robot.press("G").expect_row_selected("T").press("l").expect_line("A-00").press("l").press("enter").expect_dialog("A-00").press("esc");
    robot.press("b").expect_line("groups by team").press("b").expect_line("by theme").press("b").expect_line("by review");
    robot.press("/").type_text("late").press("enter").expect_line("by review").expect_no("1 to sign off");
    robot.press("/").type_text(" case:nothing").press("enter").expect_line("Nothing matches the filter").expect_no("Reading");
    robot.press("backspace").press("/").type_text("late").press("enter").expect_line("by review");
    robot.press("esc").expect_no("by review").expect_line("/late").press("esc").expect_no("/late").expect_line("A-0001");
}

#[test]
fn more_groups_than_a_screen_shows_are_read_when_the_cursor_comes_near_their_end() {
    let mut world = spread();
    let joined = (1..=70).map(|place| PersonRow { name: format!("Worker Number{place:02}"), login: None, ..people()[1].clone() });
    let rows = people().into_iter().chain(joined).collect();
    world.do_("Amina Khan", Deed::ImportPeople { rows, file: file("people.csv", 'd') });
    for place in 1..=70 {
        let mut deed = world.action("CR-0004", &format!("Worker Number{place:02}"), "Plan agreed");
        let Deed::RaiseAction { wanted, .. } = &mut deed else { panic!() };
        wanted.near = Near::Anyway;
        world.do_("Ida Ross", deed);
    }
    let mut robot = Robot::somebody(world, SMALL, "Tara Moss");
    robot.press("4 4 b").expect_line("30+ groups by owner").press("G").expect_line("73 groups by owner");
    robot.expect_row_selected("Worker Number70");
    robot.press("g").expect_row_selected("Noor Carter").press("b b b b b").expect_line("30+ groups by owner");
    for _ in 0..16 {
        robot.press("j");
    }
    robot.expect_line("73 groups by owner").press("g b b b b b").expect_line("30+ groups by owner");
    // A screen that grows shows more of them than were read.
    robot.resize(LARGE.0, LARGE.1).expect_line("73 groups by owner");
}

#[test]
fn the_board_goes_from_column_to_column_and_an_action_moves_on_in_it() {
    let mut robot = Robot::somebody(spread(), SMALL, "Tara Moss");
    robot.press("4 K").expect_line("Open 2").expect_line("In progress 1").expect_line("To sign off 1").expect_line("Looked at 1");
    robot.expect_line("A-0001  N. Carter").press("j").expect_line("A-0002  N. Carter").press("t").expect_notice("A-0002 taken up");
    robot.expect_line("Open 1").expect_line("In progress 2").press("right j").expect_line("A-0004  T. Moss");
    robot.press("right").expect_line("A-0003  T. Young").press("s right ctrl-s").expect_notice("A-0003 signed off");
    robot.expect_line("To sign off 0").expect_line("Signed off 1").press("l l").expect_line("A-0005  T. Ward").press("right");
    robot
        .press("left left left left left")
        .expect_line("A-0001  N. Carter")
        .press("u")
        .expect_notice("Undone")
        .expect_line("To sign off 1");
    robot.press("enter").expect_dialog("A-0001").press("esc K").expect_no("Looked at").expect_line("A-0001");
    robot.world.assert_verified();
}

#[test]
fn the_groups_and_the_board_look_like_this() {
    for size in SIZES {
        let mut robot = Robot::somebody(spread(), size, "Tara Moss");
        let name = |what: &str| format!("{what}_{}x{}", size.0, size.1);
        insta::assert_snapshot!(name("groups"), robot.press("4 4 b enter j").frame());
        insta::assert_snapshot!(name("board"), robot.press("K right").frame());
        insta::assert_snapshot!(name("ledger"), robot.press("L").frame());
    }
}

#[test]
fn what_is_shown_is_written_into_a_file_of_the_name_that_was_given() {
    let world = spread();
    let folder = world.folder().to_path_buf();
    let mut robot = Robot::somebody(world, SMALL, "Tara Moss");
    robot.press("4 4").press("p").expect_dialog("The actions as a list for a meeting").press("ctrl-s").expect_line("is still empty");
    robot.type_text("list").press("ctrl-s").expect_line("The name has to end in .docx or .html");
    let page = folder.join("list.html");
    robot.instead(page.to_str().unwrap()).press("ctrl-s").expect_no_dialog().expect_notice("Written:");
    let text = std::fs::read_to_string(&page).unwrap();
    assert!(text.contains("A-0001") && text.contains("A-0003") && !text.contains("A-0005"));
    robot.press("p").type_text(page.to_str().unwrap()).press("ctrl-s").expect_line("there already").press("esc");
    let days = folder.join("days.ics");
    robot.press("b enter i").expect_dialog("The due days as a calendar").type_text(days.to_str().unwrap()).press("ctrl-s");
    robot.expect_notice("Written:");
    let text = std::fs::read_to_string(&days).unwrap();
    assert_eq!(text.matches("BEGIN:VEVENT").count(), 2, "the group that is unfolded");
    assert!(!text.contains("attendance"));
}

#[test]
fn what_was_done_before_its_day_is_done_and_an_empty_list_says_which_key_goes_on() {
    let mut world = followed();
    world.is_done(1, "Noor Carter");
    let mut robot = Robot::somebody(world, SMALL, "Sam Miller");
    robot.press("4 4").expect_line("done").expect_no("due 3 Dec").expect_no("was 3 Dec");
    robot.press("m").expect_line("No open action is yours").expect_line("m shows").expect_no("\u{201c}all\u{201d}");
    robot.press("m").expect_line("/myteam");
}
