//! The panel by keyboard: several people over one file, sealed and sighted, with everything that can become of an item. M05-M10, S07.

use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::World;
use closeloop::app::command::Command;
use closeloop::domain::grade::Grade;
use closeloop::domain::interest::InterestKind;
use closeloop::domain::review::PanelStand;

const DAY: &str = "2026-11-24T10:00:00Z";

/// Somebody at their own terminal over the same file, on the day of the sitting.
fn beside(world: &World, name: &str, size: (u16, u16)) -> Robot {
    let mut own = World::open(&world.path());
    own.at(DAY);
    Robot::somebody(own, size, name)
}

/// Reviews that wait for the panel: four Outstanding, submitted.
fn waiting() -> World {
    let mut world = World::ready();
    for reference in ["CR-0001", "CR-0002", "CR-0003", "CR-0004"] {
        world.through_as(reference, "completed", 9);
    }
    world.at(DAY);
    world
}

/// The coordinator plans a sitting for today with these members, the first of them in the chair.
fn plans(robot: &mut Robot, members: &[&str]) {
    robot.press_command(Command::ViewSitting).expect_line("No sitting of the panel is planned yet");
    robot.press_command(Command::PlanSitting).expect_dialog("Plan a sitting of the panel");
    robot.goes_to("on").expect_line("today, tomorrow, +3, mon").instead("today").goes_to("chair").type_text(members[0]).press("tab");
    for (place, member) in members.iter().enumerate() {
        robot.goes_to(&format!("member/{place}")).type_text(member).press("tab");
    }
    robot.press("ctrl-s").expect_no_dialog().expect_line("planned").press("enter").expect_line("begins it: tick who is there");
}

fn scores(robot: &mut Robot, point: &str) {
    robot.look_around().expect_line("Score it: s.").press_command(Command::ScoreItem).type_text(point).press("ctrl-s").expect_no_dialog();
}

fn look(robots: &mut [&mut Robot]) {
    for robot in robots {
        robot.look_around();
    }
}

#[track_caller]
fn puts_cursor_on(robot: &mut Robot, reference: &str) {
    robot.press("g");
    let many = robot.app().sitting.detail.as_ref().map_or(0, |detail| detail.agenda.len());
    for _ in 0..many {
        if robot.app().sitting.row().is_some_and(|row| row.reference == reference) {
            return;
        }
        robot.press("j");
    }
    panic!("{reference} is not on the agenda");
}

fn decides(robot: &mut Robot, point: &str, reason: &str) {
    robot.press_command(Command::DecideItem).expect_line("Decide").type_text(point).press("tab").type_text(reason);
    robot.goes_to("theme/1").press("right right").press("ctrl-s").expect_dialog("The panel decides");
    robot.expect_line("The panel\u{2019}s judgement stands for good").type_text("decide").press("enter").expect_no_dialog();
}

