//! What every screen looks like, over a made-up council that is always the same.
//!
//! A changed picture is looked at and accepted on purpose (`cargo insta review`), never by habit.

use crate::support::driver::plain;
use closeloop::app::key::{Code, Key};
use closeloop::app::keymap::Keymap;
use closeloop::app::msg::Msg;
use closeloop::demo::{COORDINATOR, DemoWanted, build};
use closeloop::domain::deed::{Actor, Deed};
use closeloop::domain::review::{ReviewFacts, ReviewState};
use closeloop::profiles::Catalog;
use closeloop::runtime::clerk::perform;
use closeloop::runtime::clock::Clock;
use closeloop::runtime::library::Library;
use closeloop::runtime::workstation::{Session, Workstation};
use closeloop::store::Store;
use closeloop::ui::theme::{Colour, Look};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::{Modifier, Style};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tempfile::TempDir;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (160, 48)];
const NOW: &str = "2026-11-19T14:06:00Z";

/// A fixed council of some sixty reviews, built once.
fn council() -> PathBuf {
    static MADE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    MADE.get_or_init(|| made("merton")).1.clone()
}

/// The same under a framework that expects observations of each person (F16).
fn sefton() -> PathBuf {
    static MADE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    MADE.get_or_init(|| made("sefton")).1.clone()
}

fn made(framework: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("demo.db");
    let wanted = DemoWanted { framework: framework.into(), reviews: 60, seed: 7, now: NOW.parse().unwrap(), faults: false };
    build(&path, &Catalog::built_in(), &wanted, &mut |_, _| {}).unwrap();
    nothing_to_declare(&path);
    (folder, path)
}

/// The coordinator is asked about nothing any more: a picture must not write into the council that all of them are of.
fn nothing_to_declare(path: &std::path::Path) {
    let mut store = Store::open(path).unwrap();
    let actor = who(&store, COORDINATOR);
    let viewer = Clock::Fixed(NOW.parse().unwrap()).viewer(actor.person).of_all();
    let cycles = store.reading().cycles().unwrap();
    let reviews = cycles.iter().flat_map(|(cycle, _)| store.reading().cycle_reviews(cycle.id, &viewer).unwrap()).collect::<Vec<_>>();
    for review in reviews {
        let deed = Deed::NothingToDeclare { review: review.id };
        perform(&mut store, &mut Library::default(), &actor, viewer.now, deed).unwrap();
    }
}

fn who(store: &Store, login: &str) -> Actor {
    let person = store.reading().person_by_login(login).unwrap().expect("somebody has this login");
    Actor { login: login.into(), person: Some(person.id), name: person.name, role: person.role, session: "cccccccccccccccc".into() }
}

struct Screen(Workstation<TestBackend>);

impl Screen {
    fn of(size: (u16, u16), look: Look) -> Screen {
        Screen::over(&council(), size, look)
    }

    fn over(council: &Path, size: (u16, u16), look: Look) -> Screen {
        Screen::sits(council, COORDINATOR, size, look)
    }

    fn of_login(login: &str, size: (u16, u16), look: Look) -> Screen {
        Screen::sits(&council(), login, size, look)
    }

    fn sits(council: &Path, login: &str, size: (u16, u16), look: Look) -> Screen {
        let store = Store::open(council).unwrap();
        let session = Session {
            actor: who(&store, login),
            store,
            library: Default::default(),
            role: "coordinator".into(),
            clock: Clock::Fixed(NOW.parse().unwrap()),
            look,
            keymap: Keymap::read("").unwrap(),
            mail: None,
            idle: closeloop::runtime::idle::Idle::NEVER,
            bell: true,
        };
        let terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
        let mut screen = Screen(Workstation::start(session, None, terminal, size).unwrap());
        screen.0.patience = crate::support::driver::WHOLE_PAGES;
        screen.frame();
        screen
    }

