//! Who else has the record open, gone with their process.

use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::World;
use chrono::Utc;
use closeloop::domain::id::ReviewId;
use closeloop::runtime::presence::Presence;
use closeloop::store::{Present, PresentStore, Store};
use std::process::Command;

fn two(size: (u16, u16)) -> (Robot, Robot) {
    let world = World::ready();
    let own = World { store: Store::open(&world.path()).unwrap(), ..World::open(&world.path()) };
    (Robot::sits_down(world, size), Robot::somebody(own, size, "Bela Novak"))
}

#[test]
fn whoever_opens_the_same_record_is_named_until_they_leave() {
    for size in [SMALL, (120, 40), LARGE] {
        let (mut amina, mut bela) = two(size);
        amina.opens("CR-0001").look_around().expect_no("Also here");
        bela.opens("CR-0001").look_around().expect_line("Also here: A. Khan, since 09:30.");
        amina.look_around().expect_line("Also here: B. Novak, since 09:30.").expect_line("Steps");
        bela.press("esc");
        amina.look_around().expect_no("Also here");
        bela.press("esc").opens("CR-0002");
        amina.look_around().expect_no("Also here");
        bela.press("esc esc").opens("CR-0001");
        amina.look_around().expect_line("Also here: B. Novak");
        drop(bela);
        amina.look_around().expect_no("Also here");
    }
}

#[test]
fn coming_and_going_wakes_no_screen_that_shows_something_else() {
    let (mut amina, mut bela) = two(SMALL);
    amina.opens("CR-0002").look_around();
    amina.frame();
    bela.opens("CR-0001").press("esc").press("enter");
    // The question about interests that was answered on the way is a fact; the coming and going is none.
    amina.look_around();
    amina.frame();
    bela.press("esc").press("enter").press("esc");
    amina.look_around();
    assert!(!amina.station.stale, "nothing of hers changed");
}

#[test]
fn a_process_that_was_killed_is_gone_and_so_is_one_whose_number_was_given_out_again() {
    let world = World::ready();
    let review = ReviewId(1);
    let mut child = Command::new("sleep").arg("60").spawn().unwrap();
    let store = PresentStore::open(&world.path()).unwrap();
    let mut row =
        Present { session: "k".into(), name: "Noor Carter".into(), review, since: Utc::now(), pid: child.id().into(), started: 0 };
    store.come(&row).unwrap();
    let mut mine = Presence::new(&world.path(), "mine", "Amina Khan");
    mine.shows(Some(review), Utc::now()).unwrap();
    let names = |mine: &mut Presence| mine.others().unwrap().map(|all| all.into_iter().map(|one| one.name).collect::<Vec<_>>());
    assert_eq!(names(&mut mine), Some(vec!["Noor Carter".to_string()]));
    // The same number, and a process that was started at another time.
    row.started = 1;
    store.come(&row).unwrap();
    assert_eq!(names(&mut mine), Some(Vec::new()));
    row.started = 0;
    store.come(&row).unwrap();
    assert_eq!(names(&mut mine).map(|all| all.len()), Some(1));
    child.kill().unwrap();
    child.wait().unwrap();
    store.come(&row).unwrap();
    assert_eq!(names(&mut mine), Some(Vec::new()));
    assert!(store.others(review, "mine").unwrap().is_empty(), "its row is taken away as well");
}
