//! Alerts by keyboard: from an Inadequate typed in the record to a closed alert, Sefton's immediate concern, Sandwell's fostering
//! route. M10-M13, M18, S09-S12, F10.

use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::World;
use closeloop::domain::framework::Side;
use closeloop::domain::id::{AlertId, PersonId};

/// Who is addressed in a role of an alert's child's line.
fn who(world: &World, role: &str) -> String {
    let alert = world.store.reading().alert(AlertId(1)).unwrap().unwrap();
    let found = alert.addressees.iter().find(|one| one.role == role && one.side == Side::Child).and_then(|one| one.person);
    let person: PersonId = found.unwrap_or_else(|| panic!("{role} is a gap"));
    world.store.reading().person(person).unwrap().unwrap().name
}

/// The session of one person ends, and another sits down at the same moment.
fn now_sits(robot: Robot, size: (u16, u16), name: &str) -> Robot {
    let now = robot.world.now;
    let mut other = Robot::somebody(robot.into_world(), size, name);
    other.at(&now.to_rfc3339());
    other
}

fn acknowledges(robot: &mut Robot) {
    robot.press("a").expect_dialog("Acknowledge AL-0001").type_text("yes").press("enter").expect_no_dialog();
}

#[test]
fn m10_m11_m12_m13_m18_from_an_inadequate_typed_to_a_closed_alert() {
    let mut world = World::ready();
    world.through("CR-0001", "family-contact").at("2026-11-12T10:00:00Z").fill("CR-0001", 2);
    let mut robot = Robot::sits_down(world, SMALL);
    robot
        .opens("CR-0001")
        .press("f enter")
        .expect_dialog("Submit CR-0001")
        .press("enter")
        .expect_line("The word is \u{201c}submit\u{201d}. Type it");
    robot
        .type_text("submti")
        .press("enter")
        .expect_line("not \u{201c}submti\u{201d}")
        .type_text("sub")
        .press("ctrl-u")
        .type_text("submit")
        .press("enter")
        .expect_no_dialog();
    robot.expect_line("! 1 Inadequate open, nearest 1 h left");
    // The coordinator telephones all six and writes it down.
    robot.press("esc esc 3").expect_row_selected("CR-0001").expect_line("next: tell 6 people").press("enter");
    robot
        .expect_line("Now   tell 6 people: telephone")
        .press("t")
        .expect_dialog("AL-0001 \u{b7} Who was told")
        .press("left left left left left left");
    robot.goes_to("who");
    while robot.form().value("who") != "0,1,2,3,4,5" {
        robot.press("right");
    }
    robot.press("ctrl-s").expect_no_dialog().expect_notice("told by telephone");
    let (sm, hos) = (who(&robot.world, "SM"), who(&robot.world, "HoS"));
    robot.expect_line(&format!("Now   acknowledge, by {sm}")).press("s").expect_notice("Assurance is given by").press("a");
    robot
        .expect_notice("you are not among them")
        .press("c")
        .expect_no_dialog()
        .expect_notice("AL-0001 stays open: nobody has acknowledged it");
    // The service manager sits down: the alert is what needs them.
    let mut robot = now_sits(robot, SMALL, &sm);
    robot.at("2026-11-12T10:40:00Z").press("n").expect_notice("Next: acknowledge, AL-0001");
    acknowledges(&mut robot);
    robot
        .expect_notice("it holds until Thu 12 Nov 18:40")
        .at("2026-11-12T15:00:00Z")
        .press("s")
        .expect_dialog("AL-0001 \u{b7} Assurance on CR-0001");
    robot.type_text("Seen this afternoon; safe with the grandparents").goes_to("a/quality").type_text("Supervision had lapsed");
    robot.goes_to("u1-text").type_text("Visit tonight").goes_to("u1-owner").type_text("noor").press("ctrl-s").expect_no_dialog();
    robot.expect_notice("urgent action A-0001 due 13 November").expect_line("end of Fri 13 Nov").expect_no("00:00");
    robot.press("c").expect_no_dialog().expect_notice("stays open: 1 urgent action not done (Noor Carter)");
    // The head of service disputes it, the Insights head of service decides.
    let mut robot = now_sits(robot, SMALL, &hos);
    robot.press("3 enter d").expect_dialog("AL-0001 \u{b7} Dispute the level of concern").type_text("The visits were made").press("ctrl-s");
    robot.expect_no_dialog().expect_notice("Ines Holt decides it");
    robot.press("v").expect_no_dialog().expect_notice("is decided, finally, by Ines Holt (Insights HoS)");
    let mut robot = now_sits(robot, SMALL, "Ines Holt");
    robot
        .press("3 enter v")
        .expect_dialog("AL-0001 \u{b7} Decide the dispute")
        .press("right")
        .goes_to("because")
        .type_text("The record has to show it");
    robot.press("ctrl-s").expect_no_dialog().expect_notice("decided, the concern stands; that is final");
    robot.press("v").expect_notice("that decision is final");
    // The action is done; the coordinator closes.
    let deed = robot.world.finish(1, "Case note");
    robot.world.do_("Noor Carter", deed);
    let mut robot = now_sits(robot, SMALL, "Amina Khan");
    robot.press("3").expect_line("reviewed").press("enter").expect_line("Now   close it").press("c").expect_dialog("AL-0001 \u{b7} Close");
    robot.press("ctrl-s").expect_no_dialog().expect_line("Nothing is left to do.").press("esc").expect_line("No Inadequate alert is open.");
    robot.expect_no("Inadequate open");
    robot.world.assert_verified();
}