    fn press(&mut self, keys: &str) -> &mut Screen {
        for text in keys.split_whitespace() {
            let key = Key::parse(text).unwrap_or(Key::plain(Code::Esc));
            self.0.take(Msg::Key(key));
            self.0.flush = false;
            self.frame();
        }
        self
    }

    fn type_text(&mut self, text: &str) -> &mut Screen {
        for letter in text.chars() {
            self.0.take(Msg::Key(Key::char(letter)));
        }
        self
    }

    fn frame(&mut self) -> String {
        self.0.draw().unwrap();
        plain(self.0.terminal.backend().buffer())
    }

    /// The frame, drawn although nothing was taken in since.
    fn frame_again(&mut self) -> String {
        let Workstation { app, terminal, .. } = &mut self.0;
        terminal
            .draw(|frame| {
                closeloop::ui::draw(app, Look::PLAIN, frame);
            })
            .unwrap();
        plain(terminal.backend().buffer())
    }

    /// The style of every cell that shows this glyph or stands in this word.
    fn style_of(&mut self, text: &str) -> Style {
        let frame = self.frame();
        let (row, line) = frame.lines().enumerate().find(|(_, line)| line.contains(text)).unwrap_or_else(|| panic!("no {text}\n{frame}"));
        let column = line[..line.find(text).unwrap()].chars().count();
        self.0.terminal.backend().buffer()[(column as u16, row as u16)].style()
    }
}

/// The frame after these keys, at each of the three sizes.
fn at_each_size(name: &str, keys: &str) {
    for size in SIZES {
        let frame = Screen::of(size, Look::PLAIN).press(keys).frame();
        assert_eq!(frame.lines().count(), usize::from(size.1));
        insta::assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), frame);
    }
}

#[test]
fn the_desk() {
    at_each_size("desk", "");
}

#[test]
fn the_queue_alone() {
    at_each_size("queue", "1");
}

#[test]
fn the_cycle() {
    at_each_size("cycle", "5");
}

#[test]
fn the_register() {
    at_each_size("register", "8");
}

#[test]
fn the_year() {
    at_each_size("year", "5 5");
}

#[test]
fn the_registers() {
    at_each_size("registers", "9");
}

#[test]
fn a_register() {
    at_each_size("register_of_activity", "9 enter");
}

#[test]
fn a_register_month_by_month() {
    at_each_size("register_months", "9 enter tab");
}

#[test]
fn who_is_behind() {
    for size in SIZES {
        let mut screen = Screen::over(&sefton(), size, Look::PLAIN);
        insta::assert_snapshot!(format!("behind_{}x{}", size.0, size.1), screen.press("9 enter tab").frame());
    }
}

#[test]
fn the_form_of_an_entry() {
    at_each_size("form_entry", "9 +");
}

#[test]
fn the_form_for_extra_work() {
    at_each_size("form_extra_work", "5 5 x");
}

#[test]
fn the_record() {
    at_each_size("record", "enter");
}

#[test]
fn the_sections_of_a_record() {
    for (place, name) in ["questions", "narrative", "judgement", "actions", "loop", "history"].iter().enumerate() {
        let mut screen = Screen::of(SIZES[1], Look::PLAIN);
        screen.press("/").type_text("all grade:i").press("enter enter").press(&"l ".repeat(place + 1));
        insta::assert_snapshot!(format!("record_{name}_120x40"), screen.frame());
    }
}

#[test]
fn a_form() {
    at_each_size("form", "j j e");
}

#[test]
fn a_form_of_scaled_questions() {
    at_each_size("form_questions", "j j enter l enter 7");
}

#[test]
fn the_form_for_opening_a_cycle() {
    at_each_size("form_open_cycle", "5 o");
}

#[test]
fn a_proposal() {
    for size in SIZES {
        let mut screen = Screen::of(size, Look::PLAIN);
        screen.press("1 /").type_text("unallocated").press("enter * a");
        insta::assert_snapshot!(format!("proposal_{}x{}", size.0, size.1), screen.frame());
    }
}

