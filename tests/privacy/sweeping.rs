//! What has come up stands in the look over the records; an erasure goes on beside the session, and what a kill or another reader left
//! unswept is finished later. T47.

use super::erased::{CANARIES, UP, approve, ask, council, found, run};
use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::World;
use closeloop::domain::change::{Change, Swap};
use closeloop::domain::deed::{Actor, Deed, PrivacyDeed};
use closeloop::domain::query::{Answered, Query};
use closeloop::domain::strip::CLOCK_BEHIND;
use closeloop::runtime::clerk::sweep_after_erasing;
use closeloop::store::Store;
use std::time::Duration;

#[test]
fn t47_records_that_have_come_up_are_a_line_of_the_look_over_the_records_and_lead_to_their_list() {
    let (mut world, review) = council();
    let due = |world: &mut World, who: &str| match world.answer_to(who, &Query::Findings).unwrap() {
        Answered::Findings { due, .. } => due,
        other => panic!("{other:?}"),
    };
    assert_eq!(due(&mut world, "Iris Tamm"), None, "nothing has come up in November 2026");
    world.at(UP);
    assert_eq!(due(&mut world, "Sam Miller"), None, "it is no work of a service manager");
    let found = due(&mut world, "Iris Tamm").unwrap();
    assert_eq!((found.records, found.waiting, found.against.clone()), (2, 0, None));
    assert_eq!(found.sentence(), "2 records have come up for disposal since 5 Nov 2033");
    let mut robot = Robot::somebody(world, SMALL, "Iris Tamm");
    robot.press("X").expect_dialog("Look over the records").press("G").expect_row_selected("2 records have come up for disposal");
    robot.expect_line("To be decided about  (due; nothing is amiss with it)").expect_line("Enter opens the list of them");
    robot.press("x").expect_notice("are not set aside");
    robot.press("enter").expect_dialog("Keeping and erasing").expect_line("CR-0001");
    // A record opened from there leads back there, and from there one step back to the look over the records.
    robot.press("enter").expect_line("CR-0001").expect_no_dialog().press("esc").expect_dialog("Keeping and erasing");
    robot.press("esc").expect_dialog("Look over the records").press("esc").expect_no_dialog();
    // Held or asked for they are no more to be decided about; the disposal is.
    let mut world = robot.into_world();
    world.do_("Iris Tamm", Deed::Privacy(PrivacyDeed::Hold { reviews: vec![world.id("CR-0002")], why: "A complaint".into() }));
    world.do_("Iris Tamm", ask(vec![review]));
    assert_eq!(due(&mut world, "Ivo Smith").unwrap().sentence(), "1 disposal waits for somebody");
    // The coordinator sees that it is due, and who decides.
    let mut amina = Robot::sits_down(world, LARGE);
    amina.press("X G").expect_line("1 disposal waits for somebody").expect_line("is decided by the managers of the Insights team");
    amina.press("enter").expect_notice("is decided by the managers of the Insights team").expect_dialog("Look over the records");
}

/// Approved, so that it can be carried out.
fn approved() -> World {
    let (mut world, review) = council();
    // A made-up council, so that the program believes a clock of the test.
    let demo = Change::SettingChanged { name: "demo".into(), value: Swap::new("amina.k".into()) };
    let actor = world.actor("Amina Khan");
    world.store.write(|tx| tx.write(&actor, world.now, &[demo])).unwrap();
    world.at(UP);
    world.do_("Iris Tamm", ask(vec![review]));
    world.do_("Ivo Smith", approve());
    world
}

#[test]
fn t47_an_erasure_goes_on_beside_the_session_and_no_key_waits_for_it() {
    let mut robot = Robot::somebody(approved(), SMALL, "Ivo Smith");
    robot.station.patience = Duration::ZERO;
    robot.press("T enter").expect_dialog("Erase 1 record for good").type_text("erase").press("enter");
    robot.expect_notice("Erasing, and sweeping the files: you can go on reading").expect_dialog("Keeping and erasing");
    // Everything else can be done meanwhile, but for erasing more.
    robot.press("esc 8").expect_line("Amina Khan").press("j k");
    while !robot.station.takes_what_is_done() {
        std::thread::yield_now();
    }
    robot.expect_notice("Erased for good: CR-0001").press("u").expect_notice("stands for good");
    assert!(!robot.station.takes_what_is_done(), "it is said once");
    let mut world = robot.into_world();
    sweep_after_erasing(&world.path(), &Actor::by_itself("x".into()), world.now).unwrap();
    assert_eq!(found(&world, &CANARIES), Vec::<String>::new());
    assert_eq!(world.store.reading().unswept_disposals().unwrap(), Vec::new());
    world.at("2033-11-06T10:00:00Z");
    world.assert_verified();
}

