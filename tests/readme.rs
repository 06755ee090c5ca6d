//! The README stays true: its pictures are what the program draws, its key table is the command table, and so is the
//! example configuration. `CLOSELOOP_UPDATE=1 cargo test readme` writes them anew.

use crate::support::picture;
use closeloop::app::key::Key;
use closeloop::app::keymap::{self, Keymap};
use closeloop::app::msg::Msg;
use closeloop::demo::{self, DemoWanted};
use closeloop::domain::deed::Actor;
use closeloop::profiles::Catalog;
use closeloop::runtime::clock::Clock;
use closeloop::runtime::workstation::{Session, Workstation};
use closeloop::store::Store;
use closeloop::ui::theme::Look;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::path::{Path, PathBuf};

const SIZE: (u16, u16) = (132, 38);

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Compares with what is checked in, or writes it when asked to.
fn same(name: &str, made: &str) {
    if std::env::var_os("CLOSELOOP_UPDATE").is_some() {
        std::fs::write(file(name), made).unwrap();
        return;
    }
    let kept = std::fs::read_to_string(file(name)).unwrap_or_default();
    assert!(kept == made, "{name} is no longer what the program makes. Run: CLOSELOOP_UPDATE=1 cargo test readme");
}

/// Puts a text between two marks of a file.
fn between(text: &str, name: &str, inner: &str) -> String {
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (before, rest) = text.split_once(&open).expect("the opening mark");
    let (_, after) = rest.split_once(&close).expect("the closing mark");
    format!("{before}{open}{inner}{close}{after}")
}

fn station(folder: &Path) -> Workstation<TestBackend> {
    let path = folder.join("council.db");
    let now = "2026-11-19T14:06:00Z".parse().unwrap();
    let wanted = DemoWanted { framework: "merton".into(), reviews: 300, seed: 1, now, faults: false };
    demo::build(&path, &Catalog::built_in(), &wanted, &mut |_, _| {}).unwrap();
    let store = Store::open(&path).unwrap();
    let person = store.reading().people().unwrap().into_iter().find(|person| person.role == "coordinator").unwrap();
    let actor = Actor {
        login: person.login.clone(),
        person: Some(person.id),
        name: person.name.clone(),
        role: person.role.clone(),
        session: "picture".into(),
    };
    let session = Session {
        library: Default::default(),
        store,
        actor,
        role: "coordinator".into(),
        clock: Clock::Fixed(now),
        look: Look::PLAIN,
        keymap: Keymap::read("").unwrap(),
        mail: None,
        idle: closeloop::runtime::idle::Idle::NEVER,
        bell: true,
    };
    let mut station = Workstation::start(session, None, Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).unwrap(), SIZE).unwrap();
    station.patience = crate::support::driver::WHOLE_PAGES;
    station
}

fn press(station: &mut Workstation<TestBackend>, keys: &str) {
    for key in keys.split(' ').filter(|key| !key.is_empty()) {
        station.draw().unwrap();
        station.take(Msg::Key(Key::parse(key).unwrap()));
    }
    station.draw().unwrap();
    station.stale = true;
    station.draw().unwrap();
}

#[test]
fn the_readmes_pictures_are_what_the_program_draws() {
    let folder = tempfile::tempdir().unwrap();
    let mut station = station(folder.path());
    for (name, keys) in [("desk", ""), ("record", "1 G enter tab"), ("cycle", "esc 5")] {
        press(&mut station, keys);
        same(&format!("assets/screens/{name}.svg"), &picture::svg(station.terminal.backend().buffer()));
    }
}

/// Holds what stands between two marks of a file to what was made, or puts it there.
pub fn put_between(name: &str, mark: &str, inner: &str) {
    let text = std::fs::read_to_string(file(name)).unwrap();
    same(name, &between(&text, mark, inner));
}

#[test]
fn the_readmes_key_table_is_the_command_table() {
    put_between("README.md", "keys", &keymap::markdown(&Keymap::read("").unwrap()));
}

#[test]
fn the_example_configuration_shows_every_key_and_is_read_as_it_stands() {
    let example = std::fs::read_to_string(file("config.example.toml")).unwrap();
    let (head, _) = example.split_once("# Keys:").expect("the keys' heading");
    let keys = keymap::example(&Keymap::read("").unwrap());
    let made = format!("{head}# Keys: every command with its built-in keys. Uncomment a line to change it; [] unbinds.\n{keys}");
    same("config.example.toml", &made);
    // With every comment sign before a key line taken away it is the built-in keymap once more.
    let plain: String = keys.lines().map(|line| format!("{}\n", line.trim_start_matches('#').replace("[keys.", "["))).collect();
    assert_eq!(Keymap::read(&plain).unwrap(), Keymap::read("").unwrap());
}