#[test]
fn the_finish_list() {
    at_each_size("finish", "enter f");
}

#[test]
fn the_card_of_a_sample() {
    at_each_size("card", "5 c");
}

/// The frame of somebody else than the coordinator, at each of the three sizes.
fn of_somebody(name: &str, login: &str, press: impl Fn(&mut Screen)) {
    for size in SIZES {
        let mut screen = Screen::of_login(login, size, Look::PLAIN);
        press(&mut screen);
        insta::assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), screen.frame());
    }
}

#[test]
fn the_question_before_a_record_is_first_opened() {
    let store = Store::open(&council()).unwrap();
    let reference = "CR-0053";
    let review = store.reading().review_by_reference(reference).unwrap().unwrap();
    let practitioner = store.reading().review(review).unwrap().unwrap().review.practitioner.unwrap();
    let manager = store.reading().person(practitioner).unwrap().unwrap().line_manager.unwrap();
    let login = store.reading().person(manager).unwrap().unwrap().login;
    of_somebody("question", &login, |screen| {
        screen.press("1 /").type_text(reference).press("enter enter");
    });
}

#[test]
fn who_is_recused_and_what_they_see() {
    let store = Store::open(&council()).unwrap();
    let (reference, recused) = crate::support::recused(&store);
    for size in SIZES {
        let mut screen = Screen::of(size, Look::PLAIN);
        screen.press("1 /").type_text(&format!("all {reference}")).press("enter enter i");
        insta::assert_snapshot!(format!("interests_{}x{}", size.0, size.1), screen.frame());
    }
    of_somebody("withheld", &recused, |_| {});
}

#[test]
fn the_palette() {
    at_each_size("palette", ": a l");
}

#[test]
fn the_help() {
    at_each_size("help", "?");
}

#[test]
fn the_same_council_gives_the_same_picture() {
    let frame = |keys: &str| Screen::of(SIZES[2], Look::PLAIN).press(keys).frame();
    for keys in ["", "5", "enter l l l l l"] {
        assert_eq!(frame(keys), frame(keys));
    }
}

#[test]
fn a_long_name_of_a_cycle_never_hides_that_its_phase_is_late() {
    for size in SIZES {
        let mut screen = Screen::of(size, Look::PLAIN);
        let cycle = screen.0.app.overview.cycle.as_mut().unwrap();
        cycle.title = "November-December 2026".into();
        let first = screen.frame_again().lines().next().unwrap_or_default().to_string();
        assert!(first.contains("November-December 2026") && first.contains("[Allocate 11/13, late]"), "{first}");
    }
}

#[test]
fn ascii_is_nothing_but_ascii() {
    for size in SIZES {
        let look = Look { ascii: true, colour: Colour::Sixteen };
        for keys in [
            "",
            "1",
            "2 2",
            "3 3",
            "4 4",
            "5",
            "5 c",
            "8",
            "enter",
            "enter l",
            "enter l l",
            "enter l l l",
            "enter l l l l",
            "?",
            ":",
            "n",
            "5 o",
            "5 5",
            "9",
            "9 enter",
            "9 enter tab",
            "+",
            "1 H",
            "1 w",
            "enter f",
        ] {
            let frame = Screen::of(size, look).press(keys).frame();
            let odd: Vec<&str> = frame.lines().filter(|line| !line.is_ascii()).collect();
            assert!(odd.is_empty(), "after {keys:?} at {size:?}: {odd:#?}");
        }
    }
    insta::assert_snapshot!("desk_ascii_120x40", Screen::of(SIZES[1], Look { ascii: true, colour: Colour::None }).frame());
}

