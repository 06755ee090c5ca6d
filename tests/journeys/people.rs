//! The list of people by keyboard: somebody is added, gets a role, logs in, is ended, and what they held is handed over.

use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::World;
use closeloop::app::command::Command;
use closeloop::domain::action::{ActionWanted, Near};
use closeloop::domain::deed::{Deed, PanelDeed};
use closeloop::domain::panel::SittingWanted;
use closeloop::domain::query::Held;

/// The register with the cursor on somebody.
fn on(robot: &mut Robot, name: &str) {
    robot.press("8 esc esc 8 /").type_text(name).press("enter").expect_row_selected(name);
}

#[test]
fn somebody_is_added_gets_a_role_logs_in_and_is_ended() {
    let mut robot = Robot::sits_down(World::ready(), LARGE);
    robot.press("8 +").expect_dialog("Somebody new on the list of people");
    robot.press("ctrl-s").expect_line("is still empty");
    robot.type_text("Una Vale").goes_to("role").press("t").expect_line("Team manager sees");
    robot.goes_to("team").press("n").expect_line("North Court");
    robot.goes_to("login").type_text("una.v").goes_to("manager").type_text("sam mil").press("ctrl-s");
    robot.expect_no_dialog().expect_notice("Una Vale added as Team manager");

    // They sit down at once, with what their role says.
    let mut una = Robot::somebody(robot.into_world(), SMALL, "Una Vale");
    una.expect_line("una.v").press("8 +").expect_notice("no right to change people");
    una.expect_notice("Insights coordinator");

    // A change of role holds from the next thing they do.
    let mut robot = Robot::sits_down(una.into_world(), LARGE);
    on(&mut robot, "Una Vale");
    robot.press("c").expect_dialog("Una Vale \u{b7} What is written of them");
    robot.goes_to("role").press("s").expect_line("Service manager sees").press("ctrl-s");
    robot.expect_notice("Una Vale is Service manager from now on").press("u").expect_notice("Undone");
    robot.press("enter").expect_dialog("Una Vale").expect_line("Team manager, North Court, Safeguarding");
    robot.expect_line("login una.v; managed by Sam Miller").expect_line("Nothing that you may see is theirs to do.");

    // Their last day was yesterday: they come no further than the door.
    robot.press("-").expect_dialog("Una Vale \u{b7} Last day").expect_line("Nothing that you may see is theirs to do.");
    robot.instead("yesterday").press("ctrl-s").expect_notice("Una Vale\u{2019}s last day is");
    robot.expect_dialog("Una Vale").expect_line("left on 4 Nov 2026").press("-").expect_notice("has left already");
    let mut world = robot.into_world();
    let refused = world.answer_to("Una Vale", &closeloop::domain::query::Query::Overview).unwrap_err().to_string();
    assert!(refused.contains("last day here was"), "{refused}");
    assert!(closeloop::store::verify(&world.path(), None, &mut |_, _| {}).unwrap().clean());
}

#[test]
fn what_a_leaver_holds_is_handed_over_thing_by_thing() {
    let mut world = World::ready();
    let lead = world.detail("CR-0001").reviewer;
    let by = if lead == "Amina Khan" { "CR-0002" } else { "CR-0001" };
    let lead = world.detail(by).reviewer;
    let review = world.id(by);
    let wanted = ActionWanted {
        text: "Write the plan anew".into(),
        owner: Some(world.person(&lead)),
        due_on: None,
        urgent: false,
        kind: String::new(),
        near: Near::Anyway,
    };
    world.do_("Amina Khan", Deed::RaiseAction { review, wanted });
    let mut robot = Robot::sits_down(world, LARGE);
    on(&mut robot, &lead);
    robot.press("-").expect_line("Still theirs:").instead("yesterday").press("ctrl-s");
    // What is theirs is shown by itself.
    robot.expect_dialog(&lead).expect_line("To be given to others:").expect_line(by);
    let reviews = |robot: &Robot| {
        let person = robot.world.person(&lead);
        let held = robot.world.store.reading().held_by(person, &robot.world.viewer()).unwrap();
        held.iter().filter(|row| matches!(row.what, closeloop::domain::query::Held::Lead(_))).count()
    };
    let before = reviews(&robot);
    robot.press("enter").expect_dialog("Proposed reviewers").expect_line("has left.");
    robot.press_command(Command::SheetConfirm).expect_dialog(&lead);
    assert_eq!(reviews(&robot), before - 1);
    // All that are left at once.
    if before > 1 {
        robot.press_command(Command::SheetConfirm).expect_dialog("Proposed reviewers").press_command(Command::SheetConfirm);
        robot.expect_dialog(&lead);
        assert_eq!(reviews(&robot), 0);
    }
    robot.expect_row_selected("A-0001").press("enter").expect_dialog("A-0001 \u{b7} Another owner");
    robot.type_text("noor car").goes_to("why").type_text("The owner has left").press("ctrl-s");
    robot.expect_dialog(&lead).expect_notice("A-0001 given to Noor Carter");
    let person = robot.world.person(&lead);
    let left = robot.world.store.reading().held_by(person, &robot.world.viewer()).unwrap();
    assert!(left.iter().all(|row| matches!(row.what, closeloop::domain::query::Held::Manages(_))), "{left:?}");
    let world = robot.into_world();
    assert!(closeloop::store::verify(&world.path(), None, &mut |_, _| {}).unwrap().clean());
}