#[test]
fn m05_a_sealed_sitting_by_keyboard_from_its_plan_to_its_minutes() {
    let mut world = waiting();
    world.declare("Hana Owen", "CR-0002", InterestKind::Involvement);
    let mut desk = Robot::sits_down(world, LARGE);
    plans(&mut desk, &["Sam Miller", "Hana Owen", "Hugo Lane", "Sita Moran"]);
    desk.expect_line("H. Owen leaves").press_command(Command::BeginSitting).expect_dialog("Begin the sitting: who is there?");
    desk.press("ctrl-s").expect_no_dialog().expect_notice("The panel has begun, 4 people there");
    let mut chair = beside(&desk.world, "Sam Miller", LARGE);
    let mut hugo = beside(&desk.world, "Hugo Lane", SMALL);
    let mut sita = beside(&desk.world, "Sita Moran", (120, 40));
    let mut hana = beside(&desk.world, "Hana Owen", SMALL);
    for robot in [&mut chair, &mut hugo, &mut sita, &mut hana] {
        robot.press_command(Command::ViewSitting).expect_line("nothing on the table");
    }
    // The coordinator puts the recused member's case first, by hand; it goes on the table once she has left.
    while desk.app().sitting.row().is_none_or(|row| row.reference != "CR-0002") {
        desk.press("j");
    }
    desk.expect_line("looking around: f follows").press("f").expect_line("following");
    while chair.app().sitting.row().is_none_or(|row| row.reference != "CR-0002") {
        chair.press("j");
    }
    chair.press_command(Command::ItemUp).expect_no_dialog();
    chair.press_command(Command::PutOnTable).expect_dialog("CR-0002: at the door").expect_line("Hana Owen");
    chair.press("enter").expect_dialog("CR-0002: at the door").press("ctrl-s").expect_no_dialog().expect_line("now CR-0002");
    look(&mut [&mut hana, &mut hugo, &mut sita, &mut desk]);
    hana.expect_line("Withheld: you are recused").expect_no("CR-0002").press("tab").expect_no("CR-0002");
    hana.press_command(Command::ScoreItem).expect_no_dialog().expect_notice("recused");
    hugo.expect_line("Score it: s.").press("tab").expect_line("kept back until the scores are open").expect_no("Outstanding 9");
    // Sealed: nobody reads a score before all are in.
    scores(&mut hugo, "2");
    scores(&mut chair, "3");
    look(&mut [&mut hugo, &mut sita, &mut chair]);
    hugo.expect_line("Your score is sealed, s changes it. Waiting for S. Moran.");
    // It is shown to whoever gave it, and to nobody else; it is changed and not undone.
    hugo.press_command(Command::ScoreItem).expect_line("You gave 2. It can be changed while it is sealed");
    assert_eq!(hugo.form().value("scaling"), "2");
    hugo.press("esc").press_command(Command::Undo).expect_notice("A score is not taken back, but s changes it while it is sealed.");
    sita.press_command(Command::ScoreItem).expect_no("You gave").press("esc");
    sita.expect_line("2 of 3 have scored").expect_no("Inadequate 2").expect_no("the most extreme first");
    chair.press_command(Command::DecideItem).expect_no_dialog().expect_notice("still sealed");
    scores(&mut sita, "7");
    look(&mut [&mut hugo, &mut chair, &mut hana]);
    hugo.expect_line("Scores, the most extreme first").expect_line("S. Moran");
    hana.expect_no("S. Moran  \u{25cf}");
    sita.press_command(Command::ScoreItem)
        .expect_line("Your new one stands beside the first")
        .type_text("4")
        .press("ctrl-s")
        .expect_no_dialog();
    chair.look_around().expect_line("The scores are open").press_command(Command::DecideItem).type_text("2").press("ctrl-s");
    chair.expect_line("\u{201c}Reason\u{201d} is still empty").type_text("The child was not seen").press("ctrl-s");
    chair
        .expect_dialog("CR-0002 \u{b7} The panel decides")
        .expect_line("Lowered: the reviewer gave Outstanding 9, it will be Inadequate 2.");
    chair.expect_line("An Inadequate alert opens at this moment").expect_line("Next for it:").expect_line("raises a dispute: IRO or FIRO");
    chair.type_text("decide").press("enter").expect_no_dialog().expect_notice("is open");
    assert_eq!(chair.world.review("CR-0002").moderated.map(|judged| judged.grade), Some(Grade::Inadequate), "M10: an alert opened");
    look(&mut [&mut hana, &mut hugo, &mut sita]);
    hana.expect_no("Withheld: you are recused").expect_no("CR-0002");
    // The next is sent back with what is missing.
    let back = chair.app().sitting.row().unwrap().reference.clone();
    chair.press_command(Command::PutOnTable).expect_no_dialog().expect_line(&format!("now {back}"));
    hana.look_around().press("tab tab").expect_line(&format!("now {back}"));
    chair.press_command(Command::SendBack).type_text("What the child says about home").press("ctrl-s").expect_no_dialog();
    assert!(matches!(chair.world.review(&back).panel, PanelStand::SentBack(_)));
    // The third is put off.
    chair.press_command(Command::PutOnTable).expect_no_dialog().press_command(Command::DeferItem);
    chair.type_text("Its reviewer is away").press("ctrl-s").expect_no_dialog().expect_notice("waits for another sitting");
    // The fourth is opened early with a reason, and upheld.
    chair.press_command(Command::PutOnTable).expect_no_dialog();
    scores(&mut hana, "9");
    chair.look_around().expect_line("1 of 4 have scored. Waiting for");
    hana.press_command(Command::OpenScores).expect_no_dialog().expect_notice("Only the chair or the Insights team leads");
    desk.look_around().press_command(Command::OpenScores).expect_no_dialog();
    desk.expect_notice("Before all are in only whoever chairs (S. Miller) opens the scores.");
    chair.press_command(Command::OpenScores).type_text("x").press("ctrl-s").expect_line("Say in a few words why");
    chair.press("ctrl-u").type_text("The others read it together").press("ctrl-s").expect_dialog("Open the scores");
    chair.expect_line("3 members have not scored yet:").expect_line("It is not undone.");
    chair.type_text("open").press("enter").expect_no_dialog();
    decides(&mut chair, "9", "As the reviewer saw it");
    chair.expect_line("C closes the sitting").press_command(Command::CloseSitting).expect_dialog("Close the sitting");
    chair.type_text("close").press("enter").expect_no_dialog().expect_line("This sitting is over").expect_line("m adds a dated minute.");
    chair.press_command(Command::AddMinute).type_text("The team manager joined by telephone").press("ctrl-s").expect_no_dialog();
    chair.expect_notice("Added to the minutes");
    // Handed in again from its record, which says what is missing and by which key, once something was completed.
    let mut small = beside(&desk.world, "Amina Khan", SMALL);
    for robot in [&mut desk, &mut small] {
        robot
            .look_around()
            .press("esc esc")
            .opens(&back)
            .expect_line("The panel sent it back and asks for: What the child says about home");
        robot.expect_line("A hands it in again");
        robot.press_command(Command::HandInAgain).expect_notice("Nothing of CR-");
    }
    desk.press("e").expect_notice("The panel sent it back: What the child says about home");
    let narrative = closeloop::domain::review::field::narrative("strengths");
    let text = closeloop::domain::review::AnswerValue::Text("The child wants to stay".into());
    let deed = desk.world.edit(&back, &narrative, text);
    desk.world.do_("Amina Khan", deed);
    desk.look_around().press_command(Command::HandInAgain).expect_notice("waits for the panel again");
    desk.press_command(Command::HandInAgain).expect_notice("The panel did not send it back.");
    desk.world.assert_verified();
}

