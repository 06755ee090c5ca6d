//! A panel with several processes on one file: everybody follows the chair's case, and a kill leaves no item by half.
//!
//! `CLOSELOOP_MOVES=200 cargo test -- the_chairs_case --nocapture` measures how soon; the test itself times nothing.

use crate::panel::table::{SITS_AT, defer, score, sealed, seen, submitted};
use crate::store::child::{self, Child, Running};
use crate::support::world::{World, day};
use closeloop::domain::deed::{Deed, PanelDeed};
use closeloop::domain::id::{PanelId, PersonId};
use closeloop::domain::panel::SittingWanted;
use closeloop::domain::query::{Answered, Query};
use closeloop::store::{Store, verify};
use std::io::Write;
use std::sync::mpsc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// As often as a workstation looks whether somebody else has written.
const LOOKS: Duration = Duration::from_millis(250);

/// Three members, and the room's screen.
const WATCHERS: [&str; 4] = ["Ivo Smith", "Sam Miller", "Sita Moran", ""];

fn micros() -> u128 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros()
}

/// Played by those who follow: says every case that comes onto the table, and when it was seen.
pub fn follow(child: &Child) {
    let mut world = World::open(&child.path);
    world.at(SITS_AT);
    let (_quiet, never) = mpsc::channel::<()>();
    let (mut version, mut shown) = (None, None);
    loop {
        let found = world.store.data_version().unwrap();
        if version != Some(found) {
            version = Some(found);
            let now = match child.argument.as_str() {
                "" => match world.ask(Query::Room(PanelId(1))) {
                    Answered::Room(room) => room.now.map(|item| item.reference),
                    other => panic!("{other:?}"),
                },
                who => seen(&mut world, who, PanelId(1)).now().map(|row| row.reference.clone()),
            };
            if now != shown {
                shown = now;
                child.say(&format!("{} {}", shown.as_deref().unwrap_or("none"), micros()));
            } else if shown.is_none() {
                child.say("none 0");
            }
        }
        let _ = never.recv_timeout(LOOKS);
    }
}

fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(place.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}

#[test]
fn the_chairs_case_is_seen_by_every_member_and_by_the_room() {
    let moves: usize = std::env::var("CLOSELOOP_MOVES").ok().and_then(|n| n.parse().ok()).unwrap_or(4);
    let (mut world, panel) = sealed(&[9, 2]);
    let mut watchers: Vec<Running> = WATCHERS.iter().map(|who| child::start("follow", &world.path(), who)).collect();
    for watcher in &mut watchers {
        assert_eq!(watcher.hears().as_deref(), Some("none 0"), "nothing is on the table yet");
    }
    let mut chance = closeloop::runtime::random::seeded(20_261_122);
    let mut taken = Vec::new();
    for turn in 0..moves {
        // Not in step with those who look.
        let (_quiet, never) = mpsc::channel::<()>();
        let _ = never.recv_timeout(Duration::from_micros(chance() % 250_000));
        let reference = ["CR-0001", "CR-0002"][turn % 2];
        let deed = world.opens(panel, reference);
        let moved = micros();
        world.do_("Iris Tamm", deed);
        for (watcher, who) in watchers.iter_mut().zip(WATCHERS) {
            let said = watcher.hears().unwrap();
            let (shown, at) = said.split_once(' ').unwrap();
            assert_eq!(shown, reference, "{who} follows move {turn}");
            taken.push(at.parse::<u128>().unwrap().saturating_sub(moved) as f64 / 1e3);
        }
    }
    taken.sort_by(f64::total_cmp);
    let (median, p95, worst) = (quantile(&taken, 0.5), quantile(&taken, 0.95), quantile(&taken, 1.0));
    let card = serde_json::json!({"figure": "a chair's move seen by four", "moves": moves, "median": median, "p95": p95, "worst": worst, "unit": "ms", "aim": 500});
    writeln!(std::io::stdout(), "{card}").unwrap();
}

/// Members of the sittings that are killed; the last one's score opens them all.
const SCORERS: [&str; 3] = ["Iris Tamm", "Ivo Smith", "Sam Miller"];