#[test]
fn the_key_says_why_the_last_who_keeps_the_list_stays_and_whose_absence_is_whose() {
    let mut world = World::ready();
    for who in ["Bela Novak", "Iris Tamm", "Ivo Smith", "Ines Holt"] {
        let person = world.person(who);
        let seen = world.store.reading().person_revision(person).unwrap().unwrap();
        let on = world.today();
        world.do_("Amina Khan", Deed::People(closeloop::domain::deed::PeopleDeed::End { person, seen, on }));
    }
    let mut robot = Robot::sits_down(world, LARGE);
    on(&mut robot, "Amina Khan");
    robot.press("-").expect_no_dialog().expect_notice("Nobody could change the list of people any more");
    // Somebody who does not keep the list records their own absence and nobody else\u{2019}s.
    let mut tara = Robot::somebody(robot.into_world(), SMALL, "Tara Moss");
    on(&mut tara, "Sam Miller");
    tara.press("a").expect_no_dialog().expect_notice("no right to change people");
    on(&mut tara, "Tara Moss");
    tara.press("a").expect_dialog("Tara Moss is away").press("ctrl-s").expect_no_dialog().expect_notice("T. Moss is away");
}

#[test]
fn t43_a_form_about_somebody_never_ends_at_the_sheet_of_another() {
    let mut world = World::ready();
    let chair = Some(world.person("Iris Tamm"));
    let day = world.today() + chrono::Days::new(8);
    world.do_("Amina Khan", Deed::Panel(PanelDeed::Plan(SittingWanted::on(day, "10:00", chair))));
    let mut robot = Robot::sits_down(world, LARGE);
    let to_the_seat = |robot: &mut Robot| {
        on_sheet(robot, "Iris Tamm");
        for _ in 0..40 {
            if robot.app().held_at_hand().is_some_and(|row| matches!(row.what, Held::Seat(_))) {
                break;
            }
            robot.press("j");
        }
        robot.press("enter").expect_no_dialog().expect_line("changes who sits there");
    };
    // One step back from what was opened from the sheet is the sheet.
    to_the_seat(&mut robot);
    robot.press("esc").expect_dialog("Iris Tamm");
    // Whoever goes elsewhere from there has left it.
    to_the_seat(&mut robot);
    on(&mut robot, "Rita Lund");
    robot.press("c").expect_dialog("Rita Lund \u{b7} What is written of them").press("ctrl-s");
    robot.expect_notice("Rita Lund: nothing to change").expect_no_dialog();
}

/// The sheet of somebody, from the list.
fn on_sheet(robot: &mut Robot, name: &str) {
    on(robot, name);
    robot.press("enter").expect_dialog(name);
}

#[test]
fn t43_who_takes_their_own_right_away_is_asked_first_and_is_promised_no_way_back() {
    let mut robot = Robot::sits_down(World::ready(), LARGE);
    on_sheet(&mut robot, "Amina Khan");
    robot.press("c").goes_to("role").press("t").press("ctrl-s").expect_dialog("This is you");
    robot.expect_line("you will no longer be able to").expect_line("You cannot take it back yourself");
    // Going back changes nothing.
    robot.press("esc").expect_dialog("Amina Khan \u{b7} What is written of them").press("ctrl-s").type_text("myself").press("enter");
    robot.expect_notice("You are Team manager from now on").expect_no("undoes it");
    robot.press("esc esc u").expect_notice("stands for good");
    // A change of somebody else\u{2019}s role asks nothing.
    let mut bela = Robot::somebody(robot.into_world(), LARGE, "Bela Novak");
    on(&mut bela, "Amina Khan");
    bela.press("c").goes_to("role").press("i").press("ctrl-s").expect_notice("undoes it");
}