#[test]
fn t47_what_is_not_swept_says_so_until_tick_has_finished_it() {
    let mut world = approved();
    // Somebody reads all the while: the log cannot be emptied.
    let reader = rusqlite::Connection::open(world.path()).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM review;").unwrap();
    let mut rows = reader.prepare("SELECT seq FROM journal").unwrap();
    let mut held = rows.query([]).unwrap();
    held.next().unwrap();
    let done = run(&mut world, "Ivo Smith").unwrap();
    assert!(!done.swept.clean);
    let waiting = world.store.reading().unswept_disposals().unwrap();
    assert_eq!(waiting.iter().map(|one| one.id.0).collect::<Vec<_>>(), [1]);
    let mut robot = Robot::somebody(world, SMALL, "Iris Tamm");
    robot.press("T").expect_line("to be swept").expect_line("Bytes of them may still lie in the files");
    let world = robot.into_world();
    let path = world.path();
    let run = |args: &[&str], now: &str| {
        let program = crate::support::rely::program();
        let command = &mut std::process::Command::new(program);
        let run = command.arg("--db").arg(&path).args(args).env("LANG", "C.UTF-8").env("CLOSELOOP_NOW", now).output().unwrap();
        format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr))
    };
    let said = run(&["doctor"], "2033-11-06T09:01:00Z");
    assert!(said.contains("Disposal 1 was carried out, and bytes of its records may still lie in the files"), "{said}");
    // Somebody still reads: that is said, and tried again after an hour, not each minute.
    let in_vain = "Disposal 1 was carried out; others were at work, so bytes of what was erased may still lie in the files";
    let said = run(&["tick"], "2033-11-06T09:02:00Z");
    assert!(said.contains(in_vain), "{said}");
    let said = run(&["tick"], "2033-11-06T10:01:00Z");
    assert!(!said.contains("Disposal 1"), "{said}");
    let said = run(&["tick"], "2033-11-06T10:02:00Z");
    assert!(said.contains(in_vain), "{said}");
    drop(held);
    drop(rows);
    drop(reader);
    // Nothing is written by a clock that was set back.
    let waits = || Store::open(&path).unwrap().reading().unswept_disposals().unwrap().len();
    let said = run(&["tick"], "2026-01-05T10:00:00Z");
    assert!(said.contains(CLOCK_BEHIND) && !said.contains("swept"), "{said}");
    assert_eq!(waits(), 1);
    let said = run(&["tick"], "2033-11-06T11:02:00Z");
    assert!(said.contains("The files were swept: no byte of what was erased is left in them."), "{said}");
    assert!(!run(&["tick"], "2033-11-06T11:03:00Z").contains("swept"), "once");
    assert_eq!(found(&world, &CANARIES), Vec::<String>::new());
    assert_eq!(waits(), 0);
    let mut world = world;
    world.at("2033-11-06T12:00:00Z");
    world.assert_verified();
}

#[test]
fn t47_what_keeps_a_file_from_being_swept_is_said_as_it_is() {
    let mut world = approved();
    run(&mut world, "Ivo Smith").unwrap();
    // No file may grow as large as the database is: so it is on a disk that is full.
    let program = crate::support::rely::program();
    let script =
        format!("trap '' XFSZ; ulimit -f 128; exec {} --db {} --as ivo.s dispose sweep", program.display(), world.path().display());
    let now = ("CLOSELOOP_NOW", "2033-11-06T09:01:00Z");
    let said = std::process::Command::new("bash").args(["-c", &script]).env(now.0, now.1).output().unwrap();
    let error = String::from_utf8(said.stderr).unwrap();
    assert!(error.contains("Not clean yet: the files could not be swept (disk I/O error), so bytes of what was erased may"), "{error}");
    assert!(!error.contains("others were at work"), "{error}");
}

#[test]
fn t47_of_two_sweeps_at_once_one_says_so() {
    let mut world = approved();
    run(&mut world, "Ivo Smith").unwrap();
    sweep_after_erasing(&world.path(), &Actor::by_itself("x".into()), world.now).unwrap();
    let rows = world.store.reading().journal_length().unwrap();
    sweep_after_erasing(&world.path(), &Actor::by_itself("y".into()), world.now).unwrap();
    assert_eq!(world.store.reading().journal_length().unwrap(), rows);
}

#[test]
fn t47_while_an_erasure_of_ones_own_holds_the_lock_a_key_that_saves_is_answered_at_once() {
    let (mut world, _) = council();
    let raw = rusqlite::Connection::open(world.path()).unwrap();
    raw.execute_batch("BEGIN IMMEDIATE").unwrap();
    let hold = Deed::Privacy(PrivacyDeed::Hold { reviews: vec![world.id("CR-0002")], why: "A complaint".into() });
    let hurry = closeloop::store::in_a_hurry();
    let began = std::time::Instant::now();
    let refused = world.try_("Iris Tamm", hold.clone()).unwrap_err();
    let took = began.elapsed();
    drop(hurry);
    assert!(matches!(refused, closeloop::store::StoreError::Busy(_)), "{refused}");
    // Five seconds is what everybody else waits.
    assert!(took < Duration::from_secs(4), "{took:?}");
    raw.execute_batch("ROLLBACK").unwrap();
    world.do_("Iris Tamm", hold);
}