#[test]
fn a_member_takes_the_chair_when_the_chairs_line_drops() {
    let mut desk = Robot::sits_down(waiting(), LARGE);
    plans(&mut desk, &["Sam Miller", "Hana Owen", "Hugo Lane"]);
    desk.press_command(Command::BeginSitting).press("ctrl-s").expect_no_dialog();
    let mut hugo = beside(&desk.world, "Hugo Lane", SMALL);
    hugo.press_command(Command::ViewSitting).press_command(Command::PutOnTable).expect_notice("Only the chair or the Insights team");
    hugo.press_command(Command::TakeChair)
        .type_text("The chair\u{2019}s line dropped")
        .press("ctrl-s")
        .expect_notice("You are in the chair");
    hugo.press_command(Command::PutOnTable).expect_no_dialog().expect_line("now CR-");
}

#[test]
fn who_is_there_is_ticked_and_the_order_goes_back_to_the_proposal() {
    let mut desk = Robot::sits_down(waiting(), SMALL);
    plans(&mut desk, &["Sam Miller", "Hana Owen", "Hugo Lane", "Sita Moran"]);
    desk.press_command(Command::AsProposed).expect_notice("as proposed");
    let first = desk.app().sitting.row().unwrap().reference.clone();
    desk.press_command(Command::ItemDown).expect_row_selected(&first).expect_line("Order kept");
    assert_eq!(desk.app().sitting.place, 1, "the cursor goes with its item");
    desk.press_command(Command::AsProposed).expect_notice("The items stand as proposed");
    desk.press_command(Command::BeginSitting).press("j enter ctrl-s").expect_no_dialog().expect_notice("3 people there");
    desk.press_command(Command::Attendance)
        .expect_line("3 there")
        .press("j enter ctrl-s")
        .expect_no_dialog()
        .expect_notice("4 people there");
}