#[test]
fn f10_an_immediate_concern_from_the_queue_to_its_end() {
    let mut world = World::run_by("sefton");
    let cycle = world.at("2026-11-02T09:30:00Z").open_cycle("2026-11-01");
    world.draw(cycle, 3, 7);
    world.at("2026-11-05T09:30:00Z");
    let mut robot = Robot::sits_down(world, SMALL);
    robot.press("1 !").expect_dialog("TA-0001 \u{b7} Raise an alert").expect_line("an immediate concern");
    robot.goes_to("c/summary").type_text("Nobody has seen the child for six weeks");
    robot.goes_to("c/actions").type_text("A visit today, alone with the child").goes_to("told/TM").press("right right").press("ctrl-s");
    robot.expect_no_dialog().expect_notice("alert AL-0001 is open; 1 person told in person").expect_line("1 alert open");
    robot.press("3").expect_line("told 1/2").press("enter").expect_line("immediate concern").press("t ctrl-s").expect_no_dialog();
    let sm = who(&robot.world, "SM");
    let mut robot = now_sits(robot, SMALL, &sm);
    robot.press("3 enter");
    acknowledges(&mut robot);
    robot
        .press("s")
        .expect_dialog("AL-0001 \u{b7} Assurance")
        .type_text("Seen at school today, and safe")
        .press("ctrl-s")
        .expect_no_dialog();
    robot.expect_line("Now   sign the actions off, by the AD (nobody holds this role)");
    // The supervision is theirs to record; signing off is not.
    robot.press("m").expect_dialog("AL-0001 \u{b7} What followed").expect_no("Actions signed off").press("esc");
    let rows = vec![closeloop::domain::intake::PersonRow {
        name: "Dana Frost".into(),
        role: Some("AD".into()),
        login: Some("dana.f".into()),
        ..Default::default()
    }];
    robot.world.do_("Amina Khan", closeloop::domain::deed::Deed::ImportPeople { rows, file: crate::support::world::file("ad.csv", '7') });
    let mut robot = now_sits(robot, SMALL, "Dana Frost");
    robot.press("n").expect_notice("Next: sign the actions off, AL-0001, no clock runs on it").press("m");
    robot.goes_to("note").type_text("Timed, owned, and the visit is made").press("ctrl-s").expect_no_dialog();
    let mut robot = now_sits(robot, SMALL, "Amina Khan");
    robot.press("3 enter").expect_line("Now   record the supervision, by the TM or the SM").press("m").expect_no_dialog();
    robot.expect_notice("To record the supervision is for the TM or the SM.");
    let mut robot = now_sits(robot, SMALL, "Sam Miller");
    robot.press("3 enter m").goes_to("note").type_text("What got in the way");
    robot
        .press("ctrl-s")
        .expect_no_dialog()
        .expect_line("Now   close it")
        .press("c ctrl-s")
        .expect_no_dialog()
        .expect_line("Nothing is left");
    robot.world.assert_verified();
}

