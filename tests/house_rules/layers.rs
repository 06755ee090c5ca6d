//! The diamond: which layer may name which other, and which packages.

use super::source::{self, Source, word_at};
use super::{none, over, snippet};
use std::collections::{BTreeMap, BTreeSet};

/// What one layer may name besides itself and the standard library.
struct Layer {
    name: &'static str,
    layers: &'static [&'static str],
    packages: &'static [&'static str],
    /// Parts of the standard library that it may not name.
    not_std: &'static [&'static str],
}

/// Anything that reaches out of the program.
const OUTSIDE: &[&str] = &["fs", "net", "process", "env", "thread", "os"];

const LAYERS: &[Layer] = &[
    // Rules and plain data: no IO, no clock, no SQL, no screen.
    Layer {
        name: "domain",
        layers: &[],
        packages: &["chrono", "chrono_tz", "serde", "thiserror", "unicode_normalization"],
        not_std: &["fs", "net", "process", "env", "thread", "os", "io"],
    },
    // Says what it wants as data; the text area is a value here, in `app/editor.rs` only.
    Layer {
        name: "app",
        layers: &["domain"],
        packages: &["chrono", "nucleo_matcher", "serde", "serde_json", "thiserror", "toml", "unicode_segmentation", "unicode_width"],
        not_std: OUTSIDE,
    },
    // Draws what `app` holds and changes nothing.
    Layer {
        name: "ui",
        layers: &["app", "domain"],
        packages: &["chrono", "font8x8", "ratatui", "tui_textarea", "unicode_segmentation", "unicode_width"],
        not_std: OUTSIDE,
    },
    // The only SQL.
    Layer {
        name: "store",
        layers: &["domain"],
        packages: &["chrono", "rusqlite", "rustix", "serde", "serde_json", "sha2", "thiserror"],
        not_std: &["net", "process", "env", "thread"],
    },
    Layer {
        name: "profiles",
        layers: &["domain"],
        packages: &["chrono", "serde", "thiserror", "toml"],
        not_std: &["net", "process", "env", "thread"],
    },
    Layer {
        name: "intake",
        layers: &["domain"],
        packages: &["calamine", "chrono", "csv", "serde", "serde_json", "sha2", "thiserror", "toml", "unicode_normalization", "zip"],
        not_std: &["net", "process", "env", "thread"],
    },
    // Reports: values in, files out.
    Layer {
        name: "report",
        layers: &["domain"],
        packages: &[
            "chrono",
            "csv",
            "dejavu",
            "docx_rs",
            "icalendar",
            "minijinja",
            "plotters",
            "png",
            "pulldown_cmark",
            "rust_xlsxwriter",
            "serde",
            "thiserror",
        ],
        not_std: &["net", "process", "env", "thread"],
    },
    // Mail: a message in, a server's yes or no back; the mail library opens the lines.
    Layer {
        name: "notify",
        layers: &["domain"],
        packages: &["chrono", "lettre", "minijinja"],
        not_std: &["net", "process", "env", "thread"],
    },
];

/// The few that join the others and so may name them all; the first that are named know nothing of the last.
const JOIN: &[(&str, &[&str])] = &[
    ("runtime", &["surroundings", "app", "ui", "store", "profiles", "intake", "report", "notify", "domain", "config"]),
    ("config", &["domain", "surroundings"]),
    ("surroundings", &[]),
    // The faults of the tests of reliability: every layer may ask for its own, and only where the feature builds it in.
    ("broken", &[]),
    ("demo", &["runtime", "store", "profiles", "intake", "domain"]),
    ("cli", &["surroundings", "runtime", "demo", "config", "app", "ui", "store", "profiles", "intake", "report", "notify", "domain"]),
    ("main", &["cli", "runtime", "demo", "config", "app", "ui", "store", "profiles", "intake", "report", "notify", "domain"]),
];

/// Parts of the standard library that one file of a layer may name: layer, part, file. Verifying rebuilds the tables beside its walk
/// along the journal, a file that has grown is looked through on both sides at once; each joins its thread before it returns.
const SINGLE_STD: [(&str, &str, &str); 2] = [("store", "thread", "src/store/verify/twin.rs"), ("store", "thread", "src/store/growing.rs")];

