//! Whatever is pressed, a child's own number is on the screen only while it was asked for, for ten seconds, and twice written
//! down; and it leaves the program by no other way. T39, T45.

use super::looks::looks;
use crate::cli::place::Place;
use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::rely::times;
use crate::support::world::{World, cases};
use closeloop::domain::look::LookKind;
use closeloop::runtime::random::seeded;

const KEYS: [&str; 40] = [
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "enter", "esc", "j", "k", "l", "h", "tab", "H", "x", "ctrl-s", "w", "e", "a", "c",
    "n", "?", ":", "X", "W", "O", "i", "f", "space", "z", "r", "t", "d", "pagedown", "G", "s",
];

#[test]
fn t45_whatever_is_pressed_no_number_is_shown_but_by_a_reveal_of_ten_seconds_that_is_written_down() {
    let numbers: Vec<String> = cases().into_iter().map(|row| row.council_id).collect();
    assert_eq!(numbers.len(), 40);
    let mut shown = 0;
    for walk in 0..times(6, 500) as u64 {
        let mut world = World::ready();
        if walk % 2 == 0 {
            world.through_as("CR-0002", "completed", 2);
        }
        let start = world.now;
        let mut robot = Robot::sits_down(world, [SMALL, (120, 40), LARGE][(walk % 3) as usize]);
        let mut dice = seeded(walk);
        let mut pressed = Vec::new();
        let mut moment = start;
        for _ in 0..50 {
            let key = KEYS[(dice() % KEYS.len() as u64) as usize];
            pressed.push(key);
            robot.press(key);
            robot.station.over = false;
            let frame = robot.frame();
            let found = numbers.iter().find(|number| frame.contains(number.as_str()));
            assert!(found.is_none() || robot.app().revealed.is_some(), "{found:?} after {pressed:?}\n{frame}");
            if found.is_some() {
                shown += 1;
                // A title, a popup or a search below it shows it no longer than that.
                moment += chrono::Duration::seconds(10);
                robot.at(&moment.to_rfc3339());
                let frame = robot.frame();
                assert!(!numbers.iter().any(|number| frame.contains(number.as_str())), "after ten seconds and {pressed:?}\n{frame}");
            }
        }
        let journal: usize = robot
            .world
            .references()
            .iter()
            .map(|reference| {
                robot.world.history(reference).iter().filter(|row| row.what.starts_with("Looked at who the subject is")).count()
            })
            .sum();
        let log = looks(&robot.world).iter().filter(|look| look.what == LookKind::Identity).count();
        assert_eq!(journal, log, "each reveal stands in the journal and in the log, after {pressed:?}");
    }
    // The walk would find one: it is looked for where one is shown.
    let mut robot = Robot::sits_down(World::ready(), SMALL);
    robot.press("1 x ctrl-s");
    let frame = robot.frame();
    assert!(numbers.iter().any(|number| frame.contains(number.as_str())), "{shown}\n{frame}");
}

#[test]
fn t39_a_childs_own_number_leaves_by_no_output_no_error_and_no_stray_file() {
    let mut place = Place::council();
    let stray = place.path("stray");
    std::fs::create_dir(&stray).unwrap();
    place.env.push(("TMPDIR", stray.clone()));
    let raw = rusqlite::Connection::open(place.db()).unwrap();
    let mut statement = raw.prepare("SELECT council_id FROM subject WHERE kind IN ('child', 'care-experienced')").unwrap();
    let numbers: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert!(numbers.len() > 100, "{}", numbers.len());
    let rows = place.run(&["list", "queue", "--filter", "all", "--json"]).rows();
    let reference = rows[0]["ref"].as_str().unwrap().to_string();
    let out = place.path("data");
    let commands: Vec<Vec<&str>> = vec![
        vec!["list", "queue", "--filter", "all", "--json"],
        vec!["list", "alerts", "--filter", "all", "--json"],
        vec!["list", "actions", "--filter", "all", "--plain"],
        vec!["list", "people"],
        vec!["show", &reference, "--json"],
        vec!["show", "CR-9999"],
        vec!["panel", "pack"],
        vec!["panel", "show", "--json"],
        vec!["cycle", "list", "--json"],
        vec!["cycle", "card", "2026-11", "--check"],
        vec!["report", "2026-10", "--kind", "collaborative-review"],
        vec!["export", "csv", &out],
        vec!["check", "--json"],
        vec!["verify"],
        vec!["tick"],
        vec!["looks", "--as", "nobody"],
        vec!["list", "queue", "--filter", "nonsense:1"],
    ];
    let holds = |text: &str| numbers.iter().find(|number| text.contains(number.as_str())).cloned();
    for args in &commands {
        let said = place.run(args);
        assert_eq!(holds(&format!("{}{}", said.out, said.err)), None, "{args:?}");
    }
    for folder in [&stray, &out] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
            assert_eq!(holds(&text), None, "{}", path.display());
        }
    }
    assert_eq!(std::fs::read_dir(&stray).unwrap().count(), 0, "no file is left where files are left by chance");
    for beside in ["insights.looks.db", "insights.looks.db-wal"] {
        let text = std::fs::read(place.path(beside)).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
        assert_eq!(holds(&text), None, "{beside}");
    }
}
