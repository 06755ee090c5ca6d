//! The room's screen: what it shows at every size, that it follows the chair, and that no name ever comes into it.

mod five;
mod follows;
mod frames;
mod no_name;
mod terminal;
mod walks;

use crate::support::sat::Sat;
use crate::support::world::World;
use closeloop::runtime::clock::Clock;
use closeloop::runtime::display::{Display, Looks};
use closeloop::store::Store;
use closeloop::ui::theme::Look;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

/// The room's screen over a world, started by nobody in particular.
fn display(world: &World, size: (u16, u16), look: Look) -> Display<TestBackend> {
    let looks = Looks {
        store: Store::open(&world.path()).unwrap(),
        library: Default::default(),
        person: None,
        clock: Clock::Fixed(world.now),
        look,
        panel: None,
    };
    Display::start(looks, Terminal::new(TestBackend::new(size.0, size.1)).unwrap()).unwrap()
}

/// Its frame now.
fn frame(display: &mut Display<TestBackend>) -> String {
    display.stale = true;
    display.draw().unwrap();
    crate::support::driver::plain(display.terminal.backend().buffer())
}

/// Every state of a sitting, one after the other.
fn states(mut seen: impl FnMut(&str, &mut Sat)) {
    let mut planned = Sat::planned();
    seen("planned", &mut planned);
    let mut sat = Sat::begun();
    seen("nothing_on_the_table", &mut sat);
    sat.opens(0);
    sat.world.at("2026-11-24T10:05:00Z");
    seen("nobody_has_scored", &mut sat);
    sat.scores(0, &[10, 9, 8]);
    seen("three_have_scored", &mut sat);
    sat.scores(0, &[10, 9, 8, 2]);
    seen("all_have_scored", &mut sat);
    sat.decides(0, 8, "Good, and not more");
    seen("lowered", &mut sat);
    sat.opens(1);
    sat.world.at("2026-11-24T10:31:00Z");
    seen("one_is_out", &mut sat);
}
