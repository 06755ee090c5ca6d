//! The screen follows the chair, holds nobody up, and draws nothing when nothing has happened.

use super::{display, frame};
use crate::support::sat::{RECUSED, Sat};
use closeloop::domain::deed::{Deed, PanelDeed};
use closeloop::runtime::clock::Clock;
use closeloop::runtime::display::{Display, Looks};
use closeloop::store::Store;
use closeloop::ui::theme::Look;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

#[test]
fn the_next_look_around_shows_what_the_chair_opened() {
    let mut sat = Sat::begun();
    let mut room = display(&sat.world, (80, 24), Look::PLAIN);
    frame(&mut room);
    room.look_around();
    assert!(!room.stale, "nothing has happened, and nothing is drawn");
    for case in [0, 3, 2] {
        sat.opens(case);
        room.look_around();
        assert!(room.stale);
        assert_eq!(room.room().unwrap().now.as_ref().unwrap().reference, sat.cases[case]);
        room.draw().unwrap();
        room.look_around();
        assert!(!room.stale);
    }
    room.set_clock(Clock::Fixed("2026-11-24T10:07:00Z".parse().unwrap()));
    room.look_around();
    assert!(frame(&mut room).contains("7 min used, 13 left"));
}

#[test]
fn when_the_sitting_is_over_it_says_when_the_next_one_is() {
    let mut sat = Sat::begun();
    let mut room = display(&sat.world, (80, 24), Look::PLAIN);
    let panel = sat.panel;
    sat.chairs(PanelDeed::Close { panel });
    room.look_around();
    assert!(frame(&mut room).contains("No sitting is planned"));
    let usual = closeloop::domain::panel::SittingWanted::on("2026-12-15".parse().unwrap(), "14:00", None);
    sat.world.do_("Amina Khan", Deed::Panel(PanelDeed::Plan(usual)));
    room.look_around();
    let frame = frame(&mut room);
    assert!(frame.contains("The next sitting:") && room.room().unwrap().at == "14:00", "{frame}");
}

#[test]
fn it_reads_while_somebody_writes_and_never_waits_for_the_lock() {
    let mut sat = Sat::begun();
    sat.opens(0);
    let mut room = display(&sat.world, (80, 24), Look::PLAIN);
    let path = sat.world.path();
    sat.world
        .store
        .write(|_| {
            // Somebody holds the lock for all that time.
            room.look_around();
            let mut second = Display::start(looks(Store::open(&path).unwrap(), None), Terminal::new(TestBackend::new(80, 24)).unwrap())?;
            assert!(frame(&mut room).contains(&sat.cases[0]) || room.room().is_some());
            assert!(frame(&mut second).contains("0 of 4"));
            Ok(())
        })
        .unwrap();
}

fn looks(store: Store, person: Option<closeloop::domain::id::PersonId>) -> Looks {
    let clock = Clock::Fixed("2026-11-24T10:05:00Z".parse().unwrap());
    Looks { store, library: Default::default(), person, clock, look: Look::PLAIN, panel: None }
}

#[test]
fn what_is_withheld_from_whoever_starts_it_is_withheld_from_the_room() {
    let mut sat = Sat::begun();
    let store = Store::open(&sat.world.path()).unwrap();
    let started = Some(sat.world.person(RECUSED));
    let mut room = Display::start(looks(store, started), Terminal::new(TestBackend::new(80, 24)).unwrap()).unwrap();
    sat.opens(1);
    sat.scores(1, &[1, 1, 1]);
    room.look_around();
    let shown = frame(&mut room);
    let said = format!("{:?}", room.room().unwrap());
    assert!(room.room().unwrap().withheld && shown.contains("withheld from whoever started"), "{shown}");
    for text in [shown, said] {
        assert!(!text.contains(&sat.cases[1]), "{text}");
    }
    sat.decides(1, 1, "As it was");
    room.look_around();
    assert!(!frame(&mut room).contains(&sat.cases[1]));
}