#[test]
fn s09_s11_s12_fostering_s_own_people_hear_of_it_assure_and_decide() {
    use crate::choosing::{council, cycle, naming};
    use closeloop::domain::deed::Deed;
    use closeloop::domain::framework::SubjectKind;
    use closeloop::domain::named::{NamedWanted, Whom};
    let mut world = council("sandwell");
    let id = cycle(&mut world, "2026-11-01");
    let carer = world.store.reading().subjects(true).unwrap().into_iter().find(|subject| subject.kind == SubjectKind::FosterCarer).unwrap();
    let named =
        NamedWanted { whom: Whom::Known(carer.id), ..naming(&world, id, "practice-review", closeloop::domain::review::Chosen::Added, 0) };
    world.do_("Amina Khan", Deed::OpenNamed(named));
    // Of those that fostering knows, these two sit down in the council's own table of logins.
    let rows = [("Sam Miller", "RM", "Hana Owen", "sam.m"), ("Hana Owen", "RespInd", "Dana Frost", "hana.o")];
    let rows = rows.map(|(name, role, manager, login)| closeloop::domain::intake::PersonRow {
        name: name.into(),
        role: Some(role.into()),
        service: Some("Fostering".into()),
        line_manager: Some(manager.into()),
        login: Some(login.into()),
        ..Default::default()
    });
    let moved = |name: &str, manager: &str| closeloop::domain::intake::PersonRow {
        name: name.into(),
        line_manager: Some(manager.into()),
        ..Default::default()
    };
    let mut rows = rows.to_vec();
    rows.extend([moved("Fay North", "Sam Miller")]);
    world.do_("Amina Khan", Deed::ImportPeople { rows, file: crate::support::world::file("moves.csv", '9') });
    let mut robot = Robot::sits_down(world, LARGE);
    robot
        .press("1 !")
        .expect_dialog("PR-0001 \u{b7} Raise an alert")
        .goes_to("c/reason")
        .type_text("Two allegations within a month")
        .press("ctrl-s");
    robot.expect_no_dialog().press("3 3 enter").expect_line("foster carer\u{2019}s RM").expect_line("Sam Miller").expect_line("Hana Owen");
    robot.press("t").goes_to("who");
    while robot.form().value("who") != "0,1" {
        robot.press("right");
    }
    robot.press("ctrl-s").expect_no_dialog();
    let mut robot = now_sits(robot, LARGE, "Sam Miller");
    robot.press("3 enter");
    acknowledges(&mut robot);
    robot
        .press("s")
        .type_text("Everybody is safe")
        .goes_to("a/mitigation")
        .type_text("Weekly visits")
        .goes_to("a/needed")
        .type_text("A plan");
    robot
        .press("ctrl-s")
        .expect_no_dialog()
        .press("d")
        .type_text("It was one evening")
        .press("ctrl-s")
        .expect_notice("Hana Owen decides it");
    let mut robot = now_sits(robot, LARGE, "Hana Owen");
    robot.press("3 enter v right").goes_to("because").type_text("It was more").press("ctrl-s").expect_no_dialog();
    robot.press("c ctrl-s").expect_no_dialog().expect_line("Nothing is left to do.");
    robot.world.assert_verified();
}

#[test]
fn a_new_alert_of_somebody_else_rings_once_and_leaves_the_cursor_where_it_is() {
    let mut world = World::ready();
    world.through("CR-0001", "family-contact").at("2026-11-12T10:00:00Z").fill("CR-0001", 2);
    let mut robot = Robot::sits_down(world, SMALL);
    robot.press("j j");
    let here = robot.app().queue.current().unwrap().id;
    assert!(!robot.rang());
    let deed = robot.world.submit("CR-0001");
    robot.world.do_("Amina Khan", deed);
    robot.look_around().expect_notice("A new alert is open: AL-0001.").expect_line("! 1 Inadequate open");
    assert!(robot.rang());
    assert_eq!(robot.app().queue.current().unwrap().id, here);
    robot.press("r");
    assert!(!robot.rang(), "once");
}

#[test]
fn m11_a_session_that_is_open_notices_what_ran_out_and_the_strip_says_so() {
    let mut world = World::ready();
    world.through_as("CR-0001", "completed", 1);
    let mut robot = Robot::sits_down(world, SMALL);
    robot.press("3").expect_line("1 h left").at("2026-11-12T11:05:00Z").expect_line("5 m late");
    let noticed = robot.world.history("CR-0001").iter().filter(|row| row.what.starts_with("Overdue: ")).count();
    assert_eq!(noticed, 6);
    robot.at("2026-11-12T11:07:00Z");
    assert_eq!(robot.world.history("CR-0001").iter().filter(|row| row.what.starts_with("Overdue: ")).count(), 6);
    robot.at("2026-11-11T11:07:00Z").expect_notice("The clock of this machine stands before one of the last entries of the journal");
}

#[test]
fn who_told_each_is_in_the_row_and_the_alert_has_its_own_number_at_every_size() {
    for size in [SMALL, (120, 40), LARGE] {
        let mut world = World::ready();
        world.through_as("CR-0001", "completed", 2);
        let mut robot = Robot::sits_down(world, size);
        robot.press("3").expect_line("AL-0001").press("enter t").goes_to("who");
        while robot.form().value("who") != "0,1,2,3,4,5" {
            robot.press("right");
        }
        robot.press("ctrl-s").expect_no_dialog().expect_line("A. Khan");
        let named = robot.frame().lines().filter(|line| line.contains("A. Khan")).count();
        assert!(named >= 6, "{size:?}: by whom is said of each\n{}", robot.frame());
    }
}