#[test]
fn a_review_is_brought_by_hand_with_its_reason() {
    let mut world = World::ready();
    world.through_as("CR-0001", "completed", 7).at(DAY);
    let mut desk = Robot::sits_down(world, LARGE);
    desk.opens("CR-0001").press_command(Command::BringToPanel).expect_dialog("CR-0001 \u{b7} Bring before the panel");
    desk.press("ctrl-s").expect_line("is still empty").type_text("It teaches something").press("ctrl-s").expect_no_dialog();
    desk.expect_notice("CR-0001 comes before the panel").press("M").expect_notice("before the panel already");
}

#[test]
fn the_history_of_an_item_is_kept_back_until_its_scores_are_open() {
    let sat = crate::support::sat::Sat::planned();
    let mut own = World::open(&sat.world.path());
    own.at("2026-11-23T09:00:00Z");
    let mut robot = Robot::somebody(own, LARGE, "Ivo Smith");
    robot.press("0 enter").expect_line("kept back until the scores are open").press("H").expect_no_dialog();
    robot.expect_notice("it can be read once the scores are open").expect_no("Inadequate alert");
}

#[test]
fn a_second_sitting_says_what_the_first_has_and_an_item_moves_to_it() {
    let mut desk = Robot::sits_down(waiting(), SMALL);
    plans(&mut desk, &["Sam Miller", "Hana Owen", "Hugo Lane"]);
    desk.press("esc").press_command(Command::PlanSitting).expect_line("Cases that wait are on a sitting already: 4 on Tue 24 Nov");
    desk.goes_to("on").instead("8 dec").goes_to("chair").type_text("Sam Miller").press("tab ctrl-s").expect_no_dialog();
    desk.expect_notice("Panel planned for Tuesday 8 December").expect_line("0 of 4 done").expect_line("none");
    desk.press("g enter").press_command(Command::MoveItem).expect_dialog("To another sitting").expect_line("Tue 8 Dec");
    let first = desk.app().sitting.row().unwrap().reference.clone();
    desk.press("ctrl-s").expect_no_dialog();
    let moved =
        desk.world.history(&first).into_iter().any(|row| row.what == "Moved to the panel\u{2019}s sitting on Tuesday 8 December 2026");
    assert!(moved, "{first}");
    desk.press("esc").expect_line("0 of 3 done").expect_line("0 of 1 done");
    // Another takes the rest over, because it was told to.
    desk.press_command(Command::PlanSitting).goes_to("on").instead("1 dec").goes_to("chair").type_text("Sam Miller").press("tab");
    desk.goes_to("from").press("right").expect_line("also 3 cases of Tue 24 Nov").press("ctrl-s").expect_no_dialog();
    desk.expect_notice("3 cases moved to it");
    desk.world.assert_verified();
}