#[test]
fn t43_who_ends_themselves_is_told_so_and_is_let_out() {
    let mut robot = Robot::sits_down(World::ready(), LARGE);
    on_sheet(&mut robot, "Amina Khan");
    robot.press("-").instead("+30").press("ctrl-s").expect_dialog("This is you").expect_line("Until then you can take it back");
    robot.type_text("myself").press("enter").expect_notice("undoes it").press("u").expect_notice("Undone");
    on_sheet(&mut robot, "Amina Khan");
    robot.press("-").instead("yesterday").press("ctrl-s").expect_dialog("This is you").expect_line("That day is past");
    assert!(!robot.is_over());
    robot.type_text("myself").press("enter");
    assert!(robot.is_over(), "the session goes on although nothing is theirs to see");
    let mut world = robot.into_world();
    world.answer_to("Amina Khan", &closeloop::domain::query::Query::Overview).unwrap_err();
}

/// The field under the cursor of the form on top.
fn field(robot: &Robot) -> String {
    robot.form().field().unwrap().key.clone()
}

#[test]
fn a_value_that_is_refused_takes_the_cursor_to_its_field() {
    let mut robot = Robot::sits_down(World::ready(), LARGE);
    robot.press("8 +").type_text("Una Vale").goes_to("role").press("t").goes_to("login").type_text("amina.k").goes_to("email");
    robot.type_text("una").press("ctrl-s").expect_line("is no e-mail address");
    assert_eq!(field(&robot), "email");
    robot.instead("una@council.example").goes_to("name").press("ctrl-s").expect_line("The login amina.k is Amina Khan");
    assert_eq!(field(&robot), "login");
    robot.instead("una.v").press("ctrl-s").expect_no_dialog().expect_notice("Una Vale added");
    // What is taken back says whose it was.
    robot.press("u").expect_notice("Undone: Una Vale is not on the list any more");
    on(&mut robot, "Rita Lund");
    robot.press("-").instead("1 January 2020").press("ctrl-s").expect_line("1 January 2020 is more than two years ago");
    robot.instead("+30").press("ctrl-s").expect_notice("Rita Lund\u{2019}s last day is");
    robot.press("u").expect_notice("Undone: Rita Lund\u{2019}s last day is as before");
    on(&mut robot, "Rita Lund");
    robot.press("a").goes_to("until").instead("1 November 2026").goes_to("from").press("ctrl-s").expect_no("2026-11-01");
    robot.expect_line("The absence ends on").expect_line("before it begins");
    assert_eq!(field(&robot), "until");
}

#[test]
fn t43_the_sheet_offers_no_key_to_whom_the_role_gives_no_right_to_give_it_away() {
    let mut world = World::ready();
    let lead = world.detail("CR-0001").reviewer;
    let mut robot = Robot::sits_down(world, LARGE);
    on_sheet(&mut robot, &lead);
    robot.expect_line("proposes another reviewer").expect_line("Ctrl-s");
    // A head of service sees all of it, and gives none of it away.
    let mut hana = Robot::somebody(robot.into_world(), LARGE, "Hana Owen");
    on_sheet(&mut hana, &lead);
    assert!(hana.app().held_at_hand().is_some(), "she sees what is theirs");
    hana.expect_line("no right to").expect_no("proposes another reviewer").expect_no("Ctrl-s");
    hana.press("enter").expect_notice("no right to").expect_dialog(&lead);
}

#[test]
fn who_has_left_before_a_sitting_is_marked_among_those_who_sit_there() {
    let mut world = World::ready();
    let chair = Some(world.person("Iris Tamm"));
    let day = world.today() + chrono::Days::new(8);
    world.do_("Amina Khan", Deed::Panel(PanelDeed::Plan(SittingWanted::on(day, "10:00", chair))));
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("0 enter").expect_line("Iris Tamm").expect_no("gone by then");
    let mut world = robot.into_world();
    world.leaves("Iris Tamm");
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("0 enter").expect_line("gone by then");
}
