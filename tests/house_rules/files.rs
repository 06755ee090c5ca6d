//! Files: how long, mounted or forgotten, and what may not stand in them.

use super::source::{self, Source, word_at};
use super::{none, over, snippet};
use std::collections::BTreeSet;

/// Longer files are a hub that wants to be split.
const LONGEST: usize = 450;

pub fn check_length(source: &Source) -> Vec<String> {
    let lines = source.text.lines().count();
    if lines > LONGEST { vec![format!("{}: {lines} lines, {LONGEST} at most", source.path)] } else { Vec::new() }
}

/// The environment is read in one place, so that what a stranger's variable can do is seen there. One more may: a fault that a test
/// asks for, which no release has.
pub fn check_surroundings(source: &Source) -> Vec<String> {
    let may = ["src/surroundings.rs", "src/runtime/run.rs", "src/broken.rs"].contains(&source.path.as_str());
    let reads = |code: &str| ["env::var", "env::vars"].iter().any(|call| code.contains(call));
    let found = source.lines().filter(|(_, code)| !may && reads(code));
    found.map(|(line, _)| format!("{}:{line}: only src/surroundings.rs reads the environment", source.path)).collect()
}

#[test]
fn t27_the_environment_is_read_in_one_place() {
    none(over("src", check_surroundings));
    assert_eq!(check_surroundings(&snippet("src/cli/open.rs", "let x = std::env::var_os(name);")).len(), 1);
}

#[test]
fn no_file_is_too_long_to_hold_in_the_head() {
    none(over("src", check_length));
    none(over("tests", check_length));
}

#[test]
fn a_long_file_is_caught() {
    assert_eq!(check_length(&snippet("src/app/mod.rs", &"\n".repeat(LONGEST + 1))).len(), 1);
    assert_eq!(check_length(&snippet("src/app/mod.rs", &"\n".repeat(LONGEST))).len(), 0);
}

/// The paths that a file's `mod name;` lines mount.
fn mounts(source: &Source) -> BTreeSet<String> {
    let (folder, file) = source.path.rsplit_once('/').unwrap();
    let inside = match file {
        "mod.rs" | "lib.rs" | "main.rs" | "it.rs" => folder.to_string(),
        _ => source.path.trim_end_matches(".rs").to_string(),
    };
    let mut found = BTreeSet::new();
    for (line, code) in source.lines() {
        let code = code.trim();
        let declared = code
            .strip_suffix(';')
            .and_then(|code| code.rsplit_once("mod "))
            .filter(|(before, _)| !before.ends_with(')') || before.starts_with("pub"));
        let Some((_, name)) = declared.filter(|_| code.starts_with("mod ") || code.starts_with("pub")) else { continue };
        let path =
            source.strings.iter().find(|(at, text)| at + 1 == line && text.ends_with(".rs")).map(|(_, text)| format!("{folder}/{text}"));
        match path {
            Some(path) => drop(found.insert(path)),
            None => found.extend([format!("{inside}/{name}.rs"), format!("{inside}/{name}/mod.rs")]),
        }
    }
    found
}

/// Files of a folder that no other mounts: they compile nowhere and prove nothing.
fn forgotten(sources: &[Source], roots: &[&str]) -> Vec<String> {
    let mounted: BTreeSet<String> = sources.iter().flat_map(mounts).collect();
    // A bench is a target of its own, named in Cargo.toml.
    let root = |path: &str| roots.contains(&path) || path.starts_with("tests/bench/");
    let lost = sources.iter().filter(|source| !root(&source.path) && !mounted.contains(&source.path));
    lost.map(|source| format!("{} is mounted nowhere", source.path)).collect()
}

#[test]
fn every_file_is_mounted() {
    none(forgotten(source::all("src"), &["src/lib.rs", "src/main.rs"]));
    none(forgotten(source::all("tests"), &["tests/it.rs"]));
}