#[test]
fn the_chair_is_asked_before_an_item_goes_off_the_table_unfinished() {
    let mut world = waiting();
    world.declare("Hana Owen", "CR-0002", InterestKind::Involvement);
    let mut desk = Robot::sits_down(world, SMALL);
    plans(&mut desk, &["Sam Miller", "Hana Owen", "Hugo Lane", "Sita Moran"]);
    desk.press_command(Command::BeginSitting).press("ctrl-s").expect_no_dialog();
    puts_cursor_on(&mut desk, "CR-0001");
    desk.press_command(Command::PutOnTable).expect_no_dialog().expect_line("now CR-0001");
    puts_cursor_on(&mut desk, "CR-0003");
    desk.press_command(Command::PutOnTable).expect_dialog("CR-0003: before it is opened");
    desk.expect_line("CR-0001 is still on the table: 0 of 4 scores in, no decision.").press("enter").expect_dialog("before it is opened");
    desk.press("esc").expect_line("now CR-0001").press_command(Command::PutOnTable).press("ctrl-s").expect_line("now CR-0003");
    puts_cursor_on(&mut desk, "CR-0002");
    desk.press_command(Command::PutOnTable).expect_dialog("CR-0002: at the door").expect_line("CR-0003 is still on the table");
    desk.expect_line("Hana Owen").expect_line("confirms both").press("ctrl-s").expect_line("now CR-0002").expect_line("put aside");
}

#[test]
fn the_key_is_said_of_the_item_under_the_cursor_and_people_are_scrolled() {
    let mut desk = Robot::sits_down(waiting(), SMALL);
    plans(&mut desk, &["Sam Miller", "Hana Owen", "Hugo Lane", "Sita Moran"]);
    desk.press_command(Command::BeginSitting).press("ctrl-s").expect_no_dialog();
    for reference in ["CR-0003", "CR-0001"] {
        puts_cursor_on(&mut desk, reference);
        desk.expect_line(&format!("p puts {reference} on the table."));
    }
    // In a window too low for all of them the last one is reached, and the first again.
    desk.resize(120, 24).press("tab tab").expect_line("more below").expect_line("\u{2713} Sam Miller");
    desk.press("G").expect_no("\u{2713} Sam Miller").expect_line("Sita Moran");
    desk.press("k k k k k k k k k k").expect_line("\u{2713} Sam Miller").expect_line("more below");
}

#[test]
fn members_are_found_by_typing_and_one_more_is_asked_for_each() {
    let mut desk = Robot::sits_down(waiting(), SMALL);
    desk.press_command(Command::ViewSitting).press_command(Command::PlanSitting);
    let asked = |robot: &Robot, key: &str| {
        let form = robot.form();
        (0..form.fields.len()).filter(|place| form.asked(*place) && form.fields[*place].key.starts_with(key)).count()
    };
    assert_eq!((asked(&desk, "member/"), asked(&desk, "guest/")), (1, 1), "a form is as long as what is filled in");
    desk.goes_to("member/0").type_text("manager safeg").expect_line("Sam Miller, Service manager, Safeguarding");
    desk.press("tab");
    assert_eq!(asked(&desk, "member/"), 2);
    desk.goes_to("member/1").type_text("obi").expect_line("nobody matches").press("ctrl-u");
    desk.goes_to("guest/0").type_text("obi").expect_line("Paul Obi");
}

#[test]
fn what_has_no_room_in_the_line_of_a_sitting_is_left_out_whole() {
    let mut world = World::ready();
    for reference in world.references() {
        world.through_as(&reference, "completed", 9);
    }
    // Something is withheld from the chair, so that the count says of how many they see.
    world.declare("Sam Miller", "CR-0005", InterestKind::Involvement);
    let mut desk = Robot::sits_down(
        {
            world.at(DAY);
            world
        },
        LARGE,
    );
    plans(&mut desk, &["Sita Moran", "Sam Miller", "Hana Owen", "Hugo Lane"]);
    desk.press_command(Command::BeginSitting).press("ctrl-s").expect_no_dialog();
    puts_cursor_on(&mut desk, "CR-0001");
    desk.press_command(Command::PutOnTable).expect_no_dialog();
    for (size, whole) in [(SMALL, false), (LARGE, true)] {
        let mut sam = beside(&desk.world, "Sam Miller", size);
        sam.press_command(Command::ViewSitting).press("j");
        let frame = sam.expect_line("now CR-0001").expect_line("looking around: f follows").frame();
        assert_eq!(frame.contains("you see done"), whole, "{frame}");
        assert_eq!(frame.contains("later"), whole, "{frame}");
    }
}
