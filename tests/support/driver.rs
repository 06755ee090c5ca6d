//! A robot user: presses keys as a person would, through the very workstation people use, and reads the frame.
//!
//! Nothing waits: a key press is carried out to its end before the next line of the test. When an expectation fails the
//! whole frame is printed. The [`World`] is the colleague at the next desk: a second connection to the same file.

use crate::support::world::{World, utc};
use closeloop::app::command::Command;
use closeloop::app::form::{Form, Input};
use closeloop::app::key::{Code, Key};
use closeloop::app::keymap::Keymap;
use closeloop::app::msg::Msg;
use closeloop::app::overlay::{Overlay, SheetBody};
use closeloop::app::{App, View};
use closeloop::domain::outbox::Settings;
use closeloop::domain::safe_text::safe_text;
use closeloop::runtime::clock::Clock;
use closeloop::runtime::drafts::Drafts;
use closeloop::runtime::idle::Idle;
use closeloop::runtime::workstation::{Session, Workstation};
use closeloop::store::Store;
use closeloop::ui::theme::Look;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

/// The smallest screen the program promises to work on.
pub const SMALL: (u16, u16) = (80, 24);
/// A page of figures is waited for until it is counted: no test depends on how fast that is.
pub const WHOLE_PAGES: std::time::Duration = std::time::Duration::from_secs(120);
/// A screen with room for the four panes.
pub const LARGE: (u16, u16) = (160, 48);

/// A person at a workstation, with a colleague beside them.
pub struct Robot {
    /// The colleague: another connection to the same database.
    pub world: World,
    /// The workstation.
    pub station: Workstation<TestBackend>,
    drafts: Drafts,
    /// Answers the question about interests as it comes.
    nothing_to_declare: bool,
}

impl Robot {
    /// Sits the coordinator down before a screen of this size.
    pub fn sits_down(world: World, size: (u16, u16)) -> Robot {
        Robot::with_keys(world, size, "")
    }

    /// The same with keys of one's own.
    pub fn with_keys(world: World, size: (u16, u16), keys: &str) -> Robot {
        Robot::session_of(world, size, keys, "Amina Khan", "aaaaaaaaaaaaaaaa")
    }

    /// Somebody else sits down: another session, with what they alone may read.
    pub fn somebody(world: World, size: (u16, u16), name: &str) -> Robot {
        Robot::session_of(world, size, "", name, "dddddddddddddddd")
    }

    /// The same again, later: in a session of its own.
    pub fn somebody_again(world: World, size: (u16, u16), name: &str) -> Robot {
        Robot::session_of(world, size, "", name, "eeeeeeeeeeeeeeee")
    }

    /// The coordinator at a screen that goes blank and is left after a while; others never are.
    pub fn left_alone(world: World, size: (u16, u16), idle: Idle) -> Robot {
        Robot::session_with(world, size, "", "Amina Khan", "aaaaaaaaaaaaaaaa", None, idle)
    }

    /// Somebody at a machine that can send e-mail.
    pub fn somebody_with_mail(world: World, size: (u16, u16), name: &str, mail: Settings) -> Robot {
        Robot::session_with(world, size, "", name, "dddddddddddddddd", Some(mail), Idle::NEVER)
    }

    /// The coordinator at a machine that can send e-mail.
    pub fn sits_down_with_mail(world: World, size: (u16, u16), mail: Settings) -> Robot {
        Robot::session_with(world, size, "", "Amina Khan", "aaaaaaaaaaaaaaaa", Some(mail), Idle::NEVER)
    }

    /// The person leaves: the session ends, and the colleague looks at what it has left.
    pub fn goes_home(self) -> World {
        let Robot { world, station, drafts, .. } = self;
        drop(station);
        drafts.close().unwrap();
        world
    }

    fn session_of(world: World, size: (u16, u16), keys: &str, name: &str, session: &str) -> Robot {
        Robot::session_with(world, size, keys, name, session, None, Idle::NEVER)
    }

    fn session_with(world: World, size: (u16, u16), keys: &str, name: &str, session: &str, mail: Option<Settings>, idle: Idle) -> Robot {
        let mut actor = world.actor(name);
        actor.session = session.into();
        let drafts = Drafts::open(&world.path(), &actor.login, session).unwrap();
        let session = Session {
            library: Default::default(),
            store: Store::open(&world.path()).unwrap(),
            role: actor.role.clone(),
            actor,
            clock: Clock::Fixed(world.now),
            look: Look::PLAIN,
            keymap: Keymap::read(keys).unwrap(),
            mail,
            bell: true,
            idle,
        };
        let terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
        let mut station = Workstation::start(session, Some(drafts.clone()), terminal, size).unwrap();
        station.patience = WHOLE_PAGES;
        let mut robot = Robot { world, station, drafts, nothing_to_declare: true };
        robot.frame();
        robot
    }

