//! Nobody holds anything while looking or thinking: no reading and no lock is open at any drawing or wait, and no file of a live
//! database is opened but by SQLite, which would drop its locks with the first close. T09.

use super::traced;
use crate::support::driver::{LARGE, Robot};
use crate::support::pty::{PATIENCE, Terminal};
use crate::support::rely;
use crate::support::world::World;
use crate::terminal::desk::Desk;
use closeloop::app::key::Key;
use closeloop::app::msg::Msg;
use closeloop::demo::COORDINATOR;
use closeloop::domain::review::AnswerValue;
use std::ffi::OsStr;

/// Keys of somebody who looks everywhere, opens everything and types into some of it.
const KEYS: &str = "1 2 3 4 5 6 7 8 9 0 j j j k G g enter enter esc esc tab l l h n / a late enter backspace : z s S w H A C X ? ctrl-s ctrl-d \
                    space * a e f i m t + y p c N ctrl-f ctrl-b r u q7 7 y e s d left right up down";

#[test]
fn t09_nothing_is_read_or_locked_at_any_of_ten_thousand_drawings() {
    let frames = rely::times(1_500, 10_000);
    let keys: Vec<Key> = KEYS.split_whitespace().filter_map(Key::parse).collect();
    let mut dice = closeloop::runtime::random::seeded(9);
    let mut robot = Robot::sits_down(World::ready(), LARGE);
    let mut drawn = 0;
    while drawn < frames {
        if robot.station.over {
            robot = Robot::sits_down(World::ready(), LARGE);
        }
        robot.station.take(Msg::Key(keys[dice() as usize % keys.len()]));
        robot.station.flush = false;
        if drawn.is_multiple_of(40) {
            // A colleague writes, so that everything on the screen is read anew.
            let deed = robot.world.edit("CR-0002", "n/strengths", AnswerValue::Text(format!("Round {drawn}")));
            let _ = robot.world.try_("Amina Khan", deed);
            robot.station.look_around();
        }
        assert!(robot.station.store.at_rest(), "something is still being read or written before a drawing");
        robot.station.draw().unwrap();
        assert!(robot.station.store.at_rest(), "something is still being read or written after a drawing");
        drawn += 1;
    }
    robot.world.assert_verified();
    rely::line(&serde_json::json!({"test": "T09", "frames": drawn, "held": 0}));
}

#[test]
fn t09_no_file_of_the_live_database_is_opened_but_by_sqlite() {
    if !traced::at_hand() {
        return;
    }
    let desk = Desk::new();
    let path = desk.path().canonicalize().unwrap();
    let trace = path.with_file_name("trace");
    let mut arguments = traced::before("trace=open,openat,openat2,creat", &trace);
    arguments.extend([env!("CARGO_BIN_EXE_closeloop"), "--db", path.to_str().unwrap(), "--as", COORDINATOR].map(String::from));
    let arguments: Vec<&OsStr> = arguments.iter().map(OsStr::new).collect();
    let mut terminal = Terminal::start("strace", &arguments, &[], (160, 48));
    terminal.wait_for("next thing");
    desk.open_record(&mut terminal);
    terminal.keys("ll");
    terminal.wait_for(&desk.heading);
    terminal.keys("\r");
    terminal.wait_for(&format!("{} \u{b7} {}", desk.reference, desk.heading));
    terminal.keys("Seen by nobody but SQLite");
    terminal.wait_for("Seen by nobody");
    terminal.keys("\x13");
    terminal.wait_for("finish list");
    // Long enough for it to look around several times.
    terminal.settle(std::time::Duration::from_millis(900));
    terminal.keys("\x11");
    assert_eq!(terminal.left_within(PATIENCE), Some(0), "{}", terminal.text());
    let folder = path.parent().unwrap().to_str().unwrap();
    let calls = traced::calls(&std::fs::read_to_string(&trace).unwrap());
    let live = |call: &&traced::Call| call.file.starts_with(folder) && !call.file.contains("making") && call.result >= 0;
    let of_database = |call: &&traced::Call| ["council.db", "drafts.db"].iter().any(|name| call.file.contains(name));
    let opened: Vec<_> = calls.iter().filter(live).filter(of_database).collect();
    // SQLite never follows a link to a database; nothing else in this program says so.
    let strays: Vec<_> = opened.iter().filter(|call| !call.arguments.contains("O_NOFOLLOW")).collect();
    rely::line(&serde_json::json!({"test": "T09", "opens": opened.len(), "opened_past_sqlite": strays.len()}));
    assert!(opened.iter().any(|call| call.file.ends_with("-shm")), "the trace shows what is opened: {opened:#?}");
    assert!(strays.is_empty(), "opened past SQLite: {strays:#?}");
}
