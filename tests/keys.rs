//! The command table and the keymap: every command can be found, every key means one thing, every refusal has a reason.

use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::World;
use closeloop::app::available::Availability;
use closeloop::app::command::{Command, Scope, TABLE};
use closeloop::app::key::Key;
use closeloop::app::keymap::{BUILT_IN, Keymap, example};
use closeloop::domain::deed::Deed;
use std::collections::BTreeSet;

/// Commands that only the palette offers, on purpose.
const PALETTE_ONLY: [Command; 0] = [];

fn key(text: &str) -> Key {
    Key::parse(text).unwrap()
}

#[test]
fn every_command_has_its_words_and_a_key_or_none_on_purpose() {
    let keymap = Keymap::read("").unwrap();
    for row in TABLE {
        assert!(row.help.ends_with('.') && row.help.len() > 10, "{} is not explained: {}", row.name, row.help);
        assert!(!row.label.is_empty() && row.label.len() <= 18, "the label of {} does not fit the palette", row.name);
        assert_eq!(keymap.keys_of(row.command).is_empty(), PALETTE_ONLY.contains(&row.command), "{} has no key", row.name);
        assert_eq!(Command::named(row.name), Some(row.command), "two commands are called {}", row.name);
        assert_eq!(row.command.row().name, row.name);
    }
}

#[test]
fn the_built_in_keymap_names_every_command_once_in_its_scope() {
    let table: toml::Table = BUILT_IN.parse().unwrap();
    let written: BTreeSet<(String, String)> =
        table.iter().flat_map(|(scope, keys)| keys.as_table().unwrap().keys().map(move |name| (scope.clone(), name.clone()))).collect();
    let known: BTreeSet<(String, String)> = TABLE.iter().map(|row| (row.scope.name().to_string(), row.name.to_string())).collect();
    assert_eq!(written, known);
}

#[test]
fn a_key_written_in_the_keymap_reads_back_as_it_is_shown() {
    let keymap = Keymap::read("").unwrap();
    let lines: String =
        example(&keymap).lines().map(|line| line.trim_start_matches('#').replace("[keys.", "[")).map(|line| line + "\n").collect();
    assert_eq!(Keymap::read(&lines).unwrap(), keymap, "the example is the built-in keymap");
}

#[test]
fn a_key_of_ones_own_takes_the_place_of_the_built_in_one() {
    let keymap = Keymap::read("[queue]\nallocate = [\"ctrl-a\", \"f4\"]\n").unwrap();
    assert_eq!(keymap.resolve(key("ctrl-a"), &[Scope::Queue]), Some(Command::Allocate));
    assert_eq!(keymap.resolve(key("f4"), &[Scope::Queue]), Some(Command::Allocate));
    assert_eq!(keymap.resolve(key("a"), &[Scope::Queue]), None);
    assert_eq!(keymap.resolve(key("a"), &[Scope::Cycle]), Some(Command::AllocateCycle), "other scopes keep theirs");
}

#[test]
fn an_empty_list_unbinds_a_command_and_frees_its_key() {
    let keymap = Keymap::read("[queue]\nsort = []\nmark = [\"s\"]\n").unwrap();
    assert!(keymap.keys_of(Command::Sort).is_empty());
    assert_eq!(keymap.resolve(key("s"), &[Scope::Queue]), Some(Command::Mark));
}

#[test]
fn a_nearer_scope_is_asked_first() {
    let keymap = Keymap::read("").unwrap();
    assert_eq!(keymap.resolve(key("l"), &[Scope::Record, Scope::Global]), Some(Command::NextSection));
    assert_eq!(keymap.resolve(key("l"), &[Scope::Queue, Scope::List]), Some(Command::Open));
}

#[test]
fn what_is_wrong_in_a_keymap_is_said_all_at_once_with_what_was_meant() {
    let own = "[queue]\nalocate = [\"a\"]\nsort = [\"hyper-x\"]\n[quue]\nmark = [\"m\"]\n";
    let problems = Keymap::read(own).unwrap_err();
    let said = problems.join("\n");
    assert_eq!(problems.len(), 3, "{said}");
    assert!(said.contains("[queue] knows no command alocate. Did you mean allocate?"), "{said}");
    assert!(said.contains("\u{201c}hyper-x\u{201d} (queue.sort) is no key."), "{said}");
    assert!(said.contains("[quue] is no part of the keymap. Did you mean queue?"), "{said}");
}

#[test]
fn two_commands_on_one_key_are_refused_with_both_names() {
    let problems = Keymap::read("[queue]\nsort = [\"a\"]\n").unwrap_err();
    assert_eq!(problems.len(), 1);
    assert!(
        problems[0].contains("In [queue] the key a is given to both") && problems[0].contains("allocate") && problems[0].contains("sort")
    );
}

#[test]
fn a_keymap_that_is_no_list_of_keys_is_refused() {
    for own in ["[queue]\nsort = \"x\"\n", "queue = 1\n", "[queue]\nsort = [1]\n", "[queue\n"] {
        assert!(Keymap::read(own).is_err(), "{own:?} was taken");
    }
}

#[test]
fn hints_show_the_keys_of_ones_own() {
    let mut robot = Robot::with_keys(World::drawn(), LARGE, "[queue]\nallocate = [\"ctrl-a\"]\n[global]\nhelp = [\"f9\"]\n");
    robot.expect_line("Ctrl-a allocate").expect_line("F9 help").press("a").expect_no_dialog();
    robot.press("ctrl-a").expect_dialog("Proposed reviewers").press("esc f9").expect_line("Ctrl-a");
}

#[test]
fn a_command_without_a_key_is_still_in_the_palette() {
    let mut robot = Robot::with_keys(World::drawn(), LARGE, "[queue]\nallocate = []\n");
    robot.expect_no("a allocate").press("a").expect_no_dialog();
    robot.press(":").type_text("allocate").press("enter").expect_dialog("Proposed reviewers");
}

#[test]
fn whatever_is_not_available_says_why() {
    for world in [World::empty(), World::council(), World::drawn()] {
        let mut robot = Robot::sits_down(world, LARGE);
        for way in ["1", "2", "3", "4", "5", "8", "1 enter"] {
            robot.press(way);
            for row in TABLE {
                if let Availability::No(why) = robot.app().availability(row.command) {
                    assert!(why.ends_with('.') && why.len() > 10, "{} after {way} is not available: {why:?}", row.name);
                }
            }
        }
    }
}

#[test]
fn no_command_does_harm_where_it_does_not_belong() {
    for mut world in [World::empty(), World::ready()] {
        // The answer to the question about interests is one key on purpose; it was given before.
        for reference in world.references() {
            let review = world.id(&reference);
            world.do_("Amina Khan", Deed::NothingToDeclare { review });
        }
        let mut robot = Robot::sits_down(world, SMALL);
        let before = robot.world.store.reading().tail().unwrap();
        for way in ["1", "2", "5", "8", "1 enter"] {
            for row in TABLE.iter().filter(|row| !matches!(row.command, Command::Quit | Command::TickPhase)) {
                robot.press(way);
                for key in robot.app().keymap.keys_of(row.command).to_vec() {
                    robot.press(
                        &key.to_string()
                            .to_lowercase()
                            .replace("pgup", "pageup")
                            .replace("pgdn", "pagedown")
                            .replace("del", "delete")
                            .replace("shift-tab", "backtab"),
                    );
                }
                robot.press("esc esc esc esc");
            }
        }
        assert_eq!(robot.world.store.reading().tail().unwrap(), before, "a key alone wrote something");
    }
}