    /// The line drops: what was typed is flushed as the hang-up thread does it, the workstation is gone, and the same
    /// person sits down again in a new session.
    pub fn loses_the_line(self) -> Robot {
        self.drafts.flush().unwrap();
        let Robot { world, station, drafts, .. } = self;
        drop(station);
        drafts.close().unwrap();
        Robot::session_of(world, SMALL, "", "Amina Khan", "bbbbbbbbbbbbbbbb")
    }

    /// The person gets up; the council stays.
    pub fn into_world(self) -> World {
        let Robot { world, station, drafts, .. } = self;
        drop(station);
        drafts.close().unwrap();
        world
    }

    /// Whether the bell was to ring since this was last asked.
    pub fn rang(&mut self) -> bool {
        std::mem::take(&mut self.station.rings)
    }

    /// Whether the program has closed by itself.
    pub fn is_over(&self) -> bool {
        self.station.over
    }

    pub fn app(&self) -> &App {
        &self.station.app
    }

    /// Presses keys, written as in the keymap and parted by spaces: `5 o`, `ctrl-s`.
    #[track_caller]
    pub fn press(&mut self, keys: &str) -> &mut Robot {
        for text in keys.split_whitespace() {
            let key = Key::parse(text).unwrap_or_else(|| panic!("{text} is no key"));
            self.key(key);
        }
        self
    }

    /// Presses the key that a command is bound to.
    #[track_caller]
    pub fn press_command(&mut self, command: Command) -> &mut Robot {
        let keys = self.app().keymap.keys_of(command);
        let key = *keys.first().unwrap_or_else(|| panic!("{} is bound to no key", command.row().name));
        self.key(key);
        self
    }

    /// Types a text letter by letter.
    pub fn type_text(&mut self, text: &str) -> &mut Robot {
        for letter in text.chars() {
            self.key(if letter == '\n' { Key::plain(Code::Enter) } else { Key::char(letter) });
        }
        self
    }

    /// Pastes a text as the terminal hands it over.
    pub fn paste(&mut self, text: &str) -> &mut Robot {
        self.station.take(Msg::Paste(safe_text(text).into_owned()));
        self.frame();
        self
    }

    fn key(&mut self, key: Key) {
        self.station.take(Msg::Key(key));
        // A question has opened: nothing was typed ahead here that would have to be thrown away.
        self.station.flush = false;
        if self.nothing_to_declare
            && let Some(Overlay::Sheet(sheet)) = self.app().overlays.last()
            && matches!(sheet.body, SheetBody::AskFirst { .. })
        {
            self.station.take(Msg::Key(Key::plain(Code::Enter)));
        }
        self.nothing_to_declare_at_the_panel();
        self.frame();
    }

    /// Asks for the question that stands in the place of the item that is read at the panel, and answers it.
    fn nothing_to_declare_at_the_panel(&mut self) {
        let asks = |app: &App| app.view == View::Sitting && app.overlays.is_empty() && app.sitting.asks().is_some();
        if self.nothing_to_declare && asks(self.app()) {
            for _ in 0..2 {
                self.station.take(Msg::Key(Key::plain(Code::Enter)));
                self.station.flush = false;
            }
        }
    }

    /// Lets the question about interests stand, for journeys that are about it; otherwise there is nothing to declare.
    pub fn with_the_question(mut self) -> Robot {
        self.nothing_to_declare = false;
        self
    }

    /// Sits somebody else down, who lets the question about interests stand.
    pub fn sits_down_as(world: World, size: (u16, u16), name: &str) -> Robot {
        Robot::session_of(world, size, "", name, "aaaaaaaaaaaaaaaa").with_the_question()
    }

    /// Empties the line under the cursor and types another.
    pub fn instead(&mut self, text: &str) -> &mut Robot {
        self.press("home ctrl-k").type_text(text)
    }

    /// Goes to a field of the form by its key, with Tab.
    #[track_caller]
    pub fn goes_to(&mut self, key: &str) -> &mut Robot {
        for _ in 0..=self.form().fields.len() {
            if self.form().field().is_some_and(|field| field.key == key) {
                return self;
            }
            self.press_command(Command::NextField);
        }
        panic!("the form has no field {key}\n{}", self.frame());
    }