/// Played by a panel that goes on for ever: begins, opens its case, scores, puts it off and closes, and says each step.
pub fn sit_for_ever(child: &Child) {
    let mut world = World::open(&child.path);
    world.at(SITS_AT);
    let members: Vec<PersonId> = SCORERS.iter().map(|name| world.person(name)).collect();
    let usual = SittingWanted::on(day("2026-11-19"), "10:00", members.first().copied());
    let reference = child.argument.as_str();
    loop {
        let panel = world.sits_as(SittingWanted { members: members.clone(), ..usual.clone() });
        // Killed before it opened the case, an earlier sitting still has it.
        let review = world.id(reference);
        if let Some(from) = world.store.reading().sitting_of(review, world.today()).unwrap().filter(|from| *from != panel) {
            world.do_("Amina Khan", Deed::Panel(PanelDeed::MoveItem { review, from, to: panel }));
        }
        let deed = world.opens(panel, reference);
        world.do_(SCORERS[0], deed);
        for member in SCORERS {
            let deed = score(&world, panel, reference, 9, "");
            world.do_(member, deed);
            child.say(&format!("scored {}", panel.0));
        }
        let deed = defer(&world, panel, reference, "Once more");
        world.do_(SCORERS[0], deed);
        world.do_(SCORERS[0], Deed::Panel(PanelDeed::Close { panel }));
        child.say(&format!("closed {}", panel.0));
    }
}

#[test]
fn a_panel_killed_in_the_middle_leaves_no_item_by_half_and_keeps_every_score_it_acknowledged() {
    let kills = crate::support::rely::times(6, 60);
    let world = submitted(&[9, 2]);
    let path = world.path();
    drop(world.store);
    let mut chance = closeloop::runtime::random::seeded(20_261_123);
    let (mut scored, mut closed, mut lost) = (0u64, 0u64, 0u64);
    for _ in 0..kills {
        let mut panel = child::start("sit", &path, "CR-0001");
        let mut heard = Vec::new();
        for _ in 0..1 + chance() % 7 {
            heard.push(panel.hears().unwrap());
        }
        for _ in 0..chance() % 300_000 {
            std::hint::spin_loop();
        }
        panel.kill();
        heard.extend(panel.hears_all());
        let store = Store::open(&path).unwrap();
        let review = store.reading().review_by_reference("CR-0001").unwrap().unwrap();
        for said in &heard {
            let (what, number) = said.split_once(' ').unwrap();
            let id = PanelId(number.parse().unwrap());
            let acknowledged = heard.iter().filter(|other| **other == format!("scored {number}")).count();
            let item = store.reading().panel_item(id, review, None).unwrap();
            lost += u64::from(item.is_none_or(|item| item.scores.len() < acknowledged));
            let over = store.reading().sitting(id).unwrap().unwrap().closed_at.is_some();
            lost += u64::from(what == "closed" && !over);
            scored += u64::from(what == "scored");
            closed += u64::from(what == "closed");
        }
        // The last score and the reveal are one batch: an item with every score in is open, and no other one is.
        for sitting in store.reading().sittings(day("2026-11-19"), 1000).unwrap() {
            if let Some(item) = store.reading().panel_item(sitting.panel.id, review, None).unwrap() {
                assert_eq!(item.revealed, item.scores.len() == SCORERS.len(), "{:?}", sitting.panel.id);
            }
        }
        // Its table is cleared by the next who lead, as people would.
        drop(store);
        clear(&path);
        assert!(verify(&path, None, &mut |_, _| {}).unwrap().clean());
    }
    let card = serde_json::json!({"test": "panel killed", "kills": kills, "scores": scored, "closed": closed, "lost": lost});
    writeln!(std::io::stdout(), "{card}").unwrap();
    assert_eq!(lost, 0, "{card}");
    assert!(scored > 0, "{card}");
}

/// Puts off what a killed panel has left on its table, so that another one may open it.
fn clear(path: &std::path::Path) {
    let mut world = World::open(path);
    world.at(SITS_AT);
    let left: Vec<PanelId> = world
        .store
        .reading()
        .sittings(day("2026-11-19"), 1000)
        .unwrap()
        .into_iter()
        .filter(|one| one.item.is_some())
        .map(|one| one.panel.id)
        .collect();
    for panel in left {
        let deed = defer(&world, panel, "CR-0001", "The line went down");
        world.do_("Ivo Smith", deed);
    }
}
