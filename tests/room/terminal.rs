//! The real program in a real terminal: it comes up, takes another size, is left, and goes when its line drops.

use crate::support::pty::Terminal;
use closeloop::demo::{COORDINATOR, DemoWanted, build};
use closeloop::domain::deed::{Actor, Deed, PanelDeed};
use closeloop::domain::id::ReviewId;
use closeloop::domain::panel::SittingStand;
use closeloop::profiles::Catalog;
use closeloop::runtime::clerk::perform;
use closeloop::runtime::clock::Clock;
use closeloop::runtime::library::Library;
use closeloop::store::Store;
use rustix::process::{Pid, Signal, kill_process};
use std::ffi::OsStr;
use std::path::Path;
use std::time::{Duration, Instant};

/// Moves of the chair that are timed.
const MOVES: usize = 20;

const NOW: &str = "2026-11-19T14:06:00Z";

fn start(db: &Path, size: (u16, u16)) -> Terminal {
    let args = ["--db", db.to_str().unwrap(), "display"].map(OsStr::new);
    let mut terminal = Terminal::start(env!("CARGO_BIN_EXE_closeloop"), &args, &[("CLOSELOOP_NOW", NOW)], size);
    terminal.wait_for("The next sitting:");
    terminal
}

#[test]
fn it_is_left_by_a_key_and_goes_when_its_line_drops() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("demo.db");
    let wanted = DemoWanted { framework: "merton".into(), reviews: 40, seed: 7, now: NOW.parse().unwrap(), faults: false };
    build(&db, &Catalog::built_in(), &wanted, &mut |_, _| {}).unwrap();
    for keys in ["q", "\u{1b}", "\u{3}"] {
        let mut terminal = start(&db, (80, 24));
        terminal.keys(keys);
        assert!(terminal.left_within(Duration::from_secs(5)).is_some(), "{keys:?}");
    }
    let mut terminal = start(&db, (80, 24));
    terminal.hang_up();
    assert!(terminal.left_within(Duration::from_secs(5)).is_some());
    let mut terminal = start(&db, (80, 24));
    kill_process(Pid::from_raw(terminal.pid() as i32).unwrap(), Signal::TERM).unwrap();
    assert!(terminal.left_within(Duration::from_secs(5)).is_some());
    // Nothing was written by any of them.
    let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    let of_the_demo = |name: &str| name.starts_with("demo.db") || name == "demo.looks.db";
    assert!(names.iter().all(|name| of_the_demo(name.to_str().unwrap())), "{names:?}");
}

#[test]
fn the_chairs_moves_reach_it_soon() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("demo.db");
    let wanted = DemoWanted { framework: "sandwell".into(), reviews: 60, seed: 10, now: NOW.parse().unwrap(), faults: false };
    build(&db, &Catalog::built_in(), &wanted, &mut |_, _| {}).unwrap();
    let mut store = Store::open(&db).unwrap();
    let clock = Clock::Fixed("2026-12-31T10:00:00Z".parse().unwrap());
    let viewer = clock.viewer(None);
    let person = store.reading().person_by_login(COORDINATOR).unwrap().unwrap();
    let actor = Actor { login: person.login, person: Some(person.id), name: person.name, role: person.role, session: "a".into() };
    let mut library = Library::default();
    let mut does = |store: &mut Store, deed| perform(store, &mut library, &actor, viewer.now, Deed::Panel(deed)).unwrap();
    // The first planned sitting with two cases before it that nobody leaves for.
    let planned = store.reading().sittings(viewer.today, 100).unwrap().into_iter().filter(|sitting| sitting.stand == SittingStand::Planned);
    let waiting = store.reading().waiting_for_panel(&viewer).unwrap();
    let free = |review: &ReviewId| store.reading().recused_from(*review).unwrap().is_empty();
    let (sitting, cases) = planned
        .map(|sitting| {
            let own = waiting.iter().filter(|one| one.sitting == Some(sitting.panel.id)).map(|one| one.review).filter(free);
            (sitting.panel.clone(), own.take(2).collect::<Vec<_>>())
        })
        .find(|(_, cases)| cases.len() == 2)
        .unwrap();
    let panel = sitting.id;
    does(&mut store, PanelDeed::Begin { panel, present: sitting.members.clone() });
    let name = |store: &Store, review| store.reading().review(review).unwrap().unwrap().review.reference;
    let names = [name(&store, cases[0]), name(&store, cases[1])];
    let panel_name = format!("P-{}", panel.0);
    let args = ["--db", db.to_str().unwrap(), "display", &panel_name].map(OsStr::new);
    let env = [("CLOSELOOP_NOW", "2026-12-31T10:00:00Z")];
    let mut terminal = Terminal::start(env!("CARGO_BIN_EXE_closeloop"), &args, &env, (80, 24));
    terminal.wait_for("Nothing is on the table");
    let mut took = Vec::new();
    for turn in 0..MOVES {
        does(
            &mut store,
            PanelDeed::OpenItem {
                panel,
                review: cases[turn % 2],
                left: Vec::new(),
                aside: Some(cases[(turn + 1) % 2]).filter(|_| turn > 0),
            },
        );
        let moved = Instant::now();
        // In large letters the one on the table is no text; the one that was put aside is among those to come again.
        let (open, other) = (&names[turn % 2], &names[(turn + 1) % 2]);
        terminal.wait("the chair's case", |screen| !screen.contains(open.as_str()) && screen.contains(other.as_str()));
        took.push(moved.elapsed());
    }
    took.sort();
    let (median, late) = (took[MOVES / 2], took[MOVES * 95 / 100]);
    if std::env::var_os("CLOSELOOP_FIGURES").is_some() {
        let mut err = std::io::stderr();
        std::io::Write::write_fmt(&mut err, format_args!("median {median:?}, p95 {late:?} of {MOVES} moves\n")).unwrap();
    }
    // It looks four times a second; the rest is what a busy machine takes.
    assert!(late < Duration::from_secs(3), "median {median:?}, p95 {late:?}");
}