    /// The form on top.
    #[track_caller]
    pub fn form(&self) -> &Form {
        match self.app().overlays.last() {
            Some(Overlay::Form(form)) => form,
            other => panic!("no form is open but {other:?}"),
        }
    }

    /// Answers every field of the form from the top as a reviewer who is content: scaled so, written so.
    pub fn answer_all(&mut self, scaling: &str, words: &str) -> &mut Robot {
        for place in 0..self.form().fields.len() {
            match &self.form().fields[place].input {
                Input::Scale { .. } => self.type_text(scaling),
                Input::Line(_) | Input::Text(_) => self.type_text(words),
                Input::Choice { .. } | Input::Person { .. } | Input::Case { .. } => self,
            };
            self.press_command(Command::NextField);
        }
        self
    }

    /// Moves the clock, for both.
    pub fn at(&mut self, moment: &str) -> &mut Robot {
        self.world.at(moment);
        self.station.set_clock(Clock::Fixed(utc(moment)));
        self.station.look_around();
        self
    }

    /// Looks around as the loop does four times a second.
    pub fn look_around(&mut self) -> &mut Robot {
        self.station.look_around();
        self.nothing_to_declare_at_the_panel();
        self
    }

    /// The window takes another size.
    pub fn resize(&mut self, width: u16, height: u16) -> &mut Robot {
        self.station.terminal.backend_mut().resize(width, height);
        self.station.take(Msg::Resized(width, height));
        self.frame();
        self
    }

    /// Finds a review in the queue by its reference and opens its record.
    #[track_caller]
    pub fn opens(&mut self, reference: &str) -> &mut Robot {
        self.press("1 /").type_text(reference).press("enter").expect_row_selected(reference).press("enter").expect_line("Steps")
    }

    /// The frame as text.
    pub fn frame(&mut self) -> String {
        self.station.draw().unwrap();
        plain(self.station.terminal.backend().buffer())
    }

    #[track_caller]
    pub fn expect_line(&mut self, text: &str) -> &mut Robot {
        let frame = self.frame();
        assert!(frame.lines().any(|line| line.contains(text)), "no line says \u{201c}{text}\u{201d}\n{frame}");
        self
    }

    #[track_caller]
    pub fn expect_no(&mut self, text: &str) -> &mut Robot {
        let frame = self.frame();
        assert!(!frame.contains(text), "a line says \u{201c}{text}\u{201d}\n{frame}");
        self
    }

    #[track_caller]
    pub fn expect_row_selected(&mut self, text: &str) -> &mut Robot {
        let frame = self.frame();
        let found = frame.lines().any(|line| line.split_once('\u{25b8}').is_some_and(|(_, row)| row.contains(text)));
        assert!(found, "the cursor is not on \u{201c}{text}\u{201d}\n{frame}");
        self
    }

    #[track_caller]
    pub fn expect_dialog(&mut self, title: &str) -> &mut Robot {
        let frame = self.frame();
        let open = !self.app().overlays.is_empty();
        let titled = frame.lines().any(|line| line.contains('\u{256d}') && line.contains(&format!(" {title}")));
        assert!(open && titled, "no dialog is titled \u{201c}{title}\u{201d}\n{frame}");
        self
    }

    #[track_caller]
    pub fn expect_no_dialog(&mut self) -> &mut Robot {
        let frame = self.frame();
        assert!(self.app().overlays.is_empty(), "a dialog is open\n{frame}");
        self
    }

    /// The foot says so, and what it says it says whole, on as many lines as that takes.
    #[track_caller]
    pub fn expect_notice(&mut self, text: &str) -> &mut Robot {
        let frame = self.frame();
        let said = self.app().notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default();
        assert!(said.contains(text), "the notice says \u{201c}{said}\u{201d}, not \u{201c}{text}\u{201d}\n{frame}");
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let below: Vec<&str> = frame.lines().rev().take(6).collect();
        let foot = words(&below.into_iter().rev().collect::<Vec<_>>().join(" "));
        assert!(foot.contains(&words(&said)), "the notice is not whole on the screen\n{frame}");
        self
    }
}

/// A buffer as text, the ends of its lines trimmed.
pub fn plain(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width).max(1);
    let lines = buffer.content.chunks(width).map(|cells| {
        let line: String = cells.iter().map(|cell| cell.symbol()).collect();
        line.trim_end().to_string()
    });
    lines.collect::<Vec<_>>().join("\n")
}
