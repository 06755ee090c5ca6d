//! Whatever keys somebody presses who has left for a case: nothing of it reaches their screen, the first frame and searches included.
//!
//! A few walks are enough for every day; `CLOSELOOP_RELY=full` takes five hundred.

use crate::support::driver::Robot;
use crate::support::sat::{MEMBERS, RECUSED, Sat};
use crate::support::world::World;
use closeloop::domain::deed::{Deed, PanelDeed};
use closeloop::runtime::random::seeded;
use closeloop::store::Store;

/// Keys that go somewhere, open something or ask for something; none that leaves the program.
const KEYS: [&str; 46] = [
    "0", "0", "0", "1", "2", "3", "4", "5", "8", "9", "j", "k", "J", "K", "h", "l", "tab", "tab", "enter", "enter", "esc", "esc", "g", "G",
    "n", "f", "r", "s", "d", "B", "D", "m", "p", "i", "H", "e", "w", "y", "?", "space", "u", "x", "R", "ctrl-s", "down", "right",
];

/// Which way the case on the table went in the meantime.
#[derive(Clone, Copy)]
enum Went {
    Scored,
    Opened,
    Lowered,
}

/// The sitting with the withheld case on its table, words written about it that stand nowhere else.
fn on_the_table(went: Went) -> Sat {
    let mut sat = Sat::begun();
    sat.opens(1);
    let (panel, review) = (sat.panel, sat.world.id(&sat.cases[1]));
    for (name, point) in
        MEMBERS.into_iter().filter(|name| *name != RECUSED).zip([6, 5, 6]).take(if matches!(went, Went::Scored) { 2 } else { 3 })
    {
        let score = PanelDeed::Score { panel, review, scaling: Some(point), grade: None, note: "a quixotic lantern".into() };
        sat.world.do_(name, Deed::Panel(score));
    }
    if matches!(went, Went::Lowered) {
        sat.decides(1, 0, "a quixotic lantern");
    }
    sat
}

#[test]
fn whatever_a_recused_member_presses_nothing_withheld_is_shown() {
    let walks = crate::support::rely::times(9, 500) as u64;
    for (place, went) in [Went::Scored, Went::Opened, Went::Lowered].into_iter().enumerate() {
        let mut sat = on_the_table(went);
        let reference = sat.cases[1].clone();
        let case = sat.world.detail(&reference).case;
        // Somebody who is not recused finds all of it: the walk looks for words that are there.
        let own = World { store: Store::open(&sat.world.path()).unwrap(), ..World::open(&sat.world.path()) };
        let mut other = Robot::somebody(own, (160, 48), MEMBERS[1]);
        other.press("0 enter").expect_line(&case);
        let mut size = [(160, 48), (120, 40), (80, 24)].into_iter().cycle();
        for walk in 0..walks.div_ceil(3) {
            let mut dice = seeded(walk * 3 + place as u64);
            let mut own = World::open(&sat.world.path());
            own.at("2026-11-24T10:05:00Z");
            let mut robot = Robot::somebody(own, size.next().unwrap(), RECUSED);
            let mut pressed = Vec::new();
            for _ in 0..40 {
                if dice().is_multiple_of(9) {
                    let probe = [reference.as_str(), "grade:i", "all", "lantern", "inadequate"][(dice() % 5) as usize];
                    let way = ["/", ":"][(dice() % 2) as usize];
                    robot.press("esc").press(way).type_text(probe).press("enter");
                    pressed.push(probe);
                } else {
                    let key = KEYS[(dice() % KEYS.len() as u64) as usize];
                    robot.press(key);
                    pressed.push(key);
                }
                let frame = robot.frame();
                assert!(!frame.contains(&case), "{case} after {pressed:?}:\n{frame}");
                // The word itself is on the screen of whoever types it.
                assert!(!frame.contains("quixotic"), "after {pressed:?}:\n{frame}");
            }
        }
    }
}