#[test]
fn a_forgotten_file_is_caught() {
    let files = [
        snippet("tests/it.rs", "mod rules;\n// mod lost;\nmod support;\n"),
        snippet("tests/rules.rs", "mod steps;\n#[path = \"support/made.rs\"]\nmod made_up;\n"),
        snippet("tests/rules/steps.rs", ""),
        snippet("tests/support/mod.rs", ""),
        snippet("tests/support/made.rs", ""),
        snippet("tests/lost.rs", ""),
        snippet("tests/rules/lost.rs", ""),
    ];
    assert_eq!(forgotten(&files, &["tests/it.rs"]), ["tests/lost.rs is mounted nowhere", "tests/rules/lost.rs is mounted nowhere"]);
}

/// Ways of ending the program in the middle of somebody's work.
const ENDINGS: &[&str] = &[".unwrap()", ".expect(", "panic!", "panic_any", "todo!", "unimplemented!", "unreachable!"];
/// The one place that may, with the reason.
const ENDING_ELSEWHERE: &[(&str, &str, &str)] =
    &[("src/runtime/run.rs", "panic_any", "debug builds only: lets a test see what a fault of our own leaves on the terminal")];
const PRINTS: &[&str] = &["print!", "println!", "eprint!", "eprintln!", "dbg!"];

fn may_print(path: &str) -> bool {
    path == "src/main.rs" || path == "src/cli.rs" || path.starts_with("src/cli/")
}

pub fn check_calls(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    for (line, code) in source.lines() {
        let named = |call: &str| ENDING_ELSEWHERE.iter().any(|(path, one, _)| *path == source.path && *one == call);
        let stands = |call: &str| if call.starts_with('.') { code.contains(call) } else { word_at(code, call) };
        let ends = ENDINGS.iter().filter(|call| stands(call) && !named(call));
        found.extend(ends.map(|call| format!("{}:{line}: {call} ends the program in the middle of somebody's work", source.path)));
        if !may_print(&source.path) {
            let prints = PRINTS.iter().filter(|call| word_at(code, call));
            found.extend(prints.map(|call| format!("{}:{line}: {call} writes across the screen", source.path)));
        }
    }
    found
}

#[test]
fn nothing_panics_on_purpose_and_only_the_command_line_prints() {
    none(over("src", check_calls));
}

#[test]
fn panics_and_prints_are_caught() {
    let bad = [
        "a.unwrap();",
        "a.expect(\"b\");",
        "panic!(\"no\")",
        "panic_any(1)",
        "todo!()",
        "unreachable!()",
        "println!(\"x\");",
        "eprint!(\"x\")",
        "dbg!(a)",
    ];
    for code in bad {
        assert_eq!(check_calls(&snippet("src/runtime/input.rs", code)).len(), 1, "{code}");
    }
    let fine = ["a.unwrap_or_default(); expect(\"journal_mode\", a)", "// a.unwrap()", "let a = \"panic!\";", "sprintln!(a)"];
    for code in fine {
        assert_eq!(check_calls(&snippet("src/runtime/run.rs", code)), Vec::<String>::new(), "{code}");
    }
    assert_eq!(check_calls(&snippet("src/cli/list.rs", "println!(\"x\");")), Vec::<String>::new());
}

/// A test that waits, is left out, or is tried again proves nothing on a busy machine.
fn check_patience(source: &Source) -> Vec<String> {
    let calls = ["thread::sleep", "sleep_ms", "park_timeout", "sleep_until", "wait_timeout", "#[ignore", "#[should_panic"];
    let lines =
        source.lines().flat_map(|(line, code)| calls.iter().filter(move |call| code.contains(**call)).map(move |call| (line, call)));
    lines.map(|(line, call)| format!("{}:{line}: {call}", source.path)).collect()
}

#[test]
fn tests_neither_sleep_nor_are_left_out() {
    none(over("tests", check_patience));
}

#[test]
fn a_sleeping_test_is_caught() {
    for code in ["std::thread::sleep(a);", "std::thread::park_timeout(a)", "#[ignore = \"slow\"]", "#[should_panic]"] {
        assert_eq!(check_patience(&snippet("tests/a.rs", code)).len(), 1, "{code}");
    }
}

#[test]
fn the_top_of_the_tree_holds_what_the_design_says() {
    let allowed = ["Cargo.toml", "Cargo.lock", "README.md", "config.example.toml", "src", "assets", "tests", "target"];
    let found: Vec<String> = std::fs::read_dir(source::root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with('.') && !allowed.contains(&name.as_str()))
        .collect();
    none(found);
}
