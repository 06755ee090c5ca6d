//! Every view, form, sheet and popup of a council that grades nothing, walked through by keys. Q02.

use crate::support::driver::Robot;
use crate::support::ungraded::{NOW, word_of_a_grade, year};
use crate::support::world::World;
use closeloop::app::command::{Command, Scope, TABLE};
use closeloop::app::form::{Field, Input};
use closeloop::app::overlay::Overlay;

/// Keys to every place of the workstation.
const PLACES: [&str; 17] = [
    "1",
    "1 1",
    "2 2",
    "3 3",
    "4 4",
    "5",
    "5 5",
    "8",
    "9",
    "9 enter",
    "9 enter tab",
    "9 enter tab tab",
    "1 enter",
    "1 enter l",
    "1 enter l l",
    "1 enter l l l",
    "1 enter l l l l",
];

/// Places among them where commands of a scope are tried. Those of forms and sheets are tried from what they lie over.
fn places(scope: Scope) -> &'static [&'static str] {
    match scope {
        Scope::Global => &["1", "5", "1 enter"],
        Scope::List => &["1 1", "2 2", "3 3", "4 4", "8", "9 enter"],
        Scope::Queue => &["1 1"],
        Scope::Actions => &["4 4"],
        Scope::Record => &PLACES[12..],
        Scope::Cycle => &["5"],
        Scope::Alert => &["3 3"],
        Scope::Plan => &["5 p"],
        Scope::Programme => &["5 5"],
        Scope::Reports => &["7"],
        Scope::Register => &["8"],
        Scope::Registers => &["9", "9 enter", "9 enter tab"],
        Scope::Sitting => &["P"],
        Scope::Insight => &["6", "6 6", "6 6 6 6"],
        Scope::Form | Scope::Sheet => &[],
    }
}

/// Keys to what lies on a form or a sheet.
const DEEPER: [&str; 6] = ["1 1 * a enter", "1 enter f enter enter", "5 N ctrl-s", "1 enter i enter", "1 enter H", "5 5 x right"];

fn choices(field: &Field) -> usize {
    match &field.input {
        Input::Choice { options, .. } => options.len(),
        _ => 0,
    }
}

struct Walk {
    robot: Robot,
    found: Vec<String>,
    frames: usize,
}

impl Walk {
    fn begins(size: (u16, u16)) -> Walk {
        let mut world = World::copy_of(&year());
        world.at(NOW);
        Walk { robot: Robot::sits_down(world, size), found: Vec::new(), frames: 0 }
    }

    fn looks(&mut self, came: &str) {
        self.frames += 1;
        let frame = self.robot.frame();
        if let Some(word) = word_of_a_grade(&frame)
            && let Some(line) = frame.lines().find(|line| word_of_a_grade(line).is_some())
        {
            self.found.push(format!("{word} after {came}: {line}"));
        }
    }

    /// Back to the desk, whatever lies over it.
    fn comes_home(&mut self) {
        for _ in 0..6 {
            self.robot.press("esc");
        }
        self.robot.press("1 backspace");
    }

    /// Looks at what lies over the view, page by page or field by field.
    fn looks_through(&mut self, came: &str) {
        let keys = match self.robot.app().overlays.last() {
            // What there is to choose from may be shown one by one.
            Some(Overlay::Form(form)) => {
                form.fields.iter().flat_map(|field| [vec!["right"; choices(field)], vec!["tab"]].concat()).collect()
            }
            Some(Overlay::Palette { .. }) => vec!["down"; TABLE.len()],
            Some(Overlay::Help { .. }) => vec!["pagedown"; 12],
            Some(Overlay::Sheet(_)) => vec!["pagedown"; 4],
            _ => Vec::new(),
        };
        for key in keys {
            self.robot.press(key);
            self.looks(came);
        }
    }

    /// Goes to a place, gives a command there, and looks at all that comes of it.
    fn goes(&mut self, place: &str, command: Command) {
        self.comes_home();
        self.robot.press(place).press_command(command);
        let came = format!("{place}, {}", command.row().name);
        self.looks(&came);
        self.looks_through(&came);
    }

    fn ends(self) {
        assert!(self.frames > 50, "only {} frames were looked at", self.frames);
        assert!(self.found.is_empty(), "{} of {} frames:\n{}", self.found.len(), self.frames, self.found.join("\n"));
    }
}

#[test]
fn q02_no_command_leads_to_a_word_of_a_grade_anywhere() {
    let mut walk = Walk::begins((120, 40));
    // A report that is written lies in the folder where the tests run; what it says is looked at with the others of its kind.
    for row in TABLE.iter().filter(|row| !matches!(row.command, Command::Quit | Command::ExportReport)) {
        if walk.robot.app().keymap.keys_of(row.command).is_empty() {
            continue;
        }
        for place in places(row.scope) {
            walk.goes(place, row.command);
        }
    }
    for keys in DEEPER {
        walk.goes(keys, Command::Redraw);
    }
    walk.ends();
}

#[test]
fn q02_no_place_says_a_word_of_a_grade_at_any_size() {
    for size in [(80, 24), (120, 40), (160, 48)] {
        let mut walk = Walk::begins(size);
        for place in PLACES {
            walk.comes_home();
            walk.robot.press(place);
            walk.looks(place);
            for lists in ["/", ": ", "?", "s s s s s s s"] {
                walk.robot.press(lists);
                walk.looks(&format!("{place} {lists}"));
                walk.robot.press("esc");
            }
        }
        for filter in ["all", "done", "withdrawn"] {
            walk.comes_home();
            walk.robot.press("1 1 /").type_text(filter).press("enter");
            walk.looks(filter);
            walk.robot.press("enter");
            for section in 0..6 {
                walk.robot.press("l");
                walk.looks(&format!("{filter}, section {section}"));
            }
        }
        walk.ends();
    }
}