/// Packages that only one file may name, with the reason.
const SINGLE: &[(&str, &str, &str)] = &[("app", "tui_textarea", "src/app/editor.rs"), ("ui", "tui_textarea", "src/ui/editor.rs")];

fn layer_of(source: &Source) -> &str {
    match source.path.as_str() {
        "src/lib.rs" => "lib",
        "src/main.rs" => "main",
        _ => source.module().first().copied().unwrap_or("lib"),
    }
}

/// Every layer that a file names: through `crate::`, the crate's own name, or enough `super::`s.
fn named_layers(source: &Source) -> Vec<(usize, String)> {
    let depth = source.module().len();
    let mut found = Vec::new();
    for (line, code) in source.lines() {
        for root in ["crate::", "closeloop::"] {
            for (at, _) in code.match_indices(root).filter(|(at, _)| starts_a_path(code, *at)) {
                heads(&code[at + root.len()..]).into_iter().for_each(|head| found.push((line, head)));
            }
        }
        for (at, _) in code.match_indices("super::").filter(|(at, _)| starts_a_path(code, *at)) {
            let mut rest = &code[at..];
            let mut up = 0;
            while let Some(after) = rest.strip_prefix("super::") {
                rest = after;
                up += 1;
            }
            if up == depth {
                heads(rest).into_iter().for_each(|head| found.push((line, head)));
            }
        }
    }
    found
}