#[test]
fn without_colour_there_is_none_and_every_meaning_is_still_there() {
    let mut screen = Screen::of(SIZES[2], Look { ascii: false, colour: Colour::None });
    let without = screen.frame();
    for cell in &screen.0.terminal.backend().buffer().content {
        let plain = [None, Some(ratatui::style::Color::Reset)];
        assert!(plain.contains(&cell.style().fg) && plain.contains(&cell.style().bg), "{cell:?} is coloured");
    }
    assert_eq!(without, Screen::of(SIZES[2], Look::PLAIN).frame(), "words and glyphs are the same with and without colour");
}

#[test]
fn late_and_grades_are_told_by_word_glyph_and_colour() {
    let mut lines = Vec::new();
    for (name, look) in
        [("full", Colour::Full), ("sixteen", Colour::Sixteen), ("none", Colour::None), ("high contrast", Colour::HighContrast)]
    {
        let mut screen = Screen::of(SIZES[2], Look { ascii: false, colour: look });
        screen.press("z");
        for (filter, text) in [
            ("late", "d late"),
            ("all grade:o", "\u{25c6} "),
            ("all grade:g", "\u{25cf} "),
            ("all grade:ri", "\u{25b2} "),
            ("all grade:i", "\u{25bc} "),
        ] {
            screen.press("/ ctrl-u").type_text(filter).press("enter");
            let style = screen.style_of(text);
            let bold = style.add_modifier.contains(Modifier::BOLD);
            lines.push(format!("{name:<14} {text:<7} {:?}{}", style.fg, if bold { " bold" } else { "" }));
        }
    }
    insta::assert_snapshot!("styles_of_meaning", lines.join("\n"));
}

/// The same under a framework whose reviewers work in pairs (Q03).
fn quarterly() -> PathBuf {
    static MADE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    MADE.get_or_init(|| made("quarterly-learning")).1.clone()
}

/// The record of the newest review of which this is true, after these keys, at each of the three sizes.
fn of_newest(path: &Path, kind: &str, name: &str, fits: impl Fn(&ReviewFacts) -> bool, keys: &str, says: &str) {
    let store = Store::open(path).unwrap();
    let references = (1..=60).rev().map(|number| format!("{kind}-{number:04}"));
    let facts = references.filter_map(|reference| {
        let id = store.reading().review_by_reference(&reference).unwrap()?;
        store.reading().review(id).unwrap()
    });
    let reference = facts.into_iter().find(|facts| fits(facts)).expect("the made-up council has one").review.reference;
    for size in SIZES {
        let mut screen = Screen::over(path, size, Look::PLAIN);
        screen.press("1 /").type_text(&format!("all {reference}")).press("enter enter").press(keys);
        let frame = screen.frame();
        assert!(frame.contains(says), "{frame}");
        insta::assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), frame);
    }
}

/// The judgement section of the newest review of which this is true: of its own judgements, how many, and whether they may be read.
fn own_judgements(name: &str, fits: impl Fn(&ReviewFacts) -> bool) {
    of_newest(&quarterly(), "RS", name, fits, "l l l", "Each on their own");
}

#[test]
fn q03_own_judgements_that_are_sealed() {
    own_judgements("own_sealed", |facts| {
        !facts.joint.others.is_empty() && !facts.joint.is_open(facts.reviewer) && facts.submitted_at.is_none()
    });
}

#[test]
fn q03_own_judgements_side_by_side() {
    own_judgements("own_open", |facts| facts.joint.is_open(facts.reviewer) && closeloop::domain::joint::differ(facts));
}

#[test]
fn f06_the_form_of_an_area_that_is_graded() {
    let under_way = |facts: &ReviewFacts| facts.submitted_at.is_none() && facts.reviewer.is_some() && facts.state == ReviewState::Open;
    of_newest(&sefton(), "TA", "form_by_area", under_way, "l enter tab tab tab tab", "Grade of this area");
}

#[test]
fn f01_each_area_with_its_grade_and_the_sections_that_have_none() {
    let submitted = |facts: &ReviewFacts| facts.submitted_at.is_some();
    of_newest(&sefton(), "TA", "questions_by_area", submitted, "l", "Help, protection and stability");
}