fn starts_a_path(code: &str, at: usize) -> bool {
    !code[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
}

/// The names right after a path's root: one, or each of a group in braces.
fn heads(rest: &str) -> Vec<String> {
    let name = |text: &str| text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    match rest.strip_prefix('{') {
        None => vec![name(rest)],
        Some(group) => {
            let (mut depth, mut parts, mut part) = (0, Vec::new(), String::new());
            for letter in group.chars() {
                match letter {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => parts.push(name(&std::mem::take(&mut part))),
                    _ => {}
                }
                if letter != ',' || depth > 0 {
                    part.push(letter);
                }
            }
            parts.push(name(&part));
            parts.into_iter().filter(|part| !part.is_empty()).collect()
        }
    }
}

/// The packages of Cargo.toml as code names them, each with the ways of naming it.
fn packages() -> BTreeMap<String, [String; 3]> {
    let text = std::fs::read_to_string(source::root().join("Cargo.toml")).unwrap();
    let section = text.split("[dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    let names = section.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name.trim().replace('-', "_"));
    names.map(|name| (name.clone(), [format!("{name}::"), format!("use {name};"), format!("extern crate {name}")])).collect()
}

pub fn check_layers(source: &Source) -> Vec<String> {
    let here = layer_of(source);
    if here == "lib" {
        return Vec::new();
    }
    let may: &[&str] = match (LAYERS.iter().find(|layer| layer.name == here), JOIN.iter().find(|(name, _)| *name == here)) {
        (Some(layer), _) => layer.layers,
        (None, Some((_, layers))) => layers,
        (None, None) => return vec![format!("{}: {here} is no layer of design.md §2; say in layers.rs what it may name", source.path)],
    };
    let all: BTreeSet<&str> = LAYERS.iter().map(|layer| layer.name).chain(JOIN.iter().map(|(name, _)| *name)).collect();
    let wrong = |name: &str| all.contains(name) && name != here && name != "broken" && !may.contains(&name);
    let named = named_layers(source).into_iter().filter(|(_, name)| wrong(name));
    named.map(|(line, name)| format!("{}:{line}: {here} names {name}", source.path)).collect()
}

fn check_packages(source: &Source, packages: &BTreeMap<String, [String; 3]>) -> Vec<String> {
    let here = layer_of(source);
    let Some(layer) = LAYERS.iter().find(|layer| layer.name == here) else { return Vec::new() };
    let mut found = Vec::new();
    for (line, code) in source.lines() {
        for (package, names) in packages {
            if !code.contains(package.as_str()) {
                continue;
            }
            let single = SINGLE.iter().any(|(of, one, path)| *of == here && one == package && *path == source.path);
            let allowed =
                single || layer.packages.contains(&package.as_str()) && !SINGLE.iter().any(|(of, one, _)| *of == here && one == package);
            if !allowed && names.iter().any(|name| code.match_indices(name.as_str()).any(|(at, _)| starts_a_path(code, at))) {
                found.push(format!("{}:{line}: {here} names the package {package}", source.path));
            }
        }
        for (at, _) in code.match_indices("std::").filter(|(at, _)| starts_a_path(code, *at)) {
            let refused = |part: &String| layer.not_std.contains(&part.as_str()) && !SINGLE_STD.contains(&(here, part, &source.path));
            for part in heads(&code[at + 5..]).into_iter().filter(refused) {
                found.push(format!("{}:{line}: {here} names std::{part}", source.path));
            }
        }
    }
    found
}

#[test]
fn layers_name_only_what_the_diamond_allows() {
    none(over("src", check_layers));
}

#[test]
fn layers_name_only_their_own_packages() {
    let packages = packages();
    assert!(packages.len() > 15 && packages.contains_key("rusqlite") && packages.contains_key("tui_textarea"), "{packages:?}");
    none(over("src", |source| check_packages(source, &packages)));
}

#[test]
fn only_the_rooms_that_join_know_the_others() {
    let joins: BTreeSet<&str> = JOIN.iter().map(|(name, _)| *name).collect();
    for layer in LAYERS {
        assert!(layer.layers.iter().all(|named| !joins.contains(named)), "{} would know a joining room", layer.name);
    }
}

#[test]
fn a_layer_that_names_another_is_caught_however_it_says_so() {
    let table = [
        ("src/domain/cycle.rs", "use crate::store::Store;", "domain names store"),
        ("src/domain/review/steps.rs", "fn a() { super::super::super::store::open() }", "domain names store"),
        ("src/app/list.rs", "use crate::{domain::id::ReviewId, store::Store};", "app names store"),
        ("src/app/list.rs", "fn a() -> crate::runtime::clock::Clock { b() }", "app names runtime"),
        ("src/ui/mod.rs", "use super::profiles;", "ui names profiles"),
        ("src/store/mod.rs", "pub use crate::app::App;", "store names app"),
        ("src/store/read/lists.rs", "use crate::intake::people;", "store names intake"),
        ("src/profiles/mod.rs", "use crate::intake;", "profiles names intake"),
        ("src/intake/mod.rs", "use closeloop::store;", "intake names store"),
        ("src/runtime/run.rs", "use crate::cli::Args;", "runtime names cli"),
        ("src/demo/mod.rs", "use crate::app::App;", "demo names app"),
        ("src/config.rs", "use crate::ui::theme::Colour;", "config names ui"),
        ("src/helpers/mod.rs", "fn a() {}", "helpers is no layer"),
    ];
    for (path, code, told) in table {
        let found = check_layers(&snippet(path, code));
        assert!(found.len() == 1 && found[0].contains(told), "{path}: {code}: {found:?}");
    }
    let fine = [
        (
            "src/domain/cycle.rs",
            "use super::super::domain::id; use crate::domain::id::CycleId; // not crate::store\nlet a = \"crate::store\";",
        ),
        ("src/store/read/lists.rs", "use super::super::error::StoreError; use super::store_of;"),
        ("src/runtime/run.rs", "use crate::{app::App, ui, store::Store, profiles, intake, domain::id};"),
        ("src/cli/mod.rs", "use crate::demo; use crate::runtime;"),
    ];
    for (path, code) in fine {
        assert_eq!(check_layers(&snippet(path, code)), Vec::<String>::new(), "{path}: {code}");
    }
}

#[test]
fn a_package_in_the_wrong_layer_is_caught() {
    let packages = packages();
    let table = [
        ("src/domain/grade.rs", "use rusqlite::Connection;", "domain names the package rusqlite"),
        ("src/domain/grade.rs", "fn a() { serde_json::to_string(&b); }", "domain names the package serde_json"),
        ("src/domain/grade.rs", "use std::fs;", "domain names std::fs"),
        ("src/domain/grade.rs", "use std::{collections::BTreeMap, io::Read};", "domain names std::io"),
        ("src/app/list.rs", "use ratatui::text::Line;", "app names the package ratatui"),
        ("src/app/keys.rs", "use crossterm::event::KeyCode;", "app names the package crossterm"),
        ("src/app/list.rs", "use tui_textarea::TextArea;", "app names the package tui_textarea"),
        ("src/app/list.rs", "let a = std::fs::read(path);", "app names std::fs"),
        ("src/ui/mod.rs", "use rusqlite::Row;", "ui names the package rusqlite"),
        ("src/store/mod.rs", "use toml::Value;", "store names the package toml"),
        ("src/intake/mod.rs", "use rusqlite;", "intake names the package rusqlite"),
    ];
    for (path, code, told) in table {
        let found = check_packages(&snippet(path, code), &packages);
        assert!(found.len() == 1 && found[0].contains(told), "{path}: {code}: {found:?}");
    }
    let fine =
        [("src/app/editor.rs", "use tui_textarea::TextArea;"), ("src/domain/grade.rs", "use chrono::NaiveDate; use serde::Serialize;")];
    for (path, code) in fine {
        assert_eq!(check_packages(&snippet(path, code), &packages), Vec::<String>::new(), "{path}: {code}");
    }
}

/// Calls that ask the machine for the time, and the one file that may.
const CLOCK: (&[&str], &str) = (&["Utc::now", "Local::now", "SystemTime::now", "Instant::now"], "src/runtime/clock.rs");
/// Names of sources of randomness, and the one file that may name them.
const CHANCE: (&[&str], &str) =
    (&["rand", "rand_core", "rand_chacha", "getrandom", "fastrand", "RandomState", "thread_rng"], "src/runtime/random.rs");

/// Files that ask for the time for another reason than knowing it.
const CLOCK_ELSEWHERE: &[(&str, &str)] = &[];
/// SQL that makes random bytes, and why there.
const CHANCE_ELSEWHERE: &[(&str, &str)] = &[("src/store/journal.rs", "the salt of a detail: nobody repeats it, and it guards erased text")];

pub fn check_ambient(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    let elsewhere = |list: &[(&str, &str)]| list.iter().any(|(path, _)| *path == source.path);
    for (line, code) in source.lines() {
        if source.path != CLOCK.1 && !elsewhere(CLOCK_ELSEWHERE) {
            found.extend(CLOCK.0.iter().filter(|call| word_at(code, call)).map(|call| format!("{}:{line}: asks for {call}", source.path)));
        }
        if source.path != CHANCE.1 {
            found.extend(CHANCE.0.iter().filter(|name| word_at(code, name)).map(|name| format!("{}:{line}: names {name}", source.path)));
        }
    }
    if !elsewhere(CHANCE_ELSEWHERE) {
        let sql = source.strings.iter().filter(|(_, text)| text.contains("randomblob(") || text.contains("random()"));
        found.extend(sql.map(|(line, _)| format!("{}:{line}: random numbers from SQL", source.path)));
    }
    found
}

#[test]
fn time_is_asked_and_chance_is_drawn_in_one_place_each() {
    none(over("src", check_ambient));
}

#[test]
fn ambient_time_and_chance_are_caught() {
    let table = [
        ("src/domain/cycle.rs", "let now = Utc::now();"),
        ("src/runtime/run.rs", "let now = std::time::Instant::now();"),
        ("src/store/tx.rs", "std::time::SystemTime::now()"),
        ("src/domain/sampling.rs", "use rand_chacha::ChaCha8Rng;"),
        ("src/demo/dice.rs", "let key = RandomState::new();"),
        ("src/store/read/lists.rs", "let sql = \"SELECT id FROM review ORDER BY random() LIMIT 1\";"),
    ];
    for (path, code) in table {
        assert_eq!(check_ambient(&snippet(path, code)).len(), 1, "{path}: {code}");
    }
    let fine = [
        ("src/runtime/clock.rs", "Utc::now()"),
        ("src/runtime/random.rs", "use rand_chacha::X;"),
        ("src/app/list.rs", "// Utc::now\nlet operand = brand();"),
    ];
    for (path, code) in fine {
        assert_eq!(check_ambient(&snippet(path, code)), Vec::<String>::new(), "{path}: {code}");
    }
}
